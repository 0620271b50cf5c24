//! The passes in their order, and their answers put together into a notice.

use super::frame::{self, Frame, Part};
use super::quantities::Reference;
use super::{checks, header, kinds, responsibilities, targets};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Attachment, Node, Notice, SCHEMA_VERSION, Source, Unplaced};
use crate::span;
use crate::syntax::line::{self, Line};
use crate::syntax::outline::outline;
use crate::syntax::tree::Tree;
use crate::text::Locator;

/// Reads a flow into a notice; `source` and the findings of decoding are the caller's to fill in.
pub fn notice(locator: &Locator<'_>) -> Notice {
    let mut diagnostics = Vec::new();
    let lines = line::lines(locator.text());
    let frame = frame::frame(&lines);
    let header = header::header(locator, &lines, &frame, &mut diagnostics);
    let reference = targets::reference(&header);

    let of_part = |part: Part| part_lines(&lines, &frame, part);
    let body = nodes(
        locator,
        &outline(of_part(Part::Body)),
        "",
        &reference,
        &mut diagnostics,
    );
    let mut attachments = Vec::new();
    for n in 0.. {
        let part: Vec<Line<'_>> = of_part(Part::Attachment(n)).collect();
        let Some((head, rest)) = part.split_first() else {
            break;
        };
        attachments.push(attachment(
            locator,
            n,
            head,
            rest,
            &reference,
            &mut diagnostics,
        ));
    }
    let mut unplaced: Vec<Unplaced> = of_part(Part::Noise)
        .map(|line| (line.text, locator.span(line.text)))
        .chain(locator.dropped())
        .map(|(text, span)| Unplaced {
            text: text.to_owned(),
            span,
        })
        .collect();
    unplaced.sort_by_key(|line| line.span);
    let mut notice = Notice {
        schema_version: SCHEMA_VERSION.to_owned(),
        source: Source::default(),
        header,
        body,
        attachments,
        units: Vec::new(),
        diagnostics: Vec::new(),
        unplaced,
    };
    notice.units = responsibilities::units(all_nodes(&notice));
    diagnostics.extend(
        notice
            .unplaced
            .iter()
            .map(|line| Diagnostic::new(Code::UnplacedLine, Some(line.span), &[])),
    );
    diagnostics.extend(checks::check(locator, &notice));
    diagnostics.sort_by_key(|d| (d.span, d.code));
    notice.diagnostics = diagnostics;
    notice
}

/// Every node of a notice, body first, in the order of the text.
pub fn all_nodes(notice: &Notice) -> impl Iterator<Item = &Node> {
    let roots = notice
        .body
        .iter()
        .chain(notice.attachments.iter().flat_map(|a| &a.body));
    let mut stack: Vec<&Node> = roots.collect();
    stack.reverse();
    std::iter::from_fn(move || {
        let node = stack.pop()?;
        stack.extend(node.children.iter().rev());
        Some(node)
    })
}

fn part_lines<'a, 's>(
    lines: &'a [Line<'s>],
    frame: &'a Frame,
    part: Part,
) -> impl Iterator<Item = Line<'s>> + use<'a, 's> {
    lines
        .iter()
        .zip(&frame.parts)
        .filter(move |(_, p)| **p == part)
        .map(|(line, _)| *line)
}

fn attachment(
    locator: &Locator<'_>,
    n: usize,
    head: &Line<'_>,
    rest: &[Line<'_>],
    reference: &Reference,
    diagnostics: &mut Vec<Diagnostic>,
) -> Attachment {
    let prefix = format!("a{}:", n + 1);
    let last = rest.last().unwrap_or(head);
    Attachment {
        number: None,
        title: None,
        span: locator.span(span::between(locator.text(), head.text, last.text)),
        body: nodes(
            locator,
            &outline(rest.iter().copied()),
            &prefix,
            reference,
            diagnostics,
        ),
    }
}

/// One tree through all its passes.
fn nodes(
    locator: &Locator<'_>,
    tree: &Tree<'_>,
    prefix: &str,
    reference: &Reference,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Node> {
    let mut duties = responsibilities::duties(locator, tree, diagnostics);
    let kinds = kinds::kinds(tree, &duties);
    let ids = kinds::ids(locator, tree, prefix, diagnostics);
    responsibilities::carry_riders(tree, &kinds, &mut duties);
    let findings = targets::findings(locator, tree, &kinds, &duties, reference);

    // Children are joined to their parents from the back, so that every node is whole before it moves.
    let mut roots = Vec::new();
    let mut children: Vec<Vec<Node>> = vec![Vec::new(); tree.nodes.len()];
    let passes = tree
        .nodes
        .iter()
        .zip(&kinds)
        .zip(duties.iter().zip(findings));
    let all: Vec<_> = passes.enumerate().collect();
    for (i, ((node, kind), (duty, found))) in all.into_iter().rev() {
        if duty.absorbed_by.is_some() {
            continue;
        }
        let mut below = std::mem::take(&mut children[i]);
        below.reverse();
        let mut responsibilities = duty.responsibilities.clone();
        for (responsibility, rider) in responsibilities.iter_mut().zip(&duty.riders) {
            responsibility.inherited_from = rider.and_then(|r| ids.get(r).cloned());
        }
        let built = Node {
            id: ids[i].clone(),
            kind: *kind,
            marker: node.marker.map(|m| m.text.to_owned()),
            number: node.marker.map(|m| m.number),
            title: node.title.to_owned(),
            text: without(node.text, &duty.clauses),
            span: locator.span(node.line),
            responsibilities,
            targets: found.targets,
            milestones: found.milestones,
            mentions: found.mentions,
            children: below,
        };
        match node.parent {
            Some(parent) => children[parent].push(built),
            None => roots.push(built),
        }
    }
    roots.reverse();
    roots
}

/// A text without some of its slices.
fn without(text: &str, cuts: &[&str]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for cut in cuts.iter().filter_map(|cut| span::Range::of(text, cut)) {
        kept.push_str(text.get(at..cut.start as usize).unwrap_or(""));
        at = cut.end as usize;
    }
    kept.push_str(text.get(at..).unwrap_or(""));
    crate::text::chars::trim(&kept).to_owned()
}
