//! The width of punctuation: a notice chooses one.

use super::MOST;
use crate::diagnostic::{Code, Diagnostic};
use crate::span::{Range, between};
use crate::text::{Locator, chars};

/// The marks whose width a notice chooses once; brackets are chosen in pairs.
const WIDTHS: [(&str, &str); 5] = [
    (",", "，"),
    (":", "："),
    (";", "；"),
    ("?", "？"),
    ("!", "！"),
];

/// Which width each mark has beside Chinese.
///
/// Quiet where a notice keeps to one width, be it the half one (the Xuchang circular), where both are common (then
/// nobody chose), and beside digits and Latin, where the half width may be right.
#[derive(Debug, Default)]
pub struct Widths<'s> {
    half: [Vec<&'s str>; 5],
    full: [usize; 5],
    /// The full ones, as long as they may turn out to be few.
    few_full: [Vec<&'s str>; 5],
}

impl<'s> Widths<'s> {
    /// A character with the ones on both sides of it.
    pub fn mark(&mut self, text: &'s str, c: char, before: Option<char>, after: Option<char>) {
        let Some((mark, is_half)) = width_mark(c) else {
            return;
        };
        if before.is_some_and(is_chinese) && after.is_none_or(is_chinese) {
            if is_half {
                self.half[mark].push(text);
            } else {
                self.full[mark] += 1;
                if self.few_full[mark].len() < MOST {
                    self.few_full[mark].push(text);
                }
            }
        }
    }

    /// What was found, once the last line is read.
    pub fn report(&self, locator: &Locator<'_>, found: &mut Vec<Diagnostic>) {
        for (mark, (half, full)) in WIDTHS.iter().enumerate() {
            let (n_half, n_full) = (self.half[mark].len(), self.full[mark]);
            let (few, right) = if n_half < n_full {
                (&self.half[mark], full)
            } else {
                (&self.few_full[mark], half)
            };
            if is_few(n_half.min(n_full), n_half + n_full) {
                few.iter()
                    .take(MOST)
                    .for_each(|text| tell(locator, text, right, found));
            }
        }
    }
}

/// So few among all that they are slips.
fn is_few(few: usize, all: usize) -> bool {
    few * 10 <= all
}

/// Mended is towards the full width only, which GB/T 15834 asks for.
fn tell(locator: &Locator<'_>, text: &str, right: &str, found: &mut Vec<Diagnostic>) {
    let span = locator.span(text);
    let finding = Diagnostic::new(Code::MixedWidth, Some(span), &[text, right]);
    found.push(if right.is_ascii() {
        finding
    } else {
        finding.with_fix(span, right)
    });
}

/// Which width round brackets have. The two of a pair go together: mended is both or none.
#[derive(Debug, Default)]
pub struct Rounds<'s> {
    half: Vec<(&'s str, &'s str)>,
    n_full: usize,
    few_full: Vec<(&'s str, &'s str)>,
    unlike: Vec<(&'s str, &'s str)>,
}

impl<'s> Rounds<'s> {
    /// A pair of round brackets.
    pub fn pair(&mut self, (open, close): (&'s str, &'s str)) {
        match (open == "(", close == ")") {
            (true, true) => self.half.push((open, close)),
            (false, false) => {
                self.n_full += 1;
                if self.few_full.len() < MOST {
                    self.few_full.push((open, close));
                }
            }
            _ => self.unlike.push((open, close)),
        }
    }

    /// What was found, once the last line is read.
    pub fn report(&self, locator: &Locator<'_>, found: &mut Vec<Diagnostic>) {
        let (n_half, n_full) = (self.half.len(), self.n_full);
        let is_half = n_half >= n_full;
        let right = if is_half { ["(", ")"] } else { ["（", "）"] };
        if is_few(n_half.min(n_full), n_half + n_full) {
            let few = if is_half { &self.few_full } else { &self.half };
            let chinese = few.iter().filter(|pair| is_beside_chinese(locator, pair));
            for (open, close) in chinese.take(MOST / 2) {
                tell(locator, open, right[0], found);
                tell(locator, close, right[1], found);
            }
        }
        // A pair of two widths is a slip whatever the notice chooses.
        for (open, close) in self.unlike.iter().take(MOST) {
            for (mark, right) in [(open, right[0]), (close, right[1])] {
                if *mark != right {
                    let span = locator.span(mark);
                    let finding = Diagnostic::new(Code::MixedWidth, Some(span), &[mark, right]);
                    found.push(finding.with_fix(span, right));
                }
            }
        }
    }
}

/// Whether a pair stands in Chinese: behind it, and holding some.
fn is_beside_chinese(locator: &Locator<'_>, (open, close): &(&str, &str)) -> bool {
    let text = locator.text();
    let before = Range::of(text, open).and_then(|r| text.get(..r.start as usize));
    let before = before.and_then(|b| b.chars().next_back());
    let inside = between(text, open, close);
    before.is_some_and(is_chinese) && inside.chars().take(40).any(chars::is_han)
}

fn width_mark(c: char) -> Option<(usize, bool)> {
    Some(match c {
        ',' => (0, true),
        '，' => (0, false),
        ':' => (1, true),
        '：' => (1, false),
        ';' => (2, true),
        '；' => (2, false),
        '?' => (3, true),
        '？' => (3, false),
        '!' => (4, true),
        '！' => (4, false),
        _ => return None,
    })
}

fn is_chinese(c: char) -> bool {
    chars::is_han(c) || matches!(c, '“' | '”' | '《' | '》' | '、' | '。' | '〔' | '〕')
}
