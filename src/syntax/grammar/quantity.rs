//! 数量: a number with what it counts or measures; shares, ratios, multiples and ranges.
//!
//! The units are handed in ([`Lexicon`]): the grammar knows the forms, not the words.

use nom::Parser;
use nom::branch::alt;
use nom::bytes::complete::{tag, take_while};
use nom::character::complete::{one_of, satisfy};
use nom::combinator::{map_opt, not, opt, recognize, value, verify};
use nom::sequence::{delimited, pair, preceded, terminated};

use super::Parse;
use super::number::{self, Number, Script, number};
use crate::decimal::Decimal;
use crate::text::chars;

/// The units that numbers may carry.
pub trait Lexicon {
    /// What is known of a unit.
    type Unit: Copy;

    /// The longest unit that `input` starts with, and how long it is.
    fn unit(&self, input: &str, script: Script) -> Option<(usize, Self::Unit)>;

    /// Whether `input` starts with a unit that is longer than its first character: 千瓦, not 千.
    fn unit_at_multiplier(&self, input: &str) -> bool;

    /// By how many places a value in this unit shifts to be in the unit that is given out (角: -1).
    fn shift(&self, unit: Self::Unit) -> i32;

    /// Whether a unit is a measure word behind which the very unit may stand: the 个 of 20个比特币.
    fn is_classifier(&self, unit: Self::Unit) -> bool;

    /// Whether a unit is of time.
    fn is_time(&self, unit: Self::Unit) -> bool;

    /// Whether a unit is of money.
    fn is_money(&self, unit: Self::Unit) -> bool;

    /// A smaller unit that goes on with a larger one (元: 角, 分): its length, and its places below the larger.
    fn smaller(&self, unit: Self::Unit, input: &str) -> Option<(usize, i32)>;

    /// Whether a bare digit may stand for the next smaller unit (九块九, 三米五).
    fn takes_bare_digit(&self, unit: Self::Unit) -> bool;
}

/// A number with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount<'s, U> {
    /// All its words, without bounds.
    pub core: &'s str,
    /// Its numerals.
    pub numbers: Vec<(&'s str, Option<Decimal>)>,
    /// What it is.
    pub form: Form,
    /// The value, multiplied out.
    pub value: Option<Decimal>,
    /// The upper end of a range.
    pub upper: Option<Decimal>,
    /// The unit.
    pub unit: Option<U>,
    /// What the unit is divided by: 元/人.
    pub per: Option<&'s str>,
    /// Whether 余, 多 or 几 adds to it.
    pub more: bool,
    /// How it is written.
    pub script: Script,
    /// Whether the number says something without a unit: 一百二十, 二〇二四, but not 三 or 百.
    pub plain: bool,
}

impl<'s, U> Amount<'s, U> {
    /// An amount without a unit of its own.
    pub fn bare(
        core: &'s str,
        numbers: Vec<(&'s str, Option<Decimal>)>,
        form: Form,
        value: Option<Decimal>,
    ) -> Amount<'s, U> {
        Amount {
            core,
            numbers,
            form,
            value,
            upper: None,
            unit: None,
            per: None,
            more: false,
            script: Script::Chinese,
            plain: true,
        }
    }
}

/// The form of an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A number, with its unit or without.
    Plain,
    /// 百分之五, 三成, 八折: the value is in %.
    Percent,
    /// 三分之一.
    Fraction,
    /// 1:1.5.
    Ratio,
    /// 翻一番: the value is in 倍.
    Multiple,
}

/// A number with what belongs to it.
///
/// ```ebnf
/// amount = percent | power | ratio | fraction | tenths | measured ;
/// ```
pub fn amount<'s, L: Lexicon>(input: &'s str, lexicon: &L) -> Parse<'s, Amount<'s, L::Unit>> {
    let mut head = input.chars();
    let (first, second) = (head.next(), head.next());
    if first.is_some_and(|c| "负負百佰千仟万萬亿".contains(c))
        && let Ok(found) = percent(input, lexicon)
    {
        return Ok(found);
    }
    if second.is_some_and(chars::is_space)
        && let Ok(found) = spaced_discount(input)
    {
        return Ok(found);
    }
    let (rest, first) = number_of(input, lexicon)?;
    if let Ok(found) = power(input, rest, first) {
        return Ok(found);
    }
    if let Ok(found) = slashed(input, rest, first, lexicon) {
        return Ok(found);
    }
    if let Ok(found) = ratio(input, rest, first, lexicon) {
        return Ok(found);
    }
    if let Ok(found) = fraction(input, rest, first, lexicon) {
        return Ok(found);
    }
    if let Ok(found) = tenths(input, rest, first) {
        return Ok(found);
    }
    measured(input, rest, first, lexicon)
}

fn number_of<'s, L: Lexicon>(input: &'s str, lexicon: &L) -> Parse<'s, Number<'s>> {
    number(input, &|rest| lexicon.unit_at_multiplier(rest))
}

fn spaces(input: &str) -> Parse<'_, &str> {
    verify(take_while(chars::is_space), |s: &str| s.len() <= 9).parse(input)
}

fn up_to<'s>(input: &'s str, rest: &str) -> &'s str {
    &input[..input.len() - rest.len()]
}

/// Shares spelled out.
///
/// ```ebnf
/// percent = [ "负" ] , ( "百" | "千" | "万" | "百万" | … ) , "分之" , number , [ range , percent ] ;
/// ```
///
/// `百分之五`, `千分之二`; the value is in %
fn percent<'s, L: Lexicon>(input: &'s str, lexicon: &L) -> Parse<'s, Amount<'s, L::Unit>> {
    let (rest, (number, value)) = one_percent(input, lexicon)?;
    let mut amount = Amount::bare(
        up_to(input, rest),
        vec![(number.text, number.value)],
        Form::Percent,
        value,
    );
    if let Ok((after, (second, upper))) =
        preceded(range_mark, |i| one_percent(i, lexicon)).parse(rest)
    {
        amount.core = up_to(input, after);
        amount.numbers.push((second.text, second.value));
        amount.upper = upper;
        return Ok((after, amount));
    }
    Ok((rest, amount))
}

type Share<'s> = (Number<'s>, Option<Decimal>);

fn one_percent<'s, L: Lexicon>(input: &'s str, lexicon: &L) -> Parse<'s, Share<'s>> {
    let (rest, negative) = opt(alt((tag("负的"), tag("负"), tag("負")))).parse(input)?;
    let (rest, places) = alt((
        value(-4, alt((tag("百万"), tag("百萬")))),
        value(-5, alt((tag("千万"), tag("千萬")))),
        value(-6, alt((tag("万万"), tag("萬萬"), tag("亿")))),
        value(0, alt((tag("百"), tag("佰")))),
        value(-1, alt((tag("千"), tag("仟")))),
        value(-2, alt((tag("万"), tag("萬")))),
    ))
    .parse(rest)?;
    let (rest, _) = (spaces, tag("分"), spaces).parse(rest)?;
    let (rest, zhi) = opt(tag("之")).parse(rest)?;
    // 百分三十 leaves out the 之; 千分 and 万分 do not.
    if zhi.is_none() && places != 0 {
        return Err(nom::Err::Error(()));
    }
    let (rest, number) = preceded(spaces, |i| number_of(i, lexicon)).parse(rest)?;
    let (rest, thousand) = thousand_letter(rest);
    let value = number
        .value
        .and_then(|v| v.shift(places + thousand))
        .map(|v| if negative.is_some() { v.negate() } else { v });
    Ok((rest, (number, value)))
}

/// `分之`, with the spaces of a PDF.
fn parts_of(input: &str) -> Parse<'_, ()> {
    let (rest, _) = (spaces, tag("分"), spaces, tag("之")).parse(input)?;
    Ok((rest, ()))
}

/// `15k`: the letter shifts by three places.
fn thousand_letter(input: &str) -> (&str, i32) {
    let letter = preceded(
        spaces,
        terminated(
            one_of::<_, _, ()>("kKｋ"),
            not(satisfy(|c| c.is_ascii_alphanumeric())),
        ),
    )
    .parse(input);
    match letter {
        Ok((rest, _)) => (rest, 3),
        Err(_) => (input, 0),
    }
}

/// `三分之一`, `3又一千分之23`, `1/3`.
///
/// ```ebnf
/// fraction = [ number , "又" ] , number , "分之" , number | [ number , " " ] , number , "/" , number ;
/// ```
fn fraction<'s, L: Lexicon>(
    input: &'s str,
    rest: &'s str,
    first: Number<'s>,
    lexicon: &L,
) -> Parse<'s, Amount<'s, L::Unit>> {
    let (rest, whole, below) = match delimited(spaces, tag::<_, _, ()>("又"), spaces).parse(rest) {
        Ok((rest, _)) => {
            let (rest, below) = number_of(rest, lexicon)?;
            (rest, first.value, below)
        }
        Err(_) => (rest, Some(Decimal::ZERO), first),
    };
    let short = preceded(tag("份"), |i| number_of(i, lexicon)).parse(rest);
    let (rest, above) = match short {
        // 三份一, where nothing else can be meant.
        Ok((after, above))
            if below.script == Script::Chinese && !after.starts_with(chars::is_han) =>
        {
            (after, above)
        }
        _ => {
            let (rest, ()) = parts_of(rest)?;
            preceded(spaces, |i| number_of(i, lexicon)).parse(rest)?
        }
    };
    let part = quotient(above.value, below.value);
    let value = whole.zip(part).and_then(|(w, p)| {
        let part = if w.is_negative() { p.negate() } else { p };
        Some(w.checked_add(part)?.round_significant(15))
    });
    let core = up_to(input, rest);
    Ok((
        rest,
        Amount::bare(core, vec![(core, value)], Form::Fraction, value),
    ))
}

/// A quotient that does not end is rounded to the fifteen digits that spreadsheets show too.
fn quotient(above: Option<Decimal>, below: Option<Decimal>) -> Option<Decimal> {
    Some(above?.checked_div(below?)?.round_significant(15))
}

/// `1/3`, `1 3/5`.
///
/// ```ebnf
/// slashed = [ number , " " ] , number , "/" , number ;
/// ```
///
/// `2021/2022` is a school year, `1/3/5` a list.
fn slashed<'s, L: Lexicon>(
    input: &'s str,
    rest: &'s str,
    first: Number<'s>,
    lexicon: &L,
) -> Parse<'s, Amount<'s, L::Unit>> {
    let is_plain = |n: &Number<'_>| n.script == Script::Arabic && (1..4).contains(&n.digits);
    let mixed = preceded(tag(" "), |i| number_of(i, lexicon)).parse(rest);
    let (rest, whole, above) = match mixed {
        Ok((after, above)) if after.starts_with(['/', '／']) => (after, first.value, above),
        _ => (rest, Some(Decimal::ZERO), first),
    };
    let (rest, _) = one_of("/／").parse(rest)?;
    let (rest, below) = number_of(rest, lexicon)?;
    let goes_on = rest.starts_with(|c: char| "/／.-".contains(c) || c.is_ascii_alphanumeric());
    let part = quotient(above.value, below.value);
    let value = whole.zip(part).and_then(|(w, p)| w.checked_add(p));
    if !is_plain(&above) || !is_plain(&below) || goes_on || value.is_none() {
        return Err(nom::Err::Error(()));
    }
    let core = up_to(input, rest);
    Ok((
        rest,
        Amount::bare(core, vec![(core, value)], Form::Fraction, value),
    ))
}

/// `1.1^23`: a number and how often it is multiplied by itself.
///
/// ```ebnf
/// power = number , "^" , { "+" | "-" } , digit , [ digit ] ;
/// ```
fn power<'s, U>(input: &'s str, rest: &'s str, first: Number<'s>) -> Parse<'s, Amount<'s, U>> {
    let (rest, _) = tag("^").parse(rest)?;
    let (rest, signs) = take_while(|c| matches!(c, '+' | '-')).parse(rest)?;
    let (rest, times) = map_opt(take_while(chars::is_digit), |digits: &str| {
        digits.parse::<u32>().ok().filter(|n| *n <= 64)
    })
    .parse(rest)?;
    let product = first
        .value
        .and_then(|base| (0..times).try_fold(Decimal::ONE, |product, _| product.checked_mul(base)));
    let value = if signs.matches('-').count() % 2 == 1 {
        quotient(Some(Decimal::ONE), product)
    } else {
        product.map(|p| p.round_significant(15))
    };
    let core = up_to(input, rest);
    Ok((
        rest,
        Amount::bare(core, vec![(core, value)], Form::Plain, value),
    ))
}

/// `1:1.5`, `4:3:2:1`.
///
/// ```ebnf
/// ratio = number , ":" , number , { ":" , number } ;
/// ```
///
/// The value is the side that is not one; with more than two sides there is none.
fn ratio<'s, L: Lexicon>(
    input: &'s str,
    rest: &'s str,
    first: Number<'s>,
    lexicon: &L,
) -> Parse<'s, Amount<'s, L::Unit>> {
    let mut numbers = vec![(first.text, first.value)];
    let mut rest = rest;
    let mut last = first;
    if first.script != Script::Arabic {
        return Err(nom::Err::Error(()));
    }
    loop {
        let next = preceded(satisfy(chars::is_colon), |i| number_of(i, lexicon)).parse(rest);
        match next {
            Ok((after, number)) if number.script == Script::Arabic => {
                numbers.push((number.text, number.value));
                (rest, last) = (after, number);
            }
            _ => break,
        }
    }
    let value = match numbers.len() {
        1 => return Err(nom::Err::Error(())),
        2 if first.value == Some(Decimal::ONE) => last.value,
        2 if last.value == Some(Decimal::ONE) => first.value,
        _ => None,
    };
    Ok((
        rest,
        Amount::bare(up_to(input, rest), numbers, Form::Ratio, value),
    ))
}

/// `三成`, `七成六`, `八折`, `9.9折`.
///
/// ```ebnf
/// tenths = number , "成" , [ digit ] | number , "折" ;
/// ```
fn tenths<'s, U>(input: &'s str, rest: &'s str, first: Number<'s>) -> Parse<'s, Amount<'s, U>> {
    let tenth = first.value.and_then(|v| v.shift(1));
    let (after, discount) = preceded(
        spaces,
        alt((value(false, tag("成")), value(true, tag("折")))),
    )
    .parse(rest)?;
    let mut numbers = vec![(first.text, first.value)];
    let ends = |rest: &str| {
        rest.chars()
            .next()
            .is_none_or(|c| !chars::is_han(c) || "以左的多和与及至到优".contains(c))
    };
    if discount {
        let two_digits = first.digits == 2;
        let value = if two_digits { first.value } else { tenth };
        if !ends(after) {
            return Err(nom::Err::Error(()));
        }
        return Ok((
            after,
            Amount::bare(up_to(input, after), numbers, Form::Percent, value),
        ));
    }
    let trimmed = after.trim_start_matches(chars::is_space);
    if let Some(c) = trimmed.chars().next()
        && let Some(digit) = number::chinese_digit(c)
        && ends(&trimmed[c.len_utf8()..])
    {
        let rest = &trimmed[c.len_utf8()..];
        numbers.push((up_to(trimmed, rest), Some(Decimal::from(i64::from(digit)))));
        let value = tenth.and_then(|t| t.checked_add(Decimal::from(i64::from(digit))));
        return Ok((
            rest,
            Amount::bare(up_to(input, rest), numbers, Form::Percent, value),
        ));
    }
    if !ends(after) {
        return Err(nom::Err::Error(()));
    }
    Ok((
        after,
        Amount::bare(up_to(input, after), numbers, Form::Percent, tenth),
    ))
}

/// `7 2 折`: two digits that a page has pulled apart.
fn spaced_discount<'s, U>(input: &'s str) -> Parse<'s, Amount<'s, U>> {
    let digit = || {
        map_opt(satisfy(|_| true), |c| {
            chars::digit_value(c).or_else(|| number::chinese_digit(c))
        })
    };
    let (rest, (tens, _, ones, _)) = (digit(), one_of(" 　"), digit(), spaces).parse(input)?;
    let core_numbers = up_to(input, rest);
    let (rest, _) = tag("折").parse(rest)?;
    let value = Some(Decimal::from(i64::from(tens * 10 + ones)));
    let core = up_to(input, rest);
    Ok((
        rest,
        Amount::bare(core, vec![(core_numbers, value)], Form::Percent, value),
    ))
}

/// What stands between the ends of a range: `—`, `-`, `~`, `至`, `到`.
pub fn range_mark(input: &str) -> Parse<'_, &str> {
    let mark = alt((
        tag("——"),
        tag("--"),
        tag("至"),
        tag("到"),
        recognize(one_of("-－—–―~～〜﹣−")),
    ));
    delimited(spaces, mark, spaces).parse(input)
}

/// A number or a range with its unit.
///
/// ```ebnf
/// measured = number , [ more ] , [ unit ] , [ range , number , [ more ] , [ unit ] ] , [ "/" , unit ] , [ "半" ] ;
/// more     = "余" | "多" ;
/// ```
///
/// `300家`, `3—5家`, `1.2亿元`, `120余家`, `1000元/人`, `三年半`
fn measured<'s, L: Lexicon>(
    input: &'s str,
    rest: &'s str,
    first: Number<'s>,
    lexicon: &L,
) -> Parse<'s, Amount<'s, L::Unit>> {
    let one = with_unit(rest, first, lexicon);
    let mut amount = Amount {
        core: up_to(input, one.rest),
        numbers: vec![(first.text, first.value)],
        form: Form::Plain,
        value: one.value,
        upper: one.upper,
        unit: one.unit,
        per: None,
        more: one.more,
        script: first.script,
        plain: !first.bare
            && (first.scale > 0 || first.digits > 1 || first.script == Script::Arabic),
    };
    let mut rest = one.rest;
    let inclusive = alt((tag::<_, _, ()>("（含）"), tag("(含)"))).parse(rest);
    let range_at = inclusive.map_or(rest, |(after, _)| after);
    if let Ok((after, second)) = preceded(range_mark, |i| number_of(i, lexicon)).parse(range_at) {
        let negative = second.value.is_some_and(Decimal::is_negative);
        let two = with_unit(after, second, lexicon);
        let fits = one.unit.is_none() || two.unit.is_some();
        if fits && !negative && upwards(&amount, first, second, &two) {
            if one.unit.is_none() {
                amount.value = share_scale(first, second);
            }
            amount.numbers.push((second.text, second.value));
            amount.upper = two.upper.or(two.value);
            amount.unit = two.unit.or(one.unit);
            amount.core = up_to(input, two.rest);
            amount.plain = true;
            rest = two.rest;
        }
    }
    if amount.unit.is_some()
        && let Ok((after, per)) = per(rest, lexicon)
    {
        amount.per = Some(per);
        amount.core = up_to(input, after);
        rest = after;
    }
    Ok((rest, amount))
}

/// Whether a range goes up, so that 12-5 is none.
fn upwards<U>(
    amount: &Amount<'_, U>,
    first: Number<'_>,
    second: Number<'_>,
    two: &Measured<'_, U>,
) -> bool {
    let low = if amount.unit.is_none() {
        share_scale(first, second)
    } else {
        amount.value
    };
    match (low, two.value) {
        (Some(low), Some(high)) => low < high,
        _ => false,
    }
}

/// 5-10万: the 5 is of 万 too.
fn share_scale(first: Number<'_>, second: Number<'_>) -> Option<Decimal> {
    let low = first.value?;
    let places = second.scale as i32;
    if first.scale > 0 && first.scale >= second.scale || places < 2 {
        return Some(low);
    }
    let coefficient = second.value?.shift(-places)?;
    if low < coefficient {
        low.shift(places)
    } else {
        Some(low)
    }
}

/// A number with the unit that follows it.
struct Measured<'s, U> {
    rest: &'s str,
    value: Option<Decimal>,
    upper: Option<Decimal>,
    unit: Option<U>,
    more: bool,
}

fn with_unit<'s, L: Lexicon>(
    rest: &'s str,
    number: Number<'s>,
    lexicon: &L,
) -> Measured<'s, L::Unit> {
    let (after_letter, thousand) = thousand_letter(rest);
    let (after_more, more) =
        match alt((tag::<_, _, ()>("余"), tag("多"), tag("餘"))).parse(after_letter) {
            Ok((after, _)) => (after, true),
            Err(_) => (after_letter, false),
        };
    let mut measured = Measured {
        rest,
        value: number.value.and_then(|v| v.shift(thousand)),
        upper: number.upper.and_then(|v| v.shift(thousand)),
        unit: None,
        more: number.more,
    };
    let unit_at = after_more.trim_start_matches(chars::is_space);
    let spaced = after_more.len() - unit_at.len();
    if spaced <= 9
        && let Some((length, unit)) = lexicon.unit(unit_at, number.script)
    {
        measured.rest = &unit_at[length..];
        measured.unit = Some(unit);
        measured.more |= more;
        if lexicon.is_classifier(unit) {
            very_unit(&mut measured, number.script, lexicon);
        }
        let shift = measured.unit.map_or(0, |unit| lexicon.shift(unit));
        measured.value = measured.value.and_then(|v| v.shift(shift));
        measured.upper = measured.upper.and_then(|v| v.shift(shift));
        if measured.upper.is_none() {
            smaller_units(&mut measured, number.script, lexicon);
        }
        if measured.upper.is_none()
            && number.scale == 0
            && let Some((low, high)) = number::approximate_pair(number.text)
        {
            (measured.value, measured.upper) = (Some(low), Some(high));
        }
        if let Ok((after, _)) = half(measured.rest) {
            let half = Decimal::new(5, 1);
            measured.value = measured.value.zip(half).and_then(|(v, h)| v.checked_add(h));
            measured.rest = after;
        }
        half_of_a_classifier(&mut measured, number.script, lexicon);
    } else if more && rest.len() != after_more.len() {
        measured.rest = after_more;
        measured.more = true;
    } else if thousand > 0 {
        measured.rest = after_letter;
    }
    measured
}

/// The 半月 of 两个半月, the 多月 of 三个多月.
fn half_of_a_classifier<L: Lexicon>(
    measured: &mut Measured<'_, L::Unit>,
    script: Script,
    lexicon: &L,
) {
    let added = alt((value(5, tag::<_, _, ()>("半")), value(0, tag("多")))).parse(measured.rest);
    let (Some(unit), Ok((rest, tenths))) = (measured.unit, added) else {
        return;
    };
    let Some((length, time)) = lexicon.unit(rest, script) else {
        return;
    };
    if !lexicon.is_classifier(unit) || !lexicon.is_time(time) {
        return;
    }
    measured.rest = &rest[length..];
    measured.unit = Some(time);
    measured.more |= tenths == 0;
    let half = Decimal::new(tenths, 1);
    measured.value = measured.value.zip(half).and_then(|(v, h)| v.checked_add(h));
}

/// The 比特币 of 20个比特币.
fn very_unit<L: Lexicon>(measured: &mut Measured<'_, L::Unit>, script: Script, lexicon: &L) {
    if let Some((length, unit)) = lexicon.unit(measured.rest, script)
        && lexicon.is_money(unit)
    {
        measured.rest = &measured.rest[length..];
        measured.unit = Some(unit);
    }
}

/// What smaller units add: 五元三毛, 九角九分, 九块九, 三米五.
///
/// ```ebnf
/// smaller = { [ "又" ] , number , smaller_unit } , [ digit ] ;
/// ```
fn smaller_units<L: Lexicon>(measured: &mut Measured<'_, L::Unit>, script: Script, lexicon: &L) {
    let Some(unit) = measured.unit else { return };
    let mut places = lexicon.shift(unit);
    for _ in 0..3 {
        let at = measured.rest.strip_prefix('又').unwrap_or(measured.rest);
        let Ok((after, part)) = number(at, &|_| true) else {
            break;
        };
        let added = match lexicon.smaller(unit, after) {
            Some((length, shift)) if shift < places => {
                places = shift;
                measured.rest = &after[length..];
                part.value.and_then(|v| v.shift(shift))
            }
            _ => {
                let bare = script == Script::Chinese
                    && part.text.chars().count() == 1
                    && lexicon.takes_bare_digit(unit)
                    && !after.starts_with(chars::is_han);
                if bare {
                    measured.rest = after;
                    let tenth = part.value.and_then(|v| v.shift(places - 1));
                    measured.value = measured
                        .value
                        .zip(tenth)
                        .and_then(|(v, a)| v.checked_add(a));
                }
                break;
            }
        };
        measured.value = measured
            .value
            .zip(added)
            .and_then(|(v, a)| v.checked_add(a));
    }
}

/// The 半 of 三年半, 一个半.
fn half(input: &str) -> Parse<'_, &str> {
    let next = satisfy(|c| chars::is_han(c) && !"以的内左后前多".contains(c));
    terminated(tag("半"), not(next)).parse(input)
}

/// `/人`, `／立方米`, `/万元`: what the unit is divided by.
fn per<'s, L: Lexicon>(input: &'s str, lexicon: &L) -> Parse<'s, &'s str> {
    let (at, _) = pair(spaces, one_of("/／")).parse(input)?;
    let at = at.trim_start_matches(chars::is_space);
    let unit = at.trim_start_matches(['百', '千', '万', '亿']);
    let scale = at.len() - unit.len();
    let (scale, unit) = if lexicon.unit(at, Script::Arabic).is_some() || scale > 6 {
        (0, at)
    } else {
        (scale, unit)
    };
    match lexicon.unit(unit, Script::Arabic) {
        Some((length, _)) => Ok((&unit[length..], &at[..scale + length])),
        None => Err(nom::Err::Error(())),
    }
}
