//! Numbers that open a line, by the look of their characters alone: what reflow needs to know of structure.

use crate::text::chars;

/// The style of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Style {
    /// 第一章, 第一编, 第一部分.
    Chapter,
    /// 第一节.
    Section,
    /// 第一条.
    Article,
    /// 一、.
    Han,
    /// （一）.
    HanBracket,
    /// 1. and 1．.
    Dot,
    /// 1、.
    Comma,
    /// （1）, also 1）.
    Bracket,
    /// ①.
    Circle,
}

/// A number at the head of some text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    /// Its style.
    pub(super) style: Style,
    /// Its value.
    pub(super) number: u32,
    /// How many bytes it takes.
    pub(super) len: usize,
}

/// The number that a text opens with, if it looks like one of a list or an outline.
///
/// A year (`2023.`), a decimal (`1.5`) and a counted thing (`三、四季度`) are told apart as far as the next characters tell.
pub(super) fn marker(text: &str) -> Option<Marker> {
    let first = text.chars().next()?;
    match first {
        '第' => ordinal(text),
        _ if chars::is_open_bracket(first) => bracketed(text, first.len_utf8()),
        '①'..='⑳' => Some(Marker {
            style: Style::Circle,
            number: first as u32 - '①' as u32 + 1,
            len: first.len_utf8(),
        }),
        _ if chars::is_digit(first) => arabic(text),
        _ if han_digit(first).is_some() => {
            let (number, len) = han_number(text)?;
            let sign = text.get(len..)?.chars().next()?;
            (chars::is_enumeration_comma(sign)).then_some(Marker {
                style: Style::Han,
                number,
                len: len + sign.len_utf8(),
            })
        }
        _ => None,
    }
}

/// `第 number (章|节|条|编|部分)`: 第十二条.
fn ordinal(text: &str) -> Option<Marker> {
    let head = '第'.len_utf8();
    let rest = text.get(head..)?;
    let (number, len) = han_number(rest).or_else(|| digits(rest))?;
    let sign = rest.get(len..)?.chars().next()?;
    let style = match sign {
        '章' | '编' | '篇' => Style::Chapter,
        '节' => Style::Section,
        '条' => Style::Article,
        _ => return None,
    };
    Some(Marker {
        style,
        number,
        len: head + len + sign.len_utf8(),
    })
}

/// `( number )`: （一）, (12).
fn bracketed(text: &str, head: usize) -> Option<Marker> {
    let rest = text.get(head..)?;
    let blank = spaces(rest);
    let rest = rest.get(blank..)?;
    let (style, (number, len)) = han_number(rest)
        .map(|n| (Style::HanBracket, n))
        .or_else(|| digits(rest).map(|n| (Style::Bracket, n)))?;
    let after = rest.get(len..)?;
    let gap = spaces(after);
    let sign = after.get(gap..)?.chars().next()?;
    (chars::is_close_round(sign) || matches!(sign, '〕' | '﹞'))
        .then_some(Marker {
            style,
            number,
            len: head + blank + len + gap + sign.len_utf8(),
        })
        .filter(|m| m.number < 200)
}

/// `digits (. | ． | 、 | ）)`: 12., 3、, 4）.
fn arabic(text: &str) -> Option<Marker> {
    let (number, len) = digits(text)?;
    let rest = text.get(len..)?;
    let gap = spaces(rest);
    let rest = rest.get(gap..)?;
    let sign = rest.chars().next()?;
    let len = len + gap + sign.len_utf8();
    let style = match sign {
        '.' | '．' | '﹒' => {
            let after = rest.get(sign.len_utf8()..)?;
            if digits(after).is_some() && !opens_with_year(after) {
                return None;
            }
            Style::Dot
        }
        '、' | '､' => Style::Comma,
        _ if chars::is_close_round(sign) => Style::Bracket,
        _ => return None,
    };
    (number < 1000).then_some(Marker { style, number, len })
}

/// `2023年…`, `2023 年…` behind a dot: 2.2023年度….
fn opens_with_year(text: &str) -> bool {
    digits(text).is_some_and(|(year, len)| {
        (1900..2100).contains(&year)
            && text.get(len..).is_some_and(|rest| {
                matches!(
                    chars::trim(rest).chars().next(),
                    Some('年' | '—' | '-' | '－')
                )
            })
    })
}

fn spaces(text: &str) -> usize {
    text.len() - text.trim_start_matches(' ').len()
}

/// The decimal digits that a text opens with: their value and their bytes; at most four.
fn digits(text: &str) -> Option<(u32, usize)> {
    let mut value = 0;
    let mut len = 0;
    for (n, c) in text.chars().enumerate() {
        let Some(digit) = chars::digit_value(c) else {
            break;
        };
        if n == 4 {
            return None;
        }
        value = value * 10 + digit;
        len += c.len_utf8();
    }
    (len > 0).then_some((value, len))
}

/// Whether a Chinese character opens a number: 第, 一.
pub(super) fn opens_number(c: char) -> bool {
    c == '第' || han_digit(c).is_some()
}

fn han_digit(c: char) -> Option<u32> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        '十' => 10,
        '百' => 100,
        _ => return None,
    })
}

/// The Chinese number under 1000 that a text opens with: its value and its bytes.
fn han_number(text: &str) -> Option<(u32, usize)> {
    let (mut value, mut digit, mut len) = (0, None, 0);
    for (n, c) in text.chars().enumerate() {
        let Some(figure) = han_digit(c) else { break };
        if n == 6 {
            return None;
        }
        if figure >= 10 {
            value += digit.unwrap_or(1) * figure;
            digit = None;
        } else {
            if digit.is_some_and(|d| d > 0) {
                return None; // 二三 is no number of an outline
            }
            digit = Some(figure);
        }
        len += c.len_utf8();
    }
    value += digit.unwrap_or(0);
    (value > 0 && value < 1000).then_some((value, len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, want: Option<(Style, u32, &str)>) {
        let got = marker(text).map(|m| (m.style, m.number, &text[m.len..]));
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn markers() {
        check("一、总体要求", Some((Style::Han, 1, "总体要求")));
        check("二十一、附则", Some((Style::Han, 21, "附则")));
        check("（十二）机制", Some((Style::HanBracket, 12, "机制")));
        check("( 一) 深化", Some((Style::HanBracket, 1, " 深化")));
        check("1.优化", Some((Style::Dot, 1, "优化")));
        check("12．优化", Some((Style::Dot, 12, "优化")));
        check("2.2023年度计划", Some((Style::Dot, 2, "2023年度计划")));
        check("2.2023 年度计划", Some((Style::Dot, 2, "2023 年度计划")));
        check("3、优化", Some((Style::Comma, 3, "优化")));
        check("（3）优化", Some((Style::Bracket, 3, "优化")));
        check("4）优化", Some((Style::Bracket, 4, "优化")));
        check("③优化", Some((Style::Circle, 3, "优化")));
        check("第十条 为了", Some((Style::Article, 10, " 为了")));
        check("第三章总则", Some((Style::Chapter, 3, "总则")));
        check("第12条规定", Some((Style::Article, 12, "规定")));
        check("1.5亿元", None);
        check("2023年", None);
        check("（试行）", None);
        check("第三届", None);
        check("二三、", None);
        check("（2023）", None);
        check("一", None);
        check("", None);
        check("12", None);
    }
}
