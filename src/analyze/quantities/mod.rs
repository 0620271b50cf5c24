//! Every number and date of a text, read whole: value, bound, unit, first and last day.
//!
//! The grammar reads the words; the vocabulary knows the units; this pass finds where to start, and
//! resolves what is left open (the year of 6月底前) against a [`Reference`].

mod amounts;
mod anchors;
mod codes;
mod scanner;
mod times;
mod units;

use std::borrow::Cow;

use crate::date::Date;
use crate::decimal::Decimal;
use crate::model::{Comparator, MentionKind, QuantityKind};

use scanner::{Reading, Scanner};

/// What dates without a year are counted from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reference {
    /// The year of the title or of a heading (2023年重点工作).
    pub year: Option<i32>,
    /// 成文日期.
    pub written_on: Option<Date>,
}

/// A number, quantity or date as it stands in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom<'s> {
    /// All that belongs to it, bounds and all: `不低于390亿元`, `80个左右`, `6月底前`.
    pub text: &'s str,
    /// The number and its unit, or the date without its relation: `390亿元`, `80个`, `6月底`.
    pub core: &'s str,
    /// What it is.
    pub kind: MentionKind,
    /// Its numerals, each as it stands.
    pub numerals: Vec<Numeral<'s>>,
    /// The bound; `None` where no word says one.
    pub comparator: Option<Comparator>,
    /// The number, scaled to `unit`.
    pub value: Option<Decimal>,
    /// The upper end of a range.
    pub upper: Option<Decimal>,
    /// The unit: `元`, `家`, `%`, `个百分点`, `ratio`.
    pub unit: Option<Cow<'s, str>>,
    /// What the unit measures.
    pub measures: QuantityKind,
    /// When, for a date or a period.
    pub time: Option<Time<'s>>,
}

/// A numeral as it stands: `1.2万`, `三百`, `2024`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral<'s> {
    /// As written.
    pub text: &'s str,
    /// Its value, multiplied out.
    pub value: Decimal,
}

/// A date or a period, resolved as far as the words and the reference allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Time<'s> {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// How the words stand to what happens.
    pub relation: Relation,
    /// Whether the words name a year themselves.
    pub has_year: bool,
    /// The event, where no calendar says when: 度夏, 春节, 汛期.
    pub event: Option<&'s str>,
}

/// How a date stands to what happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// 2024年6月, 6月30日: the bare date.
    At,
    /// 6月底前, 到2025年, 年底前: by then.
    By,
    /// 上半年, 全年, “十四五”期间, 2024—2026年: within.
    During,
    /// 自2019年1月1日起: from then on.
    From,
    /// 至2025年底, 延续到…: until then.
    Until,
    /// 3年内, 自…之日起30日内: counted from a day.
    Within,
    /// 每年, 每季度: again and again.
    Every,
}

/// Reads every number and date of a text, in order; no two overlap.
///
/// Every run of Arabic digits lies in one of them. Chinese numerals count with a unit, in a date, an ordinal or a
/// fraction, and where they are written out as numbers (一百二十); words such as 一般 are left alone.
pub fn atoms<'s>(text: &'s str, reference: &Reference) -> Vec<Atom<'s>> {
    Scanner::new(text, reference, Reading::Notice).atoms()
}

/// Reads every number and date of a text of any kind: dates without a year may be past, unless they are deadlines,
/// and stretches of time (前两年, 20天后) count from the day of writing.
pub fn atoms_of_any_text<'s>(text: &'s str, reference: &Reference) -> Vec<Atom<'s>> {
    Scanner::new(text, reference, Reading::AnyText).atoms()
}
