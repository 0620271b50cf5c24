//! Who answers for what: clauses → units and roles; riders carried to later measures.

mod clauses;
mod names;
mod riders;
mod units;

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Responsibility, Role};
use crate::syntax::grammar::responsibility::{Duty, LeadRule, Statement};
use crate::syntax::tree::Tree;
use crate::text::Locator;

pub use names::is_collective;
pub use riders::carry_riders;
pub use units::units;

use clauses::Clause;
use names::{Spelled, Speller};

/// What the clauses of one node say.
#[derive(Debug, Clone, Default)]
pub struct Duties<'s> {
    /// The clauses, as slices of the node's line, in the order of the text: what `title` and `text` leave out. Those of
    /// lines that the node took over (`absorbed`) stand behind them.
    pub clauses: Vec<&'s str>,
    /// Who answers. `inherited_from` holds nothing yet: see `rider`.
    pub responsibilities: Vec<Responsibility>,
    /// For each responsibility that a rider brought, the node that carries the rider (index into the tree).
    pub riders: Vec<Option<usize>>,
    /// The words inside the clauses that say by when (2024年6月底前).
    pub deadlines: Vec<&'s str>,
    /// The node holds nothing but a clause of this other node, which takes it over.
    pub absorbed_by: Option<usize>,
    /// The lines of nodes that this one took over: its span reaches to their end.
    pub absorbed: Vec<&'s str>,
    /// Who answers for this and every later measure (以下均需…负责，不再列出).
    pub carries: Vec<Responsibility>,
}

/// Reads the clauses of every node of a tree; the answer has one entry a node.
///
/// Riders are not carried yet: which nodes are measures is not known before the clauses are
/// ([`super::kinds`]); [`carry_riders`] does so afterwards.
pub fn duties<'s>(
    locator: &Locator<'s>,
    tree: &Tree<'s>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Duties<'s>> {
    let mut lead = None;
    let mut duties: Vec<Duties<'s>> = Vec::with_capacity(tree.nodes.len());
    let mut alone: Vec<bool> = Vec::with_capacity(tree.nodes.len());
    for (i, node) in tree.nodes.iter().enumerate() {
        let head = node.marker.map_or(0, |marker| marker.text.len());
        // The rows of a flattened table name units in their cells; they are no clauses.
        let mut found = if tree.in_table(i) {
            Vec::new()
        } else {
            clauses::find(node.line, head)
        };
        // 完成时限：… on a line of its own, below those that say who.
        if found.is_empty() && node.marker.is_none() && alone.last() == Some(&true) {
            found.extend(clauses::deadline(node.line));
        }
        alone.push(node.marker.is_none() && clauses::is_all(node.line, &found));
        duties.push(read(locator, &found, &mut lead, diagnostics));
    }
    absorb(tree, &alone, &mut duties);
    duties
}

/// What the clauses of one line say; `lead` is the rule of earlier clauses (列第一位者为牵头单位，下同).
fn read<'s>(
    locator: &Locator<'s>,
    found: &[Clause<'s>],
    lead: &mut Option<LeadRule>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Duties<'s> {
    let mut duties = Duties::default();
    let mut seen = HashSet::new();
    for clause in found {
        duties.clauses.push(clause.cut);
        let said = say(clause, lead);
        repeats(locator, &said, diagnostics);
        duties.deadlines.extend(said.deadlines);
        for (role, unit) in said.units {
            if seen.insert((role, unit.name.clone())) {
                duties
                    .responsibilities
                    .push(responsibility(locator, role, unit));
            }
        }
        duties.carries.extend(
            said.carries
                .into_iter()
                .map(|unit| responsibility(locator, Role::Responsible, unit)),
        );
    }
    duties.riders = vec![None; duties.responsibilities.len()];
    duties
}

/// A unit that stands twice in one clause in the same role.
fn repeats(locator: &Locator<'_>, said: &Said<'_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    for (role, unit) in &said.units {
        if !seen.insert((role, unit.name.as_str())) {
            let span = locator.span(unit.text);
            diagnostics.push(Diagnostic::new(
                Code::UnitRepeated,
                Some(span),
                &[&unit.name],
            ));
        }
    }
}

fn responsibility(locator: &Locator<'_>, role: Role, unit: Spelled<'_>) -> Responsibility {
    Responsibility {
        role,
        unit: unit.name,
        text: unit.text.to_owned(),
        inherited_from: None,
        span: locator.span(unit.text),
    }
}

/// What one clause says.
#[derive(Debug, Default)]
struct Said<'s> {
    units: Vec<(Role, Spelled<'s>)>,
    carries: Vec<Spelled<'s>>,
    deadlines: Vec<&'s str>,
}

fn say<'s>(clause: &Clause<'s>, lead: &mut Option<LeadRule>) -> Said<'s> {
    let mut said = Said::default();
    let mut speller = Speller::new(clause.cut);
    let mut rule = None;
    let mut last = 0;
    let labelled = clause
        .statements
        .iter()
        .any(|statement| matches!(statement, Statement::Names { label: Some(_), .. }));
    for statement in &clause.statements {
        match statement {
            // 持续优化，牵头单位：…: what stands before the label names nobody.
            Statement::Names {
                label: None,
                verb: None,
                ..
            } if labelled && said.units.is_empty() => {}
            Statement::Names { names, label, verb } => {
                last = said.units.len();
                let role = role(*label, *verb);
                let spelled = speller.spell(names);
                said.units.extend(
                    spelled
                        .into_iter()
                        .map(|unit| (unit.own.map_or(role, of_duty), unit)),
                );
            }
            Statement::Rider(names) => {
                let spelled = speller.spell(names);
                said.carries.extend(spelled);
            }
            Statement::Lead(found) => rule = Some(*found),
            Statement::Below if rule.is_some() => *lead = rule,
            Statement::Below => {
                let tail = said.units.get(last..).unwrap_or(&[]);
                if !tail.is_empty() && tail.iter().all(|(_, unit)| unit.is_collective()) {
                    said.carries
                        .extend(tail.iter().map(|(_, unit)| unit.clone()));
                }
            }
            Statement::Deadline(words) => said.deadlines.push(words),
            Statement::Aside => {}
        }
    }
    appoint(&mut said.units, rule.or(*lead));
    said
}

/// Who leads by a rule, where the clause itself names no lead.
fn appoint(units: &mut [(Role, Spelled<'_>)], rule: Option<LeadRule>) {
    if units.iter().any(|(role, _)| *role == Role::Lead) {
        return;
    }
    match rule {
        None => {}
        Some(LeadRule::First) => {
            let first = units
                .iter_mut()
                .find(|(role, unit)| *role == Role::Responsible && !unit.is_collective());
            if let Some((role, _)) = first {
                *role = Role::Lead;
            }
        }
        // Without a comma nobody leads.
        Some(LeadRule::BeforeComma) if units.iter().any(|(_, unit)| unit.group > 0) => {
            let before = units.iter_mut().take_while(|(_, unit)| unit.group == 0);
            for (role, _) in before.filter(|(role, _)| *role == Role::Responsible) {
                *role = Role::Lead;
            }
        }
        Some(LeadRule::BeforeComma) => {}
    }
}

/// The role by label and verb: the verb says more, unless it only says 负责.
fn role(label: Option<Duty>, verb: Option<Duty>) -> Role {
    of_duty(match (label, verb) {
        (Some(label), None | Some(Duty::Responsible)) => label,
        (_, Some(verb)) => verb,
        (None, None) => Duty::Responsible,
    })
}

fn of_duty(duty: Duty) -> Role {
    match duty {
        Duty::Lead => Role::Lead,
        Duty::Responsible => Role::Responsible,
        Duty::Cooperating => Role::Cooperating,
        Duty::Supervising => Role::Supervising,
        Duty::Leader => Role::Leader,
    }
}

/// Gives the clauses of lines that hold nothing else to the node that they speak of.
fn absorb<'s>(tree: &Tree<'s>, alone: &[bool], duties: &mut [Duties<'s>]) {
    for i in 0..tree.nodes.len() {
        if !alone[i] {
            continue;
        }
        let Some(owner) = owner(tree, duties, i) else {
            continue;
        };
        let taken = std::mem::take(&mut duties[i]);
        duties[i].absorbed_by = Some(owner);
        let of = &mut duties[owner];
        of.clauses.extend(taken.clauses);
        of.deadlines.extend(taken.deadlines);
        of.absorbed.push(tree.nodes[i].line);
        of.carries.extend(taken.carries);
        for new in taken.responsibilities {
            if !of
                .responsibilities
                .iter()
                .any(|old| old.role == new.role && old.unit == new.unit)
            {
                of.responsibilities.push(new);
                of.riders.push(None);
            }
        }
    }
}

/// The node that a line with nothing but a clause speaks of.
///
/// That is the node above it. Where the line follows the last of several items and none of the earlier ones has a
/// clause, it speaks of the node above the items. Without a node above, it speaks of the paragraph before it.
fn owner(tree: &Tree<'_>, duties: &[Duties<'_>], i: usize) -> Option<usize> {
    let Some(parent) = tree.parent(i) else {
        return (0..i)
            .rev()
            .find(|&before| duties[before].absorbed_by.is_none());
    };
    let Some(above) = tree.parent(parent) else {
        return Some(parent);
    };
    let earlier = tree.nodes[..parent]
        .iter()
        .enumerate()
        .rev()
        .take(200)
        .take_while(|&(at, _)| at != above)
        .filter(|(at, node)| node.marker.is_some() && tree.parent(*at) == Some(above));
    let mut any = false;
    for (at, _) in earlier {
        if !duties[at].clauses.is_empty() {
            return Some(parent);
        }
        any = true;
    }
    Some(
        if any && duties[above].clauses.is_empty() && !tree.nodes[above].text.is_empty() {
            above
        } else {
            parent
        },
    )
}
