//! The lines of a flow, and what their beginnings say.

use super::grammar::ordinal;
use super::tree::Marker;
use crate::text::chars;

/// A line that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line<'s> {
    /// The line without the spaces at its ends.
    pub text: &'s str,
    /// The number at its head.
    pub marker: Option<Marker<'s>>,
    /// What follows the number, without the spaces at its ends.
    pub rest: &'s str,
}

/// The lines of a text that are not blank, in order.
pub fn lines(text: &str) -> Vec<Line<'_>> {
    text.split('\n')
        .map(chars::trim)
        .filter(|line| !line.is_empty())
        .map(line)
        .collect()
}

/// One line, trimmed already.
pub fn line(text: &str) -> Line<'_> {
    match ordinal::marker(text) {
        Ok((rest, marker)) => Line {
            text,
            marker: Some(marker),
            rest: chars::trim(rest),
        },
        Err(_) => Line {
            text,
            marker: None,
            rest: text,
        },
    }
}
