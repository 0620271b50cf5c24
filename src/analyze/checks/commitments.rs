//! Targets and deadlines against the dates of the notice and against each other.

use std::collections::BTreeMap;

use super::fields::published_soon;
use crate::analyze::assemble::all_nodes;
use crate::date::Date;
use crate::decimal::Decimal;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Change, Comparator, Header, Notice, Period, QuantityKind, Target};
use crate::span::Span;

/// Checks what the notice commits to.
pub fn check(notice: &Notice, found: &mut Vec<Diagnostic>) {
    let mut by_indicator: BTreeMap<(&str, Option<Date>, &str), Vec<&Target>> = BTreeMap::new();
    for node in all_nodes(notice) {
        for target in &node.targets {
            due(&notice.header, target.due, target.span, found);
            period(target.period.as_ref(), target.span, found);
            share(target, found);
            if let (Some(indicator), Some(unit)) = (&target.indicator, &target.quantity.unit) {
                let key = (indicator.as_str(), target.due, unit.as_str());
                by_indicator.entry(key).or_default().push(target);
            }
        }
        for milestone in &node.milestones {
            due(&notice.header, milestone.due, milestone.span, found);
            period(milestone.period.as_ref(), milestone.span, found);
        }
    }
    for targets in by_indicator.values() {
        contradiction(targets, found);
    }
}

/// A due date before the notice was written or, where it was published soon after, before it was published.
fn due(header: &Header, due: Option<Date>, span: Span, found: &mut Vec<Diagnostic>) {
    let (Some(due), Some(written)) = (due, header.written_on) else {
        return;
    };
    if due < written {
        let dates: [&str; 2] = [&due.to_string(), &written.to_string()];
        found.push(Diagnostic::new(
            Code::DeadlineBeforeNotice,
            Some(span),
            &dates,
        ));
    } else if let Some(published) = header.published_on
        && due < published
        && published_soon(written, published)
    {
        let dates: [&str; 2] = [&due.to_string(), &published.to_string()];
        found.push(Diagnostic::new(
            Code::DeadlineBeforePublication,
            Some(span),
            &dates,
        ));
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

/// Two targets for one indicator, at one time and in one unit, that cannot both hold.
///
/// Quiet for money and durations, which grant different sums to different cases under one word (给予奖励), and for
/// indicators of less than five characters, which name too little.
fn contradiction(targets: &[&Target], found: &mut Vec<Diagnostic>) {
    let Some((first, rest)) = targets.split_first() else {
        return;
    };
    let named = first
        .indicator
        .as_deref()
        .is_some_and(|i| i.chars().count() >= 5);
    if !named
        || matches!(
            first.quantity.kind,
            QuantityKind::Money | QuantityKind::Duration
        )
    {
        return;
    }
    for other in rest {
        if other.change == first.change && excludes(first, other) {
            found.push(Diagnostic::new(
                Code::TargetsContradict,
                Some(other.quantity.span),
                &[&other.quantity.text, &first.quantity.text],
            ));
        }
    }
}

fn excludes(a: &Target, b: &Target) -> bool {
    let (a, b) = (&a.quantity, &b.quantity);
    match (a.comparator, b.comparator) {
        (Comparator::Eq, Comparator::Eq) => a.value != b.value,
        (Comparator::Ge | Comparator::Gt, Comparator::Le | Comparator::Lt) => a.value > b.value,
        (Comparator::Le | Comparator::Lt, Comparator::Ge | Comparator::Gt) => a.value < b.value,
        _ => false,
    }
}
