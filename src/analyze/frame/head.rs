//! What stands before the text: card, mark, number, title, addressees.

use super::shape;
use super::{Framer, Part, Role};
use crate::span;
use crate::text::chars;
use crate::vocab::labels::Key;

/// A head has at most so many lines.
const HEAD_MAX: usize = 160;

/// A title has at most so many lines.
const TITLE_LINES: usize = 6;

impl<'s> Framer<'s> {
    /// Reads the head; gives the first line of the text.
    pub(super) fn head(&mut self) -> usize {
        let mut loose = Vec::new();
        let mut end = self.lines.len().min(HEAD_MAX);
        let mut i = 0;
        while i < end {
            let text = self.line(i);
            if shape::is_noise(text) {
                self.set(i, Part::Noise);
            } else if let Some(next) = self.card_row(i) {
                i = next;
                continue;
            } else if self.plain_field(i) {
            } else if shape::is_addressees(text) {
                self.piece(
                    i,
                    Role::Addressees,
                    "",
                    text.trim_end_matches(chars::is_colon),
                );
                end = i + 1;
            } else if self.lines.get(i).is_some_and(|l| l.marker.is_some())
                || shape::is_running(text)
            {
                end = i;
                break;
            } else {
                loose.push(i);
            }
            i += 1;
        }
        self.settle(&loose);
        end
    }

    /// A row of a card, and the value on the next line where it stands there; gives the next line to read.
    fn card_row(&mut self, i: usize) -> Option<usize> {
        let pairs = shape::card(self.line(i));
        let last = *pairs.last()?;
        if pairs.iter().all(|pair| pair.label.key == Key::Noise) {
            self.set(i, Part::Noise);
            return Some(i + 1);
        }
        if !last.label.colon && last.value.is_empty() && !self.is_value(i + 1, last.label.key) {
            // A word alone on its line is a label only where a value follows.
            return None;
        }
        for pair in &pairs {
            if pair.label.key != Key::Noise {
                self.piece(i, Role::Card(pair.label.key), pair.label.text, pair.value);
            }
        }
        if last.value.is_empty() && self.is_value(i + 1, last.label.key) {
            self.fields.pop();
            let first = self.line(i + 1);
            let mut next = i + 2;
            let mut value = first;
            // A title in a cell may be wrapped.
            while last.label.key == Key::Title
                && next < i + 1 + TITLE_LINES
                && shape::title_ending(value).is_none()
                && self.is_value(next, Key::Title)
            {
                value = span::between(self.text, first, self.line(next));
                self.set(next, Part::Header);
                next += 1;
            }
            self.set(i, Part::Header);
            self.piece(i + 1, Role::Card(last.label.key), last.label.text, value);
            return Some(next);
        }
        Some(i + 1)
    }

    /// Whether a line may be the value of a label on the line before it.
    fn is_value(&self, i: usize, key: Key) -> bool {
        let text = self.line(i);
        if text.is_empty() || !shape::card(text).is_empty() || text.len() > 600 {
            return false;
        }
        match key {
            _ if key.is_day() => shape::day_line(text).is_some(),
            Key::DocNumber => shape::number_line(text).is_some(),
            Key::IndexNumber => shape::index_line(text).is_some() || text.is_ascii(),
            Key::Title => !shape::is_running(text),
            Key::Noise => shape::is_noise(text),
            Key::Keywords | Key::Note | Key::Other => !shape::is_running(text) && text.len() < 90,
            _ => {
                !shape::is_running(text)
                    && text.len() < 200
                    && shape::number_line(text).is_none()
                    && shape::day_line(text).is_none()
            }
        }
    }

    /// A value that its shape alone tells.
    fn plain_field(&mut self, i: usize) -> bool {
        let text = self.line(i);
        let role = if shape::number_line(text).is_some() {
            Role::Number
        } else if shape::index_line(text).is_some() {
            Role::IndexNumber
        } else if shape::day_line(text).is_some() {
            Role::HeadDay
        } else if shape::is_validity(text) {
            Role::Validity
        } else if let Some(inner) = shape::bracketed(text) {
            if shape::is_note(inner) {
                self.piece(i, Role::Note, "", inner);
                return true;
            }
            return false;
        } else if is_secrecy(text) {
            Role::Secrecy
        } else if matches!(text, "特急" | "加急" | "特提" | "平急") {
            Role::Urgency
        } else if text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()) {
            Role::CopyNumber
        } else {
            return false;
        };
        self.field(i, role);
        true
    }

    /// Tells what the lines are that no shape told: title, mark, bare values, furniture.
    fn settle(&mut self, loose: &[usize]) {
        let bare = self.has(Role::IndexNumber);
        let titled = self
            .fields
            .iter()
            .any(|f| f.role == Role::Card(Key::Title) && !f.text.is_empty());
        let runs = runs(loose);
        let is_title = |run: &[usize], framer: &Self| {
            run.iter().rposition(|&i| {
                let text = framer.line(i);
                shape::title_ending(text).is_some() && !shape::is_order(text)
            })
        };
        let mut found = false;
        for run in &runs {
            let Some(last) = is_title(run, self) else {
                continue;
            };
            let first = self.title_start(run, last);
            for &i in run.get(first..=last).unwrap_or(&[]) {
                self.field(i, Role::Title);
            }
            found = true;
        }
        for run in &runs {
            for &i in run.iter() {
                if self.is_free(i) {
                    self.settle_line(i, bare);
                }
            }
        }
        if !found && !titled && !bare {
            self.any_title(&runs);
        }
        for &i in loose {
            if self.is_free(i) {
                self.set(i, Part::Noise);
            }
        }
    }

    /// Where a title that ends in line `last` of a run begins.
    fn title_start(&self, run: &[usize], last: usize) -> usize {
        let mut first = last;
        while first > 0 && last - first < TITLE_LINES {
            let Some(above) = run.get(first - 1).map(|&i| self.line(i)) else {
                break;
            };
            let here = run.get(first).map_or("", |&i| self.line(i));
            let goes_on =
                here.starts_with("关于") || here.starts_with("印发") || here.starts_with("转发");
            if above.ends_with("文件")
                || shape::title_ending(above).is_some() && !goes_on && !above.contains("关于")
            {
                break;
            }
            if shape::is_bodies(above) && !goes_on || shape::is_order(above) {
                break;
            }
            first -= 1;
        }
        first
    }

    fn settle_line(&mut self, i: usize, bare: bool) {
        let text = self.line(i);
        if shape::bracketed(text).is_some() || text.starts_with('—') {
            if !self.has(Role::Title) {
                return;
            }
            self.field(i, Role::Subtitle);
        } else if text.ends_with("文件") && !bare || shape::is_order(text) {
            self.field(i, Role::Mark);
        } else if shape::is_bodies(text) {
            self.field(i, if bare { Role::BareIssuer } else { Role::Mark });
        } else if bare {
            let role = if self.has(Role::Validity)
                && self
                    .fields
                    .iter()
                    .any(|f| f.role == Role::Validity && f.line < i)
            {
                Role::BareTopic
            } else {
                Role::BareCategory
            };
            if !self.has(role) {
                self.field(i, role);
            }
        }
    }

    /// Where no line ends as titles do: the last run before the text.
    fn any_title(&mut self, runs: &[Vec<usize>]) {
        let free = |framer: &Self, run: &[usize]| -> Vec<usize> {
            run.iter().copied().filter(|&i| framer.is_free(i)).collect()
        };
        for run in runs.iter().rev() {
            let lines = free(self, run);
            let long = lines.iter().map(|&i| self.line(i).len()).sum::<usize>() > 400;
            let table = lines
                .iter()
                .any(|&i| self.line(i).split_whitespace().count() > 4);
            if lines.is_empty() || lines.len() > 3 || long || table {
                continue;
            }
            for i in lines {
                self.field(i, Role::Title);
            }
            return;
        }
    }
}

/// Runs of lines that follow each other.
fn runs(lines: &[usize]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for &i in lines {
        match runs.last_mut() {
            Some(run) if run.last().is_some_and(|last| last + 1 == i) => run.push(i),
            _ => runs.push(vec![i]),
        }
    }
    runs
}

/// `秘密★1年`, `机密`.
fn is_secrecy(text: &str) -> bool {
    ["绝密", "机密", "秘密"].iter().any(|word| {
        text.strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['★', '☆']))
    })
}
