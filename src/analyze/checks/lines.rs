//! The checks that look at characters, in one pass over the text: nearly all characters are Chinese and concern only one of them.

use super::marks::Pairs;
use super::widths::Widths;
use super::words::{self, Spaces};
use crate::diagnostic::Diagnostic;
use crate::text::{Locator, chars};

/// So many bytes at the head of a line may number it.
const HEAD: usize = 12;

/// Checks the characters of every line.
pub fn check(locator: &Locator<'_>, found: &mut Vec<Diagnostic>) {
    let mut pairs = Pairs::default();
    let mut widths = Widths::default();
    let mut spaces = Spaces::default();
    let has_doubled = words::has_doubled(locator.text());
    for line in locator.text().split('\n') {
        let line = chars::trim(line);
        if line.is_empty() {
            continue;
        }
        pairs.begin(line);
        if has_doubled {
            words::doubled(locator, line, found);
        }
        words::doubles(locator, line, found);
        for (at, _) in line.match_indices('月') {
            words::day(locator, line, at, found);
        }
        for (at, c) in chars::marks(line) {
            let end = at + c.len_utf8();
            let (text, rest) = (&line[at..end], &line[end..]);
            let before = line[..at].chars().next_back();
            let after = rest.chars().next();
            let numbers_line = at < HEAD && words::is_number(&line[..at]);
            pairs.mark(text, c, before, numbers_line);
            widths.mark(text, c, before, after);
            match c {
                '“' => words::lost_character(locator, line, at, rest, found),
                '《' | '〔' => words::lost_number(locator, line, at, found),
                '?' => words::lost_to_mark(locator, line, at, before, after, found),
                '\u{fffd}' => words::lost(locator, text, found),
                ' ' => spaces.space(text, line, at, before, after, pairs.is_quoted()),
                _ if words::is_stop(c) => {
                    if c == '。' {
                        spaces.full_stop();
                    }
                    match before {
                        Some(b) if words::is_stop(b) => {
                            words::repeated_mark(locator, &line[at - b.len_utf8()..end], found)
                        }
                        Some(b) if b.is_ascii_digit() => {
                            words::lost_unit(locator, &line[..at], found);
                        }
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        spaces.end_line();
    }
    pairs.report(locator, found);
    widths.report(locator, found);
    spaces.report(locator, found);
}
