//! The unit tables as the grammar wants them, and bounds put together.

use crate::model::{Comparator, MentionKind, QuantityKind};
use crate::syntax::grammar::number::Script;
use crate::syntax::grammar::quantity::Lexicon;
use crate::vocab::bounds::{Bound, BoundWord};
use crate::vocab::units::{self, Measure, Unit, Units};

/// The unit tables.
#[derive(Debug, Clone, Copy)]
pub struct Tables(&'static Units);

impl Tables {
    /// The tables.
    pub fn new() -> Tables {
        Tables(units::units())
    }

    /// A Latin unit of several letters in capitals or small letters all: KM, 10CM.
    fn latin(self, input: &str) -> Option<&'static Unit> {
        let end = input
            .find(|c: char| !(c.is_ascii_alphabetic() || matches!(c, 'µ' | 'μ')))
            .unwrap_or(input.len());
        let letters = input
            .get(..end)
            .filter(|l| (2..=4).contains(&l.chars().count()))?;
        if letters.contains(|c: char| c.is_ascii_lowercase()) {
            return None;
        }
        let small = letters.to_ascii_lowercase();
        self.0.longest(&small).filter(|unit| unit.written == small)
    }
}

impl Lexicon for Tables {
    type Unit = &'static Unit;

    fn unit(&self, input: &str, script: Script) -> Option<(usize, &'static Unit)> {
        if let Some(length) = spaced(input, "个百分点").or_else(|| spaced(input, "百分点")) {
            return Some((length, self.0.longest("个百分点")?));
        }
        let unit = self.0.longest(input).or_else(|| self.latin(input))?;
        if unit.measure == Measure::Word || unit.arabic_only && script == Script::Chinese {
            return None;
        }
        // A Latin unit ends with its letters: 5m, but not 5mol.
        let rest = input.get(unit.written.len()..).unwrap_or("");
        let latin = unit.written.ends_with(|c: char| c.is_ascii_alphabetic());
        if latin && rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            return None;
        }
        Some((unit.written.len(), unit))
    }

    fn unit_at_multiplier(&self, input: &str) -> bool {
        let first = input.chars().next().map_or(0, char::len_utf8);
        self.0
            .longest(input)
            .is_some_and(|unit| unit.written.len() > first)
    }

    fn shift(&self, unit: &'static Unit) -> i32 {
        unit.shift
    }

    fn is_classifier(&self, unit: &'static Unit) -> bool {
        unit.name == "个"
    }

    fn is_time(&self, unit: &'static Unit) -> bool {
        unit.measure == Measure::Duration
    }

    fn is_money(&self, unit: &'static Unit) -> bool {
        unit.measure == Measure::Money
    }

    fn smaller(&self, unit: &'static Unit, input: &str) -> Option<(usize, i32)> {
        SMALLER
            .iter()
            .filter(|(larger, ..)| *larger == unit.name)
            .find(|(_, word, _)| input.starts_with(word))
            .map(|(_, word, shift)| (word.len(), *shift))
    }

    fn takes_bare_digit(&self, unit: &'static Unit) -> bool {
        matches!(unit.written, "块" | "塊" | "角" | "毛" | "米" | "斤")
    }
}

/// What a sum or a weight in two units goes on with: the larger unit, the smaller, its places below the larger.
const SMALLER: &[(&str, &str, i32)] = &[
    ("元", "角钱", -1),
    ("元", "角", -1),
    ("元", "毛钱", -1),
    ("元", "毛", -1),
    ("元", "分钱", -2),
    ("元", "分", -2),
    ("美元", "美分", -2),
    ("美元", "分", -2),
    ("欧元", "欧分", -2),
    ("日元", "日本銭", -2),
    ("日元", "銭", -2),
    ("斤", "两", -1),
];

/// How long a word is at the head of `input` that a page has pulled apart: 个 百 分 点, in either script.
fn spaced(input: &str, word: &str) -> Option<usize> {
    let mut rest = input;
    let mut apart = false;
    for expected in word.chars() {
        let trimmed = rest.trim_start_matches(' ');
        apart |= trimmed.len() != rest.len();
        let found = trimmed.chars().next()?;
        let same = found == expected || matches!((found, expected), ('個', '个') | ('點', '点'));
        if !same {
            return None;
        }
        rest = &trimmed[found.len_utf8()..];
    }
    apart.then_some(input.len() - rest.len())
}

/// What a unit measures, in the model's words.
pub fn kind(measure: Measure) -> QuantityKind {
    match measure {
        Measure::Count => QuantityKind::Count,
        Measure::Money => QuantityKind::Money,
        Measure::Percent => QuantityKind::Percent,
        Measure::PercentagePoint => QuantityKind::PercentagePoint,
        Measure::Multiple => QuantityKind::Multiple,
        Measure::Duration => QuantityKind::Duration,
        Measure::Area => QuantityKind::Area,
        Measure::Length => QuantityKind::Length,
        Measure::Mass => QuantityKind::Mass,
        Measure::Volume => QuantityKind::Volume,
        Measure::Energy => QuantityKind::Energy,
        Measure::Power => QuantityKind::Power,
        Measure::Temperature => QuantityKind::Temperature,
        Measure::Other | Measure::Word => QuantityKind::Other,
    }
}

/// What a number with such a unit is as a mention.
pub fn mention(measure: Measure) -> MentionKind {
    match measure {
        Measure::Money => MentionKind::Money,
        Measure::Percent => MentionKind::Percent,
        Measure::PercentagePoint => MentionKind::PercentagePoint,
        Measure::Multiple => MentionKind::Multiple,
        Measure::Duration => MentionKind::Duration,
        _ => MentionKind::Quantity,
    }
}

/// The bound that the words before and after a number make together.
///
/// 达到…左右 is about so much; 超过…左右 is still more than that; 不低于…以上 is one bound said twice.
pub fn together(before: Option<&BoundWord>, after: Option<&BoundWord>) -> Option<Comparator> {
    let first = before.and_then(|word| Some((word.bound?, word.firm)));
    let second = after.and_then(|word| word.bound);
    let bound = match (first, second) {
        (None, second) => second?,
        (Some((first, _)), None) => first,
        (Some((Bound::Approx | Bound::Eq, _)), Some(second)) => second,
        (Some((_, false)), Some(Bound::Approx)) => Bound::Approx,
        (Some((first, true)), Some(_)) => first,
        (Some((_, false)), Some(second)) => second,
    };
    Some(match bound {
        Bound::Eq => Comparator::Eq,
        Bound::Ge => Comparator::Ge,
        Bound::Gt => Comparator::Gt,
        Bound::Le => Comparator::Le,
        Bound::Lt => Comparator::Lt,
        Bound::Approx => Comparator::Approx,
    })
}
