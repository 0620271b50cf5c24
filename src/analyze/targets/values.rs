//! The values of a clause: numbers that share a bound and a verb (65%和55%), and the bound of each.

use super::part::{Item, Part};
use crate::model::{Comparator, QuantityKind};
use crate::span::Range;
use crate::vocab::limits::{self, Limit};
use crate::vocab::phrases::List;

/// Quantities of one clause that stand side by side with nothing but list marks between: 100亿元、50亿元.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Indices into the part's items.
    pub members: Vec<usize>,
    /// First byte, bounds counted.
    pub start: usize,
    /// First byte of the first number itself.
    pub core: usize,
    /// One past the last byte.
    pub end: usize,
}

/// The groups of a clause, in order.
pub fn groups(part: &Part<'_>, clause: usize) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for &i in part.items_of.get(clause).into_iter().flatten() {
        let Some(item) = part.items.get(i).filter(|item| item.is_quantity()) else {
            continue;
        };
        let joined = groups.last().is_some_and(|last| {
            let kind = last
                .members
                .last()
                .and_then(|&m| part.items.get(m))
                .map(|m| m.atom.measures);
            let alike = kind == Some(item.atom.measures)
                || part.before(clause, last.start).contains("分别");
            last.end <= item.start && is_list_mark(part.slice(last.end, item.start)) && alike
        });
        match groups.last_mut() {
            Some(last) if joined => {
                last.members.push(i);
                last.end = item.end;
            }
            _ => groups.push(Group {
                members: vec![i],
                start: item.start,
                core: item.core,
                end: item.end,
            }),
        }
    }
    groups
}

fn is_list_mark(gap: &str) -> bool {
    matches!(
        gap.trim_matches(|c: char| c == ' ' || c == '　'),
        "、" | "和" | "及" | "与" | "以及" | "或" | "，和" | "、和" | "/" | "，"
    )
}

/// A value with its bound, as the words around it say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// The comparator; `None` where no word says one.
    pub comparator: Option<Comparator>,
    /// Whether the bound stands apart from the number: 不得低于本企业1个月的平均销售量.
    pub apart: bool,
    /// Where the words of the quantity start: at a bound that stands apart, else at the atom.
    pub start: usize,
}

/// The bounds of a group's members, spread over the group: 分别达到65%和55%, 60%和10%以上.
pub fn bounds(part: &Part<'_>, clause: usize, group: &Group, floor: usize) -> Vec<Bound> {
    let items: Vec<&Item<'_>> = group
        .members
        .iter()
        .filter_map(|&m| part.items.get(m))
        .collect();
    let apart = bound_apart(part, clause, group.start, floor);
    let mut from_front = None;
    let mut bounds: Vec<Bound> = items
        .iter()
        .map(|item| {
            let own = item.atom.comparator.filter(|c| *c != Comparator::Eq);
            if own.is_some() && stands_before(item) {
                from_front = own;
            }
            let comparator = own.or(from_front);
            Bound {
                comparator,
                apart: false,
                start: item.start,
            }
        })
        .collect();
    if let (Some(last), true) = (bounds.last().copied(), items.len() > 1) {
        let behind = items.last().is_some_and(|item| stands_behind(item));
        if behind {
            for bound in &mut bounds {
                bound.comparator = bound.comparator.or(last.comparator);
            }
        }
    }
    if let Some((start, limit)) = apart {
        for (n, bound) in bounds.iter_mut().enumerate() {
            if matches!(
                bound.comparator,
                None | Some(Comparator::Ge) | Some(Comparator::Approx)
            ) {
                let comparator = match limit {
                    Limit::AtLeast => Comparator::Ge,
                    Limit::AtMost => Comparator::Le,
                };
                bound.comparator = Some(comparator);
                bound.apart = true;
                if n == 0 {
                    bound.start = start;
                }
            }
        }
    }
    if let Some(first) = items
        .first()
        .filter(|_| closes_with_ceiling(part, clause, group.end))
        && first.atom.measures == QuantityKind::Money
    {
        for bound in &mut bounds {
            bound.comparator = Some(Comparator::Le);
        }
    }
    bounds
}

/// 最高给予…300万元, 不低于采购合同金额50%: a bound that stands apart, after `floor`.
fn bound_apart(part: &Part<'_>, clause: usize, at: usize, floor: usize) -> Option<(usize, Limit)> {
    let before = part.before(clause, at);
    let base = at - before.len();
    let from = floor.max(base);
    let text = part.slice(from, at);
    let (start, limit) = limits::last(text)?;
    Some((from + start, limit))
}

/// 每户每年9600元为限额.
fn closes_with_ceiling(part: &Part<'_>, clause: usize, at: usize) -> bool {
    List::Ceilings.starts(part.after(clause, at))
}

fn stands_before(item: &Item<'_>) -> bool {
    Range::of(item.atom.text, item.atom.core).is_some_and(|core| core.start > 0)
}

fn stands_behind(item: &Item<'_>) -> bool {
    Range::of(item.atom.text, item.atom.core)
        .is_some_and(|core| (core.end as usize) < item.atom.text.len())
}
