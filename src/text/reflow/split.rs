//! Text that runs on: lines that hold several paragraphs are broken before the numbers that structure them, and where
//! the parts of a notice meet.
//!
//! A number is structure where it follows the end of a sentence, a clause in brackets or a heading, and counts on in a
//! series. Numbers inside a sentence (`（1）有专职人员；（2）有独立场所`), references (`第四条第（一）项`) and what stands in
//! quotation marks are none.

use super::build::Builder;
use super::heading;
use super::marker::{Marker, Style, marker, opens_number};
use super::parts;
use super::{Flow, Layout};
use crate::text::chars;

/// A line this many bytes long may hold several paragraphs though the text has many lines.
const LONG_LINE: usize = 750;
/// A heading has at most so many bytes, that of a chapter fewer.
const HEADING: usize = 150;
const CHAPTER: usize = 90;
/// How far the end of something in quotation marks or brackets is looked for, in bytes.
const QUOTE: usize = 400;
const BRACKET: usize = 1600;

/// What stands before a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Left {
    /// The start of the line.
    Start,
    /// The end of a sentence.
    Stop,
    /// A bracket that closes.
    Close,
    Colon,
    Semicolon,
    /// Two spaces or more, or one full-width space.
    Gap,
    /// Anything else: the number may follow a heading.
    Bare,
}

/// A number in a line, before it is known to be structure.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    at: usize,
    marker: Marker,
    left: Left,
    /// The next candidate of the same style.
    next: Option<usize>,
    /// How many sentences have ended before it.
    sentence: usize,
}

/// Where a sentence or something in brackets ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct End {
    pub(super) at: usize,
    /// Whether it is a sentence.
    pub(super) stop: bool,
}

/// Breaks the lines of a flow that hold several paragraphs.
pub(super) fn split(flow: Flow<'_>) -> Flow<'_> {
    let mut cuts = Vec::new();
    let mut at = 0;
    for line in flow.text.split('\n') {
        cuts_of_line(line, flow.layout == Layout::OneLine, at, &mut cuts);
        at += line.len() + 1;
    }
    if cuts.is_empty() {
        return flow;
    }
    insert_breaks(&flow, cuts)
}

fn insert_breaks<'s>(flow: &Flow<'s>, mut cuts: Vec<usize>) -> Flow<'s> {
    cuts.sort_unstable();
    cuts.dedup();
    Builder::rebreak(flow, &cuts)
}

/// Where a line is to be broken, as offsets from `base`.
fn cuts_of_line(line: &str, one_line: bool, base: usize, cuts: &mut Vec<usize>) {
    if line.len() < 24 {
        return;
    }
    let (candidates, ends) = candidates(line);
    if (one_line && line.len() > HEADING) || (line.len() > LONG_LINE && runs_on(&candidates)) {
        let accepted = accept(line, &candidates);
        let markers: Vec<(usize, Marker)> = accepted.iter().map(|c| (c.at, c.marker)).collect();
        let mut found: Vec<usize> = markers.iter().map(|m| m.0).collect();
        // A title stands before the first number of what it names.
        let titled = accepted
            .iter()
            .filter(|c| c.left == Left::Bare && c.marker.number == 1);
        found.extend(titled.filter_map(|c| {
            let before = ends.partition_point(|end| end.at <= c.at);
            let stop = ends.get(..before)?.iter().rev().find(|end| end.stop)?;
            let title = line.get(stop.at..c.at)?;
            (title.len() <= 240
                && parts::ends_with_title(title)
                && marker(chars::trim(title)).is_none())
            .then_some(stop.at)
        }));
        parts::cuts(line, &markers, &ends, &mut found);
        heading::cuts(line, &markers, &mut found);
        cuts.extend(
            found
                .into_iter()
                .map(|cut| cut + blank(line, cut))
                .filter(|&cut| cut > 0 && cut < line.len())
                .map(|cut| base + cut),
        );
    } else if one_line {
        // The title and the number of a notice whose text is in the next line.
        let mut found = Vec::new();
        parts::cuts(line, &[], &ends, &mut found);
        cuts.extend(
            found
                .into_iter()
                .filter(|&cut| cut > 0 && cut < line.len())
                .map(|cut| base + cut),
        );
    } else {
        cuts.extend(glued(&candidates).map(|at| base + at));
        cuts.extend(chaptered(line, &candidates).map(|at| base + at));
    }
}

/// The bytes of space at a place.
fn blank(line: &str, at: usize) -> usize {
    let rest = line.get(at..).unwrap_or("");
    rest.len() - rest.trim_start_matches(chars::is_space).len()
}

/// Whether a line holds a series of headings.
fn runs_on(candidates: &[Candidate]) -> bool {
    candidates.iter().any(|c| {
        matches!(c.marker.style, Style::Han | Style::HanBracket)
            && matches!(c.left, Left::Stop | Left::Start | Left::Colon)
            && follower(candidates, c).is_some_and(|next| {
                matches!(next.left, Left::Stop | Left::Close) && next.sentence > c.sentence
            })
    })
}

/// The numbers that go on counting from the one that the line opens with: two paragraphs were glued.
fn glued(candidates: &[Candidate]) -> impl Iterator<Item = usize> {
    let first = candidates.first().filter(|c| c.left == Left::Start);
    let mut last = first.map(|c| c.marker);
    candidates.iter().filter_map(move |c| {
        let marker = last?;
        let goes_on = c.marker.style == marker.style
            && c.marker.number == marker.number + 1
            && matches!(c.left, Left::Stop | Left::Close);
        goes_on.then(|| {
            last = Some(c.marker);
            c.at
        })
    })
}

/// The article that a chapter's heading runs into: `第一章 总则　　第一条 …`.
fn chaptered(line: &str, candidates: &[Candidate]) -> Option<usize> {
    let [chapter, article, ..] = candidates else {
        return None;
    };
    let outer = matches!(chapter.marker.style, Style::Chapter | Style::Section);
    let inner = matches!(article.marker.style, Style::Section | Style::Article);
    let heading = article.at - chapter.at;
    let words = line.get(chapter.at + chapter.marker.len..article.at)?;
    let named = words
        .chars()
        .all(|c| chars::is_han(c) || chars::is_space(c));
    let parted = article.left == Left::Gap || heading > chapter.marker.len + 3;
    (chapter.left == Left::Start
        && outer
        && inner
        && is_outer(chapter.marker.style, article.marker.style)
        && matches!(article.left, Left::Gap | Left::Bare)
        && parted
        && named
        && heading <= CHAPTER
        && article.sentence == chapter.sentence)
        .then_some(article.at)
}

fn follower<'c>(candidates: &'c [Candidate], c: &Candidate) -> Option<&'c Candidate> {
    c.next
        .and_then(|next| candidates.get(next))
        .filter(|next| next.marker.number == c.marker.number + 1)
}

/// The numbers of a line outside quotation marks and brackets, and where its sentences end.
fn candidates(line: &str) -> (Vec<Candidate>, Vec<End>) {
    let mut found: Vec<Candidate> = Vec::new();
    let mut ends: Vec<End> = Vec::new();
    let mut sentence = 0;
    let mut last = [None; 9];
    let (mut at, mut before, mut gap) = (0, None, 0);
    while let Some(rest) = line.get(at..)
        && let Some(c) = rest.chars().next()
    {
        let step = c.len_utf8();
        if chars::is_han(c) && !opens_number(c) {
            // No number starts here, and nothing ends: nearly all characters.
            at = past_plain(line, at + step);
            (before, gap) = (line.get(..at).and_then(|t| t.chars().next_back()), 0);
            continue;
        }
        if chars::is_space(c) {
            gap += if c == ' ' { 1 } else { 2 };
            at += step;
            continue;
        }
        let left = left(before, gap);
        let marker = left.and_then(|_| marker(rest));
        if let (Some(left), Some(marker)) = (left, marker) {
            let index = found.len();
            if let Some(previous) = last
                .get_mut(marker.style as usize)
                .and_then(|last| last.replace(index))
                && let Some(previous) = found.get_mut(previous)
            {
                previous.next = Some(index);
            }
            found.push(Candidate {
                at,
                marker,
                left,
                next: None,
                sentence,
            });
            at += marker.len;
            // A number right behind a number is a reference: 第四条第（一）（二）项.
            before = Some('、');
            gap = 0;
            continue;
        }
        let skip = closed(rest, c).unwrap_or(step);
        before = rest.get(..skip).and_then(|t| t.chars().next_back());
        at += skip;
        gap = 0;
        if before.is_some_and(chars::is_full_stop) {
            sentence += 1;
            ends.push(End { at, stop: true });
        } else if before.is_some_and(chars::is_close_bracket) {
            ends.push(End { at, stop: false });
        }
    }
    (found, ends)
}

/// Where the Chinese characters end that open no number, from a byte on: most are told by the first byte of their three.
fn past_plain(line: &str, mut at: usize) -> usize {
    let bytes = line.as_bytes();
    while let Some(&lead) = bytes.get(at) {
        at += match lead {
            0xe6 | 0xe8 => 3,
            0xe4..=0xe9 => match line.get(at..).and_then(|rest| rest.chars().next()) {
                Some(c) if chars::is_han(c) && !opens_number(c) => 3,
                _ => break,
            },
            _ => break,
        };
    }
    at
}

/// What stands before a place, or nothing where no number can start there.
fn left(before: Option<char>, gap: usize) -> Option<Left> {
    let Some(c) = before else {
        return Some(Left::Start);
    };
    Some(match c {
        _ if chars::is_full_stop(c) => Left::Stop,
        _ if chars::is_close_bracket(c) => Left::Close,
        _ if chars::is_colon(c) => Left::Colon,
        _ if chars::is_semicolon(c) => Left::Semicolon,
        _ if gap >= 2 => Left::Gap,
        _ if chars::is_comma(c) || chars::is_enumeration_comma(c) || chars::is_open_bracket(c) => {
            return None;
        }
        '第' | '.' | '．' | '-' | '—' | '－' | '+' | '/' | '至' | '到' | '~' | '～' | '×'
        | '〔' => return None,
        _ if c.is_ascii_alphanumeric() || chars::is_digit(c) => return None,
        _ => Left::Bare,
    })
}

/// How many bytes something in quotation marks or brackets takes that opens here, where it closes soon.
fn closed(rest: &str, open: char) -> Option<usize> {
    let (close, within) = match open {
        '《' => ('》', QUOTE),
        '“' => ('”', QUOTE),
        '「' => ('」', QUOTE),
        _ if chars::is_open_bracket(open) => (')', BRACKET),
        _ => return None,
    };
    let mut depth = 0usize;
    for (at, c) in chars::marks(rest) {
        if at > within {
            return None;
        }
        if close == ')' {
            if chars::is_open_bracket(c) {
                depth += 1;
            } else if chars::is_close_bracket(c) {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + c.len_utf8());
                }
            }
        } else if c == open {
            depth += 1;
        } else if c == close {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return Some(at + c.len_utf8());
            }
        }
    }
    None
}

/// The candidates that structure a line.
fn accept(line: &str, candidates: &[Candidate]) -> Vec<Candidate> {
    let mut accepted: Vec<Candidate> = Vec::new();
    let mut counts = [0u32; 9];
    let mut inline = [false; 9];
    for c in candidates {
        let style = c.marker.style as usize;
        let (Some(count), Some(inline)) = (counts.get_mut(style), inline.get_mut(style)) else {
            continue;
        };
        let before = accepted.last();
        if c.marker.number == 1 {
            *inline = is_inline(c, candidates);
        }
        let counts_on = c.marker.number == *count + 1
            || c.marker.number == 1
            || (c.left == Left::Stop && c.marker.number > *count && c.marker.number <= *count + 3);
        if *inline || !counts_on || !fits(line, c, before, *count, candidates) {
            continue;
        }
        *count = c.marker.number;
        accepted.push(*c);
    }
    accepted
}

/// Whether a series that starts here runs on inside a sentence: its second member follows no full stop.
fn is_inline(c: &Candidate, candidates: &[Candidate]) -> bool {
    if !matches!(
        c.marker.style,
        Style::Dot | Style::Comma | Style::Bracket | Style::Circle
    ) {
        return false;
    }
    match follower(candidates, c) {
        Some(next) => matches!(next.left, Left::Semicolon | Left::Bare | Left::Colon),
        None => !matches!(c.left, Left::Start | Left::Gap),
    }
}

/// Whether a number stands where structure does.
fn fits(
    line: &str,
    c: &Candidate,
    before: Option<&Candidate>,
    count: u32,
    candidates: &[Candidate],
) -> bool {
    // What lies between this number and the last: a heading where it is short and no sentence.
    let heading = before.is_some_and(|b| {
        b.sentence == c.sentence
            && c.at - b.at <= HEADING
            && is_outer(b.marker.style, c.marker.style)
    });
    match c.left {
        Left::Start | Left::Stop | Left::Gap => true,
        Left::Close => c.marker.style != Style::Article || heading,
        Left::Colon => true,
        Left::Semicolon => c.marker.style == Style::HanBracket,
        Left::Bare => {
            let first = c.marker.number == 1;
            let titled = first && parts::ends_with_title(line.get(..c.at).unwrap_or(""));
            match c.marker.style {
                Style::Han => titled || parts::ends_with_date(line.get(..c.at).unwrap_or("")),
                Style::Dot | Style::Comma | Style::Bracket | Style::Circle => {
                    let goes_on = count > 0 && c.marker.number == count + 1;
                    heading && (goes_on || (first && follower(candidates, c).is_some()))
                }
                _ => heading || titled,
            }
        }
    }
}

/// Whether one style stands over another where a heading of the one is followed by the other.
fn is_outer(outer: Style, inner: Style) -> bool {
    outer < inner
}
