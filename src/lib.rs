//! gongwen (公文) turns Chinese government notices into exact, structured data: header metadata, numbered measures,
//! responsible units, quantitative targets and their deadlines, each with the words it was read from.
//!
//! ```
//! let text = "许政办〔2024〕 4号\n各县(市、区)人民政府:\n一、工作措施\n1.强化调度。力争上半年投资不低于390亿元。(责任单位:市工业和信息化局)\n";
//! let notice = gongwen::parse(text);
//! let json = gongwen::to_json(&notice);
//! assert!(json.starts_with('{'));
//! ```
//!
//! # Invariants
//!
//! - Parsing is a pure function of the input: no files, no clock, no environment. It never fails and never panics: any
//!   text gives a notice and diagnostics.
//! - Nothing is lost: every line that is not blank lies in one header field, node, attachment or `unplaced` line.
//! - Every value comes with the words it was read from; spans count code points of the decoded text.
//! - Numbers are exact decimals. What is not stated is `null`.

pub mod date;
pub mod decimal;
pub mod diagnostic;
pub mod emit;
pub mod model;
pub mod scan;
pub mod span;
pub mod text;

#[doc(hidden)]
pub mod analyze;
#[doc(hidden)]
pub mod syntax;
#[doc(hidden)]
pub mod vocab;

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use diagnostic::{Code, Diagnostic};
pub use model::Notice;
use model::{Format, Source};
pub use scan::scan;
use span::{Range, Span};
use text::encoding::{self, Encoding};
use text::lines::LineIndex;
use text::{Locator, html, reflow};

/// How to read an input.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The name to put into `source.name`.
    pub name: Option<String>,
    /// The encoding, where it is not to be found out.
    pub encoding: Option<Encoding>,
    /// The format, where it is not to be found out.
    pub format: Option<Format>,
}

/// Parses a notice that is at hand as text.
pub fn parse(text: &str) -> Notice {
    let options = Options {
        format: Some(Format::Text),
        ..Options::default()
    };
    let mut notice = parse_text(text);
    notice.source = source(text.as_bytes(), &options, Format::Text);
    notice
}

/// Parses the bytes of a notice: decodes them, tells pages from text, and reads the text.
pub fn parse_bytes(bytes: &[u8], options: &Options) -> Notice {
    parse_readable(&readable(bytes, options), bytes, options)
}

/// Parses what [`readable`] gave for these bytes and options: for callers that need the text beside the notice.
pub fn parse_readable(readable: &Readable<'_>, bytes: &[u8], options: &Options) -> Notice {
    let mut notice = parse_text(&readable.text);
    notice.source = source(bytes, options, readable.format);
    notice.source.encoding = Some(readable.encoding.name().to_owned());
    let before = readable.diagnostics.iter().cloned();
    notice.diagnostics.splice(0..0, before);
    notice
}

/// What an input reads as: the text that spans count in.
#[derive(Debug, Clone)]
pub struct Readable<'b> {
    /// The decoded text, or the text of a page; borrowed where the bytes are it already.
    pub text: Cow<'b, str>,
    /// The encoding.
    pub encoding: Encoding,
    /// The format.
    pub format: Format,
    /// What was odd on the way.
    pub diagnostics: Vec<Diagnostic>,
}

/// Decodes an input and extracts the text of a page, as [`parse_bytes`] does first.
///
/// Bytes that are no text at all are read too, as well as they can be: ask [`text::encoding::not_text`] to refuse them.
pub fn readable<'b>(bytes: &'b [u8], options: &Options) -> Readable<'b> {
    let decoded = encoding::decode(bytes, options.encoding);
    let format = options.format.unwrap_or_else(|| {
        if html::is_html(&decoded.text) {
            Format::Html
        } else {
            Format::Text
        }
    });
    let mut diagnostics = Vec::new();
    let text = match format {
        Format::Html => Cow::Owned(page_text(&decoded.text, &mut diagnostics)),
        _ => encoding::unify_line_ends(decoded.text),
    };
    if decoded.replaced > 0 {
        let place = match format {
            Format::Html => text.find('\u{fffd}'),
            _ => decoded.first_replaced,
        };
        diagnostics.push(Diagnostic::new(
            Code::UndecodableBytes,
            place.map(|at| one_character(&text, at)),
            &[&decoded.replaced.to_string(), decoded.encoding.name()],
        ));
    }
    Readable {
        text,
        encoding: decoded.encoding,
        format,
        diagnostics,
    }
}

/// The text of a page; what is odd about the page goes to the diagnostics.
fn page_text(html: &str, diagnostics: &mut Vec<Diagnostic>) -> String {
    let page = html::extract(html);
    let index = LineIndex::new(&page.text);
    let place = |range: Range| Span {
        start: index.code_points(range.start),
        end: index.code_points(range.end),
        line: index.line(range.start),
    };
    let mut tell = |code, range: Option<Range>, args: &[&str]| {
        diagnostics.push(Diagnostic::new(code, range.map(place), args));
    };
    if let Some(limit) = page.limit {
        tell(Code::LimitReached, None, &[limit]);
    }
    for odd in &page.disagreements {
        tell(
            Code::PageDisagrees,
            Some(odd.range),
            &[&odd.shown, &odd.hidden],
        );
    }
    for table in &page.tables {
        tell(Code::FlattenedTable, Some(*table), &[]);
    }
    if page.pictures > 0 {
        tell(Code::PictureLeftOut, None, &[&page.pictures.to_string()]);
    }
    page.text
}

/// The place of the character at a byte offset.
fn one_character(text: &str, at: usize) -> Span {
    let before = text.get(..at).unwrap_or_default();
    let start = before.chars().count() as u32;
    Span {
        start,
        end: start + 1,
        line: before.matches('\n').count() as u32 + 1,
    }
}

/// A notice as one line of JSON.
pub fn to_json(notice: &Notice) -> String {
    let mut out = Vec::new();
    emit::json::append_compact(notice, &mut out);
    // The writer copies whole strings and ASCII: what it wrote is UTF-8.
    String::from_utf8(out).unwrap_or_default()
}

fn parse_text(text: &str) -> Notice {
    let flow = reflow::reflow(text);
    let locator = Locator::new(text, &flow);
    analyze::assemble::notice(&locator)
}

fn source(bytes: &[u8], options: &Options, format: Format) -> Source {
    let digest = Sha256::digest(bytes);
    Source {
        name: options.name.clone(),
        format,
        encoding: None,
        bytes: bytes.len() as u64,
        sha256: digest.iter().map(|b| format!("{b:02x}")).collect(),
    }
}
