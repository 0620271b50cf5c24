//! The walk over a text: from anchor to anchor, each read by the first form that fits.

use std::borrow::Cow;

use super::anchors::{self, Anchor};
use super::units::{Tables, kind, mention, together};
use super::{Atom, Numeral, Reference, Relation, Time, codes};
use crate::analyze::deadlines;
use crate::decimal::Decimal;
use crate::model::{Comparator, MentionKind, QuantityKind};
use crate::syntax::grammar::date::{DateForm, Part, Year, date, five_year_plan};
use crate::syntax::grammar::number::{self, Script, number};
use crate::syntax::grammar::quantity::{Amount, Form, Lexicon, amount};
use crate::text::chars;
use crate::vocab::bounds;
use crate::vocab::units::Unit;

type Found<'s> = Amount<'s, &'static Unit>;

/// Reads a text from left to right.
#[derive(Debug)]
pub struct Scanner<'s, 'r> {
    text: &'s str,
    reference: &'r Reference,
    tables: Tables,
    /// The end of the last atom: nothing before it is read again.
    floor: usize,
    atoms: Vec<Atom<'s>>,
}

impl<'s, 'r> Scanner<'s, 'r> {
    /// A scanner at the start of a text.
    pub fn new(text: &'s str, reference: &'r Reference) -> Self {
        Scanner {
            text,
            reference,
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
                Anchor::Period => self.date(start),
                Anchor::Event => self.event(start, end),
                Anchor::Every => self.every(start, end),
            };
            from = read.unwrap_or(end).max(end);
        }
        self.atoms
    }

    fn rest(&self, at: usize) -> &'s str {
        self.text.get(at..).unwrap_or("")
    }

    fn before(&self, at: usize) -> &'s str {
        self.text.get(self.floor..at).unwrap_or("")
    }

    fn slice(&self, start: usize, end: usize) -> &'s str {
        self.text.get(start..end).unwrap_or("")
    }

    /// Where a part of the text starts.
    fn at(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    fn push(&mut self, atom: Atom<'s>) -> usize {
        let end = self.at(atom.text) + atom.text.len();
        self.floor = end;
        self.atoms.push(atom);
        end
    }

    /// Reads at a digit; always takes up at least its run of digits.
    fn digits(&mut self, start: usize) -> usize {
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
            if let Ok((_, found)) = amount(self.rest(at), &self.tables) {
                return self.push_amount(found);
            }
        }
        let run = self.rest(start).trim_start_matches(chars::is_digit);
        self.push_code(start, self.text.len() - run.len())
    }

    /// Whether the last atom is a date or a time of day that ends here.
    fn after_day(&self) -> bool {
        self.atoms.last().is_some_and(|atom| {
            atom.kind == MentionKind::Date && self.at(atom.text) + atom.text.len() == self.floor
        })
    }

    /// The start of the number with its sign, point or currency mark.
    fn signed(&self, start: usize) -> usize {
        let before = self.before(start);
        let mut at = start;
        let Some(last) = before.chars().next_back() else {
            return at;
        };
        let earlier = before[..before.len() - last.len_utf8()].chars().next_back();
        let free = earlier.is_none_or(|c| !c.is_ascii_alphanumeric() && !chars::is_digit(c));
        match last {
            '.' if earlier.is_none_or(chars::is_space) => at -= 1,
            '-' | '－' | '−' if free && !earlier.is_some_and(|c| matches!(c, '-' | '—')) => {
                at -= last.len_utf8();
            }
            '负' | '負' => at -= last.len_utf8(),
            _ => {}
        }
        at
    }

    /// Digits that count nothing.
    fn code(&mut self, start: usize) -> Option<usize> {
        let rest = self.rest(start);
        let last = self.before(start).chars().next_back();
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

    fn push_code(&mut self, start: usize, end: usize) -> usize {
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
            text,
            core: text,
            kind: MentionKind::Number,
            numerals,
            comparator: None,
            value: None,
            upper: None,
            unit: None,
            measures: QuantityKind::Other,
            time: None,
        })
    }

    /// `第3期`, `第十三届`, `前5名`.
    fn ordinal(&mut self, start: usize) -> Option<usize> {
        let before = self.before(start);
        let trimmed = before.trim_end_matches(chars::is_space);
        let front = trimmed.ends_with('前');
        if !front && !trimmed.ends_with('第') {
            return None;
        }
        let mut at = self.floor + trimmed.len() - '第'.len_utf8();
        if let Some(end) = self.date(if front { at } else { start }) {
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
        Some(self.push(Atom {
            text,
            core,
            kind: MentionKind::Ordinal,
            numerals: numerals([(number.text, number.value)]),
            comparator,
            value,
            upper: None,
            unit: unit.map(|(_, unit)| Cow::Borrowed(unit.name)),
            measures: QuantityKind::Other,
            time: None,
        }))
    }

    /// Reads at a Chinese numeral.
    fn chinese(&mut self, start: usize) -> Option<usize> {
        if let Some(end) = self.plan(start) {
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
        let signed = match self.before(start).chars().next_back() {
            Some(sign @ ('负' | '負')) => start - sign.len_utf8(),
            _ => start,
        };
        let (rest, found) = amount(self.rest(signed), &self.tables).ok()?;
        if self.counts(&found, signed) {
            return Some(self.push_amount(found));
        }
        Some(self.at(rest).min(start + found.core.len()))
    }

    /// Whether a Chinese numeral is a number and no part of a word.
    fn counts(&self, found: &Found<'s>, start: usize) -> bool {
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
        let left = self.text.get(..start).and_then(|t| t.chars().next_back());
        let right = self.rest(end).chars().next();
        let open = |c: Option<char>| c.is_none_or(|c| !chars::is_han(c));
        let named = self.before(start).ends_with('是');
        let told = ["不是", "却是", "是"]
            .iter()
            .any(|w| self.rest(end).starts_with(w));
        (open(left) || named) && (open(right) || told)
    }

    /// `半年`, `半小时`.
    fn half(&mut self, start: usize) -> Option<usize> {
        let rest = self.rest(start).strip_prefix('半')?;
        let (length, unit) = self.tables.unit(rest, Script::Chinese)?;
        if kind(unit.measure) != QuantityKind::Duration && unit.written != "个" {
            return None;
        }
        let core = self.slice(start, start + '半'.len_utf8() + length);
        let value = Decimal::new(5, 1);
        Some(self.push_amount(Amount {
            core,
            numbers: vec![(self.slice(start, start + '半'.len_utf8()), value)],
            form: Form::Plain,
            value,
            upper: None,
            unit: Some(unit),
            per: None,
            more: false,
            script: Script::Chinese,
            plain: true,
        }))
    }

    /// `翻一番`, `翻两番`, `翻倍`.
    fn multiple(&mut self, start: usize) -> Option<usize> {
        let rest = self.rest(start);
        let whole = ["翻番", "翻倍"]
            .iter()
            .find(|word| rest.starts_with(**word));
        if let Some(word) = whole {
            let core = self.slice(start, start + word.len());
            return Some(self.push_times(core, Vec::new(), 2));
        }
        let before = self.before(start);
        let verb = ["翻了", "翻"]
            .iter()
            .find(|word| before.ends_with(**word))?;
        let (after, number) = number(rest, &|_| false).ok()?;
        let after = after.strip_prefix('番')?;
        let times = number.value?.to_i64().filter(|n| (1..=20).contains(n))?;
        let core = self.slice(start - verb.len(), self.at(after));
        Some(self.push_times(core, vec![(number.text, number.value)], 1 << times))
    }

    fn push_times(
        &mut self,
        core: &'s str,
        numbers: Vec<(&'s str, Option<Decimal>)>,
        times: i64,
    ) -> usize {
        self.push_amount(Amount {
            core,
            numbers,
            form: Form::Multiple,
            value: Some(Decimal::from(times)),
            upper: None,
            unit: None,
            per: None,
            more: false,
            script: Script::Chinese,
            plain: true,
        })
    }

    /// Puts the bounds around an amount and keeps it.
    fn push_amount(&mut self, found: Found<'s>) -> usize {
        let mut start = self.at(found.core);
        let mut end = start + found.core.len();
        let (kind, measures, unit) = self.what(&found);
        let space_before = self.before(start).trim_end_matches(chars::is_space);
        let currency = ["人民币", "RMB", "￥", "¥"]
            .iter()
            .find(|word| measures == QuantityKind::Money && space_before.ends_with(**word));
        let outer = currency.map_or(space_before, |word| {
            space_before[..space_before.len() - word.len()].trim_end_matches(chars::is_space)
        });
        let before = bounds::before(outer);
        let rest = self.rest(end).trim_start_matches(chars::is_space);
        let after = bounds::after(rest).filter(|word| match word.word {
            "内" => measures == QuantityKind::Duration,
            "余" | "多" => found.unit.is_some() || found.form == Form::Percent,
            _ => true,
        });
        let mut comparator = together(before, after);
        if found.upper.is_some() {
            comparator = Some(Comparator::Range);
        } else if found.more
            && matches!(comparator, None | Some(Comparator::Approx | Comparator::Ge))
        {
            comparator = Some(Comparator::Gt);
        }
        if before.is_some_and(|word| word.bound.is_some()) {
            start = self.floor + outer.len() - before.map_or(0, |word| word.word.len());
        }
        if let Some(word) = after {
            end = self.at(rest) + word.word.len();
        }
        let mut core = found.core;
        let time = (measures == QuantityKind::Duration)
            .then(|| self.span_of_time(&found, &mut start, end, &mut core))
            .flatten();
        let text = self.slice(start, end);
        let kind = match time {
            Some(Time {
                relation: Relation::During,
                ..
            }) => MentionKind::Date,
            _ => kind,
        };
        self.push(Atom {
            text,
            core,
            kind,
            numerals: numerals(found.numbers),
            comparator,
            value: found.value,
            upper: found.upper,
            unit,
            measures,
            time,
        })
    }

    fn what(&self, found: &Found<'s>) -> (MentionKind, QuantityKind, Option<Cow<'s, str>>) {
        match found.form {
            Form::Percent => (
                MentionKind::Percent,
                QuantityKind::Percent,
                Some(Cow::Borrowed("%")),
            ),
            Form::Fraction => (
                MentionKind::Fraction,
                QuantityKind::Ratio,
                Some(Cow::Borrowed("ratio")),
            ),
            Form::Ratio => (
                MentionKind::Ratio,
                QuantityKind::Ratio,
                Some(Cow::Borrowed("ratio")),
            ),
            Form::Multiple => (
                MentionKind::Multiple,
                QuantityKind::Multiple,
                Some(Cow::Borrowed("倍")),
            ),
            Form::Plain => match (found.unit, found.per) {
                (None, _) => (MentionKind::Number, QuantityKind::Other, None),
                (Some(unit), None) => (
                    mention(unit.measure),
                    kind(unit.measure),
                    Some(Cow::Borrowed(unit.name)),
                ),
                (Some(unit), Some(per)) => {
                    let measures = match kind(unit.measure) {
                        QuantityKind::Money => QuantityKind::Money,
                        _ => QuantityKind::Other,
                    };
                    let name = Cow::Owned(format!("{}/{per}", unit.name));
                    (mention(unit.measure), measures, Some(name))
                }
            },
        }
    }

    /// 3年内, 近三年, 未来五年: a stretch of time counted from the day of writing.
    fn span_of_time(
        &self,
        found: &Found<'s>,
        start: &mut usize,
        end: usize,
        core: &mut &'s str,
    ) -> Option<Time<'s>> {
        let before = self.before(*start);
        let at = self.at(found.core);
        let word = ["未来", "今后", "近", "过去", "最近"]
            .iter()
            .find(|word| self.before(at).ends_with(**word));
        let within = self.slice(at + found.core.len(), end).ends_with('内');
        let months = found.value.and_then(Decimal::to_i64).and_then(|n| {
            let each = match found.unit?.name {
                "年" => 12,
                "个月" => 1,
                _ => return None,
            };
            i32::try_from(n).ok()?.checked_mul(each)
        });
        let written = self.reference.written_on;
        let later = |sign: i32| {
            written
                .zip(months)
                .and_then(|(day, n)| day.add_months(n.checked_mul(sign)?))
        };
        if let Some(word) = word {
            *start = (*start).min(at - word.len());
            *core = self.slice(at - word.len(), at + found.core.len());
            let ahead = matches!(*word, "未来" | "今后");
            return Some(Time {
                start: if ahead { written } else { later(-1) },
                end: if ahead { later(1) } else { written },
                relation: Relation::During,
                has_year: false,
                event: None,
            });
        }
        if !within {
            return None;
        }
        let from_elsewhere = before.ends_with(['起', '后']) || before.ends_with("之日");
        Some(Time {
            start: written.filter(|_| !from_elsewhere && months.is_some()),
            end: later(1).filter(|_| !from_elsewhere),
            relation: Relation::Within,
            has_year: false,
            event: None,
        })
    }

    /// `“十四五”期间`, `“十五五”末`; “十四五”规划 is a name and no date.
    fn plan(&mut self, start: usize) -> Option<usize> {
        let quote = self
            .before(start)
            .chars()
            .next_back()
            .filter(|c| matches!(c, '“' | '"' | '「' | '‘'));
        let at = start - quote.map_or(0, char::len_utf8);
        let (rest, plan) = five_year_plan(self.rest(at)).ok()?;
        match plan.form {
            Some(form) => Some(self.push_date(at, rest, form)),
            None => Some(self.at(rest)),
        }
    }

    /// A date or period that starts here.
    fn date(&mut self, start: usize) -> Option<usize> {
        let (rest, form) = date(self.rest(start)).ok()?;
        Some(self.push_date(start, rest, form))
    }

    fn push_date(&mut self, start: usize, rest: &'s str, form: DateForm<'s>) -> usize {
        let end = self.at(rest);
        let (after, suffix) = relation_after(rest);
        let (before, prefix) = relation_before(self.before(start));
        let relation = relation(&form, prefix, suffix);
        let (from, to) = deadlines::days(&form, self.reference, true);
        let (first, last) = match relation {
            Relation::By | Relation::Until => (None, to),
            Relation::From => (from, None),
            Relation::Every => (None, None),
            _ => (from, to),
        };
        let has_year = form.from.year != Year::Unwritten;
        self.push(Atom {
            text: self.slice(start - before, end + after),
            core: form.core,
            kind: MentionKind::Date,
            numerals: numerals(
                form.numbers
                    .iter()
                    .map(|&(text, value)| (text, Some(value))),
            ),
            comparator: None,
            value: None,
            upper: None,
            unit: None,
            measures: QuantityKind::Other,
            time: Some(Time {
                start: first,
                end: last,
                relation,
                has_year,
                event: None,
            }),
        })
    }

    /// `度夏前`, `汛期`.
    fn event(&mut self, start: usize, end: usize) -> Option<usize> {
        let rest = self.rest(end);
        let (length, suffix) = relation_after(rest);
        let is_season = self.slice(start, end).ends_with(['期', '季']);
        let relation = match suffix {
            Some(relation) => relation,
            None if is_season => Relation::During,
            None => return None,
        };
        let text = self.slice(start, end + length);
        let core = self.slice(start, end);
        Some(self.push_time(text, core, relation, Some(core)))
    }

    /// `每年`, `每年6月底前`.
    fn every(&mut self, start: usize, end: usize) -> Option<usize> {
        let rest = self.rest(end).trim_start_matches(chars::is_space);
        let mut to = end;
        let mut runs = Vec::new();
        if let Ok((after, form)) = date(rest) {
            let (length, _) = relation_after(after);
            to = self.at(after) + length;
            runs = form.numbers;
        }
        let text = self.slice(start, to);
        let end = self.push_time(text, text, Relation::Every, None);
        if let Some(atom) = self.atoms.last_mut() {
            atom.numerals = numerals(runs.into_iter().map(|(text, value)| (text, Some(value))));
        }
        Some(end)
    }

    fn push_time(
        &mut self,
        text: &'s str,
        core: &'s str,
        relation: Relation,
        event: Option<&'s str>,
    ) -> usize {
        self.push(Atom {
            text,
            core,
            kind: MentionKind::Date,
            numerals: Vec::new(),
            comparator: None,
            value: None,
            upper: None,
            unit: None,
            measures: QuantityKind::Other,
            time: Some(Time {
                start: None,
                end: None,
                relation,
                has_year: false,
                event,
            }),
        })
    }
}

fn numerals<'s>(numbers: impl IntoIterator<Item = (&'s str, Option<Decimal>)>) -> Vec<Numeral<'s>> {
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

/// What stands behind a date: how long it is, and what it says.
fn relation_after(rest: &str) -> (usize, Option<Relation>) {
    const WORDS: &[(&str, Relation)] = &[
        ("（含）前", Relation::By),
        ("(含)前", Relation::By),
        ("之前", Relation::By),
        ("以前", Relation::By),
        ("前", Relation::By),
        ("起", Relation::From),
        ("开始", Relation::From),
        ("以来", Relation::From),
        ("以后", Relation::From),
        ("之后", Relation::From),
        ("后", Relation::From),
        ("为止", Relation::Until),
        ("止", Relation::Until),
        ("期间", Relation::During),
        ("间", Relation::During),
        ("之间", Relation::During),
    ];
    let spaces = rest.len() - rest.trim_start_matches(chars::is_space).len();
    let rest = &rest[spaces..];
    // 2023年 前三季度: what stands after a space may start something new.
    let starts_anew =
        |word: &str| spaces > 0 && rest[word.len()..].starts_with(number::is_chinese_numeral);
    WORDS
        .iter()
        .find(|(word, _)| rest.starts_with(word) && !starts_anew(word))
        .map_or((0, None), |(word, relation)| {
            (spaces + word.len(), Some(*relation))
        })
}

/// What stands before a date.
fn relation_before(before: &str) -> (usize, Option<Relation>) {
    const WORDS: &[(&str, Relation)] = &[
        ("截至", Relation::Until),
        ("截止到", Relation::Until),
        ("截止", Relation::Until),
        ("延续到", Relation::Until),
        ("延续至", Relation::Until),
        ("延长到", Relation::Until),
        ("延长至", Relation::Until),
        ("执行至", Relation::Until),
        ("执行到", Relation::Until),
        ("到", Relation::By),
        ("至", Relation::Until),
        ("自", Relation::From),
        ("从", Relation::From),
    ];
    WORDS
        .iter()
        .find(|(word, _)| before.ends_with(word))
        .map_or((0, None), |(word, relation)| (word.len(), Some(*relation)))
}

fn relation(form: &DateForm<'_>, prefix: Option<Relation>, suffix: Option<Relation>) -> Relation {
    if let Some(suffix) = suffix {
        return suffix;
    }
    if form.to.is_some() {
        return Relation::During;
    }
    if let Some(prefix) = prefix {
        return prefix;
    }
    match form.from.part {
        Part::Half(_) | Part::Quarters(..) | Part::Months(..) => Relation::During,
        Part::Whole if form.from.year == Year::Unwritten || form.core.ends_with('内') => {
            Relation::During
        }
        _ => Relation::At,
    }
}
