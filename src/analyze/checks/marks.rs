//! Brackets, quotation marks and the width of punctuation (GB/T 15834-2011).

use crate::diagnostic::{Code, Diagnostic};
use crate::text::{Locator, chars};

/// At most so many findings of one code: a text that is wrong throughout is not told so a thousand times.
const MOST: usize = 20;

/// So many marks that a line leaves open may be closed by the next.
const CARRIED: usize = 8;

/// A mark as it stands.
#[derive(Debug, Clone, Copy)]
struct Mark<'s> {
    text: &'s str,
    kind: Kind,
}

/// The kinds of marks that come in pairs; the widths of one kind are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Round,
    Tortoise,
    Square,
    Lenticular,
    Title,
    Double,
    Single,
}

impl Kind {
    fn is_quote(self) -> bool {
        matches!(self, Kind::Double | Kind::Single)
    }

    fn is_bracket(self) -> bool {
        !self.is_quote() && self != Kind::Title
    }
}

/// Opens or closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
}

fn pair_mark(c: char) -> Option<(Kind, Side)> {
    Some(match c {
        '(' | '（' => (Kind::Round, Side::Open),
        ')' | '）' => (Kind::Round, Side::Close),
        '〔' | '﹝' => (Kind::Tortoise, Side::Open),
        '〕' | '﹞' => (Kind::Tortoise, Side::Close),
        '[' | '［' => (Kind::Square, Side::Open),
        ']' | '］' => (Kind::Square, Side::Close),
        '【' => (Kind::Lenticular, Side::Open),
        '】' => (Kind::Lenticular, Side::Close),
        '《' => (Kind::Title, Side::Open),
        '》' => (Kind::Title, Side::Close),
        '“' => (Kind::Double, Side::Open),
        '”' => (Kind::Double, Side::Close),
        '‘' => (Kind::Single, Side::Open),
        '’' => (Kind::Single, Side::Close),
        _ => return None,
    })
}

/// The partners of brackets and quotation marks.
///
/// Quiet where a pair is broken over two lines (a wrapped title), and at the head of a line, where `1)` and `一）` number.
#[derive(Debug, Default)]
pub struct Pairs<'s> {
    open: Vec<Mark<'s>>,
    /// Left open by the line before.
    pending: Vec<Mark<'s>>,
    /// How many of each kind are open: looked up instead of searched for, so that ten thousand open brackets cost no more.
    n_open: [usize; 7],
    lonely: Vec<Mark<'s>>,
    mismatched: Vec<(Mark<'s>, Mark<'s>)>,
    nested: Vec<Mark<'s>>,
}

impl<'s> Pairs<'s> {
    /// A line begins: what the one before left open, this one may close (a title broken over two lines).
    pub fn begin(&mut self) {
        let open = std::mem::take(&mut self.open);
        let lost = std::mem::replace(&mut self.pending, open);
        self.lonely.extend(lost);
        self.n_open = [0; 7];
        // A title leaves a mark or two open; where more are, all but the last have no partner.
        let n_lost = self.pending.len().saturating_sub(CARRIED);
        self.lonely.extend(self.pending.drain(..n_lost));
    }

    /// A character of the line; `at_head` where so little stands before it that it may number the line.
    pub fn mark(&mut self, text: &'s str, c: char, at_head: bool) {
        let Some((kind, side)) = pair_mark(c) else {
            return;
        };
        let mark = Mark { text, kind };
        match side {
            Side::Open => self.open_mark(mark),
            // `1)` and `一）` at the head of a line number it.
            Side::Close if at_head && self.open.is_empty() && kind == Kind::Round => {}
            Side::Close => self.close_mark(mark),
        }
    }

    fn open_mark(&mut self, mark: Mark<'s>) {
        if mark.kind == Kind::Double && self.is_open(Kind::Double) {
            self.nested.push(mark);
        }
        self.n_open[mark.kind as usize] += 1;
        self.open.push(mark);
    }

    fn is_open(&self, kind: Kind) -> bool {
        self.n_open[kind as usize] > 0
    }

    fn pop(&mut self) -> Option<Mark<'s>> {
        let mark = self.open.pop()?;
        self.n_open[mark.kind as usize] -= 1;
        Some(mark)
    }

    fn close_mark(&mut self, mark: Mark<'s>) {
        if self.is_open(mark.kind) {
            // What was opened inside and not closed has no partner.
            while let Some(inner) = self.pop() {
                if inner.kind == mark.kind {
                    return;
                }
                self.lonely.push(inner);
            }
        }
        match self.open.last() {
            Some(&top) if top.kind.is_bracket() && mark.kind.is_bracket() => {
                self.pop();
                self.mismatched.push((top, mark));
            }
            _ => match self.pending.iter().rposition(|m| m.kind == mark.kind) {
                Some(at) => {
                    self.pending.remove(at);
                }
                None => self.lonely.push(mark),
            },
        }
    }

    /// What was found, once the last line is read.
    pub fn report(mut self, locator: &Locator<'_>, found: &mut Vec<Diagnostic>) {
        self.lonely.append(&mut self.pending);
        self.lonely.append(&mut self.open);
        for mark in self.lonely.iter().take(MOST) {
            let code = if mark.kind.is_quote() {
                Code::UnbalancedQuote
            } else {
                Code::UnbalancedBracket
            };
            found.push(Diagnostic::new(
                code,
                Some(locator.span(mark.text)),
                &[mark.text],
            ));
        }
        for (open, close) in self.mismatched.iter().take(MOST) {
            let span = locator.span(close.text);
            let mut diagnostic = Diagnostic::new(
                Code::MismatchedBracket,
                Some(span),
                &[open.text, close.text],
            );
            if let Some(partner) = partner(open.text) {
                diagnostic = diagnostic.with_fix(span, partner);
            }
            found.push(diagnostic);
        }
        for mark in self.nested.iter().take(MOST) {
            found.push(Diagnostic::new(
                Code::NestedQuote,
                Some(locator.span(mark.text)),
                &[],
            ));
        }
    }
}

fn partner(open: &str) -> Option<&'static str> {
    Some(match open {
        "(" => ")",
        "（" => "）",
        "〔" => "〕",
        "﹝" => "﹞",
        "[" => "]",
        "［" => "］",
        "【" => "】",
        _ => return None,
    })
}

/// The marks whose width a notice chooses once.
const WIDTHS: [(&str, &str); 7] = [
    (",", "，"),
    (":", "："),
    (";", "；"),
    ("(", "（"),
    (")", "）"),
    ("?", "？"),
    ("!", "！"),
];

/// Which width each mark has beside Chinese.
///
/// Quiet where a notice keeps to one width, be it the half one (the Xuchang circular), where both are common (then
/// nobody chose), and beside digits and Latin, where the half width may be right.
#[derive(Debug, Default)]
pub struct Widths<'s> {
    half: [Vec<&'s str>; 7],
    full: [Vec<&'s str>; 7],
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
                self.full[mark].push(text);
            }
        }
    }

    /// What was found, once the last line is read.
    pub fn report(&self, locator: &Locator<'_>, found: &mut Vec<Diagnostic>) {
        for (mark, (half, full)) in WIDTHS.iter().enumerate() {
            let (few, right) = if self.half[mark].len() < self.full[mark].len() {
                (&self.half[mark], full)
            } else {
                (&self.full[mark], half)
            };
            let all = self.half[mark].len() + self.full[mark].len();
            if few.len() * 10 > all {
                continue;
            }
            for text in few.iter().take(MOST) {
                let span = locator.span(text);
                let diagnostic = Diagnostic::new(Code::MixedWidth, Some(span), &[text, right]);
                found.push(diagnostic.with_fix(span, *right));
            }
        }
    }
}

fn width_mark(c: char) -> Option<(usize, bool)> {
    Some(match c {
        ',' => (0, true),
        '，' => (0, false),
        ':' => (1, true),
        '：' => (1, false),
        ';' => (2, true),
        '；' => (2, false),
        '(' => (3, true),
        '（' => (3, false),
        ')' => (4, true),
        '）' => (4, false),
        '?' => (5, true),
        '？' => (5, false),
        '!' => (6, true),
        '！' => (6, false),
        _ => return None,
    })
}

fn is_chinese(c: char) -> bool {
    chars::is_han(c) || matches!(c, '“' | '”' | '《' | '》' | '、' | '。' | '〔' | '〕')
}
