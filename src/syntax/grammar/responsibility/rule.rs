//! Rules for later clauses: who leads (列第一位者为牵头单位), who answers everywhere (以下均需…负责，不再列出).

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::combinator::{opt, recognize, value};

use super::super::Parse;
use super::LeadRule;
use super::label::duty_noun;
use super::verb::verb;

/// Who leads, as a rule says.
///
/// ```ebnf
/// lead_rule = ( "列" | "排" [ "名" ] | … ) [ "在" ] ( "第一位" | "首位" | … ) … "为" "牵头" … ;
///           | "逗号前" [ … ] "为" "牵头" … ;
/// ```
///
/// `列第一位者为牵头单位`, `排名第一位的为牵头责任单位`, `排在第一位的部门为牵头部门`, `逗号前为牵头单位`
pub fn lead_rule(input: &str) -> Parse<'_, LeadRule> {
    let noun = || {
        opt(alt((
            tag("责任单位"),
            tag("责任部门"),
            tag("单位"),
            tag("部门"),
            tag("处室"),
            tag("科室"),
            tag("者"),
        )))
    };
    let first = value(
        LeadRule::First,
        (
            opt(alt((
                tag("责任单位中"),
                tag("各项任务中"),
                tag("括号中"),
                tag("其中"),
                tag("均以"),
            ))),
            opt(alt((
                tag("排名"),
                tag("排列"),
                tag("排序"),
                tag("排"),
                tag("列"),
                tag("位列"),
                tag("名列"),
                tag("署名"),
            ))),
            opt(alt((tag("在"), tag("于")))),
            alt((
                tag("第一位"),
                tag("第一个"),
                tag("第一名"),
                tag("第一"),
                tag("首位"),
                tag("首个"),
                tag("最前"),
            )),
        ),
    );
    let comma = value(
        LeadRule::BeforeComma,
        (
            alt((tag("逗号"), tag("“，”"), tag("分号"))),
            alt((tag("之前"), tag("以前"), tag("前面"), tag("前"))),
        ),
    );
    let (rest, rule) = alt((first, comma)).parse(input)?;
    let (rest, _) = (
        opt(tag("的")),
        noun(),
        opt(tag("的")),
        alt((tag("均为"), tag("即为"), tag("为"), tag("是"))),
        tag("牵头"),
        opt(tag("负责")),
        noun(),
    )
        .parse(rest)?;
    Ok((rest, rule))
}

/// `未明确牵头单位的按职责分工负责`, `其余按职责分工负责`.
pub(super) fn rest_rule(input: &str) -> Parse<'_, ()> {
    value(
        (),
        (
            alt((
                tag("未明确"),
                tag("未标明"),
                tag("未注明"),
                tag("没有明确"),
                tag("其余"),
                tag("其他"),
                tag("逗号后"),
            )),
            opt(alt((
                tag("牵头单位的"),
                tag("牵头部门的"),
                tag("的单位"),
                tag("的部门"),
                tag("单位"),
                tag("部门"),
                tag("均"),
                tag("的"),
            ))),
            alt((
                value((), verb),
                value((), (alt((tag("为"), tag("均为"))), duty_noun)),
            )),
        ),
    )
    .parse(input)
}

/// The opening words of a rider, up to the names.
///
/// ```ebnf
/// rider_head = ( "以下" | "下列" ) [ scope ] [ "中" ] [ "均" | "都" ] ( "需" | "由" | "包含" | "涉及" | … ) ;
/// ```
///
/// `以下均需`, `以下各项均需`, `以下责任单位中均包含`, `以下工作均涉及`
pub fn rider_head(input: &str) -> Parse<'_, &str> {
    recognize((
        alt((
            tag("以下"),
            tag("下列"),
            tag("下述"),
            tag("后续"),
            tag("下文"),
        )),
        opt(alt((
            tag("各项"),
            tag("各条"),
            tag("所有"),
            tag("全部"),
            tag("各类"),
            tag("各"),
        ))),
        opt(alt((
            tag("工作任务"),
            tag("重点任务"),
            tag("责任单位"),
            tag("责任部门"),
            tag("政策措施"),
            tag("工作"),
            tag("任务"),
            tag("措施"),
            tag("政策"),
            tag("事项"),
            tag("内容"),
            tag("举措"),
            tag("条款"),
        ))),
        opt(alt((tag("中"), tag("里")))),
        alt((
            recognize((
                alt((tag("均"), tag("都"))),
                alt((
                    tag("需要"),
                    tag("需由"),
                    tag("需"),
                    tag("须由"),
                    tag("须"),
                    tag("应由"),
                    tag("应"),
                    tag("由"),
                    tag("要"),
                    tag("包含"),
                    tag("包括"),
                    tag("涉及"),
                    tag("含"),
                )),
            )),
            tag("需"),
            tag("由"),
        )),
    ))
    .parse(input)
}

/// `不再列出`, `不再一一列出`, `以下不再单独列出`.
pub(super) fn not_listed(input: &str) -> Parse<'_, ()> {
    value(
        (),
        (
            opt(alt((
                tag("以下"),
                tag("下文"),
                tag("后续"),
                tag("均"),
                tag("以下均"),
            ))),
            tag("不再"),
            opt(alt((
                tag("一一"),
                tag("单独"),
                tag("逐一"),
                tag("重复"),
                tag("另行"),
                tag("分别"),
                tag("赘述"),
            ))),
            opt(alt((
                tag("列出"),
                tag("列明"),
                tag("列举"),
                tag("标注"),
                tag("注明"),
                tag("重复"),
                tag("说明"),
                tag("列入"),
            ))),
        ),
    )
    .parse(input)
}

/// `长期坚持`, `持续推进`, `立即`: when, without a date.
pub(super) fn without_end(input: &str) -> Parse<'_, ()> {
    let (rest, _) = opt(alt((tag("并"), tag("，并")))).parse(input)?;
    value(
        (),
        (
            alt((
                tag("长期"),
                tag("持续"),
                tag("常态化"),
                tag("常年"),
                tag("全年"),
                tag("立即"),
                tag("适时"),
                tag("及时"),
            )),
            opt(alt((
                tag("坚持"),
                tag("推进"),
                tag("落实"),
                tag("实施"),
                tag("执行"),
                tag("开展"),
                tag("任务"),
                tag("进行"),
                tag("完成"),
                tag("整改"),
            ))),
        ),
    )
    .parse(rest)
}
