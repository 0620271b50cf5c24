//! Whole days as headers write them: the date of a sign-off, a card or an imprint.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n};
use nom::character::complete::{one_of, satisfy};
use nom::combinator::{consumed, map_opt, opt, recognize};
use nom::multi::many_m_n;
use nom::sequence::{delimited, preceded};

use super::Parse;
use crate::text::chars;

/// A day of the calendar as written; whether it exists is the caller's to see.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day<'s> {
    /// As written.
    pub text: &'s str,
    /// The year, four digits.
    pub year: u32,
    /// The month.
    pub month: u32,
    /// The day of the month.
    pub day: u32,
}

/// A day, with spaces wherever a page or a PDF put them.
///
/// ```ebnf
/// day = year "年" number "月" number [ "日" | "号" ] | year point digits point digits ;
/// ```
///
/// `2024年5月29日`, `2023 年2 月28 日`, `二〇〇五年三月三日`, `2024-06-06`, `2021.11.13`
pub fn day(input: &str) -> Parse<'_, Day<'_>> {
    let (rest, (text, (year, month, day))) =
        consumed(alt((worded_day, pointed_day))).parse(input)?;
    Ok((
        rest,
        Day {
            text,
            year,
            month,
            day,
        },
    ))
}

fn worded_day(input: &str) -> Parse<'_, (u32, u32, u32)> {
    let (rest, year) = year(input)?;
    let (rest, _) = delimited(spaces, tag("年"), spaces).parse(rest)?;
    let (rest, month) = small_number(rest)?;
    let (rest, _) = delimited(spaces, tag("月"), spaces).parse(rest)?;
    let (rest, day) = small_number(rest)?;
    let (rest, _) = opt(preceded(spaces, one_of("日号"))).parse(rest)?;
    Ok((rest, (year, month, day)))
}

fn pointed_day(input: &str) -> Parse<'_, (u32, u32, u32)> {
    let point = |input| one_of::<_, _, ()>("-－—–/／.．").parse(input);
    let (rest, year) = year(input)?;
    let (rest, _) = point(rest)?;
    let (rest, month) = digits(rest)?;
    let (rest, _) = point(rest)?;
    let (rest, day) = digits(rest)?;
    if rest.starts_with(chars::is_digit) {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, (year, month, day)))
}

/// Four digits, Arabic or Chinese: `2024`, `二〇〇五`, `二ＯＯ七`; `19` and `20` begin it.
pub fn year(input: &str) -> Parse<'_, u32> {
    map_opt(
        recognize(many_m_n(4, 4, satisfy(|c| year_digit(c).is_some()))),
        |text: &str| {
            let value = text
                .chars()
                .try_fold(0, |sum, c| Some(sum * 10 + year_digit(c)?))?;
            (1900..2100).contains(&value).then_some(value)
        },
    )
    .parse(input)
}

/// The value of one digit of a year. The circle of 二〇〇五 comes in every form a keyboard has.
fn year_digit(c: char) -> Option<u32> {
    chars::digit_value(c).or_else(|| match c {
        '〇' | '○' | '零' | '◯' | 'Ｏ' | 'O' | 'o' | 'О' | '０' | '⚪' | '●' => Some(0),
        _ => "一二三四五六七八九"
            .chars()
            .position(|d| d == c)
            .map(|p| p as u32 + 1),
    })
}

fn small_number(input: &str) -> Parse<'_, u32> {
    alt((digits, chinese)).parse(input)
}

fn digits(input: &str) -> Parse<'_, u32> {
    map_opt(take_while_m_n(1, 2, chars::is_digit), |digits: &str| {
        digits
            .chars()
            .try_fold(0, |sum, c| Some(sum * 10 + chars::digit_value(c)?))
    })
    .parse(input)
}

/// `三`, `十二`, `二十`, `三十一`, `廿九`.
fn chinese(input: &str) -> Parse<'_, u32> {
    map_opt(
        take_while_m_n(1, 3, |c| "一二三四五六七八九十廿卅".contains(c)),
        |text: &str| {
            let mut total = 0;
            let mut digit = None;
            for c in text.chars() {
                match c {
                    '十' => total += digit.take().unwrap_or(1) * 10,
                    '廿' => total += 20,
                    '卅' => total += 30,
                    _ => {
                        let value = "一二三四五六七八九".chars().position(|d| d == c)? as u32 + 1;
                        if digit.replace(value).is_some() {
                            return None;
                        }
                    }
                }
            }
            Some(total + digit.unwrap_or(0))
        },
    )
    .parse(input)
}

/// A term in years: `5年`, `五年`, `2 年`.
pub fn years(input: &str) -> Parse<'_, u32> {
    let (rest, years) = small_number(input)?;
    let (rest, _) = (spaces, tag("年")).parse(rest)?;
    Ok((rest, years))
}

fn spaces(input: &str) -> Parse<'_, &str> {
    take_while(chars::is_space).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, expected: Option<(u32, u32, u32)>) {
        let found = day(input).ok().map(|(_, d)| (d.year, d.month, d.day));
        assert_eq!(found, expected, "{input}");
    }

    #[test]
    fn days() {
        check("2024年5月29日", Some((2024, 5, 29)));
        check("2024年06月06日", Some((2024, 6, 6)));
        check("2023 年2 月28 日", Some((2023, 2, 28)));
        check("２００３年６月２５日", Some((2003, 6, 25)));
        check("二〇〇五年三月三日", Some((2005, 3, 3)));
        check("二○○四年十二月二十九日", Some((2004, 12, 29)));
        check("二ＯＯ七年二月六日", Some((2007, 2, 6)));
        check("二OO六年十月十日", Some((2006, 10, 10)));
        check("一九九六年十一月五日", Some((1996, 11, 5)));
        check("2024-06-06", Some((2024, 6, 6)));
        check("2024/6/6 10:20", Some((2024, 6, 6)));
        check("2021.11.13", Some((2021, 11, 13)));
        check("2021年11月", None);
        check("21年1月2日", None);
        check("2024-06-066", None);
        check("今年5月2日", None);
    }
}
