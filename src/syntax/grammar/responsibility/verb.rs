//! Verbs behind a list of names: 牵头, 按职责分工负责, 配合.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::combinator::{all_consuming, opt, recognize, value};
use nom::multi::many_m_n;

use super::super::Parse;
use super::Duty;

/// Whether a text ends with words that say how the names before them answer.
pub fn ends_with_verb(text: &str) -> bool {
    trailing_verb(text).is_some()
}

/// The words behind a list of names that say how they answer.
///
/// ```ebnf
/// verb = [ "等" ] { manner } duty { [ "并" | "和" ] [ manner ] duty } [ tail ] ;
/// manner = "按职责分工" | "按照各自职责" | "分别" | "共同" | "具体" | … ;
/// duty = "牵头" | "负责" | "配合" | "落实" | "指导" | … ;
/// tail = "有关工作" | "完成" | … ;
/// ```
///
/// `按职责分工负责`, `牵头`, `分别牵头`, `负责组织落实`, `牵头并按职责分工负责`, `配合组织落实`
pub(super) fn verb(input: &str) -> Parse<'_, Duty> {
    let (rest, _) = many_m_n(0, 4, manner).parse(input)?;
    let (mut rest, first) = duty_verb.parse(rest)?;
    for _ in 0..4 {
        let Ok((after, _)) = (
            opt(alt((tag("并"), tag("和"), tag("、")))),
            many_m_n(0, 3, manner),
            duty_verb,
        )
            .parse(rest)
        else {
            break;
        };
        rest = after;
    }
    let (rest, _) = opt(alt((
        tag("有关工作"),
        tag("相关工作"),
        tag("各项工作"),
        tag("工作"),
        tag("到位"),
    )))
    .parse(rest)?;
    Ok((rest, first))
}

/// `按职责分工`, `按照各自职责`, `分别`, `共同`, `结合实际`.
fn manner(input: &str) -> Parse<'_, &str> {
    alt((by_duty, adverb)).parse(input)
}

/// `按职责分工`, `按照职能职责`, `根据各自职责分工`, `依职责`.
fn by_duty(input: &str) -> Parse<'_, &str> {
    recognize((
        alt((
            tag("按照"),
            tag("按"),
            tag("根据"),
            tag("依据"),
            tag("依照"),
            tag("依"),
            tag("各按"),
            tag("在"),
        )),
        opt(alt((
            tag("各自的"),
            tag("各自"),
            tag("本部门"),
            tag("各部门"),
            tag("部门"),
            tag("工作"),
            tag("法定"),
        ))),
        alt((
            tag("职责权限"),
            tag("职责范围内"),
            tag("职责范围"),
            tag("职能职责"),
            tag("职责任务"),
            tag("职责职能"),
            tag("职权"),
            tag("职责"),
            tag("职能"),
            tag("分工"),
            tag("权限"),
        )),
        opt(alt((
            tag("和任务分工"),
            tag("分工"),
            tag("要求"),
            tag("任务"),
        ))),
    ))
    .parse(input)
}

fn adverb(input: &str) -> Parse<'_, &str> {
    alt((
        alt((
            tag("分别"),
            tag("共同"),
            tag("联合"),
            tag("具体"),
            tag("组织"),
            tag("主要"),
            tag("统一"),
            tag("统筹"),
            tag("直接"),
            tag("全面"),
            tag("积极"),
        )),
        alt((
            tag("协调"),
            tag("贯彻"),
            tag("抓好"),
            tag("做好"),
            tag("结合实际"),
            tag("分工"),
            tag("各自"),
            tag("认真"),
            tag("协同"),
            tag("推进"),
            tag("均需"),
        )),
        alt((
            tag("均应"),
            tag("均须"),
            tag("均"),
            tag("予以"),
            tag("给予"),
            tag("进行"),
        )),
    ))
    .parse(input)
}

fn duty_verb(input: &str) -> Parse<'_, Duty> {
    alt((
        value(
            Duty::Lead,
            alt((tag("为牵头单位"), tag("为牵头部门"), tag("牵头"))),
        ),
        value(
            Duty::Responsible,
            alt((
                tag("负责"),
                tag("落实"),
                tag("组织实施"),
                tag("实施"),
                tag("主办"),
                tag("承办"),
                tag("承担"),
                tag("完成"),
                tag("推进"),
                tag("执行"),
                tag("为责任单位"),
                tag("为责任部门"),
                tag("抓落实"),
            )),
        ),
        value(
            Duty::Cooperating,
            alt((
                tag("配合"),
                tag("参与"),
                tag("参加"),
                tag("协办"),
                tag("协助"),
                tag("协同"),
                tag("支持"),
                tag("为配合单位"),
            )),
        ),
        value(
            Duty::Supervising,
            alt((
                tag("业务指导"),
                tag("指导"),
                tag("督导"),
                tag("监督"),
                tag("督促"),
                tag("督办"),
            )),
        ),
    ))
    .parse(input)
}

/// The verb at the end of `text`, and where it starts.
///
/// Verbs are at most 30 characters long; only so many are looked at.
pub(super) fn trailing_verb(text: &str) -> Option<(usize, Duty)> {
    let mut best = None;
    for (at, c) in text.char_indices().rev().take(30) {
        if !matches!(
            c,
            '牵' | '负'
                | '落'
                | '组'
                | '实'
                | '主'
                | '承'
                | '完'
                | '推'
                | '执'
                | '为'
                | '抓'
                | '配'
                | '参'
                | '协'
                | '支'
                | '业'
                | '指'
                | '督'
                | '监'
                | '按'
                | '根'
                | '依'
                | '各'
                | '在'
                | '分'
                | '共'
                | '联'
                | '具'
                | '统'
                | '直'
                | '全'
                | '积'
                | '贯'
                | '做'
                | '结'
                | '认'
                | '均'
                | '予'
                | '给'
                | '进'
        ) {
            continue;
        }
        if let Ok((_, duty)) = all_consuming(verb).parse(&text[at..]) {
            best = Some((at, duty));
        }
    }
    best
}
