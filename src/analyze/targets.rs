//! Numbers to reach, dated commitments, and all else that holds a number.
//!
//! A node's text is taken apart (`part`): clauses, numbers and dates, words of the tables. What only says who
//! qualifies is set apart (`conditions`), dates are told from dates that describe (`dates`), and clause by
//! clause the numbers that somebody commits to are chosen (`select`) and named (`indicator`). What is left
//! is a mention.

mod clauses;
mod commit;
mod conditions;
mod dates;
mod indicator;
mod milestones;
mod part;
mod reader;
mod select;
mod setting;
mod values;
mod weigh;

use super::quantities::{self, Reference};
use super::responsibilities::Duties;
use crate::model::{Header, Mention, Milestone, NodeKind, Target};
use crate::syntax::tree::{Node, Tree};
use crate::text::{Locator, chars};
use crate::vocab::words::{self, Roles};
use dates::When;
use part::Part;
use reader::Reader;
use setting::{Setting, opens_requirements};

/// How many characters of a measure without a heading name the milestone that its clause's date makes.
const LONGEST_MILESTONE: usize = 60;

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
        year: header.title.as_deref().and_then(year_of),
        written_on: header.written_on.or(header.published_on),
    }
}

/// Finds what every node of a tree commits to; the answer has one entry a node.
pub fn findings<'s>(
    locator: &Locator<'s>,
    tree: &Tree<'s>,
    kinds: &[NodeKind],
    duties: &[Duties<'s>],
    reference: &Reference,
) -> Vec<Findings> {
    let mut settings: Vec<Setting<'s>> = Vec::with_capacity(tree.nodes.len());
    let mut found = Vec::with_capacity(tree.nodes.len());
    // What the paragraph before said of those after it, for each parent: 到2025年，实现以下目标：.
    let mut opened: Vec<Option<(Option<usize>, Setting<'s>)>> = vec![None];
    for (i, node) in tree.nodes.iter().enumerate() {
        let above = node
            .parent
            .and_then(|p| settings.get(p))
            .cloned()
            .unwrap_or_else(|| Setting::new(*reference));
        let mut setting = above.below(node);
        let running = opened.last().cloned().flatten();
        if let Some((_, opener)) =
            running.filter(|(parent, _)| *parent == node.parent && node.marker.is_none())
        {
            setting = setting.opened_by(&opener);
        }
        let mut findings = Findings::default();
        let duty = duties.get(i);
        let deadline = duty.and_then(|d| clause_deadline(d, &setting.reference));
        setting.clause_deadline = deadline.clone();
        read_node(locator, node, duty, &mut setting, &mut findings);
        if let Some(when) = deadline.filter(|_| kinds.get(i) != Some(&NodeKind::Section)) {
            findings
                .milestones
                .extend(clause_milestone(locator, node, duty, &when));
        }
        if setting.opens && node.marker.is_none() {
            opened = vec![Some((node.parent, setting.clone()))];
        } else if node.marker.is_some() {
            opened = vec![None];
        }
        settings.push(setting);
        found.push(findings);
    }
    found
}

/// Reads the line of a node behind its marker: what is no clause for what it commits to, clauses for mentions only.
fn read_node<'s>(
    locator: &Locator<'s>,
    node: &Node<'s>,
    duty: Option<&Duties<'s>>,
    setting: &mut Setting<'s>,
    findings: &mut Findings,
) {
    let clauses = duty.map_or(&[][..], |d| d.clauses.as_slice());
    let line = body(node);
    for (text, is_clause) in stretches(line, clauses) {
        let atoms = quantities::atoms(text, &setting.reference);
        if atoms.is_empty() && (is_clause || setting.governing.is_none()) {
            // No number, and no date to put over what is said: nothing to find.
            if !is_clause {
                open_requirements(text, setting);
            }
            continue;
        }
        let part = Part::of(text, atoms, &setting.reference);
        let reader = Reader::new(&part, setting, locator);
        if is_clause {
            reader.mention_all(findings);
            continue;
        }
        let opens = reader.read(findings);
        if let Some(when) = opens {
            setting.governing = Some(when);
            setting.opens = true;
        }
        open_requirements(text, setting);
    }
    // Lines that are all clause, taken over from nodes that are left out.
    for line in duty.map_or(&[][..], |d| d.absorbed.as_slice()) {
        let atoms = quantities::atoms(line, &setting.reference);
        let part = Part::of(line, atoms, &setting.reference);
        Reader::new(&part, setting, locator).mention_all(findings);
    }
}

/// 应当符合下列条件： puts requirements over what follows.
fn open_requirements(text: &str, setting: &mut Setting<'_>) {
    if opens_requirements(text) {
        setting.requirements = true;
        setting.opens = true;
    }
}

/// A node's line without its marker.
fn body<'s>(node: &Node<'s>) -> &'s str {
    let marker = node.marker.map_or(0, |m| m.text.len());
    node.line.get(marker..).unwrap_or(node.line)
}

/// A text in stretches: what is a clause, and what is not.
fn stretches<'s>(text: &'s str, clauses: &[&'s str]) -> Vec<(&'s str, bool)> {
    let mut out = Vec::new();
    let mut at = 0;
    for clause in clauses {
        let Some(range) = crate::span::Range::of(text, clause) else {
            continue;
        };
        let (start, end) = (range.start as usize, range.end as usize);
        if start < at {
            continue;
        }
        out.push((text.get(at..start).unwrap_or(""), false));
        out.push((clause, true));
        at = end;
    }
    out.push((text.get(at..).unwrap_or(""), false));
    out.retain(|(text, _)| !text.is_empty());
    out
}

/// The date of a clause: 完成时限：2024年6月底前.
fn clause_deadline<'s>(duty: &Duties<'s>, reference: &Reference) -> Option<When<'s>> {
    let words = duty.deadlines.first()?;
    quantities::atoms(words, reference)
        .into_iter()
        .filter(|atom| atom.time.is_some())
        .find_map(|atom| When::of_atom(&atom))
        .map(|when| When {
            text: words,
            ..when
        })
}

/// The milestone that a clause's date makes of its measure.
fn clause_milestone<'s>(
    locator: &Locator<'s>,
    node: &Node<'s>,
    duty: Option<&Duties<'s>>,
    when: &When<'s>,
) -> Option<Milestone> {
    when.due()?;
    let words = duty?.deadlines.first()?;
    let line = body(node);
    let clauses = duty.map_or(&[][..], |d| d.clauses.as_slice());
    let said = stretches(line, clauses)
        .into_iter()
        .find(|(_, is_clause)| !is_clause);
    let sentence = said.map_or("", |(text, _)| {
        text.split(chars::is_full_stop).next().unwrap_or("")
    });
    // The heading says what the whole measure is about, a long sentence does not.
    let what = match chars::trim(node.title) {
        "" => chars::trim(shortened(sentence)),
        title => title,
    };
    Some(Milestone {
        text: what.to_owned(),
        modality: None,
        period: None,
        deadline: Some(crate::model::Deadline {
            text: (*words).to_owned(),
            date: when.due(),
            event: None,
        }),
        due: when.due(),
        span: locator.span(if what.is_empty() { words } else { what }),
    })
}

/// A long sentence as far as its last comma before [`LONGEST_MILESTONE`] characters.
fn shortened(sentence: &str) -> &str {
    let Some((end, _)) = sentence.char_indices().nth(LONGEST_MILESTONE) else {
        return sentence;
    };
    let head = sentence.get(..end).unwrap_or(sentence);
    let cut = head.rfind(chars::is_comma).or_else(|| head.rfind('；'));
    cut.map_or(sentence, |at| head.get(..at).unwrap_or(sentence))
}

/// The year that a heading or title names, where it names just one: 2023年重点工作.
pub(crate) fn year_of(text: &str) -> Option<i32> {
    let mut years = text.match_indices('年').filter_map(|(at, _)| {
        let digits = text.get(at.checked_sub(4)?..at)?;
        let year = digits.parse::<i32>().ok()?;
        (1990..2100).contains(&year).then_some((at, year))
    });
    let (at, year) = years.next()?;
    let before = text.get(..at.saturating_sub(4)).unwrap_or("");
    let is_range = before.ends_with(['—', '-', '－', '至', '～', '~', '–'])
        || text.get(at..).is_some_and(|rest| {
            rest.starts_with("年—") || rest.starts_with("年至") || rest.starts_with("年-")
        });
    (years.next().is_none() && !is_range).then_some(year)
}

/// The roles of a heading's words.
fn heading_roles(title: &str) -> Roles {
    words::find(title).fold(Roles::default(), |all, w| all | w.roles)
}
