//! The lines around the text → the metadata.
//!
//! [`frame`](super::frame) has cut the header's lines into fields; here each key takes its value from the field
//! that speaks with most authority: a card's row before what stands in the text, but for the issuers, where the
//! sign-off and the title stand before a page's 发布机构. A field that repeats a value is kept in `spans` under
//! the key with `~2`, `~3` …, so that no line is lost.

mod closing;
mod names;
mod numbers;
mod title;

use std::collections::BTreeMap;

use super::frame::shape;
use super::frame::{Field, Frame, Role};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Date, Header};
use crate::span::{self, Span};
use crate::syntax::grammar::day;
use crate::text::{Locator, chars};
use crate::vocab::labels::Key;

/// Reads the metadata of a notice out of the fields that the frame found.
pub fn header(
    locator: &Locator<'_>,
    frame: &Frame<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Header {
    let mut reader = Reader {
        locator,
        frame,
        header: Header::default(),
        title_words: None,
        diagnostics,
    };
    reader.numbers();
    reader.title();
    reader.days();
    reader.names();
    reader.cells();
    reader.terms();
    reader.header
}

/// What the passes over the fields share.
struct Reader<'a, 's> {
    locator: &'a Locator<'s>,
    frame: &'a Frame<'s>,
    header: Header,
    /// The title as it stands, gaps and all.
    title_words: Option<&'s str>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'s> Reader<'_, 's> {
    /// The fields of some roles, in the order of the text.
    fn fields(&self, role: impl Fn(Role) -> bool) -> Vec<Field<'s>> {
        self.frame
            .fields
            .iter()
            .filter(|f| role(f.role) && !f.text.is_empty())
            .copied()
            .collect()
    }

    fn card(&self, key: Key) -> Vec<Field<'s>> {
        self.fields(|role| role == Role::Card(key))
    }

    fn first(&self, role: Role) -> Option<Field<'s>> {
        self.frame
            .fields
            .iter()
            .find(|f| f.role == role && !f.text.is_empty())
            .copied()
    }

    /// Notes where a key was read; a second place gets `~2`.
    fn mark(&mut self, key: &str, words: &str) {
        let span = self.locator.span(words);
        note_span(&mut self.header.spans, key, span);
    }

    fn day_of(&self, words: &str) -> Option<Date> {
        let start = words.find(|c: char| chars::is_digit(c) || "一二〇○".contains(c))?;
        let (_, found) = day::day(words.get(start..)?).ok()?;
        shape::date(&found)
    }

    /// 成文日期, 发布日期, 生效日期, 失效日期.
    fn days(&mut self) {
        let signed = self.first(Role::SignOffDay);
        let head = self.fields(|role| role == Role::HeadDay);
        let enacted = self.enacted();
        let card = self.card(Key::WrittenOn).first().copied();
        // 成文日期 on the page's card goes before the sign-off; 印发日期 and the like are other days, and only stand in.
        let ruling = card.filter(|field| {
            !["印发", "签发", "颁布", "制发"]
                .iter()
                .any(|word| shape::squeeze(field.label).starts_with(word))
                && self.day_of(field.text).is_some()
        });
        let mut written = ruling.or(signed).or(card).or(enacted);
        let mut published = self.card(Key::PublishedOn).first().copied();
        for field in &head {
            if written.is_none() {
                written = Some(*field);
            } else if published.is_none() && signed.is_some() {
                published = Some(*field);
            }
        }
        if let (Some(card), Some(signed)) = (ruling, signed) {
            let days = (self.day_of(card.text), self.day_of(signed.text));
            if let (Some(labelled), Some(written)) = days
                && labelled != written
            {
                self.disagree(signed.text, &labelled.to_string(), &written.to_string());
            }
        }
        self.header.written_on = self.take_day("written_on", written);
        self.header.published_on = self.take_day("published_on", published);
        let effective = self.card(Key::EffectiveOn).first().copied();
        let expires = self.card(Key::ExpiresOn).first().copied();
        self.header.effective_on = self.take_day("effective_on", effective);
        self.header.expires_on = self.take_day("expires_on", expires);
        let used = [written, published];
        for field in head.iter().chain(&card).chain(&signed).chain(&enacted) {
            if !used.contains(&Some(*field)) {
                let key = if head.contains(field) {
                    "published_on"
                } else {
                    "written_on"
                };
                self.mark(key, field.text);
            }
        }
        for key in [Key::PublishedOn, Key::WrittenOn] {
            let name = if key == Key::PublishedOn {
                "published_on"
            } else {
                "written_on"
            };
            for field in self.card(key).into_iter().skip(1) {
                self.mark(name, field.text);
            }
        }
    }

    /// Tells that the page labels a value otherwise than the text gives it.
    fn disagree(&mut self, words: &str, labelled: &str, written: &str) {
        let span = self.locator.span(words);
        self.diagnostics.push(Diagnostic::new(
            Code::PageDisagrees,
            Some(span),
            &[labelled, written],
        ));
    }

    /// The last day in what stands under the title: `（1999年5月23日…公布 2013年7月18日…修订）` is of 2013.
    fn enacted(&self) -> Option<Field<'s>> {
        let lines = self.fields(|role| role == Role::Subtitle);
        lines.into_iter().find_map(|field| {
            let mut last = None;
            let mut rest = field.text;
            while let Some(at) = rest.find(|c: char| chars::is_digit(c) || "一二〇○".contains(c))
            {
                rest = rest.get(at..)?;
                match day::day(rest) {
                    Ok((after, found)) => {
                        rest = after;
                        // 自…起施行 is another day.
                        if !after.starts_with('起') {
                            last = Some(found.text);
                        }
                    }
                    Err(_) => {
                        // The digits of a number go together: their tail is no year.
                        rest = rest.trim_start_matches(|c: char| {
                            chars::is_digit(c) || "一二〇○".contains(c)
                        });
                    }
                }
            }
            last.map(|text| Field { text, ..field })
        })
    }

    fn take_day(&mut self, key: &str, field: Option<Field<'s>>) -> Option<Date> {
        let field = field?;
        let date = self.day_of(field.text);
        self.mark(key, field.text);
        date
    }

    /// The keys that take a cell as it stands.
    fn cells(&mut self) {
        self.header.category =
            self.cell("category", &[Role::Card(Key::Category), Role::BareCategory]);
        self.header.topic = self.cell("topic", &[Role::Card(Key::Topic), Role::BareTopic]);
        self.header.validity = self.cell("validity", &[Role::Card(Key::Validity), Role::Validity]);
        self.header.secrecy = self.cell("secrecy", &[Role::Secrecy, Role::Card(Key::Secrecy)]);
        self.header.urgency = self.cell("urgency", &[Role::Urgency, Role::Card(Key::Urgency)]);
        self.header.copy_number = self.cell(
            "copy_number",
            &[Role::CopyNumber, Role::Card(Key::CopyNumber)],
        );
        self.header.approver = self.cell("approver", &[Role::Card(Key::Approver), Role::Signatory]);
        self.header.note = self.cell("note", &[Role::Note, Role::Card(Key::Note)]);
        self.header.origin = self.cell("origin", &[Role::Card(Key::Origin)]);
        self.header.disclosure = self.cell("disclosure", &[Role::Card(Key::Disclosure)]);
        if let Some(field) = self.card(Key::Keywords).first().copied() {
            self.header.keywords = names::words(field.text);
            self.mark("keywords", field.text);
        }
        let named = self.fields(|role| matches!(role, Role::FileTitle | Role::FileNumber));
        for field in self.frame.fields.iter().copied() {
            let (label, words) = match field.role {
                Role::Card(Key::Other) => (shape::squeeze(field.label), field.text),
                Role::AttachmentList => ("附件".to_owned(), field.text),
                Role::File if named.iter().all(|f| f.line != field.line) => {
                    ("附件".to_owned(), field.text)
                }
                Role::Contact => ("联系".to_owned(), field.text),
                _ => continue,
            };
            self.other(label, words);
        }
        for field in self.frame.fields.iter().copied() {
            // Where the lines stand that give no value of their own.
            match field.role {
                Role::Label(Key::Publisher) => self.mark("issuers.publisher", field.text),
                Role::Label(key) => self.mark(key.name(), field.text),
                Role::BlankNumber => self.mark("doc_number", field.text),
                Role::Seal => self.mark("signed_by", field.text),
                Role::Subtitle => self.mark("title", field.text),
                _ => {}
            }
        }
    }

    fn cell(&mut self, key: &str, roles: &[Role]) -> Option<String> {
        let mut value = None;
        for role in roles {
            for field in self.fields(|r| r == *role) {
                self.mark(key, field.text);
                value.get_or_insert_with(|| tidy(field.text));
            }
        }
        value
    }

    /// A labelled line that has no key of its own; lines under one label are kept together.
    fn other(&mut self, label: String, words: &str) {
        if words.is_empty() {
            return;
        }
        let span = self.locator.span(words);
        note_span(&mut self.header.spans, &format!("other.{label}"), span);
        let value = self.header.other.entry(label).or_default();
        if !value.is_empty() {
            value.push('\n');
        }
        value.push_str(&tidy(words));
    }

    /// The words from one field to another.
    fn between(&self, first: &Field<'s>, last: &Field<'s>) -> &'s str {
        span::between(self.locator.text(), first.text, last.text)
    }
}

fn note_span(spans: &mut BTreeMap<String, Span>, key: &str, span: Span) {
    let mut name = key.to_owned();
    let mut n = 1;
    while spans.get(&name).is_some_and(|old| *old != span) {
        n += 1;
        name = format!("{key}~{n}");
    }
    spans.insert(name, span);
}

/// Words with the spaces that only a page put there left out: none beside a Chinese character, one elsewhere.
pub(super) fn tidy(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut gap = false;
    for c in words.chars() {
        if chars::is_invisible(c) {
            continue;
        }
        if chars::is_space(c) {
            gap = true;
            continue;
        }
        if gap
            && out
                .chars()
                .next_back()
                .is_some_and(|last| last.is_ascii_graphic())
            && c.is_ascii_graphic()
        {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}
