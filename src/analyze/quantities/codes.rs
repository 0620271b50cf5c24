//! Digits that count nothing: document numbers, standards, telephone numbers, clock times, addresses of pages.
//!
//! Each is one mention that holds all its digits, so that no date or quantity is read out of it.

use crate::text::chars;

/// The end of a document number's year and serial, from its opening bracket: `〔2023〕43号`.
pub fn document_number(at_bracket: &str) -> Option<usize> {
    let mut rest = at_bracket;
    rest = rest.strip_prefix(chars::is_open_bracket)?;
    rest = rest.trim_start_matches(chars::is_space);
    let after_year = rest.trim_start_matches(chars::is_digit);
    if rest[..rest.len() - after_year.len()].chars().count() != 4 {
        return None;
    }
    rest = after_year.trim_start_matches(chars::is_space);
    rest = rest.strip_prefix(chars::is_close_bracket)?;
    rest = rest.trim_start_matches(chars::is_space);
    rest = rest.strip_prefix('第').unwrap_or(rest);
    let after = rest.trim_start_matches(chars::is_digit);
    if after.len() == rest.len() {
        return None;
    }
    let end = after
        .trim_start_matches(chars::is_space)
        .strip_prefix('号')?;
    Some(at_bracket.len() - end.len())
}

fn is_code_char(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || chars::is_digit(c)
        || ('Ａ'..='Ｚ').contains(&c)
        || ('ａ'..='ｚ').contains(&c)
}

/// Whether a character may stand inside a code between letters and digits.
fn is_code_mark(c: char) -> bool {
    matches!(c, '-' | '.' | '/' | '_' | '－' | '—')
}

/// The start of the letters that end just before `at`, with their inner marks: the GB/T of `GB/T9704`.
pub fn letters_before(text: &str, floor: usize, at: usize) -> Option<usize> {
    let before = text.get(floor..at)?;
    let mut start = None;
    let mut mark_only = true;
    for (offset, c) in before.char_indices().rev().take(40) {
        if is_code_char(c) {
            start = Some(floor + offset);
            mark_only = false;
        } else if !is_code_mark(c) || (mark_only && c == '—') {
            break;
        }
    }
    let start = start?;
    let letters = text.get(start..at)?;
    letters
        .contains(|c: char| is_code_char(c) && !chars::is_digit(c))
        .then_some(start)
}

/// The start of a standard's letters, a space before its number: the GB/T of `GB/T 9704-2012`.
pub fn standard_before(text: &str, floor: usize, at: usize) -> Option<usize> {
    let before = text.get(floor..at)?;
    let trimmed = before.trim_end_matches(chars::is_space);
    if trimmed.len() == before.len() {
        return None;
    }
    let letters = trimmed.trim_end_matches(|c: char| c.is_ascii_uppercase() || c == '/');
    let start = floor + letters.len();
    let word = text.get(start..floor + trimmed.len())?;
    let number = text
        .get(at..)?
        .trim_start_matches(|c| chars::is_digit(c) || c == '.');
    let year = number
        .strip_prefix(['-', '—', '－'])?
        .trim_start_matches('—');
    let full = year.chars().take_while(|&c| chars::is_digit(c)).count() == 4;
    (word.len() >= 2 && full).then_some(start)
}

/// The end of a code that goes on at `at`: letters, digits, and marks between them.
pub fn code_end(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut marks = 0;
    for (offset, c) in text.get(at..).unwrap_or("").char_indices() {
        if is_code_char(c) {
            end = at + offset + c.len_utf8();
            marks = 0;
        } else if is_code_mark(c) && marks == 0 {
            marks += 1;
        } else {
            break;
        }
    }
    end
}

/// The end of `1+10+N`, `7×24`: what goes on with plus or times signs.
pub fn joined_end(text: &str, at: usize) -> usize {
    let mut end = at;
    while let Some(rest) = text
        .get(end..)
        .and_then(|rest| rest.strip_prefix(['+', '＋', '×']))
    {
        let from = text.len() - rest.len();
        let to = code_end(text, from);
        if to == from {
            break;
        }
        end = to;
    }
    end
}

/// The place of a page or a mailbox that holds `at`, where there is one: `https://…`, `name@…`.
pub fn address(text: &str, floor: usize, at: usize) -> Option<(usize, usize)> {
    let graphic = |c: char| {
        let quoted = matches!(c, '(' | ')' | ',' | ';' | '"' | '<' | '>');
        chars::is_digit(c) || c.is_ascii_graphic() && !quoted
    };
    let before = text.get(floor..at)?;
    let start = before
        .char_indices()
        .rev()
        .take(400)
        .take_while(|&(_, c)| graphic(c))
        .last()
        .map_or(at, |(offset, _)| floor + offset);
    let head = text.get(start..at)?;
    let rest = text.get(at..)?;
    let is_page = head.contains("://") || head.contains("www.");
    let is_mail = head.contains('@')
        || rest
            .chars()
            .take(64)
            .find(|&c| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-')))
            == Some('@');
    if !is_page && !is_mail {
        return None;
    }
    let end = at + rest.find(|c| !graphic(c)).unwrap_or(rest.len());
    Some((start, end))
}

/// The end of a telephone number or another number in hyphenated groups: `0371-65901234`, `400-100-1234`.
pub fn groups(at_digit: &str) -> Option<usize> {
    let mut rest = at_digit;
    let mut lengths = [0usize; 3];
    let mut count = 0;
    loop {
        let after = rest.trim_start_matches(chars::is_digit);
        let digits = rest[..rest.len() - after.len()].chars().count();
        if digits == 0 {
            return None;
        }
        if let Some(length) = lengths.get_mut(count) {
            *length = digits;
        }
        count += 1;
        rest = after;
        match rest.strip_prefix(['-', '－', '—']) {
            Some(next) if next.starts_with(chars::is_digit) => rest = next,
            _ => break,
        }
    }
    let telephone = count == 2
        && at_digit.starts_with(['0', '０'])
        && (3..=4).contains(&lengths[0])
        && (7..=8).contains(&lengths[1]);
    (telephone || count >= 3).then_some(at_digit.len() - rest.len())
}

/// The end of numbers with more than one point: `1.2.3`, `2222.2222.22`.
pub fn dotted(at_digit: &str) -> Option<usize> {
    let mut rest = at_digit;
    let mut count = 0;
    loop {
        let after = rest.trim_start_matches(chars::is_digit);
        if after.len() == rest.len() {
            return None;
        }
        count += 1;
        rest = after;
        match rest.strip_prefix(['.', '．']) {
            Some(next) if next.starts_with(chars::is_digit) => rest = next,
            _ => break,
        }
    }
    (count >= 3).then_some(at_digit.len() - rest.len())
}

/// The end of a clock time: `9:00`, `17：30：05`, `9:00—17:00`.
pub fn clock(at_digit: &str, after_day: bool) -> Option<usize> {
    let mut end = one_clock(at_digit, after_day)?;
    let rest = &at_digit[end..];
    let mark = rest.trim_start_matches(chars::is_space);
    let to = mark
        .strip_prefix(['-', '－', '—', '–', '~', '～', '至', '到'])
        .map(|r| {
            r.trim_start_matches(['-', '—'])
                .trim_start_matches(chars::is_space)
        });
    if let Some(to) = to
        && let Some(length) = one_clock(to, true)
    {
        end = at_digit.len() - to.len() + length;
    }
    Some(end)
}

fn one_clock(input: &str, after_day: bool) -> Option<usize> {
    let (hour, digits, rest) = two_digits(input)?;
    if hour > 24 {
        return None;
    }
    if let Some(rest) = rest.strip_prefix([':', '：', '∶']) {
        let (minute, minute_digits, rest) = two_digits(rest)?;
        if minute > 59 || minute_digits != 2 {
            return None;
        }
        // 1:15 is a ratio, 01:15 and 9:00 are not.
        if hour <= 1 && digits == 1 && !after_day {
            return None;
        }
        let mut rest = rest;
        if let Some(second) = rest.strip_prefix([':', '：'])
            && let Some((_, 2, after)) = two_digits(second)
        {
            rest = after;
        }
        let goes_on = rest.strip_prefix([':', '：', '.']);
        if goes_on.is_some_and(|rest| rest.starts_with(chars::is_digit)) {
            return None;
        }
        return Some(input.len() - rest.len());
    }
    let rest = rest.trim_start_matches(chars::is_space);
    let (word, rest) = match rest.strip_prefix('时') {
        Some(after) => ('时', after),
        None => ('点', rest.strip_prefix(['点', '點'])?),
    };
    let minutes = two_digits(rest.trim_start_matches(chars::is_space))
        .and_then(|(_, _, after)| after.trim_start_matches(chars::is_space).strip_prefix('分'));
    match minutes {
        Some(after) if !after.starts_with('之') => Some(input.len() - after.len()),
        _ => {
            let joined =
                rest.starts_with(|c| chars::is_han(c) && !"前后至到整半许以起".contains(c));
            (after_day || word == '时' && !joined).then_some(input.len() - rest.len())
        }
    }
}

fn two_digits(input: &str) -> Option<(u32, usize, &str)> {
    let rest = input.trim_start_matches(chars::is_digit);
    let digits = &input[..input.len() - rest.len()];
    let count = digits.chars().count();
    if count == 0 || count > 2 {
        return None;
    }
    let value = digits
        .chars()
        .filter_map(chars::digit_value)
        .fold(0, |sum, d| sum * 10 + d);
    Some((value, count, rest))
}

/// The runs of digits in a code.
pub fn digit_runs(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c| !chars::is_digit(c))
        .filter(|run| !run.is_empty())
}
