//! Numbering: the markers that head sections, measures and items.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n};
use nom::character::complete::{one_of, satisfy};
use nom::combinator::{consumed, eof, map_opt, not, opt, peek, recognize, value, verify};
use nom::multi::many1_count;
use nom::sequence::{delimited, pair, preceded, terminated};

use super::Parse;
use crate::syntax::tree::{Marker, MarkerStyle};
use crate::text::chars;

/// A marker at the start of a line, that can hardly be anything else.
///
/// ```ebnf
/// marker = chapter | chinese_point | round | half_round | arabic_point | single ;
/// ```
///
/// `一、`, `（一）`, `1.`, `1．`, `1、`, `（1）`, `1）`, `①`, `第一章`, `第三条`; PDFs leave spaces in them: `（ 一 ）`
pub fn marker(input: &str) -> Parse<'_, Marker<'_>> {
    // Every form starts with one of these; most lines start with none.
    let (_, ()) = peek(value((), satisfy(may_start))).parse(input)?;
    marked(alt((
        terminated(chapter, not(cited)),
        terminated(chinese_point, not(chinese_number)),
        round,
        half_round,
        terminated(arabic_point, not(satisfy(chars::is_digit))),
        single,
    )))
    .parse(input)
}

/// A marker that only its place in a sequence can tell from a number, a date or a citation.
///
/// ```ebnf
/// doubtful = chapter cited | chinese_point chinese_number | arabic_point digit ;
/// ```
///
/// `2.2023年2月底前，`, `1、12345热线`, `一、一季度工作`, `第三条规定`
pub fn doubtful(input: &str) -> Parse<'_, Marker<'_>> {
    marked(alt((
        terminated(chapter, peek(cited)),
        terminated(chinese_point, peek(chinese_number)),
        terminated(arabic_point, (peek(satisfy(chars::is_digit)), not(amount))),
    )))
    .parse(input)
}

/// A decimal number as plans and rules use it, always in doubt.
///
/// ```ebnf
/// decimal = number { "." number } ( space | han | bracket ) ;
/// ```
///
/// `1 总则`, `1.1 编制目的`, `1.1.2　职责`
pub fn decimal(input: &str) -> Parse<'_, Marker<'_>> {
    let (rest, text) = recognize(pair(
        small_number,
        take_while(|c| chars::is_digit(c) || is_point(c)),
    ))
    .parse(input)?;
    let (rest, _) = take_while(chars::is_space).parse(rest)?;
    let (_, _) = peek(satisfy(|c| {
        chars::is_han(c) || chars::is_open_bracket(c) || matches!(c, '“' | '《' | '"')
    }))
    .parse(rest)?;
    let depth = text.split(is_point).count();
    let number = decimal_path(text).last();
    let all_small = decimal_path(text).count() == depth;
    match (number, u8::try_from(depth)) {
        (Some(number), Ok(depth)) if all_small && depth <= MarkerStyle::DECIMAL_DEPTH => Ok((
            rest,
            Marker {
                text,
                style: MarkerStyle::Decimal(depth),
                number,
            },
        )),
        _ => Err(nom::Err::Error(())),
    }
}

/// The numbers of a decimal: 1, 2, 3 of `1.2.3`. Numbers that are empty or above 99 are left out.
pub fn decimal_path(text: &str) -> impl Iterator<Item = u32> + '_ {
    text.split(is_point)
        .filter_map(|part| match small_number(part) {
            Ok(("", number)) => Some(number),
            _ => None,
        })
}

fn may_start(c: char) -> bool {
    matches!(c, '第' | '〇' | '零' | '百')
        || "一二三四五六七八九十".contains(c)
        || chars::is_open_round(c)
        || chars::is_digit(c)
        || single_value(c).is_some()
}

fn marked<'s>(
    form: impl Parser<&'s str, Output = (MarkerStyle, u32), Error = ()>,
) -> impl Parser<&'s str, Output = Marker<'s>, Error = ()> {
    consumed(form).map(|(text, (style, number))| Marker {
        text,
        style,
        number,
    })
}

/// `第一部分`, `第一编`, `第一章`, `第二节`, `第三条`.
///
/// ```ebnf
/// chapter = "第" number ( "部分" | "编" | "篇" | "章" | "节" | "条" ) ;
/// ```
fn chapter(input: &str) -> Parse<'_, (MarkerStyle, u32)> {
    let (rest, number) = preceded(tag("第"), spaced(number)).parse(input)?;
    let (rest, style) = alt((
        tag("部分").map(|_| MarkerStyle::Part),
        tag("编").map(|_| MarkerStyle::Part),
        tag("篇").map(|_| MarkerStyle::Part),
        tag("章").map(|_| MarkerStyle::Chapter),
        tag("节").map(|_| MarkerStyle::Division),
        tag("条").map(|_| MarkerStyle::Article),
    ))
    .parse(rest)?;
    Ok((rest, (style, number)))
}

/// What follows an article that is spoken of, not begun: `第三条规定`, `第五条第二款`, `第九条至第十二条`.
fn cited(input: &str) -> Parse<'_, ()> {
    value(
        (),
        alt((
            tag("规定"),
            tag("第"),
            tag("至"),
            tag("、"),
            tag("和"),
            tag("及"),
            tag("的"),
            tag("中"),
            tag("之"),
            tag("款"),
        )),
    )
    .parse(input)
}

/// `一、`, `一.`, `一．`.
///
/// ```ebnf
/// chinese_point = chinese_number ( "、" | "." | "．" ) ;
/// ```
fn chinese_point(input: &str) -> Parse<'_, (MarkerStyle, u32)> {
    terminated(chinese_number, (spaces, one_of("、.．")))
        .map(|n| (MarkerStyle::ChineseComma, n))
        .parse(input)
}

/// `（一）`, `（1）`, brackets of either width, with or without 、 behind.
///
/// ```ebnf
/// round = "（" number "）" [ "、" | "." ] ;
/// ```
fn round(input: &str) -> Parse<'_, (MarkerStyle, u32)> {
    terminated(
        delimited(
            satisfy(chars::is_open_round),
            spaced(styled(MarkerStyle::ChineseRound, MarkerStyle::ArabicRound)),
            satisfy(chars::is_close_round),
        ),
        opt(one_of("、.．")),
    )
    .parse(input)
}

/// `一）`, `1）`.
///
/// ```ebnf
/// half_round = number "）" ;
/// ```
fn half_round(input: &str) -> Parse<'_, (MarkerStyle, u32)> {
    terminated(
        styled(MarkerStyle::ChineseHalf, MarkerStyle::ArabicHalf),
        (spaces, satisfy(chars::is_close_round)),
    )
    .parse(input)
}

/// `1.`, `1．`, `1、`.
///
/// ```ebnf
/// arabic_point = arabic_number ( "." | "．" | "、" ) ;
/// ```
fn arabic_point(input: &str) -> Parse<'_, (MarkerStyle, u32)> {
    let (rest, (number, _, point)) = (arabic_number, spaces, one_of(".．、")).parse(input)?;
    let style = match point {
        '、' => MarkerStyle::ArabicComma,
        _ => MarkerStyle::ArabicDot,
    };
    Ok((rest, (style, number)))
}

/// What stands behind the point of an amount: `5%`, `5亿元`, `5倍`.
fn amount(input: &str) -> Parse<'_, ()> {
    value(
        (),
        (
            take_while_m_n(1, 4, chars::is_digit),
            spaces,
            alt((
                value((), one_of("%％‰倍万亿元折成米公℃度、,，")),
                value((), tag("个百分点")),
                value((), eof),
            )),
        ),
    )
    .parse(input)
}

/// A number that is one character: `①`, `⑴`, `⒈`, `㈠`.
fn single(input: &str) -> Parse<'_, (MarkerStyle, u32)> {
    map_opt(satisfy(|_| true), single_value).parse(input)
}

fn single_value(c: char) -> Option<(MarkerStyle, u32)> {
    let (style, first, number) = match c {
        '①'..='⑳' => (MarkerStyle::Circled, '①', 1),
        '㉑'..='㉟' => (MarkerStyle::Circled, '㉑', 21),
        '㊱'..='㊿' => (MarkerStyle::Circled, '㊱', 36),
        '❶'..='❿' => (MarkerStyle::Circled, '❶', 1),
        '⑴'..='⒇' => (MarkerStyle::ArabicRound, '⑴', 1),
        '⒈'..='⒛' => (MarkerStyle::ArabicDot, '⒈', 1),
        '㈠'..='㈩' => (MarkerStyle::ChineseRound, '㈠', 1),
        _ => return None,
    };
    Some((style, c as u32 - first as u32 + number))
}

fn spaces(input: &str) -> Parse<'_, &str> {
    // A marker is at one glance: three spaces are a column, not a PDF's slip.
    take_while_m_n(0, 2, chars::is_space).parse(input)
}

fn spaced<'s, T>(
    inner: impl Parser<&'s str, Output = T, Error = ()>,
) -> impl Parser<&'s str, Output = T, Error = ()> {
    delimited(spaces, inner, spaces)
}

fn number(input: &str) -> Parse<'_, u32> {
    alt((chinese_number, arabic_number)).parse(input)
}

fn styled<'s>(
    chinese: MarkerStyle,
    arabic: MarkerStyle,
) -> impl Parser<&'s str, Output = (MarkerStyle, u32), Error = ()> {
    alt((
        chinese_number.map(move |n| (chinese, n)),
        arabic_number.map(move |n| (arabic, n)),
    ))
}

/// One to three Arabic digits, not nought: nothing is numbered to a thousand, but years are four digits.
fn arabic_number(input: &str) -> Parse<'_, u32> {
    digits(3).parse(input)
}

/// One or two Arabic digits, not nought.
fn small_number(input: &str) -> Parse<'_, u32> {
    digits(2).parse(input)
}

fn digits<'s>(most: usize) -> impl Parser<&'s str, Output = u32, Error = ()> {
    terminated(
        map_opt(take_while_m_n(1, most, chars::is_digit), |digits: &str| {
            digits
                .chars()
                .try_fold(0, |sum, c| Some(sum * 10 + chars::digit_value(c)?))
                .filter(|&n| n > 0)
        }),
        not(satisfy(chars::is_digit)),
    )
}

/// A Chinese number below a thousand: 三, 十二, 二十, 一百零三, 二十Ｏ is none.
pub(super) fn chinese_number(input: &str) -> Parse<'_, u32> {
    verify(
        map_opt(
            recognize(many1_count(one_of("〇零一二三四五六七八九十百"))),
            chinese_value,
        ),
        |&n| n > 0,
    )
    .parse(input)
}

fn chinese_value(text: &str) -> Option<u32> {
    let mut total: u32 = 0;
    let mut digit = None;
    let mut last_unit = u32::MAX;
    for c in text.chars() {
        let unit = match c {
            '〇' | '零' => {
                digit = None;
                continue;
            }
            '十' => 10,
            '百' => 100,
            _ => {
                let value = "一二三四五六七八九".chars().position(|d| d == c)? as u32 + 1;
                if digit.replace(value).is_some() {
                    return None;
                }
                continue;
            }
        };
        // Units fall, and only 十 may stand without a digit before it.
        let times = match digit.take() {
            Some(times) => times,
            None if unit == 10 => 1,
            None => return None,
        };
        if unit >= last_unit {
            return None;
        }
        last_unit = unit;
        total += times * unit;
    }
    Some(total + digit.unwrap_or(0))
}

fn is_point(c: char) -> bool {
    matches!(c, '.' | '．')
}

#[cfg(test)]
mod tests {
    use super::*;
    use MarkerStyle::*;

    #[track_caller]
    fn check(
        production: impl Fn(&str) -> Parse<'_, Marker<'_>>,
        rows: &[(&str, &str, MarkerStyle, u32)],
    ) {
        for &(line, text, style, number) in rows {
            let found = production(line).map(|(_, m)| (m.text, m.style, m.number));
            assert_eq!(found, Ok((text, style, number)), "{line}");
        }
    }

    #[test]
    fn markers() {
        check(
            marker,
            &[
                ("一、紧抓", "一、", ChineseComma, 1),
                ("十二、附则", "十二、", ChineseComma, 12),
                ("二 、附则", "二 、", ChineseComma, 2),
                ("三．保障", "三．", ChineseComma, 3),
                ("四.保障", "四.", ChineseComma, 4),
                ("（十二）加快", "（十二）", ChineseRound, 12),
                ("(二十)加快", "(二十)", ChineseRound, 20),
                ("(二）加快", "(二）", ChineseRound, 2),
                ("（十三)加快", "（十三)", ChineseRound, 13),
                ("（ 一 ）加快", "（ 一 ）", ChineseRound, 1),
                ("（一）、加快", "（一）、", ChineseRound, 1),
                ("㈢加快", "㈢", ChineseRound, 3),
                ("一）加快", "一）", ChineseHalf, 1),
                ("29.守住", "29.", ArabicDot, 29),
                ("１．深入", "１．", ArabicDot, 1),
                ("1 .深入", "1 .", ArabicDot, 1),
                ("1． 深入", "1．", ArabicDot, 1),
                ("⒈深入", "⒈", ArabicDot, 1),
                ("1、水电", "1、", ArabicComma, 1),
                ("10、公共", "10、", ArabicComma, 10),
                ("（3）有", "（3）", ArabicRound, 3),
                ("(3)有", "(3)", ArabicRound, 3),
                ("⑷有", "⑷", ArabicRound, 4),
                ("1)有", "1)", ArabicHalf, 1),
                ("1）有", "1）", ArabicHalf, 1),
                ("②上年", "②", Circled, 2),
                ("㉑上年", "㉑", Circled, 21),
                ("第一百零三条　为", "第一百零三条", Article, 103),
                ("第 一 条 为", "第 一 条", Article, 1),
                ("第10条 为", "第10条", Article, 10),
                ("第二章总则", "第二章", Chapter, 2),
                ("第一节 登记", "第一节", Division, 1),
                ("第一部分 总论", "第一部分", Part, 1),
                ("第三编", "第三编", Part, 3),
            ],
        );
    }

    #[test]
    fn doubtful_markers() {
        check(
            doubtful,
            &[
                ("2.2023年2月底前", "2.", ArabicDot, 2),
                ("56.2023 年6 月底前", "56.", ArabicDot, 56),
                ("3、12345热线", "3、", ArabicComma, 3),
                ("2.5G基站建设", "2.", ArabicDot, 2),
                ("一、一季度工作", "一、", ChineseComma, 1),
                ("第三条规定", "第三条", Article, 3),
                ("第九条、第十条", "第九条", Article, 9),
            ],
        );
    }

    #[test]
    fn decimals() {
        check(
            decimal,
            &[
                ("1 总则", "1", Decimal(1), 1),
                ("1.1 编制目的", "1.1", Decimal(2), 1),
                ("5.1.2工作组", "5.1.2", Decimal(3), 2),
                ("２．３　职责", "２．３", Decimal(2), 3),
            ],
        );
        for line in [
            "1.1",
            "1..2 目的",
            "1.2023年",
            "1.5%",
            ".1 目的",
            "1.0 目的",
        ] {
            assert!(decimal(line).is_err(), "{line}");
        }
    }

    #[test]
    fn no_markers() {
        for line in [
            "1.5倍",
            "2024年",
            "一是",
            "一百五",
            "第三届",
            "（略）",
            "",
            "2023.5",
            "0.255元",
            "0.5",
            "119、120等热线",
            "（2023）",
            "2024.",
            "十十、",
            "百、",
            "一二、",
            "〇、",
            "第条",
            "（）",
            "一、二季度",
            "第三条规定",
        ] {
            assert!(marker(line).is_err(), "{line}");
        }
        for line in ["1.5倍", "2.5%左右", "3.2亿元", "1、2、3号楼", "2.5"] {
            assert!(doubtful(line).is_err(), "{line}");
        }
    }
}
