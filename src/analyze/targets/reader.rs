//! Reads a stretch of text clause by clause, and carries what reaches over commas: dates, modality, verbs.

use super::clauses::{Clause, within};
use super::commit::Commitment;
use super::conditions::{conditions, head};
use super::dates::{self, DateRole, When};
use super::part::{Item, Part};
use super::select::{self, Grip, Place};
use super::setting::Setting;
use super::values::{self, Group};
use super::{Findings, indicator};
use crate::analyze::quantities::{Relation, Time};
use crate::model::Modality;
use crate::text::{Locator, chars};
use crate::vocab::phrases::List;
use crate::vocab::words::Roles;

/// Clauses that are longer, in bytes, are not handed out whole with each of their targets.
pub(super) const LONGEST_CLAUSE: usize = 900;

/// How many dates of a clause are looked at around a number.
const NEAR_DATES: usize = 8;

/// The state that reaches over commas.
#[derive(Debug, Clone, Default)]
pub struct State<'s> {
    /// The sentence and the segment that are read.
    pub sentence: usize,
    segment: usize,
    /// The date that governs.
    pub governing: Option<When<'s>>,
    /// Whether the clause before holds nothing but that date.
    pub alone: bool,
    /// Whether that date stood alone in its clause, and so opened what follows: 从2019年1月1日起，.
    pub opened: bool,
    /// The words that govern were within the sentence (and not over the paragraph).
    modality: Option<Modality>,
    /// The sentence speaks of what was.
    pub past: bool,
    /// The part opened with a date that is past, and none ahead has come since.
    looks_back: bool,
    /// The sentence says what a word means.
    defines: bool,
    /// What the clause before measured.
    pub subject: Option<String>,
    /// The clause before.
    pub before: Option<usize>,
}

/// Reads one part.
#[derive(Debug)]
pub struct Reader<'p, 's> {
    pub(super) part: &'p Part<'s>,
    setting: &'p Setting<'s>,
    pub(super) locator: &'p Locator<'s>,
    conditions: Vec<(usize, usize)>,
    /// The part tells of years that are past: 过去五年，….
    reviews: bool,
    /// Items that a target or milestone has taken.
    pub(super) taken: Vec<bool>,
}

impl<'p, 's> Reader<'p, 's> {
    /// Prepares to read a part.
    pub fn new(
        part: &'p Part<'s>,
        setting: &'p Setting<'s>,
        locator: &'p Locator<'s>,
    ) -> Reader<'p, 's> {
        Reader {
            part,
            setting,
            locator,
            conditions: conditions(part),
            reviews: setting.review || opens_in_the_past(part),
            taken: vec![false; part.items.len()],
        }
    }

    /// Makes a mention of every number and date.
    pub fn mention_all(mut self, findings: &mut Findings) {
        self.mentions(findings);
    }

    /// Reads the part; gives the date that it puts over what follows it (到2025年，实现以下目标：).
    pub fn read(mut self, findings: &mut Findings) -> Option<When<'s>> {
        let mut state = State {
            governing: self.setting.governing.clone(),
            past: self.reviews,
            looks_back: self.opens_with_past_date(),
            sentence: usize::MAX,
            ..State::default()
        };
        let goal_date = self.goal_date();
        for i in 0..self.part.shape.clauses.len() {
            let Some(clause) = self.part.clause(i).copied() else {
                continue;
            };
            if clause.depth == 0 {
                self.step(&mut state, &clause, goal_date.as_ref());
                self.read_clause(i, &clause, &mut state, findings);
                state.before = Some(i);
            } else {
                let mut inner = State {
                    before: None,
                    subject: None,
                    ..state.clone()
                };
                self.read_clause(i, &clause, &mut inner, findings);
            }
        }
        self.mentions(findings);
        let opens = self.part.text.trim_end().ends_with(chars::is_colon);
        (opens && self.speaks_of_goals())
            .then_some(state.governing)
            .flatten()
    }

    /// “十一五”期间，…: the first date of the part, with a year of its own, lies behind and stands at its head.
    fn opens_with_past_date(&self) -> bool {
        let first = self.part.items.iter().position(Item::is_date);
        let Some((at, item)) = first.and_then(|at| Some((at, self.part.items.get(at)?))) else {
            return false;
        };
        let named = item.atom.text.contains(|c| chars::is_digit(c) || c == '五');
        named
            && self.lies_behind(item)
            && self.role(at) == DateRole::Describes
            && self.part.opens(0, item.start)
            && !self.part.after(item.clause, item.end).starts_with('的')
    }

    fn speaks_of_goals(&self) -> bool {
        List::Opening.within(chars::tail(self.part.text, 150))
    }

    /// The date that opens a goal paragraph, and so governs the whole of it.
    fn goal_date(&self) -> Option<When<'s>> {
        let item = self.part.items.iter().find(|item| item.is_date())?;
        let clause = self.part.clause(item.clause)?;
        let opens = clause.sentence == 0 && clause.depth == 0;
        let goals = self.setting.goals || self.part.clause_text(item.clause).contains("目标");
        let index = self.part.items.iter().position(|x| x.start == item.start)?;
        let governs = self.role(index) == DateRole::Governs;
        (opens
            && goals
            && governs
            && head(self.part.slice(clause.start, item.start))
                .chars()
                .count()
                < 12)
            .then(|| When::of(item))
            .flatten()
    }

    /// Sentence and segment ends drop what does not reach over them.
    fn step(&self, state: &mut State<'s>, clause: &Clause, goal_date: Option<&When<'s>>) {
        if clause.sentence != state.sentence {
            state.sentence = clause.sentence;
            let over = if clause.sentence == 0 {
                None
            } else {
                goal_date.cloned()
            };
            state.governing = over.or_else(|| self.setting.governing.clone());
            state.alone = false;
            state.past = self.reviews || state.looks_back;
            state.defines = false;
            state.subject = None;
            state.before = None;
        }
        if clause.segment != state.segment {
            state.segment = clause.segment;
            state.modality = None;
        }
    }

    fn role(&self, item: usize) -> DateRole {
        let at = self.part.items.get(item).map_or(0, |x| x.core);
        dates::role(
            self.part,
            item,
            self.conditional(at),
            &self.setting.reference,
        )
    }

    pub(super) fn conditional(&self, at: usize) -> bool {
        within(&self.conditions, at)
    }

    fn read_clause(
        &mut self,
        i: usize,
        clause: &Clause,
        state: &mut State<'s>,
        findings: &mut Findings,
    ) {
        let part = self.part;
        let dates: Vec<(usize, DateRole)> = part
            .items_of
            .get(i)
            .into_iter()
            .flatten()
            .filter(|&&x| part.items.get(x).is_some_and(Item::is_date))
            .map(|&x| (x, self.role(x)))
            .collect();
        self.note_past(i, clause, &dates, state);
        state.defines |= List::Defining.within(chars::front(part.clause_text(i), 240));
        let groups = values::groups(part, i);
        let mut committed = false;
        let mut carried: Option<Grip> = None;
        let mut floor = clause.start;
        let mut verbs = clause.start;
        let mut name_floor = clause.start;
        for (n, group) in groups.iter().enumerate() {
            let bounds = values::bounds(part, i, group, floor);
            let (when, own) = self.when(&dates, group.start, state);
            let modality = self.modality_at(i, group.start, state);
            let ahead = modality.is_some()
                || when
                    .as_ref()
                    .is_some_and(|w| w.is_ahead(&self.setting.reference))
                || self.setting.goals;
            let place = Place {
                clause: i,
                floor,
                verbs,
                carried,
                ahead,
                modal: modality.is_some(),
                dated: own,
                followed: n + 1 < groups.len(),
                bounds: &bounds,
            };
            let own_ahead = own
                && when
                    .as_ref()
                    .is_some_and(|w| w.is_ahead(&self.setting.reference));
            let past = if own_ahead { self.reviews } else { state.past }
                || self.just_past(&dates, group.start);
            let barred =
                past || state.defines || self.setting.requirements || self.conditional(group.core);
            let grip = (!barred && !self.is_baseline(i, group))
                .then(|| select::grip(part, group, &place))
                .flatten();
            carried = grip;
            // 373个省市重点项目完成投资…: a scope at the head is no part of the name.
            let leads = head(part.slice(name_floor, group.start)).is_empty();
            if let Some(grip) = grip {
                let start = bounds.first().map_or(group.start, |b| b.start);
                let name = indicator::name(part, i, group, &grip, name_floor, start);
                let found = Commitment {
                    clause: i,
                    group,
                    floor,
                    bounds: &bounds,
                    grip,
                    name,
                    when,
                    modality,
                };
                self.commit(&found, state, findings);
                committed = true;
                name_floor = indicator::consumed(part, i, group.end);
            } else if leads {
                name_floor = group.end;
            }
            if part.next_quantity(i, group.end) != Some(group.end) {
                floor = group.end;
            }
            // 培育年产值超亿元的企业500家, 引进10亿元以上企业5家, 办好12类45件实事: the verb before reaches over what only
            // says which.
            let after = part.after(i, group.end);
            let floor_of_noun = part.slice(group.start, group.end).ends_with(['上', '下'])
                && after.starts_with(chars::is_han);
            let says_which = after.starts_with('的')
                || floor_of_noun
                || part.next_quantity(i, group.end) == Some(group.end);
            if grip.is_some() || !says_which {
                verbs = group.end;
            }
        }
        self.update_modality(i, state);
        if !committed && !state.past && !state.defines && !self.setting.requirements {
            self.milestones(i, clause, &dates, state, findings);
        }
        self.update_governing(clause, &dates, state, committed);
        if !committed {
            state.subject = None;
        }
    }

    /// The date that governs a number at `at`: the last of its clause before it, else the first behind it, else
    /// the one that reaches over; and whether it stands in the clause itself.
    fn when(
        &self,
        dates: &[(usize, DateRole)],
        at: usize,
        state: &State<'s>,
    ) -> (Option<When<'s>>, bool) {
        let binding =
            |role: &DateRole| matches!(role, DateRole::Governs | DateRole::Term | DateRole::Starts);
        let item = |x: &usize| self.part.items.get(*x);
        let split = dates.partition_point(|(x, _)| item(x).is_some_and(|d| d.start < at));
        let (earlier, later) = dates.split_at(split);
        let before = earlier
            .iter()
            .rev()
            .take(NEAR_DATES)
            .find(|(_, role)| binding(role));
        let behind = later
            .iter()
            .take(NEAR_DATES)
            .find(|(_, role)| binding(role));
        let own = before.or(behind).and_then(|(x, _)| When::of(item(x)?));
        if own.is_some() {
            return (own, true);
        }
        // 到2027年，每年培育…: a date that opens stays.
        if state.governing.is_some() && (state.alone || state.opened) {
            return (state.governing.clone(), state.alone);
        }
        // 年底前…；每年安排…: what recurs in the clause itself replaces what reaches over.
        let recurs = dates
            .iter()
            .take(NEAR_DATES)
            .find(|(_, role)| *role == DateRole::Recurs);
        if let Some(when) = recurs.and_then(|(x, _)| When::of(item(x)?)) {
            return (Some(when), false);
        }
        if state.governing.is_some() {
            return (state.governing.clone(), state.alone);
        }
        (self.setting.clause_deadline.clone(), false)
    }

    /// Whether the last date before a number is one of the past: 2021年营业收入达到5亿元.
    fn just_past(&self, dates: &[(usize, DateRole)], at: usize) -> bool {
        let split =
            dates.partition_point(|&(x, _)| self.part.items.get(x).is_some_and(|d| d.start < at));
        let last = split.checked_sub(1).and_then(|n| dates.get(n));
        let Some((item, DateRole::Describes)) =
            last.and_then(|&(x, role)| Some((self.part.items.get(x)?, role)))
        else {
            return false;
        };
        // 上年度 says whose: 上年度实际缴纳的失业保险费.
        let named = item.atom.text.chars().any(chars::is_digit);
        let before = self.part.before(item.clause, item.start);
        let behind = self.part.after(item.clause, item.end);
        let compares = before.ends_with(['比', '较', '与', '同', '在', '由', '从'])
            || behind.starts_with('的')
            || List::Bases.starts(behind);
        named && !compares && self.lies_behind(item)
    }

    /// Whether a date with a year of its own, and no deadline, is past.
    fn lies_behind(&self, item: &Item<'s>) -> bool {
        let year =
            |t: &Time<'_>| t.has_year && matches!(t.relation, Relation::At | Relation::During);
        item.atom.time.as_ref().is_some_and(year)
            && When::of(item).is_some_and(|when| !when.is_ahead(&self.setting.reference))
    }

    pub(super) fn modality_at(&self, i: usize, at: usize, state: &State<'s>) -> Option<Modality> {
        let word = self
            .part
            .words_before(i, at)
            .find(|w| w.roles.any(Roles::ENSURE | Roles::STRIVE));
        word.map(|w| modality(w.roles)).or(state.modality)
    }

    fn update_modality(&self, i: usize, state: &mut State<'s>) {
        let last = self
            .part
            .words_of
            .get(i)
            .into_iter()
            .flatten()
            .rev()
            .find_map(|&w| {
                let word = self.part.words.get(w)?;
                word.roles
                    .any(Roles::ENSURE | Roles::STRIVE)
                    .then_some(word.roles)
            });
        if let Some(roles) = last {
            state.modality = Some(modality(roles));
        }
    }

    /// The last date of a clause governs the clauses behind it.
    fn update_governing(
        &self,
        clause: &Clause,
        dates: &[(usize, DateRole)],
        state: &mut State<'s>,
        committed: bool,
    ) {
        let last = dates
            .iter()
            .rev()
            .find(|(_, role)| matches!(role, DateRole::Governs | DateRole::Starts));
        let Some(item) = last.and_then(|&(x, _)| self.part.items.get(x)) else {
            let text = self.part.slice(clause.start, clause.end);
            state.opened |= state.alone;
            state.alone = state.alone && (text.trim().is_empty() || is_circumstance(text));
            return;
        };
        state.governing = When::of(item);
        let rest = self.part.slice(item.end, clause.end);
        state.opened = false;
        state.alone = !committed && rest.chars().filter(|c| chars::is_han(*c)).count() < 3;
    }

    /// Words and dates of the past: what follows them in the sentence is a report.
    fn note_past(
        &self,
        i: usize,
        clause: &Clause,
        dates: &[(usize, DateRole)],
        state: &mut State<'s>,
    ) {
        let text = self.part.clause_text(i);
        let lead = text.len() - head(text).len();
        let reports = self.part.words_of.get(i).into_iter().flatten().any(|&w| {
            self.part.words.get(w).is_some_and(|word| {
                let behind = self.part.slice(word.end, clause.end);
                word.roles.any(Roles::PAST)
                    && word.start <= clause.start + lead + 18
                    && !self.conditional(word.start)
                    && !List::NoReports.starts(behind)
                    && !List::Against.ends(self.part.slice(clause.start, word.start))
            })
        });
        let was = dates.iter().any(|&(x, role)| {
            let Some(item) = self.part.items.get(x) else {
                return false;
            };
            role == DateRole::Describes
                && item.start <= clause.start + lead + 6
                && !self.conditional(item.start)
                && !item.quoted
                && item.atom.text.chars().any(chars::is_digit)
                && self.lies_behind(item)
                && !self.part.slice(item.end, clause.end).starts_with('的')
        });
        // 自1999年考试开展以来: it has been so.
        let since = text.trim_end().ends_with("以来")
            || dates.iter().any(|&(x, _)| {
                let item = self.part.items.get(x);
                item.is_some_and(|item| item.atom.text.ends_with("以来") && !item.quoted)
            });
        // 2024年底前，现有人员要全部…; 已建成小区要在6月底前完成…: the word says which, the date is ahead.
        let own = dates.iter().any(|(_, role)| *role == DateRole::Governs);
        let governed = own || state.alone && state.governing.is_some();
        state.looks_back &= !own;
        if reports && !governed || was || since {
            state.past = true;
        } else if own && !self.reviews {
            state.past = false;
        }
    }

    /// 由16个工作日压减至…: where a change starts from.
    fn is_baseline(&self, i: usize, group: &Group) -> bool {
        let before = self.part.before(i, group.start);
        let from = chars::tail(before, 40);
        let opens = from
            .rfind(['由', '从', '比', '较', '原'])
            .is_some_and(|at| {
                let rest = from.get(at..).unwrap_or("");
                !rest.contains(['，', '、', '至', '到'])
            });
        let after = self.part.after(i, group.end);
        opens
            && after.contains(['至', '到', '为'])
            && List::Turning.within(chars::front(after, 45))
            && self.part.next_quantity(i, group.end).is_some()
    }
}

/// 在前期工作基础上, 按照有关要求: a clause between a date and what is due that only says how or where.
fn is_circumstance(text: &str) -> bool {
    let text = chars::trim(text);
    List::Circumstantial.starts(text) && List::Settings.ends(text)
}

/// 过去五年，…: a part that a stretch of past time opens.
fn opens_in_the_past(part: &Part<'_>) -> bool {
    part.items
        .iter()
        .find(|item| item.is_date())
        .is_some_and(|item| List::Past.starts(item.atom.text) && part.opens(0, item.start))
}

fn modality(roles: Roles) -> Modality {
    if roles.any(Roles::ENSURE) {
        Modality::Ensure
    } else {
        Modality::Strive
    }
}
