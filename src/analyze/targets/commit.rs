//! What is committed to, put together: one target for each value, and mentions of all that is left.

use super::Findings;
use super::dates::When;
use super::indicator::{self, Name};
use super::part::Item;
use super::reader::{LONGEST_CLAUSE, Reader, State};
use super::select::Grip;
use super::values::{Bound, Group};
use crate::model::{
    Baseline, Comparator, Decimal, Mention, MentionKind, Modality, Quantity, QuantityKind, Target,
};
use crate::text::{Locator, chars};
use crate::vocab::phrases::List;
use crate::vocab::words::{self, Roles};

/// How many clauses before a bracket are looked at for the one that holds it.
const NEAR_CLAUSES: usize = 8;

/// A group of values that somebody commits to, with all that is known of it.
#[derive(Debug)]
pub struct Commitment<'a, 's> {
    /// The clause.
    pub clause: usize,
    /// The values.
    pub group: &'a Group,
    /// Where the group before ended.
    pub floor: usize,
    /// The bound of each value.
    pub bounds: &'a [Bound],
    /// What governs.
    pub grip: Grip,
    /// What is done, and what is measured.
    pub name: Name,
    /// By when.
    pub when: Option<When<'s>>,
    /// 确保, 力争.
    pub modality: Option<Modality>,
}

impl<'s> Reader<'_, 's> {
    /// Makes the targets of a commitment.
    pub(super) fn commit(
        &mut self,
        found: &Commitment<'_, 's>,
        state: &mut State<'s>,
        findings: &mut Findings,
    ) {
        let part = self.part;
        let (i, group) = (found.clause, found.group);
        let whole = part.clause_text(i);
        let text = if whole.len() <= LONGEST_CLAUSE {
            chars::trim(whole)
        } else {
            chars::trim(part.slice(found.floor, group.end))
        };
        let baseline = self.baseline(i, group);
        let indicators = match self.noun_before_bracket(found) {
            Some(noun) => vec![noun; found.name.indicators.len()],
            None => self.named(&found.name, state),
        };
        let twice = (group.members.len() == 1)
            .then(|| self.each_of(i, group, &indicators))
            .flatten();
        let rounds = twice.as_ref().map_or(1, Vec::len);
        for round in 0..rounds {
            for (n, &member) in group.members.iter().enumerate() {
                let (Some(item), Some(bound)) = (part.items.get(member), found.bounds.get(n))
                else {
                    continue;
                };
                let Some(value) = item.atom.value else {
                    continue;
                };
                let indicator = match &twice {
                    Some(each) => each.get(round).cloned(),
                    None => indicators.get(n).or(indicators.first()).cloned(),
                };
                let words = part.slice(bound.start, item.end);
                findings.targets.push(Target {
                    text: text.to_owned(),
                    action: found.name.action.clone().filter(|a| is_deed(a)),
                    indicator: indicator.filter(|n| !n.is_empty()),
                    quantity: quantity(item, bound, value, words, self.locator),
                    modality: found.modality,
                    change: found.grip.change,
                    baseline: baseline.clone(),
                    period: found.when.as_ref().and_then(When::period),
                    deadline: found.when.as_ref().and_then(When::deadline),
                    due: found.when.as_ref().and_then(When::due),
                    span: self.locator.span(text),
                });
                if let Some(taken) = self.taken.get_mut(member) {
                    *taken = true;
                }
            }
        }
        self.take_date(found.when.as_ref(), text);
        state.subject = indicators.into_iter().next();
    }

    /// 一次性补贴（不超过1个月工资）: what a bracket that a number opens is about stands before it.
    fn noun_before_bracket(&self, found: &Commitment<'_, 's>) -> Option<String> {
        let part = self.part;
        let own = part.clause(found.clause).filter(|own| own.depth > 0)?;
        let start = found.bounds.first()?.start;
        if found.name.action.is_some() || part.slice(own.start, start).contains(chars::is_han) {
            return None;
        }
        let around = part.shape.clauses.iter().enumerate().take(found.clause);
        let (outer, clause) = around
            .rev()
            .take(NEAR_CLAUSES)
            .find(|(_, c)| c.depth + 1 == own.depth && c.start <= own.start && own.end <= c.end)?;
        // What is granted, else what the nearest verb is about.
        let verbs = || {
            part.words_before(outer, own.start)
                .filter(|w| w.end - w.start > 3 && !w.roles.any(Roles::NOUN))
        };
        let verb = verbs()
            .find(|w| w.roles.any(Roles::GRANT))
            .or_else(|| verbs().find(|w| w.roles.any(Roles::ALL_VERBS)));
        let from = verb.map_or(clause.start, |w| w.end);
        let noun = part.slice(from, own.start);
        let noun = indicator::clean(noun.trim_end_matches(chars::is_open_bracket));
        let long = noun.chars().count();
        ((2..=24).contains(&long) && !noun.contains(chars::is_digit)).then_some(noun)
    }

    /// The names of the values; what says little alone takes the phrase of the clause before it
    /// (可申请展期还款，期限不超过1年).
    fn named(&self, name: &Name, state: &State<'s>) -> Vec<String> {
        let mut names = name.indicators.clone();
        let before = state
            .before
            .filter(|&b| self.part.clause_text(b).len() <= LONGEST_CLAUSE);
        let phrase = || before.map(|b| indicator::subject_of(self.part, b));
        if names.first().is_none_or(|n| n.chars().count() < 2) {
            let borrowed = state.subject.clone().or_else(phrase);
            if let Some(subject) = borrowed.filter(|s| !s.is_empty()) {
                names = vec![subject];
            }
        } else if let Some(first) = names
            .first_mut()
            .filter(|n| state.subject.is_none() && is_generic(n))
            && let Some(subject) = phrase().filter(|s| !s.ends_with(first.as_str()))
        {
            first.insert_str(0, &subject);
        }
        names
    }

    /// 对A和B分别给予300万元: the parts that one value is given to each of.
    fn each_of(&self, i: usize, group: &Group, indicators: &[String]) -> Option<Vec<String>> {
        let before = self.part.before(i, group.start);
        let at = before.rfind("分别")?;
        let list = before.get(..at)?;
        let list = list.rsplit(['对', '，', '的', '按']).next()?;
        let parts: Vec<&str> = list
            .split(['、', '和', '与', '及'])
            .map(chars::trim)
            .filter(|p| !p.is_empty())
            .collect();
        if !(2..=4).contains(&parts.len()) {
            return None;
        }
        let named = indicators.first()?;
        Some(
            parts
                .iter()
                .map(|p| {
                    if named.contains(p) {
                        (*p).to_owned()
                    } else {
                        format!("{p}{named}")
                    }
                })
                .collect(),
        )
    }

    fn baseline(&self, i: usize, group: &Group) -> Option<Baseline> {
        let before = self.part.before(i, group.start);
        let base = group.start - before.len();
        let at = before.rfind(['比', '较', '由', '从']).or_else(|| {
            before
                .rfind('在')
                .filter(|&at| before.get(at..).is_some_and(|t| t.contains("基础上")))
        })?;
        let start = base + at;
        let first = self.part.items.partition_point(|x| x.start < start);
        let item = self.part.items.get(first)?;
        if item.start > start + 30 || item.end > group.start {
            return None;
        }
        let text = self.part.slice(start, item.end);
        Some(Baseline {
            text: text.to_owned(),
            span: self.locator.span(text),
        })
    }

    /// Marks a date as held by a target or milestone, where it lies in its words; else it stays a mention.
    pub(super) fn take_date(&mut self, when: Option<&When<'s>>, held_in: &str) {
        let Some(when) = when.filter(|w| crate::span::Range::of(held_in, w.text).is_some()) else {
            return;
        };
        let found = self
            .part
            .items
            .binary_search_by_key(&(when.text.as_ptr() as usize), |x| {
                x.atom.text.as_ptr() as usize
            });
        if let Some(taken) = found.ok().and_then(|x| self.taken.get_mut(x)) {
            *taken = true;
        }
    }

    /// Everything that no target or milestone has taken; then every digit that even so lies in nothing.
    pub(super) fn mentions(&mut self, findings: &mut Findings) {
        let part = self.part;
        let mut at = 0;
        for (item, taken) in part.items.iter().zip(&self.taken) {
            self.bare_digits(at, item.start, findings);
            at = at.max(item.end);
            if *taken {
                continue;
            }
            let text = item.atom.text;
            findings.mentions.push(Mention {
                kind: item.atom.kind,
                text: text.to_owned(),
                value: item.atom.value,
                unit: item.atom.unit.as_deref().map(str::to_owned),
                span: self.locator.span(text),
            });
        }
        self.bare_digits(at, part.text.len(), findings);
    }

    /// Digits that no item holds: letters and digits glued together (GB/T9704), numbers too long to read.
    fn bare_digits(&self, from: usize, to: usize, findings: &mut Findings) {
        let text = self.part.slice(from, to);
        let mut rest = text;
        while let Some(at) = rest.find(chars::is_digit) {
            let run = rest.get(at..).unwrap_or("");
            let len = run
                .find(|c: char| !chars::is_digit(c) && c != '.')
                .unwrap_or(run.len());
            let digits = run.get(..len).unwrap_or("");
            findings.mentions.push(Mention {
                kind: MentionKind::Number,
                text: digits.to_owned(),
                value: digits.parse::<Decimal>().ok(),
                unit: None,
                span: self.locator.span(digits),
            });
            rest = run.get(len..).unwrap_or("");
        }
    }
}

fn quantity(
    item: &Item<'_>,
    bound: &Bound,
    value: Decimal,
    words: &str,
    locator: &Locator<'_>,
) -> Quantity {
    let comparator = match (item.atom.upper, bound.comparator) {
        (Some(_), None | Some(Comparator::Eq)) => Comparator::Range,
        (_, Some(comparator)) => comparator,
        (None, None) => Comparator::Eq,
    };
    Quantity {
        text: words.to_owned(),
        comparator,
        value,
        upper: item.atom.upper,
        unit: item
            .atom
            .unit
            .as_deref()
            .map(|unit| bare(unit, item).to_owned()),
        kind: item.atom.measures,
        span: locator.span(words),
    }
}

/// 期限, 第一期规模: says little alone.
fn is_generic(name: &str) -> bool {
    List::Generic.is(name)
        || List::Generic.at_end(name).is_some_and(|noun| {
            name.starts_with(['第', '首']) && name.chars().count() <= noun.chars().count() + 3
        })
}

/// 1000元/人 is so many 元 for each.
fn bare<'u>(unit: &'u str, item: &Item<'_>) -> &'u str {
    match item.atom.measures {
        QuantityKind::Money => unit.split('/').next().unwrap_or(unit),
        _ => unit,
    }
}

/// Whether a verb says what is done: 力争 and 确保 only say how firmly, which `modality` holds.
fn is_deed(verb: &str) -> bool {
    let firmness = words::find(verb).next().is_some_and(|word| {
        word.start == 0
            && word.end == verb.len()
            && word.roles.any(Roles::ENSURE | Roles::STRIVE)
            && !word.roles.any(Roles::DEEDS)
    });
    !verb.is_empty() && !firmness
}
