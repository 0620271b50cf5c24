//! The walk over a text: from anchor to anchor, each read by the first form that fits.

use std::borrow::Cow;

use super::anchors::{self, Anchor};
use super::units::{Tables, together};
use super::{Atom, Numeral, Reference, codes};
use crate::decimal::Decimal;
use crate::model::{MentionKind, QuantityKind};
use crate::syntax::grammar::date::date;
use crate::syntax::grammar::number::{self, Script, number};
use crate::syntax::grammar::quantity::{Amount, Form, Lexicon, amount};
use crate::text::chars;
use crate::vocab::bounds;
use crate::vocab::units::Unit;

/// An amount with a unit of the tables.
pub(super) type Found<'s> = Amount<'s, &'static Unit>;

/// Reads a text from left to right.
#[derive(Debug)]
pub struct Scanner<'s, 'r> {
    pub(super) text: &'s str,
    pub(super) reference: &'r Reference,
    pub(super) reading: Reading,
    pub(super) tables: Tables,
    /// The end of the last atom: nothing before it is read again.
    pub(super) floor: usize,
    pub(super) atoms: Vec<Atom<'s>>,
}

/// What notices count to nought: 零事故.
const NONE_OF: &[&str] = &[
    "事故", "伤亡", "死亡", "案件", "发案", "火灾", "感染", "污染", "违规", "违法", "违约", "违纪",
    "投诉", "上访", "差评", "差错", "失误", "缺陷", "遗漏", "逾期", "积压", "拖欠", "欠薪", "新增",
    "增长", "发生",
];

/// What is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// A notice: it looks ahead, so a date that would end over a month before it was written is next year's.
    Notice,
    /// A text of any kind: only a deadline looks ahead.
    AnyText,
}

impl<'s, 'r> Scanner<'s, 'r> {
    /// A scanner at the start of a text.
    pub fn new(text: &'s str, reference: &'r Reference, reading: Reading) -> Self {
        Scanner {
            text,
            reference,
            reading,
            tables: Tables::new(),
            floor: 0,
            atoms: Vec::new(),
        }
    }

    /// Every atom of the text.
    pub fn atoms(mut self) -> Vec<Atom<'s>> {
        let mut from = 0;
        while let Some((anchor, start, end)) = anchors::next(self.text, from) {
            let read = match anchor {
                Anchor::SetWord => None,
                Anchor::Digit => Some(self.digits(start)),
                Anchor::Chinese => self.chinese(start),
                Anchor::Period => self.period(start, end),
                Anchor::Roman => Some(self.roman(start, end)),
                Anchor::Event => self.event(start, end),
                Anchor::Every => self.every(start, end),
            };
            from = read.unwrap_or(end).max(end);
        }
        self.atoms
    }

    pub(super) fn rest(&self, at: usize) -> &'s str {
        self.text.get(at..).unwrap_or("")
    }

    pub(super) fn before(&self, at: usize) -> &'s str {
        self.text.get(self.floor..at).unwrap_or("")
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &'s str {
        self.text.get(start..end).unwrap_or("")
    }

    /// Where a part of the text starts.
    pub(super) fn at(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    pub(super) fn push(&mut self, atom: Atom<'s>) -> usize {
        let end = self.at(atom.text) + atom.text.len();
        self.floor = end;
        self.atoms.push(atom);
        end
    }

    /// Reads at a digit; always takes up at least its run of digits.
    pub(super) fn digits(&mut self, start: usize) -> usize {
        if let Some(end) = self.short_date(start) {
            return end;
        }
        if let Some(end) = self.code(start) {
            return end;
        }
        if let Some(end) = self.ordinal(start) {
            return end;
        }
        if let Some(end) = self.date(start) {
            return end;
        }
        if let Some(end) = codes::clock(self.rest(start), self.after_day()) {
            return self.push_code(start, start + end);
        }
        let signed = self.signed(start);
        for at in [signed, start] {
            if let Ok((_, mut found)) = amount(self.rest(at), &self.tables) {
                self.scale_letter(&mut found);
                if let Some(end) = self.letters_after(start, &found) {
                    return self.push_code(start, end);
                }
                return self.push_amount(found);
            }
        }
        let run = self.rest(start).trim_start_matches(chars::is_digit);
        self.push_code(start, self.text.len() - run.len())
    }

    /// Whether the last atom is a date or a time of day that ends here.
    pub(super) fn after_day(&self) -> bool {
        self.atoms.last().is_some_and(|atom| {
            atom.kind == MentionKind::Date && self.at(atom.text) + atom.text.len() == self.floor
        })
    }

    /// `1.2M`, `-2.5 M` as a whole text: the letter is a multiplier; elsewhere 5G is a name.
    fn scale_letter(&self, found: &mut Found<'s>) {
        let start = self.at(found.core);
        let end = start + found.core.len();
        let places = match self.rest(end).trim() {
            "K" => 3,
            "M" => 6,
            "G" => 9,
            "T" => 12,
            _ => return,
        };
        if !self.slice(0, start).trim().is_empty() || found.unit.is_some() || found.upper.is_some()
        {
            return;
        }
        let whole = self.rest(start).trim_end();
        found.value = found.value.and_then(|v| v.shift(places));
        found.core = whole;
        found.numbers = vec![(whole, found.value)];
    }

    /// The end of a name that goes on with letters, or with further numbers joined by plus signs: 5G, 4a, 1+10+N.
    fn letters_after(&self, start: usize, found: &Found<'s>) -> Option<usize> {
        let end = self.at(found.core) + found.core.len();
        let plain = found.unit.is_none() && found.form == Form::Plain && found.numbers.len() == 1;
        let next = self.rest(end).chars().next()?;
        let joined = matches!(next, '+' | '＋' | '×')
            && self
                .rest(end)
                .chars()
                .nth(1)
                .is_some_and(|c| c.is_ascii_alphanumeric() || chars::is_digit(c));
        if !plain || !(next.is_ascii_alphabetic() || joined) {
            return None;
        }
        Some(codes::joined_end(
            self.text,
            codes::code_end(self.text, start).max(end),
        ))
    }

    /// `Ⅲ`.
    fn roman(&mut self, start: usize, end: usize) -> usize {
        let text = self.slice(start, end);
        let first = text.chars().next().map_or(0, |c| c as i64 - 'Ⅰ' as i64 + 1);
        let value = Decimal::from(first);
        self.push(Atom {
            value: Some(value),
            numerals: vec![Numeral { text, value }],
            ..bare(text, MentionKind::Number)
        })
    }

    /// The start of the number with its sign, point or currency mark.
    pub(super) fn signed(&self, start: usize) -> usize {
        let before = self.before(start);
        let mut at = start;
        let Some(last) = before.chars().next_back() else {
            return at;
        };
        let earlier = before[..before.len() - last.len_utf8()].chars().next_back();
        let free = earlier.is_none_or(|c| !c.is_ascii_alphanumeric() && !chars::is_digit(c));
        match last {
            '.' if earlier.is_none_or(chars::is_space) => at -= 1,
            '.' if matches!(before, "-." | "－.") => at = self.floor,
            '-' | '－' | '−' if free && !earlier.is_some_and(|c| matches!(c, '-' | '—')) => {
                at -= last.len_utf8();
            }
            '负' | '負' if !burdens(before) => at -= last.len_utf8(),
            '下' if before.ends_with("零下") => at -= "零下".len(),
            c if chars::is_space(c) => {
                let word = before.trim_end_matches(chars::is_space);
                if word.ends_with(['负', '負']) && !burdens(word) {
                    at = self.floor + word.len() - '负'.len_utf8();
                }
            }
            _ => {}
        }
        at
    }

    /// Digits that count nothing.
    pub(super) fn code(&mut self, start: usize) -> Option<usize> {
        let rest = self.rest(start);
        let before = self.before(start);
        let last = before.chars().next_back();
        if let Some(bracket) = last.filter(|&c| chars::is_open_bracket(c)) {
            let at = start - bracket.len_utf8();
            if let Some(length) = codes::document_number(self.rest(at)) {
                return Some(self.push_code(at, at + length));
            }
        }
        if last.is_some_and(|c| c.is_ascii_graphic())
            && let Some((from, to)) = codes::address(self.text, self.floor, start)
        {
            return Some(self.push_code(from, to));
        }
        if last.is_some_and(|c| {
            c.is_alphanumeric() && !chars::is_han(c) || matches!(c, '-' | '/' | '.')
        }) && let Some(from) = codes::letters_before(self.text, self.floor, start)
        {
            let to = codes::code_end(self.text, start);
            return Some(self.push_code(from, to));
        }
        if let Some(from) = codes::standard_before(self.text, self.floor, start) {
            let to = codes::code_end(self.text, start);
            return Some(self.push_code(from, to));
        }
        if let Some(length) = codes::dotted(rest) {
            if date(rest).is_ok() {
                return None;
            }
            return Some(self.push_code(start, start + length));
        }
        if let Some(length) = codes::groups(rest) {
            if date(rest).is_ok() {
                return None;
            }
            return Some(self.push_code(start, start + length));
        }
        None
    }

    pub(super) fn push_code(&mut self, start: usize, end: usize) -> usize {
        let text = self.slice(start, end);
        let numerals = codes::digit_runs(text)
            .filter_map(|run| {
                let (_, number) = number(run, &|_| false).ok()?;
                Some(Numeral {
                    text: run,
                    value: number.value?,
                })
            })
            .collect();
        self.push(Atom {
            numerals,
            ..bare(text, MentionKind::Number)
        })
    }

    /// `第3期`, `第十三届`, `前5名`.
    pub(super) fn ordinal(&mut self, start: usize) -> Option<usize> {
        let before = self.before(start);
        let trimmed = before.trim_end_matches(chars::is_space);
        let front = trimmed.ends_with('前');
        if !front && !trimmed.ends_with('第') {
            return None;
        }
        let mut at = self.floor + trimmed.len() - '第'.len_utf8();
        if let Some(end) = self.date(at) {
            return Some(end);
        }
        let (rest, number) = number(self.rest(start), &|_| false).ok()?;
        let unit_at = rest.trim_start_matches(chars::is_space);
        let unit = self.tables.unit(unit_at, number.script);
        if front && !unit_at.starts_with(['名', '位', '强']) {
            return None;
        }
        let last = self.slice(self.floor, at).ends_with("倒数");
        if last {
            at -= "倒数".len();
        }
        let end = match unit {
            Some((length, _)) if front => self.at(unit_at) + length,
            _ => self.at(rest),
        };
        let core = self.slice(at, end);
        let (before, comparator) = match bounds::before(self.before(at)) {
            Some(word) if !front => (word.word.len(), together(Some(word), None)),
            _ => (0, None),
        };
        let value = number
            .value
            .map(|value| if last { value.negate() } else { value });
        let text = self.slice(at - if comparator.is_some() { before } else { 0 }, end);
        let atom = Atom {
            core,
            numerals: numerals([(number.text, number.value)]),
            comparator,
            value,
            unit: unit.map(|(_, unit)| Cow::Borrowed(unit.name)),
            ..bare(text, MentionKind::Ordinal)
        };
        match self.merged(&atom) {
            Some(end) => Some(end),
            None => Some(self.push(atom)),
        }
    }

    /// Reads at a Chinese numeral.
    pub(super) fn chinese(&mut self, start: usize) -> Option<usize> {
        if self.rest(start).chars().take(3).any(|c| c == '五')
            && let Some(end) = self.plan(start)
        {
            return Some(end);
        }
        if let Some(end) = self.multiple(start) {
            return Some(end);
        }
        if let Some(end) = self.ordinal(start) {
            return Some(end);
        }
        if let Some(end) = self.date(start) {
            return Some(end);
        }
        if let Some(end) = self.half(start) {
            return Some(end);
        }
        let signed = match self.before(start) {
            before if before.ends_with("负的") => start - "负的".len(),
            before if before.ends_with("零下") => start - "零下".len(),
            before if before.ends_with(['负', '負']) && !burdens(before) => start - "负".len(),
            _ => start,
        };
        let (rest, found) = amount(self.rest(signed), &self.tables).ok()?;
        if self.counts(&found, signed) {
            return Some(self.push_amount(found));
        }
        // Passed over, but for digits in it: they lie in an atom always.
        let end = self.at(rest).min(start + found.core.len());
        let digit = self.slice(start, end).find(chars::is_digit);
        Some(digit.map_or(end, |offset| start + offset))
    }

    /// Whether a Chinese numeral is a number and no part of a word.
    pub(super) fn counts(&self, found: &Found<'s>, start: usize) -> bool {
        if found.form != Form::Plain || found.script == Script::Arabic {
            return true;
        }
        let bare = found
            .numbers
            .first()
            .is_some_and(|(text, _)| text.starts_with(['百', '千', '万', '亿', '萬', '億']));
        if found.unit.is_some() && !bare {
            return true;
        }
        let one = found.core.chars().nth(1).is_none();
        let positional = found.core.chars().count() < 3
            && found
                .core
                .chars()
                .all(|c| number::chinese_digit(c).is_some());
        if found.plain && !one && !positional {
            return true;
        }
        let end = start + found.core.len();
        if found.core == "零" && NONE_OF.iter().any(|word| self.rest(end).starts_with(word)) {
            return true;
        }
        let left = self.text.get(..start).and_then(|t| t.chars().next_back());
        let right = self.rest(end).chars().next();
        let open = |c: Option<char>| c.is_none_or(|c| !chars::is_han(c));
        let named = self.before(start).ends_with(['是', '有']);
        let told = ["不是", "却是", "是", "的", "分之"]
            .iter()
            .any(|w| self.rest(end).starts_with(w));
        (open(left) || named) && (open(right) || told)
    }
}

/// 减负2500亿元, 担负3项: the 负 is no sign.
fn burdens(before: &str) -> bool {
    let word = before.trim_end_matches(['负', '負']);
    word.ends_with(['减', '担', '背', '肩', '抱', '欠', '自', '胜', '增', '辜'])
}

/// An atom that holds no more than its words.
pub(super) fn bare(text: &str, kind: MentionKind) -> Atom<'_> {
    Atom {
        text,
        core: text,
        kind,
        numerals: Vec::new(),
        comparator: None,
        value: None,
        upper: None,
        unit: None,
        measures: QuantityKind::Other,
        time: None,
    }
}

/// The numerals that could be held.
pub(super) fn numerals<'s>(
    numbers: impl IntoIterator<Item = (&'s str, Option<Decimal>)>,
) -> Vec<Numeral<'s>> {
    numbers
        .into_iter()
        .filter_map(|(text, value)| {
            Some(Numeral {
                text,
                value: value?,
            })
        })
        .collect()
}
