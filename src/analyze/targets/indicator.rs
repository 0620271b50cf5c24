//! What is measured and what is done: the words around a number that name them.

use super::part::Part;
use super::select::{Grip, skip_brackets};
use super::values::Group;
use crate::model::QuantityKind;
use crate::text::chars;
use crate::vocab::words::{Roles, Word};

/// The words that name a target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    /// The governing verb.
    pub action: Option<String>,
    /// What is measured, one for each value (or one for all).
    pub indicators: Vec<String>,
}

/// How many characters of what follows a number may name it.
const LONGEST: usize = 60;

/// Words at the head of a phrase that name nothing.
const HEADS: &[&str] = &[
    "其中",
    "并",
    "且",
    "同时",
    "确保",
    "力争",
    "争取",
    "务必",
    "努力",
    "实现",
    "到",
    "使",
    "将",
    "推动实现",
    "，",
    "、",
    "：",
    "和",
    "及",
    "以及",
    "与",
    "或",
    "的",
    "在",
    "按",
    "按照",
    "全部",
    "再",
    "各",
    "于",
    "对",
    "“”",
    "要",
    "（",
    "）",
    "(",
    ")",
    "分别",
    "一是",
    "二是",
    "三是",
    "四是",
    "五是",
    "六是",
    "七是",
    "计划",
    "预计",
    "预期",
    "；",
    "至少",
    "好",
    "了",
    "出",
    "成",
    "过",
];

/// Words at the end of a phrase that name nothing.
const TAILS: &[&str] = &[
    "分别",
    "均",
    "都",
    "累计",
    "总共",
    "约",
    "近",
    "达到",
    "达",
    "到",
    "至",
    "为",
    "不",
    "不得",
    "在",
    "力争",
    "确保",
    "超过",
    "突破",
    "以",
    "的",
    "共",
    "一般",
    "原则上",
    "平均",
    "，",
    "、",
    "：",
    "（",
    "(",
    "由",
    "从",
    "比",
    "较",
    "最高",
    "最多",
    "再",
    "各",
    "要",
    "应",
    "可",
    "按",
    "按照",
    "和",
    "及",
    "与",
    "将",
    "年均",
    "控制在",
    "保持在",
    "稳定在",
    "实现",
    "不低于",
    "不超过",
    "不少于",
    "整体",
    "总体",
    "累计达",
    "则",
    "每",
    "达至",
    "已",
    "就",
];

/// Names the values of a group; `floor` is where its part of the clause starts, `start` where its words start.
pub fn name(
    part: &Part<'_>,
    clause: usize,
    group: &Group,
    grip: &Grip,
    floor: usize,
    start: usize,
) -> Name {
    let end = part.clause(clause).map_or(group.end, |c| c.end);
    let next = part.next_quantity(clause, group.end);
    let behind = behind(part, group.end, end, next);
    let verb = if grip.adjacent {
        grip.verb
    } else {
        leading_verb(part, clause, floor, start).or(grip.verb)
    };
    let said = |w: Word| part.slice(w.start, w.end);
    let (subject, object) = match verb {
        Some(w) if w.start >= floor && w.end <= start => (
            clean(&stretch(part, floor, w.start)),
            clean(&stretch(part, w.end, start)),
        ),
        Some(w) if w.start >= floor && w.start < group.end => {
            (clean(&stretch(part, floor, w.start)), String::new())
        }
        _ => (String::new(), clean(&stretch(part, floor, start))),
    };
    let mut named = object;
    named.push_str(&behind);
    let leads = verb.is_none_or(|w| {
        w.roles.any(Roles::LIMIT | Roles::UP | Roles::DOWN) && !said(w).starts_with("新增")
    });
    let rate = group
        .members
        .first()
        .and_then(|&m| part.items.get(m))
        .is_some_and(|item| item.atom.measures == QuantityKind::Percent);
    if leads || rate || !grip.adjacent || named.chars().count() < 5 {
        named = subject + &named;
    }
    let named = trimmed(named);
    let count = group.members.len();
    Name {
        action: verb.map(|w| said(w).to_owned()),
        indicators: if count > 1 {
            spread(&named, count)
        } else {
            vec![named]
        },
    }
}

/// A name without what a change starts from (由参保3年以上…), the day a term is counted from, the time it takes.
fn trimmed(named: String) -> String {
    let counted = |text: &str| text.chars().any(chars::is_digit);
    if let Some(at) = named.find("之日起") {
        return clean(named.get(at + "之日起".len()..).unwrap_or(""));
    }
    if let Some(at) = named.find(['由', '从']).filter(|at| *at > 0)
        && counted(named.get(at..).unwrap_or(""))
    {
        return clean(named.get(..at).unwrap_or(""));
    }
    if let Some((time, rest)) = named.split_once("时间")
        && time.starts_with('用')
        && counted(time)
    {
        return clean(rest);
    }
    named
}

/// The phrase of a clause without its verb: what the next clause may say a number of
/// (加快就业补助资金支出进度，6月底前达到60%以上).
pub fn subject_of(part: &Part<'_>, clause: usize) -> String {
    let Some(c) = part.clause(clause) else {
        return String::new();
    };
    let text = stretch(part, c.start, c.end);
    let mut text = clean(&text);
    let verb = crate::vocab::words::find(&text).next();
    if let Some(w) = verb
        .filter(|w| w.start == 0 && w.end > 3 && w.roles.any(Roles::ALL_VERBS | Roles::PROGRESS))
    {
        text = clean(text.get(w.end..).unwrap_or(""));
    }
    text
}

fn leading_verb(part: &Part<'_>, clause: usize, floor: usize, start: usize) -> Option<Word> {
    let verbs = Roles::DO | Roles::GRANT | Roles::LIMIT | Roles::UP | Roles::DOWN;
    let words: Vec<Word> = part
        .words_before(clause, start)
        .take_while(|w| w.start >= floor)
        .filter(|w| w.roles.any(verbs) && w.end - w.start > 3)
        .collect();
    // A verb that leads the phrase (新增规上工业企业), else the last one (重点项目完成投资).
    let leading = words
        .last()
        .copied()
        .filter(|w| clean(part.slice(floor, w.start)).is_empty());
    leading.or_else(|| words.first().copied())
}

/// What follows a number and names it.
fn behind(part: &Part<'_>, from: usize, end: usize, next: Option<usize>) -> String {
    let mut text = stretch(part, from, end);
    if let Some(next) = next {
        text = stretch(part, from, next);
        match text.rfind(['、', '，']) {
            Some(cut) => text.truncate(cut),
            // 2—3个年交易额100亿元以上的专业市场: one phrase.
            None => text = stretch(part, from, end),
        }
    }
    let text = skip_brackets(&text).trim_start_matches(['的', '以']);
    let text: String = text.chars().take(LONGEST).collect();
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !"“《".contains(c));
    clean(text)
}

/// A stretch of the text without the dates in it.
fn stretch(part: &Part<'_>, from: usize, to: usize) -> String {
    let mut out = String::new();
    let mut at = from;
    let first = part.items.partition_point(|item| item.start < from);
    for item in part
        .items
        .iter()
        .skip(first)
        .take_while(|item| item.end <= to)
    {
        if item.is_date() && !item.quoted {
            out.push_str(part.slice(at, item.start));
            at = item.end;
        }
    }
    out.push_str(part.slice(at, to));
    out.retain(|c| !chars::is_space(c));
    out
}

/// A phrase without the words at its ends that name nothing.
pub fn clean(text: &str) -> String {
    let mut text = text.trim();
    loop {
        let before = text.len();
        if let Some(head) = HEADS
            .iter()
            .filter(|h| text.starts_with(**h))
            .max_by_key(|h| h.len())
        {
            text = text.get(head.len()..).unwrap_or("").trim_start();
        }
        if let Some(tail) = TAILS
            .iter()
            .filter(|t| text.ends_with(**t))
            .max_by_key(|t| t.len())
        {
            text = text.get(..text.len() - tail.len()).unwrap_or("").trim_end();
        }
        if text.len() == before {
            return text.to_owned();
        }
    }
}

/// Shares a phrase out among values: 货运量、货值 are two names; 国家级、省级专精特新企业 too, with the ending spelled out.
pub fn spread(named: &str, count: usize) -> Vec<String> {
    let parts: Vec<&str> = named
        .split(['、', '和', '与', '及'])
        .map(|p| p.trim_matches(|c: char| !c.is_alphanumeric() && !"“”（）《》".contains(c)))
        .filter(|p| !p.is_empty())
        .collect();
    if parts.len() != count || count < 2 {
        return vec![named.to_owned()];
    }
    let last = parts.last().copied().unwrap_or("");
    parts
        .iter()
        .map(|p| match p.chars().last() {
            // The shared ending stands behind the same word of the last part.
            Some(mark) if *p != last && "级型类种等".contains(mark) => {
                match last.find(mark).filter(|at| *at <= 12) {
                    Some(at) => format!("{p}{}", last.get(at + mark.len_utf8()..).unwrap_or("")),
                    None => (*p).to_owned(),
                }
            }
            _ => (*p).to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_shared_out() {
        assert_eq!(spread("货运量、货值", 2), ["货运量", "货值"]);
        assert_eq!(
            spread("国家级、省级专精特新企业", 2),
            ["国家级专精特新企业", "省级专精特新企业"]
        );
        assert_eq!(spread("培训补贴", 2), ["培训补贴"]);
    }

    #[test]
    fn ends_that_name_nothing_fall_off() {
        assert_eq!(clean("其中，力争全市森林覆盖率均达到"), "全市森林覆盖率");
        assert_eq!(clean("、的"), "");
    }
}
