//! Reads one input whole, within a bound, and says what is wrong where that cannot be done.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use gongwen::text::encoding::{self, NotText};

use super::fault::{Fault, Reason};

/// Reads a file, or standard input where the path is `-`.
///
/// A pipe is read to its end, so that `gongwen parse <(curl …)` works.
pub fn read(path: &Path, max_bytes: u64) -> Result<Vec<u8>, Fault> {
    if path.as_os_str() == "-" {
        return read_bounded(io::stdin().lock(), None, max_bytes);
    }
    let file = File::open(path).map_err(|e| Fault::of_io(&e))?;
    let metadata = file.metadata().map_err(|e| Fault::of_io(&e))?;
    if metadata.is_dir() {
        return Err(Fault::directory());
    }
    let promised = (metadata.is_file() && metadata.len() > 0).then_some(metadata.len());
    read_bounded(file, promised, max_bytes)
}

/// Reads to the end; `promised` is the length that the file had when it was opened.
fn read_bounded(
    reader: impl Read,
    promised: Option<u64>,
    max_bytes: u64,
) -> Result<Vec<u8>, Fault> {
    if promised.is_some_and(|length| length > max_bytes) {
        return Err(too_large(promised, max_bytes));
    }
    let mut bytes = Vec::with_capacity(promised.map_or(0, |n| n as usize + 1));
    let limit = max_bytes.saturating_add(1);
    reader
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|e| Fault::of_io(&e))?;
    let length = bytes.len() as u64;
    if length > max_bytes {
        return Err(too_large(promised, max_bytes));
    }
    if let Some(promised) = promised.filter(|promised| *promised != length) {
        return Err(Fault::new(
            Reason::Changed,
            format!("changed while it was read: {promised} bytes when opened, {length} at its end"),
            Some("run again when nobody writes to the file"),
        ));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Fault::new(
            Reason::Empty,
            format!("holds no text ({length} bytes)"),
            Some("fetch or export the notice again"),
        ));
    }
    if let Some(kind) = encoding::not_text(&bytes) {
        return Err(not_text(kind));
    }
    Ok(bytes)
}

/// What cannot be read as text is refused by its name, with the way to its text.
fn not_text(kind: NotText) -> Fault {
    let hint = match kind {
        NotText::Pdf => {
            "extract its text first, for example: pdftotext -layout FILE - | gongwen parse -"
        }
        NotText::OldOffice | NotText::Docx | NotText::Xlsx | NotText::Ofd | NotText::Rtf => {
            "save it as plain text or as a web page first"
        }
        NotText::Zip | NotText::Archive => "unpack it first",
        NotText::Picture => "read its words with OCR first",
        _ => "gongwen reads text and web pages",
    };
    Fault::new(Reason::NotText, format!("is {kind}, not text"), Some(hint))
}

fn too_large(length: Option<u64>, max_bytes: u64) -> Fault {
    let length = length.map_or("more".to_owned(), |n| format!("{n} bytes"));
    Fault::new(
        Reason::TooLarge,
        format!("is too large: {length}, at most {max_bytes} are read"),
        Some("raise the bound with --max-bytes, for example --max-bytes 256M"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], promised: Option<u64>, max: u64, expected: Result<usize, Reason>) {
        let read = read_bounded(bytes, promised, max);
        assert_eq!(read.map(|b| b.len()).map_err(|f| f.reason), expected);
    }

    #[test]
    fn a_file_is_read_whole_or_not_at_all() {
        check(b"abc", Some(3), 3, Ok(3));
        check(b"abc", None, 3, Ok(3));
        check(b"abcd", None, 3, Err(Reason::TooLarge));
        check(b"", Some(4), 3, Err(Reason::TooLarge));
        // Shrunk, and grown.
        check(b"ab", Some(3), 9, Err(Reason::Changed));
        check(b"abcd", Some(3), 9, Err(Reason::Changed));
        check(b"", None, 9, Err(Reason::Empty));
        check(b" \r\n\t", Some(4), 9, Err(Reason::Empty));
        check(b"%PDF-1.7", None, 9, Err(Reason::NotText));
        check(&[0; 9], None, 9, Err(Reason::NotText));
    }
}
