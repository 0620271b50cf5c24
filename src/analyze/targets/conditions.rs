//! Which stretches of a text only say who or what qualifies: 对…的企业, …的，.
//!
//! Numbers in them are thresholds (营业收入达到5亿元的企业), never targets.

use super::clauses::{Clause, End};
use super::dates::{ends_with_any, starts_with_any};
use super::part::Part;
use crate::model::MentionKind;
use crate::vocab::words::{Roles, Word};

/// Words that open a condition at a clause's head.
const OPENERS: &[&str] = &[
    "对",
    "凡",
    "如",
    "若",
    "当",
    "符合",
    "针对",
    "满足",
    "具备",
    "经",
    "因",
    "除",
    "属于",
    "在认定",
    "未",
    "不",
    "被",
];

/// Words that may stand before an opener.
const CONNECTIVES: &[&str] = &[
    "其中",
    "同时",
    "此外",
    "另外",
    "并且",
    "并",
    "且",
    "及",
    "以及",
    "或",
    "或者",
    "而",
    "但",
    "但是",
    "一是",
    "二是",
    "三是",
    "四是",
    "五是",
    "六是",
    "（一）",
    "（二）",
    "（三）",
    "，",
    "、",
    " ",
    "　",
    "对于",
];

/// Words that open a clause which goes on with the condition before it.
const CONTINUERS: &[&str] = &["且", "并", "或", "及", "以及", "同时", "未", "无", "不"];

/// The stretches of a text that are conditions: ranges of bytes, sorted, apart from each other.
pub fn conditions(part: &Part<'_>) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut open: Option<usize> = None;
    let mut opener = 0;
    let mut segment_start: Option<usize> = None;
    let mut segment = usize::MAX;
    for (i, clause) in part.shape.clauses.iter().enumerate() {
        if clause.depth > 0 {
            continue;
        }
        if clause.segment != segment {
            segment = clause.segment;
            open = None;
            segment_start = Some(clause.start);
        }
        if open.is_none() && opens(undated(part, clause)) {
            open = Some(clause.start);
            opener = i;
        }
        if let Some(from) = open
            && let Some(until) = closing(part, i, clause, from)
        {
            push(&mut found, from, until);
            open = None;
            segment_start = None;
            continue;
        }
        if ends_in_de(part, clause) {
            // 裁员率不高于5.5%，30人以下的…的，可以申请: what leads up to the 的 belongs to it.
            let from = open
                .or(segment_start.filter(|_| consequence_follows(part, i)))
                .unwrap_or(clause.start);
            push(&mut found, from, clause.end);
            open = None;
            segment_start = None;
        } else if open.is_none()
            && let Some(until) = consequence_inside(part, clause)
        {
            push(&mut found, clause.start, until);
            segment_start = None;
        } else if open.is_none() && is_committed(part, i) {
            segment_start = None;
        } else if open.is_some()
            && matches!(clause.ends_with, End::Stop | End::Semicolon | End::Colon)
        {
            // Nothing closed it: 对1年以上未结案件开展清理. It reaches to the last 的, else to its verb.
            if let Some(first) = part.clause(opener) {
                push(&mut found, first.start, unclosed(part, opener, first));
            }
            open = None;
        }
    }
    found
}

fn push(found: &mut Vec<(usize, usize)>, from: usize, until: usize) {
    let from = from.max(found.last().map_or(0, |&(_, end)| end));
    if from < until {
        found.push((from, until));
    }
}

/// A clause without the connectives at its head.
pub fn head(mut text: &str) -> &str {
    // Each round takes something off, and no connective is empty.
    while let Some(word) = CONNECTIVES.iter().find(|word| text.starts_with(**word)) {
        text = text.get(word.len()..).unwrap_or("");
    }
    text
}

fn opens(text: &str) -> bool {
    starts_with_any(text, OPENERS) && !starts_with_any(text, NO_OPENERS)
}

/// Words that start like an opener and are none.
const NO_OPENERS: &[&str] = &[
    "对接",
    "对标",
    "对照",
    "对口",
    "对外",
    "对内",
    "如期",
    "当地",
    "当年",
    "当前",
    "经济",
    "经营",
    "经费",
    "经开",
    "自然",
    "自主",
    "自贸",
    "自动",
    "自来",
    "自行",
    "不断",
    "不低于",
    "不少于",
    "不超过",
    "不得",
    "不高于",
    "未来",
    "因地",
    "因企",
    "因城",
    "因时",
    "如下",
    "对应",
    "当期",
    "经过",
    "不折不扣",
    "对比",
    "对症",
    "被动",
];

/// Where the condition that opened at `from` ends in this clause: before the words that grant.
fn closing(part: &Part<'_>, i: usize, clause: &Clause, from: usize) -> Option<usize> {
    let own = clause.start == from;
    let continues = starts_with_any(head(part.clause_text(i)), CONTINUERS);
    let de = part.clause_text(i).find('的').map(|at| clause.start + at);
    part.words_of.get(i)?.iter().find_map(|&w| {
        let word = part.words.get(w)?;
        let said = part.slice(word.start, word.end);
        let rated = matches!(said, "按" | "按照") && rate_follows(part, word);
        let main = grants(said) || rated;
        // 对获得补助的企业，给予…: in its own clause the words that grant stand behind a 的.
        let behind_de = de.is_some_and(|at| at < word.start);
        let settled = behind_de || !own && !continues || rated || gives(said);
        // 补助的, 奖励的: still inside.
        let inside = part.slice(word.end, clause.end).starts_with('的');
        (main && settled && !inside).then_some(word.start)
    })
}

fn grants(word: &str) -> bool {
    matches!(
        word,
        "给予"
            | "给与"
            | "予以"
            | "奖励"
            | "补助"
            | "补贴"
            | "资助"
            | "返还"
            | "发放"
            | "减按"
            | "减征"
            | "免征"
            | "减免"
            | "一次性"
            | "支付"
            | "扣除"
            | "报销"
            | "补偿"
            | "奖补"
            | "可"
            | "可以"
            | "处以"
            | "罚款"
            | "确保"
            | "力争"
            | "安排"
            | "配套"
            | "核增"
            | "兑现"
            | "支持"
            | "贴息"
            | "定额"
    )
}

/// Words that grant and nothing else: they close a condition wherever they stand.
fn gives(word: &str) -> bool {
    matches!(
        word,
        "给予" | "给与" | "予以" | "发放" | "减按" | "返还" | "处以" | "一次性"
    )
}

/// 按每人1500元的标准: an amount or a rate follows closely.
fn rate_follows(part: &Part<'_>, word: &Word) -> bool {
    let after = part.items.partition_point(|item| item.start < word.end);
    part.items.get(after).is_some_and(|item| {
        item.start <= word.end + 36
            && matches!(
                item.atom.kind,
                MentionKind::Money
                    | MentionKind::Percent
                    | MentionKind::Ratio
                    | MentionKind::Fraction
            )
    })
}

/// …的， and …的。
fn ends_in_de(part: &Part<'_>, clause: &Clause) -> bool {
    ends_with_any(
        part.slice(clause.start, clause.end).trim_end(),
        &["的", "的）", "的)"],
    ) && clause.ends_with != End::Bracket
}

fn consequence_follows(part: &Part<'_>, i: usize) -> bool {
    let next = part
        .shape
        .clauses
        .iter()
        .enumerate()
        .skip(i + 1)
        .find(|(_, c)| c.depth == 0);
    next.is_some_and(|(n, _)| {
        let text = part.clause_text(n);
        part.has(n, Roles::GRANT | Roles::ENCOURAGE)
            || starts_with_any(
                head(text),
                &[
                    "应", "由", "按", "不得", "予以", "视为", "免", "可", "直接", "一律", "须",
                    "必须",
                ],
            )
    })
}

/// Whether a clause holds a commitment of its own, so that a later 的 does not reach back over it.
fn is_committed(part: &Part<'_>, i: usize) -> bool {
    part.has(i, Roles::ENSURE | Roles::STRIVE | Roles::GRANT | Roles::DO)
}

/// 吸纳1人以上并签订合同的每增加1人给予…: the condition and what follows from it in one clause.
fn consequence_inside(part: &Part<'_>, clause: &Clause) -> Option<usize> {
    let text = part.slice(clause.start, clause.end);
    let next = |at: usize| text.get(at + '的'.len_utf8()..).unwrap_or("");
    text.match_indices('的')
        .map(|(at, _)| at)
        .find(|&at| {
            starts_with_any(
                next(at),
                &[
                    "每增加",
                    "给予",
                    "再给予",
                    "可申请",
                    "一次性给予",
                    "分别给予",
                    "按每",
                ],
            )
        })
        .map(|at| clause.start + at)
}

/// A clause without connectives and dates at its head: 每年对….
fn undated<'s>(part: &Part<'s>, clause: &Clause) -> &'s str {
    let text = part.slice(clause.start, clause.end);
    let start = clause.end - head(text).len();
    let first = part.items.partition_point(|item| item.start < start);
    match part.items.get(first) {
        Some(item) if item.start == start && item.is_date() && item.end <= clause.end => {
            head(part.slice(item.end, clause.end))
        }
        _ => head(text),
    }
}

fn unclosed(part: &Part<'_>, i: usize, clause: &Clause) -> usize {
    let text = part.clause_text(i);
    if let Some(at) = text.rfind('的') {
        return clause.start + at;
    }
    let verb = part.words_of.get(i).into_iter().flatten().find_map(|&w| {
        let word = part.words.get(w)?;
        (word.roles.any(Roles::DO | Roles::LIMIT) && word.start > clause.start)
            .then_some(word.start)
    });
    verb.unwrap_or(clause.end)
}
