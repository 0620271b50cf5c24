//! One stretch of text (a title, a paragraph) with all that is found in it: clauses, numbers and dates, words.

use smallvec::SmallVec;

use super::clauses::{Clause, Shape};
use crate::analyze::quantities::{Atom, Reference, Relation};
use crate::model::{Comparator, MentionKind};
use crate::span::Range;
use crate::text::chars;
use crate::vocab::phrases::List;
use crate::vocab::words::{self, Roles, Word};

/// How far around a number the words that govern it are looked for, in bytes: keeps the walk linear.
const REACH: usize = 240;

/// How many numbers and dates of a stretch are looked at.
const NEAR: usize = 8;

/// A number or date, and where it stands.
#[derive(Debug, Clone)]
pub struct Item<'s> {
    /// What it says.
    pub atom: Atom<'s>,
    /// First byte, bounds counted.
    pub start: usize,
    /// One past the last byte, bounds counted.
    pub end: usize,
    /// First byte of the number itself.
    pub core: usize,
    /// The innermost clause.
    pub clause: usize,
    /// Whether it stands in a quotation or a title in book marks.
    pub quoted: bool,
    /// A length of time that is counted from the notice itself, and so says when: 印发之日起30日内, 3年内.
    pub dated: bool,
}

impl Item<'_> {
    /// Whether it is a number of something (and not a date, an ordinal or a bare number).
    pub fn is_quantity(&self) -> bool {
        self.atom.value.is_some()
            && self.atom.unit.is_some()
            && !self.dated
            && match self.atom.kind {
                MentionKind::Date | MentionKind::Number => false,
                // 第三方 counts nothing; 排名不低于第6位 does.
                MentionKind::Ordinal => self.is_bound(),
                _ => true,
            }
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

/// Indices, mostly few.
pub type Few = SmallVec<[usize; 4]>;

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
    /// Where verbs stand that are nouns there (开展培训, 审批时限), in order.
    pub nouns: Vec<(usize, usize)>,
    /// For each clause, its items that lie in no clause further in.
    pub items_of: Vec<Few>,
    /// For each clause, its words that lie in no clause further in.
    pub words_of: Vec<Few>,
}

impl<'s> Part<'s> {
    /// Takes a text apart, in which these numbers and dates stand.
    pub fn of(text: &'s str, atoms: Vec<Atom<'s>>, reference: &Reference) -> Part<'s> {
        let shape = Shape::of(text);
        let mut items_of = vec![Few::new(); shape.clauses.len()];
        let mut items = Vec::with_capacity(atoms.len());
        for mut atom in atoms {
            let Some(range) = Range::of(text, atom.text) else {
                continue;
            };
            let (start, end) = (range.start as usize, range.end as usize);
            let core = Range::of(text, atom.core).map_or(start, |r| r.start as usize);
            let clause = shape.clause_at(core);
            if let Some(list) = items_of.get_mut(clause) {
                list.push(items.len());
            }
            // “十四五”期间 is no quotation: its words go on behind the mark.
            let quoted = shape.quoted(core) && shape.quoted(end.saturating_sub(1));
            let dated = count_from_issue(&mut atom, text.get(..start).unwrap_or(""), reference);
            items.push(Item {
                atom,
                start,
                end,
                core,
                clause,
                quoted,
                dated,
            });
        }
        let words_of = vec![Few::new(); shape.clauses.len()];
        let mut part = Part {
            text,
            shape,
            items,
            words: Vec::new(),
            nouns: Vec::new(),
            items_of,
            words_of,
        };
        part.read_words();
        part
    }

    /// Finds the words of the tables, and tells verbs from verbs that are nouns where they stand.
    fn read_words(&mut self) {
        for word in words::find(self.text) {
            if self.shape.quoted(word.start) || names_a_measure(self.text, &word) {
                continue;
            }
            let clause = self.shape.clause_at(word.start);
            if self.is_noun(&word, clause) {
                self.nouns.push((word.start, word.end));
                continue;
            }
            if let Some(list) = self.words_of.get_mut(clause) {
                list.push(self.words.len());
            }
            self.words.push(word);
        }
    }

    /// 开展培训, 完成投资: the object of a verb. 政府投资项目, 全流程审批时限: part of a compound, unless the verb
    /// opens its clause (建设项目10个).
    fn is_noun(&self, word: &Word, clause: usize) -> bool {
        if !word.roles.any(Roles::NOUN) {
            return false;
        }
        let before = self.before(clause, word.start);
        let before = before.strip_suffix("一次性").unwrap_or(before);
        if List::LightVerbs.ends(before) {
            return true;
        }
        let next = self.text.get(word.end..).unwrap_or("");
        // 补贴总额, 抽查比例: what is measured, even where it opens the clause.
        let measured = List::Sums.starts(next) || List::Rates.starts(next);
        if measured && !word.roles.any(Roles::UP | Roles::DOWN | Roles::LIMIT) {
            return true;
        }
        let follows = self.words.last().is_some_and(|w| w.end == word.start);
        List::Compounds.starts(next)
            && !follows
            && !self.opens(
                self.clause(clause).map_or(word.start, |c| c.start),
                word.start,
            )
    }

    /// Where a noun that starts at a byte ends: 投资 behind 完成.
    pub fn past_noun(&self, at: usize) -> usize {
        let found = self.nouns.binary_search_by_key(&at, |noun| noun.0);
        found
            .ok()
            .and_then(|i| self.nouns.get(i))
            .map_or(at, |noun| noun.1)
    }

    /// Whether nothing stands between two bytes but connectives, dates, adverbs and 全市: what follows opens.
    pub fn opens(&self, from: usize, to: usize) -> bool {
        // So much says something.
        if to.saturating_sub(from) > REACH {
            return false;
        }
        let mut at = from;
        let first = self.items.partition_point(|item| item.start < from);
        let dates = self.items.iter().skip(first).take(NEAR);
        for item in dates.take_while(|item| item.end <= to) {
            if item.is_date() && !says_nothing(self.slice(at, item.start)) {
                return false;
            }
            at = if item.is_date() { item.end } else { at };
        }
        says_nothing(self.slice(at, to))
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
        let list = self.words_of.get(clause).map_or(&[][..], Few::as_slice);
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
        let list = self.words_of.get(clause).map_or(&[][..], Few::as_slice);
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
        chars::tail(text, REACH)
    }

    /// What stands in a clause from a byte on; not further than the reach.
    pub fn after(&self, clause: usize, at: usize) -> &'s str {
        let end = self.clause(clause).map_or(self.text.len(), |c| c.end);
        let text = self.slice(at, end.max(at));
        chars::front(text, REACH)
    }
}

/// Whether a stretch names nothing: connectives, adverbs, places that stand for all (全市), marks.
fn says_nothing(mut text: &str) -> bool {
    loop {
        text = text.trim_start_matches(|c: char| !chars::is_word(c));
        let word = List::Connectives
            .at_start(text)
            .or_else(|| List::Heads.at_start(text))
            .or_else(|| List::Particles.at_start(text));
        match word {
            // No word of a list is empty, so each round takes something off.
            Some(word) => text = text.get(word.len()..).unwrap_or(""),
            None => return text.is_empty(),
        }
    }
}

/// 覆盖率, 投资额: a verb that is part of a noun governs nothing.
fn names_a_measure(text: &str, word: &Word) -> bool {
    let next = text.get(word.end..).unwrap_or("");
    // 建成数据中心, 打造商业街区: words of their own.
    let ends = List::Endings.starts(next) && !List::NoEndings.starts(next);
    word.roles.any(Roles::ALL_VERBS) && ends
        || text.get(..word.end).is_some_and(|t| t.ends_with("进出口"))
}

/// 印发之日起30日内, 3年内: gives the atom its last day, and tells whether it has one.
fn count_from_issue(atom: &mut Atom<'_>, before: &str, reference: &Reference) -> bool {
    let (Some(value), Some(time)) = (atom.value, atom.time.as_mut()) else {
        return false;
    };
    if time.relation != Relation::Within {
        return time.end.is_some();
    }
    let near = chars::tail(before, 30);
    let issued = List::Issued.within(near) || List::IssuedHere.ends(before);
    if time.end.is_none() && issued {
        let days = match atom.unit.as_deref() {
            Some("天" | "日") => value.to_i64(),
            _ => None,
        };
        let months = match atom.unit.as_deref() {
            Some("个月") => value.to_i64(),
            Some("年") => value.to_i64().and_then(|n| n.checked_mul(12)),
            _ => None,
        };
        let written = reference.written_on;
        time.end = written
            .zip(days)
            .and_then(|(day, n)| day.add_days(n))
            .or_else(|| {
                written
                    .zip(months)
                    .and_then(|(day, n)| day.add_months(i32::try_from(n).ok()?))
            });
    }
    time.end.is_some()
}
