//! Hard-wrapped text: what pages and lines broke is joined again.
//!
//! A page's text comes as pieces: its lines, and where a line was set wide, parts of a line, broken at its punctuation
//! (`坚持稳中求进工作总基调，⏎完整、⏎准确、⏎全面`). Pieces make up lines of one width, save the first of a paragraph, which is
//! indented by two characters, and its last, which may be short. The cheapest division of the pieces into such lines and
//! paragraphs is found by dynamic programming over a window of bounded size, so in linear time.

use super::build::Builder;
use super::furniture::{self, bare_number};
use super::joint::Joint;
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

/// The numbers of a table's rows count on in a run of at least so many.
const ROWS_MIN: usize = 4;

/// A line of the source, or a part of a line of the page that it comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece<'s> {
    pub(super) text: &'s str,
    pub(super) start: usize,
    pub(super) width: u32,
    /// How many punctuation marks it holds.
    pub(super) signs: u32,
    pub(super) marker: Option<Marker>,
    pub(super) first: char,
    pub(super) last: char,
    /// Whether a blank line or the end of a page stands before.
    pub(super) gap: bool,
    /// Whether it stands alone: a date, the names of a sign-off above one, a note in brackets.
    pub(super) alone: bool,
    /// Whether it opens with the label of a field: `责任单位：…`.
    pub(super) label: bool,
    /// Whether it is the number of a table's row, a line of its own.
    pub(super) row: bool,
    /// Whether a sentence ends in it, and whether one does before its end.
    pub(super) stop: bool,
    pub(super) inner_stop: bool,
    /// Whether it breaks off within a sentence, as far as the sentence itself tells.
    pub(super) torn: Torn,
}

impl Piece<'_> {
    /// Whether the quotation that it ends with ends in a stop: `…。”`.
    pub(super) fn inner_stop_at_end(&self) -> bool {
        let before = self.text.get(..self.text.len() - self.last.len_utf8());
        before.is_some_and(|text| text.ends_with(chars::is_full_stop))
    }

    /// A number with nothing behind it.
    pub(super) fn is_bare_number(&self) -> bool {
        self.marker.is_some_and(|m| m.len == self.text.len())
    }
}

/// What a piece breaks off in where no punctuation ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Torn {
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
        for (at, c) in text.char_indices().skip_while(|&(at, _)| at < head) {
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
            self.field |= self.depth == 0
                && chars::is_colon(c)
                && self.chars <= LABEL_MAX + 2
                && ends_label(text.get(..at).unwrap_or(""));
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
    let joints: Vec<Joint> = pieces
        .windows(2)
        .filter_map(|pair| match pair {
            [piece, next] => Some(Joint::of(piece, next)),
            _ => None,
        })
        .collect();
    let ends = divisions(&pieces, &joints, width);
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
        let marker = marker(text).filter(|m| !is_word_end(m, pieces.last()));
        let number = pieces.last().is_some_and(|p| p.text == "附件") && bare_number(text).is_some();
        let label = sentence.depth == 0 && is_label_row(text);
        let torn = sentence.read(text, marker);
        let stops = text.char_indices().rfind(|(_, c)| chars::is_full_stop(*c));
        let before = text.get(..text.len() - last.len_utf8()).unwrap_or("");
        pieces.push(Piece {
            text,
            start,
            width: layout::width(text),
            signs: chars::marks(text).filter(|&(_, c)| is_sign(c)).count() as u32,
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

/// Whether 一、 at the head of a line is the end of a word: 标准统⏎一、服务同质.
fn is_word_end(marker: &Marker, before: Option<&Piece<'_>>) -> bool {
    let words = [
        '统', '唯', '之', '单', '同', '第', '逐', '合', '专', '万', '某', '任', '不',
    ];
    marker.style == Style::Han
        && marker.number == 1
        && before.is_some_and(|piece| words.contains(&piece.last))
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
    if parts::is_document_number(text) {
        return true;
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

/// Whether a text ends with the label of a field.
fn ends_label(text: &str) -> bool {
    LABEL_ENDINGS.iter().any(|end| text.ends_with(end))
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
        && ends_label(label)
        && LABEL_STARTS.iter().any(|start| label.starts_with(start))
}

/// Whether a text reads like the name of one body and nothing else, by its ending.
fn is_body_name(text: &str) -> bool {
    text.len() <= 90
        && text.ends_with([
            '府', '室', '局', '厅', '委', '会', '部', '院', '署', '处', '司', '办', '行', '组',
        ])
        && !text.chars().any(|c| {
            !chars::is_word(c)
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
fn divisions(pieces: &[Piece<'_>], joints: &[Joint], width: u32) -> Vec<bool> {
    let wide = |more: u32| {
        let from = width + more - EM / 2;
        pieces
            .iter()
            .any(|piece| (from..from + EM).contains(&piece.width))
    };
    let mut best = divide(pieces, joints, width);
    for more in [EM, 2 * EM] {
        if wide(more) {
            let other = divide(pieces, joints, width + more);
            if other.0 < best.0 {
                best = other;
            }
        }
    }
    best.1
}

/// After which pieces a paragraph ends, and what that costs.
fn divide(pieces: &[Piece<'_>], joints: &[Joint], width: u32) -> (u32, Vec<bool>) {
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
                lines_from(pieces, joints, (i, state), at, width, &mut steps);
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
    joints: &[Joint],
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
        line.width += piece.width;
        line.signs += piece.signs;
        let Some(over) = line.over(target) else { break };
        let Some(to) = steps.get_mut(j + 1) else {
            break;
        };
        let base = cost.saturating_add(line.joins + over);
        let loose = if line.width + 2 * EM < target {
            line.loose
        } else {
            0
        };
        let Some(joint) = joints.get(j) else {
            relax(&mut to[State::Opens as usize], base + loose, from);
            break;
        };
        let torn = piece.torn == Torn::Sentence
            || (running || piece.inner_stop) && piece.torn != Torn::Field;
        let full = line.width + EM >= target;
        let end = base + loose + joint.end(full, torn);
        relax(&mut to[State::Opens as usize], end, from);
        running |= piece.stop;
        let within = if running {
            State::Running
        } else {
            State::Within
        };
        let go = base + joint.go(target.saturating_sub(line.width));
        relax(&mut to[within as usize], go, from);
        line.join(joint);
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

    fn join(&mut self, joint: &Joint) {
        self.joins += joint.within;
        self.loose += joint.loose;
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

/// Whether a character is full-width punctuation, which is set narrower where a line needs it.
fn is_sign(c: char) -> bool {
    !c.is_ascii() && !chars::is_word(c) && !chars::is_space(c)
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
