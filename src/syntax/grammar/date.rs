//! 日期: dates and periods as notices write them. What a calendar or a reference must add is left open here.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n};
use nom::character::complete::{one_of, satisfy};
use nom::combinator::{map_opt, opt, value, verify};
use nom::sequence::{preceded, terminated};

use super::Parse;
use super::number::{self, Number, Script};
use crate::decimal::Decimal;
use crate::text::chars;

/// A date or a period, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateForm<'s> {
    /// The words of the date, without what relates it to anything.
    pub core: &'s str,
    /// The first or only point.
    pub from: Point,
    /// The last point of 2024—2026年.
    pub to: Option<Point>,
    /// The numerals in it.
    pub numbers: Vec<(&'s str, Decimal)>,
}

/// One end of a period, or a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The year.
    pub year: Year,
    /// What of the year.
    pub part: Part,
}

/// A year, as far as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Year {
    /// 6月.
    Unwritten,
    /// 2024年.
    Number(i32),
    /// 今年 is 0, 明年 1, 去年 -1.
    Offset(i32),
}

/// What of a year is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// All of it.
    Whole,
    /// 年初, 年中, 年底.
    Edge(Edge),
    /// 上半年: 1.
    Half(u32),
    /// 二、三季度: from 2 to 3.
    Quarters(u32, u32),
    /// 一季度末.
    QuarterEdge(u32, Edge),
    /// 前三个月: from 1 to 3.
    Months(u32, u32),
    /// 6月, 6月底.
    Month(Month, Option<Edge>),
    /// 6月中旬: 2.
    Third(Month, u32),
    /// 6月30日.
    Day(Month, u32),
    /// 3月第三周: the week of the month's third Monday.
    MonthWeek(Month, u32),
    /// 2020年第52周.
    YearWeek(u32),
    /// 本季度 is 0, 上季度末 -1 with its edge.
    QuarterOffset(i32, Option<Edge>),
    /// 本周 is 0, 上周 -1.
    WeekOffset(i32),
    /// 今天 is 0, 昨天 -1.
    DayOffset(i32),
    /// 月底 without its month: the last day of the present one.
    MonthEnd,
    /// 后三个月: the last three of the year.
    LastMonths(u32),
}

/// A month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Month {
    /// 6月.
    Number(u32),
    /// 本月 is 0, 下月 1.
    Offset(i32),
}

/// An edge of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edge {
    /// 初.
    Start,
    /// 中.
    Middle,
    /// 底, 末.
    End,
}

type Numbers<'s> = Vec<(&'s str, Decimal)>;

/// Whether a date can start with this numeral: a look at what follows it, before anything is parsed.
pub fn may_start(input: &str) -> bool {
    let mut digits = 0;
    let mut numeric = false;
    for c in input.chars().take(40) {
        match c {
            '0'..='9' => digits += 1,
            '-' | '.' | '/' | '－' | '．' | '／' => numeric = true,
            _ if chars::is_digit(c) || chars::is_space(c) => digits += 1,
            '、' | '至' | '到' | '—' | '–' | '―' | '~' | '～' | '第' | '前' | '后' | '上'
            | '下' | '个' | '○' | '◯' | 'O' | 'Ｏ' | '正' => {}
            _ if number::is_chinese_numeral(c) => {}
            _ => return matches!(c, '年' | '月' | '季' | '世') || numeric || digits == 8,
        }
    }
    numeric || digits == 8
}

/// A date or period.
///
/// ```ebnf
/// date  = point , [ range , point ] ;
/// point = numeric | [ year ] , part | year ;
/// range = "至" | "到" | "—" | "-" | "~" ;
/// ```
///
/// `2024年6月30日`, `6月底`, `上半年`, `2024—2026年`, `2018年12月9日到15日`
pub fn date(input: &str) -> Parse<'_, DateForm<'_>> {
    let mut numbers = Vec::new();
    if let Ok((rest, (from, to))) = alt((|i| years(i, &mut numbers), decade)).parse(input) {
        return Ok(form(input, rest, from, Some(to), numbers));
    }
    numbers.clear();
    let (rest, from) = point(input, &mut numbers)?;
    let mark = numbers.len();
    if let Part::Day(month, _) = from.part
        && let Ok((after, last)) = more_days(rest, &mut numbers)
    {
        let part = Part::Day(month, last);
        let to = Point { part, ..from };
        return Ok(form(input, after, from, Some(to), numbers));
    }
    numbers.truncate(mark);
    match range_end(rest, from, &mut numbers) {
        Ok((after, to)) => Ok(form(input, after, from, Some(to), numbers)),
        Err(_) => {
            numbers.truncate(mark);
            Ok(form(input, rest, from, None, numbers))
        }
    }
}

fn form<'s>(
    input: &'s str,
    rest: &'s str,
    from: Point,
    to: Option<Point>,
    numbers: Numbers<'s>,
) -> (&'s str, DateForm<'s>) {
    let core = &input[..input.len() - rest.len()];
    (
        rest,
        DateForm {
            core,
            from,
            to,
            numbers,
        },
    )
}

/// `2024—2026年`: the first year leaves its 年 to the second.
fn years<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, (Point, Point)> {
    let (rest, first) = four_digits(input)?;
    let (rest, _) = range_mark(rest)?;
    let (after, second) = four_digits(rest)?;
    let (after, _) = preceded(spaces, year_word).parse(after)?;
    push(numbers, input, 4, first);
    push(numbers, rest, 4, second);
    let whole = |year| Point {
        year: Year::Number(year),
        part: Part::Whole,
    };
    Ok((after, (whole(first), whole(second))))
}

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

fn whole_year(year: i32) -> Point {
    Point {
        year: Year::Number(year),
        part: Part::Whole,
    }
}

/// A decade or a century.
///
/// ```ebnf
/// decade = ( number , "世纪" | "上世纪" | "本世纪" ) , [ number , "年代" , [ "初" | "末" ] | "初" ] | number , "年代" ;
/// ```
///
/// `20世纪80年代`, `上世纪90年代`, `九十年代`, `21世纪`
fn decade(input: &str) -> Parse<'_, (Point, Point)> {
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

/// `、11日`, `，12号，13号`: days that follow a day.
fn more_days<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, u32> {
    let mut found = Err(nom::Err::Error(()));
    let mut rest = input;
    for _ in 0..31 {
        let mark = preceded(spaces, one_of("、，,和"));
        let Ok((after, _)) = preceded(mark, spaces).parse(rest) else {
            break;
        };
        let inner = numbers.len();
        match day(after, numbers) {
            Ok((after, last)) => {
                found = Ok((after, last));
                rest = after;
            }
            Err(_) => {
                numbers.truncate(inner);
                break;
            }
        }
    }
    found
}

fn year_word(input: &str) -> Parse<'_, &str> {
    alt((tag("年度"), tag("年"))).parse(input)
}

fn push<'s>(numbers: &mut Numbers<'s>, input: &'s str, chars: usize, value: i32) {
    let end = input
        .char_indices()
        .nth(chars)
        .map_or(input.len(), |(at, _)| at);
    numbers.push((&input[..end], Decimal::from(i64::from(value))));
}

/// What stands between the ends of a range.
fn range_mark(input: &str) -> Parse<'_, &str> {
    let mark = alt((
        tag("——"),
        tag("--"),
        tag("至"),
        tag("到"),
        nom::combinator::recognize(one_of("-－—–―~～〜﹣−")),
    ));
    nom::sequence::delimited(spaces, mark, spaces).parse(input)
}

/// The second end of a range; what it leaves out it takes from the first.
fn range_end<'s>(input: &'s str, from: Point, numbers: &mut Numbers<'s>) -> Parse<'s, Point> {
    let (rest, _) = range_mark(input)?;
    let (rest, mut to) = match point(rest, numbers) {
        Ok(found) => found,
        Err(error) => match from.part {
            Part::Day(month, _) => {
                let (after, day) = day(rest, numbers)?;
                let part = Part::Day(month, day);
                (
                    after,
                    Point {
                        year: Year::Unwritten,
                        part,
                    },
                )
            }
            _ => return Err(error),
        },
    };
    let relative = matches!(
        to.part,
        Part::Month(Month::Offset(_), _) | Part::Day(Month::Offset(_), _)
    );
    if to.year == Year::Unwritten && !relative {
        to.year = from.year;
    }
    Ok((rest, to))
}

/// A date, or one end of a period.
pub fn point<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, Point> {
    let mark = numbers.len();
    if let Ok(found) = numeric(input, numbers) {
        return Ok(found);
    }
    numbers.truncate(mark);
    if let Ok((rest, year)) = year(input, numbers) {
        let rest_of_year = rest.trim_start_matches(chars::is_space);
        let inner = numbers.len();
        return match part_of_year(rest_of_year, numbers, true) {
            Ok((rest, part)) => Ok((rest, Point { year, part })),
            Err(_) => {
                numbers.truncate(inner);
                let (rest, _) = opt(tag("度")).parse(rest)?;
                Ok((
                    rest,
                    Point {
                        year,
                        part: Part::Whole,
                    },
                ))
            }
        };
    }
    numbers.truncate(mark);
    let (rest, part) = part_of_year(input, numbers, false)?;
    Ok((
        rest,
        Point {
            year: Year::Unwritten,
            part,
        },
    ))
}

/// A year with its 年.
///
/// ```ebnf
/// year = ( 4 * digit | 2 * digit | "今" | "明" | "去" | … ) , "年" ;
/// ```
///
/// `2024年`, `二〇二四年`, `今年`; `15年` only before a month, as twenty years are 20年 too.
fn year<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, Year> {
    if let Ok((rest, offset)) = relative_year(input) {
        return Ok((rest, Year::Offset(offset)));
    }
    if let Ok((rest, year)) = four_digits(input) {
        let (rest, _) = preceded(spaces, tag("年")).parse(rest)?;
        push(numbers, input, 4, year);
        return Ok((rest, Year::Number(year)));
    }
    let (after, number) = number::number(input, &|_| false)?;
    let (rest, _) = preceded(spaces, tag("年")).parse(after)?;
    let written = number.value.and_then(Decimal::to_i64).unwrap_or(0) as i32;
    let chinese = number.script == Script::Chinese;
    let full = chinese && number.digits == 4 && (1000..3000).contains(&written);
    let short = number.digits == 2 && number.text.chars().count() == 2;
    let leading_zero = number.text.starts_with(['0', '０', '零', '〇']);
    let as_digits = chinese && number::approximate_pair(number.text).is_none();
    let goes_on = rest.trim_start_matches(chars::is_space);
    let before_month = part_of_year(goes_on, &mut Vec::new(), false).is_ok()
        || nth_week(goes_on, &mut Vec::new()).is_ok();
    if full {
        numbers.push((number.text, Decimal::from(i64::from(written))));
        return Ok((rest, Year::Number(written)));
    }
    if short && (leading_zero || as_digits || before_month) {
        numbers.push((number.text, Decimal::from(i64::from(written))));
        return Ok((rest, Year::Number(century_of(written))));
    }
    Err(nom::Err::Error(()))
}

fn relative_year(input: &str) -> Parse<'_, i32> {
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

/// Four Arabic digits that can be a year.
fn four_digits(input: &str) -> Parse<'_, i32> {
    let digits = take_while_m_n(4, 4, chars::is_digit);
    let (rest, year) = map_opt(digits, small_value).parse(input)?;
    if !(1000..3000).contains(&year) || rest.starts_with(chars::is_digit) {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, year as i32))
}

fn small_value(digits: &str) -> Option<u32> {
    digits
        .chars()
        .try_fold(0, |sum, c| Some(sum * 10 + chars::digit_value(c)?))
}

fn spaces(input: &str) -> Parse<'_, &str> {
    verify(take_while(chars::is_space), |s: &str| s.len() <= 6).parse(input)
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

/// A part of a year.
///
/// ```ebnf
/// part = half | quarters | first_months | month , [ edge | third | day ] | edge ;
/// ```
///
/// `上半年`, `二、三季度`, `前十一个月`, `6月底`, `6月中旬`, `6月30日`, `年底`
fn part_of_year<'s>(
    input: &'s str,
    numbers: &mut Numbers<'s>,
    after_year: bool,
) -> Parse<'s, Part> {
    if let Ok((rest, half)) = half(input) {
        return Ok((rest, Part::Half(half)));
    }
    if let Ok((rest, edge)) = year_edge(input, after_year) {
        return Ok((rest, edge));
    }
    let mark = numbers.len();
    if !after_year && let Ok(found) = relative_part(input) {
        return Ok(found);
    }
    if after_year && let Ok(found) = last_months(input, numbers) {
        return Ok(found);
    }
    numbers.truncate(mark);
    if after_year && let Ok((rest, week)) = nth_week(input, numbers) {
        return Ok((rest, Part::YearWeek(week)));
    }
    numbers.truncate(mark);
    if let Ok(found) = quarters(input, numbers) {
        return Ok(found);
    }
    numbers.truncate(mark);
    if let Ok(found) = first_months(input, numbers) {
        return Ok(found);
    }
    numbers.truncate(mark);
    month_part(input, numbers)
}

fn half(input: &str) -> Parse<'_, u32> {
    alt((
        value(1, tag("上半年")),
        value(2, tag("下半年")),
        value(1, tag("前半年")),
        value(2, tag("后半年")),
    ))
    .parse(input)
}

fn year_edge(input: &str, after_year: bool) -> Parse<'_, Part> {
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
fn quarters<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, Part> {
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

fn second_quarter<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, u32> {
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

fn edge(input: &str) -> Parse<'_, Edge> {
    alt((
        value(Edge::End, alt((tag("底"), tag("末")))),
        value(Edge::Start, tag("初")),
    ))
    .parse(input)
}

/// `前十一个月`, `前两月`.
fn first_months<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, Part> {
    let (rest, _) = tag("前").parse(input)?;
    let (rest, last) = small(rest, numbers)?;
    let (rest, _) = alt((tag("个月"), tag("月"))).parse(rest)?;
    if !(1..=12).contains(&last) {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, Part::Months(1, last)))
}

/// `后三个月`, `后三月` of a year.
fn last_months<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, Part> {
    let (rest, _) = tag("后").parse(input)?;
    let (rest, count) = small(rest, numbers)?;
    let (rest, _) = alt((tag("个月"), tag("月"))).parse(rest)?;
    if !(1..=12).contains(&count) {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, Part::LastMonths(count)))
}

/// `第三周`.
fn nth_week<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, u32> {
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
fn relative_part(input: &str) -> Parse<'_, Part> {
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
fn week(input: &str) -> Parse<'_, i32> {
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

/// A month and what of it.
fn month_part<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, Part> {
    if let Ok((rest, _)) = alt((tag("月底"), tag("月末"))).parse(input) as Parse<'_, &str> {
        return Ok((rest, Part::MonthEnd));
    }
    let (rest, month) = match relative_month(input) {
        Ok((rest, offset)) => (rest, Month::Offset(offset)),
        Err(_) => match months(input, numbers) {
            Ok((rest, (first, last))) if first != last => {
                let (rest, _) = opt(tag("份")).parse(rest)?;
                return Ok((rest, Part::Months(first, last)));
            }
            Ok((rest, (month, _))) => (rest, Month::Number(month)),
            Err(error) => return Err(error),
        },
    };
    if let Ok((after, third)) = preceded(spaces, third).parse(rest) {
        return Ok((after, Part::Third(month, third)));
    }
    let mark = numbers.len();
    if let Ok((after, day)) = day(rest.trim_start_matches(chars::is_space), numbers) {
        return Ok((after, Part::Day(month, day)));
    }
    numbers.truncate(mark);
    if let Ok((after, week)) = nth_week(rest, numbers) {
        return Ok((after, Part::MonthWeek(month, week)));
    }
    numbers.truncate(mark);
    if let Ok((after, day)) = bare_day(rest, numbers) {
        return Ok((after, Part::Day(month, day)));
    }
    numbers.truncate(mark);
    if let Ok((after, edge)) = preceded(opt(alt((tag("份"), tag("月")))), edge).parse(rest) {
        return Ok((after, Part::Month(month, Some(edge))));
    }
    let (rest, _) = opt(tag("份")).parse(rest)?;
    Ok((rest, Part::Month(month, None)))
}

/// The day of 四月十三, 10月31: nothing may follow that could make it another number.
fn bare_day<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, u32> {
    let (rest, day) = small(input, numbers)?;
    let follows =
        |c: char| chars::is_han(c) || c.is_alphanumeric() || ".．-－—~～%％‰/、".contains(c);
    let after = rest.trim_start_matches(chars::is_space);
    if !(1..=31).contains(&day) || after.starts_with(follows) {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, day))
}

fn relative_month(input: &str) -> Parse<'_, i32> {
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

/// `6月`, `2—4月`, `3、6、9、12月`.
fn months<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, (u32, u32)> {
    let (mut rest, first) = small(input, numbers)?;
    let mut last = first;
    for _ in 0..12 {
        let mark = alt((range_mark, tag("、")));
        let Ok((after, _)) = preceded(spaces, mark).parse(rest) else {
            break;
        };
        let inner = numbers.len();
        match small(after, numbers) {
            Ok((after, next)) if next > last => (rest, last) = (after, next),
            _ => {
                numbers.truncate(inner);
                break;
            }
        }
    }
    let (rest, _) = preceded(spaces, tag("月")).parse(rest)?;
    let real = (1..=12).contains(&first) && (1..=12).contains(&last);
    if real {
        Ok((rest, (first, last)))
    } else {
        Err(nom::Err::Error(()))
    }
}

fn third(input: &str) -> Parse<'_, u32> {
    alt((
        value(1, tag("上旬")),
        value(2, tag("中旬")),
        value(3, tag("下旬")),
    ))
    .parse(input)
}

/// `30日`, `九号`.
pub fn day<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, u32> {
    let (rest, day) = small(input, numbers)?;
    let (rest, _) = preceded(spaces, alt((tag("日"), tag("号"), tag("號")))).parse(rest)?;
    if (1..=31).contains(&day) {
        Ok((rest, day))
    } else {
        Err(nom::Err::Error(()))
    }
}

/// A number of at most two digits, Arabic or Chinese.
fn small<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, u32> {
    let mut digits = take_while_m_n::<_, _, ()>(1, 2, chars::is_digit);
    if let Ok((rest, text)) = digits.parse(input) {
        if rest.starts_with(chars::is_digit) {
            return Err(nom::Err::Error(()));
        }
        let value = small_value(text).unwrap_or(0);
        numbers.push((text, Decimal::from(i64::from(value))));
        return Ok((rest, value));
    }
    if input.starts_with("正月") {
        return Ok((&input["正".len()..], 1));
    }
    let (rest, number): (_, Number<'_>) = number::number(input, &|_| false)?;
    let value = number
        .value
        .filter(|_| number.script == Script::Chinese && number.upper.is_none() && !number.bare)
        .and_then(Decimal::to_i64)
        .filter(|n| (0..100).contains(n));
    match value {
        Some(value) => {
            numbers.push((number.text, Decimal::from(value)));
            Ok((rest, value as u32))
        }
        None => Err(nom::Err::Error(())),
    }
}

/// Dates in digits only.
///
/// ```ebnf
/// numeric = 4 * digit , mark , month , mark , day | 8 * digit | month , "/" , day , "/" , 4 * digit ;
/// mark    = "-" | "." | "/" ;
/// ```
///
/// `2021-04-21`, `2011.6.23`, `2019/04/19`, `20240307`
fn numeric<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, Point> {
    alt((|i| year_first(i, numbers), compact, month_first)).parse(input)
}

fn mark(input: &str) -> Parse<'_, char> {
    one_of("-./－．／").parse(input)
}

/// `2021-04-21`.
fn year_first<'s>(input: &'s str, numbers: &mut Numbers<'s>) -> Parse<'s, Point> {
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

fn on_day(year: i32, month: u32, day: u32) -> Point {
    Point {
        year: Year::Number(year),
        part: Part::Day(Month::Number(month), day),
    }
}

/// `20240307`, a day that can exist.
fn compact(input: &str) -> Parse<'_, Point> {
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
fn month_first(input: &str) -> Parse<'_, Point> {
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
fn century_of(year: i32) -> i32 {
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

fn two_digits(input: &str) -> Parse<'_, u32> {
    map_opt(take_while_m_n(1, 2, chars::is_digit), small_value).parse(input)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, core: &str, year: Year, part: Part) {
        let (_, form) = date(input).unwrap();
        assert_eq!(form.core, core);
        assert_eq!((form.from.year, form.from.part), (year, part));
    }

    #[test]
    fn dates() {
        let month = Month::Number(6);
        check(
            "2024年6月30日前",
            "2024年6月30日",
            Year::Number(2024),
            Part::Day(month, 30),
        );
        check(
            "2024 年6 月30 日",
            "2024 年6 月30 日",
            Year::Number(2024),
            Part::Day(month, 30),
        );
        check(
            "6月底前",
            "6月底",
            Year::Unwritten,
            Part::Month(month, Some(Edge::End)),
        );
        check("6月中旬", "6月中旬", Year::Unwritten, Part::Third(month, 2));
        check("上半年", "上半年", Year::Unwritten, Part::Half(1));
        check(
            "二、三季度",
            "二、三季度",
            Year::Unwritten,
            Part::Quarters(2, 3),
        );
        check(
            "2025年底前",
            "2025年底",
            Year::Number(2025),
            Part::Edge(Edge::End),
        );
        check(
            "二〇二四年六月",
            "二〇二四年六月",
            Year::Number(2024),
            Part::Month(month, None),
        );
        check(
            "2011.6.23",
            "2011.6.23",
            Year::Number(2011),
            Part::Day(month, 23),
        );
        check(
            "2024—2026年",
            "2024—2026年",
            Year::Number(2024),
            Part::Whole,
        );
    }
}
