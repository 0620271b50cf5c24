//! Amounts with their bounds; what neighbours share with each other.

use std::borrow::Cow;

use super::scanner::{Found, Reading, Scanner, numerals};
use super::units::{kind, mention, together};
use super::{Atom, Relation};
use crate::decimal::Decimal;
use crate::model::{Comparator, MentionKind, QuantityKind};
use crate::syntax::grammar::number::{Script, number};
use crate::syntax::grammar::quantity::{Amount, Form, Lexicon};
use crate::text::chars;
use crate::vocab::bounds::{self, BoundWord};
use crate::vocab::units::Measure;

/// Marks and names of money before the number, and the unit they give it.
const CURRENCIES: &[(&str, &str)] = &[
    ("人民币", "元"),
    ("RMB", "元"),
    ("￥", "元"),
    ("¥", "元"),
    ("US$", "美元"),
    ("HK$", "港元"),
    ("港币", "港元"),
    ("港幣", "港元"),
    ("美金", "美元"),
    ("€", "欧元"),
    ("£", "英镑"),
    ("$", "美元"),
];

/// Words between two bounds of one number: 大于100并且小于300.
const BETWEEN_BOUNDS: &[&str] = &["", "且", "并", "并且", "而", "的同时", "，且", ",且"];

impl<'s> Scanner<'s, '_> {
    /// `半年`, `半小时`, `半公里`, `半成`.
    pub(super) fn half(&mut self, start: usize) -> Option<usize> {
        let rest = self.rest(start).strip_prefix('半')?;
        let value = Decimal::new(5, 1);
        let half = self.slice(start, start + '半'.len_utf8());
        let numbers = vec![(half, value)];
        let share = match rest.chars().next()? {
            '成' => Decimal::from(5),
            '折' => Decimal::from(50),
            _ => Decimal::ZERO,
        };
        let ends = |rest: &str| !rest.starts_with(|c| chars::is_han(c) && !"以左的".contains(c));
        if share != Decimal::ZERO && ends(&rest['成'.len_utf8()..]) {
            let core = self.slice(start, start + "半成".len());
            return Some(self.push_plain(core, numbers, Form::Percent, Some(share)));
        }
        let (length, unit) = self.tables.unit(rest, Script::Chinese)?;
        if unit.measure == Measure::Count && unit.name != "个" || unit.measure == Measure::Multiple
        {
            return None;
        }
        let core = self.slice(start, start + half.len() + length);
        // 半个 is a number as a whole, as there is no 半 of something uncounted.
        let numbers = if unit.name == "个" {
            vec![(core, value)]
        } else {
            numbers
        };
        Some(self.push_amount(Amount {
            unit: Some(unit),
            ..Amount::bare(core, numbers, Form::Plain, value)
        }))
    }

    /// `一半`; in a notice it says how something is shared out, and is no number to reach.
    fn one_half(&mut self, start: usize) -> Option<usize> {
        let rest = self.rest(start);
        if self.reading == Reading::Notice {
            return None;
        }
        let word = ["一半半", "一半"]
            .into_iter()
            .find(|word| rest.starts_with(word))?;
        let core = self.slice(start, start + word.len());
        let half = Decimal::new(5, 1);
        Some(self.push_plain(core, vec![(core, half)], Form::Fraction, half))
    }

    /// `翻一番`, `翻两番`, `翻倍`, `打对折`, `一半`.
    pub(super) fn multiple(&mut self, start: usize) -> Option<usize> {
        let rest = self.rest(start);
        for (word, form, value) in [
            ("翻番", Form::Multiple, 2),
            ("翻倍", Form::Multiple, 2),
            ("对折", Form::Percent, 50),
            ("對折", Form::Percent, 50),
        ] {
            // A sheet is folded 对折 too; a discount is given, 打.
            let given = form == Form::Multiple || self.before(start).ends_with('打');
            if rest.starts_with(word) && given {
                let core = self.slice(start, start + word.len());
                return Some(self.push_plain(core, Vec::new(), form, Some(Decimal::from(value))));
            }
        }
        if let Some(end) = self.one_half(start) {
            return Some(end);
        }
        let before = self.before(start);
        let verb = ["翻了", "翻"]
            .iter()
            .find(|word| before.ends_with(**word))?;
        let (after, number) = number(rest, &|_| false).ok()?;
        let after = after.strip_prefix('番')?;
        let times = number.value?.to_i64().filter(|n| (1..=20).contains(n))?;
        let core = self.slice(start - verb.len(), self.at(after));
        let value = Some(Decimal::from(1i64 << times));
        Some(self.push_plain(
            core,
            vec![(number.text, number.value)],
            Form::Multiple,
            value,
        ))
    }

    fn push_plain(
        &mut self,
        core: &'s str,
        numbers: Vec<(&'s str, Option<Decimal>)>,
        form: Form,
        value: Option<Decimal>,
    ) -> usize {
        self.push_amount(Amount::bare(core, numbers, form, value))
    }

    /// Puts the bounds around an amount and keeps it.
    pub(super) fn push_amount(&mut self, found: Found<'s>) -> usize {
        let mut start = self.at(found.core);
        let mut end = start + found.core.len();
        let mut core = found.core;
        let (mut kind, mut measures, mut unit) = what(&found);
        let mut outer = self.before(start).trim_end_matches(chars::is_space);
        if measures == QuantityKind::Money
            || measures == QuantityKind::Other && found.unit.is_none()
        {
            let mark = CURRENCIES.iter().find(|(word, _)| outer.ends_with(word));
            if let Some((word, name)) = mark {
                outer = &outer[..outer.len() - word.len()];
                start = self.floor + outer.len();
                core = self.slice(start, end);
                outer = outer.trim_end_matches(chars::is_space);
                (kind, measures) = (MentionKind::Money, QuantityKind::Money);
                if unit.as_deref().is_none_or(|unit| unit == "元") {
                    unit = Some(Cow::Borrowed(name));
                }
            }
        }
        let before = bounds::before(outer);
        let rest = self.rest(end).trim_start_matches(chars::is_space);
        let after = bounds::after(rest).filter(|word| match word.word {
            "内" => measures == QuantityKind::Duration,
            "余" | "多" => found.unit.is_some() || found.form == Form::Percent,
            _ => true,
        });
        let comparator = comparator(&found, before, after);
        if let Some(word) = before.filter(|word| word.bound.is_some()) {
            start = self.floor + outer.len() - word.word.len();
        }
        if let Some(word) = after {
            end = self.at(rest) + word.word.len();
        }
        let time = (measures == QuantityKind::Duration)
            .then(|| self.span_of_time(&found, &mut start, &mut end, &mut core))
            .flatten();
        if matches!(&time, Some(time) if time.relation == Relation::During) {
            kind = MentionKind::Date;
        }
        let atom = Atom {
            text: self.slice(start, end),
            core,
            kind,
            numerals: numerals(found.numbers),
            comparator,
            value: found.value,
            upper: found.upper,
            unit,
            measures,
            time,
        };
        let atom = self.as_ordinal(atom);
        self.share_unit(&atom);
        match self.merged(&atom) {
            Some(end) => end,
            None => self.push(atom),
        }
    }

    /// 第1、2名: the 2 is an ordinal too.
    fn as_ordinal(&self, mut atom: Atom<'s>) -> Atom<'s> {
        let Some(last) = self.atoms.last() else {
            return atom;
        };
        let gap = self.slice(self.at(last.text) + last.text.len(), self.at(atom.text));
        if last.kind == MentionKind::Ordinal && gap == "、" && atom.measures == QuantityKind::Count
        {
            (atom.kind, atom.measures) = (MentionKind::Ordinal, QuantityKind::Other);
        }
        atom
    }

    /// 5、10、15万元: the numbers before take the unit, and the 万 where they have none of their own.
    fn share_unit(&mut self, last: &Atom<'s>) {
        if last.unit.is_none() || last.kind == MentionKind::Number || last.upper.is_some() {
            return;
        }
        let scale = last
            .numerals
            .last()
            .and_then(|n| n.text.chars().next_back());
        let mut next = self.at(last.text);
        let text = self.text;
        let base = text.as_ptr() as usize;
        for atom in self.atoms.iter_mut().rev().take(8) {
            let start = (atom.text.as_ptr() as usize).saturating_sub(base);
            let gap = text.get(start + atom.text.len()..next).unwrap_or("x");
            let listed = matches!(gap, "、" | "和" | "或" | "及");
            let arabic = atom.core.starts_with(chars::is_digit);
            let opens = text[..start]
                .chars()
                .next_back()
                .is_none_or(|c| c == '\n' || c == '。' || chars::is_space(c));
            // 3个、5个百分点; 2个、4个工作日: the 个 is the head of the longer unit.
            let headed = atom.core.ends_with('个')
                && atom.unit.as_deref() == Some("个")
                && last.core.contains('个')
                && matches!(last.unit.as_deref(), Some("个百分点" | "工作日" | "个月"));
            if listed && headed {
                atom.kind = last.kind;
                atom.unit.clone_from(&last.unit);
                atom.measures = last.measures;
                next = start;
                continue;
            }
            let code = atom.value.is_none() && atom.upper.is_none();
            let bare = atom.core.ends_with(chars::is_digit);
            // 1、300家: what opens a line is its marker.
            let marker = opens && bare;
            if !listed || !arabic || atom.kind != MentionKind::Number || code || marker {
                return;
            }
            if let (true, Some(places)) = (bare, scale.and_then(places_of)) {
                atom.value = atom.value.and_then(|v| v.shift(places));
                atom.upper = atom.upper.and_then(|v| v.shift(places));
            }
            atom.kind = last.kind;
            atom.unit.clone_from(&last.unit);
            atom.measures = last.measures;
            next = start;
        }
    }

    /// Joins an amount to the one before where the two are the ends of one range: 20与30之间, 大于10且小于20.
    pub(super) fn merged(&mut self, atom: &Atom<'s>) -> Option<usize> {
        let last = self.atoms.last()?;
        let from = self.at(last.text);
        let last_end = from + last.text.len();
        let gap = self
            .slice(last_end, self.at(atom.text))
            .trim_matches(chars::is_space);
        let end = self.at(atom.text) + atom.text.len();
        let same_unit = last.unit == atom.unit || last.unit.is_none() || atom.unit.is_none();
        if last.upper.is_some()
            || atom.upper.is_some()
            || last.kind == MentionKind::Date
            || !same_unit
        {
            return None;
        }
        let rest = self.rest(end);
        let (low, high, end) = if matches!(gap, "和" | "与" | "至" | "到") {
            let between = ["之间", "间"].iter().find(|word| rest.starts_with(**word));
            let as_unit = last.unit.is_none() && atom.unit.as_deref() == Some("间");
            let end = match between {
                Some(word) => end + word.len(),
                None if as_unit => end,
                None => return None,
            };
            (last.value, atom.value, end)
        } else if BETWEEN_BOUNDS.contains(&gap) && compares(last) && compares(atom)
            || matches!(gap, "" | "、") && from_to(last, atom)
            || matches!(gap, "—" | "-" | "～" | "~" | "－" | "–") && per_both(last, atom)
        {
            let plain = |bound: Option<Comparator>, or| bound.unwrap_or(or);
            let first = plain(last.comparator, Comparator::Ge);
            match (first, plain(atom.comparator, Comparator::Le)) {
                (Comparator::Ge | Comparator::Gt, Comparator::Le | Comparator::Lt) => {
                    (last.value, atom.value, end)
                }
                (Comparator::Le | Comparator::Lt, Comparator::Ge | Comparator::Gt) => {
                    (atom.value, last.value, end)
                }
                _ => return None,
            }
        } else {
            return None;
        };
        if low? >= high? {
            return None;
        }
        let text = self.slice(from, end);
        let core = crate::span::between(self.text, last.core, atom.core);
        let as_unit = atom.unit.as_deref() == Some("间");
        let last = self.atoms.last_mut()?;
        last.text = text;
        last.core = core;
        last.comparator = Some(Comparator::Range);
        (last.value, last.upper) = (low, high);
        if last.unit.is_none() && !as_unit {
            last.unit.clone_from(&atom.unit);
            (last.kind, last.measures) = (atom.kind, atom.measures);
        }
        last.numerals.extend_from_slice(&atom.numerals);
        self.floor = end;
        Some(end)
    }
}

/// 0.05元/千瓦时—0.3元/千瓦时: two bare amounts in one compound unit.
fn per_both(low: &Atom<'_>, high: &Atom<'_>) -> bool {
    let bare = low.comparator.is_none() && high.comparator.is_none();
    bare && low.unit == high.unit && low.unit.as_deref().is_some_and(|unit| unit.contains('/'))
}

/// 5%以上15%以下, 3000元以上5000元以内: two bounds, said behind each number, that make a range.
fn from_to(low: &Atom<'_>, high: &Atom<'_>) -> bool {
    let lower = matches!(low.comparator, Some(Comparator::Ge)) && low.text.contains("以上");
    let upper = matches!(high.comparator, Some(Comparator::Le))
        && (high.text.ends_with("以下") || high.text.ends_with("以内"));
    lower && upper && low.unit == high.unit && low.unit.is_some()
}

/// Whether an amount is bounded by a word that compares: 大于, 小于, 不大于.
fn compares(atom: &Atom<'_>) -> bool {
    let word = atom.text.strip_prefix('不').unwrap_or(atom.text);
    ["大于", "小于", "多于", "少于", "大於", "小於"]
        .iter()
        .any(|w| word.starts_with(w))
}

fn places_of(multiplier: char) -> Option<i32> {
    Some(match multiplier {
        '亿' | '億' => 8,
        '万' | '萬' => 4,
        '千' => 3,
        '百' => 2,
        _ => return None,
    })
}

fn comparator(
    found: &Found<'_>,
    before: Option<&BoundWord>,
    after: Option<&BoundWord>,
) -> Option<Comparator> {
    let bound = together(before, after);
    if found.upper.is_some() {
        return Some(Comparator::Range);
    }
    match bound {
        None | Some(Comparator::Approx | Comparator::Ge) if found.more => Some(Comparator::Gt),
        bound => bound,
    }
}

fn what<'s>(found: &Found<'s>) -> (MentionKind, QuantityKind, Option<Cow<'s, str>>) {
    let named = |kind, measures, unit| (kind, measures, Some(Cow::Borrowed(unit)));
    match (found.form, found.unit, found.per) {
        (Form::Percent, ..) => named(MentionKind::Percent, QuantityKind::Percent, "%"),
        (Form::Fraction, ..) => named(MentionKind::Fraction, QuantityKind::Ratio, "ratio"),
        (Form::Ratio, ..) => named(MentionKind::Ratio, QuantityKind::Ratio, "ratio"),
        (Form::Multiple, ..) => named(MentionKind::Multiple, QuantityKind::Multiple, "倍"),
        (Form::Plain, None, _) => (MentionKind::Number, QuantityKind::Other, None),
        (Form::Plain, Some(unit), None) => {
            named(mention(unit.measure), kind(unit.measure), unit.name)
        }
        (Form::Plain, Some(unit), Some(per)) => {
            let measures = match kind(unit.measure) {
                QuantityKind::Money => QuantityKind::Money,
                _ => QuantityKind::Other,
            };
            let kind = match mention(unit.measure) {
                MentionKind::Money => MentionKind::Money,
                _ => MentionKind::Quantity,
            };
            (
                kind,
                measures,
                Some(Cow::Owned(format!("{}/{per}", unit.name))),
            )
        }
    }
}
