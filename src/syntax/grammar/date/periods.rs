//! Periods: halves, quarters, weeks, decades, five-year plans, and what is counted from the day of writing.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::tag;
use nom::character::complete::{one_of, satisfy};
use nom::combinator::{map_opt, opt, value};
use nom::sequence::{preceded, terminated};

use super::digits::whole_year;
use super::{DateForm, Edge, Numbers, Parse, Part, Point, Year, form, small, spaces};
use crate::syntax::grammar::number;
use crate::text::chars;

/// A decade or a century.
///
/// ```ebnf
/// decade = ( number , "世纪" | "上世纪" | "本世纪" ) , [ number , "年代" , [ "初" | "末" ] | "初" ] | number , "年代" ;
/// ```
///
/// `20世纪80年代`, `上世纪90年代`, `九十年代`, `21世纪`
pub(super) fn decade(input: &str) -> Parse<'_, (Point, Point)> {
    let mut ignored = Vec::new();
    let century = alt((
        value(1900, tag("上世纪")),
        value(2000, alt((tag("本世纪"), tag("新世纪")))),
        terminated(|i| small(i, &mut ignored), (spaces, tag("世纪"))).map(|n| n as i32 * 100 - 100),
    ))
    .parse(input);
    let (rest, century) = match century {
        Ok((rest, century)) if (0..3000).contains(&century) => (rest, Some(century)),
        _ => (input, None),
    };
    let mut ignored = Vec::new();
    let tens = terminated(|i| small(i, &mut ignored), (spaces, tag("年代"))).parse(rest);
    let (rest, first, length) = match (tens, century) {
        (Ok((rest, tens)), century) if tens < 100 && tens % 10 == 0 => {
            let century = century.unwrap_or(if tens >= 30 { 1900 } else { 2000 });
            (rest, century + tens as i32, 10)
        }
        (_, Some(century)) => (rest, century.max(1), 100),
        _ => return Err(nom::Err::Error(())),
    };
    let part = if length == 10 { 3 } else { 20 };
    let span = |from, to| (whole_year(from), whole_year(to));
    let (rest, late) = opt(alt((
        value(false, alt((tag("初期"), tag("初")))),
        value(true, alt((tag("末期"), tag("末")))),
    )))
    .parse(rest)?;
    Ok((
        rest,
        match late {
            Some(false) => span(first, first + part - 1),
            Some(true) => span(first + length - part, first + length - 1),
            None => span(first, first + length - 1),
        },
    ))
}

pub(super) fn relative_year(input: &str) -> Parse<'_, i32> {
    alt((
        value(
            0,
            alt((
                tag("今年"),
                tag("本年度"),
                tag("本年"),
                tag("这一年"),
                tag("這一年"),
            )),
        ),
        value(
            1,
            alt((
                tag("明年"),
                tag("下年度"),
                tag("下一年度"),
                tag("下一年"),
                tag("下年"),
                tag("次年"),
                tag("翌年"),
            )),
        ),
        value(
            -1,
            alt((
                tag("去年"),
                tag("上年度"),
                tag("上年"),
                tag("上一年度"),
                tag("上一年"),
            )),
        ),
        value(-2, tag("前年")),
        value(2, tag("后年")),
    ))
    .parse(input)
}

/// A five-year plan (五年规划), and the period where the words name one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan<'s> {
    /// The period; `None` where the plan is a name only.
    pub form: Option<DateForm<'s>>,
}

/// A five-year plan.
///
/// ```ebnf
/// plan = [ "“" ] , [ "十" ] , digit , "五" , [ "”" ] , [ "期间" | "时期" | "末" | … ] ;
/// ```
///
/// `“十四五”期间`, `“十五五”末`, `十三五时期`; the n-th plan runs from 1951 + 5n
pub fn five_year_plan(input: &str) -> Parse<'_, Plan<'_>> {
    let open = opt(one_of("“\"「‘")).parse(input)?;
    let (rest, quoted) = (open.0, open.1.is_some());
    let (rest, nth) = alt((
        preceded(tag("十"), map_opt(satisfy(|_| true), number::chinese_digit)).map(|d| d + 10),
        value(10, tag("十")),
        map_opt(satisfy(|_| true), number::chinese_digit),
    ))
    .parse(rest)?;
    let (rest, _) = tag("五").parse(rest)?;
    let (rest, closed) = opt(one_of("”\"」’")).parse(rest)?;
    if !(6..=30).contains(&nth) || quoted != closed.is_some() {
        return Err(nom::Err::Error(()));
    }
    let first = 1951 + 5 * nth as i32;
    let whole = |year| Point {
        year: Year::Number(year),
        part: Part::Whole,
    };
    let during = alt((
        tag("规划期间"),
        tag("规划期内"),
        tag("期间"),
        tag("时期"),
        tag("期内"),
        tag("以来"),
    ));
    let at_end = alt((
        tag("规划期末"),
        tag("期末"),
        tag("时期末"),
        tag("末期"),
        tag("末"),
        tag("收官"),
    ));
    if let Ok((rest, _)) = preceded(spaces, at_end).parse(rest) {
        let last = Point {
            year: Year::Number(first + 4),
            part: Part::Edge(Edge::End),
        };
        let (rest, form) = form(input, rest, last, None, Vec::new());
        return Ok((rest, Plan { form: Some(form) }));
    }
    match preceded(spaces, during).parse(rest) {
        Ok((rest, _)) => {
            let to = Some(whole(first + 4));
            let (rest, form) = form(input, rest, whole(first), to, Vec::new());
            Ok((rest, Plan { form: Some(form) }))
        }
        // Without quotation marks 十四五 may be a number.
        Err(error) if !quoted => Err(error),
        Err(_) => Ok((rest, Plan { form: None })),
    }
}

pub(super) fn half(input: &str) -> Parse<'_, u32> {
    alt((
        value(1, tag("上半年")),
        value(2, tag("下半年")),
        value(1, tag("前半年")),
        value(2, tag("后半年")),
    ))
    .parse(input)
}

pub(super) fn year_edge(input: &str, after_year: bool) -> Parse<'_, Part> {
    let written = alt((
        value(
            Part::Edge(Edge::End),
            alt((tag("年底"), tag("年末"), tag("年终"))),
        ),
        value(Part::Edge(Edge::Start), tag("年初")),
        value(Part::Edge(Edge::Middle), tag("年中")),
        value(Part::Whole, alt((tag("全年度"), tag("全年"), tag("年内")))),
    ))
    .parse(input);
    if written.is_ok() || !after_year {
        return written;
    }
    alt((
        value(Part::Edge(Edge::End), alt((tag("底"), tag("末")))),
        value(Part::Edge(Edge::Start), tag("初")),
        value(
            Part::Edge(Edge::Middle),
            terminated(tag("中"), nom::combinator::not(satisfy(chars::is_han))),
        ),
        value(Part::Whole, alt((tag("以内"), tag("之内"), tag("内")))),
    ))
    .parse(input)
}

/// `一季度`, `第三季度`, `二、三季度`, `前三季度`, `四季度末`.
pub(super) fn quarters<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, Part> {
    let (rest, front) = opt(tag("前")).parse(input)?;
    let (rest, _) = opt(tag("第")).parse(rest)?;
    let (rest, first) = small(rest, numbers)?;
    let inner = numbers.len();
    if front.is_none()
        && let Ok((rest, last)) = second_quarter(rest, numbers)
        && (1..last).contains(&first)
        && last <= 4
    {
        return Ok((rest, Part::Quarters(first, last)));
    }
    numbers.truncate(inner);
    let (rest, _) = preceded(spaces, alt((tag("个季度"), tag("季度")))).parse(rest)?;
    if !(1..=4).contains(&first) {
        return Err(nom::Err::Error(()));
    }
    if front.is_some() {
        return Ok((rest, Part::Quarters(1, first)));
    }
    if input.contains("个季度") && input[..input.len() - rest.len()].ends_with("个季度") {
        return Err(nom::Err::Error(()));
    }
    match edge(rest) {
        Ok((rest, edge)) => Ok((rest, Part::QuarterEdge(first, edge))),
        Err(_) => Ok((rest, Part::Quarters(first, first))),
    }
}

pub(super) fn second_quarter<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, u32> {
    let mark = alt((
        tag("季度至"),
        tag("季度到"),
        tag("、"),
        tag("至"),
        tag("到"),
        tag("—"),
        tag("-"),
    ));
    let (rest, _) = preceded(mark, opt(tag("第"))).parse(input)?;
    let (rest, last) = small(rest, numbers)?;
    let (rest, _) = tag("季度").parse(rest)?;
    Ok((rest, last))
}

pub(super) fn edge(input: &str) -> Parse<'_, Edge> {
    alt((
        value(Edge::End, alt((tag("底"), tag("末")))),
        value(Edge::Start, tag("初")),
    ))
    .parse(input)
}

/// `前十一个月`, `前两月`.
pub(super) fn first_months<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, Part> {
    let (rest, _) = tag("前").parse(input)?;
    let (rest, last) = small(rest, numbers)?;
    let (rest, _) = alt((tag("个月"), tag("月"))).parse(rest)?;
    if !(1..=12).contains(&last) {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, Part::Months(1, last)))
}

/// `后三个月`, `后三月` of a year.
pub(super) fn last_months<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, Part> {
    let (rest, _) = tag("后").parse(input)?;
    let (rest, count) = small(rest, numbers)?;
    let (rest, _) = alt((tag("个月"), tag("月"))).parse(rest)?;
    if !(1..=12).contains(&count) {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, Part::LastMonths(count)))
}

/// `第三周`.
pub(super) fn nth_week<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, u32> {
    let (rest, _) = tag("第").parse(input)?;
    let (rest, week) = small(rest, numbers)?;
    let (rest, _) = alt((tag("个星期"), tag("星期"), tag("周"))).parse(rest)?;
    if (1..=53).contains(&week) {
        Ok((rest, week))
    } else {
        Err(nom::Err::Error(()))
    }
}

/// `本季度`, `上季度末`, `上周`, `今天`: counted from the day of writing.
pub(super) fn relative_part(input: &str) -> Parse<'_, Part> {
    let quarter = alt((
        value(0, alt((tag("本季度"), tag("当季度"), tag("这个季度")))),
        value(-1, alt((tag("上个季度"), tag("上季度"), tag("上一季度")))),
        value(1, alt((tag("下个季度"), tag("下季度"), tag("下一季度")))),
    ))
    .parse(input) as Parse<'_, i32>;
    if let Ok((rest, offset)) = quarter {
        let (rest, edge) = opt(edge).parse(rest)?;
        return Ok((rest, Part::QuarterOffset(offset, edge)));
    }
    if let Ok((rest, offset)) = week(input) {
        return Ok((rest, Part::WeekOffset(offset)));
    }
    let day = alt((
        value(0, alt((tag("今天"), tag("今日"), tag("本日")))),
        value(-1, alt((tag("昨天"), tag("昨日")))),
        value(1, alt((tag("明天"), tag("明日"), tag("聽日"), tag("听日")))),
        value(-2, alt((tag("前天"), tag("前日")))),
        value(2, tag("后天")),
    ))
    .parse(input) as Parse<'_, i32>;
    let (rest, offset) = day?;
    Ok((rest, Part::DayOffset(offset)))
}

/// `本周`, `上周`, `下下周`; 周期 and 周边 are other words.
pub(super) fn week(input: &str) -> Parse<'_, i32> {
    let (rest, offset) = alt((
        value(0, alt((tag("本"), tag("这一"), tag("这")))),
        value(-3, tag("上上上")),
        value(-2, tag("上上")),
        value(-1, tag("上")),
        value(3, tag("下下下")),
        value(2, tag("下下")),
        value(1, tag("下")),
    ))
    .parse(input)?;
    let (rest, _) = (opt(tag("个")), alt((tag("星期"), tag("周")))).parse(rest)?;
    if rest.starts_with(|c| "期边转密全围年岁长报刊末一二三四五六日".contains(c))
    {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, offset))
}

pub(super) fn relative_month(input: &str) -> Parse<'_, i32> {
    alt((
        value(
            0,
            alt((tag("本月"), tag("当月"), tag("这个月"), tag("这一个月"))),
        ),
        value(
            1,
            alt((tag("下个月"), tag("下一个月"), tag("下月"), tag("次月"))),
        ),
        value(-1, alt((tag("上个月"), tag("上一个月"), tag("上月")))),
    ))
    .parse(input)
}
