//! The order of levels (GB/T 9704-2012, 7.3.3: 一、 （一） 1. （1）), and measures that name nobody.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyze::assemble::all_nodes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Node, NodeKind, Notice, Role};
use crate::span::Span;

/// Checks the tree.
pub fn check(notice: &Notice, found: &mut Vec<Diagnostic>) {
    for node in all_nodes(notice) {
        level_order(node, found);
    }
    without_unit(notice, found);
    rider_restated(notice, found);
}

/// The rank of a marker in the order of the standard; those it does not know have none.
fn rank(marker: &str) -> Option<u32> {
    let mut rest = marker.chars();
    let first = rest.next()?;
    let bracketed = crate::text::chars::is_open_bracket(first);
    let inner = if bracketed { rest.next()? } else { first };
    let arabic = crate::text::chars::is_digit(inner);
    let chinese = "一二三四五六七八九十百".contains(inner);
    match (bracketed, chinese, arabic) {
        (false, true, _) => Some(1),
        (true, true, _) => Some(2),
        (false, _, true) => Some(3),
        (true, _, true) => Some(4),
        _ => None,
    }
}

/// A level above one that should stand above it. A level left out is no slip: 1. directly under 一、 is common.
fn level_order(node: &Node, found: &mut Vec<Diagnostic>) {
    let Some(above) = node.marker.as_deref().and_then(rank) else {
        return;
    };
    let below = node.children.iter().find(|child| child.marker.is_some());
    let Some(child) = below else {
        return;
    };
    if child
        .marker
        .as_deref()
        .and_then(rank)
        .is_some_and(|rank| rank < above)
    {
        let marks = [child.marker.as_deref(), node.marker.as_deref()].map(|m| m.unwrap_or(""));
        found.push(Diagnostic::new(Code::LevelOrder, Some(child.span), &marks));
    }
}

/// Titles of what nobody does: 指导思想, 主要目标, and what holds for all.
const NOBODYS: [&str; 20] = [
    "指导思想",
    "总体",
    "基本原则",
    "主要原则",
    "工作原则",
    "目标",
    "要求",
    "组织",
    "领导",
    "保障",
    "机制",
    "宣传",
    "附则",
    "对象",
    "范围",
    "依据",
    "考评",
    "考核",
    "督导",
    "监督",
];

fn is_nobodys(title: &str) -> bool {
    title.chars().count() <= 16 && NOBODYS.iter().any(|word| title.contains(word))
}

/// A measure that names nobody, where at least four of five do.
///
/// Quiet for what nobody does (指导思想, 主要目标), and for sections that speak to everybody (组织保障).
fn without_unit(notice: &Notice, found: &mut Vec<Diagnostic>) {
    let measures: Vec<&Node> = all_nodes(notice)
        .filter(|node| node.kind == NodeKind::Measure)
        .collect();
    let named = |node: &Node| {
        node.responsibilities
            .iter()
            .any(|r| r.inherited_from.is_none())
    };
    let n_named = measures.iter().filter(|node| named(node)).count();
    if measures.len() < 5 || n_named * 5 < measures.len() * 4 {
        return;
    }
    let mut quiet: BTreeSet<Span> = BTreeSet::new();
    for node in all_nodes(notice).filter(|node| is_nobodys(&node.title)) {
        quiet.insert(node.span);
        quiet.extend(node.children.iter().map(|child| child.span));
    }
    // Only beside others that name theirs: a transmittal's own points stand beside none.
    let above = |node: &'_ Node| node.id.rfind('.').map_or(0, |at| at);
    let sections: BTreeSet<&str> = measures
        .iter()
        .filter(|node| named(node))
        .map(|node| &node.id[..above(node)])
        .collect();
    let alone = measures.iter().filter(|node| {
        !named(node) && !quiet.contains(&node.span) && sections.contains(&node.id[..above(node)])
    });
    found.extend(alone.map(|node| Diagnostic::new(Code::MeasureWithoutUnit, Some(node.span), &[])));
}

/// A unit that a clause names although a rider before it (以下均需……负责，不再列出) binds the unit to all that follow.
///
/// Quiet for a clause that gives the unit another role.
fn rider_restated(notice: &Notice, found: &mut Vec<Diagnostic>) {
    let mut bound: BTreeMap<(&str, Role), &str> = BTreeMap::new();
    for node in all_nodes(notice) {
        for duty in &node.responsibilities {
            let key = (duty.unit.as_str(), duty.role);
            match (&duty.inherited_from, bound.get(&key)) {
                (Some(from), _) => {
                    bound.entry(key).or_insert(from);
                }
                (None, Some(from)) => found.push(Diagnostic::new(
                    Code::RiderRestated,
                    Some(duty.span),
                    &[&duty.unit, from],
                )),
                (None, None) => {}
            }
        }
    }
}
