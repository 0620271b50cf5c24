//! Brackets and quotation marks in pairs (GB/T 15834-2011).

use super::{MOST, widths};
use crate::diagnostic::{Code, Diagnostic};
use crate::span::between;
use crate::text::{Locator, chars};

/// So many marks that a line leaves open may be closed by the next.
const CARRIED: usize = 8;

/// So many lines further on a mark may be closed: pages break `【字号：大 中 小】` and `（PM2.5）` over several.
const REACH: u32 = 8;

/// A mark as it stands.
#[derive(Debug, Clone, Copy)]
struct Mark<'s> {
    text: &'s str,
    kind: Kind,
    /// Title marks that stand directly in title marks.
    in_title: bool,
}

/// The kinds of marks that come in pairs; the widths of one kind are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Round,
    Tortoise,
    Square,
    Lenticular,
    Title,
    InnerTitle,
    Double,
    Single,
}

impl Kind {
    const COUNT: usize = 8;

    fn is_quote(self) -> bool {
        matches!(self, Kind::Double | Kind::Single)
    }

    fn is_title(self) -> bool {
        matches!(self, Kind::Title | Kind::InnerTitle)
    }

    fn is_bracket(self) -> bool {
        !self.is_quote() && !self.is_title()
    }
}

/// Opens or closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    /// `"`, which has no side of its own.
    Either,
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
        '〈' => (Kind::InnerTitle, Side::Open),
        '〉' => (Kind::InnerTitle, Side::Close),
        '“' => (Kind::Double, Side::Open),
        '”' => (Kind::Double, Side::Close),
        '"' | '＂' => (Kind::Double, Side::Either),
        '‘' => (Kind::Single, Side::Open),
        '’' => (Kind::Single, Side::Close),
        _ => return None,
    })
}

/// Two marks that belong together.
type Pair<'s> = (&'s str, &'s str);

/// The partners of brackets and quotation marks.
///
/// Quiet where a pair is broken over a few lines (a wrapped title, a page), at the head of a line, where `1)` and `一）`
/// number, and where each paragraph of a long quotation opens anew.
#[derive(Debug, Default)]
pub struct Pairs<'s> {
    open: Vec<Mark<'s>>,
    /// The kinds of the title marks that are open.
    titles: Vec<Kind>,
    /// Left open by a line before, with its number.
    pending: Vec<(Mark<'s>, u32)>,
    line: u32,
    /// Whether the line ends in dots.
    is_cut_off: bool,
    /// How many of each kind are open: looked up instead of searched for, so that ten thousand open brackets cost no more.
    n_open: [usize; Kind::COUNT],
    lonely: Vec<Mark<'s>>,
    mismatched: Vec<Pair<'s>>,
    unlike_quotes: Vec<Pair<'s>>,
    /// Pairs inside a pair of their own kind: quotes and titles, told once the outer pair is closed.
    inner: [Vec<Pair<'s>>; 2],
    nested: [Vec<Pair<'s>>; 2],
    rounds: widths::Rounds<'s>,
}

impl<'s> Pairs<'s> {
    /// A line begins: what the ones before left open, this one may close (a title broken over two lines).
    pub fn begin(&mut self, line: &str) {
        if !self.open.is_empty() {
            let at = self.line;
            let open = self.open.drain(..).map(|mark| (mark, at));
            // An excerpt that ends in dots is cut off, and its marks with it.
            if std::mem::take(&mut self.is_cut_off) {
                drop(open);
            } else {
                self.pending.extend(open);
            }
            self.n_open = [0; Kind::COUNT];
            self.titles.clear();
        }
        self.line += 1;
        if !self.pending.is_empty() {
            // A title leaves a mark or two open; where more are, all but the last have no partner.
            let n_lost = self.pending.len().saturating_sub(CARRIED);
            let (now, lonely) = (self.line, &mut self.lonely);
            let mut n = 0;
            self.pending.retain(|&(mark, at)| {
                let lost = n < n_lost || at + REACH < now;
                n += 1;
                if lost {
                    lonely.push(mark);
                }
                !lost
            });
        }
        self.inner.iter_mut().for_each(Vec::clear);
        self.is_cut_off = line.ends_with("...") || line.ends_with('…');
    }

    /// Whether quotation or title marks are open.
    pub fn is_quoted(&self) -> bool {
        !self.titles.is_empty() || self.is_open(Kind::Double) || self.is_open(Kind::Single)
    }

    /// A character of the line with the one before; `numbers_line` where nothing but a number stands before it.
    pub fn mark(&mut self, text: &'s str, c: char, before: Option<char>, numbers_line: bool) {
        let Some((kind, side)) = pair_mark(c) else {
            return;
        };
        let in_title = kind == Kind::Title && self.titles.last() == Some(&Kind::Title);
        let mark = Mark {
            text,
            kind,
            in_title,
        };
        match side {
            Side::Open => {
                // Each paragraph of a long quotation opens anew, and only the last one closes.
                if before.is_none() && kind == Kind::Double {
                    self.close_pending(kind);
                }
                self.open_mark(mark);
            }
            Side::Either if self.is_open(kind) => self.close_mark(mark),
            Side::Either => {
                if !self.close_pending(kind) {
                    self.open_mark(mark);
                }
            }
            // `1)` and `一）` at the head of a line number it.
            Side::Close if kind == Kind::Round && numbers_line => {}
            // The apostrophe of Latin words.
            Side::Close
                if c == '’'
                    && !self.is_open(kind)
                    && before.is_some_and(|b| b.is_ascii_alphanumeric()) => {}
            Side::Close => self.close_mark(mark),
        }
    }

    fn open_mark(&mut self, mark: Mark<'s>) {
        self.n_open[mark.kind as usize] += 1;
        if mark.kind.is_title() {
            self.titles.push(mark.kind);
        }
        self.open.push(mark);
    }

    fn is_open(&self, kind: Kind) -> bool {
        self.n_open[kind as usize] > 0
    }

    fn pop(&mut self) -> Option<Mark<'s>> {
        let mark = self.open.pop()?;
        self.n_open[mark.kind as usize] -= 1;
        if mark.kind.is_title() {
            self.titles.pop();
        }
        Some(mark)
    }

    /// Takes the last mark of a kind that a line before left open; false where none is.
    fn close_pending(&mut self, kind: Kind) -> bool {
        let at = self.pending.iter().rposition(|(m, _)| m.kind == kind);
        at.map(|at| self.pending.remove(at)).is_some()
    }

    fn close_mark(&mut self, mark: Mark<'s>) {
        if self.is_open(mark.kind) {
            // What was opened inside and not closed has no partner.
            while let Some(inner) = self.pop() {
                if inner.kind == mark.kind {
                    self.pair(inner, mark);
                    return;
                }
                self.lonely.push(inner);
            }
        }
        match self.open.last() {
            Some(&top) if top.kind.is_bracket() && mark.kind.is_bracket() => {
                self.pop();
                self.mismatched.push((top.text, mark.text));
            }
            _ => {
                if !self.close_pending(mark.kind) {
                    self.lonely.push(mark);
                }
            }
        }
    }

    fn pair(&mut self, open: Mark<'s>, close: Mark<'s>) {
        let pair = (open.text, close.text);
        match open.kind {
            Kind::Round => self.rounds.pair(pair),
            Kind::Double => {
                if is_straight(open.text) != is_straight(close.text) {
                    self.unlike_quotes.push(pair);
                }
                let outer_is_open = self.is_open(Kind::Double);
                if is_straight(open.text) {
                    // Straight marks go in and out by turns; one too few turns them all about.
                    self.inner[0].clear();
                }
                self.nest(0, pair, outer_is_open, outer_is_open);
            }
            Kind::Title => self.nest(1, pair, open.in_title, self.is_open(Kind::Title)),
            _ => {}
        }
    }

    /// Keeps an inner pair until the outer one is closed: only then is it one.
    fn nest(&mut self, n: usize, pair: Pair<'s>, is_inner: bool, outer_is_open: bool) {
        if is_inner {
            self.inner[n].push(pair);
        } else if !outer_is_open {
            let inner = std::mem::take(&mut self.inner[n]);
            self.nested[n].extend(inner);
        }
    }

    /// What was found, once the last line is read.
    pub fn report(mut self, locator: &Locator<'_>, found: &mut Vec<Diagnostic>) {
        self.lonely
            .extend(self.pending.iter().map(|(mark, _)| mark));
        if !self.is_cut_off {
            self.lonely.append(&mut self.open);
        }
        for mark in self.lonely.iter().take(MOST) {
            let code = if mark.kind.is_quote() {
                Code::UnbalancedQuote
            } else {
                Code::UnbalancedBracket
            };
            let span = Some(locator.span(mark.text));
            found.push(Diagnostic::new(code, span, &[mark.text]));
        }
        for &(open, close) in self.mismatched.iter().take(MOST) {
            let span = Some(locator.span(close));
            found.push(Diagnostic::new(
                Code::MismatchedBracket,
                span,
                &[open, close],
            ));
        }
        // Where a quotation mark has no partner at all, who belongs to whom is not certain.
        let is_certain = !self.lonely.iter().any(|mark| mark.kind == Kind::Double);
        for &(open, close) in self.unlike_quotes.iter().take(MOST) {
            // The straight one has the wrong form, be it the first or the second.
            let (wrong, right) = if is_straight(open) {
                (open, "“")
            } else {
                (close, "”")
            };
            let span = locator.span(wrong);
            let finding = Diagnostic::new(Code::MismatchedQuote, Some(span), &[open, close]);
            found.push(if is_certain {
                finding.with_fix(span, right)
            } else {
                finding
            });
        }
        let [quotes, titles] = &self.nested;
        nested(locator, quotes, Code::NestedQuote, ['‘', '’'], found);
        nested(locator, titles, Code::NestedTitle, ['〈', '〉'], found);
        self.rounds.report(locator, found);
    }
}

/// Pairs inside pairs of their own kind, with the marks that they should have.
fn nested(
    locator: &Locator<'_>,
    pairs: &[Pair<'_>],
    code: Code,
    [left, right]: [char; 2],
    found: &mut Vec<Diagnostic>,
) {
    for &(open, close) in pairs.iter().take(MOST) {
        let whole = between(locator.text(), open, close);
        let inside = whole
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        // “甲“、”乙”: a mark has the wrong side.
        if !inside.is_some_and(|inside| inside.chars().any(chars::is_han)) {
            continue;
        }
        let span = locator.span(whole);
        let finding = Diagnostic::new(code, Some(span), &[]);
        found.push(match inside {
            // Where a page broke the pair over lines, the words of the flow are not those of the text.
            Some(inside) if span.end - span.start == whole.chars().count() as u32 => {
                finding.with_fix(span, format!("{left}{inside}{right}"))
            }
            _ => finding,
        });
    }
}

fn is_straight(mark: &str) -> bool {
    matches!(mark, "\"" | "＂")
}
