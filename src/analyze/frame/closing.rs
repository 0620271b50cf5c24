//! Lines in which the end of a notice runs on from its text → a line each.
//!
//! `…不再担任职务。某某市民政局2019年12月19日` is text, signer and day; `…有效期5年。公开方式：主动公开` is text and imprint.
//! How a line ends tells whether it is one: no other line is looked at.

use super::shape;
use super::shape::day_at_end;
use super::signoff::{ends_text, is_enactment};
use crate::syntax::line::{self, Line};
use crate::text::chars;
use crate::vocab::bodies;

/// Signer, day, note and imprint stand in the last so many bytes of a line.
const REACH: usize = 400;

/// What promulgates another text stands in the first so many lines.
const LEAD_MAX: usize = 20;

/// The name of whoever issues a notice stands in the first so many lines.
const HEAD_MAX: usize = 12;

/// 公开方式, as its label is written.
const DISCLOSURE: [&str; 3] = ["公开方式", "公开形式", "公开属性"];

/// Cuts the lines that hold the end of the text.
pub(super) fn cut(lines: Vec<Line<'_>>) -> Vec<Line<'_>> {
    let issuer = issuer(&lines);
    let mut out: Vec<Line<'_>> = Vec::with_capacity(lines.len() + 4);
    for (i, line) in lines.iter().enumerate() {
        let next = lines.get(i + 1).map(|line| line.text);
        let pieces = pieces(line.text, next, issuer.as_deref());
        let signed = || {
            let above = i.checked_sub(1).and_then(|above| lines.get(above));
            above.is_some_and(|above| shape::day_line(above.text).is_some())
        };
        if let Some((note, rest)) = note_ahead(line.text).filter(|_| signed()) {
            out.extend([note, rest].map(line::line));
        } else if i < LEAD_MAX
            && let Some((title, note)) = enactment_behind(line.text)
        {
            out.extend([title, note].map(line::line));
        } else if i < LEAD_MAX
            && let Some(pieces) = enclosed_behind(line.text)
        {
            out.extend(pieces.into_iter().filter(|p| !p.is_empty()).map(line::line));
        } else if pieces.len() > 1 {
            out.extend(pieces.into_iter().map(line::line));
        } else {
            out.push(*line);
        }
    }
    out
}

/// The pieces of a line; one, where nothing is to be cut.
fn pieces<'s>(text: &'s str, next: Option<&str>, issuer: Option<&str>) -> Vec<&'s str> {
    let mut tail: Vec<&'s str> = Vec::new();
    let mut rest = text;
    if let Some((before, note)) = note_behind(rest) {
        tail.push(note);
        rest = before;
    }
    if let Some((before, signed)) = signed_behind(rest, issuer) {
        tail.push(signed);
        rest = before;
    } else if let Some((before, imprint)) = imprint_behind(rest) {
        tail.extend(imprint.into_iter().rev());
        rest = before;
    } else if tail.is_empty()
        && bodies::is_body_end(rest)
        && let Some(next) = next
        && let Some((before, signer)) = signer_behind(rest, remainder(issuer, next))
        && signs(next)
    {
        tail.push(signer);
        rest = before;
    }
    if let Some((before, list)) = list_behind(rest)
        && (!tail.is_empty() || next.is_none_or(signs))
    {
        tail.push(list);
        rest = before;
    }
    tail.push(rest);
    tail.reverse();
    tail.retain(|piece| !piece.is_empty());
    tail
}

/// `《某某条例》已经…通过，现予公布。某某条例（2023年1月16日…`: the text, the title that it quotes, and what follows it.
fn enclosed_behind(text: &str) -> Option<[&str; 3]> {
    let name = text.strip_prefix('《')?;
    let name = name.get(..name.find('》')?)?;
    let at = text.rfind(name)?;
    let (lead, rest) = text.split_at_checked(at)?;
    let (name, note) = rest.split_at_checked(name.len())?;
    let note = chars::trim(note);
    let titled = name.len() >= 12 && lead.ends_with(chars::is_full_stop);
    (titled && (note.is_empty() || note.starts_with(chars::is_open_round)))
        .then_some([lead, name, note])
}

/// `某某条例（2023年1月16日某某省…会议通过）`: the title, and when it was passed.
fn enactment_behind(text: &str) -> Option<(&str, &str)> {
    if !text.ends_with(chars::is_close_round) || text.len() > REACH * 2 {
        return None;
    }
    let (at, _) = text
        .char_indices()
        .find(|(_, c)| chars::is_open_round(*c))?;
    let (title, note) = text.split_at_checked(at)?;
    let title = chars::trim(title);
    let titled = shape::title_ending(title).is_some() && !shape::is_running(title);
    (titled && shape::bracketed(note).is_some_and(is_enactment)).then_some((title, note))
}

/// Whether a line belongs to the sign-off: a day, or the names of bodies.
fn signs(text: &str) -> bool {
    let text = note_behind(text).map_or(text, |(before, _)| before);
    shape::day_line(text).is_some() || shape::is_bodies(text)
}

/// `…。2021年11月5日`, `特此通知　　2021年9月24日`, `…。某某局2021年1月1日`: the text, and the day with the signer before it.
fn signed_behind<'s>(text: &'s str, issuer: Option<&str>) -> Option<(&'s str, &'s str)> {
    if !text.ends_with(['日', '号']) {
        return None;
    }
    let (at, _) = day_at_end(text)?;
    let before = chars::trim(text.get(..at)?);
    if let Some((before, signer)) = signer_behind(before, issuer) {
        return Some((before, text.get(offset(text, signer)..)?));
    }
    ends_text(before).then_some((before, text.get(at..)?))
}

/// `…。（此件公开发布）`, `2021年1月26日（此件公开发布）`: what stands before the note, and the note.
fn note_behind(text: &str) -> Option<(&str, &str)> {
    if !text.ends_with(chars::is_close_round) {
        return None;
    }
    let from = chars::floor(text, text.len().saturating_sub(REACH));
    let at = from + text.get(from..)?.rfind(chars::is_open_round)?;
    let (before, note) = text.split_at_checked(at)?;
    let before = chars::trim(before);
    let inner = shape::bracketed(note)?;
    let labelled = DISCLOSURE.iter().any(|label| inner.starts_with(label));
    let noted = inner.starts_with("此件") || inner.starts_with("本文有删减") || labelled;
    let apart = before.ends_with(|c| chars::is_full_stop(c) || c == '日');
    (noted && apart).then_some((before, note))
}

/// `（联系人：…）某某市某某工作方案`, `（此件公开发布）某某市…`: the note, and what follows it.
fn note_ahead(text: &str) -> Option<(&str, &str)> {
    if !text.starts_with(chars::is_open_round) {
        return None;
    }
    let reach = chars::front(text, REACH);
    let (at, close) = reach
        .char_indices()
        .find(|(_, c)| chars::is_close_round(*c))?;
    let (note, rest) = text.split_at_checked(at + close.len_utf8())?;
    let inner = shape::bracketed(note)?;
    let noted = shape::is_note(inner) || inner.starts_with("联系") || inner.starts_with("咨询");
    let rest = chars::trim(rest);
    (noted && rest.chars().next().is_some_and(char::is_alphanumeric)).then_some((note, rest))
}

/// The signer at the end of a text, behind its last stop or known by name, and the text before it.
fn signer_behind<'s>(text: &'s str, issuer: Option<&str>) -> Option<(&'s str, &'s str)> {
    let text = text.trim_end_matches(chars::is_space);
    if text.ends_with(chars::is_full_stop) || shape::is_bodies(text) {
        return None;
    }
    if let Some((before, signer)) = behind_stop(text)
        && shape::is_bodies(signer)
    {
        return Some((before, signer));
    }
    let issuer = issuer.filter(|issuer| text.len() > issuer.len() && text.ends_with(issuer))?;
    let (before, signer) = text.split_at_checked(text.len() - issuer.len())?;
    Some((chars::trim(before), signer))
}

/// `…。公开方式：主动公开某某办公室秘书处2023年5月18日印发`: the text, and the lines of the imprint.
fn imprint_behind(text: &str) -> Option<(&str, Vec<&str>)> {
    let printed = text.strip_suffix("印发");
    if printed.is_none() && !text.ends_with("公开") {
        return None;
    }
    let (before, mut rest) = behind_stop(text)?;
    let mut lines = Vec::new();
    let labelled = DISCLOSURE.iter().find_map(|label| rest.strip_prefix(label));
    if let Some(value) = labelled.and_then(|rest| rest.strip_prefix(chars::is_colon)) {
        let end = rest.len() - value.len() + value.find("公开")? + "公开".len();
        lines.push(rest.get(..end)?);
        rest = chars::trim(rest.get(end..)?);
    }
    if !rest.is_empty() {
        day_at_end(printed?)?;
        lines.push(rest);
    }
    Some((before, lines))
}

/// A text up to its last stop, and what stands behind it.
fn behind_stop(text: &str) -> Option<(&str, &str)> {
    let from = chars::floor(text, text.len().saturating_sub(REACH));
    let reach = text.get(from..)?;
    let (at, stop) = reach
        .char_indices()
        .rfind(|(_, c)| chars::is_full_stop(*c))?;
    let (before, rest) = text.split_at_checked(from + at + stop.len_utf8())?;
    Some((before, chars::trim(rest)))
}

/// `…提供保障。附件：某某清单（略）`: the text, and 附件说明.
fn list_behind(text: &str) -> Option<(&str, &str)> {
    if text.ends_with(chars::is_full_stop) {
        return None;
    }
    let from = chars::floor(text, text.len().saturating_sub(REACH));
    let at = from + text.get(from..)?.rfind("。附件")? + '。'.len_utf8();
    let (before, list) = text.split_at_checked(at)?;
    let named = list
        .strip_prefix("附件")?
        .starts_with(|c| chars::is_colon(c) || chars::is_digit(c));
    (named && !list.contains('。')).then_some((before, list))
}

/// The bodies that the title begins with, spaces left out.
fn issuer(lines: &[Line<'_>]) -> Option<String> {
    lines.iter().take(HEAD_MAX).find_map(|line| {
        let head = chars::front(line.text, REACH);
        let at = ["关于", "印发", "转发"]
            .iter()
            .filter_map(|word| head.find(word))
            .min()?;
        let name = shape::squeeze(head.get(..at)?);
        shape::is_body(&name).then_some(name)
    })
}

/// Of several issuers, those that do not sign on the next line.
fn remainder<'i>(issuer: Option<&'i str>, next: &str) -> Option<&'i str> {
    let issuer = issuer.filter(|_| next.len() < REACH)?;
    let rest = issuer
        .strip_suffix(shape::squeeze(next).as_str())
        .unwrap_or(issuer);
    (!rest.is_empty()).then_some(rest)
}

fn offset(text: &str, part: &str) -> usize {
    crate::span::Range::of(text, part).map_or(0, |range| range.start as usize)
}
