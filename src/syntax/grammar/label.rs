//! Labelled values of catalogue cards: `索引号：…`, `标　　题：…`, several pairs to a line.

use nom::Parser;
use nom::bytes::complete::{take_while, take_while_m_n};
use nom::character::complete::satisfy;
use nom::combinator::opt;

use super::Parse;
use crate::span;
use crate::text::chars;

/// A label has at most so many characters, spaces not counted.
const LABEL_MAX: usize = 16;

/// A label as it stands at the head of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label<'s, T> {
    /// As written, padding and all: `标　　题`.
    pub text: &'s str,
    /// What it stands for.
    pub key: T,
    /// Whether a colon (or a closing bracket) follows.
    pub colon: bool,
    /// Whether spaces pad it.
    pub padded: bool,
}

/// A known label; `known` says what a label without spaces stands for.
///
/// ```ebnf
/// label = [ bullet ] [ "【" | "[" ] character { spaces character } [ "】" | "]" ] [ colon ] ;
/// ```
///
/// `索引号：`, `标　　题：`, `• 文号:`, `【法宝引证码】`
pub fn label<T: Copy>(input: &str, known: impl Fn(&str) -> Option<T>) -> Parse<'_, Label<'_, T>> {
    let (rest, _) = take_while_m_n(0, 4, is_bullet).parse(input)?;
    let (rest, open) = opt(satisfy(is_square_open)).parse(rest)?;
    let (after, text, key) = longest(rest, known).ok_or(nom::Err::Error(()))?;
    let (after, _) = take_while(chars::is_space).parse(after)?;
    let (after, close) = opt(satisfy(is_square_close)).parse(after)?;
    if open.is_some() != close.is_some() {
        // 【字号：大 中 小】 closes after its value.
        let (after, colon) = opt(satisfy(chars::is_colon)).parse(after)?;
        return match (open, colon) {
            (Some(_), Some(_)) => Ok((after, made(text, key, true))),
            _ => Err(nom::Err::Error(())),
        };
    }
    let (after, colon) =
        opt((take_while(chars::is_space), satisfy(chars::is_colon))).parse(after)?;
    let ended = after.chars().next().is_none_or(chars::is_space);
    let marked = colon.is_some() || close.is_some();
    if marked || ended || consumed_space(text, input, after) {
        Ok((after, made(text, key, marked)))
    } else {
        Err(nom::Err::Error(()))
    }
}

fn made<T>(text: &str, key: T, colon: bool) -> Label<'_, T> {
    Label {
        text,
        key,
        colon,
        padded: text.chars().any(chars::is_space),
    }
}

/// Whether white space stands between the label and what follows.
fn consumed_space(text: &str, input: &str, after: &str) -> bool {
    let end = span::Range::of(input, text).map(|r| r.end as usize);
    let start = span::Range::of(input, after).map(|r| r.start as usize);
    match (end, start) {
        (Some(end), Some(start)) => end < start,
        _ => false,
    }
}

/// The longest known label at the head of a text, spaces between its characters left out.
fn longest<T: Copy>(input: &str, known: impl Fn(&str) -> Option<T>) -> Option<(&str, &str, T)> {
    let mut word = String::with_capacity(LABEL_MAX * 3);
    let mut best = None;
    let visible = input.char_indices().filter(|(_, c)| !chars::is_space(*c));
    for (at, c) in visible.take(LABEL_MAX) {
        if !chars::is_han(c) && !c.is_ascii_alphanumeric() && c != '_' {
            break;
        }
        word.push(c);
        if let Some(key) = known(&word) {
            best = Some((at + c.len_utf8(), key));
        }
    }
    let (end, key) = best?;
    Some((input.get(end..)?, input.get(..end)?, key))
}

fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '·' | '●' | '■' | '◆' | '-' | '*' | '○') || chars::is_space(c)
}

fn is_square_open(c: char) -> bool {
    matches!(c, '【' | '[' | '［' | '〔')
}

fn is_square_close(c: char) -> bool {
    matches!(c, '】' | ']' | '］' | '〕')
}

/// A pair of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair<'s, T> {
    /// The label.
    pub label: Label<'s, T>,
    /// The value, trimmed; may be empty.
    pub value: &'s str,
}

/// The pairs of a line that starts with a known label.
///
/// ```ebnf
/// pairs = label value { spaces label value } ;
/// ```
///
/// `索引号： 000014349/2004-711188 主题分类：`, `索 引 号 jnsjxx/2021-00428 公开方式 主动公开`
pub fn pairs<'s, T: Copy>(line: &'s str, known: impl Fn(&str) -> Option<T>) -> Vec<Pair<'s, T>> {
    let mut found: Vec<(usize, usize, Label<'s, T>)> = Vec::new();
    let mut at = 0;
    let mut boundary = true;
    while let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) {
        let here = at;
        at += c.len_utf8();
        if chars::is_space(c) {
            boundary = true;
            continue;
        }
        let start_here = boundary;
        boundary = matches!(c, '】' | '|' | '｜');
        if !start_here || matches!(c, '|' | '｜') {
            continue;
        }
        let Some(rest) = line.get(here..) else { break };
        let Ok((after, label)) = label(rest, &known) else {
            if found.is_empty() && !is_bullet(c) && !matches!(c, '|' | '｜') {
                return Vec::new();
            }
            continue;
        };
        let colons = found.first().is_none_or(|(_, _, first)| first.colon);
        if !found.is_empty() && colons && !label.colon {
            continue;
        }
        let end = line.len() - after.len();
        found.push((here, end, label));
        at = end.max(at);
        boundary = true;
    }
    let starts: Vec<usize> = found.iter().map(|(start, ..)| *start).collect();
    found
        .into_iter()
        .enumerate()
        .map(|(i, (_, end, label))| {
            let stop = starts.get(i + 1).copied().unwrap_or(line.len());
            let value = line.get(end..stop).unwrap_or("");
            let value = value.trim_matches(|c| chars::is_space(c) || matches!(c, '|' | '｜'));
            Pair { label, value }
        })
        .collect()
}
