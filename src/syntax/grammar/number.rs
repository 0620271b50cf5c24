//! 数: numbers as notices write them, Arabic, Chinese, financial, traditional, and any mixture.
//!
//! A number is read left to right, once: digits wait until a multiplier (十 百 千, then 万 亿 兆) or the end takes
//! them up. What a number cannot go on with ends it; what it has read until then stands.

mod arabic;

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while};
use nom::character::complete::one_of;
use nom::combinator::{opt, recognize};
use nom::sequence::pair;

use arabic::{Digits, arabic};

use super::Parse;
use crate::decimal::Decimal;
use crate::text::chars;

/// A number, as far as it says how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number<'s> {
    /// As written.
    pub text: &'s str,
    /// Its value; the lower one of 三五百. `None` where it has more digits than can be held.
    pub value: Option<Decimal>,
    /// The upper value of 三五百, 数十, 十几.
    pub upper: Option<Decimal>,
    /// The places by which the last multiplier shifts (万: 4), or nought.
    pub scale: u32,
    /// Whether 余, 多 or 几 stands inside (一千多万).
    pub more: bool,
    /// How it is written.
    pub script: Script,
    /// How many digits stand in a row without a multiplier; 0 where one stands.
    pub digits: usize,
    /// It starts with a multiplier: 百三, 万余.
    pub bare: bool,
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// 1.2, and 1.2万.
    Arabic,
    /// 三百.
    Chinese,
}

/// A number.
///
/// ```ebnf
/// number     = [ sign ] , ( digits | section ) , { multiplier , [ "零" ] , ( digits | section ) } , [ point , digits ] ;
/// section    = [ digits ] , ( "十" | "百" | "千" ) , { [ "零" ] , digits , [ "十" | "百" ] } ;
/// multiplier = ( "万" | "亿" | "兆" ) , { "万" | "亿" } ;
/// point      = "点" | "." ;
/// ```
///
/// `三百`, `半百`, `1.2万`, `一亿五千万零六千`, `3万4000`, `二〇二四`, `五点五万`, `一千多万`, `四百五` (450), `三五百` (300 to 500)
///
/// `unit` says whether a unit starts at a multiplier, so that 100千瓦 is a hundred of 千瓦.
pub fn number<'s>(input: &'s str, unit: &dyn Fn(&str) -> bool) -> Parse<'s, Number<'s>> {
    let (start, negative) = sign(input)?;
    let mut sum = Sum::default();
    let mut rest = start;
    if let Some(after) = start.strip_prefix("半百") {
        sum.wait(Some(Decimal::from(50)), Decimal::ZERO, false, false);
        rest = after;
    }
    while let Some(after) = sum.step(rest, unit) {
        rest = after;
    }
    if !sum.read {
        return Err(nom::Err::Error(()));
    }
    let (mut value, mut upper) = sum.value();
    if let Some(after) = dozen(rest) {
        let twelve = |v: Option<Decimal>| v.and_then(|v| v.checked_mul(Decimal::from(12)));
        (value, upper) = (twelve(value), twelve(upper));
        rest = after;
    }
    let text = &input[..input.len() - rest.len()];
    let turn = |value: Option<Decimal>| value.map(|v| if negative { v.negate() } else { v });
    let (value, upper) = match (turn(value), turn(upper)) {
        (low, Some(high)) if negative => (Some(high), low),
        both => both,
    };
    let number = Number {
        text,
        value,
        upper,
        scale: sum.last_shift,
        more: sum.more,
        script: if sum.arabic {
            Script::Arabic
        } else {
            Script::Chinese
        },
        digits: if sum.last_shift == 0 { sum.run } else { 0 },
        bare: sum.bare,
    };
    Ok((rest, number))
}

/// The 打 of 五打, and no 打造.
fn dozen(input: &str) -> Option<&str> {
    let rest = input.strip_prefix('打')?;
    let verb = rest.starts_with(|c| "造击开破通响好算赢牢捆拐非黑假字".contains(c));
    (!verb).then_some(rest)
}

/// `负`, `负的`, `零下`, `-`; whether there is one.
fn sign(input: &str) -> Parse<'_, bool> {
    let word = alt((tag("负的"), tag("负"), tag("負"), tag("零下")));
    let mark = recognize(one_of("-－−﹣"));
    opt(pair(alt((word, mark)), take_while(chars::is_space)))
        .map(|sign| sign.is_some())
        .parse(input)
}

/// What one character of a number does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Digit(u32),
    /// 廿 卅 卌.
    Tens(u32),
    /// 十 百 千.
    Small(u32),
    /// 万 亿 兆.
    Big(u32),
    Point,
    /// 几: some digit.
    Some,
    /// 余, 多: and more.
    More,
}

fn sign_of(c: char) -> Option<Sign> {
    Some(match c {
        '零' | '〇' | '○' | '◯' => Sign::Digit(0),
        '一' | '壹' | '壱' => Sign::Digit(1),
        '二' | '两' | '兩' | '贰' | '貳' | '俩' | '倆' | '弍' => Sign::Digit(2),
        '三' | '叁' | '參' | '叄' => Sign::Digit(3),
        '四' | '肆' => Sign::Digit(4),
        '五' | '伍' => Sign::Digit(5),
        '六' | '陆' | '陸' => Sign::Digit(6),
        '七' | '柒' => Sign::Digit(7),
        '八' | '捌' => Sign::Digit(8),
        '九' | '玖' => Sign::Digit(9),
        '廿' => Sign::Tens(2),
        '卅' => Sign::Tens(3),
        '卌' => Sign::Tens(4),
        '十' | '拾' => Sign::Small(1),
        '百' | '佰' => Sign::Small(2),
        '千' | '仟' => Sign::Small(3),
        '万' | '萬' => Sign::Big(4),
        '亿' | '億' => Sign::Big(8),
        '兆' => Sign::Big(12),
        '点' | '點' => Sign::Point,
        '几' | '幾' | '数' | '數' => Sign::Some,
        '余' | '餘' | '多' => Sign::More,
        _ => return None,
    })
}

/// Whether a character is a Chinese digit or multiplier.
pub fn is_chinese_numeral(c: char) -> bool {
    matches!(
        sign_of(c),
        Some(Sign::Digit(_) | Sign::Tens(_) | Sign::Small(_) | Sign::Big(_))
    )
}

/// The value of a Chinese digit.
pub fn chinese_digit(c: char) -> Option<u32> {
    match sign_of(c) {
        Some(Sign::Digit(digit)) => Some(digit),
        _ => None,
    }
}

/// Digits that wait for their multiplier.
#[derive(Debug, Clone, Copy)]
struct Pending {
    low: Option<Decimal>,
    /// How far the upper value lies above (三五: 2).
    width: Decimal,
    arabic: bool,
    plain: bool,
}

/// A number on its way to a value.
#[derive(Debug, Default)]
struct Sum {
    /// What big multipliers have closed.
    total: Decimal,
    total_shift: u32,
    /// What 十 百 千 have closed since.
    section: Decimal,
    section_shift: Option<u32>,
    pending: Option<Pending>,
    width: Decimal,
    zero: bool,
    last_shift: u32,
    /// Whether 余, 多 or 几 was read.
    more: bool,
    arabic: bool,
    bare: bool,
    /// Digits in a row without a multiplier.
    run: usize,
    read: bool,
    closed: bool,
    lost: bool,
}

impl Sum {
    /// Takes up the next sign of the number; `None` where the number ends.
    fn step<'s>(&mut self, input: &'s str, unit: &dyn Fn(&str) -> bool) -> Option<&'s str> {
        if self.closed {
            return None;
        }
        let here = self.skip_spaces(input);
        let first = here.chars().next()?;
        if chars::is_digit(first) || (!self.read && matches!(first, '.' | '．')) {
            return self.arabic(here, here.len() != input.len());
        }
        let rest = &here[first.len_utf8()..];
        if matches!(first, '个' | '個') && self.read && rest.starts_with(['亿', '億']) {
            return Some(rest);
        }
        match sign_of(first)? {
            Sign::Digit(_) => self.chinese(here),
            Sign::Tens(tens) => self.tens(tens).then_some(rest),
            Sign::Small(shift) if !unit(here) => self.small(shift, rest),
            Sign::Big(shift) if !unit(here) => self.big(shift, rest),
            Sign::Point => self.point(rest),
            Sign::Some => self.some(rest),
            Sign::More => self.and_more(rest),
            Sign::Small(_) | Sign::Big(_) => None,
        }
    }

    /// Spaces inside a number are let through beside a multiplier only: 三千 八百, 二十 亿.
    fn skip_spaces<'s>(&self, input: &'s str) -> &'s str {
        let here = input.trim_start_matches(chars::is_space);
        if here.len() == input.len() || !self.read {
            return input;
        }
        let next = here.chars().next().and_then(sign_of);
        let multiplier = matches!(next, Some(Sign::Small(_) | Sign::Big(_)));
        let after_multiplier = self.last_shift > 0 && self.pending.is_none();
        let arabic = here.starts_with(chars::is_digit);
        let goes_on = next.is_some() || (arabic && self.section_shift.is_none());
        if input.len() - here.len() <= 3
            && (multiplier || (after_multiplier && goes_on) || next == Some(Sign::Point))
        {
            here
        } else {
            input
        }
    }

    fn arabic<'s>(&mut self, input: &'s str, spaced: bool) -> Option<&'s str> {
        let (rest, arabic) = arabic(input).ok()?;
        if self.pending.is_some() {
            return None;
        }
        if self.last_shift > 0 {
            // 3万4000, 1亿2000万: no more digits than the multiplier has left free.
            let fits = arabic.digits as u32 <= self.last_shift && !arabic.has_point;
            let multiplied = rest
                .trim_start_matches(chars::is_space)
                .chars()
                .next()
                .and_then(sign_of);
            if !fits
                || rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '年')
                || (spaced && !matches!(multiplied, Some(Sign::Small(_) | Sign::Big(_))))
            {
                return None;
            }
        } else {
            self.run = arabic.digits;
        }
        self.wait(arabic.value, Decimal::ZERO, true, !arabic.has_point);
        Some(rest)
    }

    /// Chinese digits in a row: 三, 二〇二四, 三五(百), and after a multiplier 零五.
    fn chinese<'s>(&mut self, input: &'s str) -> Option<&'s str> {
        if self.pending.is_some() {
            return None;
        }
        if self.last_shift > 0 || self.section_shift.is_some() {
            return self.chinese_after_multiplier(input);
        }
        let (rest, count, value) = chinese_run(input);
        if let Some(width) = neighbours(input, count)
            && let Some(Sign::Small(_) | Sign::Big(_)) = rest.chars().next().and_then(sign_of)
        {
            let first = input.chars().next().and_then(chinese_digit)?;
            self.wait(
                Some(Decimal::from(i64::from(first))),
                Decimal::from(width),
                false,
                true,
            );
            return Some(rest);
        }
        self.run = count;
        self.wait(value, Decimal::ZERO, false, true);
        Some(rest)
    }

    fn chinese_after_multiplier<'s>(&mut self, input: &'s str) -> Option<&'s str> {
        let rest = input.trim_start_matches(|c| chinese_digit(c) == Some(0));
        if rest.len() != input.len() {
            let after = rest.trim_start_matches(chars::is_space);
            let goes_on = after.chars().next().is_some_and(|c| {
                chars::is_digit(c)
                    || matches!(
                        sign_of(c),
                        Some(Sign::Digit(_) | Sign::Small(_) | Sign::Some | Sign::Tens(_))
                    )
            });
            self.zero = true;
            return goes_on.then_some(rest);
        }
        // 两万两: a 两 that no multiplier follows is the unit.
        let multiplied = |rest: &str| {
            matches!(
                rest.chars().next().and_then(sign_of),
                Some(Sign::Small(_) | Sign::Big(_))
            )
        };
        if rest.starts_with(is_pair) && !multiplied(rest.trim_start_matches(is_pair)) {
            return None;
        }
        let (after_run, count, _) = chinese_run(rest);
        let mut signs = rest.chars();
        let first = i64::from(signs.next().and_then(chinese_digit)?);
        let one = signs.as_str();
        let pair = neighbours(rest, count).filter(|_| {
            self.section_shift == Some(1)
                || matches!(after_run.chars().next().and_then(sign_of), Some(Sign::Small(s)) if Some(s) < self.section_shift.or(Some(4)))
        });
        match pair {
            Some(width) => {
                self.wait(
                    Some(Decimal::from(first)),
                    Decimal::from(width),
                    false,
                    true,
                );
                Some(after_run)
            }
            None => {
                self.wait(Some(Decimal::from(first)), Decimal::ZERO, false, true);
                Some(one)
            }
        }
    }

    fn wait(&mut self, low: Option<Decimal>, width: Decimal, arabic: bool, plain: bool) {
        self.lost |= low.is_none();
        if !self.read {
            self.arabic = arabic;
        }
        self.pending = Some(Pending {
            low,
            width,
            arabic,
            plain,
        });
        self.read = true;
    }

    fn tens(&mut self, tens: u32) -> bool {
        if self.pending.is_some() || self.section_shift.is_some_and(|s| s <= 1) {
            return false;
        }
        self.section = self
            .section
            .checked_add(Decimal::from(i64::from(tens) * 10))
            .unwrap_or_default();
        self.section_shift = Some(1);
        self.last_shift = 1;
        self.read = true;
        true
    }

    /// 十, 百, 千: must get smaller inside a section.
    fn small<'s>(&mut self, shift: u32, rest: &'s str) -> Option<&'s str> {
        if self.section_shift.is_some_and(|last| shift >= last) {
            return None;
        }
        // 一百十 leaves out a 一; 零十 has only noughts before its 十.
        let next_below = self.section_shift == Some(shift + 1);
        let nought = |p: &Pending| p.low == Some(Decimal::ZERO) && !p.arabic && p.plain;
        let pending = match self.pending.take().filter(|p| !nought(p)) {
            Some(pending) => pending,
            None if self.section_shift.is_some() && !self.zero && !next_below => return None,
            None => {
                self.bare |= !self.read && shift > 1;
                Pending {
                    low: Some(Decimal::ONE),
                    width: Decimal::ZERO,
                    arabic: false,
                    plain: true,
                }
            }
        };
        let product = pending.low.and_then(|low| low.shift(shift as i32));
        self.section = self.add(self.section, product);
        if pending.width != Decimal::ZERO {
            self.width = pending.width.shift(shift as i32).unwrap_or_default();
        }
        self.section_shift = Some(shift);
        self.took(shift);
        Some(rest)
    }

    /// 万, 亿, 兆: closes the section.
    fn big<'s>(&mut self, shift: u32, rest: &'s str) -> Option<&'s str> {
        if !self.read {
            // 万余, 万三, 万亿; 万 alone is a word.
            let next = rest.chars().next().and_then(sign_of);
            let more = matches!(next, Some(Sign::Digit(_) | Sign::More));
            let trillion = shift == 4 && next == Some(Sign::Big(8));
            if !more && !trillion {
                return None;
            }
            self.bare = true;
            self.total = Decimal::ONE.shift(shift as i32)?;
            self.total_shift = shift;
            self.read = true;
            self.took(shift);
            return Some(rest);
        }
        let empty = self.pending.is_none() && self.section_shift.is_none();
        let pending = self.pending.take();
        if let Some(pending) = pending
            && pending.width != Decimal::ZERO
        {
            self.width = pending.width;
        }
        let low = pending.map_or(Some(Decimal::ZERO), |p| p.low);
        let section = self.add(self.section, low);
        if empty || shift > self.total_shift {
            let sum = self.add(self.total, Some(section));
            self.total = self.shifted(sum, shift);
        } else {
            let product = self.shifted(section, shift);
            self.total = self.add(self.total, Some(product));
        }
        self.width = self.width.shift(shift as i32).unwrap_or_default();
        self.total_shift = shift;
        self.section = Decimal::ZERO;
        self.section_shift = None;
        self.took(shift);
        Some(rest)
    }

    fn took(&mut self, shift: u32) {
        self.last_shift = shift;
        self.zero = false;
        self.read = true;
    }

    /// 点 and the digits behind it.
    fn point<'s>(&mut self, input: &'s str) -> Option<&'s str> {
        if !self.read {
            return None;
        }
        let mut digits = Digits::default();
        let input = input.trim_start_matches(' ');
        let mut rest = input;
        for c in input.chars() {
            let Some(digit) = chars::digit_value(c).or_else(|| chinese_digit(c)) else {
                break;
            };
            digits.push(digit);
            rest = &rest[c.len_utf8()..];
        }
        let behind = u32::try_from(digits.count).ok().filter(|&n| n > 0)?;
        let (whole, _) = self.value();
        let value = whole
            .zip(digits.value(behind))
            .and_then(|(a, b)| a.checked_add(b));
        self.lost |= value.is_none();
        self.closed = self.total_shift > 0;
        (self.total, self.section) = (Decimal::ZERO, Decimal::ZERO);
        (self.total_shift, self.section_shift, self.last_shift) = (0, None, 0);
        self.pending = Some(Pending {
            low: value,
            width: Decimal::ZERO,
            arabic: true,
            plain: false,
        });
        Some(rest)
    }

    /// 几: 几十, 十几, 一百零几万.
    fn some<'s>(&mut self, rest: &'s str) -> Option<&'s str> {
        if self.pending.is_some() {
            return None;
        }
        if !self.read {
            let Some(Sign::Small(_) | Sign::Big(_)) = rest.chars().next().and_then(sign_of) else {
                return None;
            };
            self.wait(Some(Decimal::ONE), Decimal::from(9), false, true);
            return Some(rest);
        }
        if self.last_shift == 1 {
            self.width = Decimal::from(10);
        }
        self.more = true;
        Some(rest)
    }

    /// 余, 多 before a multiplier: 一千多万, 500余亿.
    fn and_more<'s>(&mut self, rest: &'s str) -> Option<&'s str> {
        let next = rest.trim_start_matches(chars::is_space).chars().next();
        if !self.read || !matches!(next.and_then(sign_of), Some(Sign::Big(_))) {
            return None;
        }
        self.more = true;
        self.width = Decimal::ZERO;
        Some(rest)
    }

    fn add(&mut self, a: Decimal, b: Option<Decimal>) -> Decimal {
        match b.and_then(|b| a.checked_add(b)) {
            Some(sum) => sum,
            None => {
                self.lost = true;
                a
            }
        }
    }

    fn shifted(&mut self, value: Decimal, shift: u32) -> Decimal {
        match value.shift(shift as i32) {
            Some(value) => value,
            None => {
                self.lost = true;
                value
            }
        }
    }

    /// The lower and, where there is one, the upper value.
    fn value(&self) -> (Option<Decimal>, Option<Decimal>) {
        if self.lost {
            return (None, None);
        }
        let mut width = self.width;
        let last = match self.pending {
            None => Some(Decimal::ZERO),
            Some(pending) => {
                // 四百五 is 450, 四百零五 405.
                let short = self.last_shift > 1 && !pending.arabic && !self.zero && pending.plain;
                let places = if short { self.last_shift as i32 - 1 } else { 0 };
                if pending.width != Decimal::ZERO {
                    width = pending.width;
                }
                pending.low.and_then(|low| low.shift(places))
            }
        };
        let value = last
            .and_then(|last| self.section.checked_add(last))
            .and_then(|sum| self.total.checked_add(sum));
        let upper = (width != Decimal::ZERO)
            .then(|| value.and_then(|value| value.checked_add(width)))
            .flatten();
        (value, upper)
    }
}

/// Chinese digits in a row: what follows, how many, their value read place by place.
fn chinese_run(input: &str) -> (&str, usize, Option<Decimal>) {
    let mut digits = Digits::default();
    let mut rest = input;
    for c in input.chars() {
        if digits.count > 0 && is_pair(c) && !(digits.count == 1 && one_or_two(input)) {
            break;
        }
        let digit = match c {
            // 二ＯＯ七: letters for noughts, between digits only.
            'O' | 'Ｏ' | 'o' | '0' | '０' if digits.count > 0 => Some(0),
            _ => chinese_digit(c),
        };
        let Some(digit) = digit else { break };
        digits.push(digit);
        rest = &rest[c.len_utf8()..];
    }
    (rest, digits.count, digits.value(0))
}

/// 两 and its like: a digit at the head of a number only.
fn is_pair(c: char) -> bool {
    matches!(c, '两' | '兩' | '俩' | '倆')
}

/// The 一两 of 一两年; at an end 一两 is a weight.
fn one_or_two(input: &str) -> bool {
    let after = input
        .strip_prefix("一两")
        .and_then(|rest| rest.chars().next());
    after.is_some_and(|c| chars::is_han(c) && !"以左的或及和与".contains(c))
}

/// How far apart the two digits of 三五, 七八, 两三 are.
fn neighbours(input: &str, count: usize) -> Option<i64> {
    let mut digits = input.chars().filter_map(chinese_digit);
    let (a, b) = (i64::from(digits.next()?), i64::from(digits.next()?));
    (count == 2 && a > 0 && (b == a + 1 || (a, b) == (3, 5))).then_some(b - a)
}

/// The two values of 三五, 七八, 两三 where just two neighbouring digits stand.
pub fn approximate_pair(text: &str) -> Option<(Decimal, Decimal)> {
    let first = i64::from(text.chars().next().and_then(chinese_digit)?);
    let width = neighbours(text, text.chars().count())?;
    Some((Decimal::from(first), Decimal::from(first + width)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(input: &str, text: &str, value: &str) {
        let (rest, number) = number(input, &|rest| rest.starts_with("千瓦")).unwrap();
        assert_eq!(number.text, text);
        assert_eq!(number.value.unwrap().to_string(), value, "{input}");
        assert_eq!(rest, &input[text.len()..]);
    }

    #[test]
    fn numbers() {
        check("三", "三", "3");
        check("二〇二四年", "二〇二四", "2024");
        check("一百二十", "一百二十", "120");
        check("1.2万亿元", "1.2万亿", "1200000000000");
        check("五点五万", "五点五万", "55000");
        check("3万4000", "3万4000", "34000");
        check("100千瓦", "100", "100");
        check("四百五", "四百五", "450");
        check("两千零三十", "两千零三十", "2030");
        check("一千多万", "一千多万", "10000000");
        check("1,050,000.5", "1,050,000.5", "1050000.5");
        check("2011.6.23", "2011", "2011");
        check("廿三", "廿三", "23");
        check("负十五万点三七九", "负十五万点三七九", "-150000.379");
        check(
            "五兆六十二亿四万五千二",
            "五兆六十二亿四万五千二",
            "5006200045200",
        );
        check("一百十", "一百十", "110");
        check("零十", "零十", "10");
        check("两万两", "两万", "20000");
        check("两个亿", "两个亿", "200000000");
        check("五打", "五打", "60");
        check("五打造", "五", "5");
        check("7 万5 千4 百", "7 万5 千4 百", "75400");
    }
}
