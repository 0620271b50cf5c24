//! What weighs for a target, by what the number measures: work to do, limits of time, rates and amounts.

use super::part::{Item, Part};
use super::select::{Place, first_verb, is_chinese};
use super::values::Group;
use crate::model::{Comparator, QuantityKind};
use crate::text::chars;
use crate::vocab::phrases::List;
use crate::vocab::words::{Roles, Word};

/// A group of values and all that is known of its place.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a, 's> {
    /// The text.
    pub part: &'a Part<'s>,
    /// The values.
    pub group: &'a Group,
    /// The first of them.
    pub first: &'a Item<'s>,
    /// Where they stand.
    pub place: &'a Place<'a>,
    /// The bound, where it is more than 降至.
    pub bound: Option<Comparator>,
    /// The governing verb.
    pub verb: Option<Word>,
    /// What it does.
    pub roles: Roles,
    /// Whether it stands right before the number.
    pub adjacent: bool,
    /// Whether something is granted.
    pub granted: bool,
    /// The clause from the group before on.
    pub before: &'a str,
    /// The clause behind, without a bracket at its head.
    pub after: &'a str,
}

/// Whether the number is committed to.
pub fn heard(case: &Case<'_, '_>) -> bool {
    match case.first.atom.measures {
        QuantityKind::Count => count(case),
        QuantityKind::Duration => duration(case),
        _ => worth(case),
    }
}

/// A count: the object of a verb of doing, or bounded.
fn count(case: &Case<'_, '_>) -> bool {
    let &Case {
        part,
        place,
        roles,
        before,
        after,
        ..
    } = case;
    // 按照两个转变的要求 grants nothing.
    let by = case
        .verb
        .is_some_and(|v| part.slice(v.start, v.end).starts_with('按'));
    let does = roles.any(Roles::DO | Roles::LIMIT | Roles::UP | Roles::DOWN | Roles::GRANT) && !by;
    let closes = closes(after);
    if case.bound.is_some() {
        return does
            || place.ahead
            || place.modal
            || closes
            || before.trim().is_empty() && place.dated
            || has_noun(before);
    }
    // 前期工作、施工建设、竣工验收3个阶段, 受理点、流程、保障三个体系 count what was listed.
    let marks = before.matches('、').count();
    let listed = case.first.atom.value.and_then(|v| v.to_i64()) == i64::try_from(marks + 1).ok();
    if marks >= 2 && (List::Parts.starts(after) || listed && !closes) {
        return false;
    }
    // 用工保障十五条措施: a name that a noun heads.
    let inside = after.starts_with(chars::is_han) && !closes && is_chinese(case.first);
    let headed = case.verb.is_some_and(|v| {
        v.roles.any(Roles::NOUN) && part.before(place.clause, v.start).ends_with(chars::is_han)
    });
    if case.adjacent && inside && headed {
        return false;
    }
    if case.adjacent {
        return does || roles.any(Roles::ENSURE | Roles::STRIVE);
    }
    // 残疾人两项补贴, 行政执法三项制度: a name.
    if inside && before.ends_with(chars::is_han) && !place.modal {
        return false;
    }
    // 专利数为1.8件: a level.
    let level = before
        .strip_suffix('为')
        .is_some_and(|noun| noun.ends_with(['数', '量']) || List::Sums.ends(noun));
    let oblique = List::Oblique.ends(chars::tail(before, 18)) && !level;
    if oblique || marks >= 2 && !closes {
        return false;
    }
    if closes {
        // 新增规上工业企业180家: the first verb rules, but for one of doing behind it (围绕重点开展培训30次).
        let acts = case
            .verb
            .is_some_and(|v| v.roles.any(Roles::DO) && !v.roles.any(Roles::NOUN));
        let attends = !acts
            && first_verb(part, place, case.group.start)
                .is_some_and(|w| w.roles.any(Roles::ATTEND) && !w.roles.any(Roles::DO));
        return !attends && (does || weak(case) || place.ahead && has_noun(before));
    }
    if place.modal && before.trim().is_empty() && !place.followed {
        return true;
    }
    // 支持有条件的10个县, 完成中心城区20个小区改造: a noun stands between; what governs must be a verb of doing.
    if roles.any(Roles::DO) && !place.followed {
        return true;
    }
    place.dated
        && !place.followed
        && before.trim().is_empty()
        && part
            .words_after(place.clause, case.group.end)
            .any(|w| w.roles.any(Roles::STRONG_END))
}

/// 免费培训并通过等级认定养老护理员200名: a verb that may be a noun, where the number closes the phrase.
fn weak(case: &Case<'_, '_>) -> bool {
    case.verb.is_none()
        && !case.place.followed
        && case
            .part
            .words_before(case.place.clause, case.group.start)
            .take_while(|w| w.start >= case.place.verbs)
            .any(|w| w.roles.any(Roles::DO) && w.end - w.start > 3)
}

/// A stretch of time: a limit that binds the doer, or a term that is granted.
fn duration(case: &Case<'_, '_>) -> bool {
    let &Case {
        place,
        roles,
        before,
        after,
        ..
    } = case;
    let limits = roles.any(Roles::LIMIT | Roles::UP | Roles::DOWN);
    if List::NoLimits.ends(before.trim_end()) {
        return false;
    }
    let term = List::Limits.ends(chars::tail(before, 18));
    if case.first.atom.time.is_some() {
        // 在5个工作日内办结, 发布后6个月内报送: a limit of procedure that binds the doer.
        return match case.first.atom.unit.as_deref().unwrap_or("") {
            "年" => false,
            // 核发之日起12个月内申报: what one may ask for.
            "个月" => {
                before.ends_with(['起', '后'])
                    && !after.starts_with('的')
                    && !List::Claims.starts(after)
            }
            _ => !after.starts_with('的'),
        };
    }
    if lasts(case) {
        return true;
    }
    if case.bound.is_some() {
        let obliges = before.trim().is_empty() && case.first.atom.text.starts_with('不');
        return obliges
            || limits
            || term
            || case.granted
            || has_noun(before)
            || place.modal
            || closes(after);
    }
    let closed = closes(after);
    limits
        || term && closed
        || case.granted && (closed || is_grant(after))
        || List::Finishing.starts(after) && !before.trim().is_empty()
}

/// 参加3—12个月的就业见习: how long what is done lasts.
pub fn lasts(case: &Case<'_, '_>) -> bool {
    matches!(case.bound, None | Some(Comparator::Range))
        && case.first.atom.time.is_none()
        && case
            .verb
            .is_some_and(|v| List::Lasting.is(case.part.slice(v.start, v.end)))
        && case.adjacent
        && case.after.starts_with('的')
}

/// A rate or an amount: bounded, granted, or what a verb sets, raises or brings about.
fn worth(case: &Case<'_, '_>) -> bool {
    let &Case {
        place,
        roles,
        before,
        after,
        granted,
        ..
    } = case;
    let rate = matches!(
        case.first.atom.measures,
        QuantityKind::Percent
            | QuantityKind::PercentagePoint
            | QuantityKind::Multiple
            | QuantityKind::Ratio
    );
    if case.bound.is_some() {
        return true;
    }
    if rate && before.contains("同比") && !place.ahead && !place.modal {
        return false;
    }
    let sets = if rate {
        Roles::LIMIT | Roles::UP | Roles::DOWN
    } else {
        Roles::LIMIT
    };
    let measured = rate && List::Rates.ends(before.trim_end());
    if List::Oblique.ends(chars::tail(before, 18)) && !granted && !measured && !roles.any(sets) {
        return false;
    }
    let verbs = Roles::LIMIT | Roles::UP | Roles::DOWN | Roles::DO | Roles::ENSURE | Roles::STRIVE;
    if granted || roles.any(verbs) && (case.adjacent || !(rate && before.is_empty())) {
        return true;
    }
    if rate {
        return place.ahead || place.modal || measured && closes(after);
    }
    (place.ahead || List::Sums.ends(before.trim_end())) && has_noun(before) && closes(after)
}

/// 的担保费率: a value in front of it is one of the rate itself.
pub fn names_a_rate(after: &str) -> bool {
    after
        .strip_prefix('的')
        .is_some_and(|rest| is_headed(rest, List::Rates))
}

/// 招生规模, 覆盖水平: a phrase that a noun of a list heads.
pub fn is_headed(rest: &str, nouns: List) -> bool {
    let end = rest.find(|c: char| !chars::is_word(c));
    let phrase = rest.get(..end.unwrap_or(rest.len())).unwrap_or("");
    nouns.ends(phrase) && phrase.chars().count() <= 12
}

/// The words of what is granted behind its amount: 30万元的一次性奖励.
pub fn is_grant(rest: &str) -> bool {
    List::Grants.within(chars::first(rest, 24))
}

/// Whether nothing but marks follow: the number closes its phrase.
fn closes(after: &str) -> bool {
    let after = after.trim_start();
    match after.chars().next() {
        None => true,
        Some(c) => !chars::is_word(c) && c != '“' && c != '《' || List::Closing.starts(after),
    }
}

/// Whether a noun stands in a stretch: anything but marks and particles.
fn has_noun(before: &str) -> bool {
    before.chars().filter(|c| chars::is_han(*c)).count() >= 2
}
