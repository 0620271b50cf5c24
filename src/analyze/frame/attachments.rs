//! 附件: where the bodies of attachments begin.

use super::shape;
use super::signoff::is_list_line;
use super::{AttachmentHead, Framer, Part, Role};
use crate::span;
use crate::text::chars;

/// The title of an attachment has at most so many lines.
const TITLE_LINES: usize = 4;

impl<'s> Framer<'s> {
    /// Tells the attachments between two lines; `signed` tells that the sign-off stands before them.
    pub(super) fn attachments(&mut self, start: usize, end: usize, signed: bool) {
        let heads: Vec<usize> = (start..end)
            .filter(|&i| {
                self.is_free(i)
                    && is_heading(self.line(i))
                    && (signed || is_bare_heading(self.line(i)))
            })
            .collect();
        for (n, &head) in heads.iter().enumerate() {
            let stop = heads.get(n + 1).copied().unwrap_or(end);
            let found = self.attachment_head(head, stop);
            if self.is_list(head, stop, found.lines) {
                for i in (head..stop)
                    .filter(|&i| self.is_free(i))
                    .collect::<Vec<_>>()
                {
                    self.field(i, Role::AttachmentList);
                }
                continue;
            }
            let index = self.attachments.len();
            self.attachments.push(found);
            for i in head..stop {
                if self.is_free(i) {
                    self.set(i, Part::Attachment(index));
                }
            }
        }
    }

    /// Whether a heading and what stands under it only list attachments whose bodies are not here.
    fn is_list(&self, head: usize, stop: usize, taken: usize) -> bool {
        let below = (head + 1..stop).filter(|&i| self.is_free(i));
        let numbered = read_heading(self.line(head)).1.starts_with(chars::is_digit);
        let names = |i: usize| {
            let text = self.line(i);
            self.lines.get(i).is_some_and(|l| l.marker.is_some())
                && text.len() < 200
                && !shape::is_running(text)
        };
        if numbered {
            return below.clone().all(names);
        }
        let rest = below.clone().filter(|&i| i >= head + taken).count();
        rest == 0 && (taken < 3 || below.clone().all(names))
            || below.clone().count() > 0
                && below.clone().all(names)
                && is_bare_heading(self.line(head))
                && below.count() < 12
    }

    fn attachment_head(&self, head: usize, stop: usize) -> AttachmentHead<'s> {
        let (number, title) = read_heading(self.line(head));
        if !title.is_empty() {
            return AttachmentHead {
                number,
                title: Some(title),
                lines: 1,
            };
        }
        let mut last = head;
        while last + 1 < stop && last - head < TITLE_LINES {
            let text = self.line(last + 1);
            let marked = self.lines.get(last + 1).is_some_and(|l| l.marker.is_some());
            if marked || shape::is_running(text) {
                break;
            }
            last += 1;
            if shape::title_ending(text).is_some()
                && shape::bracketed(self.line(last + 1)).is_none()
            {
                break;
            }
        }
        if last > head + 1 && shape::title_ending(self.line(last)).is_none() {
            // No title ends here: only the first line is sure.
            last = head + 1;
        }
        let title =
            (last > head).then(|| span::between(self.text, self.line(head + 1), self.line(last)));
        AttachmentHead {
            number,
            title,
            lines: last - head + 1,
        }
    }
}

/// Whether a line heads an attachment: `附件`, `附件1`, `附件1：某某方案`.
fn is_heading(text: &str) -> bool {
    text.len() < 200
        && is_list_line(text)
        && !text.ends_with(|c| chars::is_full_stop(c) || chars::is_semicolon(c))
}

/// `附件`, `附件1`, without title.
fn is_bare_heading(text: &str) -> bool {
    read_heading(text).1.is_empty()
}

/// Number and title of a heading.
fn read_heading(text: &str) -> (Option<u32>, &str) {
    let rest = text
        .strip_prefix("附件")
        .or_else(|| text.strip_prefix("附"))
        .unwrap_or(text);
    let rest = rest.trim_start_matches(chars::is_space);
    let digits = rest.find(|c| !chars::is_digit(c)).unwrap_or(rest.len());
    let (digits, mut after) = rest.split_at_checked(digits).unwrap_or(("", rest));
    let mut number = digits
        .chars()
        .try_fold(0u32, |sum, c| {
            sum.checked_mul(10)?.checked_add(chars::digit_value(c)?)
        })
        .filter(|_| !digits.is_empty());
    if number.is_none()
        && let Some((at, c)) = after.char_indices().next()
        && let Some(value) = "一二三四五六七八九十".chars().position(|d| d == c)
    {
        number = Some(value as u32 + 1);
        after = after.get(at + c.len_utf8()..).unwrap_or("");
    }
    let title = after.trim_start_matches(|c| {
        chars::is_space(c) || chars::is_colon(c) || matches!(c, '.' | '．' | '、')
    });
    (number, chars::trim(title))
}
