//! Which dates say by when, and which only describe.

use super::part::{Item, Part};
use super::select::skip_brackets;
use crate::analyze::quantities::{Atom, Reference, Relation, Time};
use crate::date::Date;
use crate::model::{Deadline, Period};
use crate::text::chars;
use crate::vocab::phrases::List;
use crate::vocab::words::Roles;

/// By when, or within which time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When<'s> {
    /// As written.
    pub text: &'s str,
    /// How the words stand to what happens.
    pub relation: Relation,
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// 度夏, 春节.
    pub event: Option<&'s str>,
}

impl<'s> When<'s> {
    /// What a date or period says.
    pub fn of(item: &Item<'s>) -> Option<When<'s>> {
        When::of_atom(&item.atom)
    }

    /// What a date or period says.
    pub fn of_atom(atom: &Atom<'s>) -> Option<When<'s>> {
        let time = atom.time.as_ref()?;
        Some(When {
            text: atom.text,
            relation: time.relation,
            start: time.start,
            end: time.end,
            event: time.event,
        })
    }

    /// The stretch of time, where the words name one.
    pub fn period(&self) -> Option<Period> {
        (!self.is_deadline()).then(|| Period {
            text: self.text.to_owned(),
            start: self.start,
            end: self.end,
        })
    }

    /// The last day or the event, where the words name one.
    pub fn deadline(&self) -> Option<Deadline> {
        self.is_deadline().then(|| Deadline {
            text: self.text.to_owned(),
            date: self.due(),
            event: self.event.map(str::to_owned),
        })
    }

    /// The day by which it is due.
    pub fn due(&self) -> Option<Date> {
        match self.relation {
            Relation::Every => None,
            Relation::From => None,
            _ => self.end,
        }
    }

    /// Whether the words bind what is to come: the last day is not before the notice. A bare day that is the
    /// notice's own says when it was passed.
    pub fn is_ahead(&self, reference: &Reference) -> bool {
        let day = self.start.is_some() && self.start == self.end && self.relation == Relation::At;
        match (self.due(), reference.written_on, reference.year) {
            (Some(due), Some(written), _) if day => due > written,
            (Some(due), Some(written), _) => due >= written,
            (Some(due), None, Some(year)) => due.year() >= year,
            (Some(_), None, None) => true,
            (None, ..) => self.event.is_some(),
        }
    }

    fn is_deadline(&self) -> bool {
        match self.relation {
            Relation::By | Relation::Within => true,
            _ => self.event.is_some() && self.end.is_none(),
        }
    }
}

/// What a date does in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateRole {
    /// Binds the numbers and outcomes of its clause and of those after it.
    Governs,
    /// 从2019年1月1日起: what follows starts then.
    Starts,
    /// 政策执行至…: a term of validity; binds a number granted in its own clause.
    Term,
    /// 每年: again and again.
    Recurs,
    /// Describes: 5月下旬的职业技能大赛, 2022年第四季度到期.
    Describes,
}

/// Tells what the date at `i` does.
pub fn role(part: &Part<'_>, i: usize, conditional: bool, reference: &Reference) -> DateRole {
    let Some(item) = part.items.get(i) else {
        return DateRole::Describes;
    };
    let Some(time) = item.atom.time.as_ref() else {
        return DateRole::Describes;
    };
    if item.quoted || conditional {
        return DateRole::Describes;
    }
    if time.relation == Relation::Every {
        return DateRole::Recurs;
    }
    let before = part.before(item.clause, item.start);
    let after = part.after(item.clause, item.end);
    let past_bracket = skip_brackets(after);
    if List::Describing.starts(after)
        || past_bracket.starts_with('已')
        || List::Comparing.ends(before)
    {
        return DateRole::Describes;
    }
    if is_in_force(after) && time.relation != Relation::By {
        return DateRole::Describes;
    }
    if after.chars().take(8).collect::<String>().contains("基础上") {
        return DateRole::Describes;
    }
    if List::Terms.within(chars::tail(before, 24)) {
        return DateRole::Term;
    }
    if List::Past.starts(item.atom.text)
        || List::Past.ends(before)
        || item.atom.text.ends_with("以来")
    {
        return DateRole::Describes;
    }
    match time.relation {
        Relation::From if long_past(time, reference) => return DateRole::Describes,
        Relation::From => return DateRole::Starts,
        Relation::Until => return DateRole::Term,
        // 1998年9月以前建设: years before the notice nothing falls due.
        Relation::By if time.has_year && long_past(time, reference) => {
            return DateRole::Describes;
        }
        _ => {}
    }
    if time.relation == Relation::Within && !item.atom.text.is_empty() {
        let near = chars::tail(before, 30);
        let leads = before.trim().is_empty()
            || near.contains("之日")
            || List::IssuedHere.ends(before)
            || List::Leads.ends(near);
        if !leads {
            return DateRole::Describes;
        }
    }
    let binds = matches!(time.relation, Relation::By | Relation::Within);
    if !binds {
        let past = When::of(item).is_some_and(|when| !when.is_ahead(reference));
        if past && time.event.is_none() {
            return DateRole::Describes;
        }
        // 制定2023年工作计划: the date belongs to the verb's object.
        let governed = part
            .words_before(item.clause, item.start)
            .next()
            .is_some_and(|w| {
                w.end == item.start
                    && w.roles
                        .any(Roles::DO | Roles::ATTEND | Roles::GRANT | Roles::END)
                    && !w.roles.any(Roles::ENSURE | Roles::STRIVE | Roles::PLAN)
            });
        if governed {
            return DateRole::Describes;
        }
    }
    DateRole::Governs
}

/// Whether a date with a year of its own lies more than a year before the notice.
fn long_past(time: &Time<'_>, reference: &Reference) -> bool {
    let day = time.end.or(time.start);
    let written = reference.written_on.and_then(|day| day.add_months(-12));
    time.has_year && day.zip(written).is_some_and(|(day, limit)| day < limit)
}

/// What says from when the notice itself holds: 施行, 起实施 at the clause's end.
fn is_in_force(after: &str) -> bool {
    List::InForce.at_start(after).is_some_and(|word| {
        // 实施 with an object is a thing done: 自2024年起实施新的标准.
        let rest = after.get(word.len()..).unwrap_or("");
        !word.ends_with("实施") || !rest.starts_with(chars::is_han)
    })
}
