//! 日期: dates and periods as notices write them. What a calendar or a reference must add is left open here.

mod digits;
mod periods;

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while_m_n};
use nom::character::complete::one_of;
use nom::combinator::{opt, value, verify};
use nom::sequence::preceded;

use super::Parse;
use super::number::{self, Number, Script};
use crate::decimal::Decimal;
use crate::text::chars;

pub use digits::{bare_years, edition, month_and_day, spaced_day};
pub use periods::{Plan, five_year_plan};

use digits::{century_of, four_digits, numeric, push, small_value};
use periods::{
    decade, edge, first_months, half, last_months, nth_week, quarters, relative_month,
    relative_part, relative_year, year_edge,
};

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

fn spaces(input: &str) -> Parse<'_, &str> {
    verify(take_while(chars::is_space), |s: &str| s.len() <= 6).parse(input)
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
    let follows = |c: char| chars::is_word(c) || ".．-－—~～%％‰/、".contains(c);
    let after = rest.trim_start_matches(chars::is_space);
    if !(1..=31).contains(&day) || after.starts_with(follows) {
        return Err(nom::Err::Error(()));
    }
    Ok((rest, day))
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
