//! Riders: units that answer for the measure that names them and for every later one.

use std::collections::HashSet;

use super::Duties;
use crate::model::{NodeKind, Responsibility};
use crate::syntax::tree::Tree;

/// So many riders hold at once at most; notices have one or two.
const MOST: usize = 64;

/// Carries riders to the measure that holds them and to every later one.
///
/// A rider on a heading or in a paragraph holds for the measures behind it.
pub fn carry_riders(tree: &Tree<'_>, kinds: &[NodeKind], duties: &mut [Duties<'_>]) {
    let mut riders: Vec<(usize, Responsibility)> = Vec::new();
    for i in 0..tree.nodes.len() {
        let (Some(duty), Some(kind)) = (duties.get_mut(i), kinds.get(i)) else {
            return;
        };
        for carried in std::mem::take(&mut duty.carries) {
            if riders.len() < MOST && !riders.iter().any(|(_, known)| known.unit == carried.unit) {
                riders.push((i, carried));
            }
        }
        if *kind != NodeKind::Measure || riders.is_empty() || duty.absorbed_by.is_some() {
            continue;
        }
        let named: HashSet<String> = duty
            .responsibilities
            .iter()
            .map(|r| r.unit.clone())
            .collect();
        for (carrier, rider) in &riders {
            if !named.contains(&rider.unit) {
                duty.responsibilities.push(rider.clone());
                duty.riders.push(Some(*carrier));
            }
        }
    }
}
