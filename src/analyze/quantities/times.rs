//! Dates, periods and events in a text, and stretches of time that are counted from the day of writing.

use super::scanner::{Found, Reading, Scanner, bare, numerals};
use super::{Atom, Relation, Time};
use crate::analyze::deadlines;
use crate::date::Date;
use crate::model::MentionKind;
use crate::syntax::grammar::date::{
    self, DateForm, Part, Year, bare_years, date, edition, five_year_plan, month_and_day,
    spaced_day,
};
use crate::syntax::grammar::number;
use crate::text::chars;
use crate::vocab::calendar;

/// What stands right before a stretch of time: 近三年, 未来五年.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Towards {
    /// From now on.
    Ahead,
    /// Until now.
    Back,
    /// So many whole units before the present one.
    Earlier,
    /// So many whole units after it.
    Later,
}

const TOWARDS: &[(&str, Towards)] = &[
    ("未来", Towards::Ahead),
    ("今后", Towards::Ahead),
    ("接下来", Towards::Ahead),
    ("后面", Towards::Ahead),
    ("最近", Towards::Back),
    ("过去", Towards::Back),
    ("近", Towards::Back),
    ("往前", Towards::Earlier),
    ("向前", Towards::Earlier),
    ("之前", Towards::Earlier),
    ("上", Towards::Earlier),
    ("前", Towards::Earlier),
    ("下", Towards::Later),
    ("后", Towards::Later),
];

/// A stretch of time in calendar units.
#[derive(Debug, Clone, Copy)]
enum Length {
    Years(i32),
    Months(i32),
    /// 半月, 两个半月: an odd number of halves; half a month is fifteen days.
    HalfMonths(i64),
    Weeks(i64),
    Days(i64),
}

impl Length {
    fn of(found: &Found<'_>) -> Option<Length> {
        let unit = found.unit?;
        if found.upper.is_some() || found.more {
            return None;
        }
        let value = found.value?;
        let Some(n) = value.to_i64() else {
            // 半月 is fifteen days, 半年 six months.
            let halves = value.checked_add(value)?.to_i64().filter(|n| *n < 1000)?;
            return match unit.name {
                "年" => Some(Length::Months(i32::try_from(halves).ok()? * 6)),
                "个月" => Some(Length::HalfMonths(halves)),
                _ => None,
            };
        };
        let small = i32::try_from(n).ok().filter(|n| (0..10_000).contains(n));
        Some(match unit.name {
            "年" => Length::Years(small?),
            "个月" => Length::Months(small?),
            "季度" => Length::Months(small? * 3),
            "周" => Length::Weeks(i64::from(small?)),
            "天" => Length::Days(i64::from(small?)),
            _ => return None,
        })
    }

    /// The day so far from another.
    fn from(self, day: Date, sign: i32) -> Option<Date> {
        match self {
            Length::Years(n) => day.add_months(n.checked_mul(12 * sign)?),
            Length::Months(n) => day.add_months(n.checked_mul(sign)?),
            Length::HalfMonths(n) => {
                let months = i32::try_from(n / 2).ok()?;
                day.add_months(months.checked_mul(sign)?)?
                    .add_days(15 * i64::from(sign))
            }
            Length::Weeks(n) => day.add_days(n * 7 * i64::from(sign)),
            Length::Days(n) => day.add_days(n * i64::from(sign)),
        }
    }

    /// The last day of a stretch that starts with a day. Days and weeks count the first day in.
    fn last_from(self, day: Date) -> Option<Date> {
        let end = self.from(day, 1)?;
        match self {
            Length::Weeks(_) => end.add_days(-1),
            _ => Some(end),
        }
    }
}

impl<'s> Scanner<'s, '_> {
    /// 3年内, 近三年, 未来五年: a stretch of time counted from the day of writing.
    ///
    /// 前两年, 下三天, 20天后 are read in texts of any kind only: in notices they are counted from what stands
    /// before them (期满前30日).
    pub(super) fn span_of_time(
        &self,
        found: &Found<'s>,
        start: &mut usize,
        end: &mut usize,
        core: &mut &'s str,
    ) -> Option<Time<'s>> {
        let at = self.at(found.core);
        let core_end = at + found.core.len();
        let written = self.reference.written_on;
        let length = Length::of(found);
        let before = self.before(at);
        if let Some((word, towards)) = TOWARDS.iter().find(|(word, _)| before.ends_with(word)) {
            let from = at - word.len();
            let free = !self.before(from).ends_with(chars::is_han);
            let relative = matches!(towards, Towards::Earlier | Towards::Later);
            if !relative || free && self.reading == Reading::AnyText && length.is_some() {
                *start = (*start).min(from);
                *core = self.slice(from, core_end);
                let days = written
                    .zip(length)
                    .map(|(day, length)| stretch(day, length, *towards));
                let (first, last) = days.unwrap_or_default();
                return Some(during(first, last));
            }
        }
        if self.slice(core_end, *end).ends_with('内') {
            let from_elsewhere = before.ends_with(['起', '后']) || before.ends_with("之日");
            let counted = matches!(
                length,
                Some(Length::Years(_) | Length::Months(_) | Length::Weeks(_))
            );
            let known = written.filter(|_| !from_elsewhere && counted);
            return Some(Time {
                start: known,
                end: known
                    .zip(length)
                    .and_then(|(day, length)| length.last_from(day)),
                relation: Relation::Within,
                has_year: false,
                event: None,
            });
        }
        if self.reading == Reading::AnyText && !before.ends_with(chars::is_han) {
            return self.before_or_after(core_end, end, core, written.zip(length));
        }
        None
    }

    /// 三年前, 20天后.
    fn before_or_after(
        &self,
        core_end: usize,
        end: &mut usize,
        core: &mut &'s str,
        counted: Option<(Date, Length)>,
    ) -> Option<Time<'s>> {
        let rest = self.rest(core_end);
        let words = [
            ("以后", true, true),
            ("之后", true, true),
            ("以前", false, true),
            ("之前", false, true),
            ("后", true, false),
            ("前", false, false),
        ];
        let (word, later, open) = words
            .into_iter()
            .find(|(word, ..)| rest.starts_with(word))?;
        let (day, length) = counted?;
        let point = length.from(day, if later { 1 } else { -1 })?;
        *end = core_end + word.len();
        *core = self.slice(self.at(core), *end);
        let whole_year = matches!(length, Length::Years(_));
        let first = if whole_year {
            Date::new(point.year(), 1, 1)
        } else {
            Some(point)
        };
        let last = if whole_year {
            Date::new(point.year(), 12, 31)
        } else {
            Some(point)
        };
        let (start, end) = match (later, open) {
            (_, false) => (first, last),
            (true, true) => (first, None),
            (false, true) => (None, last),
        };
        Some(during(start, end))
    }

    /// `“十四五”期间`, `“十五五”末`; “十四五”规划 is a name and no date.
    pub(super) fn plan(&mut self, start: usize) -> Option<usize> {
        let quote = self
            .before(start)
            .chars()
            .next_back()
            .filter(|c| matches!(c, '“' | '"' | '「' | '‘'));
        let at = start - quote.map_or(0, char::len_utf8);
        let (rest, plan) = five_year_plan(self.rest(at)).ok()?;
        match plan.form {
            Some(form) => Some(self.push_date(at, rest, form)),
            None => Some(self.at(rest)),
        }
    }

    /// A word of the calendar. 前天 and 后天 stand inside other words too (目前天气).
    pub(super) fn period(&mut self, start: usize, end: usize) -> Option<usize> {
        let word = self.slice(start, end);
        let inside =
            matches!(word, "前天" | "前日" | "后天") && self.before(start).ends_with(chars::is_han);
        if inside {
            return None;
        }
        if let Some(end) = self.both_years(start) {
            return Some(end);
        }
        self.date(start)
    }

    /// `30日`, `98年`, `15年版`, `15.3.3` as a whole text of any kind; within a text they may be anything.
    pub(super) fn short_date(&mut self, start: usize) -> Option<usize> {
        if self.reading == Reading::Notice || !self.slice(0, start).trim().is_empty() {
            return None;
        }
        let whole = self.rest(start).trim_end_matches(chars::is_space);
        let small = |digits: &str| {
            let short = matches!(digits.len(), 1 | 2) && digits.bytes().all(|b| b.is_ascii_digit());
            digits.parse::<u32>().ok().filter(|_| short)
        };
        let year_of = |n: u32| i32::try_from(if n < 50 { 2000 + n } else { 1900 + n }).ok();
        let year = |digits: &str| {
            small(digits)
                .filter(|_| digits.len() == 2)
                .and_then(year_of)
        };
        let day = |date: Option<Date>| Some((date?, date?));
        let (first, last) = if let Some(digits) = whole.strip_suffix(['日', '号', '號']) {
            let today = self.reference.written_on?;
            day(Date::new(today.year(), today.month(), small(digits)?))?
        } else if let Some(digits) = whole.strip_suffix("年版").or(whole.strip_suffix('年')) {
            // 15年 is how long something takes; 98年 is a year, and so is 15年版.
            let year = year(digits).filter(|year| *year < 2000 || whole.ends_with('版'))?;
            (Date::new(year, 1, 1)?, Date::new(year, 12, 31)?)
        } else {
            let mut parts = whole.split('.');
            let (y, m, d) = (parts.next()?, parts.next()?, parts.next()?);
            if parts.next().is_some() {
                return None;
            }
            day(Date::new(year(y)?, small(m)?, small(d)?))?
        };
        Some(self.push_time(whole, whole, during(Some(first), Some(last))))
    }

    /// `今明两年`, `今明两天`.
    fn both_years(&mut self, start: usize) -> Option<usize> {
        let rest = self.rest(start);
        let core = ["今明两年", "今明两天", "今明后三天"]
            .into_iter()
            .find(|word| rest.starts_with(word))?;
        let day = self.reference.written_on;
        let (first, last) = if core.ends_with('年') {
            let year = self.reference.year.or(day.map(Date::year));
            (
                year.and_then(|year| Date::new(year, 1, 1)),
                year.and_then(|year| Date::new(year + 1, 12, 31)),
            )
        } else {
            let ahead = if core.contains('后') { 2 } else { 1 };
            (day, day.and_then(|day| day.add_days(ahead)))
        };
        let core = self.slice(start, start + core.len());
        Some(self.push_time(core, core, during(first, last)))
    }

    /// A date or period that starts here.
    pub(super) fn date(&mut self, start: usize) -> Option<usize> {
        let text = self.rest(start);
        let before = self.before(start);
        // 往前二个月 is counted back from now; 前二个月 opens the year.
        let back = text.starts_with('前') && before.ends_with(['往', '向', '之']);
        if back && self.reading == Reading::AnyText {
            return None;
        }
        if text.starts_with(|c| chars::is_digit(c) || number::is_chinese_numeral(c))
            && !before.ends_with(['从', '自'])
            && !date::may_start(text)
            && self.reading == Reading::Notice
        {
            return None;
        }
        let any_text = self.reading == Reading::AnyText;
        let whole = any_text && self.slice(0, start).trim().is_empty();
        let (rest, form) = if let Some(found) = any_text.then(|| edition(text).ok()).flatten() {
            found
        } else if let Ok(found) = date(text) {
            found
        } else if let Some(found) = whole.then(|| spaced_day(text).ok()).flatten() {
            found
        } else if before.ends_with(['从', '自']) {
            bare_years(text).ok()?
        } else if !before.ends_with(|c: char| chars::is_word(c) || "-./".contains(c)) {
            month_and_day(text).ok()?
        } else {
            return None;
        };
        Some(self.push_date(start, rest, form))
    }

    pub(super) fn push_date(&mut self, start: usize, rest: &'s str, form: DateForm<'s>) -> usize {
        let end = self.at(rest);
        let (after, suffix) = relation_after(rest);
        let (before, prefix) = relation_before(self.before(start));
        let relation = relation(&form, prefix, suffix);
        let deadline = matches!(relation, Relation::By | Relation::Until);
        let ahead = self.reading == Reading::Notice || deadline;
        let (from, to) = deadlines::days(&form, self.reference, ahead);
        let (first, last) = match relation {
            Relation::By | Relation::Until => (None, to),
            Relation::From => (from, None),
            Relation::Every => (None, None),
            _ => (from, to),
        };
        let has_year = form.from.year != Year::Unwritten;
        let mut text = self.slice(start - before, end + after);
        let mut core = form.core;
        if suffix.is_none() && rest.starts_with("左右") {
            text = self.slice(start - before, end + "左右".len());
            core = self.slice(start, end + "左右".len());
        }
        let time = Time {
            start: first,
            end: last,
            relation,
            has_year,
            event: None,
        };
        let numbers = form.numbers;
        if let Some(end) = self.joined_dates(start, end, after, &time) {
            return end;
        }
        let end = self.push_time(text, core, time);
        if let Some(atom) = self.atoms.last_mut() {
            atom.numerals = numerals(numbers.into_iter().map(|(text, value)| (text, Some(value))));
        }
        end
    }

    /// 2007年与2009年间: the date before and this one are the ends of one period.
    fn joined_dates(
        &mut self,
        start: usize,
        end: usize,
        after: usize,
        time: &Time<'s>,
    ) -> Option<usize> {
        let suffix = self.slice(end, end + after);
        let last = self.atoms.last()?;
        let from = self.at(last.text);
        let gap = self
            .slice(from + last.text.len(), start)
            .trim_matches(chars::is_space);
        let first = last.time.as_ref()?;
        if !suffix.ends_with('间') || suffix.ends_with("期间") || !matches!(gap, "与" | "和") {
            return None;
        }
        let joined = Time {
            start: first.start,
            end: time.end,
            relation: Relation::During,
            has_year: first.has_year,
            event: None,
        };
        let text = self.slice(from, end + after);
        let core = self.slice(from, end);
        let last = self.atoms.last_mut()?;
        (last.text, last.core, last.time) = (text, core, Some(joined));
        self.floor = end + after;
        Some(self.floor)
    }

    /// `度夏前`, `汛期`, and 国庆 by itself.
    pub(super) fn event(&mut self, start: usize, end: usize) -> Option<usize> {
        // “五一”期间: the words go on behind the mark.
        let quoted = self.before(start).ends_with('“') && self.rest(end).starts_with('”');
        let outside = self.rest(end).get('”'.len_utf8()..).unwrap_or("");
        let quoted = quoted && relation_after(outside).1.is_some();
        let core = self.slice(start, end);
        let (start, end) = if quoted {
            (start - '“'.len_utf8(), end + '”'.len_utf8())
        } else {
            (start, end)
        };
        let rest = self.rest(end);
        let (length, suffix) = relation_after(rest);
        let is_season = core.ends_with(['期', '季']);
        let alone =
            !self.before(start).ends_with(chars::is_han) && !rest.starts_with(chars::is_han);
        let day = calendar::fixed_day(core).filter(|_| suffix.is_none() && alone);
        let year = self
            .reference
            .year
            .or(self.reference.written_on.map(Date::year));
        let day = day
            .zip(year)
            .and_then(|((month, day), year)| Date::new(year, month, day));
        let relation = match suffix {
            Some(relation) => relation,
            None if day.is_some() => Relation::At,
            None if is_season => Relation::During,
            None => return None,
        };
        // 2024年春节前: the year goes with the event.
        let year = self.atoms.pop_if(|last| {
            let bare = last
                .time
                .as_ref()
                .is_some_and(|time| time.relation == Relation::At);
            bare && last.core.ends_with('年') && self.floor == start
        });
        let from = year.as_ref().map_or(start, |year| self.at(year.text));
        let time = Time {
            start: day.filter(|_| year.is_none()),
            end: day.filter(|_| year.is_none()),
            relation,
            has_year: year.is_some(),
            event: Some(core),
        };
        let end = self.push_time(self.slice(from, end + length), core, time);
        let core_end = self.at(core) + core.len();
        if let (Some(year), Some(atom)) = (year, self.atoms.last_mut()) {
            atom.numerals = year.numerals;
            if let Some(core) = self.text.get(from..core_end) {
                atom.core = core;
            }
        }
        Some(end)
    }

    /// `每年`, `每年6月底前`, `每月15日前`.
    pub(super) fn every(&mut self, start: usize, end: usize) -> Option<usize> {
        let rest = self.rest(end).trim_start_matches(chars::is_space);
        let mut to = end;
        let mut runs = Vec::new();
        if let Ok((after, form)) = date(rest) {
            let (length, _) = relation_after(after);
            to = self.at(after) + length;
            runs = form.numbers;
        } else if self.slice(start, end).ends_with('月')
            && let Ok((after, _)) = date::day(rest, &mut runs)
        {
            let (length, _) = relation_after(after);
            to = self.at(after) + length;
        } else {
            runs.clear();
        }
        let text = self.slice(start, to);
        let time = Time {
            start: None,
            end: None,
            relation: Relation::Every,
            has_year: false,
            event: None,
        };
        let end = self.push_time(text, text, time);
        if let Some(atom) = self.atoms.last_mut() {
            atom.numerals = numerals(runs.into_iter().map(|(text, value)| (text, Some(value))));
        }
        Some(end)
    }

    fn push_time(&mut self, text: &'s str, core: &'s str, time: Time<'s>) -> usize {
        self.push(Atom {
            core,
            time: Some(time),
            ..bare(text, MentionKind::Date)
        })
    }
}

fn during<'s>(start: Option<Date>, end: Option<Date>) -> Time<'s> {
    Time {
        start,
        end,
        relation: Relation::During,
        has_year: false,
        event: None,
    }
}

/// The days of 未来三年, 近三年, 前两年, 下三天. 未来三年 counts calendar years with the present one.
fn stretch(day: Date, length: Length, towards: Towards) -> (Option<Date>, Option<Date>) {
    let first_of_month = Date::new(day.year(), day.month(), 1);
    // The first day of the present unit, and of the one after it.
    let (this, next) = match length {
        Length::Years(_) => (Date::new(day.year(), 1, 1), Date::new(day.year() + 1, 1, 1)),
        Length::Months(_) => (first_of_month, first_of_month.and_then(|d| d.add_months(1))),
        Length::Weeks(_) => {
            let monday = day.add_days(-i64::from(day.weekday()));
            (monday, monday.and_then(|d| d.add_days(7)))
        }
        Length::HalfMonths(_) | Length::Days(_) => (Some(day), day.add_days(1)),
    };
    let day_before = |d: Option<Date>| d.and_then(|d| d.add_days(-1));
    match towards {
        Towards::Ahead if matches!(length, Length::Years(_)) => {
            (this, day_before(this.and_then(|d| length.from(d, 1))))
        }
        Towards::Ahead => (Some(day), day_before(length.from(day, 1))),
        Towards::Back => (length.from(day, -1), Some(day)),
        Towards::Earlier => (this.and_then(|d| length.from(d, -1)), day_before(this)),
        Towards::Later => (next, day_before(next.and_then(|d| length.from(d, 1)))),
    }
}

/// What stands behind a date: how long it is, and what it says.
fn relation_after(rest: &str) -> (usize, Option<Relation>) {
    const WORDS: &[(&str, Relation)] = &[
        ("（含）前", Relation::By),
        ("(含)前", Relation::By),
        ("之前", Relation::By),
        ("以前", Relation::By),
        ("前", Relation::By),
        ("起", Relation::From),
        ("开始", Relation::From),
        ("以来", Relation::From),
        ("以后", Relation::From),
        ("之后", Relation::From),
        ("后", Relation::From),
        ("为止", Relation::Until),
        ("止", Relation::Until),
        ("期间", Relation::During),
        ("间", Relation::During),
        ("之间", Relation::During),
    ];
    let at = rest.trim_start_matches(chars::is_space);
    let spaces = rest.len() - at.len();
    // 2023年 前三季度: what stands after a space may start something new.
    let starts_anew =
        |word: &str| spaces > 0 && at[word.len()..].starts_with(number::is_chinese_numeral);
    WORDS
        .iter()
        .find(|(word, _)| at.starts_with(word) && !starts_anew(word))
        .map_or((0, None), |(word, relation)| {
            (spaces + word.len(), Some(*relation))
        })
}

/// What stands before a date.
fn relation_before(before: &str) -> (usize, Option<Relation>) {
    const WORDS: &[(&str, Relation)] = &[
        ("截至", Relation::Until),
        ("截止到", Relation::Until),
        ("截止", Relation::Until),
        ("延续到", Relation::Until),
        ("延续至", Relation::Until),
        ("延长到", Relation::Until),
        ("延长至", Relation::Until),
        ("执行至", Relation::Until),
        ("执行到", Relation::Until),
        ("到", Relation::By),
        ("至", Relation::Until),
        ("自", Relation::From),
        ("从", Relation::From),
    ];
    WORDS
        .iter()
        .find(|(word, _)| before.ends_with(word))
        .map_or((0, None), |(word, relation)| (word.len(), Some(*relation)))
}

fn relation(form: &DateForm<'_>, prefix: Option<Relation>, suffix: Option<Relation>) -> Relation {
    if let Some(suffix) = suffix
        && (form.to.is_none() || suffix == Relation::By)
    {
        return suffix;
    }
    if form.to.is_some() {
        return Relation::During;
    }
    if let Some(prefix) = prefix {
        return prefix;
    }
    match form.from.part {
        Part::Half(_) | Part::Quarters(..) | Part::Months(..) | Part::LastMonths(_) => {
            Relation::During
        }
        Part::Whole if form.from.year == Year::Unwritten || form.core.ends_with('内') => {
            Relation::During
        }
        _ => Relation::At,
    }
}
