//! Numbering: the markers that head sections, measures and items.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while_m_n};
use nom::character::complete::{one_of, satisfy};
use nom::combinator::{consumed, map_opt, recognize};
use nom::multi::many1_count;
use nom::sequence::{delimited, preceded, terminated};

use super::Parse;
use crate::syntax::tree::{Marker, MarkerStyle};
use crate::text::chars;

/// A marker at the start of a line.
///
/// ```ebnf
/// marker = chapter | chinese_comma | chinese_round | arabic_round | arabic_dot | arabic_comma | circled ;
/// ```
///
/// `一、`, `（一）`, `1.`, `1．`, `1、`, `（1）`, `①`, `第一章`, `第三条`
pub fn marker(input: &str) -> Parse<'_, Marker<'_>> {
    let (rest, (text, (style, number))) =
        consumed(alt((chapter, chinese_comma, round, arabic_point, circled))).parse(input)?;
    Ok((
        rest,
        Marker {
            text,
            style,
            number,
        },
    ))
}

/// `第一章`, `第二节`, `第三条`.
///
/// ```ebnf
/// chapter = "第" number ( "编" | "章" | "节" | "条" ) ;
/// ```
fn chapter(input: &str) -> Parse<'_, (MarkerStyle, u32)> {
    let (rest, number) = preceded(tag("第"), alt((chinese_number, arabic_number))).parse(input)?;
    let (rest, style) = alt((
        tag("编").map(|_| MarkerStyle::Part),
        tag("章").map(|_| MarkerStyle::Chapter),
        tag("节").map(|_| MarkerStyle::Division),
        tag("条").map(|_| MarkerStyle::Article),
    ))
    .parse(rest)?;
    Ok((rest, (style, number)))
}

/// `一、`.
fn chinese_comma(input: &str) -> Parse<'_, (MarkerStyle, u32)> {
    terminated(chinese_number, one_of("、.．"))
        .map(|n| (MarkerStyle::ChineseComma, n))
        .parse(input)
}

/// `（一）`, `（1）`, brackets of either width.
fn round(input: &str) -> Parse<'_, (MarkerStyle, u32)> {
    delimited(
        satisfy(chars::is_open_round),
        alt((
            chinese_number.map(|n| (MarkerStyle::ChineseRound, n)),
            arabic_number.map(|n| (MarkerStyle::ArabicRound, n)),
        )),
        satisfy(chars::is_close_round),
    )
    .parse(input)
}

/// `1.`, `1．`, `1、`; no digit may follow, so that 1.5 is none.
fn arabic_point(input: &str) -> Parse<'_, (MarkerStyle, u32)> {
    let (rest, (number, point)) = (arabic_number, one_of(".．、")).parse(input)?;
    if rest.starts_with(chars::is_digit) {
        return Err(nom::Err::Error(()));
    }
    let style = match point {
        '、' => MarkerStyle::ArabicComma,
        _ => MarkerStyle::ArabicDot,
    };
    Ok((rest, (style, number)))
}

/// `①` to `⑳`.
fn circled(input: &str) -> Parse<'_, (MarkerStyle, u32)> {
    map_opt(satisfy(|c| ('①'..='⑳').contains(&c)), |c| {
        Some((MarkerStyle::Circled, c as u32 - '①' as u32 + 1))
    })
    .parse(input)
}

/// One to four Arabic digits.
fn arabic_number(input: &str) -> Parse<'_, u32> {
    map_opt(take_while_m_n(1, 4, chars::is_digit), |digits: &str| {
        digits
            .chars()
            .try_fold(0, |sum, c| Some(sum * 10 + chars::digit_value(c)?))
    })
    .parse(input)
}

/// A Chinese number below a thousand: 三, 十二, 二十, 一百零三.
fn chinese_number(input: &str) -> Parse<'_, u32> {
    map_opt(
        recognize(many1_count(one_of("〇零一二三四五六七八九十百"))),
        chinese_value,
    )
    .parse(input)
}

fn chinese_value(text: &str) -> Option<u32> {
    let mut total = 0;
    let mut digit = None;
    for c in text.chars() {
        match c {
            '〇' | '零' => digit = None,
            '十' => total += digit.take().unwrap_or(1) * 10,
            '百' => total += digit.take()? * 100,
            _ => {
                let value = "一二三四五六七八九".chars().position(|d| d == c)? as u32 + 1;
                if digit.replace(value).is_some() {
                    return None;
                }
            }
        }
    }
    Some(total + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, text: &str, style: MarkerStyle, number: u32) {
        let (rest, marker) = marker(line).unwrap();
        assert_eq!(
            (marker.text, marker.style, marker.number),
            (text, style, number)
        );
        assert_eq!(rest, &line[text.len()..]);
    }

    #[test]
    fn markers() {
        check("一、紧抓", "一、", MarkerStyle::ChineseComma, 1);
        check("（十二）加快", "（十二）", MarkerStyle::ChineseRound, 12);
        check("(二十)加快", "(二十)", MarkerStyle::ChineseRound, 20);
        check("29.守住", "29.", MarkerStyle::ArabicDot, 29);
        check("１．深入", "１．", MarkerStyle::ArabicDot, 1);
        check("1、水电", "1、", MarkerStyle::ArabicComma, 1);
        check("（3）有", "（3）", MarkerStyle::ArabicRound, 3);
        check("②上年", "②", MarkerStyle::Circled, 2);
        check(
            "第一百零三条　为",
            "第一百零三条",
            MarkerStyle::Article,
            103,
        );
        check("第二章总则", "第二章", MarkerStyle::Chapter, 2);
    }

    #[test]
    fn no_markers() {
        for line in ["1.5倍", "2024年", "一是", "一百五", "第三届", "（略）", ""] {
            assert!(marker(line).is_err(), "{line}");
        }
    }
}
