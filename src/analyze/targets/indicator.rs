//! What is measured and what is done: the words around a number that name them.

use super::conditions::head;
use super::part::Part;
use super::select::{Grip, skip_brackets};
use super::values::Group;
use crate::model::{MentionKind, QuantityKind};
use crate::text::chars;
use crate::vocab::phrases::List;
use crate::vocab::words::{self, Roles, Word};

/// The words that name a target.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Name {
    /// The governing verb.
    pub action: Option<String>,
    /// What is measured, one for each value (or one for all).
    pub indicators: Vec<String>,
}

/// How many characters of what follows a number may name it.
const LONGEST: usize = 60;

/// How many characters of the clause behind a limit of time say what is due.
const LONGEST_ACT: usize = 40;

/// How long the phrase of the clause before may be to name what the next says a number of.
const LONGEST_SUBJECT: usize = 24;

/// Names the values of a group; `floor` is where its part of the clause starts, `start` where its words start.
pub fn name(
    part: &Part<'_>,
    clause: usize,
    group: &Group,
    grip: &Grip,
    floor: usize,
    start: usize,
) -> Name {
    if let Some(name) = limited(part, clause, group, grip) {
        return name;
    }
    let end = part.clause(clause).map_or(group.end, |c| c.end);
    let first = group.members.first().and_then(|&m| part.items.get(m));
    let ranked = first.is_some_and(|item| item.atom.kind == MentionKind::Ordinal);
    let behind = behind(part, group.end, end, part.next_quantity(clause, group.end));
    let behind = match behind.strip_prefix(['位', '名']).filter(|_| ranked) {
        Some(rest) => rest.to_owned(),
        None => behind,
    };
    let rate = first.is_some_and(|item| {
        matches!(
            item.atom.measures,
            QuantityKind::Percent
                | QuantityKind::PercentagePoint
                | QuantityKind::Duration
                | QuantityKind::Multiple
                | QuantityKind::Ratio
        )
    });
    // 按每人3000元给予补贴: what is done stands behind.
    let by = grip
        .verb
        .filter(|w| List::TakenBy.is(part.slice(w.start, w.end)));
    let granting = by.and_then(|_| {
        part.words_after(clause, group.end)
            .find(|w| w.roles.any(Roles::GRANT))
    });
    let verb = if let Some(by) = by.filter(|_| grip.adjacent) {
        granting.or(Some(by))
    } else if grip.adjacent {
        grip.verb
    } else {
        // 发布时间为…前至少30日: a noun.
        let names = |w: &Word| {
            let compound = List::Compounds.starts(part.slice(w.end, start));
            w.roles.any(Roles::ATTEND) || rate && compound && w.roles.any(Roles::NOUN)
        };
        leading_verb(part, clause, floor, start, rate).or(grip.verb.filter(|w| !names(w)))
    };
    let verb = verb.map(|w| chained(part, clause, w, floor, start));
    let said = |w: Word| part.slice(w.start, w.end);
    let (subject, object) = match verb {
        Some(w) if w.start >= floor && w.end <= start => (
            clean(&stretch(part, floor, w.start)),
            clean(&stretch(part, w.end, start)),
        ),
        Some(w) if w.start >= floor && w.start < group.end => {
            (clean(&stretch(part, floor, w.start)), String::new())
        }
        _ => (String::new(), clean(&stretch(part, floor, start))),
    };
    let mut named = object;
    named.push_str(&behind);
    let leads = verb.is_none_or(|w| {
        w.roles.any(Roles::LIMIT | Roles::UP | Roles::DOWN) && !said(w).starts_with("新增")
    });
    // 吸纳1人以上的每增加1人给予1000元: the last phrase says who gets it.
    let granted = grip.verb.is_some_and(|w| w.roles.any(Roles::GRANT));
    let subject = match subject.rfind('的') {
        Some(at) if granted && subject.chars().count() > LONGEST_SUBJECT => {
            clean(subject.get(at + '的'.len_utf8()..).unwrap_or(""))
        }
        _ => subject,
    };
    // 由属地政府给予业主…: who grants is no part of what is granted.
    let subject = if granted && subject.starts_with('由') {
        String::new()
    } else {
        subject
    };
    // 新收集地方品种: the 新 belongs to the verb.
    let subject = if matches!(subject.as_str(), "新" | "再" | "共" | "各") {
        String::new()
    } else {
        subject
    };
    let each = subject.starts_with('每');
    if leads || each || rate || !grip.adjacent || named.chars().count() < 5 {
        named = subject + &named;
    }
    let mut named = trimmed(named);
    if named.is_empty() || List::Measures.is(&named) || List::Generic.is(&named) {
        // 不低于工程结算造价1.5%: what the bound and the number hold between them.
        named.insert_str(0, &between_bound_and_number(part, group, start));
    }
    let count = group.members.len();
    // 按实际缴费的30%返还: what is done stands behind.
    let done = List::GrantedAt.at_start(part.slice(group.end, end));
    Name {
        action: verb
            .map(said)
            .filter(|verb| !List::TakenBy.is(verb))
            .or(done)
            .map(str::to_owned),
        indicators: if count > 1 {
            spread(&named, count)
        } else {
            vec![named]
        },
    }
}

/// 打造提升10个品牌, 新建扩建污水处理厂5座: two verbs of doing side by side are one action.
fn chained(part: &Part<'_>, clause: usize, verb: Word, floor: usize, start: usize) -> Word {
    let does =
        |w: &Word| w.roles.any(Roles::DO) && !w.roles.any(Roles::NOUN) && w.end - w.start > 3;
    if !verb.roles.any(Roles::DO) || verb.end - verb.start < 4 {
        return verb;
    }
    let before = part.words_before(clause, verb.start).next();
    let before = before.filter(|w| w.end == verb.start && w.start >= floor && does(w));
    let after = part.words_after(clause, verb.end).next();
    let after = after.filter(|w| w.start == verb.end && w.end <= start && does(w));
    Word {
        start: before.map_or(verb.start, |w| w.start),
        end: after.map_or(verb.end, |w| w.end),
        ..verb
    }
}

/// The words between a bound that stands apart and its number.
fn between_bound_and_number(part: &Part<'_>, group: &Group, start: usize) -> String {
    if start >= group.start {
        return String::new();
    }
    let words = stretch(part, start, group.core);
    let bound = crate::vocab::bounds::longest_at_start(&words).unwrap_or(0);
    clean(words.get(bound..).unwrap_or(""))
}

/// A name without what a change starts from (由参保3年以上…), the day a term is counted from, the time it takes.
fn trimmed(named: String) -> String {
    let counted = |text: &str| text.chars().any(chars::is_digit);
    if let Some(at) = named.find("之日起") {
        return clean(named.get(at + "之日起".len()..).unwrap_or(""));
    }
    if let Some(at) = named.rfind(['由', '从']).filter(|at| *at > 0)
        && counted(named.get(at..).unwrap_or(""))
    {
        return clean(named.get(..at).unwrap_or(""));
    }
    if let Some((time, rest)) = named.split_once("时间")
        && time.starts_with('用')
        && counted(time)
    {
        return clean(rest);
    }
    named
}

/// The phrase of a clause without its verb: what the next clause may say a number of
/// (加快就业补助资金支出进度，6月底前达到60%以上).
pub fn subject_of(part: &Part<'_>, clause: usize) -> String {
    let Some(c) = part.clause(clause) else {
        return String::new();
    };
    let text = stretch(part, c.start, c.end);
    let mut text = clean(&text);
    let verb = words::find(&text).next();
    if let Some(w) = verb
        .filter(|w| w.start == 0 && w.end > 3 && w.roles.any(Roles::ALL_VERBS | Roles::PROGRESS))
    {
        text = clean(text.get(w.end..).unwrap_or(""));
    }
    if text.chars().count() > LONGEST_SUBJECT {
        // 对困难家庭实施居家适老化改造: what the last verb is about.
        let long = |rest: &str| rest.chars().filter(|c| chars::is_han(*c)).count() > 3;
        let rest = words::find(&text)
            .filter(|w| w.roles.any(Roles::DO) && w.end - w.start > 3)
            .filter_map(|w| text.get(w.end..))
            .filter(|rest| long(rest))
            .last()
            .map(clean);
        text = rest
            .filter(|rest| rest.chars().count() <= LONGEST_SUBJECT)
            .unwrap_or_default();
    }
    text
}

/// A limit of time (在受理后5个工作日内作出决定) is named by what is to be done within it, which stands behind it.
fn limited(part: &Part<'_>, clause: usize, group: &Group, grip: &Grip) -> Option<Name> {
    let item = part.items.get(*group.members.first()?)?;
    let within = item.atom.measures == QuantityKind::Duration && item.atom.time.is_some();
    let sets = grip.adjacent
        && grip
            .verb
            .is_some_and(|v| v.roles.any(Roles::LIMIT | Roles::UP | Roles::DOWN));
    if !within || sets || List::Limits.ends(part.before(clause, group.start).trim_end()) {
        return None;
    }
    let own = part.clause(clause)?;
    let mut said = skip_brackets(part.slice(group.end, own.end));
    if said.chars().filter(|c| chars::is_han(*c)).count() < 2 {
        // Brackets between the two are no clause of their own.
        let later = part.shape.clauses.iter().skip(clause + 1).take(LONGEST_ACT);
        let next = later
            .take_while(|next| next.sentence == own.sentence)
            .find(|next| next.start >= own.end && next.depth == own.depth)?;
        said = part.slice(next.start, next.end);
    }
    let said = head(chars::trim(said)).trim_start_matches(|c: char| !chars::is_word(c));
    let text = clean(chars::first(said, LONGEST_ACT));
    if text.is_empty() {
        return None;
    }
    let acts = Roles::ALL_VERBS | Roles::ACT | Roles::END;
    let verb = words::find(&text)
        .next()
        .filter(|w| w.start == 0 && w.roles.any(acts))
        // 将实施情况报送…, 将评审报告送交…: a noun.
        .filter(|w| {
            let rest = text.get(w.end..).unwrap_or("");
            let noun = w.roles.any(Roles::NOUN);
            !(rest.starts_with("情况") || noun && rest.starts_with("报告"))
        });
    // 完成数据归集: the verb is what is done, the rest what it is done to.
    let object = verb.map_or("", |w| text.get(w.end..).unwrap_or(""));
    let object =
        clean(object.trim_start_matches(|c: char| !chars::is_word(c) && !"“《".contains(c)));
    let named = object.chars().filter(|c| chars::is_han(*c)).count() > 1;
    Some(Name {
        action: verb.and_then(|w| text.get(..w.end)).map(str::to_owned),
        indicators: vec![if named { object } else { text.clone() }],
    })
}

/// A verb that leads the phrase (新增规上工业企业), else the last one that is no noun too (重点项目完成投资).
fn leading_verb(
    part: &Part<'_>,
    clause: usize,
    floor: usize,
    start: usize,
    rate: bool,
) -> Option<Word> {
    let verbs = Roles::DO | Roles::GRANT | Roles::LIMIT | Roles::UP | Roles::DOWN;
    let (mut nearest, mut first) = (None, None);
    let words = part
        .words_before(clause, start)
        .take_while(|w| w.start >= floor)
        .filter(|w| w.roles.any(verbs) && w.end - w.start > 3);
    for word in words {
        nearest = nearest.or(Some(word).filter(|w| !w.roles.any(Roles::NOUN)));
        first = Some(word);
    }
    // 投资项目审批时间…: what opens before a rate or a limit of time may be a noun.
    let leading = first.filter(|w| {
        let compound = w.roles.any(Roles::NOUN) && List::Compounds.starts(part.slice(w.end, start));
        !(rate && compound) && part.opens(floor, w.start)
    });
    // 对获得认定的企业给予…: granting is what the clause does.
    let grants = nearest.filter(|w| w.roles.any(Roles::GRANT));
    let which = grants.zip(leading).is_some_and(|(grant, leading)| {
        leading.end < grant.start && part.slice(leading.end, grant.start).contains('的')
    });
    if which { grants } else { leading.or(nearest) }
}

/// Where a name may start behind a group: past what names that group (120个物流枢纽、100个冷链基地).
pub fn consumed(part: &Part<'_>, clause: usize, from: usize) -> usize {
    let Some(next) = part.next_quantity(clause, from) else {
        return from;
    };
    let text = part.slice(from, next);
    let cut = list_mark(text);
    let names = |at: &usize| {
        text.get(..*at)
            .is_some_and(|t| t.chars().any(chars::is_han))
    };
    cut.filter(names).map_or(from, |at| {
        let mark = part.slice(from + at, next).chars().next();
        from + at + mark.map_or(0, char::len_utf8)
    })
}

/// The last mark of a list in what stands between two numbers: 、，, and 和 right before the second.
fn list_mark(text: &str) -> Option<usize> {
    let trimmed = text.trim_end_matches(chars::is_space);
    let joined = trimmed.strip_suffix(['和', '及', '与']).map(str::len);
    joined.or_else(|| text.rfind(['、', '，']))
}

/// What follows a number and names it.
fn behind(part: &Part<'_>, from: usize, end: usize, next: Option<usize>) -> String {
    let to = match next {
        // 2—3个年交易额100亿元以上的专业市场: one phrase.
        Some(next) => list_mark(part.slice(from, next)).map_or(end, |cut| from + cut),
        None => end,
    };
    let text = stretch(part, from, to);
    let text = skip_brackets(&text);
    // 产量1300亿斤以上、力争…: the number closes its phrase.
    if text.starts_with(chars::is_enumeration_comma) {
        return String::new();
    }
    let text = text.trim_start_matches(['的', '以']);
    let text = chars::first(text, LONGEST);
    let text = text.trim_start_matches(|c: char| !chars::is_word(c) && !"“《".contains(c));
    clean(text)
}

/// A stretch of the text without the dates in it, and without the words that compare with them (较2020年).
fn stretch(part: &Part<'_>, from: usize, to: usize) -> String {
    let mut out = String::new();
    let mut at = from;
    let first = part.items.partition_point(|item| item.start < from);
    for item in part
        .items
        .iter()
        .skip(first)
        .take_while(|item| item.end <= to)
    {
        if item.is_date() && !item.quoted {
            let lead = part.slice(at, item.start);
            out.push_str(
                lead.trim_end_matches(['比', '较', '与', '同', '在', '于', '由', '从', '按']),
            );
            let rest = part.slice(item.end, to);
            let base = List::Bases.at_start(rest).map_or(0, str::len);
            at = item.end + base;
        }
    }
    out.push_str(part.slice(at, to));
    out.retain(|c| !chars::is_space(c));
    out
}

/// A phrase without the words at its ends that name nothing.
pub fn clean(text: &str) -> String {
    let mut text = text.trim();
    loop {
        let before = text.len();
        let head = longer(List::Connectives.at_start(text), List::Heads.at_start(text));
        if let Some(head) = head.filter(|_| !List::KeptHeads.starts(text)) {
            text = text.get(head.len()..).unwrap_or("").trim_start();
        }
        let tail = List::Tails.at_end(text);
        if let Some(tail) = tail.filter(|_| !List::KeptTails.ends(text)) {
            text = text.get(..text.len() - tail.len()).unwrap_or("").trim_end();
        }
        if text.len() == before {
            return text.to_owned();
        }
    }
}

fn longer<'a>(one: Option<&'a str>, other: Option<&'a str>) -> Option<&'a str> {
    if one.map_or(0, str::len) >= other.map_or(0, str::len) {
        one
    } else {
        other
    }
}

/// Shares a phrase out among values: 货运量、货值 are two names; 国家级、省级专精特新企业 too, with the ending spelled out.
pub fn spread(named: &str, count: usize) -> Vec<String> {
    let parts: Vec<&str> = named
        .split(['、', '和', '与', '及'])
        .map(|p| p.trim_matches(|c: char| !chars::is_word(c) && !"“”（）《》".contains(c)))
        .filter(|p| !p.is_empty())
        .collect();
    if parts.len() != count || count < 2 {
        return vec![named.to_owned()];
    }
    let last = parts.last().copied().unwrap_or("");
    parts
        .iter()
        .map(|p| match p.chars().last() {
            // The shared ending stands behind the same word of the last part.
            Some(mark) if *p != last && "级型类种等".contains(mark) => {
                match last.find(mark).filter(|at| *at <= 12) {
                    Some(at) => format!("{p}{}", last.get(at + mark.len_utf8()..).unwrap_or("")),
                    None => (*p).to_owned(),
                }
            }
            _ => (*p).to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_shared_out() {
        assert_eq!(spread("货运量、货值", 2), ["货运量", "货值"]);
        assert_eq!(
            spread("国家级、省级专精特新企业", 2),
            ["国家级专精特新企业", "省级专精特新企业"]
        );
        assert_eq!(spread("培训补贴", 2), ["培训补贴"]);
    }

    #[test]
    fn ends_that_name_nothing_fall_off() {
        assert_eq!(clean("其中，力争全市森林覆盖率均达到"), "全市森林覆盖率");
        assert_eq!(clean("、的"), "");
    }
}
