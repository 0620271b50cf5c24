//! The lines around the text → the metadata.

use super::frame::Frame;
use crate::diagnostic::Diagnostic;
use crate::model::Header;
use crate::syntax::line::Line;
use crate::text::Locator;

/// Reads the metadata of a notice out of the lines that the frame gave to the header.
pub fn header(
    _locator: &Locator<'_>,
    _lines: &[Line<'_>],
    _frame: &Frame,
    _diagnostics: &mut Vec<Diagnostic>,
) -> Header {
    Header::default()
}
