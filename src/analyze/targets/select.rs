//! Which numbers are targets: the line between a commitment and a mention.
//!
//! The tables say what each word does; the rules here say where it must stand.

use super::clauses::End;
use super::conditions::head;
use super::part::{Item, Part};
use super::values::{Bound, Group};
use super::weigh::{self, Case};
use crate::model::{Change, Comparator, Decimal, MentionKind, QuantityKind};
use crate::text::chars;
use crate::vocab::phrases::List;
use crate::vocab::words::{Roles, Word};

/// What governs a group of values that is a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grip {
    /// The governing verb.
    pub verb: Option<Word>,
    /// Whether the verb stands right before the number: 推动300家.
    pub adjacent: bool,
    /// Level or change.
    pub change: Change,
}

/// What the reader knows about the place of a group.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The clause.
    pub clause: usize,
    /// The group before it in the clause ended here; else the clause's start.
    pub floor: usize,
    /// Where verbs are looked for: at the floor, or where the group before only says which (年产值超亿元的企业500家).
    pub verbs: usize,
    /// What governed the group before it in the clause, where a list mark joins the two.
    pub carried: Option<Grip>,
    /// A date ahead, a modality or a goal governs.
    pub ahead: bool,
    /// 确保 or 力争 stands in the clause before it, or reaches over.
    pub modal: bool,
    /// A date stands in the clause itself.
    pub dated: bool,
    /// Another group follows in the clause.
    pub followed: bool,
    /// The bounds of its members.
    pub bounds: &'a [Bound],
}

/// How many clauses before an amount are looked at for the one that opens the list it stands in.
const NEAR_CLAUSES: usize = 12;

/// Roles that make a word a candidate for governing a number.
const GOVERNING: Roles = Roles::ALL_VERBS;

/// Decides whether a group of values is committed to, and by which word.
pub fn grip(part: &Part<'_>, group: &Group, place: &Place<'_>) -> Option<Grip> {
    let first = part.items.get(*group.members.first()?)?;
    let bound = place.bounds.iter().find_map(|b| b.comparator);
    let bound = bound.filter(|c| !matches!(c, Comparator::Eq | Comparator::Range));
    let before = part.slice(place.floor, group.start);
    let after = skip_brackets(part.after(place.clause, group.end));
    // 12类45件民生实事: the second counts; …不足两个年度的: a condition, in brackets too.
    let unit = first.atom.unit.as_deref().unwrap_or("");
    let classed = matches!(unit, "类" | "大类" | "批" | "大" | "轮" | "种")
        && part.next_quantity(place.clause, group.end) == Some(group.end);
    let whole = part.clause_text(place.clause).trim_end();
    if never(first, bound, before, after) || classed || whole.ends_with('的') {
        return None;
    }
    let verb = governing(part, place, group.core);
    let adjacent = verb.is_some_and(|v| is_adjacent(part, v.end, group.core));
    // 每引进1家, 每获得金牌1枚: a rate's base.
    let each = |v: Word| {
        let text = part.slice(place.floor, v.start);
        text.ends_with('每') || text.ends_with("每个新") || text.ends_with("每多")
    };
    if adjacent && verb.is_some_and(each)
        || bound.is_none() && !adjacent && is_base(part, place, group.start)
    {
        return None;
    }
    let roles = verb.map_or(Roles::default(), |v| v.roles);
    let fined = List::Fines.starts(after.trim_start_matches('的'));
    let granted = fined
        || roles.any(Roles::GRANT)
        || grants_before(part, place, group.core)
        || is_rate(first) && List::GrantedAt.starts(after)
        || is_rate(first) && charged(part, group, place);
    let case = Case {
        part,
        group,
        first,
        place,
        bound,
        verb,
        roles,
        adjacent,
        granted,
        before,
        after,
    };
    // 举办20期培训班 counts, 第13期 and 三期工程 do not.
    let issue = unit == "期" && (is_chinese(first) || !roles.any(Roles::DO));
    if issue || qualifies(&case) {
        return None;
    }
    let attends = roles.any(Roles::ATTEND) && !roles.any(Roles::DO | Roles::LIMIT | Roles::GRANT);
    let rated = bound.is_some() && is_rate(first) && weigh::names_a_rate(after);
    // 至少落实1种公开渠道: the bound is on what is done.
    let owed = bound == Some(Comparator::Ge) && place.bounds.iter().any(|b| b.apart);
    if attends && (adjacent || bound.is_none()) && !place.modal && !rated && !fined && !owed {
        return None;
    }
    let mut grip = Grip {
        verb,
        adjacent,
        change: change(verb, part, group, before),
    };
    // 头雁企业3家以上、省级单项冠军企业3家: the verb reaches over the list mark.
    let gap = part.slice(place.floor, group.start);
    let listed = gap.contains(['、', '和', '及', '与', '，']) || gap.is_empty();
    let carried = place.carried.filter(|_| listed);
    if weigh::heard(&case) {
        if grip.verb.is_none()
            && let Some(carried) = carried
        {
            (grip.verb, grip.change) = (carried.verb, carried.change);
        }
        return Some(grip);
    }
    carried.filter(|_| !attends)
}

/// Forms that are never targets.
fn never(first: &Item<'_>, bound: Option<Comparator>, before: &str, after: &str) -> bool {
    let unit = first.atom.unit.as_deref().unwrap_or("");
    let duration = first.atom.measures == QuantityKind::Duration;
    if first.quoted || matches!(unit, "岁" | "周岁" | "届" | "号" | "年级" | "线") {
        return true;
    }
    // 工作满3年以上; 抗战胜利50多年来.
    let counted = before.ends_with(['满', '用']) || after.starts_with(['来', '时']);
    if duration && (counted || after.starts_with("以来")) || after.starts_with("折算") {
        return true;
    }
    if matches!(first.atom.kind, MentionKind::Ordinal) {
        return bound.is_none();
    }
    let named = List::Naming.starts(after);
    if matches!(unit, "大" | "级" | "分钟" | "维" | "位") && named && bound.is_none() {
        return true;
    }
    // 四级体系, 10万吨级航道.
    if unit.ends_with('级') && bound.is_none() {
        return true;
    }
    // 近两个年度: a stretch of time.
    if unit == "个" && (after.starts_with("年度") || after.starts_with("会计年度")) {
        return true;
    }
    if bound.is_some() || first.atom.upper.is_some() {
        return false;
    }
    if matches!(unit, "大" | "类" | "批" | "套") && is_chinese(first) {
        return true;
    }
    if unit == "类" && first.atom.value == Some(Decimal::ZERO) {
        return true;
    }
    // 三方机制, 两部门, 前100项, 近两个年度.
    let of_words = List::SetNouns.starts(after) && is_chinese(first);
    let ranked = first
        .atom
        .text
        .split(first.atom.core)
        .next()
        .is_some_and(|lead| lead.ends_with('前'));
    if of_words || ranked || is_chinese(first) && first.atom.core.ends_with('方') {
        return true;
    }
    if duration && named || is_some_one(first) {
        return true;
    }
    !before.ends_with("提前") && List::Pointing.ends(before)
        || (before.ends_with('各') && first.atom.measures == QuantityKind::Count)
        || before.ends_with('每') && !is_rate(first)
}

/// Whether a number is no count and no stretch of time.
pub fn is_rate(first: &Item<'_>) -> bool {
    !matches!(
        first.atom.measures,
        QuantityKind::Count | QuantityKind::Duration
    )
}

/// 一批, 一套, 一家: "some"; 二次, 二期: the second one.
fn is_some_one(first: &Item<'_>) -> bool {
    first
        .atom
        .numerals
        .first()
        .is_some_and(|n| matches!(n.text, "一" | "半" | "双" | "二"))
        && first.atom.numerals.len() == 1
        && matches!(
            first.atom.measures,
            QuantityKind::Count | QuantityKind::Duration
        )
}

/// Whether a number is written in Chinese numerals.
pub fn is_chinese(first: &Item<'_>) -> bool {
    first
        .atom
        .numerals
        .iter()
        .all(|n| !n.text.chars().any(chars::is_digit))
}

/// A threshold that says which: 2000万元以上的项目, 3年以上工作经历.
fn qualifies(case: &Case<'_, '_>) -> bool {
    let (first, place, after) = (case.first, case.place, case.after);
    let kind = first.atom.measures;
    if let Some(rest) = after.strip_prefix('的') {
        if List::Measures.starts(rest) || case.bound.is_some() && weigh::names_a_rate(after) {
            return false;
        }
        // 达到2000名的招生规模: a level, and what it is one of.
        if case.adjacent && case.roles.any(Roles::LIMIT) && weigh::is_headed(rest, List::Measures) {
            return false;
        }
        // 参加3—12个月的就业见习: the length of what is done.
        if kind == QuantityKind::Duration && weigh::lasts(case) {
            return false;
        }
        if (case.granted || List::Fines.starts(rest)) && !rest.is_empty() {
            return !weigh::is_grant(rest);
        }
        if place.bounds.first().is_some_and(|b| b.apart) {
            return false;
        }
        // 推广到95%以上的社区: a share of what is to be reached is a target of its own.
        let share = matches!(kind, QuantityKind::Percent | QuantityKind::Ratio);
        return !(share && place.ahead && !place.followed);
    }
    let classes = !matches!(
        kind,
        QuantityKind::Count
            | QuantityKind::Percent
            | QuantityKind::PercentagePoint
            | QuantityKind::Ratio
            | QuantityKind::Multiple
            | QuantityKind::Temperature
    );
    // 2000万元以上项目: a bound number right before a noun, and no verb that it is the object of.
    let within = kind == QuantityKind::Duration && first.atom.time.is_some();
    let before_noun = first.is_bound()
        && !within
        && after.chars().next().is_some_and(chars::is_han)
        && first.atom.text.ends_with(['上', '下', '内', '）', ')']);
    classes
        && before_noun
        && !case.granted
        && !List::Finishing.starts(after)
        && (place.followed || !List::Reaching.ends(case.before))
}

fn is_noun_like(c: char) -> bool {
    chars::is_han(c) && c != '的'
}

/// 按实际投资30%、最高不超过150万元给予补助: a rate that something is granted at further on.
fn charged(part: &Part<'_>, group: &Group, place: &Place<'_>) -> bool {
    part.slice(place.floor, group.start).contains('按')
        && part
            .words_after(place.clause, group.end)
            .any(|w| w.roles.any(Roles::GRANT) && w.end - w.start > 3)
}

/// The nearest word that may govern a number, after the group before it. A verb that may be a noun governs where
/// it opens its clause or stands right before the number.
fn governing(part: &Part<'_>, place: &Place<'_>, at: usize) -> Option<Word> {
    let found = part
        .words_before(place.clause, at)
        .take_while(|w| w.start >= place.verbs)
        .filter(|w| w.roles.any(GOVERNING))
        .find(|w| {
            // 开展职业技能培训30万人次, 土建投资856万元: a noun, though it stands right before the number.
            let noun = w.roles.any(Roles::NOUN)
                && !w.roles.any(Roles::UP | Roles::DOWN)
                && part.before(place.clause, w.start).ends_with(is_noun_like)
                && !follows_verb(part, place, w.start)
                && !part.opens(place.verbs, w.start)
                && (done_to(part, place, w)
                    || part.slice(w.end, at).starts_with('的')
                    || List::Payments.is(part.slice(w.start, w.end)));
            !noun && is_adjacent(part, w.end, at)
                || w.end - w.start > 3
                    && (!w.roles.any(Roles::NOUN) || part.opens(place.verbs, w.start))
        })?;
    let which = found.roles.any(Roles::ATTEND) && part.slice(found.end, at).contains('的');
    if !which {
        return Some(found);
    }
    // 培育年产值超亿元的企业20家: the verb that opens governs, not the one of the phrase that says which.
    let opening = part
        .words_before(place.clause, found.start)
        .take_while(|w| w.start >= place.verbs)
        .find(|w| w.roles.any(Roles::DO) && part.opens(place.verbs, w.start));
    opening.or(Some(found))
}

/// 培养培训20名师资: two verbs, neither a noun.
fn follows_verb(part: &Part<'_>, place: &Place<'_>, at: usize) -> bool {
    part.words_before(place.clause, at).next().is_some_and(|w| {
        let does = w.roles.any(Roles::DO) && w.end - w.start > 3;
        let light = List::LightVerbs.is(part.slice(w.start, w.end));
        w.end == at && does && !light && part.opens(place.verbs, w.start)
    })
}

/// Whether a verb stands before a byte that takes what is done as its object: 开展, 完成.
///
/// Granting is what a clause does, unless it is the object of a verb itself: 给予奖励5万元.
fn done_to(part: &Part<'_>, place: &Place<'_>, noun: &Word) -> bool {
    let at = noun.start;
    let grants = noun.roles.any(Roles::GRANT);
    part.words_before(place.clause, at)
        .take_while(|w| w.start >= place.verbs)
        .any(|w| {
            let light = List::LightVerbs.is(part.slice(w.start, w.end));
            let verb = w.roles.any(Roles::ALL_VERBS) && !w.roles.any(Roles::NOUN);
            w.end < at && w.end - w.start > 3 && (verb && !grants || light)
        })
}

/// Whether granting is what the clause does before a number.
fn grants_before(part: &Part<'_>, place: &Place<'_>, at: usize) -> bool {
    part.words_before(place.clause, at)
        .any(|w| w.roles.any(Roles::GRANT) && w.end - w.start > 3)
        || head(part.slice(place.floor, at).trim_start_matches('的')).starts_with('按')
        || List::GrantsBefore.ends(chars::tail(part.slice(place.floor, at), 36))
        || ["标准为", "标准是", "标准按"]
            .iter()
            .any(|word| chars::tail(part.slice(place.floor, at), 48).contains(word))
        || follows_standard(part, place.clause)
}

/// 奖励标准为：甲等3万元、乙等2万元: a clause of the sentence before says that amounts follow.
fn follows_standard(part: &Part<'_>, clause: usize) -> bool {
    let Some(own) = part.clause(clause) else {
        return false;
    };
    let before = part.shape.clauses.iter().take(clause).rev();
    before
        .take(NEAR_CLAUSES)
        .take_while(|c| c.sentence == own.sentence && c.depth <= own.depth)
        .any(|c| c.ends_with == End::Colon && List::Standards.ends(part.slice(c.start, c.end)))
}

/// 每获得…: what stands before a number is what something else is granted for.
fn is_base(part: &Part<'_>, place: &Place<'_>, at: usize) -> bool {
    let text = part.slice(place.floor, at);
    let lead = text.len() - head(text).len();
    let verb = place.floor + lead + '每'.len_utf8();
    head(text).starts_with('每')
        && part
            .words_before(place.clause, at)
            .any(|w| w.start == verb && w.roles.any(Roles::DO | Roles::UP))
}

/// Whether nothing parts a verb that ends at one byte from a number at another: particles (推动全市300家), or a noun
/// that it makes a phrase with (完成投资90亿元).
pub fn is_adjacent(part: &Part<'_>, from: usize, to: usize) -> bool {
    let mut at = from;
    // Each round takes something off.
    while at < to {
        let rest = part.slice(at, to);
        let trimmed = rest.trim_start_matches(chars::is_space);
        let noun = part.past_noun(at);
        at = if noun > at && noun <= to {
            noun
        } else if trimmed.len() < rest.len() {
            at + rest.len() - trimmed.len()
        } else {
            match List::Particles.at_start(rest) {
                Some(word) => at + word.len(),
                None => return false,
            }
        };
    }
    at == to
}

fn change(verb: Option<Word>, part: &Part<'_>, group: &Group, before: &str) -> Change {
    let Some(verb) = verb else {
        return if before.ends_with("增速") || before.ends_with("增幅") {
            Change::Increase
        } else {
            Change::Level
        };
    };
    let said = part.slice(verb.start, verb.end);
    let to = said.ends_with(['至', '到', '为'])
        || part
            .slice(verb.end, group.start)
            .contains(['至', '到', '为']);
    if to || verb.roles.any(Roles::DO) && !verb.roles.any(Roles::UP | Roles::DOWN) {
        return Change::Level;
    }
    if verb.roles.any(Roles::DOWN) {
        Change::Decrease
    } else if verb.roles.any(Roles::UP) && said != "新增" {
        Change::Increase
    } else {
        Change::Level
    }
}

/// The first word of a group's part of the clause that does, attends or grants.
pub fn first_verb(part: &Part<'_>, place: &Place<'_>, at: usize) -> Option<Word> {
    part.words_before(place.clause, at)
        .take_while(|w| w.start >= place.verbs)
        .filter(|w| w.end - w.start > 3 && w.roles.any(Roles::DO | Roles::ATTEND | Roles::GRANT))
        .last()
}

/// A text without the bracket it starts with: （含）.
pub fn skip_brackets(text: &str) -> &str {
    let trimmed = text.trim_start_matches([' ', '　']);
    if !trimmed.starts_with(chars::is_open_bracket) {
        return trimmed;
    }
    match trimmed
        .char_indices()
        .find(|&(_, c)| chars::is_close_bracket(c))
    {
        Some((at, c)) => trimmed.get(at + c.len_utf8()..).unwrap_or(""),
        None => trimmed,
    }
}
