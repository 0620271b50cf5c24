//! What it costs to join two pieces of hard-wrapped text, or to part them: what the words at their meeting tell, read once.

use super::layout::{self, EM};
use super::marker::Style;
use super::parts;
use super::unwrap::{Piece, Torn};
use crate::text::chars;

/// A line that is shorter than the page makes it likely that a paragraph ends, but never more than this: parts
/// of a line come without the rest where a page was read badly.
const SLACK_MAX: u32 = 110;

/// What it costs to end a paragraph within a sentence.
const WITHIN_SENTENCE: u32 = 130;

/// What it costs to read over the number of a row.
const ACROSS_ROW: u32 = 200;

/// The meeting of two pieces.
#[derive(Debug, Clone, Copy)]
pub(super) struct Joint {
    /// What it costs that both are one line of the page.
    pub(super) within: u32,
    /// What that costs besides where the line is the last of its paragraph and short.
    pub(super) loose: u32,
    /// What it costs to read over a number that looks like the start of a paragraph.
    across: u32,
    /// By how much a line may be short, since the next word could not be parted.
    word: u32,
    /// What it costs to end a paragraph here: the line not full and full, the sentence whole and torn.
    ends: [[u32; 2]; 2],
}

impl Joint {
    /// Reads the meeting of a piece and the next.
    pub(super) fn of(piece: &Piece<'_>, next: &Piece<'_>) -> Joint {
        let opens = opens_text(piece, next);
        let one = is_one(piece, next);
        let across = across_marker(piece, next, opens);
        let end = |full: bool, torn: bool| {
            if one && !next.row {
                WITHIN_SENTENCE
            } else {
                end_of_paragraph(piece, next, opens, full, torn)
            }
        };
        let clause = chars::is_open_bracket(next.first) && chars::is_full_stop(piece.last);
        Joint {
            within: if one {
                0
            } else {
                within_line(piece, next) + across
            },
            loose: match () {
                () if one => 0,
                () if clause => 2,
                () => 25,
            },
            across,
            word: EM / 2 + head_width(next.text),
            ends: [
                [end(false, false), end(false, true)],
                [end(true, false), end(true, true)],
            ],
        }
    }

    /// What it costs to end a paragraph here.
    pub(super) fn end(&self, full: bool, torn: bool) -> u32 {
        self.ends[usize::from(full)][usize::from(torn)]
    }

    /// What it costs to end a line here, but no paragraph, `room` short of the page's width.
    pub(super) fn go(&self, room: u32) -> u32 {
        (room.saturating_sub(self.word) * 4).min(SLACK_MAX) + self.across
    }
}

/// What it costs to end a paragraph after a piece; `full` tells that its line is, `torn` that a sentence would break off.
fn end_of_paragraph(
    piece: &Piece<'_>,
    next: &Piece<'_>,
    opens: bool,
    full: bool,
    torn: bool,
) -> u32 {
    if next.row || opens && !torn {
        return 0;
    }
    if (piece.alone || next.alone) && !layout::begins_no_line(next.first) {
        return 0;
    }
    let stop = match piece.last {
        c if chars::is_comma(c) || chars::is_enumeration_comma(c) => WITHIN_SENTENCE,
        c if chars::is_open_bracket(c) || matches!(c, '“' | '《') => 120,
        // “…。” ends a sentence, and so may a quotation or a title that is all there is.
        '”' | '》' if torn && !piece.inner_stop_at_end() => WITHIN_SENTENCE / 2,
        c if chars::is_full_stop(c) || chars::is_close_bracket(c) || matches!(c, '”' | '》') => {
            0
        }
        c if chars::is_semicolon(c) && piece.torn == Torn::Sentence => WITHIN_SENTENCE / 2,
        c if chars::is_colon(c) || chars::is_semicolon(c) => 5,
        _ if next.marker.is_some() => {
            if full {
                25
            } else {
                12
            }
        }
        _ if torn => WITHIN_SENTENCE,
        // A heading, a title, a name, a date.
        _ if !full => 12,
        _ if piece.torn == Torn::Field && next.label => 12,
        _ => 60,
    };
    let start = if next.marker.is_some() || next.label || next.text.starts_with("附件") {
        0
    } else if layout::begins_no_line(next.first) {
        120
    } else {
        8
    };
    stop + start + if full { 10 } else { 0 }
}

/// Whether two pieces can only be one: the number of an attachment, characters that were set apart (`总　则`,
/// `成　员：`), a number and what it numbers.
fn is_one(piece: &Piece<'_>, next: &Piece<'_>) -> bool {
    let character = |piece: &Piece<'_>| piece.text.len() == piece.first.len_utf8();
    let label_end = next.text.chars().nth(1).is_some_and(chars::is_colon);
    let set_apart = chars::is_han(piece.first)
        && chars::is_han(next.first)
        && character(piece)
        && (character(next) || label_end);
    let numbered = piece.text == "附件" && next.alone && chars::is_digit(next.first);
    set_apart || numbered || piece.row || piece.is_bare_number() && next.marker.is_none()
}

/// What it costs that two pieces are one line, but for what is read over.
fn within_line(piece: &Piece<'_>, next: &Piece<'_>) -> u32 {
    let signs = |c: char| !chars::is_word(c);
    let broken = if signs(piece.last) || signs(next.first) || piece.is_bare_number() {
        0
    } else if chars::is_han(piece.last) && chars::is_han(next.first) {
        40
    } else {
        15
    };
    let gap = if next.gap { 30 } else { 0 };
    let alone = if piece.alone || next.alone { 30 } else { 0 };
    broken + gap + alone
}

/// What it costs to read over a number, a label or 附件 that looks like the start of a paragraph.
fn across_marker(piece: &Piece<'_>, next: &Piece<'_>, opens: bool) -> u32 {
    if next.row {
        return ACROSS_ROW;
    }
    let strong = match next.marker.map(|marker| marker.style) {
        Some(Style::Circle) => 15,
        Some(Style::Bracket) => 25,
        Some(Style::Comma | Style::Dot) => 30,
        Some(_) => 50,
        None if opens => 60,
        None if next.label || is_attachment_list(next.text) => 40,
        None => return 0,
    };
    let inside = chars::is_comma(piece.last)
        || chars::is_enumeration_comma(piece.last)
        || chars::is_open_bracket(piece.last);
    if inside { strong / 5 } else { strong }
}

/// Whether the text opens behind a title or the addressees: `…工作方案⏎为贯彻落实…`, `…有关单位：⏎现将…`.
fn opens_text(piece: &Piece<'_>, next: &Piece<'_>) -> bool {
    const OPENERS: &[&str] = &[
        "为贯彻",
        "为深入",
        "为认真",
        "为全面",
        "为进一步",
        "为加快",
        "为推动",
        "为切实",
        "为落实",
        "为做好",
        "为加强",
        "为规范",
        "为持续",
        "为促进",
        "为了",
        "根据",
        "按照",
        "依据",
        "以习近平",
        "现将",
        "现就",
    ];
    OPENERS.iter().any(|word| next.text.starts_with(word))
        && (chars::is_colon(piece.last)
            || piece.torn == Torn::No && !piece.stop && parts::ends_with_title(piece.text))
}

/// `附件：…`, `附件1…`.
fn is_attachment_list(text: &str) -> bool {
    text.strip_prefix("附件")
        .and_then(|rest| rest.chars().next())
        .is_some_and(|c| chars::is_colon(c) || chars::is_digit(c))
}

/// The width of what a line break may not part: a word or number, the brackets before and the stops behind it.
fn head_width(text: &str) -> u32 {
    let mut sum = 0;
    let mut word = None;
    for c in text.chars().filter(|&c| !chars::is_space(c)).take(24) {
        let half = matches!(c, '!'..='~');
        match word {
            None => {
                sum += if half { EM / 2 } else { EM };
                if !(chars::is_open_bracket(c) || matches!(c, '“' | '‘' | '《')) {
                    word = Some(c);
                }
            }
            Some(first) if layout::begins_no_line(c) || (half && first.is_ascii_alphanumeric()) => {
                sum += if half { EM / 2 } else { EM };
            }
            Some(_) => break,
        }
    }
    sum
}
