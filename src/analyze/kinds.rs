//! Which nodes are sections, measures, items and paragraphs, and how each is called.

use super::responsibilities::Duties;
use crate::diagnostic::Diagnostic;
use crate::model::NodeKind;
use crate::syntax::tree::Tree;
use crate::text::Locator;

/// Tells the kind of every node.
pub fn kinds(tree: &Tree<'_>, _duties: &[Duties<'_>]) -> Vec<NodeKind> {
    tree.nodes
        .iter()
        .map(|node| match node.marker {
            Some(_) => NodeKind::Measure,
            None => NodeKind::Paragraph,
        })
        .collect()
}

/// Gives every node its id, the path of the numbers as written; `prefix` is empty or `a1:`.
pub fn ids(
    _locator: &Locator<'_>,
    tree: &Tree<'_>,
    prefix: &str,
    _diagnostics: &mut Vec<Diagnostic>,
) -> Vec<String> {
    (0..tree.nodes.len())
        .map(|i| format!("{prefix}{}", i + 1))
        .collect()
}
