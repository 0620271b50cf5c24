//! Dated commitments without a number: which clauses state an end, and in which words.

use super::Findings;
use super::clauses::{Clause, End};
use super::conditions::head;
use super::dates::{DateRole, When};
use super::part::{Item, Part};
use super::reader::{Reader, State};
use crate::analyze::quantities::Relation;
use crate::model::{MentionKind, Milestone, Modality};
use crate::text::chars;
use crate::vocab::phrases::List;
use crate::vocab::words::{self, Roles};

/// How a clause comes by its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hold {
    /// The date stands in the clause, or alone in the clause before it.
    Own,
    /// A clause before it names the date.
    Inherited,
}

impl<'s> Reader<'_, 's> {
    /// The milestones of a clause without a committed number: one, or one for each 、-part with a date of its own.
    pub(super) fn milestones(
        &mut self,
        i: usize,
        clause: &Clause,
        dates: &[(usize, DateRole)],
        state: &State<'s>,
        findings: &mut Findings,
    ) {
        let part = self.part;
        let binding: Vec<&Item<'s>> = dates
            .iter()
            .filter(|(_, role)| matches!(role, DateRole::Governs | DateRole::Starts))
            .filter_map(|&(x, _)| part.items.get(x))
            .collect();
        let modality = self.modality_at(i, clause.end, state);
        if self.conditional(clause.start) && self.conditional(clause.end.saturating_sub(1)) {
            return;
        }
        if binding.is_empty() {
            // Terms and recurring dates of the clause itself make no milestone.
            let when = state
                .governing
                .clone()
                .filter(|_| dates.iter().all(|(_, r)| *r == DateRole::Describes));
            let Some(when) = when else { return };
            let hold = if state.alone {
                Hold::Own
            } else {
                Hold::Inherited
            };
            self.milestone(
                clause.start,
                clause.end,
                &when,
                hold,
                modality,
                state,
                findings,
            );
            return;
        }
        for (start, end, item) in parts_with_dates(part, clause, &binding) {
            // 要在本意见印发之日起30日内，: the date stands alone.
            let alone = part.slice(item.end, end).trim().is_empty()
                && (clause.ends_with == End::Comma
                    || part.slice(start, item.start).ends_with("之日起"));
            // …的，3年内保留人事关系: what somebody may do then.
            let entitled = item.dated
                && !part.slice(start, item.start).contains("之日")
                && self.conditional(clause.start.saturating_sub(4));
            if let Some(when) = When::of(item).filter(|_| !alone && !entitled) {
                self.milestone(start, end, &when, Hold::Own, modality, state, findings);
            }
        }
    }

    #[allow(clippy::too_many_arguments)] // what a milestone is put together from
    fn milestone(
        &mut self,
        start: usize,
        end: usize,
        when: &When<'s>,
        hold: Hold,
        modality: Option<Modality>,
        state: &State<'s>,
        findings: &mut Findings,
    ) {
        let part = self.part;
        let opened = hold == Hold::Own || state.opened;
        if !states_an_end(part, start, end, when, hold, opened) || is_flattened(part, start, end) {
            return;
        }
        let due = match when.relation {
            Relation::From => when.start,
            _ => when.due(),
        };
        if due.is_none() && when.event.is_none() {
            return;
        }
        let mut text = trim(part, start, end);
        if text.chars().count() < 6 && hold == Hold::Own {
            // 有分歧欠款…，10月底前清偿完毕: the subject stands in the clause before.
            if let Some(before) = state.before.and_then(|b| part.clause(b))
                && before.ends_with == End::Comma
                && before.sentence == state.sentence
            {
                text = chars::trim(part.slice(before.start, end));
            }
        }
        if text.is_empty() {
            return;
        }
        findings.milestones.push(Milestone {
            text: text.to_owned(),
            modality,
            period: when.period(),
            deadline: when.deadline(),
            due,
            span: self.locator.span(text),
        });
        self.take_date(Some(when), text);
    }
}

/// A clause in 、-parts, where several of them have dates: (start, end, date).
fn parts_with_dates<'i, 's>(
    part: &Part<'s>,
    clause: &Clause,
    dates: &[&'i Item<'s>],
) -> Vec<(usize, usize, &'i Item<'s>)> {
    let mut out = Vec::new();
    let mut start = clause.start;
    for (n, date) in dates.iter().enumerate() {
        let end = match dates.get(n + 1) {
            None => clause.end,
            Some(next) => {
                let between = part.slice(date.end, next.start);
                match between.rfind('、') {
                    Some(at) => date.end + at,
                    // Two dates and nothing that parts them: the later one rules.
                    None => continue,
                }
            }
        };
        out.push((start, end, *date));
        start = end;
    }
    out
}

/// A row of a table that a page has run together (出台实施意见16鼓励设立信托): a bare number between its cells.
fn is_flattened(part: &Part<'_>, start: usize, end: usize) -> bool {
    let first = part.items.partition_point(|item| item.start < start);
    let inside = part.items.iter().skip(first);
    inside.take_while(|item| item.end <= end).any(|item| {
        item.atom.kind == MentionKind::Number
            && item.atom.unit.is_none()
            && item.atom.text.len() < 3
            && !item.quoted
            && part.slice(start, item.start).ends_with(chars::is_han)
            && part.slice(item.end, end).starts_with(chars::is_han)
    })
}

/// Whether a dated stretch states an end.
fn states_an_end(
    part: &Part<'_>,
    start: usize,
    end: usize,
    when: &When<'_>,
    hold: Hold,
    opened: bool,
) -> bool {
    let text = part.slice(start, end);
    let outcome = words_in(part, start, end);
    let strong = outcome.any(Roles::STRONG_END) || promises_all(text);
    let weak = outcome.any(Roles::END | Roles::DO | Roles::ACT);
    let first = first_word(part, start, end);
    let progress = first.any(Roles::PROGRESS);
    let permits =
        first.any(Roles::ENCOURAGE) || outcome.any(Roles::ENCOURAGE) && text.contains("可");
    // 确保各项政策尽快落地, without a date of its own, says what for.
    let purpose = first.any(Roles::PURPOSE) || hold == Hold::Inherited && first.any(Roles::ENSURE);
    // “十五五”时期是…的关键时期; 服务水平显著提升; 现印发给你们.
    let said = trim(part, start, end);
    let acts = first.any(Roles::ACT | Roles::END);
    let tells = said.starts_with('是')
        || List::Vague.ends(said)
        || List::NoEnds.ends(said) && !acts
        || said == "印发"
        || ["印发给", "不准", "不得", "此件公开发布"]
            .iter()
            .any(|word| said.contains(word));
    if permits || tells || text.chars().filter(|c| chars::is_han(*c)).count() < 3 {
        return false;
    }
    // 于10月底报送: by then, though no 前 says so.
    let at_the_end = when.relation == Relation::At && when.text.ends_with(['底', '末']);
    let by_then = matches!(when.relation, Relation::By | Relation::Within) || at_the_end;
    match hold {
        Hold::Own if by_then && is_precise(when.text) => (strong || weak && !progress) && !purpose,
        _ if when.relation == Relation::From => {
            opened && outcome.any(Roles::END | Roles::LIMIT) && !progress && !purpose
        }
        Hold::Own => strong && !progress && !purpose,
        Hold::Inherited => strong && !progress && !purpose,
    }
}

/// 6月底前, 30日内: a day, not a year's goal.
fn is_precise(text: &str) -> bool {
    text.ends_with(['前', '内', '日', '底', '末', '旬'])
}

/// 应清尽清, 能快尽快.
fn promises_all(text: &str) -> bool {
    text.match_indices('尽').any(|(at, _)| {
        let before = text.get(..at).unwrap_or("");
        before.chars().rev().take(3).any(|c| c == '应' || c == '能')
    })
}

fn words_in(part: &Part<'_>, start: usize, end: usize) -> Roles {
    let from = part.words.partition_point(|w| w.start < start);
    part.words
        .iter()
        .skip(from)
        .take_while(|w| w.end <= end)
        .fold(Roles::default(), |all, w| all | w.roles)
}

/// The roles of the word that a stretch starts with, connectives and dates left off.
fn first_word(part: &Part<'_>, start: usize, end: usize) -> Roles {
    let text = trim(part, start, end);
    words::find(text)
        .next()
        .filter(|w| w.start == 0)
        .map_or(Roles::default(), |w| w.roles)
}

/// What is to be done, without the date at its head or its end and without connectives.
fn trim<'s>(part: &Part<'s>, start: usize, end: usize) -> &'s str {
    let (mut from, mut to) = (start, end);
    loop {
        let text = part.slice(from, to);
        let lead = text.len() - head(text).len();
        let spaces = head(text).len() - head(text).trim_start_matches(is_edge).len();
        from += lead + spaces;
        let first = part.items.partition_point(|item| item.start < from);
        match part.items.get(first) {
            Some(item) if item.start == from && item.is_date() && item.end <= to => from = item.end,
            _ if lead + spaces == 0 => break,
            _ => {}
        }
    }
    to -= part.slice(from, to).len() - part.slice(from, to).trim_end_matches(is_edge).len();
    part.slice(from, to)
}

fn is_edge(c: char) -> bool {
    chars::is_space(c) || chars::is_comma(c) || matches!(c, '、' | '。' | '；' | ';' | '：' | ':')
}
