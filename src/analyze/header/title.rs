//! 标题 and 文种.

use super::{Reader, shape, tidy};
use crate::analyze::frame::{Field, Part, Role};
use crate::vocab::kinds;
use crate::vocab::labels::Key;

impl<'s> Reader<'_, 's> {
    /// Reads title and kind.
    pub(super) fn title(&mut self) {
        let runs = self.title_runs();
        let card = self.card(Key::Title);
        let mut own = None;
        for field in &card {
            self.mark("title", field.text);
            own.get_or_insert_with(|| (tidy(field.text), field.line));
        }
        for run in &runs {
            let (Some(first), Some(last)) = (run.first(), run.last()) else {
                continue;
            };
            let words = self.between(first, last);
            self.mark("title", words);
            own.get_or_insert_with(|| (tidy(words), first.line));
        }
        let enclosed = own
            .as_ref()
            .is_some_and(|(_, line)| self.is_behind_text(*line));
        let attached = self.frame.attachments.iter().find_map(|a| a.title);
        let transmits = self.transmits();
        if own.is_none()
            && transmits
            && let Some(words) = attached
        {
            self.mark("title", words);
            own = Some((tidy(words), usize::MAX));
        }
        let Some((title, line)) = own else {
            if transmits {
                self.header.kind = Some("通知".to_owned());
            }
            return;
        };
        let title = unquoted(&title);
        let labelled = self.card(Key::Kind).first().and_then(|f| {
            kinds::statutory(&tidy(f.text))
                .or_else(|| kinds::ending(f.text).and_then(|(_, kind)| kind))
        });
        let own_title = !enclosed && line != usize::MAX;
        let kind = match shape::title_ending(&title).and_then(|(_, kind)| kind) {
            Some(kind) if own_title => Some(kind),
            _ if transmits => Some("通知"),
            kind => kind.or(labelled).or_else(|| self.order_kind()),
        };
        self.header.kind = kind.map(str::to_owned);
        self.header.title = Some(title);
    }

    /// The lines of titles, each title's lines together.
    fn title_runs(&self) -> Vec<Vec<Field<'s>>> {
        let mut runs: Vec<Vec<Field<'s>>> = Vec::new();
        for field in self.fields(|r| r == Role::Title) {
            match runs.last_mut() {
                Some(run)
                    if run.last().is_some_and(|l| {
                        l.line + 1 == field.line
                            && shape::title_ending(l.text)
                                .is_none_or(|_| shape::bracketed(field.text).is_some())
                    }) =>
                {
                    run.push(field);
                }
                _ => runs.push(vec![field]),
            }
        }
        runs
    }

    /// Whether text stands before a line: then its title is that of what is enclosed.
    fn is_behind_text(&self, line: usize) -> bool {
        self.frame
            .parts
            .iter()
            .take(line)
            .any(|part| *part == Part::Body)
    }

    /// Whether the text sends another on: 现印发给你们.
    fn transmits(&self) -> bool {
        self.lines
            .iter()
            .zip(&self.frame.parts)
            .filter(|(_, part)| **part == Part::Body)
            .take(6)
            .any(|(line, _)| is_transmittal(line.text))
    }

    /// An order or announcement tells its kind by its number: 国务院令第746号.
    fn order_kind(&self) -> Option<&'static str> {
        let agency = self.header.doc_number.as_ref()?.agency.as_deref()?;
        kinds::ending(agency).and_then(|(_, kind)| kind)
    }
}

/// `现印发给你们`, `现将《…》印发你们`, `现转发给你们`.
pub(super) fn is_transmittal(text: &str) -> bool {
    let text = shape::squeeze(text);
    [
        "印发给你",
        "印发你",
        "转发给你",
        "转发你",
        "予以印发",
        "现印发",
        "现予印发",
        "下发给你",
        "发给你们",
    ]
    .iter()
    .any(|words| text.contains(words))
}

/// A title without the quotation marks around the whole of it.
fn unquoted(title: &str) -> String {
    let inner = title
        .strip_prefix('《')
        .and_then(|rest| rest.strip_suffix('》'))
        .filter(|inner| !inner.contains('《') && !inner.contains('》'));
    inner.unwrap_or(title).to_owned()
}
