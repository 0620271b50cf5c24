//! Bytes → characters: UTF-8, GB18030 (with GBK and GB2312), Big5 and UTF-16, told apart without being asked.

use encoding_rs::{BIG5, Encoding as Coding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

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
    /// The WHATWG name.
    pub fn name(self) -> &'static str {
        self.coding().name()
    }

    /// The encoding that a label names (`utf-8`, `gb2312`, `gbk`, `big5`, …), where it is one of ours.
    pub fn from_label(label: &str) -> Option<Encoding> {
        let coding = Coding::for_label(label.as_bytes())?;
        [
            Encoding::Utf8,
            Encoding::Gb18030,
            Encoding::Big5,
            Encoding::Utf16Le,
            Encoding::Utf16Be,
        ]
        .into_iter()
        .find(|e| e.coding() == coding || (*e == Encoding::Gb18030 && coding == encoding_rs::GBK))
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
}

/// Decoded text, and how it was decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The characters; the byte-order mark is left off.
    pub text: String,
    /// The encoding found or asked for.
    pub encoding: Encoding,
    /// How many sequences of bytes no character stands for; each is U+FFFD in `text`.
    pub replaced: usize,
}

/// Decodes bytes; `asked` overrides what the bytes themselves say.
pub fn decode(bytes: &[u8], asked: Option<Encoding>) -> Decoded {
    let encoding = asked.unwrap_or_else(|| detect(bytes));
    let (text, _, _) = encoding.coding().decode(bytes);
    let replaced = text.matches('\u{fffd}').count();
    Decoded {
        text: text.into_owned(),
        encoding,
        replaced,
    }
}

fn detect(bytes: &[u8]) -> Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        Encoding::Utf8
    } else {
        Encoding::Gb18030
    }
}
