//! Years and dates in digits.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::one_of;
use nom::combinator::map_opt;
use nom::sequence::preceded;

use super::{DateForm, Month, Numbers, Parse, Part, Point, Year, form, range_mark, spaces, year};
use crate::decimal::Decimal;
use crate::syntax::grammar::number::{self, Script};
use crate::text::chars;

/// `2016到2018`: two bare years, where 从 or 自 before them says that they are years.
pub fn bare_years(input: &str) -> Parse<'_, DateForm<'_>> {
    let (rest, first) = four_digits(input)?;
    let (at, _) = range_mark(rest)?;
    let (rest, second) = four_digits(at)?;
    if first >= second || !(1900..2100).contains(&first) {
        return Err(nom::Err::Error(()));
    }
    let mut numbers = Vec::new();
    push(&mut numbers, input, 4, first);
    push(&mut numbers, at, 4, second);
    Ok(form(
        input,
        rest,
        whole_year(first),
        Some(whole_year(second)),
        numbers,
    ))
}

pub(super) fn whole_year(year: i32) -> Point {
    Point {
        year: Year::Number(year),
        part: Part::Whole,
    }
}

pub(super) fn push<'s>(numbers: &mut Numbers<'s>, input: &'s str, count: usize, value: i32) {
    numbers.push((chars::first(input, count), Decimal::from(i64::from(value))));
}

/// Four Arabic digits that can be a year.
pub(super) fn four_digits(input: &str) -> Parse<'_, i32> {
    let digits = take_while_m_n(4, 4, chars::is_digit);
    let (rest, year) = map_opt(digits, small_value).parse(input)?;
    if !(1000..3000).contains(&year) || rest.starts_with(chars::is_digit) {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, year as i32))
}

pub(super) fn small_value(digits: &str) -> Option<u32> {
    digits
        .chars()
        .try_fold(0, |sum, c| Some(sum * 10 + chars::digit_value(c)?))
}

/// Dates in digits only.
///
/// ```ebnf
/// numeric = 4 * digit , mark , month , mark , day | 8 * digit | month , "/" , day , "/" , 4 * digit ;
/// mark    = "-" | "." | "/" ;
/// ```
///
/// `2021-04-21`, `2011.6.23`, `2019/04/19`, `20240307`
pub(super) fn numeric<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, Point> {
    alt((|i| year_first(i, numbers), compact, month_first)).parse(input)
}

pub(super) fn mark(input: &str) -> Parse<'_, char> {
    one_of("-./－．／").parse(input)
}

/// `2021-04-21`.
pub(super) fn year_first<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, Point> {
    let (rest, year) = four_digits(input)?;
    let (after_mark, _) = mark(rest)?;
    let (rest, month) = two_digits(after_mark)?;
    let (day_at, _) = mark(rest)?;
    let (rest, day) = two_digits(day_at)?;
    let next = mark(rest).map(|(after, _)| after);
    let goes_on = next.is_ok_and(|after| {
        after.starts_with(chars::is_digit) && four_digits(after).and_then(|(r, _)| mark(r)).is_err()
    });
    if rest.starts_with(chars::is_digit) || goes_on {
        return Err(nom::Err::Error(()));
    }
    push(numbers, input, 4, year);
    for (at, value) in [(after_mark, month), (day_at, day)] {
        let end = at.find(|c| !chars::is_digit(c)).unwrap_or(at.len());
        numbers.push((&at[..end], Decimal::from(i64::from(value))));
    }
    Ok((rest, on_day(year, month, day)))
}

pub(super) fn on_day(year: i32, month: u32, day: u32) -> Point {
    Point {
        year: Year::Number(year),
        part: Part::Day(Month::Number(month), day),
    }
}

/// `20240307`, a day that can exist.
pub(super) fn compact(input: &str) -> Parse<'_, Point> {
    let field = |n: usize| map_opt(take_while_m_n(n, n, chars::is_digit), small_value);
    let (rest, (year, month, day)) = (field(4), field(2), field(2)).parse(input)?;
    let real = (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    let goes_on = rest.starts_with(|c: char| {
        chars::is_digit(c) || c.is_ascii_alphabetic() || "-.％%".contains(c)
    });
    if !real || goes_on {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, on_day(year as i32, month, day)))
}

/// `10/31/1974`: where the first number can be no month it is the day.
pub(super) fn month_first(input: &str) -> Parse<'_, Point> {
    let (rest, (first, _, second, _, year)) =
        (two_digits, tag("/"), two_digits, tag("/"), four_digits).parse(input)?;
    if rest.starts_with('/') {
        return Err(nom::Err::Error(()));
    }
    let (month, day) = if first > 12 {
        (second, first)
    } else {
        (first, second)
    };
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, on_day(year, month, day)))
}

/// `2023版`, `一九九八年版`: the year of an edition.
pub fn edition(input: &str) -> Parse<'_, DateForm<'_>> {
    let mut numbers = Vec::new();
    let (rest, year) = match year(input, &mut numbers) {
        Ok((rest, year)) => (rest, year),
        Err(_) => {
            let (rest, number) = number::number(input, &|_| false)?;
            let written = number.value.and_then(Decimal::to_i64).unwrap_or(0) as i32;
            let chinese = number.script == Script::Chinese && number.scale == 0;
            let year = match (number.digits, chinese) {
                (4, _) if (1900..2100).contains(&written) => written,
                (2, true) if number.text.chars().count() == 2 => century_of(written),
                _ => return Err(nom::Err::Error(())),
            };
            numbers.push((number.text, Decimal::from(i64::from(written))));
            (rest, Year::Number(year))
        }
    };
    let (rest, _) = preceded(spaces, tag("版")).parse(rest)?;
    let from = Point {
        year,
        part: Part::Whole,
    };
    Ok(form(input, rest, from, None, numbers))
}

/// A year written with its last two digits.
pub(super) fn century_of(year: i32) -> i32 {
    if year >= 50 { 1900 + year } else { 2000 + year }
}

/// `2022 11 23`, a text of nothing else.
pub fn spaced_day(input: &str) -> Parse<'_, DateForm<'_>> {
    let two = || map_opt(take_while_m_n(2, 2, chars::is_digit), small_value);
    let (rest, (year, _, month, _, day)) =
        (four_digits, tag(" "), two(), tag(" "), two()).parse(input)?;
    if !rest.trim_matches(chars::is_space).is_empty() || month > 12 || day > 31 {
        return Err(nom::Err::Error(()));
    }
    Ok(form(
        input,
        rest,
        on_day(year, month, day),
        None,
        Vec::new(),
    ))
}

/// `09-01`, `02.12`: a month with its nought and a day, where nothing stands beside them.
pub fn month_and_day(input: &str) -> Parse<'_, DateForm<'_>> {
    let (rest, (month, _, day)) = (two_digits, one_of("-./"), two_digits).parse(input)?;
    let core = &input[..input.len() - rest.len()];
    let real = core.len() == 5
        && core.starts_with('0')
        && (1..=12).contains(&month)
        && (1..=31).contains(&day);
    if !real || rest.starts_with(|c: char| c.is_alphanumeric() || "-./%".contains(c)) {
        return Err(nom::Err::Error(()));
    }
    let from = Point {
        year: Year::Unwritten,
        part: Part::Day(Month::Number(month), day),
    };
    Ok(form(input, rest, from, None, Vec::new()))
}

pub(super) fn two_digits(input: &str) -> Parse<'_, u32> {
    map_opt(take_while_m_n(1, 2, chars::is_digit), small_value).parse(input)
}
