//! Quantities and dates in any text, outside a notice.
//!
//! | text | kind | what comes out |
//! | --- | --- | --- |
//! | `不低于390亿元` | money | ge, 39000000000 元 |
//! | `3—5家` | quantity | range, 3 to 5 家 |
//! | `三分之一` | fraction | 0.333333333333333333 ratio |
//! | `第三` | ordinal | 3 |
//! | `6月底前` | date | to the 30th of June of the year of writing |

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::analyze::quantities::{self, Atom, Reference, Relation};
use crate::model::{Comparator, Date, Decimal, MentionKind};

/// A number, quantity or date in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// What it is. A number of percentage points is `percent` here, with its own unit.
    pub kind: MentionKind,
    /// The words, without bounds.
    pub text: String,
    /// Where they stand.
    pub span: Span,
    /// The numerals in it.
    pub numbers: Vec<Number>,
    /// The bound.
    pub comparator: Option<Comparator>,
    /// The value, scaled to `unit`.
    pub value: Option<Decimal>,
    /// The upper end of a range.
    pub upper: Option<Decimal>,
    /// The unit.
    pub unit: Option<String>,
    /// The first day of a date or period.
    pub start: Option<Date>,
    /// The last day.
    pub end: Option<Date>,
}

/// A numeral as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// As written.
    pub text: String,
    /// Where.
    pub span: Span,
    /// Its value, multiplied out.
    pub value: Decimal,
}

/// A half-open range of code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// Reads every number, quantity and date of a text, in order.
///
/// Dates without a year are counted from `written_on`; without it they have no days.
///
/// ```
/// let mentions = gongwen::scan("力争6月底前投资不低于390亿元", "2024-03-01".parse().ok());
/// assert_eq!(mentions[0].end.unwrap().to_string(), "2024-06-30");
/// assert_eq!(mentions[1].value.unwrap().to_string(), "39000000000");
/// ```
pub fn scan(text: &str, written_on: Option<Date>) -> Vec<Mention> {
    let reference = Reference {
        year: None,
        written_on,
    };
    let mut points = Points {
        text,
        byte: 0,
        point: 0,
    };
    quantities::atoms_of_any_text(text, &reference)
        .iter()
        .map(|atom| mention(atom, &mut points))
        .collect()
}

fn mention(atom: &Atom<'_>, points: &mut Points<'_>) -> Mention {
    let text = shown(atom);
    let span = points.span(text);
    let time = atom.time.as_ref();
    Mention {
        kind: match atom.kind {
            MentionKind::PercentagePoint => MentionKind::Percent,
            // 三周内 with days is a date.
            MentionKind::Duration if time.is_some_and(|time| time.end.is_some()) => {
                MentionKind::Date
            }
            kind => kind,
        },
        text: text.to_owned(),
        span,
        numbers: atom
            .numerals
            .iter()
            .map(|numeral| Number {
                text: numeral.text.to_owned(),
                span: points.span_from(span, text, numeral.text),
                value: numeral.value,
            })
            .collect(),
        comparator: atom.comparator,
        value: atom.value,
        upper: atom.upper,
        unit: atom.unit.clone().map(Cow::into_owned),
        start: time.and_then(|time| time.start),
        end: time.and_then(|time| time.end),
    }
}

/// The words that are shown: a range or a window with its 从 and 止, all else without its bounds.
fn shown<'s>(atom: &Atom<'s>) -> &'s str {
    match &atom.time {
        Some(time) if matches!(time.relation, Relation::During | Relation::Within) => atom.text,
        _ => atom.core,
    }
}

/// Counts code points as it goes, so that all spans of a text take one walk.
struct Points<'s> {
    text: &'s str,
    byte: usize,
    point: u32,
}

impl Points<'_> {
    fn span(&mut self, part: &str) -> Span {
        let at = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        if at < self.byte {
            (self.byte, self.point) = (0, 0);
        }
        let gap = self.text.get(self.byte..at).unwrap_or("");
        self.point += gap.chars().count() as u32;
        self.byte = at;
        Span {
            start: self.point,
            end: self.point + part.chars().count() as u32,
        }
    }

    /// The place of a numeral; those of one mention lie in or just beside its words.
    fn span_from(&self, span: Span, whole: &str, part: &str) -> Span {
        let base = whole.as_ptr() as usize;
        let at = (part.as_ptr() as usize).saturating_sub(base);
        let before = whole.get(..at).map_or(0, |gap| gap.chars().count() as u32);
        Span {
            start: span.start + before,
            end: span.start + before + part.chars().count() as u32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, days: Option<(&str, &str)>) {
        let found = scan(text, Date::new(2024, 5, 29));
        let dates: Vec<_> = found
            .iter()
            .filter(|m| m.kind == MentionKind::Date)
            .map(|m| (m.start.unwrap().to_string(), m.end.unwrap().to_string()))
            .collect();
        let want: Vec<_> = days
            .into_iter()
            .map(|(start, end)| (start.to_owned(), end.to_owned()))
            .collect();
        assert_eq!(dates, want, "{text}");
    }

    #[test]
    fn short_dates_are_whole_texts() {
        check("30日", Some(("2024-05-30", "2024-05-30")));
        check("87年", Some(("1987-01-01", "1987-12-31")));
        check("18年版", Some(("2018-01-01", "2018-12-31")));
        check("19.4.7", Some(("2019-04-07", "2019-04-07")));
        check("15年", None);
        check("31.12", None);
        check("99.13.1", None);
        check("按30日计算", None);
    }

    #[test]
    fn months_are_counted_back() {
        check("往前三个月", Some(("2024-02-01", "2024-04-30")));
        check("前三个月", Some(("2024-01-01", "2024-03-31")));
    }
}
