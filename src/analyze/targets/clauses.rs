//! A text taken apart: sentences, segments (between ；), clauses (between ，), brackets and quotations.
//!
//! One walk over the characters, one stack; what is in a quotation is never taken apart, what is in brackets
//! has clauses of its own and lies whole in the clause around it.

use crate::text::chars;

/// What ends a clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// ，
    Comma,
    /// ；
    Semicolon,
    /// ：
    Colon,
    /// 。, a line's end, or the text's.
    Stop,
    /// The bracket that holds it.
    Bracket,
}

/// A stretch between marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clause {
    /// First byte.
    pub start: usize,
    /// One past the last byte, the mark not counted.
    pub end: usize,
    /// The mark behind it.
    pub ends_with: End,
    /// In how many brackets it lies.
    pub depth: u32,
    /// The sentence, counted from nought.
    pub sentence: usize,
    /// The stretch between ；, counted from nought over all sentences.
    pub segment: usize,
}

/// A text's clauses, quotations and brackets, in bytes of the text.
#[derive(Debug, Clone, Default)]
pub struct Shape {
    /// The clauses, by their start; one that holds brackets stands before the clauses in them.
    pub clauses: Vec<Clause>,
    /// Quotations and titles in book marks, marks included, outermost only, by their start.
    pub quotes: Vec<(usize, usize)>,
    /// Brackets, marks included, outermost only, by their start.
    pub brackets: Vec<(usize, usize)>,
    /// For each clause boundary search: the innermost clause that starts a run of bytes, by its start.
    runs: Vec<(usize, usize)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    OpenQuote,
    CloseQuote,
    OpenBracket,
    CloseBracket,
    Clause(End),
}

struct Frame {
    start: usize,
    depth: u32,
    /// Where in `clauses` the running clause will stand.
    slot: usize,
}

impl Shape {
    /// Takes a text apart.
    pub fn of(text: &str) -> Shape {
        let marks = marks(text);
        let partner = partners(&marks);
        let mut shape = Shape::default();
        let mut stack = vec![shape.open(0, 0)];
        let (mut sentence, mut segment) = (0, 0);
        let mut skip_until = 0;
        for (i, &(at, len, mark)) in marks.iter().enumerate() {
            if at < skip_until {
                continue;
            }
            let matched = partner.get(i).copied().flatten();
            match (mark, matched) {
                (Mark::OpenQuote, Some(j)) => {
                    let end = marks.get(j).map_or(at, |&(close, n, _)| close + n);
                    shape.quotes.push((at, end));
                    skip_until = end;
                }
                (Mark::OpenBracket, Some(j)) => {
                    if stack.len() == 1 {
                        let end = marks.get(j).map_or(at, |&(close, n, _)| close + n);
                        shape.brackets.push((at, end));
                    }
                    let depth = stack.len() as u32;
                    let frame = shape.open(at + len, depth);
                    stack.push(frame);
                }
                (Mark::CloseBracket, Some(_)) if stack.len() > 1 => {
                    if let Some(frame) = stack.pop() {
                        shape.close(&frame, at, End::Bracket, sentence, segment);
                    }
                    if let Some(outer) = stack.last() {
                        shape.runs.push((at + len, outer.slot));
                    }
                }
                (Mark::Clause(end), _) => {
                    let Some(frame) = stack.pop() else { continue };
                    shape.close(&frame, at, end, sentence, segment);
                    if frame.depth == 0 {
                        sentence += usize::from(end == End::Stop);
                        segment += usize::from(matches!(end, End::Stop | End::Semicolon));
                    }
                    let next = shape.open(at + len, frame.depth);
                    stack.push(next);
                }
                _ => {}
            }
        }
        while let Some(frame) = stack.pop() {
            let end = if frame.depth == 0 {
                End::Stop
            } else {
                End::Bracket
            };
            shape.close(&frame, text.len(), end, sentence, segment);
        }
        shape
    }

    /// The innermost clause that holds a byte.
    pub fn clause_at(&self, at: usize) -> usize {
        let after = self.runs.partition_point(|&(start, _)| start <= at);
        after
            .checked_sub(1)
            .and_then(|i| self.runs.get(i))
            .map_or(0, |&(_, clause)| clause)
    }

    /// Whether a byte lies in a quotation.
    pub fn quoted(&self, at: usize) -> bool {
        within(&self.quotes, at)
    }

    fn open(&mut self, start: usize, depth: u32) -> Frame {
        let slot = self.clauses.len();
        self.runs.push((start, slot));
        self.clauses.push(Clause {
            start,
            end: start,
            ends_with: End::Stop,
            depth,
            sentence: 0,
            segment: 0,
        });
        Frame { start, depth, slot }
    }

    fn close(
        &mut self,
        frame: &Frame,
        end: usize,
        ends_with: End,
        sentence: usize,
        segment: usize,
    ) {
        if let Some(clause) = self.clauses.get_mut(frame.slot) {
            *clause = Clause {
                start: frame.start,
                end,
                ends_with,
                depth: frame.depth,
                sentence,
                segment,
            };
        }
    }
}

/// Whether a byte lies in one of some ranges that are sorted and do not overlap.
pub fn within(ranges: &[(usize, usize)], at: usize) -> bool {
    let after = ranges.partition_point(|&(start, _)| start <= at);
    after
        .checked_sub(1)
        .and_then(|i| ranges.get(i))
        .is_some_and(|&(_, end)| at < end)
}

/// The marks of a text: where, how long, what.
fn marks(text: &str) -> Vec<(usize, usize, Mark)> {
    let mut marks = Vec::new();
    let mut straight_open = false;
    for (at, c) in chars::marks(text) {
        let mark = match c {
            '、' => None,
            '“' | '《' | '「' | '『' => Some(Mark::OpenQuote),
            '”' | '》' | '」' | '』' => Some(Mark::CloseQuote),
            '"' => {
                straight_open = !straight_open;
                Some(if straight_open {
                    Mark::OpenQuote
                } else {
                    Mark::CloseQuote
                })
            }
            '\n' => {
                straight_open = false;
                Some(Mark::Clause(End::Stop))
            }
            _ if chars::is_comma(c) => {
                (!between_digits(text, at, c)).then_some(Mark::Clause(End::Comma))
            }
            _ if chars::is_full_stop(c) => Some(Mark::Clause(End::Stop)),
            _ if chars::is_semicolon(c) => Some(Mark::Clause(End::Semicolon)),
            _ if chars::is_colon(c) => {
                (!between_digits(text, at, c)).then_some(Mark::Clause(End::Colon))
            }
            _ if chars::is_open_bracket(c) => Some(Mark::OpenBracket),
            _ if chars::is_close_bracket(c) => Some(Mark::CloseBracket),
            _ => None,
        };
        if let Some(mark) = mark {
            marks.push((at, c.len_utf8(), mark));
        }
    }
    marks
}

/// Whether a character stands between digits: 1,500, 1:1.5.
fn between_digits(text: &str, at: usize, c: char) -> bool {
    let before = text.get(..at).and_then(|t| t.chars().next_back());
    let after = text.get(at + c.len_utf8()..);
    let after = after.and_then(|t| t.chars().next());
    before.is_some_and(chars::is_digit) && after.is_some_and(chars::is_digit)
}

/// For each opening and closing mark, the mark it goes with. A bracket that nothing closes before the line's end
/// goes with none.
fn partners(marks: &[(usize, usize, Mark)]) -> Vec<Option<usize>> {
    let mut partner = vec![None; marks.len()];
    let (mut quotes, mut brackets) = (Vec::new(), Vec::new());
    for (i, &(_, _, mark)) in marks.iter().enumerate() {
        match mark {
            Mark::OpenQuote => quotes.push(i),
            Mark::OpenBracket if quotes.is_empty() => brackets.push(i),
            Mark::CloseQuote => {
                if let Some(open) = quotes.pop() {
                    join(&mut partner, open, i);
                }
            }
            Mark::CloseBracket if quotes.is_empty() => {
                if let Some(open) = brackets.pop() {
                    join(&mut partner, open, i);
                }
            }
            // A quotation does not run over a sentence's end and a comma both; one left open is no quotation.
            Mark::Clause(End::Stop) => quotes.clear(),
            _ => {}
        }
    }
    partner
}

fn join(partner: &mut [Option<usize>], open: usize, close: usize) {
    if let Some(slot) = partner.get_mut(open) {
        *slot = Some(close);
    }
    if let Some(slot) = partner.get_mut(close) {
        *slot = Some(open);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, clauses: &[&str]) {
        let shape = Shape::of(text);
        let got: Vec<&str> = shape
            .clauses
            .iter()
            .filter(|c| c.start < c.end)
            .map(|c| &text[c.start..c.end])
            .collect();
        assert_eq!(got, clauses, "{text}");
        for (i, clause) in shape.clauses.iter().enumerate() {
            if clause.start < clause.end {
                assert_eq!(shape.clause_at(clause.start), i, "{text}");
            }
        }
    }

    #[test]
    fn clauses_between_marks() {
        check("甲，乙；丙。丁", &["甲", "乙", "丙", "丁"]);
        check(
            "投资1,500万元, 按1:1.5配套",
            &["投资1,500万元", " 按1:1.5配套"],
        );
        check("其中：甲", &["其中", "甲"]);
    }

    #[test]
    fn brackets_have_clauses_of_their_own() {
        check(
            "基地（园区，含县级）5个",
            &["基地（园区，含县级）5个", "园区", "含县级"],
        );
        check("甲（乙，丙", &["甲（乙", "丙"]);
        check("甲）乙，丙", &["甲）乙", "丙"]);
    }

    #[test]
    fn quotations_stay_whole() {
        check("推进“一网，通办”，完成", &["推进“一网，通办”", "完成"]);
        check("推进“一网，通办。完成", &["推进“一网", "通办", "完成"]);
        check("《甲（试行）》，乙", &["《甲（试行）》", "乙"]);
        assert!(Shape::of("“三个1”").quoted(10));
    }

    #[test]
    fn sentences_and_segments_are_counted() {
        let shape = Shape::of("甲，乙；丙。丁");
        let places: Vec<_> = shape
            .clauses
            .iter()
            .map(|c| (c.sentence, c.segment))
            .collect();
        assert_eq!(places, [(0, 0), (0, 0), (0, 1), (1, 2)]);
    }

    #[test]
    fn odd_marks_do_no_harm() {
        for text in [
            "",
            "（（（（",
            "））））",
            "“”“",
            "\"，\"",
            "（“）”",
            "，，；；。。",
        ] {
            let shape = Shape::of(text);
            assert!(
                shape
                    .clauses
                    .iter()
                    .all(|c| c.start <= c.end && c.end <= text.len())
            );
        }
    }
}
