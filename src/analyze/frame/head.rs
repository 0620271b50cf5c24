//! What stands before the text: card, mark, number, title, addressees.

use super::shape;
use super::{Framer, Part, Role};
use crate::span;
use crate::text::chars;
use crate::vocab::kinds;
use crate::vocab::labels::Key;

/// A head has at most so many lines.
const HEAD_MAX: usize = 160;

/// A title has at most so many lines.
const TITLE_LINES: usize = 6;

/// Addressees are wrapped over at most so many lines.
const ADDRESSEE_LINES: usize = 8;

/// The words under a picture may stand in the first so many lines.
const CAPTION_MAX: usize = 3;

/// A title that crumbs of a page say too: one only where nothing else is.
const REPORT: &str = "政府工作报告";

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
            } else if self.addressees(i, &mut loose) {
                end = i + 1;
            } else if self.is_contents(i) {
                end = i;
                break;
            } else if i < CAPTION_MAX && loose.is_empty() && is_caption(text) {
                self.set(i, Part::Noise);
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

    /// The addressees, which may be wrapped over lines.
    fn addressees(&mut self, i: usize, loose: &mut Vec<usize>) -> bool {
        let text = self.line(i);
        if !text.ends_with(chars::is_colon) || text.starts_with("各位") {
            return false;
        }
        // The lines above that run on into this one: parts of a list, whose line is broken anywhere.
        let above = (i.saturating_sub(ADDRESSEE_LINES)..i)
            .rev()
            .take_while(|&j| self.is_list_scrap(j) || loose.contains(&j) && self.is_list_part(j));
        let first = above
            .filter(|&j| self.is_list_part(j))
            .last()
            .filter(|&j| shape::is_addressees(span::between(self.text, self.line(j), text)));
        let first = match first {
            Some(first) => first,
            None if shape::is_addressees(text) => i,
            None => return false,
        };
        loose.retain(|&line| line < first);
        let whole = span::between(self.text, self.line(first), text);
        for line in first..=i {
            self.set(line, Part::Header);
        }
        let list = whole.trim_end_matches(chars::is_colon);
        self.piece(first, Role::Addressees, "", list);
        true
    }

    /// Whether a line may be a part of a wrapped list of addressees.
    fn is_list_part(&self, i: usize) -> bool {
        let text = self.line(i);
        let listed = |c| chars::is_comma(c) || chars::is_enumeration_comma(c);
        (text.contains(listed) || text.starts_with('各'))
            && !text.contains("关于")
            && shape::title_ending(text).is_none()
            && !shape::is_mark(text)
    }

    /// Whether a line holds only what a page left of a list: a bracket, a word in brackets.
    fn is_list_scrap(&self, i: usize) -> bool {
        matches!(self.line(i), "局" | "委" | "办" | "厅")
            || self.line(i).chars().count() == 1
                && self
                    .line(i)
                    .starts_with(|c| chars::is_open_round(c) || chars::is_close_round(c))
    }

    /// `目录` or `目　录`, perhaps over two lines: the text begins with its contents.
    fn is_contents(&self, i: usize) -> bool {
        let text = self.line(i);
        match text.len() {
            3 => text == "目" && self.line(i + 1) == "录",
            ..=24 => shape::squeeze(text) == "目录",
            _ => false,
        }
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
            self.piece(i, Role::Label(last.label.key), "", last.label.text);
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
        let mut found = self.card_title(&runs);
        self.blank_numbers(loose);
        for run in &runs {
            found |= self.title_of(run, |text| {
                !shape::is_order(text) && shape::squeeze(text) != REPORT
            });
        }
        if !found && !titled {
            for run in &runs {
                found |= self.title_of(run, |text| shape::squeeze(text) == REPORT);
            }
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

    /// The lines that together say what the card gives as the title.
    fn card_title(&mut self, runs: &[Vec<usize>]) -> bool {
        let card = self
            .fields
            .iter()
            .find(|f| f.role == Role::Card(Key::Title) && !f.text.is_empty());
        let Some(whole) = card.map(|f| letters(f.text)) else {
            return false;
        };
        for run in runs {
            for first in 0..run.len() {
                let mut rest = whole.as_str();
                for (n, &i) in run.iter().enumerate().skip(first).take(TITLE_LINES) {
                    let Some(after) = rest.strip_prefix(letters(self.line(i)).as_str()) else {
                        break;
                    };
                    rest = after;
                    if rest.is_empty() {
                        for &i in run.get(first..=n).unwrap_or(&[]) {
                            self.field(i, Role::Title);
                        }
                        return true;
                    }
                }
            }
        }
        false
    }

    /// A number that was left blank, perhaps with `号` on a line of its own.
    fn blank_numbers(&mut self, loose: &[usize]) {
        for &i in loose {
            if self.is_free(i) && shape::is_blank_number(self.line(i)) {
                self.field(i, Role::BlankNumber);
                if self.is_free(i + 1) && self.line(i + 1) == "号" {
                    self.field(i + 1, Role::BlankNumber);
                }
            }
        }
    }

    /// The title that a run of lines holds, by how its last line ends.
    fn title_of(&mut self, run: &[usize], may_end: impl Fn(&str) -> bool) -> bool {
        let last = run.iter().rposition(|&i| {
            let text = self.line(i);
            self.is_free(i) && shape::title_ending(text).is_some() && may_end(text)
        });
        let Some(last) = last else {
            return false;
        };
        let first = self.title_start(run, last);
        for &i in run.get(first..=last).unwrap_or(&[]) {
            self.field(i, Role::Title);
        }
        if let Some(&next) = run.get(last + 1)
            && shape::bracketed(self.line(next)).is_some_and(shape::is_title_suffix)
        {
            self.field(next, Role::Title);
        }
        true
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
            let taken = run.get(first - 1).is_none_or(|&i| !self.is_free(i));
            if taken || shape::is_mark(above) || self.ends_title(run, first - 1) && !goes_on {
                break;
            }
            if shape::is_bodies(above) && !goes_on || shape::is_order(above) {
                break;
            }
            first -= 1;
        }
        first
    }

    /// Whether a line of a run ends a title, and not only a part of one: `…关于全面推行`, `…公示制度`, `…的指导意见`.
    fn ends_title(&self, run: &[usize], n: usize) -> bool {
        let line = |n: usize| run.get(n).map_or("", |&i| self.line(i));
        let Some((word, _)) = shape::title_ending(line(n)) else {
            return false;
        };
        let opens = |text: &str| text.contains("关于") || text.contains("印发");
        let opened = opens(line(n)) || n > 0 && opens(line(n - 1)) && kinds::is_weak(word);
        !opened
    }

    fn settle_line(&mut self, i: usize, bare: bool) {
        let text = self.line(i);
        if shape::bracketed(text).is_some() || text.starts_with('—') || shape::is_venue(text) {
            if !self.has(Role::Title) && !self.has(Role::Card(Key::Title)) {
                return;
            }
            self.field(i, Role::Subtitle);
        } else if self.speaker(i) {
        } else if let Some((mark, number)) = shape::order(text) {
            self.piece(i, Role::Mark, "", mark);
            if let Some(number) = number {
                self.piece(i, Role::Number, "", number);
            }
        } else if shape::is_mark(text) && !bare {
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

    /// Whoever gives a report, under the words that say before whom: office and name on a line, or on two, or the name alone.
    fn speaker(&mut self, i: usize) -> bool {
        let venue = self
            .fields
            .iter()
            .filter(|f| f.role == Role::Subtitle && f.line < i)
            .any(|f| {
                f.text
                    .trim_end_matches(chars::is_close_round)
                    .ends_with('上')
            });
        let text = self.line(i);
        if !venue || text.len() > 120 {
            return false;
        }
        if shape::is_office(&shape::squeeze(text))
            && self.is_free(i + 1)
            && shape::is_person(self.line(i + 1))
        {
            let both = span::between(self.text, text, self.line(i + 1));
            self.piece(i, Role::Speaker, "", both);
            self.set(i + 1, Part::Header);
        } else if shape::signatory(text) || shape::is_person(text) {
            self.field(i, Role::Speaker);
        } else {
            return false;
        }
        true
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
            // The name of whoever wrote or spoke stands under a title, and is none.
            let named = lines.len() > 1
                && lines
                    .last()
                    .is_some_and(|&i| shape::is_person(self.line(i)));
            let count = lines.len() - usize::from(named);
            for i in lines.into_iter().take(count) {
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

/// The letters and digits of a title: what titles are compared by.
fn letters(text: &str) -> String {
    text.chars().filter(|c| chars::is_word(*c)).collect()
}

/// The words under a picture: `某某作政府工作报告。本报记者 王某 摄`.
fn is_caption(text: &str) -> bool {
    text.len() < 240
        && text.ends_with('摄')
        && (text.contains("记者") || text.contains("通讯员") || text.contains("摄影"))
}

/// `秘密★1年`, `机密`.
fn is_secrecy(text: &str) -> bool {
    ["绝密", "机密", "秘密"].iter().any(|word| {
        text.strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['★', '☆']))
    })
}
