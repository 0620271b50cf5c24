//! When: dates and periods resolved against the day a notice was written.

use super::quantities::Reference;
use crate::date::Date;
use crate::syntax::grammar::date::{DateForm, Edge, Month, Part, Point, Year};

/// The first and the last day of a date, where they are known.
pub fn days(
    form: &DateForm<'_>,
    reference: &Reference,
    forward: bool,
) -> (Option<Date>, Option<Date>) {
    let (start, mut end) = point_days(form.from, reference, 0);
    let mut later = None;
    if let Some(to) = form.to {
        later = Some(to);
        end = point_days(to, reference, 0).1;
    }
    let unwritten =
        form.from.year == Year::Unwritten && later.is_none_or(|to| to.year == Year::Unwritten);
    if unwritten && forward && is_past(end, reference) {
        let start = point_days(form.from, reference, 1).0;
        let end = point_days(later.unwrap_or(form.from), reference, 1).1;
        return (start, end);
    }
    // November to February: the end lies in the next year.
    if unwritten
        && later.is_some()
        && let (Some(first), Some(last)) = (start, end)
        && last < first
    {
        return (
            start,
            point_days(later.unwrap_or(form.from), reference, 1).1,
        );
    }
    (start, end)
}

/// A date that would end over a month before the notice was written is next year's.
fn is_past(end: Option<Date>, reference: &Reference) -> bool {
    match (end, reference.written_on) {
        (Some(end), Some(written)) => end
            .add_months(1)
            .is_some_and(|month_later| month_later < written),
        _ => false,
    }
}

fn base_year(year: Year, reference: &Reference) -> Option<i32> {
    let base = reference.year.or(reference.written_on.map(Date::year));
    match year {
        Year::Number(year) => Some(year),
        Year::Unwritten => base,
        Year::Offset(offset) => Some(base? + offset),
    }
}

fn point_days(point: Point, reference: &Reference, ahead: i32) -> (Option<Date>, Option<Date>) {
    let Some(year) = base_year(point.year, reference) else {
        return (None, None);
    };
    let year = year + ahead;
    let months = |first, last| (Date::new(year, first, 1), Date::month_end(year, last));
    match point.part {
        Part::Whole => months(1, 12),
        Part::Edge(Edge::Start) => months(1, 2),
        Part::Edge(Edge::Middle) => months(6, 7),
        Part::Edge(Edge::End) => months(11, 12),
        Part::Half(half) => months(half * 6 - 5, half * 6),
        Part::Quarters(first, last) => months(first * 3 - 2, last * 3),
        Part::QuarterEdge(quarter, Edge::Start) => months(quarter * 3 - 2, quarter * 3 - 2),
        Part::QuarterEdge(quarter, _) => months(quarter * 3, quarter * 3),
        Part::Months(first, last) => months(first, last),
        Part::Month(month, edge) => month_of(month, year, reference)
            .map_or((None, None), |(year, month)| month_days(year, month, edge)),
        Part::Third(month, third) => match month_of(month, year, reference) {
            Some((year, month)) => third_days(year, month, third),
            None => (None, None),
        },
        Part::MonthEnd => {
            let last = reference
                .written_on
                .and_then(|day| Date::month_end(day.year(), day.month()));
            (last, last)
        }
        Part::LastMonths(count) => months(13 - count.min(12), 12),
        Part::MonthWeek(month, week) => match month_of(month, year, reference) {
            Some((year, month)) => nth_week(Date::new(year, month, 1), week),
            None => (None, None),
        },
        Part::YearWeek(week) => nth_week(Date::new(year, 1, 1), week),
        Part::QuarterOffset(offset, edge) => quarter_offset(offset, edge, reference),
        Part::WeekOffset(offset) => {
            let monday = reference
                .written_on
                .and_then(|day| day.add_days(i64::from(offset) * 7 - i64::from(day.weekday())));
            (monday, monday.and_then(|day| day.add_days(6)))
        }
        Part::DayOffset(offset) => {
            let day = reference
                .written_on
                .and_then(|day| day.add_days(i64::from(offset)));
            (day, day)
        }
        Part::Day(month, day) => {
            let date = month_of(month, year, reference)
                .and_then(|(year, month)| Date::new(year, month, day));
            (date, date)
        }
    }
}

/// The week of the n-th Monday from a day on.
fn nth_week(from: Option<Date>, n: u32) -> (Option<Date>, Option<Date>) {
    let monday = from.and_then(|day| {
        let to_monday = i64::from((7 - day.weekday()) % 7);
        day.add_days(to_monday + i64::from(n) * 7 - 7)
    });
    (monday, monday.and_then(|day| day.add_days(6)))
}

fn quarter_offset(
    offset: i32,
    edge: Option<Edge>,
    reference: &Reference,
) -> (Option<Date>, Option<Date>) {
    let first = reference.written_on.and_then(|day| {
        let month = (day.month() - 1) / 3 * 3 + 1;
        Date::new(day.year(), month, 1)?.add_months(offset.checked_mul(3)?)
    });
    let start = match edge {
        Some(Edge::End) => first.and_then(|day| day.add_months(2)),
        _ => first,
    };
    let last = match edge {
        Some(Edge::Start) => first,
        _ => first.and_then(|day| day.add_months(2)),
    };
    (
        start,
        last.and_then(|day| Date::month_end(day.year(), day.month())),
    )
}

fn month_of(month: Month, year: i32, reference: &Reference) -> Option<(i32, u32)> {
    match month {
        Month::Number(month) => Some((year, month)),
        Month::Offset(offset) => {
            let written = reference.written_on?;
            let date = Date::new(written.year(), written.month(), 1)?.add_months(offset)?;
            Some((date.year(), date.month()))
        }
    }
}

fn month_days(year: i32, month: u32, edge: Option<Edge>) -> (Option<Date>, Option<Date>) {
    let (start, end) = (Date::new(year, month, 1), Date::month_end(year, month));
    match edge {
        None => (start, end),
        Some(Edge::Start) => (start, Date::new(year, month, 5)),
        Some(Edge::Middle) => (Date::new(year, month, 11), Date::new(year, month, 20)),
        Some(Edge::End) => (Date::new(year, month, 25), end),
    }
}

fn third_days(year: i32, month: u32, third: u32) -> (Option<Date>, Option<Date>) {
    let start = Date::new(year, month, third * 10 - 9);
    let end = match third {
        3 => Date::month_end(year, month),
        _ => Date::new(year, month, third * 10),
    };
    (start, end)
}
