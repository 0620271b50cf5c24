//! Numbers to reach, dated commitments, and all else that holds a number.

use super::quantities::Reference;
use crate::model::{Header, Mention, Milestone, NodeKind, Target};
use crate::syntax::tree::Tree;
use crate::text::Locator;

use super::responsibilities::Duties;

/// What one node commits to, and what it mentions.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Findings {
    /// Numbers to reach.
    pub targets: Vec<Target>,
    /// Dated commitments without a number.
    pub milestones: Vec<Milestone>,
    /// The rest.
    pub mentions: Vec<Mention>,
}

/// The year and the day that the dates of a notice are counted from.
pub fn reference(header: &Header) -> Reference {
    Reference {
        year: None,
        written_on: header.written_on,
    }
}

/// Finds what every node of a tree commits to; the answer has one entry a node.
pub fn findings<'s>(
    _locator: &Locator<'s>,
    tree: &Tree<'s>,
    _kinds: &[NodeKind],
    _duties: &[Duties<'s>],
    _reference: &Reference,
) -> Vec<Findings> {
    vec![Findings::default(); tree.nodes.len()]
}
