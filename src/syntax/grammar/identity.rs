//! What identifies a notice: 发文字号 and 索引号.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n, take_while1};
use nom::character::complete::{one_of, satisfy};
use nom::combinator::{map_opt, opt, recognize, verify};
use nom::multi::{many0_count, many1_count};
use nom::sequence::{delimited, preceded};

use super::Parse;
use super::day::year;
use crate::span;
use crate::text::chars;

/// How a document number is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberForm {
    /// `许政办〔2024〕4号`: the year in brackets.
    Bracketed,
    /// `某某公告2019年第1号`: the year without brackets.
    YearPlain,
    /// `国务院令第746号`: no year.
    Serial,
}

/// 发文字号, taken apart; slices as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocNumber<'s> {
    /// The whole.
    pub text: &'s str,
    /// 发文机关代字; may be empty (`〔2003〕第1号`) and may hold spaces.
    pub agency: &'s str,
    /// 年份 (none in `〔15届〕第19号`).
    pub year: Option<u32>,
    /// What stands in the brackets where it is no year: `15届`.
    pub session: &'s str,
    /// Words between the year and the serial: `事企字`.
    pub infix: &'s str,
    /// 发文顺序号; none where it was left out (`钦南政函〔2022〕号`).
    pub serial: Option<u32>,
    /// How it is built.
    pub form: NumberForm,
}

/// A document number.
///
/// ```ebnf
/// doc_number = [ agency ] ( bracketed | year_plain | serial_only ) ;
/// ```
///
/// `许政办〔2024〕 4号`, `沪科合〔2005〕第11号`, `某某公告2019年第1号`, `国务院令第746号`
pub fn doc_number(input: &str) -> Parse<'_, DocNumber<'_>> {
    let (rest, agency) = recognize(many0_count(agency_part)).parse(input)?;
    let (rest, mut number) = alt((bracketed, year_plain, year_outside, serial_only)).parse(rest)?;
    number.agency = trimmed(agency);
    number.text = trimmed(consumed_part(input, rest));
    Ok((rest, number))
}

/// A piece of 发文机关代字: letters and Chinese characters, or a part in round brackets (`陕科(农)函`).
/// `第` and digits end it.
fn agency_part(input: &str) -> Parse<'_, &str> {
    alt((
        take_while1(|c: char| {
            (chars::is_han(c) && c != '第')
                || c.is_ascii_alphabetic()
                || chars::is_space(c) && c != '\n'
        }),
        recognize((
            satisfy(chars::is_open_round),
            take_while_m_n(1, 12, chars::is_han),
            satisfy(chars::is_close_round),
        )),
    ))
    .parse(input)
}

/// ```ebnf
/// bracketed = open { open } ( year [ "年" ] | number "届" ) close { close } [ "第" ] [ infix ] serial ;
/// ```
fn bracketed(input: &str) -> Parse<'_, DocNumber<'_>> {
    let (rest, _) = many1_count(satisfy(chars::is_open_bracket)).parse(input)?;
    let (rest, _) = spaces(rest)?;
    let (rest, (year, session)) = alt((
        (year, spaces, opt(tag("年"))).map(|(y, _, _)| (Some(y), "")),
        recognize((take_while_m_n(1, 2, chars::is_digit), tag("届"))).map(|s| (None, s)),
    ))
    .parse(rest)?;
    let (rest, _) = spaces(rest)?;
    let (rest, _) = many1_count(satisfy(|c| chars::is_close_bracket(c) || c == '[')).parse(rest)?;
    let (rest, (infix, serial)) = tail(rest)?;
    Ok((
        rest,
        DocNumber {
            text: "",
            agency: "",
            year,
            session,
            infix,
            serial: serial.and_then(number_value),
            form: NumberForm::Bracketed,
        },
    ))
}

/// What follows the year: the infix and the serial.
///
/// ```ebnf
/// tail = [ "第" ] [ infix ] digits [ "号" | "期" ] | "号" [ digits ] ;
/// ```
fn tail(input: &str) -> Parse<'_, (&str, Option<&str>)> {
    let (rest, _) = spaces(input)?;
    let (rest, _) = opt(tag("第")).parse(rest)?;
    let (rest, _) = spaces(rest)?;
    let (rest, infix) = take_while_m_n(0, 6, |c| chars::is_han(c) && c != '号').parse(rest)?;
    let (rest, _) = spaces(rest)?;
    let (rest, serial) = opt(take_while_m_n(1, 6, chars::is_digit)).parse(rest)?;
    let (after, hao) = opt(preceded(spaces, one_of("号期"))).parse(rest)?;
    let (after, late) = match (serial, hao) {
        (None, Some(_)) => opt(take_while_m_n(1, 6, chars::is_digit)).parse(after)?,
        _ => (after, None),
    };
    match (serial.or(late), hao) {
        (None, None) => Err(nom::Err::Error(())),
        (None, Some(_)) if !infix.is_empty() => Err(nom::Err::Error(())),
        (serial, _) => Ok((after, (infix, serial))),
    }
}

/// `公告2019年第1号`, `公告2019第9号`.
fn year_plain(input: &str) -> Parse<'_, DocNumber<'_>> {
    let (rest, year) = year(input)?;
    let (rest, nian) = delimited(spaces, opt(tag("年")), spaces).parse(rest)?;
    let (rest, di) = opt(tag("第")).parse(rest)?;
    if nian.is_none() && di.is_none() {
        return Err(nom::Err::Error(()));
    }
    let (rest, serial) = delimited(spaces, serial_number, spaces).parse(rest)?;
    let (rest, _) = one_of("号期").parse(rest)?;
    Ok((rest, plain(Some(year), serial, NumberForm::YearPlain)))
}

/// `湘科发2022〔137〕号`: the brackets have slipped to the serial.
fn year_outside(input: &str) -> Parse<'_, DocNumber<'_>> {
    let (rest, year) = year(input)?;
    let (rest, serial) = delimited(
        satisfy(chars::is_open_bracket),
        serial_number,
        satisfy(chars::is_close_bracket),
    )
    .parse(rest)?;
    let (rest, _) = tag("号").parse(rest)?;
    Ok((rest, plain(Some(year), serial, NumberForm::Bracketed)))
}

/// `令第746号`, `令 第 359 号`, `第27号`; Chinese numerals too.
fn serial_only(input: &str) -> Parse<'_, DocNumber<'_>> {
    let (rest, _) = opt((tag("第"), spaces)).parse(input)?;
    let (rest, serial) = serial_number(rest)?;
    let (rest, _) = (spaces, tag("号")).parse(rest)?;
    Ok((rest, plain(None, serial, NumberForm::Serial)))
}

fn plain<'s>(year: Option<u32>, serial: u32, form: NumberForm) -> DocNumber<'s> {
    DocNumber {
        text: "",
        agency: "",
        year,
        session: "",
        infix: "",
        serial: Some(serial),
        form,
    }
}

/// One to six digits, or a Chinese number below a thousand.
fn serial_number(input: &str) -> Parse<'_, u32> {
    alt((
        map_opt(take_while_m_n(1, 6, chars::is_digit), number_value),
        super::ordinal::chinese_number,
    ))
    .parse(input)
}

fn number_value(digits: &str) -> Option<u32> {
    digits.chars().try_fold(0u32, |sum, c| {
        sum.checked_mul(10)?.checked_add(chars::digit_value(c)?)
    })
}

/// 索引号, taken apart; slices as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexNumber<'s> {
    /// The whole.
    pub text: &'s str,
    /// What stands before the slash.
    pub organization: &'s str,
    /// `202406` or `2021`.
    pub year_month: &'s str,
    /// 流水号.
    pub serial: &'s str,
}

/// An index number: organization, year and perhaps month, serial.
///
/// ```ebnf
/// index_number = organization ( "/" | "-" ) digits-4-to-6 "-" serial ;
/// ```
///
/// `11411000005747138B/202406-00327`, `000014349/2016-712118`, `jnsjxx/2021-00428`
pub fn index_number(input: &str) -> Parse<'_, IndexNumber<'_>> {
    let (rest, organization) = verify(
        take_while1(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')),
        |text: &str| text.len() <= 40,
    )
    .parse(input)?;
    let (rest, _) = delimited(spaces, one_of("/／"), spaces).parse(rest)?;
    let (rest, year_month) = verify(
        take_while_m_n(4, 8, |c: char| c.is_ascii_digit()),
        |text: &str| matches!(text.get(..2), Some("19" | "20")),
    )
    .parse(rest)?;
    let (rest, _) = one_of("-－—–/").parse(rest)?;
    let (rest, serial) = take_while1(|c: char| c.is_ascii_alphanumeric()).parse(rest)?;
    Ok((
        rest,
        IndexNumber {
            text: consumed_part(input, rest),
            organization,
            year_month,
            serial,
        },
    ))
}

/// Whether a text has the form of a unified social credit code (统一社会信用代码): 18 digits and capitals
/// without I, O, S, V, Z, the division code all digits.
pub fn is_credit_code(text: &str) -> bool {
    text.len() == 18
        && text.bytes().all(|b| credit_value(b).is_some())
        && text.bytes().skip(2).take(6).all(|b| b.is_ascii_digit())
}

/// The check digit that a unified social credit code wants (GB 32100-2015: modulo 31, weights the powers of 3).
pub fn credit_check(code: &str) -> Option<char> {
    let mut weight = 1;
    let mut sum = 0;
    for byte in code.get(..17)?.bytes() {
        sum += credit_value(byte)? * weight;
        weight = weight * 3 % 31;
    }
    let check = (31 - sum % 31) % 31;
    CREDIT_DIGITS.get(check as usize).map(|&b| char::from(b))
}

const CREDIT_DIGITS: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";

fn credit_value(byte: u8) -> Option<u32> {
    CREDIT_DIGITS
        .iter()
        .position(|&b| b == byte)
        .map(|p| p as u32)
}

fn consumed_part<'s>(input: &'s str, rest: &str) -> &'s str {
    span::Range::of(input, rest)
        .and_then(|r| input.get(..r.start as usize))
        .unwrap_or(input)
}

fn trimmed(text: &str) -> &str {
    chars::trim(text)
}

fn spaces(input: &str) -> Parse<'_, &str> {
    take_while(chars::is_space).parse(input)
}
