//! 发文字号 and 索引号.

use super::{Field, Reader, shape, tidy};
use crate::analyze::frame::Role;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{DocNumber, IndexNumber};
use crate::syntax::grammar::identity::{self, NumberForm};
use crate::text::chars;
use crate::vocab::divisions;
use crate::vocab::labels::Key;

/// The form of a number is told at so many places at most.
const MOST_PLACES: usize = 20;

impl<'s> Reader<'_, 's> {
    /// Reads both numbers.
    pub(super) fn numbers(&mut self) {
        let fields = [
            self.card(Key::DocNumber),
            self.fields(|r| r == Role::Number),
            self.fields(|r| r == Role::FileNumber),
        ]
        .concat();
        for field in fields {
            let words = shape::bracketed(field.text).unwrap_or(field.text);
            self.mark("doc_number", words);
            if self.header.doc_number.is_none() {
                self.doc_number(&field, words);
            } else if field.role == Role::Number {
                self.other_number(words);
            }
        }
        let fields = [
            self.card(Key::IndexNumber),
            self.fields(|r| r == Role::IndexNumber),
        ]
        .concat();
        for field in fields {
            self.mark("index_number", field.text);
            if self.header.index_number.is_none() {
                self.index_number(field.text);
            }
        }
    }

    fn doc_number(&mut self, field: &Field<'s>, words: &'s str) {
        let Some(mut number) = doc_number(words) else {
            return;
        };
        if number.agency.is_none()
            && let Some(mark) = self.order_mark(field)
        {
            // 某某省人民政府令 stands on the line above （第19号）.
            number.text = format!("{mark}{}", number.text);
            number.normalized = format!("{mark}{}", number.normalized);
            number.agency = Some(mark);
        } else if number.text != number.normalized {
            self.doc_number_form(&number, words);
        }
        self.header.doc_number = Some(number);
    }

    /// A number that is not in the standard form, at each place where it stands so.
    ///
    /// Quiet for a space before 号 in a text that has such spaces beside its numbers throughout: its extraction put them
    /// there.
    fn doc_number_form(&mut self, number: &DocNumber, words: &str) {
        let text = self.locator.text();
        if number.text.replace(" 号", "号") == number.normalized && is_spaced(text) {
            return;
        }
        let args: [&str; 2] = [&number.text, &number.normalized];
        let again = text.match_indices(words).map(|(_, place)| place);
        for place in again.take(MOST_PLACES) {
            let span = self.locator.span(place);
            let finding = Diagnostic::new(Code::DocNumberForm, Some(span), &args);
            // Where more stands there than the number, only the number may be mended.
            self.diagnostics
                .push(if shape::squeeze(words) == shape::squeeze(&number.text) {
                    finding.with_fix(span, number.normalized.clone())
                } else {
                    finding
                });
        }
    }

    /// Tells that the text has another number than the page's card.
    fn other_number(&mut self, words: &'s str) {
        let (Some(labelled), Some(written)) = (&self.header.doc_number, doc_number(words)) else {
            return;
        };
        let same = (labelled.year, labelled.serial) == (written.year, written.serial);
        // An order's number is written with and without the order's name, shortened too.
        let named = labelled.year.is_none() || labelled.agency == written.agency;
        let bare = labelled.agency.is_none() || written.agency.is_none();
        if same && (named || bare) {
            return;
        }
        let labelled = labelled.normalized.clone();
        self.disagree(words, &labelled, &written.normalized);
    }

    /// The mark of an order at its number, or right above it, with the body that stands above the mark where it names none.
    fn order_mark(&self, number: &Field<'s>) -> Option<String> {
        let marks = self.fields(|r| r == Role::Mark);
        let at = marks.iter().rposition(|mark| {
            mark.line <= number.line && number.line - mark.line <= 2 && shape::is_order(mark.text)
        })?;
        let mark = marks.get(at)?;
        let words = shape::squeeze(mark.text);
        if !shape::marked_body(mark.text).is_empty() {
            return Some(words);
        }
        let above = at.checked_sub(1).and_then(|above| marks.get(above));
        let body = above.filter(|above| above.line + 1 == mark.line);
        Some(body.map_or(String::new(), |body| shape::squeeze(body.text)) + &words)
    }

    fn index_number(&mut self, words: &str) {
        let number = index_number(words);
        let code = number.organization.as_deref().unwrap_or("");
        if number.organization_valid == Some(false) {
            let right = identity::credit_check(code).map(String::from);
            self.diagnostics.push(Diagnostic::new(
                Code::IndexNumberCheck,
                Some(self.locator.span(words)),
                &[code, right.as_deref().unwrap_or("?")],
            ));
        }
        self.header.index_number = Some(number);
    }
}

/// Whether a text has spaces between digits and Chinese throughout, as some extractions from PDF leave them.
fn is_spaced(text: &str) -> bool {
    let mut spaces = text.match_indices(' ').filter(|(at, _)| {
        let (before, after) = (&text[..*at], &text[at + 1..]);
        before.ends_with(|c: char| c.is_ascii_digit()) && after.starts_with(chars::is_han)
    });
    // One may be the number's own.
    spaces.nth(1).is_some()
}

/// A document number from the words of a cell or line.
fn doc_number(words: &str) -> Option<DocNumber> {
    let words = words.trim_start_matches(chars::is_space);
    let (_, number) = identity::doc_number(words).ok()?;
    let agency = shape::squeeze(number.agency);
    let serial = number.serial;
    let shown = serial.map(|s| s.to_string()).unwrap_or_default();
    let infix = number.infix;
    let normalized = match (number.form, number.year) {
        (NumberForm::Bracketed, Some(year)) => format!("{agency}〔{year}〕{infix}{shown}号"),
        (NumberForm::Bracketed, None) => format!("{agency}〔{}〕第{shown}号", number.session),
        (NumberForm::YearPlain, Some(year)) => format!("{agency}{year}年第{shown}号"),
        _ => format!("{agency}第{shown}号"),
    };
    Some(DocNumber {
        text: visible(number.text),
        normalized,
        agency: (!agency.is_empty()).then_some(agency),
        year: number.year,
        serial,
    })
}

/// The words without characters that have no width.
fn visible(words: &str) -> String {
    words.chars().filter(|c| !chars::is_invisible(*c)).collect()
}

/// An index number; one that is built otherwise is kept as text.
fn index_number(words: &str) -> IndexNumber {
    let mut number = IndexNumber {
        text: tidy(words),
        organization: None,
        organization_valid: None,
        division_code: None,
        division: None,
        year_month: None,
        serial: None,
    };
    let Ok((_, parts)) = identity::index_number(words) else {
        return number;
    };
    number.organization = Some(parts.organization.to_owned());
    number.year_month = Some(parts.year_month.to_owned());
    number.serial = Some(parts.serial.to_owned());
    if identity::is_credit_code(parts.organization) {
        let check = identity::credit_check(parts.organization);
        number.organization_valid = Some(check == parts.organization.chars().last());
        let code = parts.organization.get(2..8).unwrap_or("");
        number.division_code = Some(code.to_owned());
        number.division = divisions::name(code).map(str::to_owned);
    }
    number
}
