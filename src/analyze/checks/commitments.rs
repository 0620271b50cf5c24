//! Targets and deadlines against the dates of the notice and against each other.

use std::collections::BTreeMap;

use super::MOST;
use super::fields::published_soon;
use crate::analyze::assemble::all_nodes;
use crate::date::Date;
use crate::decimal::Decimal;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Change, Comparator, Deadline, Header, Notice, Period, QuantityKind, Target};
use crate::span::Span;
use crate::text::Locator;

/// What is measured: the indicator, the day, and the unit.
type Measured<'n> = (&'n str, Option<Date>, &'n str);

/// Checks what the notice commits to.
pub fn check(locator: &Locator<'_>, notice: &Notice, found: &mut Vec<Diagnostic>) {
    let mut by_indicator: BTreeMap<Measured<'_>, Vec<(&Target, usize)>> = BTreeMap::new();
    let mut late = Late::new(&notice.header);
    for (n, node) in all_nodes(notice).enumerate() {
        for target in &node.targets {
            late.look(target.deadline.as_ref(), target.span);
            period(target.period.as_ref(), target.span, found);
            share(target, found);
            bound(&target.quantity.text, target.quantity.span, found);
            if let (Some(indicator), Some(unit)) = (&target.indicator, &target.quantity.unit) {
                let key = (indicator.as_str(), target.due, unit.as_str());
                by_indicator.entry(key).or_default().push((target, n));
            }
        }
        for milestone in &node.milestones {
            late.look(milestone.deadline.as_ref(), milestone.span);
            period(milestone.period.as_ref(), milestone.span, found);
        }
        for mention in &node.mentions {
            bound(&mention.text, mention.span, found);
        }
    }
    late.report(locator, found);
    for targets in by_indicator.values() {
        contradiction(targets, found);
    }
}

/// So far behind its clause a deadline may stand: （3月底前完成，某单位牵头）.
const BEHIND: u32 = 300;

/// The deadlines that were over when the notice was written or, where it was published soon after, published; and those
/// that come when the notice has expired.
///
/// Each day is told once, with all the places that name it. Quiet for what is no time to do something by: 以前 of a
/// scope (1998年9月以前建设的), 起 of a start, 1个月内 of a procedure, 当年3月底前 of each year.
#[derive(Debug)]
struct Late<'n> {
    written: Option<Date>,
    /// The day of publication, where it measures deadlines.
    published: Option<Date>,
    expires: Option<Date>,
    days: BTreeMap<(Code, Date), Vec<(&'n str, Span)>>,
}

impl<'n> Late<'n> {
    fn new(header: &Header) -> Late<'n> {
        let (written, published) = (header.written_on, header.published_on);
        Late {
            written,
            published: published.filter(|p| written.is_some_and(|w| published_soon(w, *p))),
            expires: header.expires_on,
            days: BTreeMap::new(),
        }
    }

    fn look(&mut self, deadline: Option<&'n Deadline>, span: Span) {
        let Some((deadline, day)) = deadline.and_then(|d| Some((d, d.date?))) else {
            return;
        };
        let code = if self.written.is_some_and(|written| day < written) {
            Code::DeadlineBeforeNotice
        } else if self.published.is_some_and(|published| day < published) {
            Code::DeadlineBeforePublication
        } else if self.expires.is_some_and(|expires| expires < day) {
            Code::DeadlineAfterExpiry
        } else {
            return;
        };
        if !is_day_of_calendar(&deadline.text) {
            return;
        }
        if self.days.len() < MOST || self.days.contains_key(&(code, day)) {
            self.days
                .entry((code, day))
                .or_default()
                .push((&deadline.text, span));
        }
    }

    fn report(&self, locator: &Locator<'_>, found: &mut Vec<Diagnostic>) {
        for ((code, day), items) in &self.days {
            let mut places: Vec<Span> = Vec::new();
            let mut written: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
            for &(text, span) in items {
                let all = written
                    .entry(text)
                    .or_insert_with(|| occurrences(locator, text));
                // The words stand in the clause, or govern it from before.
                let before = all.partition_point(|place| place.start < span.end);
                let before = before.checked_sub(1).and_then(|at| all.get(at));
                let behind = || all.iter().find(|place| place.start < span.end + BEHIND);
                match before.or_else(behind) {
                    Some(place) => places.push(*place),
                    // They stand in the text with a space inside, or every year anew.
                    None if all.is_empty() && !locator.text().contains(text) => places.push(span),
                    None => {}
                }
            }
            places.sort();
            places.dedup();
            let Some((first, others)) = places.split_first() else {
                continue;
            };
            let than = match code {
                Code::DeadlineBeforeNotice => self.written,
                Code::DeadlineAfterExpiry => self.expires,
                _ => self.published,
            };
            let than = than.map(|date| date.to_string()).unwrap_or_default();
            let finding = Diagnostic::new(*code, Some(*first), &[&day.to_string(), &than]);
            found.push(finding.with_related(others.to_vec()));
        }
    }
}

/// Where words stand in the text, but for those that come again each year.
fn occurrences(locator: &Locator<'_>, words: &str) -> Vec<Span> {
    let text = locator.text();
    let places = text.match_indices(words).filter(|(at, _)| {
        let before = &text[..*at];
        !["当年", "次年", "翌年", "每年", "各年", "下年", "该年"]
            .iter()
            .any(|year| before.ends_with(year))
    });
    places.map(|(_, place)| locator.span(place)).collect()
}

/// 6月底前, 2024年底前, 5月31日前: a day of the calendar by which something is done.
fn is_day_of_calendar(words: &str) -> bool {
    let other = ["以前", "之前", "起", "以来", "内", "每", "当", "次", "开始"];
    let dated = ["月", "年底", "年末", "季度"];
    dated.iter().any(|word| words.contains(word)) && !other.iter().any(|word| words.contains(word))
}

/// What says a bound before a number, and what says the same behind it.
const BOUNDS: [(&[&str], &[&str]); 3] = [
    (
        &[
            "不低于",
            "不少于",
            "至少",
            "超过",
            "高于",
            "突破",
            "大于",
            "多于",
        ],
        &["以上"],
    ),
    (
        &["不超过", "不高于", "不多于", "至多", "低于"],
        &["以下", "以内"],
    ),
    (&["约", "大约", "近"], &["左右", "上下"]),
];

/// `不少于100家以上`: one bound said twice.
fn bound(words: &str, span: Span, found: &mut Vec<Diagnostic>) {
    let twice = |(before, behind): &(&[&str], &[&str])| {
        behind.iter().any(|word| words.ends_with(word))
            && before.iter().any(|word| words.starts_with(word))
    };
    // 超过5亿元及以上 is clumsy, but says something else.
    if !words.contains('及') && BOUNDS.iter().any(twice) {
        found.push(Diagnostic::new(Code::BoundDoubled, Some(span), &[words]));
    }
}

fn period(period: Option<&Period>, span: Span, found: &mut Vec<Diagnostic>) {
    if let Some(period) = period
        && let (Some(start), Some(end)) = (period.start, period.end)
        && start > end
    {
        found.push(Diagnostic::new(
            Code::PeriodReversed,
            Some(span),
            &[&period.text],
        ));
    }
}

/// Words after which a percentage is a part of a whole.
const SHARES: [&str; 12] = [
    "占比",
    "比重",
    "合格率",
    "达标率",
    "普及率",
    "办结率",
    "满意率",
    "满意度",
    "开工率",
    "网办率",
    "入库率",
    "签约率",
];

/// A share of more than the whole.
fn share(target: &Target, found: &mut Vec<Diagnostic>) {
    let quantity = &target.quantity;
    let whole = Decimal::from(100);
    let is_share = target
        .indicator
        .as_deref()
        .is_some_and(|indicator| SHARES.iter().any(|word| indicator.ends_with(word)));
    if quantity.kind == QuantityKind::Percent
        && quantity.value > whole
        && target.change == Change::Level
        && is_share
    {
        found.push(Diagnostic::new(
            Code::PercentOverHundred,
            Some(quantity.span),
            &[&quantity.text],
        ));
    }
}

/// Words that end the name of what has one value at one time.
const RATES: [&str; 8] = [
    "率",
    "占比",
    "比重",
    "比例",
    "增速",
    "满意度",
    "水平",
    "强度",
];

/// Two targets for one indicator that has one value, at one time and in one unit, that differ.
///
/// Quiet within a node, where the two speak of different cases, and for counts and sums, of which a notice shares out
/// several under one word.
fn contradiction(targets: &[(&Target, usize)], found: &mut Vec<Diagnostic>) {
    let Some((&(first, node), rest)) = targets.split_first() else {
        return;
    };
    let indicator = first.indicator.as_deref().unwrap_or("");
    let names_much = indicator.chars().count() >= 6;
    if !names_much || first.due.is_none() || !RATES.iter().any(|word| indicator.ends_with(word)) {
        return;
    }
    for &(other, other_node) in rest {
        if other_node != node && other.change == first.change && differ(first, other) {
            let finding = Diagnostic::new(
                Code::TargetsContradict,
                Some(other.quantity.span),
                &[&other.quantity.text, &first.quantity.text],
            );
            found.push(finding.with_related(vec![first.quantity.span]));
        }
    }
}

/// Whether two amounts set one thing differently: two values under one bound, or bounds that exclude each other.
fn differ(a: &Target, b: &Target) -> bool {
    let (a, b) = (&a.quantity, &b.quantity);
    match (a.comparator, b.comparator) {
        (Comparator::Ge | Comparator::Gt, Comparator::Le | Comparator::Lt) => a.value > b.value,
        (Comparator::Le | Comparator::Lt, Comparator::Ge | Comparator::Gt) => a.value < b.value,
        (Comparator::Approx | Comparator::Range, _)
        | (_, Comparator::Approx | Comparator::Range) => false,
        _ => a.value != b.value,
    }
}
