//! Names of units: one that is a slip away from another.

use crate::analyze::assemble::all_nodes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Notice, Unit, UnitKind};
use crate::span::Span;

/// A name must be so long for a single character to be a slip rather than another body (市水利局, 市水务局).
const LONG_NAME: usize = 6;

/// Checks the units.
pub fn check(notice: &Notice, found: &mut Vec<Diagnostic>) {
    near_misses(notice, found);
}

/// A name that has one character more or less than another, or two changed about.
///
/// Quiet for another character in the place of one: that makes another body (市文化局, 市文物局), and for collective
/// names (各县区政府, 各县市区政府).
fn near_misses(notice: &Notice, found: &mut Vec<Diagnostic>) {
    let names: Vec<(&Unit, Vec<char>)> = notice
        .units
        .iter()
        .filter(|unit| unit.kind != Some(UnitKind::Collective) && !unit.name.starts_with('各'))
        .map(|unit| (unit, unit.name.chars().collect::<Vec<char>>()))
        .filter(|(_, name)| name.len() >= LONG_NAME)
        .collect();
    // A notice names hundreds of units at most; beyond that the comparison of all with all is not worth its time.
    if names.len() > 1000 {
        return;
    }
    for (n, (unit, name)) in names.iter().enumerate() {
        for (other, other_name) in &names[n + 1..] {
            if !is_slip(name, other_name) {
                continue;
            }
            // The one that is written less often is the slip; of two as often, the later.
            let (slip, right) = if unit.nodes.len() < other.nodes.len() {
                (*unit, *other)
            } else {
                (*other, *unit)
            };
            if let Some(span) = first_span(notice, &slip.name) {
                found.push(Diagnostic::new(
                    Code::UnitNearMiss,
                    Some(span),
                    &[&slip.name, &right.name],
                ));
            }
        }
    }
}

/// One character more or less inside the names, or two neighbours changed about.
fn is_slip(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let head = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    match long.len() - short.len() {
        // A character more at the very end or the start makes another name: 市委办公室, 市委办.
        1 => head > 0 && head + 1 < long.len() && short[head..] == long[head + 1..],
        0 => {
            head + 1 < short.len()
                && short[head] == long[head + 1]
                && short[head + 1] == long[head]
                && short[head + 2..] == long[head + 2..]
        }
        _ => false,
    }
}

fn first_span(notice: &Notice, name: &str) -> Option<Span> {
    all_nodes(notice)
        .flat_map(|node| &node.responsibilities)
        .find(|r| r.unit == name && r.inherited_from.is_none())
        .map(|r| r.span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, slip: bool) {
        let chars = |s: &str| s.chars().collect::<Vec<_>>();
        assert_eq!(is_slip(&chars(a), &chars(b)), slip, "{a} {b}");
        assert_eq!(is_slip(&chars(b), &chars(a)), slip, "{b} {a}");
    }

    #[test]
    fn slips() {
        check("市自然资源局和规划局", "市自然资源和规划局", true);
        check("市住房城乡设建局", "市住房城乡建设局", true);
        check("市市场监督管理局", "市场监督管理局", true);
        check("市文化广电旅游局", "市文化广电体育局", false);
        check("市委办公室", "市委办公厅", false);
        check("省发展改革委", "市发展改革委", false);
        check("市水利局", "市水利局", false);
    }
}
