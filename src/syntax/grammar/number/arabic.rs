//! Numbers in Arabic digits, half- and full-width.

use nom::Parser;
use nom::bytes::complete::take_while_m_n;
use nom::character::complete::{one_of, satisfy};
use nom::combinator::opt;
use nom::sequence::preceded;

use super::Parse;
use crate::decimal::Decimal;
use crate::text::chars;

/// An Arabic number: its value, its digits, whether it has a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arabic {
    /// The value, where it can be held.
    pub value: Option<Decimal>,
    /// The digits before the point.
    pub digits: usize,
    /// Whether digits stand behind a point.
    pub has_point: bool,
}

/// An Arabic number, half- or full-width.
///
/// ```ebnf
/// arabic = ( digits , { comma , 3 * digit } , [ "." , digits ] | "." , digits ) , [ ( "e" | "E" ) , [ "+" | "-" ] , digits ] ;
/// ```
///
/// `6.5`, `1,050,000`, `２．２`, `2e5`; of `2011.6.23` the first digits only.
pub fn arabic(input: &str) -> Parse<'_, Arabic> {
    let mut sum = Digits::default();
    let (mut rest, _) = digit_run(input, &mut sum)?;
    let whole = sum.count;
    if whole <= 3 && whole > 0 {
        while let Some(after) = thousand(rest, &mut sum) {
            rest = after;
        }
    }
    let digits = sum.count;
    let mut has_point = false;
    if let Some(after) = fraction_part(rest, &mut sum) {
        // 2011.6.23 is no decimal.
        let another = point(after).is_ok_and(|(r, _)| r.starts_with(chars::is_digit));
        if another && digits > 0 {
            let mut whole_only = Digits::default();
            let (rest, _) = digit_run(input, &mut whole_only)?;
            return Ok((
                rest,
                Arabic {
                    value: whole_only.value(0),
                    digits,
                    has_point: false,
                },
            ));
        }
        (rest, has_point) = (after, true);
    }
    if digits == 0 && !has_point {
        return Err(nom::Err::Error(()));
    }
    let mut value = sum.value(sum.behind);
    if let Ok((after, exponent)) = exponent(rest) {
        value = value.and_then(|v| v.shift(exponent));
        rest = after;
    }
    Ok((
        rest,
        Arabic {
            value,
            digits,
            has_point,
        },
    ))
}

/// Digits on their way to a value.
#[derive(Debug, Default)]
pub(super) struct Digits {
    value: i128,
    overflow: bool,
    pub(super) count: usize,
    behind: u32,
}

impl Digits {
    pub(super) fn push(&mut self, digit: u32) {
        let next = self
            .value
            .checked_mul(10)
            .and_then(|v| v.checked_add(i128::from(digit)));
        match next {
            Some(value) => self.value = value,
            None => self.overflow = true,
        }
        self.count += 1;
    }

    pub(super) fn value(&self, behind: u32) -> Option<Decimal> {
        if self.overflow {
            return None;
        }
        Decimal::new(self.value, behind)
    }
}

/// Digits in a row; none is no error here.
pub(super) fn digit_run<'s>(input: &'s str, sum: &mut Digits) -> Parse<'s, ()> {
    let end = input
        .char_indices()
        .find_map(|(at, c)| match chars::digit_value(c) {
            Some(digit) => {
                sum.push(digit);
                None
            }
            None => Some(at),
        })
        .unwrap_or(input.len());
    Ok((&input[end..], ()))
}

/// `,050`: a comma and just three digits.
///
/// A full-width comma parts groups of full-width digits, and of others where a decimal part follows
/// (82，225.00); 20，300 is two numbers.
pub(super) fn thousand<'s>(input: &'s str, sum: &mut Digits) -> Option<&'s str> {
    let (rest, group) = preceded(
        satisfy(chars::is_comma),
        take_while_m_n::<_, _, ()>(3, 3, chars::is_digit),
    )
    .parse(input)
    .ok()?;
    if rest.starts_with(chars::is_digit) {
        return None;
    }
    let full_width = group.starts_with(|c: char| !c.is_ascii());
    let decimal = fraction_part(rest, &mut Digits::default()).is_some();
    if !input.starts_with(',') && !full_width && !decimal {
        return None;
    }
    for digit in group.chars().filter_map(chars::digit_value) {
        sum.push(digit);
    }
    Some(rest)
}

/// `.5`: what stands behind the point.
pub(super) fn fraction_part<'s>(input: &'s str, sum: &mut Digits) -> Option<&'s str> {
    let (rest, _) = point(input).ok()?;
    if !rest.starts_with(chars::is_digit) {
        return None;
    }
    let before = sum.count;
    let (rest, ()) = digit_run(rest, sum).ok()?;
    sum.behind = (sum.count - before) as u32;
    Some(rest)
}

pub(super) fn point(input: &str) -> Parse<'_, char> {
    one_of(".．").parse(input)
}

/// `e-1`, not before another letter or digit.
pub(super) fn exponent(input: &str) -> Parse<'_, i32> {
    let (rest, _) = one_of("eEｅＥ").parse(input)?;
    let (rest, sign) = opt(one_of("+-＋－")).parse(rest)?;
    let (rest, digits) = take_while_m_n(1, 2, chars::is_digit).parse(rest)?;
    if rest.starts_with(|c: char| c.is_ascii_alphanumeric() || chars::is_digit(c)) {
        return Err(nom::Err::Error(()));
    }
    let size = digits
        .chars()
        .filter_map(chars::digit_value)
        .fold(0, |sum, d| sum * 10 + d as i32);
    let negative = matches!(sign, Some('-' | '－'));
    Ok((rest, if negative { -size } else { size }))
}
