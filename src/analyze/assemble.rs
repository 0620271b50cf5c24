//! The passes in their order, and their answers put together into a notice.

use std::collections::{HashMap, HashSet};

use super::frame::{self, Frame, Part};
use super::kinds::Matter;
use super::quantities::Reference;
use super::responsibilities::Duties;
use super::{checks, header, kinds, responsibilities, targets};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Attachment, Header, Node, Notice, Role, SCHEMA_VERSION, Source, Unplaced};
use crate::span::{self, Span};
use crate::syntax::line::{self, Line};
use crate::syntax::outline::{outline, title_and_text};
use crate::syntax::tree::Tree;
use crate::text::{Locator, chars};

/// Reads a flow into a notice; `source` and the findings of decoding are the caller's to fill in.
pub fn notice(locator: &Locator<'_>) -> Notice {
    let mut diagnostics = Vec::new();
    let frame = frame::frame(locator.text(), line::lines(locator.text()));
    let header = header::header(locator, &frame, &mut diagnostics);
    let reference = targets::reference(&header);

    let mut parts = Parts::of(&frame);
    let body = Read::new(locator, parts.body, &mut diagnostics);
    let mut attachments = Vec::new();
    let heads = frame.attachments.iter().copied();
    for (lines, head) in parts.attachments.iter_mut().zip(heads) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            continue;
        };
        let span = locator.span(span::between(locator.text(), first.text, last.text));
        // The attachment's head (附件1 and its title) is in no tree.
        let rest = lines.drain(head.lines.min(lines.len())..);
        let read = Read::new(locator, rest, &mut diagnostics);
        attachments.push(((head, span), read));
    }
    let titles = attachments
        .iter()
        .map(|((head, _), _)| head.title.unwrap_or(""));
    let matters = matters(&body, attachments.iter().map(|(_, part)| part), titles);
    let body = body.nodes(locator, "", Matter::Main, &reference, &mut diagnostics);
    let attachments = attachments.into_iter().zip(matters).enumerate();
    let attachments = attachments
        .map(|(n, (((head, span), part), matter))| Attachment {
            number: head.number,
            title: head.title.map(header::tidy),
            span,
            body: part.nodes(
                locator,
                &format!("a{}:", n + 1),
                matter,
                &reference,
                &mut diagnostics,
            ),
        })
        .collect();
    let mut unplaced: Vec<Unplaced> = parts
        .noise
        .iter()
        .map(|line| (line.text, locator.span(line.text)))
        .chain(without_value(locator, &header, &parts.header))
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
    notice.units = responsibilities::units(&notice.header, all_nodes(&notice));
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

/// The lines of a notice, by what they are a part of.
#[derive(Default)]
struct Parts<'s> {
    header: Vec<Line<'s>>,
    body: Vec<Line<'s>>,
    attachments: Vec<Vec<Line<'s>>>,
    noise: Vec<Line<'s>>,
}

impl<'s> Parts<'s> {
    fn of(frame: &Frame<'s>) -> Parts<'s> {
        let mut parts = Parts::default();
        for (line, part) in frame.lines.iter().zip(&frame.parts) {
            match *part {
                Part::Header => parts.header.push(*line),
                Part::Body => parts.body.push(*line),
                Part::Noise => parts.noise.push(*line),
                Part::Attachment(n) => {
                    // Attachments are counted one by one; a line of a later one opens it.
                    if n >= parts.attachments.len() {
                        parts.attachments.push(Vec::new());
                    }
                    if let Some(attachment) = parts.attachments.last_mut() {
                        attachment.push(*line);
                    }
                }
            }
        }
        parts
    }
}

/// The lines of the header that gave no value: a label with nothing behind it.
fn without_value<'a, 's>(
    locator: &'a Locator<'s>,
    header: &Header,
    lines: &'a [Line<'s>],
) -> impl Iterator<Item = (&'s str, Span)> + use<'a, 's> {
    let mut values: Vec<Span> = header.spans.values().copied().collect();
    values.sort();
    // The furthest end of all values up to each one, so that one search tells.
    let ends: Vec<u32> = values
        .iter()
        .scan(0, |end, value| {
            *end = value.end.max(*end);
            Some(*end)
        })
        .collect();
    lines
        .iter()
        .map(|line| (line.text, locator.span(line.text)))
        .filter(move |(_, span)| {
            let before = values.partition_point(|value| value.start < span.end);
            before == 0 || ends[before - 1] <= span.start
        })
}

/// What the titles of attachments end with that hold no measures, whatever their numbers: lists of names, forms to fill
/// in, reports, rules of procedure.
const APPENDED: &[&str] = &[
    "名单",
    "名册",
    "名录",
    "目录",
    "一览表",
    "申请表",
    "登记表",
    "审批表",
    "统计表",
    "情况表",
    "报告",
    "会议制度",
];

/// Which attachments are what the notice is about: those that assign work where the body assigns none, or all
/// of them where the body has no numbers at all (现将《…》印发给你们, and the text follows as 附件).
fn matters<'r, 's: 'r>(
    body: &Read<'s>,
    attachments: impl Iterator<Item = &'r Read<'s>> + Clone,
    titles: impl Iterator<Item = &'s str>,
) -> Vec<Matter> {
    let any_assigns = attachments.clone().any(Read::assigns);
    attachments
        .zip(titles)
        .map(|(part, title)| {
            let title = title.trim_end_matches(|c| {
                chars::is_space(c) || chars::is_close_bracket(c) || chars::is_full_stop(c)
            });
            let main = if any_assigns {
                part.assigns() && !body.assigns()
            } else {
                !body.is_numbered() && !APPENDED.iter().any(|end| title.ends_with(end))
            };
            if main { Matter::Main } else { Matter::Appended }
        })
        .collect()
}

/// Gives the units that a paragraph names to the numbered node that it belongs to: the measure's text may run
/// over several paragraphs. The clause stays cut out of the paragraph's text.
fn lift(tree: &Tree<'_>, duties: &mut [Duties<'_>]) {
    // Who answers for a node already, for the nodes that are given units.
    let mut known: HashMap<usize, HashSet<(Role, String)>> = HashMap::new();
    for (i, node) in tree.nodes.iter().enumerate() {
        let (None, Some(owner)) = (node.marker, node.parent) else {
            continue;
        };
        let found = std::mem::take(&mut duties[i].responsibilities);
        let riders = std::mem::take(&mut duties[i].riders);
        if found.is_empty() {
            continue;
        }
        let given = &mut duties[owner];
        let known = known.entry(owner).or_insert_with(|| {
            let old = given.responsibilities.iter();
            old.map(|r| (r.role, r.unit.clone())).collect()
        });
        for (new, rider) in found.into_iter().zip(riders) {
            if known.insert((new.role, new.unit.clone())) {
                given.responsibilities.push(new);
                given.riders.push(rider);
            }
        }
    }
}

/// A tree and who answers for what in it.
struct Read<'s> {
    tree: Tree<'s>,
    duties: Vec<Duties<'s>>,
}

impl<'s> Read<'s> {
    fn new(
        locator: &Locator<'s>,
        lines: impl IntoIterator<Item = Line<'s>>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Read<'s> {
        let tree = outline(lines);
        let duties = responsibilities::duties(locator, &tree, diagnostics);
        Read { tree, duties }
    }

    fn assigns(&self) -> bool {
        kinds::assigns(&self.duties)
    }

    fn is_numbered(&self) -> bool {
        self.tree.nodes.iter().any(|node| node.marker.is_some())
    }

    /// The tree through its other passes.
    fn nodes(
        self,
        locator: &Locator<'s>,
        prefix: &str,
        matter: Matter,
        reference: &Reference,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Node> {
        let Read { tree, mut duties } = self;
        let kinds = kinds::kinds(&tree, &duties, matter);
        let ids = kinds::ids(locator, &tree, prefix, diagnostics);
        lift(&tree, &mut duties);
        responsibilities::carry_riders(&tree, &kinds, &mut duties);
        let findings = targets::findings(locator, &tree, &kinds, &duties, reference);

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
                // A line that is all clause has no children by rights; if it has, they go one up.
                let orphans = std::mem::take(&mut children[i]);
                match node.parent {
                    Some(parent) => children[parent].extend(orphans),
                    None => roots.extend(orphans),
                }
                continue;
            }
            let mut below = std::mem::take(&mut children[i]);
            below.reverse();
            let mut responsibilities = duty.responsibilities.clone();
            for (responsibility, rider) in responsibilities.iter_mut().zip(&duty.riders) {
                responsibility.inherited_from = rider.and_then(|r| ids.get(r).cloned());
            }
            let (title, text) = title_and_text(node, &duty.clauses);
            let built = Node {
                id: ids[i].clone(),
                kind: *kind,
                marker: node.marker.map(|m| m.text.to_owned()),
                number: node.marker.map(|m| m.number),
                title,
                text,
                span: duty
                    .absorbed
                    .iter()
                    .map(|line| locator.span(line))
                    .fold(locator.span(node.line), Span::join),
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
}
