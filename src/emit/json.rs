//! JSON, by `schemas/notice.schema.json`.

use std::io::{self, Write};

use crate::model::Notice;

/// Writes a notice as one line of JSON, without a line break at its end.
///
/// # Errors
/// What the writer answers.
pub fn write_compact(notice: &Notice, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(out, notice).map_err(io::Error::from)
}

/// Writes a notice as indented JSON, a line break at its end.
///
/// # Errors
/// What the writer answers.
pub fn write_pretty(notice: &Notice, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, notice).map_err(io::Error::from)?;
    out.write_all(b"\n")
}
