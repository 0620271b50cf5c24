//! What pages put between the lines of a text: page numbers, and heads and feet that come again on every page.

use super::layout;
use super::marker::marker;
use crate::text::chars;

/// Which lines are a page's furniture: page numbers, and heads and feet that come again on every page.
pub(super) fn furniture(lines: &[(usize, &str)]) -> Vec<bool> {
    let mut dropped: Vec<bool> = lines.iter().map(|(_, line)| is_page_number(line)).collect();
    drop_bare_numbers(lines, &mut dropped);
    drop_running_heads(lines, &mut dropped);
    dropped
}

/// `— 2 —`, `- 2 -`, `―2―`, `第 2 页`, `第2页 共5页`, `2 / 5`: a page number that cannot be anything else.
fn is_page_number(line: &str) -> bool {
    if line.len() > 48 || line.is_empty() {
        return false;
    }
    let mut rest = line.chars().filter(|&c| !chars::is_space(c)).peekable();
    let mut shape = String::new();
    while let Some(c) = rest.next() {
        let sign = match c {
            _ if chars::is_digit(c) => {
                while rest.next_if(|&c| chars::is_digit(c)).is_some() {}
                '1'
            }
            '-' | '—' | '－' | '―' | '–' | '‐' | '─' | '·' | '~' | '～' => {
                while rest.next_if_eq(&c).is_some() {}
                '-'
            }
            ',' | '，' | '/' | '／' => '/',
            _ => c,
        };
        shape.push(sign);
    }
    matches!(
        shape.as_str(),
        "-1-"
            | "第1页"
            | "第1页共1页"
            | "第1页/共1页"
            | "共1页第1页"
            | "第1页,共1页"
            | "1/1页"
            | "-第1页-"
            | "第-1-页"
    )
}

/// Bare numbers beside a blank line that count up by one from page to page.
fn drop_bare_numbers(lines: &[(usize, &str)], dropped: &mut [bool]) {
    let blank = |i: usize| lines.get(i).is_none_or(|(_, line)| line.is_empty());
    let bare: Vec<(usize, u32)> = lines
        .iter()
        .enumerate()
        .filter(|&(i, (_, line))| line.len() <= 12 && (i == 0 || blank(i - 1) || blank(i + 1)))
        .filter_map(|(i, (_, line))| Some((i, bare_number(line)?)))
        .collect();
    let follows = |a: Option<&(usize, u32)>, b: Option<&(usize, u32)>| match (a, b) {
        (Some(a), Some(b)) => b.1 == a.1 + 1 && b.0 >= a.0 + 4,
        _ => false,
    };
    for n in 0..bare.len() {
        let this = bare.get(n);
        let before = n.checked_sub(1).and_then(|n| bare.get(n));
        if (follows(before, this) || follows(this, bare.get(n + 1)))
            && let Some(dropped) = this.and_then(|&(i, _)| dropped.get_mut(i))
        {
            *dropped = true;
        }
    }
}

/// The value of a line of digits alone; spaces may stand between them.
pub(super) fn bare_number(line: &str) -> Option<u32> {
    let mut value = 0u32;
    for c in line.chars().filter(|&c| !chars::is_space(c)) {
        value = value.checked_mul(10)?.checked_add(chars::digit_value(c)?)?;
    }
    (!line.is_empty() && value < 1000).then_some(value)
}

/// Short lines at the edges of pages that come at least three times; the first may be the title and stays.
fn drop_running_heads(lines: &[(usize, &str)], dropped: &mut [bool]) {
    let edge = |i: usize, dropped: &[bool]| {
        let outside = |j: Option<usize>| {
            j.is_none_or(|j| {
                lines.get(j).is_none_or(|(_, line)| line.is_empty())
                    || dropped.get(j).copied().unwrap_or(true)
            })
        };
        outside(i.checked_sub(1)) || outside(i.checked_add(1))
    };
    let mut seen: std::collections::HashMap<&str, Vec<usize>> = std::collections::HashMap::new();
    for (i, (_, line)) in lines.iter().enumerate() {
        if (12..=120).contains(&line.len())
            && !line.chars().next_back().is_some_and(layout::ends_clause)
            && !is_field(line)
            && marker(line).is_none()
            && edge(i, dropped)
        {
            seen.entry(line).or_default().push(i);
        }
    }
    for places in seen.into_values().filter(|places| places.len() >= 3) {
        for i in places.into_iter().skip(1) {
            if let Some(dropped) = dropped.get_mut(i) {
                *dropped = true;
            }
        }
    }
}

/// Whether a line is a field or a list that many measures share: `完成时限：2023年12月30日`. No page's head is one.
fn is_field(line: &str) -> bool {
    line.ends_with('日')
        || line.contains(|c| {
            chars::is_colon(c) || chars::is_comma(c) || chars::is_enumeration_comma(c)
        })
}
