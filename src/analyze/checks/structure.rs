//! The order of levels (GB/T 9704-2012, 7.3.3: 一、 （一） 1. （1）), and measures that name nobody.

use crate::analyze::assemble::all_nodes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Node, NodeKind, Notice};

/// Checks the tree.
pub fn check(notice: &Notice, found: &mut Vec<Diagnostic>) {
    for node in all_nodes(notice) {
        level_order(node, found);
    }
    without_unit(notice, found);
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

/// A measure that names nobody, where at least four of five do.
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
    let alone = measures.iter().filter(|node| !named(node));
    found.extend(alone.map(|node| Diagnostic::new(Code::MeasureWithoutUnit, Some(node.span), &[])));
}
