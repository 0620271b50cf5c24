//! Bytes → characters: UTF-8, GB18030 (with GBK and GB2312), Big5 and UTF-16, told apart without being asked.
//!
//! A byte-order mark decides; then validity as UTF-8; then what a page's `<meta>` declares, held against a score: a
//! sample is decoded each way, and common hanzi and Chinese punctuation count for an encoding, errors, controls and
//! characters that no notice has against it. All of it is integers over a bounded sample, so it is deterministic and
//! costs the same for a large file as for a small one.

mod common;
mod detect;
mod kinds;

use std::borrow::Cow;

use encoding_rs::{BIG5, DecoderResult, Encoding as Coding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

pub use detect::declared;
pub use kinds::{NotText, not_text};

/// A character encoding that notices come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// GB18030, which holds GBK and GB2312.
    Gb18030,
    /// Big5, as Hong Kong and Taiwan sites use it.
    Big5,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
}

impl Encoding {
    /// Every encoding that is told apart.
    pub const ALL: [Encoding; 5] = [
        Encoding::Utf8,
        Encoding::Gb18030,
        Encoding::Big5,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
    ];

    /// The WHATWG name.
    pub fn name(self) -> &'static str {
        self.coding().name()
    }

    /// The encoding that a label names (`utf-8`, `gb2312`, `gbk`, `big5`, …), where it is one of ours.
    pub fn from_label(label: &str) -> Option<Encoding> {
        let coding = Coding::for_label(label.as_bytes())?;
        if coding == encoding_rs::GBK {
            return Some(Encoding::Gb18030);
        }
        Encoding::ALL.into_iter().find(|e| e.coding() == coding)
    }

    fn coding(self) -> &'static Coding {
        match self {
            Encoding::Utf8 => UTF_8,
            Encoding::Gb18030 => GB18030,
            Encoding::Big5 => BIG5,
            Encoding::Utf16Le => UTF_16LE,
            Encoding::Utf16Be => UTF_16BE,
        }
    }

    /// The byte-order mark of this encoding.
    fn mark(self) -> &'static [u8] {
        match self {
            Encoding::Utf8 => b"\xef\xbb\xbf",
            Encoding::Gb18030 => b"\x84\x31\x95\x33",
            Encoding::Big5 => b"",
            Encoding::Utf16Le => b"\xff\xfe",
            Encoding::Utf16Be => b"\xfe\xff",
        }
    }
}

/// Decoded text, and how it was decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'b> {
    /// The characters; the byte-order mark is left off. Borrowed where the bytes are the text already.
    pub text: Cow<'b, str>,
    /// The encoding found or asked for.
    pub encoding: Encoding,
    /// How many sequences of bytes no character stands for; each is U+FFFD in `text`. A U+FFFD that the input itself
    /// holds is none of them.
    pub replaced: usize,
    /// The byte offset in `text` of the first that was replaced.
    pub first_replaced: Option<usize>,
}

/// Decodes bytes; `asked` overrides what the bytes themselves say.
pub fn decode(bytes: &[u8], asked: Option<Encoding>) -> Decoded<'_> {
    let encoding = asked.unwrap_or_else(|| detect::detect(bytes));
    let body = bytes
        .strip_prefix(encoding.mark())
        .filter(|_| !encoding.mark().is_empty())
        .unwrap_or(bytes);
    if encoding == Encoding::Utf8
        && let Ok(text) = simdutf8::basic::from_utf8(body)
    {
        return Decoded {
            text: Cow::Borrowed(text),
            encoding,
            replaced: 0,
            first_replaced: None,
        };
    }
    transcode(body, encoding)
}

/// Decodes piece by piece, so that what is replaced can be told from what the input holds.
fn transcode(bytes: &[u8], encoding: Encoding) -> Decoded<'static> {
    let mut decoder = encoding.coding().new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 16);
    let (mut rest, mut replaced, mut first_replaced) = (bytes, 0, None);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = rest.get(read..).unwrap_or_default();
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.reserve(rest.len() * 2 + 16),
            DecoderResult::Malformed(_, _) => {
                first_replaced.get_or_insert(text.len());
                replaced += 1;
                text.push('\u{fffd}');
            }
        }
    }
    Decoded {
        text: Cow::Owned(text),
        encoding,
        replaced,
        first_replaced,
    }
}

/// Turns line ends that are a lone `\r` (old Mac files) into `\n`, one character for one, so that no offset moves.
pub fn unify_line_ends(text: Cow<'_, str>) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let lone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let Some(first) = memchr::memchr_iter(b'\r', bytes).find(lone) else {
        return text;
    };
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in memchr::memchr_iter(b'\r', &bytes[first..])
        .map(|at| at + first)
        .filter(lone)
    {
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push('\n');
        from = at + 1;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests;
