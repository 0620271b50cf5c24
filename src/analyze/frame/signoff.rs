//! What stands behind the text: 附件说明, 署名, 成文日期, 附注, 抄送, 印发.

use super::shape;
use super::{Framer, Part, Role};
use crate::syntax::grammar::day::day;
use crate::text::chars;
use crate::vocab::kinds;
use crate::vocab::labels::Key;

/// Bodies that sign jointly are at most so many.
const SIGNERS_MAX: usize = 30;

/// The title of an enclosed text has at most so many lines.
const ENCLOSED_MAX: usize = 5;

/// 附件说明 has at most so many lines.
const LIST_MAX: usize = 60;

impl<'s> Framer<'s> {
    /// Takes the furniture and the imprint off the end; gives the line after the last of the text.
    pub(super) fn tail(&mut self, start: usize) -> usize {
        let mut end = self.lines.len();
        while end > start {
            let i = end - 1;
            if !self.is_free(i) || !(self.file(i) || self.end_noise(i) || self.imprint(i)) {
                break;
            }
            end -= 1;
        }
        end
    }

    fn end_noise(&mut self, i: usize) -> bool {
        if shape::is_noise(self.line(i)) {
            self.set(i, Part::Noise);
            return true;
        }
        false
    }

    /// 抄送, 印发, and other labelled lines behind the text.
    fn imprint(&mut self, i: usize) -> bool {
        let text = self.line(i);
        if let Some(at) = text.find("印发") {
            let before = text.get(..at).unwrap_or("");
            let rest = chars::trim(text.get(at + "印发".len()..).unwrap_or(""));
            if rest.is_empty() && text.len() < 240 && day_at_end(before).is_some() {
                self.field(i, Role::Imprint);
                return true;
            }
        }
        let pairs = shape::card(text);
        let known = pairs
            .first()
            .is_some_and(|p| p.label.colon && !p.value.is_empty());
        if known && !shape::is_running(text.trim_end_matches(chars::is_full_stop)) {
            for pair in pairs.iter().filter(|p| p.label.key != Key::Noise) {
                self.piece(i, Role::Card(pair.label.key), pair.label.text, pair.value);
            }
            self.set(i, Part::Header);
            return true;
        }
        false
    }

    /// Finds the sign-off and what stands around it; gives the line after it.
    pub(super) fn sign_off(&mut self, start: usize, end: usize) -> Option<usize> {
        let at = (start..end).find(|&i| self.is_free(i) && self.is_sign_off(i, start))?;
        let (bodies, written) = split_day(self.line(at))?;
        let mut first = at;
        if bodies.is_empty() {
            while first > start && at - first < SIGNERS_MAX && self.is_signer(first - 1) {
                first -= 1;
            }
        }
        for i in first..at {
            let role = if is_signatory(self.line(i)) {
                Role::Signatory
            } else {
                Role::SignOff
            };
            self.field(i, role);
        }
        if !bodies.is_empty() {
            self.piece(at, Role::SignOff, "", bodies);
        }
        self.piece(at, Role::SignOffDay, "", written);
        self.attachment_list(start, first);
        let mut next = at + 1;
        while next < end
            && (self.note(next) || self.file(next) || self.end_noise(next) || self.imprint(next))
        {
            next += 1;
        }
        if !self.titled() {
            next = self.enclosed_title(next, end);
        }
        Some(next)
    }

    /// Whether a line holds the day of the sign-off: bodies stand on it or above it, or the text has come to its end.
    fn is_sign_off(&self, i: usize, start: usize) -> bool {
        let Some((bodies, _)) = split_day(self.line(i)) else {
            return false;
        };
        if !bodies.is_empty() {
            return shape::is_bodies(bodies);
        }
        let Some(above) = i.checked_sub(1).map(|j| self.line(j)) else {
            return false;
        };
        i > start
            && (self.is_signer(i - 1)
                || above.ends_with(chars::is_full_stop)
                || is_list_line(above))
            || i == start
    }

    fn is_signer(&self, i: usize) -> bool {
        self.is_free(i)
            && self.lines.get(i).is_some_and(|l| l.marker.is_none())
            && (shape::is_bodies(self.line(i)) || is_signatory(self.line(i)))
            && !self.line(i).starts_with("附件")
    }

    /// The list of attachments above the sign-off.
    fn attachment_list(&mut self, start: usize, signers: usize) {
        let floor = signers.saturating_sub(LIST_MAX).max(start);
        let Some(first) = (floor..signers).rev().find(|&i| {
            is_list_line(self.line(i))
                && !self.line(i).ends_with(chars::is_full_stop)
                && !(i > floor && is_list_line(self.line(i - 1)))
        }) else {
            return;
        };
        if (first..signers).all(|i| self.is_free(i) && !is_sentence(self.line(i))) {
            for i in first..signers {
                self.field(i, Role::AttachmentList);
            }
        }
    }

    /// 附注 and the like under the sign-off.
    fn note(&mut self, i: usize) -> bool {
        let text = self.line(i);
        let Some(inner) = shape::bracketed(text) else {
            return false;
        };
        if shape::card(text)
            .iter()
            .any(|p| p.label.colon && p.label.key != Key::Other)
        {
            return self.imprint(i);
        }
        if shape::is_note(inner) {
            self.piece(i, Role::Note, "", inner);
        } else if inner.starts_with("联系") || inner.starts_with("咨询") {
            self.piece(i, Role::Contact, "", inner);
        } else {
            return false;
        }
        true
    }

    /// Whether the notice has a title of its own.
    fn titled(&self) -> bool {
        self.fields.iter().any(|f| {
            matches!(
                f.role,
                Role::Title | Role::FileTitle | Role::Card(Key::Title)
            ) && !f.text.is_empty()
        })
    }

    /// The title of the enclosed text, which is the notice's where it has none of its own; gives the line after it.
    fn enclosed_title(&mut self, start: usize, end: usize) -> usize {
        let mut stop = start;
        while stop < end && stop - start < ENCLOSED_MAX && self.may_be_title(stop) {
            stop += 1;
        }
        let next = self
            .quoted_lines(start, stop)
            .unwrap_or_else(|| self.ended_lines(start, stop));
        // A name over the head of a table is the table's.
        if next == start || next == end || self.line(next).starts_with("序号") {
            return start;
        }
        for i in start..next {
            self.field(i, Role::Title);
        }
        next
    }

    fn may_be_title(&self, i: usize) -> bool {
        let text = self.line(i);
        let marked = self.lines.get(i).is_some_and(|l| l.marker.is_some());
        self.is_free(i) && !marked && !shape::is_running(text) && !is_list_line(text)
    }

    /// The lines that together are a name which the text before them quotes; gives the line after them.
    fn quoted_lines(&self, start: usize, stop: usize) -> Option<usize> {
        let before: Vec<String> = (start.saturating_sub(40)..start)
            .filter(|&i| self.is_free(i) && self.line(i).contains('《'))
            .take(6)
            .map(|i| shape::squeeze(self.line(i)))
            .collect();
        let mut joined = String::from("《");
        let mut found = None;
        for i in start..stop {
            joined.push_str(&shape::squeeze(self.line(i)));
            let whole = |text: &String| {
                let rest = text.split_once(joined.as_str()).map(|(_, rest)| rest);
                rest.is_some_and(|rest| rest.starts_with(['》', '（', '(']))
            };
            if before.iter().any(whole) {
                found = Some(i + 1);
            }
        }
        let next = found?;
        let noted = next < stop && shape::bracketed(self.line(next)).is_some();
        Some(if noted { next + 1 } else { next })
    }

    /// The lines up to one that ends as titles do; gives the line after it.
    fn ended_lines(&self, start: usize, stop: usize) -> usize {
        let strong = |i: usize| {
            shape::title_ending(self.line(i)).is_some_and(|(word, _)| !kinds::is_weak(word))
        };
        let weak = |i: usize| shape::title_ending(self.line(i)).is_some();
        let last = (start..stop)
            .find(|&i| strong(i))
            .or_else(|| (start..stop).find(|&i| weak(i)));
        match last {
            Some(last) if last + 1 < stop && shape::bracketed(self.line(last + 1)).is_some() => {
                last + 2
            }
            Some(last) => last + 1,
            None => stop,
        }
    }
}

/// A line of bodies and a day: what stands before the day, and the day.
fn split_day(text: &str) -> Option<(&str, &str)> {
    if text.len() > 240 {
        return None;
    }
    if let Some(day) = shape::day_line(text) {
        return Some(("", day.text));
    }
    let (at, day) = day_at_end(text)?;
    Some((chars::trim(text.get(..at)?), day))
}

/// A day at the end of a text, and where it begins.
fn day_at_end(text: &str) -> Option<(usize, &str)> {
    let text = chars::trim(text);
    text.char_indices()
        .rev()
        .take(24)
        .filter_map(|(at, _)| {
            let (rest, day) = day(text.get(at..)?).ok()?;
            chars::trim(rest).is_empty().then_some((at, day.text))
        })
        .next()
        .filter(|(at, _)| {
            // Not the tail of a longer number.
            text.get(..*at)
                .is_some_and(|before| !before.ends_with(chars::is_digit))
        })
}

/// `附件：…`, `附件1…`.
pub(super) fn is_list_line(text: &str) -> bool {
    let Some(rest) = text
        .strip_prefix("附件")
        .or_else(|| text.strip_prefix("附：").map(|_| "："))
    else {
        return false;
    };
    let rest = rest.trim_start_matches(chars::is_space);
    rest.is_empty()
        || rest.starts_with(|c| {
            chars::is_colon(c) || chars::is_digit(c) || "一二三四五六七八九十".contains(c)
        })
}

fn is_sentence(text: &str) -> bool {
    text.len() > 240 || text.chars().any(|c| c == '。')
}

/// `省长　王某`.
fn is_signatory(text: &str) -> bool {
    let mut words = text.split(chars::is_space).filter(|w| !w.is_empty());
    let Some(office) = words.next() else {
        return false;
    };
    let name: usize = words.map(|w| w.chars().count()).sum();
    (2..=5).contains(&name)
        && [
            "省长", "市长", "县长", "区长", "州长", "主席", "总理", "部长", "主任", "局长", "署长",
            "行长",
        ]
        .iter()
        .any(|end| office.ends_with(end))
}
