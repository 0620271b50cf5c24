//! Who answers for what: clauses → units and roles; riders carried to later measures.

use crate::diagnostic::Diagnostic;
use crate::model::{Node, Responsibility, Unit};
use crate::syntax::tree::Tree;
use crate::text::Locator;

/// What the clauses of one node say.
#[derive(Debug, Clone, Default)]
pub struct Duties<'s> {
    /// The clauses, as slices of the node's text: what `text` leaves out.
    pub clauses: Vec<&'s str>,
    /// Who answers. `inherited_from` holds nothing yet: see `rider`.
    pub responsibilities: Vec<Responsibility>,
    /// For each responsibility that a rider brought, the node that carries the rider (index into the tree).
    pub riders: Vec<Option<usize>>,
    /// The words inside the clauses that say by when (完成时限：2024年6月底前).
    pub deadlines: Vec<&'s str>,
    /// The node holds nothing but a clause of this other node, which takes it over.
    pub absorbed_by: Option<usize>,
}

/// Reads the clauses of every node of a tree; the answer has one entry a node.
///
/// Riders are not carried yet: which nodes are measures is not known before the clauses are
/// ([`super::kinds`]); [`carry_riders`] does so afterwards.
pub fn duties<'s>(
    _locator: &Locator<'s>,
    tree: &Tree<'s>,
    _diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Duties<'s>> {
    vec![Duties::default(); tree.nodes.len()]
}

/// Carries riders to the measure that holds them and to every later one.
pub fn carry_riders(
    _tree: &Tree<'_>,
    _kinds: &[crate::model::NodeKind],
    _duties: &mut [Duties<'_>],
) {
}

/// Every unit once, in the order of first mention, with what it answers for.
pub fn units<'n>(_nodes: impl Iterator<Item = &'n Node>) -> Vec<Unit> {
    Vec::new()
}
