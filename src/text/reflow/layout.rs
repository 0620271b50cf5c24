//! How a text is laid out, from the widths of its lines and what they end with.

use super::Layout;
use super::marker::marker;
use crate::text::chars;

/// A quarter of the width of a Chinese character: what widths are counted in.
pub(super) const EM: u32 = 4;

/// Lines wider than this many characters come from no page.
const WIDEST_PAGE: u32 = 64;
/// A page holds at least so many characters to a line.
const NARROWEST_PAGE: u32 = 14;
/// A line this many characters long holds several paragraphs, if it is most of a text.
const ENDLESS: u32 = 120;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// The layout.
    pub(super) layout: Layout,
    /// The width of a full line, where the text is hard-wrapped.
    pub(super) width: u32,
}

/// Tells the layout of a text.
pub(super) fn layout(source: &str) -> Found {
    let mut counts = [0u32; (WIDEST_PAGE + 1) as usize];
    let (mut lines, mut wider, mut total, mut longest) = (0u32, 0u32, 0u64, 0u32);
    for line in source.split('\n').map(chars::trim) {
        if line.is_empty() {
            continue;
        }
        // Three bytes to a Chinese character: enough to know that a line is wider than any page.
        let wide = if line.len() > (WIDEST_PAGE * 6) as usize {
            line.len() as u32 / 3
        } else {
            width(line).div_ceil(EM)
        };
        lines += 1;
        total += u64::from(wide);
        longest = longest.max(wide);
        match counts.get_mut(wide as usize) {
            Some(count) => *count += 1,
            None => wider += 1,
        }
    }
    let plain = Found {
        layout: Layout::Paragraphs,
        width: 0,
    };
    if longest >= ENDLESS && u64::from(longest) * 2 > total {
        return Found {
            layout: Layout::OneLine,
            ..plain
        };
    }
    if wider * 50 > lines {
        return plain;
    }
    let Some(width) = page_width(&counts) else {
        return plain;
    };
    if is_wrapped(source, width) {
        Found {
            layout: Layout::HardWrapped,
            width: width * EM,
        }
    } else {
        plain
    }
}

/// The width that many lines fill and few exceed.
fn page_width(counts: &[u32]) -> Option<u32> {
    let widest = counts.iter().rposition(|&count| count > 0)?;
    let top = widest * 3 / 4..=widest;
    let most = top.clone().filter_map(|w| counts.get(w)).max()?;
    let width = top
        .rev()
        .find(|&w| counts.get(w).is_some_and(|&count| count * 2 >= *most))? as u32;
    (width >= NARROWEST_PAGE).then_some(width)
}

/// Whether lines break in the middle of words or sentences: many end, nearly full, in no punctuation, or end in a comma;
/// or, where most lines are short (names, tables), most of the full ones break off in running text, or lines begin
/// as none can.
fn is_wrapped(source: &str, width: u32) -> bool {
    let (mut broken, mut commas, mut lines) = (0, 0, 0);
    let (mut full, mut torn, mut parts) = (0, 0, 0);
    for line in source.split('\n').map(chars::trim) {
        let Some(last) = line.chars().next_back() else {
            continue;
        };
        lines += 1;
        parts += u32::from(line.starts_with(begins_no_line));
        let is_full = self::width(line) + 3 * EM >= width * EM;
        if is_full {
            full += 1;
            let running = line.contains(['，', '。', '、']) && marker(line).is_none();
            torn += u32::from(running && !ends_clause(last));
        }
        if chars::is_comma(last) || chars::is_enumeration_comma(last) {
            commas += 1;
        } else if !ends_clause(last) && is_full {
            broken += 1;
        }
    }
    (broken >= 2 && broken * 8 >= lines)
        || (broken >= 1 && (broken + commas) * 5 >= lines)
        || (torn >= 3 && torn * 2 >= full)
        || (torn >= 1 && parts >= 2 && parts * 20 >= lines)
}

/// Whether no line can begin with a character.
pub(super) fn begins_no_line(c: char) -> bool {
    ends_clause(c) && c != '—' && c != '…'
}

/// Whether a character ends a clause, or something in brackets or quotes.
pub(super) fn ends_clause(c: char) -> bool {
    chars::is_full_stop(c)
        || chars::is_comma(c)
        || chars::is_semicolon(c)
        || chars::is_colon(c)
        || chars::is_enumeration_comma(c)
        || chars::is_close_bracket(c)
        || matches!(c, '”' | '’' | '》' | '」' | '…' | '—')
}

/// The width of a line on a page, in quarters of a Chinese character: two for a letter or a digit, one between them
/// and Chinese characters, where word processors leave a gap; spaces do not count.
pub(super) fn width(line: &str) -> u32 {
    let bytes = line.as_bytes();
    let (mut sum, mut last, mut at) = (0, Kind::None, 0);
    while let Some(&lead) = bytes.get(at) {
        // Nearly all characters are told by their first byte: U+5000 to U+9FFF, and ASCII.
        let (kind, len) = match lead {
            0xe5..=0xe9 => (Kind::Han, 3),
            b'!'..=b'~' => (Kind::Half, 1),
            _ => match line.get(at..).and_then(|rest| rest.chars().next()) {
                Some(c) if chars::is_space(c) => {
                    at += c.len_utf8();
                    continue;
                }
                Some(c) if chars::is_han(c) => (Kind::Han, c.len_utf8()),
                Some(c) => (Kind::Sign, c.len_utf8()),
                None => break,
            },
        };
        let gap = matches!(
            (last, kind),
            (Kind::Half, Kind::Han) | (Kind::Han, Kind::Half)
        );
        sum += if kind == Kind::Half { EM / 2 } else { EM } + u32::from(gap);
        last = kind;
        at += len;
    }
    sum
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    None,
    Half,
    Han,
    Sign,
}
