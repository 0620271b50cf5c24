//! Hard-wrapped text: what pages and lines broke is joined again.
//!
//! A page's text comes as pieces: its lines, and where a line was set wide, parts of a line, broken at its punctuation
//! (`坚持稳中求进工作总基调，⏎完整、⏎准确、⏎全面`). Pieces make up lines of one width, save the first of a paragraph, which is
//! indented by two characters, and its last, which may be short. The cheapest division of the pieces into such lines and
//! paragraphs is found by dynamic programming over a window of bounded size, so in linear time.

use super::build::Builder;
use super::furniture::{self, bare_number};
use super::layout::{self, EM};
use super::marker::{Marker, Style, marker};
use super::parts;
use super::{Flow, Layout};
use crate::span::Range;
use crate::text::chars;

/// At most so many pieces make a line.
const WINDOW: usize = 48;

/// The first line of a paragraph is indented by two characters.
const INDENT: u32 = 2 * EM;

/// A line that is shorter than the page makes it likely that a paragraph ends, but never more than this: parts
/// of a line come without the rest where a page was read badly.
const SLACK_MAX: u32 = 110;

/// What it costs to end a paragraph within a sentence.
const WITHIN_SENTENCE: u32 = 130;

/// A label and a heading have at most so many characters.
const LABEL_MAX: u32 = 12;
const HEADING_MAX: u32 = 40;

/// What the labels of fields end with that stand under a measure, a line each. They shape the form.
const LABEL_ENDINGS: &[&str] = &[
    "单位",
    "部门",
    "时限",
    "期限",
    "时间",
    "处室",
    "科室",
    "股室",
    "领导",
    "责任人",
    "负责人",
    "联系人",
    "电话",
    "邮箱",
    "地址",
    "机构",
];
/// What they begin with.
const LABEL_STARTS: &[&str] = &[
    "牵头", "责任", "配合", "主办", "协办", "协同", "负责", "参与", "参加", "承办", "主管", "主责",
    "督办", "督导", "监督", "分管", "落实", "实施", "完成", "办理", "目标", "联系", "办公", "电子",
];

/// What it costs to read over the number of a row.
const ACROSS_ROW: u32 = 200;

/// The numbers of a table's rows count on in a run of at least so many.
const ROWS_MIN: usize = 4;

/// A line of the source, or a part of a line of the page that it comes from.
#[derive(Debug, Clone, Copy)]
struct Piece<'s> {
    text: &'s str,
    start: usize,
    width: u32,
    /// How many punctuation marks it holds.
    signs: u32,
    marker: Option<Marker>,
    first: char,
    last: char,
    /// Whether a blank line or the end of a page stands before.
    gap: bool,
    /// Whether it stands alone: a date, the names of a sign-off above one, a note in brackets.
    alone: bool,
    /// Whether it opens with the label of a field: `责任单位：…`.
    label: bool,
    /// Whether it is the number of a table's row, a line of its own.
    row: bool,
    /// Whether a sentence ends in it, and whether one does before its end.
    stop: bool,
    inner_stop: bool,
    /// Whether it breaks off within a sentence, as far as the sentence itself tells.
    torn: Torn,
}

impl Piece<'_> {
    /// A number with nothing behind it.
    fn is_bare_number(&self) -> bool {
        self.marker.is_some_and(|m| m.len == self.text.len())
    }
}

/// What a piece breaks off in where no punctuation ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Torn {
    /// A heading, a title, a name: a paragraph may end here.
    No,
    /// The value of a field, which needs no stop: `责任单位：市财政局`.
    Field,
    /// A sentence that has had a comma.
    Sentence,
}

/// A sentence that is being read, over the pieces that it takes.
#[derive(Debug, Clone, Copy, Default)]
struct Sentence {
    chars: u32,
    commas: bool,
    field: bool,
    /// Whether a number opens it: a heading may hold commas.
    numbered: bool,
    /// How many brackets are open.
    depth: u32,
}

impl Sentence {
    /// Reads a piece on; tells what it breaks off in.
    fn read(&mut self, text: &str, marker: Option<Marker>) -> Torn {
        if marker.is_some() || self.depth == 0 && is_label_row(text) {
            *self = Sentence {
                numbered: marker.is_some(),
                ..Sentence::default()
            };
        }
        // A heading goes on in the next line only where its first is full.
        self.numbered &= marker.is_some() || self.chars >= HEADING_MAX * 3 / 4;
        let head = marker.map_or(0, |m| m.len);
        for c in text.get(head..).unwrap_or("").chars() {
            if chars::is_full_stop(c) || chars::is_semicolon(c) {
                let inside = chars::is_semicolon(c) && self.depth > 0;
                *self = Sentence {
                    depth: if inside { self.depth } else { 0 },
                    ..Sentence::default()
                };
                continue;
            }
            if chars::is_open_bracket(c) {
                self.depth += 1;
            } else if chars::is_close_bracket(c) {
                self.depth = self.depth.saturating_sub(1);
            }
            self.chars += 1;
            self.commas |= chars::is_comma(c);
            self.field |= self.depth == 0 && chars::is_colon(c) && self.chars <= LABEL_MAX + 2;
        }
        if text.ends_with(chars::is_close_bracket) {
            // A sentence may end in what stands in brackets; where it goes on, the next comma tells.
            self.commas = false;
            self.chars = 0;
        }
        if self.depth > 0 && !is_open_title(text) {
            Torn::Sentence
        } else if self.field {
            Torn::Field
        } else if self.commas && !(self.numbered && self.chars <= HEADING_MAX) {
            Torn::Sentence
        } else {
            Torn::No
        }
    }
}

/// Joins what was broken.
pub(super) fn unwrap(source: &str, width: u32) -> Flow<'_> {
    let mut builder = Builder::new(source);
    let pieces = pieces(source, &mut builder);
    let ends = divisions(&pieces, width);
    for (i, piece) in pieces.iter().enumerate() {
        let end = ends.get(i).copied().unwrap_or(true);
        push_healed(&mut builder, piece);
        if end {
            builder.push_blank('\n');
        } else if let Some(next) = pieces.get(i + 1)
            && piece.last.is_ascii_alphabetic()
            && next.first.is_ascii_alphabetic()
        {
            builder.push_blank(' ');
        }
    }
    builder.finish(Layout::HardWrapped)
}

/// The lines that hold words; page numbers and running heads are dropped.
fn pieces<'s>(source: &'s str, builder: &mut Builder<'s>) -> Vec<Piece<'s>> {
    let lines: Vec<(usize, &str)> = lines(source).collect();
    let dropped = furniture::furniture(&lines);
    let mut pieces: Vec<Piece<'s>> = Vec::new();
    let mut sentence = Sentence::default();
    let mut gap = true;
    for ((start, text), dropped) in lines.into_iter().zip(dropped) {
        let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else {
            gap = true;
            continue;
        };
        if dropped {
            builder.drop(Range {
                start: start as u32,
                end: (start + text.len()) as u32,
            });
            gap = true;
            continue;
        }
        let marker = marker(text);
        let number = pieces.last().is_some_and(|p| p.text == "附件") && bare_number(text).is_some();
        let label = sentence.depth == 0 && is_label_row(text);
        let torn = sentence.read(text, marker);
        let stops = text.char_indices().rfind(|(_, c)| chars::is_full_stop(*c));
        let before = text.get(..text.len() - last.len_utf8()).unwrap_or("");
        pieces.push(Piece {
            text,
            start,
            width: layout::width(text),
            signs: text.chars().filter(|&c| is_sign(c)).count() as u32,
            marker,
            first,
            last,
            gap,
            alone: number || stands_alone(text),
            label,
            row: false,
            stop: stops.is_some(),
            inner_stop: before.contains(chars::is_full_stop),
            torn,
        });
        gap = false;
    }
    mark_rows(&mut pieces);
    for i in (1..pieces.len()).rev() {
        if let [.., before, after] = pieces.get_mut(..=i).unwrap_or_default() {
            before.alone |=
                after.alone && chars::is_digit(after.first) && is_body_name(before.text)
                    || after.alone && is_body_name(after.text) && is_body_name(before.text);
        }
    }
    pieces
}

/// Marks the numbers of rows: lines of digits alone that count on one by one.
fn mark_rows(pieces: &mut [Piece<'_>]) {
    let numbers: Vec<(usize, u32)> = pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| piece.text.len() <= 3)
        .filter_map(|(i, piece)| Some((i, bare_number(piece.text)?)))
        .collect();
    for run in numbers.chunk_by(|a, b| a.1 + 1 == b.1) {
        if run.len() < ROWS_MIN {
            continue;
        }
        for &(i, _) in run {
            if let Some(piece) = pieces.get_mut(i) {
                piece.row = true;
            }
        }
    }
}

/// A date (`2023 年6 月1 日`, `二〇二三年六月一日`), a note (`（此件公开发布）`) or the head of an attachment (`附件2`).
fn stands_alone(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    if text.ends_with('日') {
        let digits = |c: char| chars::is_digit(c) || "〇零○О0一二三四五六七八九十".contains(c);
        return text
            .chars()
            .all(|c| digits(c) || chars::is_space(c) || matches!(c, '年' | '月' | '日'))
            && text.contains('年')
            && text.contains('月');
    }
    let inner = text.trim_start_matches(chars::is_open_bracket);
    if inner.len() < text.len() && inner.starts_with('此') {
        return text.ends_with(chars::is_close_bracket);
    }
    let rest = chars::trim(text.strip_prefix("附件").unwrap_or("x"));
    chars::trim(rest.trim_end_matches(chars::is_colon))
        .chars()
        .all(|c| chars::is_digit(c) || chars::is_space(c) || "一二三四五六七八九十".contains(c))
}

/// Whether a text is a title whose last bracket does not close: `…行动方案（2023版`.
fn is_open_title(text: &str) -> bool {
    text.rsplit_once(chars::is_open_bracket)
        .is_some_and(|(title, tail)| {
            !tail.contains(chars::is_close_bracket) && parts::ends_with_title(title)
        })
}

/// Whether a line opens with the label of a field: `牵头单位：…`, `完成时限：…`.
pub(super) fn is_label_row(text: &str) -> bool {
    let head = text
        .char_indices()
        .zip(0..=LABEL_MAX)
        .find(|((_, c), _)| !chars::is_han(*c));
    let Some(((at, colon), count)) = head else {
        return false;
    };
    let label = text.get(..at).unwrap_or("");
    count >= 3
        && chars::is_colon(colon)
        && LABEL_ENDINGS.iter().any(|end| label.ends_with(end))
        && LABEL_STARTS.iter().any(|start| label.starts_with(start))
}

/// Whether a text reads like the name of one body and nothing else, by its ending.
fn is_body_name(text: &str) -> bool {
    text.len() <= 90
        && text.ends_with([
            '府', '室', '局', '厅', '委', '会', '部', '院', '署', '处', '司', '办', '行', '组',
        ])
        && !text.chars().any(|c| {
            !c.is_alphanumeric()
                && !chars::is_space(c)
                && !chars::is_open_round(c)
                && !chars::is_close_round(c)
        })
}

/// The lines without the spaces at their ends, and where they start.
fn lines(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    source.split('\n').map(move |line| {
        let start = at + (line.len() - line.trim_start_matches(chars::is_space).len());
        at += line.len() + 1;
        (start, chars::trim(line))
    })
}

/// The cost of a state before a piece, and how it was reached.
#[derive(Debug, Clone, Copy)]
struct Step {
    cost: u32,
    /// The piece that the line before started with, and the state that it started in.
    from: (usize, State),
}

/// What a line starts within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// It opens a paragraph.
    Opens,
    /// A paragraph in which no sentence has ended yet.
    Within,
    /// A paragraph in which a sentence has ended: its last one will too.
    Running,
}

const STATES: [State; 3] = [State::Opens, State::Within, State::Running];

const NEVER: Step = Step {
    cost: u32::MAX,
    from: (0, State::Opens),
};

/// After which pieces a paragraph ends, for the likeliest width of the page.
///
/// Where paragraphs are short, most full lines are first ones, so the page may be wider by the indent.
fn divisions(pieces: &[Piece<'_>], width: u32) -> Vec<bool> {
    let wide = |more: u32| {
        let from = width + more - EM / 2;
        pieces
            .iter()
            .any(|piece| (from..from + EM).contains(&piece.width))
    };
    let mut best = divide(pieces, width);
    for more in [EM, 2 * EM] {
        if wide(more) {
            let other = divide(pieces, width + more);
            if other.0 < best.0 {
                best = other;
            }
        }
    }
    best.1
}

/// After which pieces a paragraph ends, and what that costs.
fn divide(pieces: &[Piece<'_>], width: u32) -> (u32, Vec<bool>) {
    let mut steps = vec![[NEVER; STATES.len()]; pieces.len() + 1];
    if let Some(first) = steps.first_mut() {
        first[State::Opens as usize].cost = 0;
    }
    for i in 0..pieces.len() {
        for state in STATES {
            let Some(at) = steps.get(i).map(|step| step[state as usize].cost) else {
                continue;
            };
            if at < u32::MAX {
                lines_from(pieces, (i, state), at, width, &mut steps);
            }
        }
    }
    let cost = steps
        .last()
        .map_or(0, |step| step[State::Opens as usize].cost);
    (cost, trace(&steps, pieces.len()))
}

/// The lines that may start with a piece in a state, reached at some cost.
fn lines_from(
    pieces: &[Piece<'_>],
    from: (usize, State),
    cost: u32,
    width: u32,
    steps: &mut [[Step; STATES.len()]],
) {
    let (i, state) = from;
    let target = match state {
        State::Opens => width - INDENT,
        _ => width,
    };
    let mut running = state == State::Running;
    let mut line = Line::default();
    for j in i..pieces.len().min(i + WINDOW) {
        let Some(piece) = pieces.get(j) else { break };
        let next = pieces.get(j + 1);
        line.width += piece.width;
        line.signs += piece.signs;
        let Some(over) = line.over(target) else { break };
        let base = cost.saturating_add(line.joins + over);
        let loose = if line.width + 2 * EM < target {
            line.loose
        } else {
            0
        };
        let torn = piece.torn == Torn::Sentence
            || (running || piece.inner_stop) && piece.torn != Torn::Field;
        let end = base + loose + end_of_paragraph(piece, next, line.width, target, torn);
        let go = next.map(|next| base + end_of_line(piece, next, line.width, target));
        running |= piece.stop;
        if let Some(to) = steps.get_mut(j + 1) {
            relax(&mut to[State::Opens as usize], end, from);
            let within = if running {
                State::Running
            } else {
                State::Within
            };
            if let Some(go) = go {
                relax(&mut to[within as usize], go, from);
            }
        }
        if let Some(next) = next {
            line.join(piece, next);
        }
    }
}

/// A line of the page that is being put together.
#[derive(Debug, Default)]
struct Line {
    width: u32,
    signs: u32,
    /// What its joins cost.
    joins: u32,
    /// What its joins cost besides if it is the last of a paragraph and short.
    loose: u32,
    pieces: u32,
}

impl Line {
    /// What it costs that the line is wider than the page, if it can be.
    ///
    /// Lines come in parts where punctuation was set narrower, so such lines hold more than others.
    fn over(&self, target: u32) -> Option<u32> {
        let over = self.width.saturating_sub(target + EM / 2);
        if self.pieces == 0 {
            return Some(over);
        }
        let narrowed = (self.signs * EM / 2).min(3 * EM);
        (over <= narrowed).then_some(over / 2)
    }

    fn join(&mut self, piece: &Piece<'_>, next: &Piece<'_>) {
        self.joins += within_line(piece, next);
        let clause = chars::is_open_bracket(next.first) && chars::is_full_stop(piece.last);
        self.loose += match () {
            () if is_one(piece, next) => 0,
            () if clause => 2,
            () => 25,
        };
        self.pieces += 1;
    }
}

fn relax(step: &mut Step, cost: u32, from: (usize, State)) {
    if cost < step.cost {
        *step = Step { cost, from };
    }
}

fn trace(steps: &[[Step; STATES.len()]], len: usize) -> Vec<bool> {
    let mut ends = vec![false; len];
    let (mut at, mut state) = (len, State::Opens);
    while at > 0 {
        if state == State::Opens
            && let Some(end) = ends.get_mut(at - 1)
        {
            *end = true;
        }
        let Some(step) = steps.get(at).map(|step| step[state as usize]) else {
            break;
        };
        if step.from.0 >= at {
            break;
        }
        (at, state) = step.from;
    }
    ends
}

/// What it costs to end a paragraph after a piece that fills a line up to `sum` of `target`; `torn` tells that
/// a sentence would break off.
fn end_of_paragraph(
    piece: &Piece<'_>,
    next: Option<&Piece<'_>>,
    sum: u32,
    target: u32,
    torn: bool,
) -> u32 {
    let Some(next) = next else { return 0 };
    if next.row {
        return 0;
    }
    if is_one(piece, next) {
        return WITHIN_SENTENCE;
    }
    if (piece.alone || next.alone) && !layout::begins_no_line(next.first) {
        return 0;
    }
    if !torn && opens_text(piece, next) {
        return 0;
    }
    let full = if sum + EM >= target { 10 } else { 0 };
    let stop = match piece.last {
        c if chars::is_comma(c) || chars::is_enumeration_comma(c) => WITHIN_SENTENCE,
        c if chars::is_open_bracket(c) || matches!(c, '“' | '《') => 120,
        c if chars::is_full_stop(c) || chars::is_close_bracket(c) || matches!(c, '”' | '》') => {
            0
        }
        c if chars::is_semicolon(c) && piece.torn == Torn::Sentence => WITHIN_SENTENCE / 2,
        c if chars::is_colon(c) || chars::is_semicolon(c) => 5,
        _ if next.marker.is_some() => {
            if full == 0 {
                12
            } else {
                25
            }
        }
        _ if torn => WITHIN_SENTENCE,
        // A heading, a title, a name, a date.
        _ if full == 0 => 12,
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
    full + stop + start
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

/// What it costs to end a line but no paragraph there.
fn end_of_line(piece: &Piece<'_>, next: &Piece<'_>, sum: u32, target: u32) -> u32 {
    // A line may be short by what could not be parted from the next word.
    let slack = target
        .saturating_sub(sum)
        .saturating_sub(EM / 2 + head_width(next.text));
    (slack * 4).min(SLACK_MAX) + across_marker(piece, next)
}

/// What it costs that two pieces are one line.
fn within_line(piece: &Piece<'_>, next: &Piece<'_>) -> u32 {
    if is_one(piece, next) {
        return 0;
    }
    let signs = |c: char| !c.is_alphanumeric();
    let broken = if signs(piece.last) || signs(next.first) || piece.is_bare_number() {
        0
    } else if chars::is_han(piece.last) && chars::is_han(next.first) {
        40
    } else {
        15
    };
    let gap = if next.gap { 30 } else { 0 };
    let alone = if piece.alone || next.alone { 30 } else { 0 };
    broken + gap + alone + across_marker(piece, next)
}

/// What it costs to read over a number, a label or 附件 that looks like the start of a paragraph.
fn across_marker(piece: &Piece<'_>, next: &Piece<'_>) -> u32 {
    if next.row {
        return ACROSS_ROW;
    }
    let strong = match next.marker.map(|marker| marker.style) {
        Some(Style::Circle) => 15,
        Some(Style::Bracket) => 25,
        Some(Style::Comma | Style::Dot) => 30,
        Some(_) => 50,
        None if opens_text(piece, next) => 60,
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
    let titled = piece.torn == Torn::No && !piece.stop && parts::ends_with_title(piece.text);
    (titled || chars::is_colon(piece.last))
        && OPENERS.iter().any(|word| next.text.starts_with(word))
}

/// `附件：…`, `附件1…`.
fn is_attachment_list(text: &str) -> bool {
    text.strip_prefix("附件")
        .and_then(|rest| rest.chars().next())
        .is_some_and(|c| chars::is_colon(c) || chars::is_digit(c))
}

/// Whether a character is full-width punctuation, which is set narrower where a line needs it.
fn is_sign(c: char) -> bool {
    !c.is_ascii() && !c.is_alphanumeric() && !chars::is_space(c)
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

/// Adds a piece without the spaces that its page setting left.
fn push_healed(builder: &mut Builder<'_>, piece: &Piece<'_>) {
    let mut from = piece.start;
    let text = piece.text;
    for at in memchr::memchr_iter(b' ', text.as_bytes()) {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + 1..).and_then(|t| t.chars().next());
        if let (Some(before), Some(after)) = (before, after)
            && is_left_over(before, after)
        {
            builder.push(from, piece.start + at);
            from = piece.start + at + 1;
        }
    }
    builder.push(from, piece.start + text.len());
}

/// Whether a single space between two characters is a gap of the page setting.
fn is_left_over(before: char, after: char) -> bool {
    if chars::is_space(before) || chars::is_space(after) {
        return false;
    }
    let latin = |c: char| c.is_ascii_alphanumeric();
    let alike = (latin(before) && latin(after)) || (chars::is_han(before) && chars::is_han(after));
    !alike
}
