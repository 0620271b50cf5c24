//! Dated commitments without a number: which clauses state an end, and in which words.

use super::conditions::head;
use super::dates::When;
use super::part::Part;
use crate::analyze::quantities::Relation;
use crate::text::chars;
use crate::vocab::words::{self, Roles};

/// How a clause comes by its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// The date stands in the clause, or alone in the clause before it.
    Own,
    /// A clause before it names the date.
    Inherited,
}

/// Whether a dated stretch states an end.
pub fn states_an_end(
    part: &Part<'_>,
    start: usize,
    end: usize,
    when: &When<'_>,
    hold: Hold,
) -> bool {
    let text = part.slice(start, end);
    let outcome = words_in(part, start, end);
    let strong = outcome.any(Roles::STRONG_END) || promises_all(text);
    let weak = outcome.any(Roles::END | Roles::DO);
    let first = first_word(part, start, end);
    let progress = first.any(Roles::PROGRESS);
    let permits =
        first.any(Roles::ENCOURAGE) || outcome.any(Roles::ENCOURAGE) && text.contains("可");
    // 确保各项政策尽快落地, without a date of its own, says what for.
    let purpose = first.any(Roles::PURPOSE) || hold == Hold::Inherited && first.any(Roles::ENSURE);
    if permits || text.chars().filter(|c| chars::is_han(*c)).count() < 3 {
        return false;
    }
    let by_then = matches!(when.relation, Relation::By | Relation::Within);
    match hold {
        Hold::Own if by_then && is_precise(when.text) => (strong || weak && !progress) && !purpose,
        _ if when.relation == Relation::From => {
            outcome.any(Roles::END | Roles::LIMIT) && !progress && !purpose
        }
        Hold::Own => strong && !progress && !purpose,
        Hold::Inherited => strong && !progress && !purpose,
    }
}

/// 6月底前, 30日内: a day, not a year's goal.
fn is_precise(text: &str) -> bool {
    text.ends_with(['前', '内', '日', '底', '旬'])
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
pub fn trim<'s>(part: &Part<'s>, start: usize, end: usize) -> &'s str {
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
