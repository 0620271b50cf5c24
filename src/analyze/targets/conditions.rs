//! Which stretches of a text only say who or what qualifies: 对…的企业, …的，.
//!
//! Numbers in them are thresholds (营业收入达到5亿元的企业), never targets.

use super::clauses::{Clause, End};
use super::part::{Item, Part};
use crate::model::{Comparator, MentionKind};
use crate::text::chars;
use crate::vocab::limits;
use crate::vocab::phrases::List;
use crate::vocab::words::{Roles, Word};

/// How many clauses behind a condition are looked at for what follows from it.
const NEAR_CLAUSES: usize = 6;

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
        if open.is_none()
            && let Some(until) = circumstance(part, i, clause)
        {
            push(&mut found, clause.start, until);
            continue;
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

/// Clauses that only say under what something happens: 在…35项任务的基础上; 达到70分以上方可; 超时达到5次，取消….
fn circumstance(part: &Part<'_>, i: usize, clause: &Clause) -> Option<usize> {
    let text = part.slice(clause.start, clause.end);
    let told = text.trim_end();
    let at_once = told.ends_with("的同时");
    if at_once || head(text).starts_with('在') && List::Circumstances.ends(told) {
        return Some(clause.end);
    }
    let mut only_then = text.match_indices('方').map(|(at, _)| at);
    let may = |at: &usize| {
        let rest = text.get(*at..).unwrap_or("");
        rest.starts_with("方可") || rest.starts_with("方为")
    };
    if let Some(at) = only_then.find(may) {
        return Some(clause.start + at);
    }
    if is_granted_for(part, i, clause) {
        return Some(clause.end);
    }
    let next = part.clause(i + 1).filter(|n| n.depth == 0)?;
    let bounded = items_in(part, clause).any(|item| item.is_quantity() && item.is_bound());
    let follows = bounded
        && clause.ends_with == End::Comma
        && next.sentence == clause.sentence
        && List::Sanctions.starts(head(part.slice(next.start, next.end)));
    (follows && !part.has(i, Roles::ENSURE | Roles::STRIVE)).then_some(clause.end)
}

/// The numbers and dates of a clause, those of brackets in it too.
fn items_in<'p, 's>(part: &'p Part<'s>, clause: &Clause) -> impl Iterator<Item = &'p Item<'s>> {
    let (start, end) = (clause.start, clause.end);
    let first = part.items.partition_point(|item| item.start < start);
    let items = part.items.iter().skip(first);
    items.take_while(move |item| item.end <= end)
}

/// 注册资本在1000万元以上，且年营业收入在1亿元以上，按0.2%给予奖励: a floor, and behind it what is granted to who reaches it.
fn is_granted_for(part: &Part<'_>, i: usize, clause: &Clause) -> bool {
    if clause.ends_with != End::Comma || part.has(i, Roles::ENSURE | Roles::STRIVE | Roles::GRANT) {
        return false;
    }
    let (mut floors, mut dated) = (false, false);
    for item in items_in(part, clause) {
        let least = matches!(item.atom.comparator, Some(Comparator::Ge | Comparator::Gt));
        floors |= item.is_quantity() && least;
        dated |= item.is_date();
    }
    let behind = part.shape.clauses.iter().enumerate().skip(i + 1);
    let mut behind = behind
        .take(NEAR_CLAUSES)
        .filter(|(_, c)| c.depth == 0 && c.sentence == clause.sentence)
        .map(|(n, c)| (n, chars::trim(part.slice(c.start, c.end))))
        .skip_while(|(_, text)| text.starts_with(['且', '并']));
    let grants =
        |(n, text): (usize, &str)| part.has(n, Roles::GRANT) && List::Awards.starts(head(text));
    floors && !dated && behind.next().is_some_and(grants)
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
    loop {
        text = text.trim_start_matches(chars::is_space);
        match List::Connectives.at_start(text) {
            Some(word) => text = text.get(word.len()..).unwrap_or(""),
            None => return text,
        }
    }
}

fn opens(text: &str) -> bool {
    List::Openers.starts(text) && !List::NoOpeners.starts(text)
}

/// Where the condition that opened at `from` ends in this clause: before the words that grant.
fn closing(part: &Part<'_>, i: usize, clause: &Clause, from: usize) -> Option<usize> {
    let own = clause.start == from;
    let continues = List::Continuers.starts(head(part.clause_text(i)));
    let de = part.clause_text(i).find('的').map(|at| clause.start + at);
    let mut words: Vec<Word> = part
        .words_of
        .get(i)?
        .iter()
        .filter_map(|&w| part.words.get(w).copied())
        .collect();
    // 进行补贴: a noun there, and yet what is granted.
    let first = part.nouns.partition_point(|noun| noun.0 < clause.start);
    let nouns = part.nouns.iter().skip(first);
    words.extend(
        nouns
            .take_while(|noun| noun.1 <= clause.end)
            .map(|&(start, end)| Word {
                start,
                end,
                roles: Roles::default(),
            }),
    );
    words.sort_by_key(|word| word.start);
    words.iter().find_map(|word| {
        let said = part.slice(word.start, word.end);
        let rated = matches!(said, "按" | "按照") && rate_follows(part, word);
        let main = List::Granting.is(said) || rated;
        // 对获得补助的企业，给予…: in its own clause the words that grant stand behind a 的.
        let behind_de = de.is_some_and(|at| at < word.start);
        let settled = behind_de || !own && !continues || rated || List::Giving.is(said);
        // 补助的, 奖励的: still inside.
        let inside = part.slice(word.end, clause.end).starts_with('的');
        (main && settled && !inside).then_some(word.start)
    })
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
    let text = part.slice(clause.start, clause.end).trim_end();
    clause.ends_with != End::Bracket
        && text
            .trim_end_matches(chars::is_close_bracket)
            .ends_with('的')
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
        part.has(n, Roles::GRANT | Roles::ENCOURAGE) || List::Consequences.starts(head(text))
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
        .find(|&at| List::Granted.starts(next(at)) || pays(part, clause.start + at, next(at)))
        .map(|at| clause.start + at)
}

/// 达到1000万元的奖励1万元: what is paid, and the amount right behind it.
fn pays(part: &Part<'_>, at: usize, rest: &str) -> bool {
    List::GrantedSums.at_start(rest).is_some_and(|word| {
        let amount = at + '的'.len_utf8() + word.len();
        let first = part.items.partition_point(|item| item.start < amount);
        part.items
            .get(first)
            .is_some_and(|item| item.start == amount && item.is_quantity())
    })
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
    let verbs = Roles::ALL_VERBS;
    // 对小微企业合同预付款比例不低于合同金额的40%: up to the bound that stands apart.
    if let Some((at, _)) = limits::last(text) {
        let bound = clause.start + at;
        let first = part.items.partition_point(|item| item.start <= bound);
        let item = part.items.get(first).filter(|item| item.end <= clause.end);
        if item.is_some_and(|item| item.is_quantity() && !item.is_bound()) {
            return bound;
        }
    }
    // 对体系内业务执行不超过1%的担保费率: the 的 behind a number parts nothing.
    let counted = |at: usize| {
        let later = part.items.partition_point(|item| item.end < at);
        let item = part.items.get(later);
        item.is_some_and(|item| item.end == at && item.is_quantity())
    };
    let parted = text.rmatch_indices('的').map(|(at, _)| clause.start + at);
    if let Some(at) = parted.into_iter().find(|&at| !counted(at)) {
        // 对国家明确推行的26项改革举措，各部门要…: the whole clause says what of.
        let whole = clause.ends_with == End::Comma
            && head(text).starts_with('对')
            && !part.words_after(i, at).any(|w| w.roles.any(verbs));
        return if whole { clause.end } else { at };
    }
    let verb = part.words_of.get(i).into_iter().flatten().find_map(|&w| {
        let word = part.words.get(w)?;
        (word.roles.any(Roles::DO | Roles::LIMIT) && word.start > clause.start)
            .then_some(word.start)
    });
    // 经审核后于8月底前报送: by when it is to be done is no condition.
    let date = items_in(part, clause)
        .find(|item| item.is_date() && item.start > clause.start)
        .map(|item| item.start);
    let until = verb.unwrap_or(clause.end);
    date.map_or(until, |date| date.min(until))
}
