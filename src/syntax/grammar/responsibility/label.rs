//! Labels: 责任单位：, 牵头部门：, 完成时限：, and whom they announce.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::satisfy;
use nom::combinator::{opt, recognize, value};
use nom::sequence::{preceded, terminated};

use super::super::Parse;
use super::{Duty, Field};
use crate::text::chars;

/// A label and its colon.
///
/// ```ebnf
/// label = [ scope ] ( duty noun | deadline ) colon ;
/// ```
///
/// `责任单位：`, `牵头部门:`, `主要责任单位：`, `完成时限：`
pub fn label(input: &str) -> Parse<'_, Field> {
    terminated(
        field,
        (
            take_while_m_n(0, 2, chars::is_space),
            satisfy(chars::is_colon),
        ),
    )
    .parse(input)
}

/// The words of a label.
///
/// ```ebnf
/// field = [ "主要" | "第一" | "共同" | "具体" | "市级" | … ] ( person | duty noun | deadline ) ;
/// ```
fn field(input: &str) -> Parse<'_, Field> {
    let scope = alt((
        tag("主要"),
        tag("第一"),
        tag("共同"),
        tag("具体"),
        tag("直接"),
        tag("指标"),
        tag("任务"),
        tag("工作"),
        tag("市级"),
        tag("省级"),
        tag("县级"),
        tag("市直"),
        tag("省直"),
    ));
    preceded(
        opt(scope),
        alt((
            person.map(|()| Field::Duty(Duty::Leader)),
            duty_noun.map(Field::Duty),
            deadline_word.map(|()| Field::Deadline),
        )),
    )
    .parse(input)
}

/// `责任领导`, `责任人`, `牵头领导`, `分管领导`, `联系人`.
fn person(input: &str) -> Parse<'_, ()> {
    value(
        (),
        alt((
            (
                alt((
                    tag("责任"),
                    tag("牵头"),
                    tag("分管"),
                    tag("包联"),
                    tag("负责"),
                )),
                alt((
                    tag("市领导"),
                    tag("县领导"),
                    tag("区领导"),
                    tag("领导"),
                    tag("人员"),
                    tag("人"),
                )),
            ),
            (tag("联系"), tag("人")),
        )),
    )
    .parse(input)
}

/// `责任单位`, `牵头部门`, `责任处室`, `配合单位`.
///
/// ```ebnf
/// duty_noun = duty { duty } [ "的" ] ( "单位" | "部门" | "处室" | "科室" | … ) ;
/// ```
pub(super) fn duty_noun(input: &str) -> Parse<'_, Duty> {
    let (rest, duty) = alt((
        value(
            Duty::Lead,
            (
                tag("牵头"),
                opt(alt((tag("责任"), tag("负责"), tag("主办"), tag("考核")))),
            ),
        ),
        value(
            Duty::Responsible,
            alt((
                recognize((
                    tag("责任"),
                    opt(alt((tag("落实"), tag("牵头"), tag("主体")))),
                )),
                tag("主责"),
                tag("负责"),
                tag("主办"),
                tag("承办"),
                tag("实施"),
                tag("落实"),
                tag("承担"),
                tag("执行"),
            )),
        ),
        value(
            Duty::Cooperating,
            alt((
                recognize((tag("配合"), opt(tag("责任")))),
                tag("协办"),
                tag("协同"),
                tag("协助"),
                tag("协作"),
                tag("参与"),
                tag("参加"),
                tag("支持"),
            )),
        ),
        value(
            Duty::Supervising,
            alt((
                tag("督导"),
                tag("督办"),
                tag("督促"),
                tag("督查"),
                tag("指导"),
                tag("监督"),
                tag("监管"),
            )),
        ),
    ))
    .parse(input)?;
    let (rest, _) = opt(alt((
        tag("单位"),
        tag("部门"),
        tag("处室"),
        tag("科室"),
        tag("机构"),
        tag("主体"),
        tag("股室"),
        tag("企业"),
        tag("地区"),
        tag("地方"),
        tag("处"),
    )))
    .parse(rest)?;
    // 落实：… and 实施：… alone are prose.
    if rest.len() + "牵头".len() == input.len() && !matches!(duty, Duty::Lead | Duty::Cooperating)
    {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, duty))
}

/// `完成时限`, `时限要求`, `完成时间`.
fn deadline_word(input: &str) -> Parse<'_, ()> {
    value(
        (),
        alt((
            tag("完成时限"),
            tag("完成时间"),
            tag("完成期限"),
            tag("办结时限"),
            tag("落实时限"),
            tag("整改时限"),
            tag("时限要求"),
            tag("时间要求"),
            tag("时间节点"),
            tag("实施时间"),
            tag("进度要求"),
            tag("时限"),
        )),
    )
    .parse(input)
}

/// The label that ends with the colon at the end of `text`, and where it starts.
///
/// `广安区政府责任单位：` → 责任单位
pub fn closing_label(text: &str) -> Option<(usize, Field)> {
    let mut best = None;
    for (at, c) in text.char_indices().rev().take(12) {
        if !opens_label(c) {
            continue;
        }
        if let Ok(("", field)) = label(&text[at..]) {
            best = Some((at, field));
        }
    }
    best
}

/// Whether a label may start with a character: most are told so without trying every word.
fn opens_label(c: char) -> bool {
    matches!(
        c,
        // Scopes, then persons and duties, then deadlines.
        '主' | '第'
            | '共'
            | '具'
            | '直'
            | '指'
            | '任'
            | '工'
            | '市'
            | '省'
            | '县'
            | '责'
            | '牵'
            | '分'
            | '包'
            | '负'
            | '联'
            | '承'
            | '实'
            | '落'
            | '执'
            | '配'
            | '协'
            | '参'
            | '支'
            | '督'
            | '监'
            | '完'
            | '办'
            | '整'
            | '时'
            | '进'
    )
}

/// The label at the start of a clause: `指标牵头单位：` opens with one too.
pub fn opening_label(text: &str) -> Option<Field> {
    let colon = text
        .char_indices()
        .take(12)
        .find(|&(_, c)| chars::is_colon(c));
    let (at, c) = colon?;
    closing_label(&text[..at + c.len_utf8()]).map(|(_, field)| field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_that_opens_a_label_is_tried() {
        for word in [
            "主要责任单位",
            "第一责任人",
            "共同责任单位",
            "具体责任单位",
            "直接责任人",
            "指标责任单位",
            "任务责任单位",
            "工作责任单位",
            "市级责任单位",
            "省级责任单位",
            "县级责任单位",
            "市直责任单位",
            "省直责任单位",
            "责任领导",
            "牵头领导",
            "分管领导",
            "包联领导",
            "负责人",
            "联系人",
            "牵头单位",
            "责任单位",
            "主责单位",
            "负责单位",
            "主办单位",
            "承办单位",
            "实施单位",
            "落实单位",
            "承担单位",
            "执行单位",
            "配合单位",
            "协办单位",
            "协同单位",
            "协助单位",
            "协作单位",
            "参与单位",
            "参加单位",
            "支持单位",
            "督导单位",
            "督办单位",
            "督促单位",
            "督查单位",
            "指导单位",
            "监督单位",
            "监管单位",
            "完成时限",
            "完成时间",
            "完成期限",
            "办结时限",
            "落实时限",
            "整改时限",
            "时限要求",
            "时间要求",
            "时间节点",
            "实施时间",
            "进度要求",
            "时限",
        ] {
            let text = format!("{word}：");
            let whole = label(&text).ok().map(|(_, field)| (0, field));
            assert!(whole.is_some(), "{word}");
            assert_eq!(closing_label(&text), whole, "{word}");
        }
    }
}
