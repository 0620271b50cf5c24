//! A line to a paragraph, but for some that were torn: text copied out of pages keeps a line break here and there.
//!
//! A line that breaks off within a sentence is joined to the next where both read like text. One such line may be a slip
//! of its writer, who forgot a stop; only several tell that lines were torn.

use super::build::Builder;
use super::layout;
use super::marker::marker;
use super::unwrap::is_label_row;
use super::{Flow, Layout};
use crate::text::chars;

/// A text with fewer torn lines is left alone.
const TORN_MIN: usize = 2;

/// A line of running text has at least so many bytes.
const LINE_MIN: usize = 20 * 3;

/// Joins what was torn.
pub(super) fn mend(source: &str) -> Flow<'_> {
    let torn = torn(source);
    if torn.len() < TORN_MIN {
        return Flow::borrowed(source, Layout::Paragraphs);
    }
    let mut builder = Builder::new(source);
    let mut from = 0;
    for (end, next) in torn {
        builder.push(from, end);
        from = next;
    }
    builder.push(from, source.len());
    builder.finish(Layout::Paragraphs)
}

/// Where lines break off: the end of each, and the start of the next.
fn torn(source: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut before: Option<(usize, &str)> = None;
    let mut at = 0;
    for raw in source.split('\n') {
        let line = chars::trim(raw);
        if !line.is_empty() {
            let start = at + (raw.len() - raw.trim_start_matches(chars::is_space).len());
            if let Some((end, last)) = before
                && breaks_off(last)
                && goes_on(line)
            {
                found.push((end, start));
            }
            before = Some((start + line.len(), line));
        }
        at += raw.len() + 1;
    }
    found
}

/// Whether a line ends within a sentence: running text, and no stop at its end.
fn breaks_off(line: &str) -> bool {
    if line.len() < LINE_MIN || !line.ends_with(chars::is_han) || line.contains('\t') {
        return false;
    }
    let tail = line
        .rsplit(|c| chars::is_full_stop(c) || chars::is_semicolon(c))
        .next()
        .unwrap_or(line);
    let running = tail.len() < line.len() || (marker(line).is_none() && has_comma(tail));
    // A field, a heading or a name may stand behind the last stop.
    let named = chars::trim(tail).len() < 6 * 3 && !has_comma(tail);
    let numbered = tail.starts_with(chars::is_digit) || marker(tail).is_some();
    let heading = numbered || tail.contains(chars::is_colon) || (named && ends_name(tail));
    running && !heading
}

fn has_comma(text: &str) -> bool {
    text.contains(chars::is_comma)
}

/// Whether a text may be the name of a body, as a sign-off is.
fn ends_name(text: &str) -> bool {
    text.ends_with(['府', '室', '局', '厅', '委', '会', '部', '院', '处', '办'])
}

/// Whether a line reads like the rest of a sentence: a stop in it, and nothing at its head that opens a paragraph.
fn goes_on(line: &str) -> bool {
    marker(line).is_none()
        && !is_label_row(line)
        && !line.starts_with(layout::begins_no_line)
        && !line.starts_with(['—', '-'])
        && !["附件", "附：", "抄送", "注：", "表", "图", "专栏"]
            .iter()
            .any(|word| line.starts_with(word))
        && !line.contains('\t')
        && line.contains(|c| chars::is_full_stop(c) || chars::is_semicolon(c))
}
