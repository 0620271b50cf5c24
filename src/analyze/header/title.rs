//! 标题 and 文种.

use super::{Reader, shape, tidy};
use crate::analyze::frame::{Field, Part, Role};
use crate::text::chars;
use crate::vocab::kinds;
use crate::vocab::labels::Key;

/// A title, and whether it is the notice's own rather than that of what it encloses.
struct Title<'s> {
    words: &'s str,
    own: bool,
}

impl<'s> Reader<'_, 's> {
    /// Reads title and kind.
    pub(super) fn title(&mut self) {
        let found = self.titles();
        for title in &found {
            self.mark("title", title.words);
        }
        if let Some(field) = self.card(Key::Kind).first().copied() {
            self.mark("kind", field.text);
        }
        self.other_title(&found);
        let transmits = self.transmits();
        let own = found.iter().find(|t| t.own).or_else(|| found.first());
        let kind = own
            .filter(|t| t.own)
            .and_then(|t| shape::title_ending(&tidy(t.words)))
            .and_then(|(_, kind)| kind);
        let labelled = self.card(Key::Kind).first().and_then(|f| {
            let word = tidy(f.text);
            kinds::statutory(&word).or_else(|| kinds::ending(&word).and_then(|(_, kind)| kind))
        });
        let named = own
            .and_then(|t| shape::title_ending(&tidy(t.words)))
            .and_then(|(_, kind)| kind);
        let kind = kind
            .or_else(|| self.order_kind())
            .or_else(|| transmits.then_some("通知"))
            .or(labelled)
            .or(named);
        self.header.kind = kind.map(str::to_owned);
        self.header.title = own.map(|t| unquoted(&tidy(plain(t.words))));
        self.title_words = own.map(|t| t.words);
    }

    /// Tells that the text's own title is another than the one on the page's card.
    fn other_title(&mut self, found: &[Title<'s>]) {
        let Some(labelled) = self.card(Key::Title).first().copied() else {
            return;
        };
        let written = self.title_runs().into_iter().find_map(|run| {
            let (first, last) = (run.first()?, run.last()?);
            (!self.is_behind_text(first.line)).then(|| self.between(first, last))
        });
        let letters = |words: &str| -> String {
            plain(words)
                .chars()
                .filter(|c| chars::is_word(*c))
                .collect()
        };
        if let Some(written) = written
            && found.first().is_some_and(|t| t.words == labelled.text)
            && letters(written) != letters(labelled.text)
        {
            self.disagree(written, &tidy(labelled.text), &tidy(written));
        }
    }

    /// The titles that a notice states, the one with most authority first.
    fn titles(&self) -> Vec<Title<'s>> {
        let mut found = Vec::new();
        for field in self.card(Key::Title) {
            found.push(Title {
                words: field.text,
                own: true,
            });
        }
        for run in self.title_runs() {
            if let (Some(first), Some(last)) = (run.first(), run.last()) {
                let own = !self.is_behind_text(first.line);
                found.push(Title {
                    words: self.between(first, last),
                    own,
                });
            }
        }
        if found.iter().all(|title| !title.own) {
            found.extend(self.quoted_own().map(|words| Title { words, own: true }));
        }
        for field in self.fields(|r| r == Role::FileTitle) {
            found.push(Title {
                words: field.text,
                own: true,
            });
        }
        if found.is_empty() && self.transmits() {
            let attached = self.frame.attachments.iter().find_map(|a| a.title);
            let words = attached
                .or_else(|| self.listed_title())
                .or_else(|| self.filed_title());
            found.extend(words.map(|words| Title { words, own: false }));
        }
        if found.is_empty() {
            found.extend(self.quoted_title().map(|words| Title { words, own: false }));
        }
        if found.is_empty() {
            // 某某市公安局通告 over the text is a mark where a title follows, else the title.
            let marks = self.fields(|r| r == Role::Mark);
            let title = marks
                .iter()
                .rfind(|mark| shape::is_order(mark.text) && !mark.text.ends_with('令'));
            found.extend(title.map(|mark| Title {
                words: mark.text,
                own: true,
            }));
        }
        found
    }

    /// The title of the only attachment in 附件说明.
    fn listed_title(&self) -> Option<&'s str> {
        let list = self.fields(|r| r == Role::AttachmentList);
        let words = list.first()?.text;
        let words =
            words.trim_start_matches(|c| "附件：: 1１.．、".contains(c) || chars::is_space(c));
        shape::title_ending(words).map(|_| words)
    }

    /// The title that the name of the first attached file gives.
    fn filed_title(&self) -> Option<&'s str> {
        let words = plain(self.first(Role::File)?.text);
        let words =
            words.trim_start_matches(|c| "附件：: 1１.．、".contains(c) || chars::is_space(c));
        (!words.contains('/') && shape::title_ending(words).is_some()).then_some(words)
    }

    /// The title in a lead that names what follows: `《关于…的意见》全文如下。`
    fn quoted_title(&self) -> Option<&'s str> {
        let body = self.body();
        body.take(3).find_map(|text| {
            let lead = ["全文如下", "主要内容如下", "如下。", "如下："]
                .iter()
                .any(|words| text.contains(words));
            let inner = text.strip_prefix('《')?;
            let end = inner.find('》')?;
            (lead && text.len() < 300)
                .then(|| inner.get(..end))
                .flatten()
        })
    }

    /// The notice's own title where its first sentence quotes it: `《…关于印发…的通知》已经省政府同意`.
    fn quoted_own(&self) -> Option<&'s str> {
        self.body().take(2).find_map(|text| {
            let inner = text.strip_prefix('《')?;
            let end = inner.find("的通知》")? + "的通知".len();
            let rest = inner.get(end + '》'.len_utf8()..)?;
            let words = inner.get(..end)?;
            let plain = words.contains("关于") && !words.contains(['《', '》', '。']);
            (plain && (rest.starts_with("已经") || rest.starts_with('经'))).then_some(words)
        })
    }

    fn body(&self) -> impl Iterator<Item = &'s str> + '_ {
        self.frame
            .lines
            .iter()
            .zip(&self.frame.parts)
            .filter(|(_, part)| **part == Part::Body)
            .map(|(line, _)| line.text)
    }

    /// The lines of titles, each title's lines together.
    fn title_runs(&self) -> Vec<Vec<Field<'s>>> {
        let mut runs: Vec<Vec<Field<'s>>> = Vec::new();
        for field in self.fields(|r| r == Role::Title) {
            match runs.last_mut() {
                Some(run) if goes_on(run, &field) => run.push(field),
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
        let mut before = "";
        self.body().take(6).any(|text| {
            // …予以印发 may be broken over lines.
            let broken = before.ends_with("印发") && text.starts_with("给你");
            before = text;
            broken || is_transmittal(text)
        })
    }

    /// An order or announcement tells its kind by its number: 国务院令第746号.
    fn order_kind(&self) -> Option<&'static str> {
        let agency = self.header.doc_number.as_ref()?.agency.as_deref()?;
        kinds::ending(agency)
            .and_then(|(_, kind)| kind)
            .filter(|kind| matches!(*kind, "令" | "命令" | "公告" | "通告"))
    }
}

/// Whether a line goes on with the title that the lines before it begin.
fn goes_on(run: &[Field<'_>], next: &Field<'_>) -> bool {
    let (Some(first), Some(last)) = (run.first(), run.last()) else {
        return false;
    };
    let Some((word, kind)) = shape::title_ending(last.text) else {
        return last.line + 1 == next.line;
    };
    // 关于印发某某管理办法 / 实施细则的通知
    let opened = first.text.contains("关于") || run.iter().any(|l| l.text.contains("印发"));
    let closes = [
        "的通知",
        "的意见",
        "的决定",
        "的函",
        "的公告",
        "的通告",
        "的批复",
        "的报告",
    ]
    .iter()
    .any(|end| next.text.ends_with(end));
    let open = kind.is_none() && opened && closes && !next.text.contains("关于");
    let weak = kinds::is_weak(word) || shape::bracketed(next.text).is_some();
    let quoted = last.text.ends_with('》') && next.text.len() < 40;
    last.line + 1 == next.line && (weak || open || quoted)
}

/// A title without what a page puts around it: （转载）, （主动公开）, the address of a file.
fn plain(words: &str) -> &str {
    let mut words = chars::trim(words);
    for mark in ["（转载）", "(转载)", "【转载】", "[转载]", "转载："] {
        words = words.strip_prefix(mark).unwrap_or(words);
    }
    if words.ends_with(chars::is_close_round)
        && let Some(at) = words.rfind(chars::is_open_round)
        && let Some((title, tail)) = words.split_at_checked(at)
        && !title.is_empty()
        && shape::bracketed(tail)
            .is_some_and(|inner| shape::is_note(inner) || inner.is_ascii() && inner.contains('/'))
    {
        words = title;
    }
    chars::trim(words)
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
