//! Where words stand: byte ranges while reading, code points when handed out.
//!
//! Reading borrows slices of one text; [`Range::of`] finds a slice's place in it
//! by address, so no production threads offsets. Spans that leave the library
//! count Unicode code points, as the contract promises ([`Span`]).

use serde::{Deserialize, Serialize};

/// A half-open byte range into a text that is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Range {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Range {
    /// The place of `part` in `whole`, by address; `None` where `part` is no slice of `whole`.
    pub fn of(whole: &str, part: &str) -> Option<Range> {
        let base = whole.as_ptr() as usize;
        let start = (part.as_ptr() as usize).checked_sub(base)?;
        let end = start.checked_add(part.len())?;
        (end <= whole.len()).then_some(Range {
            start: start as u32,
            end: end as u32,
        })
    }

    /// The words at this place.
    pub fn slice<'s>(&self, whole: &'s str) -> &'s str {
        whole
            .get(self.start as usize..self.end as usize)
            .unwrap_or("")
    }

    /// The smallest range that holds both.
    pub fn join(self, other: Range) -> Range {
        Range {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// The words from the start of `first` to the end of `last`, both slices of `whole`.
///
/// Falls back to `first` where the two are not slices of `whole` in this order.
pub fn between<'s>(whole: &'s str, first: &'s str, last: &'s str) -> &'s str {
    match (Range::of(whole, first), Range::of(whole, last)) {
        (Some(a), Some(b)) if a.start <= b.end => {
            whole.get(a.start as usize..b.end as usize).unwrap_or(first)
        }
        _ => first,
    }
}

/// Where words stand in the decoded text: code points, half open, and the 1-based line.
///
/// `text[start:end]` in Python gives the very words.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
pub struct Span {
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// Line of the first code point, counted from 1.
    pub line: u32,
}

impl Span {
    /// The smallest span that holds both.
    pub fn join(self, other: Span) -> Span {
        Span {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
            line: self.line.min(other.line),
        }
    }
}
