//! Which nodes are sections, measures, items and paragraphs, and how each is called.

use std::collections::HashMap;

use super::checks::numbering;
use super::responsibilities::Duties;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::NodeKind;
use crate::syntax::outline::MAX_DEPTH;
use crate::syntax::tree::{MarkerStyle, OddityKind, Tree};
use crate::text::{Locator, chars};

/// What a tree is to its notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// What the notice is about: its measures stand here.
    Main,
    /// A list, a form or a table appended to it: its numbers head items only.
    Appended,
}

/// Tells the kind of every node.
///
/// Measures are numbered nodes that carry a clause with no clause below them, and nodes of the same styles
/// that carry none. Above them stand sections, below them items. A clause on a heading above measures
/// makes it no measure: it stays a section, and its units stay with it. Where nobody is assigned at all,
/// each lowest numbered node is a measure.
pub fn kinds(tree: &Tree<'_>, duties: &[Duties<'_>], matter: Matter) -> Vec<NodeKind> {
    let styles: Vec<Option<MarkerStyle>> = tree
        .nodes
        .iter()
        .map(|node| node.marker.map(|m| m.style))
        .collect();
    if matter == Matter::Appended {
        return styles
            .iter()
            .map(|style| style.map_or(NodeKind::Paragraph, |_| NodeKind::Item))
            .collect();
    }
    let clauses = Clauses::of(tree, duties);
    let evidence = Evidence::of(tree, &styles, &clauses);
    let mut kinds = Vec::with_capacity(tree.nodes.len());
    // Whether a measure stands above; parents come before their children.
    let mut in_measure = vec![false; tree.nodes.len()];
    for (i, style) in styles.iter().enumerate() {
        let above = tree
            .parent(i)
            .is_some_and(|up| in_measure[up] || kinds.get(up) == Some(&NodeKind::Measure));
        in_measure[i] = above;
        kinds.push(match style {
            None => NodeKind::Paragraph,
            Some(_) if above => NodeKind::Item,
            Some(_) if evidence.measures == 0 => evidence.unassigned(i),
            Some(_) if clauses.below[i] => NodeKind::Section,
            Some(_) if clauses.here[i] => NodeKind::Measure,
            Some(style) => evidence.without_clause(*style),
        });
    }
    kinds
}

/// Whether a tree assigns anybody.
pub fn assigns(duties: &[Duties<'_>]) -> bool {
    duties.iter().any(carries)
}

fn carries(duty: &Duties<'_>) -> bool {
    duty.absorbed_by.is_none() && !(duty.clauses.is_empty() && duty.responsibilities.is_empty())
}

/// Where clauses stand.
struct Clauses {
    /// On the node itself, or on a paragraph right below it.
    here: Vec<bool>,
    /// On a numbered node below it.
    below: Vec<bool>,
}

impl Clauses {
    fn of(tree: &Tree<'_>, duties: &[Duties<'_>]) -> Clauses {
        let mut here: Vec<bool> = duties.iter().map(carries).collect();
        here.resize(tree.nodes.len(), false);
        for duty in duties {
            if let Some(here) = duty.absorbed_by.and_then(|by| here.get_mut(by)) {
                *here = true;
            }
        }
        let mut below = vec![false; tree.nodes.len()];
        for (i, node) in tree.nodes.iter().enumerate().rev() {
            let Some(parent) = node.parent else { continue };
            if node.marker.is_none() {
                here[parent] |= here[i];
            } else {
                below[parent] |= here[i] || below[i];
            }
        }
        Clauses { here, below }
    }
}

/// What the styles of a tree are, told by its clauses.
struct Evidence {
    /// The styles of measures, as bits.
    measures: u32,
    /// Styles that have stood above measures, as bits.
    above: u32,
    /// Styles that have stood below measures.
    below: u32,
    /// The commonest style of measures.
    main: Option<MarkerStyle>,
    /// Nodes that have a numbered node below.
    has_numbered: Vec<bool>,
}

impl Evidence {
    fn of(tree: &Tree<'_>, styles: &[Option<MarkerStyle>], clauses: &Clauses) -> Evidence {
        let mut counts = [0usize; MarkerStyle::COUNT];
        let mut evidence = Evidence {
            measures: 0,
            above: 0,
            below: 0,
            main: None,
            has_numbered: vec![false; tree.nodes.len()],
        };
        let mut main = (0, None);
        let mut listed = vec![false; tree.nodes.len()];
        for (i, style) in styles.iter().enumerate() {
            let Some(style) = style else { continue };
            if let Some(parent) = tree.parent(i) {
                // A list inside a sentence (有下列情形之一的：…；…。) does not make its node a section.
                let first = !listed[parent] && !evidence.has_numbered[parent];
                if first && opens_sentence_list(tree, i) {
                    listed[parent] = true;
                } else if !listed[parent] {
                    evidence.has_numbered[parent] = true;
                }
            }
            if clauses.below[i] {
                evidence.above |= bit(*style);
            } else if clauses.here[i] {
                evidence.measures |= bit(*style);
                counts[style.index()] += 1;
                if counts[style.index()] > main.0 {
                    main = (counts[style.index()], Some(*style));
                }
            } else if tree
                .ancestors(i)
                .take(MAX_DEPTH)
                .any(|up| clauses.here[up] && !clauses.below[up])
            {
                evidence.below |= bit(*style);
            }
        }
        evidence.main = main.1;
        evidence
    }

    /// A numbered node without clause, in no measure, in a notice that assigns.
    fn without_clause(&self, style: MarkerStyle) -> NodeKind {
        if self.measures & bit(style) != 0 {
            return NodeKind::Measure;
        }
        let lower = match (self.above & bit(style) != 0, self.below & bit(style) != 0) {
            (true, false) => false,
            (false, true) => true,
            _ => self
                .main
                .is_some_and(|main| style.custom_rank() > main.custom_rank()),
        };
        if lower {
            NodeKind::Item
        } else {
            NodeKind::Section
        }
    }

    /// A numbered node, in no measure, in a notice that assigns nobody.
    fn unassigned(&self, i: usize) -> NodeKind {
        if self.has_numbered[i] {
            NodeKind::Section
        } else {
            NodeKind::Measure
        }
    }
}

/// Whether a node ends with ； where the line before it ends with a colon.
fn opens_sentence_list(tree: &Tree<'_>, i: usize) -> bool {
    let line = |i: usize| tree.nodes.get(i).map_or("", |node| node.line);
    line(i).ends_with(chars::is_semicolon)
        && i.checked_sub(1)
            .is_some_and(|before| line(before).ends_with(chars::is_colon))
}

fn bit(style: MarkerStyle) -> u32 {
    1 << style.index()
}

/// Gives every node its id, the path of the numbers as written; `prefix` is empty or `a1:`.
///
/// Paragraphs count p1, p2 … under their parent; a number that stands twice gets `~2`.
pub fn ids(
    locator: &Locator<'_>,
    tree: &Tree<'_>,
    prefix: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let mut ids: Vec<String> = Vec::with_capacity(tree.nodes.len());
    // How many nodes have claimed an id: the next repeat's number.
    let mut claimed: HashMap<String, u32> = HashMap::with_capacity(tree.nodes.len());
    let mut paragraphs = vec![0u32; tree.nodes.len() + 1];
    for (i, node) in tree.nodes.iter().enumerate() {
        let parent = node.parent.filter(|&up| up < i);
        let name = match node.marker {
            Some(marker) => number_name(tree, parent, &marker),
            None => {
                let count = &mut paragraphs[parent.map_or(0, |up| up + 1)];
                *count += 1;
                format!("p{count}")
            }
        };
        let plain = match parent {
            Some(up) => format!("{}.{name}", ids[up]),
            None => format!("{prefix}{name}"),
        };
        let count = claimed.entry(plain.clone()).or_insert(0);
        *count += 1;
        let id = match *count {
            1 => plain,
            n => format!("{plain}~{n}"),
        };
        ids.push(id);
    }
    report(locator, tree, diagnostics);
    ids
}

/// The number as the path holds it. Decimals hold their path themselves: 1.2 below 1 is `2`, 1.2 below
/// another number, or alone, is `1.2`.
fn number_name(
    tree: &Tree<'_>,
    parent: Option<usize>,
    marker: &crate::syntax::tree::Marker<'_>,
) -> String {
    let MarkerStyle::Decimal(_) = marker.style else {
        return marker.number.to_string();
    };
    let numbers: Vec<u32> = crate::syntax::grammar::ordinal::decimal_path(marker.text).collect();
    // As many numbers as the nodes above say already are left off.
    let above: Vec<u32> = parent
        .into_iter()
        .chain(parent.into_iter().flat_map(|up| tree.ancestors(up)))
        .take(MAX_DEPTH)
        .filter_map(|up| tree.nodes.get(up)?.marker.map(|m| m.number))
        .collect();
    let prefix = numbers.len().saturating_sub(1);
    let said = above.iter().take(prefix).rev();
    let kept = if said.eq(numbers.iter().take(prefix)) {
        numbers.get(prefix..)
    } else {
        numbers.get(..)
    };
    let kept: Vec<String> = kept.unwrap_or(&[]).iter().map(u32::to_string).collect();
    kept.join(".")
}

fn report(locator: &Locator<'_>, tree: &Tree<'_>, diagnostics: &mut Vec<Diagnostic>) {
    numbering::check(locator, tree, diagnostics);
    for oddity in &tree.oddities {
        if oddity.kind == OddityKind::TooDeep {
            let marker = tree.nodes.get(oddity.node).and_then(|node| node.marker);
            let span = marker.map(|marker| locator.span(marker.text));
            let limit = format!("{MAX_DEPTH} levels");
            diagnostics.push(Diagnostic::new(Code::LimitReached, span, &[&limit]));
        }
    }
    for table in &tree.tables {
        if let Some(head) = tree.nodes.get(table.start) {
            let span = Some(locator.span(head.line));
            diagnostics.push(Diagnostic::new(Code::FlattenedTable, span, &[]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{line, outline};
    use crate::text::reflow;

    /// Ids and kinds of a text whose clauses stand in 〔〕, against a drawing: `1 section`.
    #[track_caller]
    fn check(text: &str, matter: Matter, wanted: &[&str]) {
        let flow = reflow::reflow(text);
        let locator = Locator::new(text, &flow);
        let tree = outline::outline(line::lines(locator.text()));
        let duties: Vec<Duties<'_>> = tree
            .nodes
            .iter()
            .map(|node| Duties {
                clauses: node
                    .line
                    .find('〔')
                    .map(|at| &node.line[at..])
                    .into_iter()
                    .collect(),
                ..Duties::default()
            })
            .collect();
        let kinds = kinds(&tree, &duties, matter);
        let ids = ids(&locator, &tree, "", &mut Vec::new());
        let found: Vec<String> = ids
            .iter()
            .zip(kinds)
            .map(|(id, kind)| format!("{id} {kind:?}").to_lowercase())
            .collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn clauses_tell_the_measures() {
        check(
            "一、总体要求\n到2025年。\n二、任务\n（一）甲。〔乙局〕\n1.丙\n（二）丁。\n2.戊\n三、保障",
            Matter::Main,
            &[
                "1 section",
                "1.p1 paragraph",
                "2 section",
                "2.1 measure",
                "2.1.1 item",
                "2.2 measure",
                "2.2.2 item",
                "3 section",
            ],
        );
    }

    #[test]
    fn measures_of_two_styles() {
        check(
            "一、任务\n（一）甲\n1.乙。〔丙局〕\n（二）丁\n2.戊。〔丙局〕\n二、要求\n（一）己。〔丙局〕\n1.庚\n（二）辛",
            Matter::Main,
            &[
                "1 section",
                "1.1 section",
                "1.1.1 measure",
                "1.2 section",
                "1.2.2 measure",
                "2 section",
                "2.1 measure",
                "2.1.1 item",
                "2.2 measure",
            ],
        );
    }

    #[test]
    fn a_clause_on_a_heading_above_measures() {
        check(
            "一、任务〔甲局〕\n1.乙。〔丙局〕\n二、丁〔甲局〕\n2.戊。〔丙局〕",
            Matter::Main,
            &["1 section", "1.1 measure", "2 section", "2.2 measure"],
        );
    }

    #[test]
    fn a_clause_on_a_line_of_its_own() {
        check(
            "（一）甲\n1.乙\n丙。〔丁局〕\n2.戊\n己。〔丁局〕",
            Matter::Main,
            &[
                "1 section",
                "1.1 measure",
                "1.1.p1 paragraph",
                "1.2 measure",
                "1.2.p1 paragraph",
            ],
        );
    }

    #[test]
    fn where_nobody_is_assigned() {
        check(
            "一、甲\n（一）乙\n（二）丙\n二、丁\n三、有下列情形的：\n（一）戊；\n（二）己。",
            Matter::Main,
            &[
                "1 section",
                "1.1 measure",
                "1.2 measure",
                "2 measure",
                "3 measure",
                "3.1 item",
                "3.2 item",
            ],
        );
    }

    #[test]
    fn appended_trees_hold_items() {
        check(
            "一、甲\n1.乙。〔丙局〕",
            Matter::Appended,
            &["1 item", "1.1 item"],
        );
    }

    #[test]
    fn ids_are_unique() {
        check(
            "一、甲\n二、乙\n一、丙\n（一）丁\n丙\n（二）戊\n二、己",
            Matter::Main,
            &[
                "1 measure",
                "2 measure",
                "1~2 section",
                "1~2.1 measure",
                "1~2.1.p1 paragraph",
                "1~2.2 measure",
                "2~2 measure",
            ],
        );
        check(
            "1 总则\n1.1 编制目的\n1.1.1 甲\n二、乙\n1.1 丙\n1.2 丁",
            Matter::Main,
            &[
                "1 section",
                "1.1 section",
                "1.1.1 measure",
                "2 section",
                "2.1.1 measure",
                "2.1.2 measure",
            ],
        );
    }
}
