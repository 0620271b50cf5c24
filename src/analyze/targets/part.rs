//! One stretch of text (a title, a paragraph) with all that is found in it: clauses, numbers and dates, words.

use super::clauses::{Clause, Shape};
use crate::analyze::quantities::{self, Atom, Reference};
use crate::model::{Comparator, MentionKind};
use crate::span::Range;
use crate::vocab::words::{self, Roles, Word};

/// How far around a number the words that govern it are looked for, in bytes: keeps the walk linear.
const REACH: usize = 240;

/// A number or date, and where it stands.
#[derive(Debug, Clone)]
pub struct Item<'s> {
    /// What it says.
    pub atom: Atom<'s>,
    /// First byte, bounds counted.
    pub start: usize,
    /// One past the last byte, bounds counted.
    pub end: usize,
    /// The innermost clause.
    pub clause: usize,
    /// Whether it stands in a quotation or a title in book marks.
    pub quoted: bool,
}

impl Item<'_> {
    /// Whether it is a number of something (and not a date, an ordinal or a bare number).
    pub fn is_quantity(&self) -> bool {
        self.atom.value.is_some()
            && self.atom.unit.is_some()
            && !matches!(self.atom.kind, MentionKind::Date | MentionKind::Number)
    }

    /// Whether it says when.
    pub fn is_date(&self) -> bool {
        self.atom.time.is_some() && !self.is_quantity()
    }

    /// Whether words bound it: 不低于, 以上, 左右.
    pub fn is_bound(&self) -> bool {
        !matches!(self.atom.comparator, None | Some(Comparator::Eq))
    }
}

/// A stretch of text, taken apart.
#[derive(Debug)]
pub struct Part<'s> {
    /// The text.
    pub text: &'s str,
    /// Its clauses.
    pub shape: Shape,
    /// Its numbers and dates, in order.
    pub items: Vec<Item<'s>>,
    /// Its words of the tables outside quotations, in order.
    pub words: Vec<Word>,
    /// For each clause, its items that lie in no clause further in.
    pub items_of: Vec<Vec<usize>>,
    /// For each clause, its words that lie in no clause further in.
    pub words_of: Vec<Vec<usize>>,
}

impl<'s> Part<'s> {
    /// Takes a text apart.
    pub fn of(text: &'s str, reference: &Reference) -> Part<'s> {
        let shape = Shape::of(text);
        let mut items_of = vec![Vec::new(); shape.clauses.len()];
        let mut items = Vec::new();
        for atom in quantities::atoms(text, reference) {
            let Some(range) = Range::of(text, atom.text) else {
                continue;
            };
            let (start, end) = (range.start as usize, range.end as usize);
            let core = Range::of(text, atom.core).map_or(start, |r| r.start as usize);
            let clause = shape.clause_at(core);
            if let Some(list) = items_of.get_mut(clause) {
                list.push(items.len());
            }
            let quoted = shape.quoted(core);
            items.push(Item {
                atom,
                start,
                end,
                clause,
                quoted,
            });
        }
        let mut words_of = vec![Vec::new(); shape.clauses.len()];
        let mut words = Vec::new();
        for word in words::find(text) {
            if shape.quoted(word.start) {
                continue;
            }
            if let Some(list) = words_of.get_mut(shape.clause_at(word.start)) {
                list.push(words.len());
            }
            words.push(word);
        }
        Part {
            text,
            shape,
            items,
            words,
            items_of,
            words_of,
        }
    }

    /// The clause with an index.
    pub fn clause(&self, i: usize) -> Option<&Clause> {
        self.shape.clauses.get(i)
    }

    /// A stretch of the text.
    pub fn slice(&self, start: usize, end: usize) -> &'s str {
        self.text.get(start..end).unwrap_or("")
    }

    /// The text of a clause.
    pub fn clause_text(&self, i: usize) -> &'s str {
        self.clause(i).map_or("", |c| self.slice(c.start, c.end))
    }

    /// The words of a clause before a byte, nearest first; not further than the reach.
    pub fn words_before(&self, clause: usize, at: usize) -> impl Iterator<Item = Word> + '_ {
        let list = self.words_of.get(clause).map_or(&[][..], Vec::as_slice);
        let upto = list.partition_point(|&i| self.words.get(i).is_some_and(|w| w.end <= at));
        list.get(..upto)
            .unwrap_or(&[])
            .iter()
            .rev()
            .filter_map(|&i| self.words.get(i).copied())
            .take_while(move |w| at - w.end <= REACH)
    }

    /// The words of a clause from a byte on; not further than the reach.
    pub fn words_after(&self, clause: usize, at: usize) -> impl Iterator<Item = Word> + '_ {
        let list = self.words_of.get(clause).map_or(&[][..], Vec::as_slice);
        let from = list.partition_point(|&i| self.words.get(i).is_some_and(|w| w.start < at));
        list.get(from..)
            .unwrap_or(&[])
            .iter()
            .filter_map(|&i| self.words.get(i).copied())
            .take_while(move |w| w.start - at <= REACH)
    }

    /// Whether a clause has a word with one of some roles.
    pub fn has(&self, clause: usize, roles: Roles) -> bool {
        self.words_of
            .get(clause)
            .into_iter()
            .flatten()
            .any(|&i| self.words.get(i).is_some_and(|w| w.roles.any(roles)))
    }

    /// Where the first quantity of a clause from a byte on starts.
    pub fn next_quantity(&self, clause: usize, at: usize) -> Option<usize> {
        let list = self.items_of.get(clause)?;
        let from = list.partition_point(|&i| self.items.get(i).is_some_and(|x| x.start < at));
        let later = list.get(from..)?.iter().take(8);
        let mut later = later.filter_map(|&i| self.items.get(i));
        later.find(|x| x.is_quantity()).map(|x| x.start)
    }

    /// What stands in a clause before a byte; not further than the reach.
    pub fn before(&self, clause: usize, at: usize) -> &'s str {
        let start = self.clause(clause).map_or(0, |c| c.start);
        let text = self.slice(start, at);
        let cut = text.len().saturating_sub(REACH);
        let cut = (cut..=text.len())
            .find(|&i| text.is_char_boundary(i))
            .unwrap_or(text.len());
        text.get(cut..).unwrap_or("")
    }

    /// What stands in a clause from a byte on; not further than the reach.
    pub fn after(&self, clause: usize, at: usize) -> &'s str {
        let end = self.clause(clause).map_or(self.text.len(), |c| c.end);
        let text = self.slice(at, end.max(at));
        let cut = (0..=REACH.min(text.len()))
            .rev()
            .find(|&i| text.is_char_boundary(i))
            .unwrap_or(0);
        text.get(..cut).unwrap_or("")
    }
}
