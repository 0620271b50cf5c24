//! What stands behind the text: 附件说明, 署名, 成文日期, 附注, 抄送, 印发.

use super::shape;
use super::{Framer, Part, Role};
use crate::span;
use crate::text::chars;
use crate::vocab::kinds;
use crate::vocab::labels::Key;

/// Bodies that sign jointly are at most so many.
const SIGNERS_MAX: usize = 30;

/// The title of an enclosed text has at most so many lines.
const ENCLOSED_MAX: usize = 5;

/// 附件说明 has at most so many lines.
const LIST_MAX: usize = 60;

/// A line of a name is at most so many bytes long.
const NAME_MAX: usize = 120;

/// The note on whose seal stands in goes over at most so many lines more.
const SEAL_LINES: usize = 4;

/// When a text was passed is said in at most so many lines.
const ENACTMENT_LINES: usize = 6;

/// 抄送 takes at most so many lines more.
const CC_LINES: usize = 5;

/// What promulgates an enclosed text stands in the first so many lines.
const LEAD_MAX: usize = 6;

impl<'s> Framer<'s> {
    /// Takes the furniture and the imprint off the end; gives the line after the last of the text.
    pub(super) fn tail(&mut self, start: usize) -> usize {
        let mut end = self.lines.len();
        while end > start {
            let i = end - 1;
            let taken = !self.is_free(i)
                || self.file(i)
                || self.end_noise(i)
                || self.imprint(i)
                || self.note(i)
                || self.copies(i);
            if !taken {
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

    /// 抄送 over several lines, the last of which is this.
    fn copies(&mut self, i: usize) -> bool {
        let last = self.line(i);
        let first = (i.saturating_sub(CC_LINES)..i).rev().find(|&j| {
            self.is_free(j)
                && ["抄送", "抄报", "分送"]
                    .iter()
                    .any(|label| self.line(j).starts_with(label))
        });
        let Some(first) = first else {
            return false;
        };
        let whole = span::between(self.text, self.line(first), last);
        let [pair] = shape::card(whole)[..] else {
            return false;
        };
        if pair.label.key != Key::Cc
            || pair
                .value
                .trim_end_matches(chars::is_full_stop)
                .contains('。')
        {
            return false;
        }
        for line in first..=i {
            self.set(line, Part::Header);
        }
        self.piece(first, Role::Card(Key::Cc), pair.label.text, pair.value);
        true
    }

    /// 抄送, 印发, and other labelled lines behind the text.
    fn imprint(&mut self, i: usize) -> bool {
        let text = self.line(i);
        if let Some(at) = text.find("印发") {
            let before = text.get(..at).unwrap_or("");
            let rest = chars::trim(text.get(at + "印发".len()..).unwrap_or(""));
            let day = shape::day_at_end(before).filter(|_| rest.is_empty() && text.len() < 400);
            if let Some((at, _)) = day {
                self.field(i, Role::Imprint);
                let above = i.wrapping_sub(1);
                if chars::trim(before.get(..at).unwrap_or("")).is_empty()
                    && self.is_free(above)
                    && shape::is_bodies(self.line(above))
                {
                    // 印发机关 and the day stand on two lines.
                    self.field(above, Role::Card(Key::PrintedBy));
                }
                return true;
            }
        }
        if text.len() < 240 && (text.starts_with("联系人：") || text.starts_with("联系电话："))
        {
            self.field(i, Role::Contact);
            return true;
        }
        let pairs = shape::card(text);
        // 责任部门 at the end of a text says who answers for its last measure.
        let known = pairs
            .first()
            .is_some_and(|p| p.label.colon && !p.value.is_empty() && p.label.text != "责任部门");
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
        let (bodies, written) = self.split_day(at)?;
        let mut first = at;
        let last = self.day_lines(at).map_or(at, |(_, last)| last);
        if bodies.is_empty() {
            first = self.first_signer(start, at);
        }
        let seals: Vec<usize> = (first..at)
            .filter_map(|i| self.seal_start(i).map(|seal| seal..=i))
            .flatten()
            .collect();
        for i in first..at {
            let text = self.line(i);
            let role = if shape::signatory(text) {
                Role::Signatory
            } else if seals.contains(&i) {
                Role::Seal
            } else {
                Role::SignOff
            };
            self.field(i, role);
        }
        if !bodies.is_empty() {
            self.piece(at, Role::SignOff, "", bodies);
        }
        for i in at..last {
            self.set(i + 1, Part::Header);
        }
        self.piece(at, Role::SignOffDay, "", written);
        let mut top = first;
        while top > start && self.is_free(top - 1) && self.note(top - 1) {
            top -= 1;
        }
        self.attachment_list(start, top);
        let mut next = last + 1;
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
        let Some((bodies, _)) = self.split_day(i) else {
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
                || self.seal_start(i - 1).is_some()
                || ends_text(above)
                || is_list_line(above)
                || shape::bracketed(above).is_some_and(shape::is_note))
            || i == start
    }

    fn is_signer(&self, i: usize) -> bool {
        let text = self.line(i);
        self.is_free(i)
            && self.lines.get(i).is_some_and(|l| l.marker.is_none())
            && (shape::is_bodies(text) || shape::signatory(text) || shape::is_seal(text))
            && !text.starts_with("附件")
    }

    /// The first line of those that sign above the day in line `at`.
    ///
    /// A name may be wrapped, or hold characters that were misread: short lines between the last sentence and the day
    /// sign too, where most of them are names.
    fn first_signer(&self, start: usize, at: usize) -> usize {
        let mut first = at;
        while first > start && at - first < SIGNERS_MAX {
            let above = first - 1;
            first = match self.seal_start(above) {
                Some(seal) if seal >= start => seal,
                _ if self.is_signer(above) => above,
                _ => break,
            };
        }
        if first == at {
            return at;
        }
        let may_be_name = |i: usize| {
            let text = self.line(i);
            self.is_free(i)
                && self.lines.get(i).is_some_and(|l| l.marker.is_none())
                && (15..=NAME_MAX).contains(&text.len())
                && !text.contains(chars::is_space)
                && !text.contains(|c: char| {
                    chars::is_digit(c) || chars::is_colon(c) || chars::is_full_stop(c)
                })
                && !shape::is_running(text)
                && !is_list_line(text)
                && shape::bracketed(text).is_none()
                && !ends_text(text)
        };
        let mut top = first;
        let (mut names, mut others) = (at - first, 0);
        while top > start
            && at - top < SIGNERS_MAX
            && (self.is_signer(top - 1) || may_be_name(top - 1))
        {
            top -= 1;
            if self.is_signer(top) {
                names += 1;
            } else {
                others += 1;
            }
        }
        let above_is_text =
            top == start || ends_text(self.line(top - 1)) || is_list_line(self.line(top - 1));
        if above_is_text && others <= names {
            top
        } else {
            first
        }
    }

    /// The first line of a seal that ends in a line: `（某某市财政局` / `某某市税务局代章）`.
    fn seal_start(&self, i: usize) -> Option<usize> {
        let last = self.line(i);
        if !shape::ends_seal(last) {
            return None;
        }
        (i.saturating_sub(SEAL_LINES)..=i).rev().find(|&j| {
            self.is_free(j) && shape::is_seal(span::between(self.text, self.line(j), last))
        })
    }

    /// A line of bodies and a day, or the first of the lines that a day is broken over.
    fn split_day(&self, i: usize) -> Option<(&'s str, &'s str)> {
        if let Some((day, _)) = self.day_lines(i) {
            return Some(("", day));
        }
        split_day(self.line(i))
    }

    /// A day broken over lines at the gaps beside its digits, and its last line: `2023`, `年`, `5`, `月`, `19`, `日`.
    fn day_lines(&self, i: usize) -> Option<(&'s str, usize)> {
        let first = self.line(i);
        if first.len() != 4 || !first.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let last = (i + 1..i + 6).find(|&j| self.line(j).ends_with('日'))?;
        let day = shape::day_line(span::between(self.text, first, self.line(last)))?;
        Some((day.text, last))
    }

    /// The title of a text that is promulgated without a sign-off, right behind the words that quote it; gives the line after it.
    pub(super) fn promulgated(&mut self, start: usize, end: usize) -> Option<usize> {
        if self.titled() {
            return None;
        }
        let mut at = start;
        while at < end && at - start < LEAD_MAX {
            let text = self.line(at);
            at += 1;
            let noted = shape::bracketed(self.line(at)).is_some_and(shape::is_note);
            if !self.is_free(at - 1) || !text.contains('》') || self.is_marked(at) {
                continue;
            }
            let from = at + usize::from(noted);
            let mut stop = from;
            while stop < end && stop - from < ENCLOSED_MAX && self.may_be_title(stop) {
                stop += 1;
            }
            if let Some(next) = self.quoted_lines(from, stop) {
                if noted {
                    self.note(at);
                }
                self.title_lines(from, next);
                return Some(self.enactment(next));
            }
        }
        None
    }

    fn is_marked(&self, i: usize) -> bool {
        self.lines.get(i).is_some_and(|l| l.marker.is_some())
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
        let quoted = self.quoted_lines(start, stop);
        let next = quoted.unwrap_or_else(|| self.ended_lines(start, stop));
        if (start..next).any(|i| is_row(self.line(i))) {
            return start;
        }
        // A name over the head of a table is the table's; what the lead quotes is a title even where its text is only in a file.
        if next == start || next == end && quoted.is_none() || self.line(next).starts_with("序号")
        {
            return start;
        }
        self.title_lines(start, next);
        self.enactment(next)
    }

    /// The lines of a title, with what stands under it in brackets.
    fn title_lines(&mut self, start: usize, next: usize) {
        for i in start..next {
            let noted = i > start && shape::bracketed(self.line(i)).is_some_and(is_enactment);
            self.field(i, if noted { Role::Subtitle } else { Role::Title });
        }
    }

    /// `（2022年12月13日某某市…会议通过）` under a title, perhaps wrapped; gives the line after it.
    fn enactment(&mut self, i: usize) -> usize {
        if !self.line(i).starts_with(chars::is_open_round) {
            return i;
        }
        for last in i..i + ENACTMENT_LINES {
            let whole = span::between(self.text, self.line(i), self.line(last));
            if !self.is_free(last) {
                break;
            }
            if shape::bracketed(whole).is_some_and(is_enactment) {
                for line in i..=last {
                    self.set(line, Part::Header);
                }
                self.piece(i, Role::Subtitle, "", whole);
                return last + 1;
            }
        }
        i
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
            .map(|i| named(self.line(i)))
            .collect();
        let mut joined = String::from("《");
        let mut found = None;
        for i in start..stop {
            joined.push_str(&named(self.line(i)));
            let whole = |text: &String| {
                let rest = text.split_once(joined.as_str()).map(|(_, rest)| rest);
                rest.is_some_and(|rest| rest.starts_with(['》', '（']))
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
        // …《某某规划》 is no end where 实施方案 follows.
        let last = last.map(|last| {
            let goes_on = last + 1 < stop
                && self.line(last).ends_with('》')
                && self.line(last + 1).len() < 40
                && strong(last + 1);
            last + usize::from(goes_on)
        });
        match last {
            Some(last) if last + 1 < stop && shape::bracketed(self.line(last + 1)).is_some() => {
                last + 2
            }
            Some(last) => last + 1,
            // Words in columns are no title.
            None if (start..stop).any(|i| self.line(i).split_whitespace().count() > 2) => start,
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
    let (at, day) = shape::day_at_end(text)?;
    Some((chars::trim(text.get(..at)?), day))
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

/// A name as it is compared: spaces left out, brackets and quotation marks of one kind.
fn named(text: &str) -> String {
    text.chars()
        .filter(|c| !chars::is_space(*c))
        .map(|c| match c {
            '〈' | '<' => '《',
            '〉' | '>' => '》',
            '(' => '（',
            ')' => '）',
            c => c,
        })
        .collect()
}

/// Whether words say when a text was passed: `2022年12月13日某某市第二十届人大常委会第七次会议通过`.
pub(super) fn is_enactment(inner: &str) -> bool {
    inner.len() < 1200
        && ["通过", "公布", "发布", "批准", "修订", "修正", "修改"]
            .iter()
            .any(|word| inner.ends_with(word))
        && inner.contains('年')
        && inner.contains('月')
}

/// Whether a line is the row of a table, and no title.
fn is_row(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| word.len() > 3);
    text.len() > 400 || words.count() > 5 || text.contains('\t')
}

/// Whether a line ends the text of a notice: a sentence, or 特此通知.
pub(super) fn ends_text(text: &str) -> bool {
    text.ends_with(chars::is_full_stop)
        || [
            "特此通知",
            "特此公告",
            "特此通告",
            "特此批复",
            "特此函复",
            "特此通报",
            "特此报告",
            "此复",
            "特此函告",
            "特此复函",
            "特此说明",
            "特此公示",
        ]
        .iter()
        .any(|words| text.ends_with(words))
}

fn is_sentence(text: &str) -> bool {
    text.len() > 240 || text.chars().any(|c| c == '。')
}
