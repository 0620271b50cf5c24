//! Bytes → readable text: decoding, pages, reflow, and where each word stands in the decoded text.
//!
//! Three coordinate systems meet here and nowhere else: the *decoded text* (what `gongwen text` prints, and
//! what every public span counts in), the *flow* (one paragraph a line, what everything downstream reads),
//! and slices of the flow. [`Locator::span`] takes a slice of the flow back to code points of the decoded text.

pub mod chars;
pub mod encoding;
pub mod html;
pub mod lines;
pub mod reflow;

use crate::span::{Range, Span};
use lines::LineIndex;
use reflow::Flow;

/// Finds slices of a flow in the decoded text.
#[derive(Debug)]
pub struct Locator<'s> {
    flow: &'s Flow<'s>,
    index: LineIndex<'s>,
}

impl<'s> Locator<'s> {
    /// Prepares to locate slices of `flow`, which was made from `source`.
    pub fn new(source: &'s str, flow: &'s Flow<'s>) -> Locator<'s> {
        Locator {
            flow,
            index: LineIndex::new(source),
        }
    }

    /// The flow's text: what productions read, and what their slices point into.
    pub fn text(&self) -> &'s str {
        &self.flow.text
    }

    /// The place of `part`, a slice of the flow's text, in the decoded text.
    pub fn span(&self, part: &str) -> Span {
        let range = Range::of(&self.flow.text, part).unwrap_or_default();
        self.source_span(self.flow.source_range(range))
    }

    /// What was left out of the flow (page numbers, running heads): the words, and their place.
    pub fn dropped(&self) -> impl Iterator<Item = (&'s str, Span)> {
        let source = self.index.text();
        self.flow
            .dropped
            .iter()
            .map(move |range| (range.slice(source), self.source_span(*range)))
    }

    /// The code points of a byte range of the decoded text.
    pub fn source_span(&self, range: Range) -> Span {
        Span {
            start: self.index.code_points(range.start),
            end: self.index.code_points(range.end),
            line: self.index.line(range.start),
        }
    }
}
