//! What is no text at all: documents, archives, pictures, bare binary data.

use std::fmt;

use super::{Encoding, detect};

/// Why an input cannot be read as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NotText {
    /// PDF.
    Pdf,
    /// An OLE compound file: Word, WPS, Excel of before 2007.
    OldOffice,
    /// A Word document (`.docx`).
    Docx,
    /// An Excel workbook (`.xlsx`).
    Xlsx,
    /// An OFD document (GB/T 33190), the layout format that offices sign and seal.
    Ofd,
    /// Rich text (`.rtf`).
    Rtf,
    /// A ZIP archive.
    Zip,
    /// Another archive: RAR, 7z, gzip.
    Archive,
    /// A picture.
    Picture,
    /// Binary data of no kind that is known.
    Binary,
}

impl NotText {
    /// What it is: `a PDF file`.
    pub fn name(self) -> &'static str {
        match self {
            NotText::Pdf => "a PDF file",
            NotText::OldOffice => "an old Word, WPS or Excel document",
            NotText::Docx => "a Word document (.docx)",
            NotText::Xlsx => "an Excel workbook (.xlsx)",
            NotText::Ofd => "an OFD document",
            NotText::Rtf => "a rich text (RTF) document",
            NotText::Zip => "a ZIP archive",
            NotText::Archive => "a compressed archive",
            NotText::Picture => "a picture",
            NotText::Binary => "binary data",
        }
    }
}

impl fmt::Display for NotText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// First bytes, and what they are the first bytes of.
const SIGNATURES: &[(&[u8], NotText)] = &[
    (b"%PDF-", NotText::Pdf),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", NotText::OldOffice),
    (b"{\\rtf", NotText::Rtf),
    (b"PK\x05\x06", NotText::Zip),
    (b"Rar!\x1a\x07", NotText::Archive),
    (b"7z\xbc\xaf\x27\x1c", NotText::Archive),
    (b"\x1f\x8b\x08", NotText::Archive),
    (b"BZh9", NotText::Archive),
    (b"\xfd7zXZ\x00", NotText::Archive),
    (b"\x89PNG\r\n\x1a\n", NotText::Picture),
    (b"\xff\xd8\xff", NotText::Picture),
    (b"GIF87a", NotText::Picture),
    (b"GIF89a", NotText::Picture),
    (b"II*\x00", NotText::Picture),
    (b"MM\x00*", NotText::Picture),
];

/// How many bytes are looked at for controls.
const SAMPLE: usize = 64 * 1024;

/// What an input is when it is no text; `None` for text in any encoding, and for an empty input.
///
/// [`parse_bytes`](crate::parse_bytes) reads whatever it is given; who opens files asks this first, to refuse with a
/// word that helps.
pub fn not_text(bytes: &[u8]) -> Option<NotText> {
    let head = bytes.strip_prefix(Encoding::Utf8.mark()).unwrap_or(bytes);
    let signed = SIGNATURES.iter().find(|(sign, _)| head.starts_with(sign));
    if let Some((_, kind)) = signed {
        return Some(*kind);
    }
    if head.starts_with(b"PK\x03\x04") {
        return Some(zipped(head));
    }
    if head.starts_with(b"BM") && has_nul(head.get(..64).unwrap_or(head)) {
        return Some(NotText::Picture);
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return Some(NotText::Picture);
    }
    is_binary(bytes).then_some(NotText::Binary)
}

/// Tells the documents that are ZIP archives by the names of their parts.
fn zipped(bytes: &[u8]) -> NotText {
    let (from, to) = (bytes, bytes.get(bytes.len().saturating_sub(SAMPLE)..));
    let head = from.get(..SAMPLE).unwrap_or(from);
    let holds = |name: &[u8]| {
        memchr::memmem::find(head, name).is_some()
            || to.is_some_and(|to| memchr::memmem::find(to, name).is_some())
    };
    if holds(b"word/document.xml") {
        NotText::Docx
    } else if holds(b"xl/workbook.xml") {
        NotText::Xlsx
    } else if holds(b"OFD.xml") {
        NotText::Ofd
    } else {
        NotText::Zip
    }
}

fn has_nul(bytes: &[u8]) -> bool {
    memchr::memchr(0, bytes).is_some()
}

/// Bytes of which more than one in thirty decode to a control that no text has.
fn is_binary(bytes: &[u8]) -> bool {
    let head = bytes.get(..SAMPLE).unwrap_or(bytes);
    if !head.chunks(BLOCK).any(has_control) {
        return false;
    }
    let (text, _) = detect::detect(head)
        .coding()
        .decode_without_bom_handling(head);
    let odd = text.chars().filter(|c| is_control(*c)).count();
    odd * 30 > text.chars().count()
}

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// Whether a block holds a control: without a way out in the middle, so that many bytes are compared at once.
fn has_control(block: &[u8]) -> bool {
    let odd = |b: &u8| is_control(char::from(*b));
    block.iter().fold(false, |found, b| found | odd(b))
}

fn is_control(c: char) -> bool {
    matches!(c, '\0'..='\x08' | '\x0e'..='\x1a' | '\x1c'..='\x1f' | '\x7f')
}
