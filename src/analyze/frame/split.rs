//! Lines in which several parts of a head run on → a line each.
//!
//! `…的通知渝府发〔2014〕53号各区县人民政府，有关单位：经市政府同意…` is title, number, addressees and text.

use super::{closing, shape};
use crate::syntax::grammar::identity;
use crate::syntax::line::{self, Line};
use crate::text::chars;

/// A head has at most so many lines.
const HEAD_MAX: usize = 60;

/// Number and addressees stand in the first so many bytes of a line.
const REACH: usize = 3000;

/// Cuts the lines of the head; those of the text are left as they are.
pub(super) fn split(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let mut out = Vec::with_capacity(lines.len() + 4);
    let mut lines = lines.into_iter();
    let mut numbered = false;
    for line in lines.by_ref().take(HEAD_MAX) {
        if line.marker.is_some() {
            out.push(line);
            break;
        }
        let mut rest = line.text;
        if !numbered
            && shape::number_line(rest).is_none()
            && let Some((title, number, after)) = around_number(rest)
        {
            numbered = true;
            if !title.is_empty() || !after.is_empty() {
                out.extend(
                    [title, number]
                        .into_iter()
                        .filter(|p| !p.is_empty())
                        .map(line::line),
                );
                rest = after;
            }
        } else if shape::number_line(rest).is_some() {
            numbered = true;
        }
        if rest.is_empty() {
            continue;
        }
        if let Some((names, text)) = around_addressees(rest) {
            out.extend([line::line(names), line::line(text)]);
            break;
        }
        let last = shape::is_addressees(rest) || rest.len() > 600;
        out.push(if rest.len() == line.text.len() {
            line
        } else {
            line::line(rest)
        });
        if last {
            break;
        }
    }
    out.extend(lines);
    cut_furniture(&mut out);
    closing::cut(out)
}

/// Cuts the furniture of the page off the last line, where it is glued to the text.
fn cut_furniture(lines: &mut Vec<Line<'_>>) {
    let Some(last) = lines.last().copied() else {
        return;
    };
    let starts = ["相关附件", "扫一扫在手机", "分享到：", "打印本页"];
    let cut = starts
        .iter()
        .filter_map(|words| last.text.rfind(words))
        .filter(|at| *at > 0)
        .min();
    let Some((text, furniture)) = cut.and_then(|at| last.text.split_at_checked(at)) else {
        return;
    };
    lines.pop();
    lines.extend(
        [chars::trim(text), furniture]
            .into_iter()
            .filter(|p| !p.is_empty())
            .map(line::line),
    );
}

/// Title, number and what follows, where a number of this notice stands in a line.
fn around_number(text: &str) -> Option<(&str, &str, &str)> {
    let reach = chars::floor(text, REACH);
    let head = text.get(..reach)?;
    let (open, _) = head
        .char_indices()
        .find(|(at, c)| chars::is_open_bracket(*c) && starts_year(head.get(at + c.len_utf8()..)))?;
    let before = text.get(..open)?;
    if before.contains('。') || before.contains('：') || before.contains(':') {
        return None;
    }
    // 发文机关代字 begins behind the title, which ends in a word for a kind, or at a space.
    let mut start = before
        .rfind(chars::is_space)
        .map_or(0, |at| at + char_len(before, at));
    if chars::trim(before.get(start..)?).is_empty() {
        start = 0;
    }
    let tail = before.get(start..)?;
    let title_end = [
        "通知", "意见", "批复", "决定", "通报", "公告", "通告", "函", "办法", "规定", "方案",
        "措施", "细则", "》", "）", ")",
    ]
    .iter()
    .filter_map(|word| ends_before_agency(tail, word))
    .max();
    start += title_end.unwrap_or(0);
    let (title, from) = (chars::trim(text.get(..start)?), text.get(start..)?);
    let from = from.trim_start_matches(chars::is_space);
    let (rest, number) = identity::doc_number(from).ok()?;
    let agency = number
        .agency
        .chars()
        .filter(|c| !chars::is_space(*c))
        .count();
    let titled = title.is_empty()
        || shape::title_ending(title).is_some()
        || shape::is_bodies(title)
        || title.ends_with("文件");
    if !(1..=16).contains(&agency) || !titled || title.len() > 600 {
        return None;
    }
    let rest = chars::trim(rest);
    let follows = rest.is_empty()
        || !rest.starts_with(|c| {
            chars::is_close_bracket(c)
                || chars::is_comma(c)
                || matches!(c, '》' | '、' | '的' | '文' | '。')
        });
    follows.then_some((title, number.text, rest))
}

/// The end of the last place of a word that leaves something for 发文机关代字: in `…的函国办函` the first 函.
fn ends_before_agency(tail: &str, word: &str) -> Option<usize> {
    let at = tail.rfind(word)?;
    if at + word.len() < tail.len() {
        return Some(at + word.len());
    }
    tail.get(..at)?.rfind(word).map(|at| at + word.len())
}

/// Addressees and what follows their colon on the line.
fn around_addressees(text: &str) -> Option<(&str, &str)> {
    let head = chars::front(text, REACH);
    let (at, colon) = head
        .char_indices()
        .find(|(_, c)| chars::is_colon(*c) || *c == '。')?;
    let names = text.get(..at + colon.len_utf8())?;
    let rest = chars::trim(text.get(at + colon.len_utf8()..)?);
    let list = names.trim_end_matches(chars::is_colon);
    let opens = ["你", "经", "为", "现", "根据", "按照", "贵", "关于"]
        .iter()
        .any(|word| rest.starts_with(word));
    let sure = list.starts_with('各')
        || opens
            && list.len() <= 60
            && !["单位", "部门", "机构"]
                .iter()
                .any(|end| list.ends_with(end))
        || list.contains(|c| chars::is_comma(c) || chars::is_enumeration_comma(c))
        || ["人民政府", "各单位", "有关单位", "各部门", "委员会"]
            .iter()
            .any(|end| list.ends_with(end));
    (!rest.is_empty() && sure && shape::is_addressees(names)).then_some((names, rest))
}

fn starts_year(text: Option<&str>) -> bool {
    text.is_some_and(|text| {
        crate::syntax::grammar::day::year(text.trim_start_matches(chars::is_space)).is_ok_and(
            |(rest, _)| {
                rest.trim_start_matches(|c| chars::is_space(c) || c == '年')
                    .starts_with(chars::is_close_bracket)
            },
        )
    })
}

fn char_len(text: &str, at: usize) -> usize {
    text.get(at..)
        .and_then(|t| t.chars().next())
        .map_or(1, char::len_utf8)
}
