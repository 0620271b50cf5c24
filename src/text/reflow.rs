//! The three layouts → one paragraph a line, with a map back to the offsets of the decoded text.

use std::borrow::Cow;

use crate::span::Range;

/// How a text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// A line to a paragraph.
    Paragraphs,
    /// A paragraph over many lines.
    HardWrapped,
    /// All in one line.
    OneLine,
}

/// A text with one paragraph a line.
#[derive(Debug, Clone)]
pub struct Flow<'s> {
    /// The paragraphs, each ended by `\n`.
    pub text: Cow<'s, str>,
    /// How the source was laid out.
    pub layout: Layout,
    /// Where the flow and the source part ways: (offset in the flow, offset in the source), ascending;
    /// between two such points both run on byte by byte. Empty where the flow is the source.
    pub joints: Vec<(u32, u32)>,
    /// What was left out of the flow: page numbers, running heads; ranges of the source.
    pub dropped: Vec<Range>,
}

impl Flow<'_> {
    /// The range of the source that a range of the flow was made from.
    pub fn source_range(&self, range: Range) -> Range {
        if self.joints.is_empty() {
            return range;
        }
        let start = self.source_offset(range.start);
        if range.start == range.end {
            return Range { start, end: start };
        }
        // The end is where the last byte came from, so that what was dropped behind it stays out.
        let end = self.source_offset(range.end - 1) + 1;
        Range { start, end }
    }

    fn source_offset(&self, offset: u32) -> u32 {
        let after = self.joints.partition_point(|&(flow, _)| flow <= offset);
        match after.checked_sub(1).and_then(|i| self.joints.get(i)) {
            Some(&(flow, source)) => source + (offset - flow),
            None => offset,
        }
    }
}

/// Brings a text to one paragraph a line.
pub fn reflow(source: &str) -> Flow<'_> {
    Flow {
        text: Cow::Borrowed(source),
        layout: Layout::Paragraphs,
        joints: Vec::new(),
        dropped: Vec::new(),
    }
}
