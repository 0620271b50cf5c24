//! Responsibility clauses (责任单位): who answers for a measure, as the words in the clause say it.
//!
//! A clause is read in two steps. Here its words are taken apart into [`Statement`]s: the names as written, the
//! label before them, the verb behind them, dates, and rules for later clauses. Which names share a beginning or an
//! ending, and what the rules do, the analysis says.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::satisfy;
use nom::combinator::{all_consuming, opt, recognize, value};
use nom::multi::many_m_n;
use nom::sequence::{preceded, terminated};

use super::Parse;
use crate::text::chars;

/// How a name answers, by the word that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Duty {
    /// 牵头.
    Lead,
    /// 责任, 负责, 落实, 主办.
    Responsible,
    /// 配合, 参与, 协办, 支持.
    Cooperating,
    /// 督导, 指导, 监督.
    Supervising,
    /// 责任领导, 责任人: a person.
    Leader,
}

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Names that answer in this way.
    Duty(Duty),
    /// By when: 完成时限, 时限要求.
    Deadline,
    /// A field that names nobody: 目标位置, 适用范围.
    Other,
}

/// Who leads, where a rule says so for a clause or for all that follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeadRule {
    /// 列第一位者为牵头单位.
    First,
    /// 逗号前为牵头单位.
    BeforeComma,
}

/// The mark before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Before {
    /// Nothing, or a mark between statements.
    Start,
    /// 、
    EnumerationComma,
    /// ，
    Comma,
}

/// A name as written, with the mark before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'s> {
    /// The mark before it.
    pub before: Before,
    /// The name, without the verb behind it.
    pub text: &'s str,
    /// The duty that a bracket behind this one name gives: `市民政局（牵头）`.
    pub own: Option<Duty>,
}

/// A part of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement<'s> {
    /// Names, and how they answer.
    Names {
        /// The names.
        names: Vec<Name<'s>>,
        /// What the label says.
        label: Option<Duty>,
        /// What the verb says.
        verb: Option<Duty>,
    },
    /// Names that answer for all that follows too: 以下均需…负责，不再列出.
    Rider(Vec<Name<'s>>),
    /// Who leads.
    Lead(LeadRule),
    /// 下同: the rules of this clause hold for all that follow.
    Below,
    /// By when.
    Deadline(&'s str),
    /// Words that say nothing of who: 长期坚持, 目标位置：全省前5, 未明确牵头单位的按职责分工负责.
    Aside,
}

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
fn duty_noun(input: &str) -> Parse<'_, Duty> {
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
    let starts = text.char_indices().rev().take(12).map(|(at, _)| at);
    let mut best = None;
    for at in starts {
        if let Ok(("", field)) = label(&text[at..]) {
            best = Some((at, field));
        }
    }
    best
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
fn verb(input: &str) -> Parse<'_, Duty> {
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
fn trailing_verb(text: &str) -> Option<(usize, Duty)> {
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
fn rest_rule(input: &str) -> Parse<'_, ()> {
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
fn not_listed(input: &str) -> Parse<'_, ()> {
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
fn without_end(input: &str) -> Parse<'_, ()> {
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

/// Words that say by when, and no name: `2023年10月底前完成`, `6月底前`, `年底前完成`.
fn is_deadline(text: &str) -> bool {
    let core = text.trim_start_matches(chars::is_open_bracket);
    let core = core.strip_suffix("完成").unwrap_or(core);
    let core = core.trim_start_matches("于").trim_start_matches("在");
    let starts = core.starts_with(chars::is_digit)
        || [
            "年底",
            "年内",
            "上半年",
            "下半年",
            "今年",
            "明年",
            "每年",
            "“十",
            "到20",
            "至20",
            "一季度",
            "二季度",
            "三季度",
            "四季度",
            "本年",
        ]
        .iter()
        .any(|word| core.starts_with(word));
    let has_time = core.contains(['年', '月', '日', '季']);
    starts && has_time && text.chars().count() <= 30
}

/// Reads the words of a clause, without its brackets.
///
/// ```ebnf
/// clause = part { mark part } ;
/// part = [ label ] ( deadline | rule | rider | names [ verb ] ) ;
/// mark = "、" | "，" | "；" | "。" | space ;
/// ```
///
/// `责任单位:市科学技术局、市工业和信息化局。以下均需各县〔市、区〕政府〔管委会〕负责,不再列出`
pub fn clause(text: &str) -> Vec<Statement<'_>> {
    statements(text, true)
}

/// The statements of a clause; a bracket behind a name may hold more of them (`（逗号前为牵头单位，下同）`), once.
fn statements(text: &str, outer: bool) -> Vec<Statement<'_>> {
    let mut reader = Reader {
        outer,
        ..Reader::default()
    };
    let mut before = Before::Start;
    for part in Parts::of(text) {
        reader.part(before, part.text);
        match part.mark {
            Some(c) if chars::is_enumeration_comma(c) => before = Before::EnumerationComma,
            Some(c) if chars::is_comma(c) => before = Before::Comma,
            _ => {
                before = Before::Start;
                reader.end_of_statement(part.mark);
            }
        }
    }
    reader.finish()
}

/// Collects the parts of a clause into statements.
#[derive(Default)]
struct Reader<'s> {
    done: Vec<Statement<'s>>,
    names: Vec<Name<'s>>,
    label: Option<Field>,
    rider: bool,
    outer: bool,
}

impl<'s> Reader<'s> {
    /// A part up to a mark.
    fn part(&mut self, before: Before, text: &'s str) {
        let mut text = chars::trim(text);
        // A label may follow a name without any mark: 市人社局责任单位：….
        while let Some(colon) = top_level(text, chars::is_colon) {
            let after = colon + text[colon..].chars().next().map_or(0, char::len_utf8);
            match closing_label(&text[..after]) {
                Some((at, field)) => {
                    // What stands before the first label says which label it is: 指标牵头单位.
                    if !self.is_fresh() {
                        self.name(before, &text[..at]);
                    }
                    self.flush(None);
                    self.label = Some(field);
                }
                None => {
                    self.flush(None);
                    self.label = Some(Field::Other);
                }
            }
            text = chars::trim(&text[after..]);
        }
        if !text.is_empty() {
            self.words(before, text);
        }
    }

    /// A part without labels.
    fn words(&mut self, before: Before, text: &'s str) {
        if self.label == Some(Field::Deadline) {
            self.done.push(match without_end(text) {
                Ok(_) => Statement::Aside,
                Err(_) => Statement::Deadline(text),
            });
            return;
        }
        if let Ok((_, rule)) = all_consuming(lead_rule).parse(text) {
            self.flush(None);
            self.done.push(Statement::Lead(rule));
        } else if text == "下同" || text == "以下同" || text == "以下相同" {
            self.below();
        } else if all_consuming(not_listed).parse(text).is_ok() {
            self.not_listed();
        } else if all_consuming(rest_rule).parse(text).is_ok()
            || all_consuming(without_end).parse(text).is_ok()
        {
            self.flush(None);
            self.done.push(Statement::Aside);
        } else if is_deadline(text) {
            self.flush(None);
            self.done.push(Statement::Deadline(text));
        } else if let Ok((rest, _)) = rider_head(text) {
            self.flush(None);
            self.rider = true;
            self.label = None;
            self.duty_names(Before::Start, rest);
        } else {
            self.duty_names(before, text);
        }
    }

    fn is_fresh(&self) -> bool {
        self.done.is_empty() && self.names.is_empty() && self.label.is_none()
    }

    /// A name, or the last name before a verb.
    fn duty_names(&mut self, before: Before, text: &'s str) {
        let Some((name, inside)) = trailing_bracket(text) else {
            return self.verbs(before, text);
        };
        if let Ok((_, duty)) = all_consuming(verb).parse(inside) {
            self.names.push(Name {
                before,
                text: chars::trim(name),
                own: Some(duty),
            });
        } else if self.outer && is_rule(inside) {
            self.verbs(before, name);
            self.flush(None);
            self.done.extend(statements(inside, false));
        } else {
            self.verbs(before, text);
        }
    }

    /// Names with the verbs behind them: 省商务厅牵头会同省财政厅负责.
    fn verbs(&mut self, mut before: Before, mut text: &'s str) {
        if self.is_fresh() {
            text = text.strip_prefix('由').unwrap_or(text);
        }
        while let Some((name, rest)) = lead_inside(text) {
            self.name(before, name);
            self.flush(Some(Duty::Lead));
            before = Before::Start;
            text = rest;
        }
        match trailing_verb(text) {
            Some((at, duty)) => {
                self.name(before, &text[..at]);
                self.flush(Some(duty));
            }
            None => self.name(before, text),
        }
    }

    fn name(&mut self, before: Before, text: &'s str) {
        let text = chars::trim(text);
        if !text.is_empty() {
            self.names.push(Name {
                before,
                text,
                own: None,
            });
        }
    }

    /// Ends a run of names.
    fn flush(&mut self, verb: Option<Duty>) {
        if self.names.is_empty() {
            return;
        }
        let names = std::mem::take(&mut self.names);
        let label = match self.label {
            Some(Field::Duty(duty)) => Some(duty),
            Some(Field::Other) if verb.is_none() => {
                self.done.push(Statement::Aside);
                return;
            }
            _ => None,
        };
        if self.rider {
            self.rider = false;
            self.done.push(Statement::Rider(names));
        } else {
            self.done.push(Statement::Names { names, label, verb });
        }
    }

    /// 下同: behind names that answer, they answer below too; behind a rule, the rule holds below.
    fn below(&mut self) {
        self.flush(None);
        self.done.push(Statement::Below);
    }

    /// 以下不再列出: what was said last is a rider.
    fn not_listed(&mut self) {
        self.flush(None);
        if let Some(Statement::Names { names, .. }) = self.done.last_mut() {
            let names = std::mem::take(names);
            self.done.pop();
            self.done.push(Statement::Rider(names));
        }
    }

    /// A mark that ends a statement.
    fn end_of_statement(&mut self, mark: Option<char>) {
        if mark.is_some_and(|c| chars::is_full_stop(c) || chars::is_semicolon(c)) {
            self.flush(None);
            if mark.is_some_and(chars::is_full_stop) {
                self.label = None;
            }
        }
    }

    fn finish(mut self) -> Vec<Statement<'s>> {
        self.flush(None);
        self.done
    }
}

/// A part of a clause up to a mark outside brackets.
struct Part<'s> {
    text: &'s str,
    mark: Option<char>,
}

/// The parts of a clause. Brackets that nothing closes hold nothing together.
struct Parts<'s> {
    rest: &'s str,
    at: usize,
    unclosed: std::iter::Peekable<std::vec::IntoIter<usize>>,
    ended: bool,
}

impl<'s> Parts<'s> {
    fn of(text: &'s str) -> Parts<'s> {
        let mut open = Vec::new();
        for (at, c) in text.char_indices() {
            if opens(c) {
                open.push(at);
            } else if closes(c) {
                open.pop();
            }
        }
        Parts {
            rest: text,
            at: 0,
            unclosed: open.into_iter().peekable(),
            ended: false,
        }
    }
}

impl<'s> Iterator for Parts<'s> {
    type Item = Part<'s>;

    fn next(&mut self) -> Option<Part<'s>> {
        if self.ended {
            return None;
        }
        let mut depth = 0usize;
        let mut last = ' ';
        for (i, c) in self.rest.char_indices() {
            if opens(c) {
                if self.unclosed.next_if_eq(&(self.at + i)).is_none() {
                    depth += 1;
                }
            } else if closes(c) {
                depth = depth.saturating_sub(1);
            } else if depth == 0 && is_mark(last, c, &self.rest[i + c.len_utf8()..]) {
                let end = i + c.len_utf8();
                let part = Part {
                    text: &self.rest[..i],
                    mark: Some(if chars::is_space(c) { '、' } else { c }),
                };
                self.rest = &self.rest[end..];
                self.at += end;
                return Some(part);
            }
            last = c;
        }
        self.ended = true;
        Some(Part {
            text: self.rest,
            mark: None,
        })
    }
}

/// Brackets and quotation marks keep a name together: 市“双随机、一公开”联席会议.
fn opens(c: char) -> bool {
    chars::is_open_bracket(c) || matches!(c, '“' | '「' | '《')
}

fn closes(c: char) -> bool {
    chars::is_close_bracket(c) || matches!(c, '”' | '」' | '》')
}

/// A mark between parts; a space is one where a name ends before it and Chinese follows.
fn is_mark(last: char, c: char, rest: &str) -> bool {
    chars::is_enumeration_comma(c)
        || chars::is_comma(c)
        || chars::is_semicolon(c)
        || chars::is_full_stop(c)
        || (chars::is_space(c)
            && matches!(
                last,
                '局' | '委'
                    | '办'
                    | '厅'
                    | '部'
                    | '会'
                    | '院'
                    | '心'
                    | '府'
                    | '司'
                    | '处'
                    | '行'
                    | '队'
                    | '室'
                    | '科'
                    | '组'
                    | '位'
                    | '门'
                    | '区'
            )
            && rest.starts_with(chars::is_han))
}

/// The first character of a kind outside brackets.
fn top_level(text: &str, is: fn(char) -> bool) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        if chars::is_open_bracket(c) {
            depth += 1;
        } else if chars::is_close_bracket(c) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && is(c) {
            return Some(at);
        }
    }
    None
}

/// `市民政局（牵头）` → 市民政局, 牵头.
fn trailing_bracket(text: &str) -> Option<(&str, &str)> {
    let close = text
        .chars()
        .next_back()
        .filter(|c| chars::is_close_bracket(*c))?;
    let body = &text[..text.len() - close.len_utf8()];
    let mut depth = 1usize;
    for (at, c) in body.char_indices().rev() {
        if chars::is_close_bracket(c) {
            depth += 1;
        } else if chars::is_open_bracket(c) {
            depth -= 1;
            if depth == 0 {
                return Some((&body[..at], &body[at + c.len_utf8()..]));
            }
        }
    }
    None
}

/// Whether words in a bracket behind a name are a rule and no alias.
fn is_rule(text: &str) -> bool {
    rider_head(text).is_ok()
        || Parts::of(text).take(2).any(|part| {
            let part = chars::trim(part.text);
            part == "下同" || all_consuming(lead_rule).parse(part).is_ok()
        })
}

/// A lead in the middle of a part, and what follows it: 省商务厅 牵头会同 省财政厅负责.
fn lead_inside(text: &str) -> Option<(&str, &str)> {
    for (at, word) in text.match_indices("牵头") {
        let rest = &text[at + word.len()..];
        let rest = rest.strip_prefix("负责").unwrap_or(rest);
        let rest = ["会同", "联合", "组织"]
            .iter()
            .find_map(|w| rest.strip_prefix(w))
            .unwrap_or(rest);
        if rest.starts_with(['省', '市', '县', '区', '州', '厅', '各', '相', '有', '其'])
        {
            return Some((&text[..at], rest));
        }
    }
    None
}
