//! Names of attached files behind the text: title and number that stand there count as stated.

use super::shape;
use super::{Framer, Role};
use crate::syntax::grammar::identity;
use crate::text::chars;

impl<'s> Framer<'s> {
    /// A line behind the text that names an attached file.
    pub(super) fn file(&mut self, i: usize) -> bool {
        let text = self.line(i);
        if text.len() > 2000 || shape::is_running(text) {
            return false;
        }
        let Some(stem) = file_stem(text) else {
            return false;
        };
        let stem = name(stem);
        // 附件1：某某表（….doc）is a line of the list of attachments too.
        let listed = text.starts_with("附件");
        let role = if listed {
            Role::AttachmentList
        } else {
            Role::File
        };
        self.piece(i, role, "", text);
        let (rest, number) = match identity::doc_number(stem) {
            Ok((rest, number)) if !number.agency.is_empty() && number.year.is_some() => {
                (chars::trim(rest), Some(number.text))
            }
            _ => (stem, None),
        };
        if let Some(number) = number {
            self.piece(i, Role::FileNumber, "", number);
        }
        let own = rest.contains("关于") || rest.contains("印发");
        if own && shape::title_ending(rest).is_some_and(|(_, kind)| kind.is_some()) {
            self.piece(i, Role::FileTitle, "", rest);
        }
        true
    }
}

/// A file's name without `附件：`, `相关附件：`, `1.` before it.
fn name(stem: &str) -> &str {
    let start = ["附件：", "附件:", "下载：", "下载:", "附件"]
        .iter()
        .filter_map(|word| {
            let at = stem.find(word)?;
            (at < 40).then_some(at + word.len())
        });
    let stem = stem.get(start.max().unwrap_or(0)..).unwrap_or(stem);
    let digits = stem.trim_start_matches(|c: char| c.is_ascii_digit());
    match digits.strip_prefix(['.', '．', '、']) {
        Some(rest) => chars::trim(rest),
        None => chars::trim(stem),
    }
}

/// The name of the first file in a text, without its ending: `….pdf`.
fn file_stem(text: &str) -> Option<&str> {
    const ENDINGS: [&str; 13] = [
        ".pdf", ".doc", ".wps", ".ofd", ".rar", ".zip", ".xls", ".PDF", ".DOC", ".OFD", ".WPS",
        ".ceb", ".jpg",
    ];
    let at = ENDINGS.iter().filter_map(|end| text.find(end)).min()?;
    text.get(..at)
}
