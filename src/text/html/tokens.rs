//! A page's characters → tags and text, for the tree builder.
//!
//! The tree builder is html5ever's; its own tokenizer compares every attribute with every other of its tag, so that one
//! tag with a hundred thousand attributes costs minutes. This one follows the same states of the standard, keeps only
//! the attributes that are asked for, and costs linear time whatever comes.

use std::borrow::Cow;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::{Attribute, LocalName, QualName, ns};

use super::entities::decode;
use crate::text::chars;

/// The attributes that say what an element is; all others are left out.
const KEPT: &[&str] = &[
    "id", "class", "style", "hidden", "name", "content", "colspan", "rowspan", "type", "width",
    "height", "src", "href",
];

/// How much of an attribute's value is kept.
const VALUE: usize = 4 * 1024;

/// Feeds the tokens of a page to a sink; `admit` is asked before each start tag, which is left out where it says no.
pub(super) fn feed<S: TokenSink>(html: &str, sink: &S, admit: impl Fn() -> bool) {
    let mut reader = Reader {
        html,
        at: 0,
        server_markup: true,
    };
    while reader.at < html.len() {
        let text = reader.text();
        if !text.is_empty() {
            characters(sink, &decode(text));
        }
        let Some(token) = reader.markup() else {
            continue;
        };
        let opened = match &token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                if !is_raw(&tag.name) && !admit() {
                    continue;
                }
                Some(tag.name.clone())
            }
            _ => None,
        };
        match (sink.process_token(token, 1), opened) {
            (TokenSinkResult::RawData(kind), Some(name)) => {
                let text = reader.raw_text(&name);
                if kind == RawKind::Rcdata {
                    characters(sink, &decode(text));
                }
            }
            (TokenSinkResult::Plaintext, _) => characters(sink, reader.rest()),
            _ => {}
        }
    }
    let _ = sink.process_token(Token::EOFToken, 1);
    sink.end();
}

/// Elements whose text must be passed over even where no more elements are made.
fn is_raw(name: &str) -> bool {
    matches!(
        name,
        "script" | "style" | "title" | "textarea" | "xmp" | "iframe" | "noembed" | "noframes"
    )
}

fn characters<S: TokenSink>(sink: &S, text: &str) {
    // The standard leaves NULs out of a body's text.
    for part in text.split('\0').filter(|part| !part.is_empty()) {
        let _ = sink.process_token(Token::CharacterTokens(StrTendril::from_slice(part)), 1);
    }
}

/// Where reading stands.
struct Reader<'h> {
    html: &'h str,
    at: usize,
    /// Whether a `%>` may still come.
    server_markup: bool,
}

impl<'h> Reader<'h> {
    fn bytes(&self) -> &'h [u8] {
        self.html.as_bytes()
    }

    fn from(&self, at: usize) -> &'h [u8] {
        self.bytes().get(at..).unwrap_or_default()
    }

    fn slice(&self, from: usize, to: usize) -> &'h str {
        self.html.get(from..to).unwrap_or_default()
    }

    /// The text up to the next markup; a `<` that begins none belongs to it.
    fn text(&mut self) -> &'h str {
        let from = self.at;
        let mut at = from;
        loop {
            let Some(found) = memchr::memchr(b'<', self.from(at)) else {
                at = self.html.len();
                break;
            };
            at += found;
            if self.begins_markup(at + 1) {
                break;
            }
            at += 1;
        }
        self.at = at;
        self.slice(from, at)
    }

    fn begins_markup(&mut self, at: usize) -> bool {
        match self.from(at) {
            [c, ..] if c.is_ascii_alphabetic() => true,
            [b'!' | b'?', ..] | [b'/', _, ..] => true,
            [b'%', rest @ ..] => {
                self.server_markup =
                    self.server_markup && memchr::memmem::find(rest, b"%>").is_some();
                self.server_markup
            }
            _ => false,
        }
    }

    fn rest(&mut self) -> &'h str {
        let from = std::mem::replace(&mut self.at, self.html.len());
        self.slice(from, self.html.len())
    }

    /// The markup at this place: a tag or a doctype; `None` for comments and the like, which are passed over.
    fn markup(&mut self) -> Option<Token> {
        let start = self.at;
        match self.from(start + 1) {
            [b'!', rest @ ..] => {
                if rest.starts_with(b"--") {
                    self.comment();
                    return None;
                }
                if rest.starts_with(b"[CDATA[") {
                    // Pages kept in XML: what stands inside is read as page.
                    self.at = start + b"<![CDATA[".len();
                    return None;
                }
                let inside = self.until_gt();
                doctype(inside.get(2..).unwrap_or_default())
            }
            [b'?', ..] => {
                self.until_gt();
                None
            }
            [b'%', rest @ ..] => {
                // A server page's own markup, JSP or ASP.
                let length = memchr::memmem::find(rest, b"%>").map_or(rest.len(), |at| at + 2);
                self.at = start + 2 + length;
                None
            }
            [b'/', c, ..] if c.is_ascii_alphabetic() => {
                self.at = start + 2;
                self.tag(TagKind::EndTag)
            }
            [b'/', ..] => {
                self.until_gt();
                None
            }
            [c, ..] if c.is_ascii_alphabetic() => {
                self.at = start + 1;
                self.tag(TagKind::StartTag)
            }
            _ => {
                self.at = self.html.len();
                None
            }
        }
    }

    /// Passes over what stands up to the next `>`, and gives it.
    fn until_gt(&mut self) -> &'h str {
        let from = self.at;
        let length =
            memchr::memchr(b'>', self.from(from)).map_or(self.html.len() - from, |at| at + 1);
        self.at = from + length;
        self.slice(from, self.at).trim_end_matches('>')
    }

    fn comment(&mut self) {
        let inside = self.at + 4;
        let rest = self.from(inside);
        if rest.starts_with(b">") || rest.starts_with(b"->") {
            self.until_gt();
            return;
        }
        let end =
            memchr::memmem::find_iter(rest, b"--").find_map(|at| match rest.get(at + 2..)? {
                [b'>', ..] => Some(at + 3),
                [b'!', b'>', ..] => Some(at + 4),
                // Of a run of dashes the last two close.
                [b'-', ..] => {
                    let dashes = rest.get(at..)?.iter().take_while(|b| **b == b'-').count();
                    (rest.get(at + dashes) == Some(&b'>')).then_some(at + dashes + 1)
                }
                _ => None,
            });
        self.at = end.map_or(self.html.len(), |end| inside + end);
    }

    /// A tag, from its name on; `None` where the page ends in it.
    fn tag(&mut self, kind: TagKind) -> Option<Token> {
        let from = self.at;
        let ends = |b: &u8| matches!(b, b'\t' | b'\n' | b'\r' | b'\x0c' | b' ' | b'/' | b'>');
        let length = self.from(from).iter().position(ends);
        self.at = from + length.unwrap_or(self.html.len() - from);
        let name = lower(self.slice(from, self.at));
        let mut attrs = Vec::new();
        let mut self_closing = false;
        loop {
            self.skip_space();
            match self.from(self.at) {
                [] => return None,
                [b'>', ..] => {
                    self.at += 1;
                    break;
                }
                [b'/', b'>', ..] => {
                    self_closing = true;
                    self.at += 2;
                    break;
                }
                [b'/', ..] => self.at += 1,
                _ => self.attribute(&mut attrs),
            }
        }
        if kind == TagKind::EndTag {
            attrs.clear();
        }
        Some(Token::TagToken(Tag {
            kind,
            name: LocalName::from(&*name),
            self_closing,
            attrs,
            had_duplicate_attributes: false,
        }))
    }

    fn attribute(&mut self, attrs: &mut Vec<Attribute>) {
        let from = self.at;
        let ends = |b: &u8| {
            matches!(
                b,
                b'\t' | b'\n' | b'\r' | b'\x0c' | b' ' | b'/' | b'>' | b'='
            )
        };
        // A name may begin with `=`.
        let length = self.from(from + 1).iter().position(ends);
        self.at = from + 1 + length.unwrap_or(self.html.len() - from - 1);
        let name = self.slice(from, self.at);
        self.skip_space();
        let value = if self.from(self.at).first() == Some(&b'=') {
            self.at += 1;
            self.skip_space();
            self.value()
        } else {
            ""
        };
        let kept = KEPT.iter().find(|kept| name.eq_ignore_ascii_case(kept));
        if let Some(name) = kept
            && !attrs.iter().any(|a| &*a.name.local == *name)
        {
            attrs.push(Attribute {
                name: QualName::new(None, ns!(), LocalName::from(*name)),
                value: StrTendril::from_slice(&decode(chars::front(value, VALUE))),
            });
        }
    }

    fn value(&mut self) -> &'h str {
        let from = self.at;
        let (from, length, end) = match self.from(from).first() {
            Some(quote @ (b'"' | b'\'')) => {
                let length = memchr::memchr(*quote, self.from(from + 1));
                (from + 1, length, 1)
            }
            _ => {
                let ends = |b: &u8| matches!(b, b'\t' | b'\n' | b'\r' | b'\x0c' | b' ' | b'>');
                (from, self.from(from).iter().position(ends), 0)
            }
        };
        match length {
            Some(length) => {
                self.at = from + length + end;
                self.slice(from, from + length)
            }
            None => {
                self.at = self.html.len();
                self.slice(from, self.html.len())
            }
        }
    }

    fn skip_space(&mut self) {
        let spaces = self.from(self.at);
        let space = |b: &&u8| matches!(b, b'\t' | b'\n' | b'\r' | b'\x0c' | b' ');
        self.at += spaces.iter().take_while(space).count();
    }

    /// The text of a script, a style sheet or a title, up to its end tag, which is left to be read.
    fn raw_text(&mut self, name: &str) -> &'h str {
        let from = self.at;
        let rest = self.from(from);
        let closes = |at: &usize| {
            let tail = rest.get(at + 2..).unwrap_or_default();
            let named = tail.get(..name.len());
            let next = tail.get(name.len());
            named.is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()))
                && next.is_none_or(|b| !b.is_ascii_alphanumeric())
        };
        let length = memchr::memmem::find_iter(rest, b"</").find(closes);
        self.at = from + length.unwrap_or(rest.len());
        self.slice(from, self.at)
    }
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// `!DOCTYPE html`, behind its `<!`; the identifiers matter for what quirks a page relies on.
fn doctype(inside: &str) -> Option<Token> {
    let rest = inside
        .get(..7)
        .filter(|word| word.eq_ignore_ascii_case("doctype"))
        .and_then(|_| inside.get(7..))?;
    let name = rest.split_ascii_whitespace().next().unwrap_or("");
    let mut quoted = rest
        .split('"')
        .skip(1)
        .step_by(2)
        .map(StrTendril::from_slice);
    Some(Token::DoctypeToken(Doctype {
        name: Some(StrTendril::from_slice(&name.to_ascii_lowercase())),
        public_id: quoted.next(),
        system_id: quoted.next(),
        force_quirks: false,
    }))
}
