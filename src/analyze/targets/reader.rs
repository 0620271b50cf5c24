//! Reads a stretch of text clause by clause, and carries what reaches over commas: dates, modality, verbs.

use super::clauses::{Clause, End};
use super::conditions::{conditions, head};
use super::dates::{self, DateRole, When};
use super::milestones::{self, Hold};
use super::part::{Item, Part};
use super::select::{self, Grip, Place};
use super::values::{self, Bound, Group};
use super::{Findings, heading_roles, indicator, year_of};
use crate::analyze::quantities::{Reference, Relation, Time};
use crate::model::{
    Baseline, Comparator, Decimal, Mention, MentionKind, Milestone, Modality, Quantity,
    QuantityKind, Target,
};
use crate::syntax::tree::Node;
use crate::text::{Locator, chars};
use crate::vocab::words::{self, Roles};

/// Clauses that are longer, in bytes, are not handed out whole with each of their targets.
const LONGEST_CLAUSE: usize = 900;

/// Nouns that say little without the clause before: 可申请展期还款，期限不超过1年.
const GENERIC: &[&str] = &[
    "期限", "时限", "时间", "比例", "标准", "总额", "金额", "规模", "总量", "数量", "占比", "增速",
    "面积", "幅度", "额度",
];

/// How many dates of a clause are looked at around a number.
const NEAR_DATES: usize = 8;

/// What holds for a node before its own words are read.
#[derive(Debug, Clone)]
pub struct Setting<'s> {
    /// What dates are counted from.
    pub reference: Reference,
    /// A review of what was done stands above.
    pub review: bool,
    /// A list of requirements stands above.
    pub requirements: bool,
    /// A heading of goals stands above.
    pub goals: bool,
    /// The date that a goal paragraph above puts over all that follows.
    pub governing: Option<When<'s>>,
    /// The date of the node's own clause.
    pub clause_deadline: Option<When<'s>>,
    /// The node's text ends by opening what follows it.
    pub opens: bool,
}

impl<'s> Setting<'s> {
    /// What holds where nothing stands above.
    pub fn new(reference: Reference) -> Setting<'s> {
        Setting {
            reference,
            review: false,
            requirements: false,
            goals: false,
            governing: None,
            clause_deadline: None,
            opens: false,
        }
    }

    /// What holds for a node below this one, its heading counted.
    pub fn below(&self, node: &Node<'s>) -> Setting<'s> {
        let mut setting = Setting {
            clause_deadline: None,
            opens: false,
            ..self.clone()
        };
        if node.marker.is_some() {
            let roles = heading_roles(node.title);
            setting.review |= ends_in_review(node.title);
            setting.requirements |= roles.any(Roles::REQUIREMENTS);
            setting.goals |= roles.any(Roles::GOALS);
            if let Some(year) = year_of(node.title) {
                setting.reference.year = Some(year);
            }
        }
        setting
    }

    /// What holds for a paragraph after one that opens it.
    pub fn opened_by(mut self, opener: &Setting<'s>) -> Setting<'s> {
        self.governing = opener.governing.clone().or(self.governing);
        self.requirements |= opener.requirements;
        self.opens = true;
        self
    }
}

fn ends_in_review(title: &str) -> bool {
    let title = title.trim_end_matches(['。', '：', ' ']);
    words::find(title).any(|w| w.roles.any(Roles::REVIEW) && w.end == title.len())
}

/// Whether a text ends by opening a list of requirements: 应当符合下列条件：.
pub fn opens_requirements(text: &str) -> bool {
    let text = chars::trim(text);
    let Some(text) = text.strip_suffix(chars::is_colon) else {
        return false;
    };
    let last = dates::tail(text, 120);
    words::find(last).any(|w| w.roles.any(Roles::REQUIREMENTS))
}

/// The state that reaches over commas.
#[derive(Debug, Clone, Default)]
struct State<'s> {
    sentence: usize,
    segment: usize,
    /// The date that governs, and whether the clause before holds nothing else.
    governing: Option<When<'s>>,
    alone: bool,
    /// The words that govern were within the sentence (and not over the paragraph).
    modality: Option<Modality>,
    /// The sentence speaks of what was.
    past: bool,
    /// What the clause before measured.
    subject: Option<String>,
    /// The clause before.
    before: Option<usize>,
}

/// Reads one part.
#[derive(Debug)]
pub struct Reader<'p, 's> {
    part: &'p Part<'s>,
    setting: &'p Setting<'s>,
    locator: &'p Locator<'s>,
    conditions: Vec<(usize, usize)>,
    /// Items that a target or milestone has taken.
    taken: Vec<bool>,
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
            past: self.setting.review,
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

    fn speaks_of_goals(&self) -> bool {
        let last = dates::tail(self.part.text, 150);
        ["目标", "如下", "以下", "下列", "任务", "指标"]
            .iter()
            .any(|w| last.contains(w))
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
            state.past = self.setting.review;
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

    fn conditional(&self, at: usize) -> bool {
        super::clauses::within(&self.conditions, at)
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
        let groups = values::groups(part, i);
        let mut committed = false;
        let mut carried: Option<Grip> = None;
        let mut floor = clause.start;
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
            let past = if own_ahead {
                self.setting.review
            } else {
                state.past
            } || self.just_past(&dates, group.start);
            let barred = past || self.setting.requirements || self.conditional(group.core);
            let grip = (!barred && !self.is_baseline(i, group))
                .then(|| select::grip(part, group, &place))
                .flatten();
            carried = grip.or(carried.filter(|_| false));
            if let Some(grip) = grip {
                let start = bounds.first().map_or(group.start, |b| b.start);
                let name = indicator::name(part, i, group, &grip, name_floor, start);
                self.commit(
                    i, group, floor, &bounds, &grip, name, when, modality, state, findings,
                );
                committed = true;
            }
            floor = group.end;
            // 373个省市重点项目完成投资…: a scope at the head is no part of the name.
            let leads = head(part.slice(name_floor, group.start)).is_empty();
            if grip.is_some() || leads {
                name_floor = group.end;
            }
        }
        self.update_modality(i, state);
        if !committed && !state.past && !self.setting.requirements {
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
        if state.governing.is_some() {
            return (state.governing.clone(), state.alone);
        }
        let recurs = dates
            .iter()
            .take(NEAR_DATES)
            .find(|(_, role)| *role == DateRole::Recurs);
        if let Some(when) = recurs.and_then(|(x, _)| When::of(item(x)?)) {
            return (Some(when), false);
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
        let year =
            |t: &Time<'_>| t.has_year && matches!(t.relation, Relation::At | Relation::During);
        let plain = named && item.atom.time.as_ref().is_some_and(year);
        let before = self.part.before(item.clause, item.start);
        let behind = self.part.after(item.clause, item.end);
        let compares = dates::ends_with_any(before, &["比", "较", "与", "同", "在", "由", "从"])
            || dates::starts_with_any(behind, &["的", "基础", "水平"]);
        plain && !compares && When::of(item).is_some_and(|w| !w.is_ahead(&self.setting.reference))
    }

    fn modality_at(&self, i: usize, at: usize, state: &State<'s>) -> Option<Modality> {
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
            let blank = self.part.slice(clause.start, clause.end).trim().is_empty();
            state.alone = state.alone && blank;
            return;
        };
        state.governing = When::of(item);
        let rest = self.part.slice(item.end, clause.end);
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
                    && !dates::starts_with_any(behind, &["基础", "的基础", "水平", "同期"])
                    && !dates::ends_with_any(
                        self.part.slice(clause.start, word.start),
                        &[
                            "比", "较", "与", "在", "按", "以", "对", "将", "于", "同", "超过",
                        ],
                    )
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
                && item.atom.time.as_ref().is_some_and(|t| {
                    t.has_year && matches!(t.relation, Relation::At | Relation::During)
                })
                && When::of(item).is_some_and(|w| !w.is_ahead(&self.setting.reference))
                && !self.part.slice(item.end, clause.end).starts_with('的')
        });
        if reports || was {
            state.past = true;
        } else if dates.iter().any(|(_, role)| *role == DateRole::Governs) && !self.setting.review {
            state.past = false;
        }
    }

    /// 由16个工作日压减至…: where a change starts from.
    fn is_baseline(&self, i: usize, group: &Group) -> bool {
        let before = self.part.before(i, group.start);
        let from = dates::tail(before, 40);
        let opens = ["由", "从", "比", "较", "原来的", "原"].iter().any(|w| {
            from.rfind(w).is_some_and(|at| {
                !from
                    .get(at..)
                    .unwrap_or("")
                    .contains(['，', '、', '至', '到'])
            })
        });
        let after = self.part.after(i, group.end);
        let turns = [
            "压", "缩", "减", "降", "提高", "提升", "增加", "增长", "扩大", "扩展", "放宽", "调整",
            "下调", "上调", "精简", "优化", "延长", "上升", "至", "到", "变",
        ];
        opens
            && after.contains(['至', '到', '为'])
            && turns.iter().any(|t| dates::front(after, 45).contains(t))
            && self.part.next_quantity(i, group.end).is_some()
    }

    #[allow(clippy::too_many_arguments)] // what a target is put together from
    fn commit(
        &mut self,
        i: usize,
        group: &Group,
        floor: usize,
        bounds: &[Bound],
        grip: &Grip,
        name: indicator::Name,
        when: Option<When<'s>>,
        modality: Option<Modality>,
        state: &mut State<'s>,
        findings: &mut Findings,
    ) {
        let part = self.part;
        let whole = part.clause_text(i);
        let text = if whole.len() <= LONGEST_CLAUSE {
            chars::trim(whole)
        } else {
            chars::trim(part.slice(floor, group.end))
        };
        let baseline = self.baseline(i, group);
        let mut indicators = name.indicators;
        if indicators.first().is_none_or(|n| n.chars().count() < 2) {
            let borrowed = state.subject.clone().or_else(|| {
                let before = state
                    .before
                    .filter(|&b| part.clause_text(b).len() <= LONGEST_CLAUSE)?;
                Some(indicator::subject_of(part, before))
            });
            if let Some(subject) = borrowed.filter(|s| !s.is_empty()) {
                indicators = vec![subject];
            }
        }
        if let Some(first) = indicators
            .first_mut()
            .filter(|n| state.subject.is_none() && is_generic(n))
        {
            let before = state
                .before
                .filter(|&b| part.clause_text(b).len() <= LONGEST_CLAUSE);
            if let Some(subject) = before.map(|b| indicator::subject_of(part, b)) {
                first.insert_str(0, &subject);
            }
        }
        let twice = (group.members.len() == 1)
            .then(|| self.each_of(i, group, &indicators))
            .flatten();
        let rounds = twice.as_ref().map_or(1, Vec::len);
        for round in 0..rounds {
            for (n, &member) in group.members.iter().enumerate() {
                let (Some(item), Some(bound)) = (part.items.get(member), bounds.get(n)) else {
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
                    action: name.action.clone().filter(|a| !a.is_empty()),
                    indicator: indicator.filter(|n| !n.is_empty()),
                    quantity: quantity(item, bound, value, words, self.locator),
                    modality,
                    change: grip.change,
                    baseline: baseline.clone(),
                    period: when.as_ref().and_then(When::period),
                    deadline: when.as_ref().and_then(When::deadline),
                    due: when.as_ref().and_then(When::due),
                    span: self.locator.span(text),
                });
                if let Some(taken) = self.taken.get_mut(member) {
                    *taken = true;
                }
            }
        }
        self.take_date(when.as_ref(), text);
        state.subject = indicators.into_iter().next();
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
        let at = ["比", "较", "由", "从"]
            .iter()
            .filter_map(|w| before.rfind(w))
            .max()
            .or_else(|| {
                before
                    .rfind("在")
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
    fn take_date(&mut self, when: Option<&When<'s>>, held_in: &str) {
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

    /// The milestones of a clause without a committed number: one, or one for each 、-part with a date of its own.
    fn milestones(
        &mut self,
        i: usize,
        clause: &Clause,
        dates: &[(usize, DateRole)],
        state: &State<'s>,
        findings: &mut Findings,
    ) {
        let part = self.part;
        let binding: Vec<&Item<'s>> = dates
            .iter()
            .filter(|(_, role)| matches!(role, DateRole::Governs | DateRole::Starts))
            .filter_map(|&(x, _)| part.items.get(x))
            .collect();
        let modality = self.modality_at(i, clause.end, state);
        if self.conditional(clause.start) && self.conditional(clause.end.saturating_sub(1)) {
            return;
        }
        if binding.is_empty() {
            // Terms and recurring dates of the clause itself make no milestone.
            let when = state
                .governing
                .clone()
                .filter(|_| dates.iter().all(|(_, r)| *r == DateRole::Describes));
            let Some(when) = when else { return };
            let hold = if state.alone {
                Hold::Own
            } else {
                Hold::Inherited
            };
            self.milestone(
                clause.start,
                clause.end,
                &when,
                hold,
                modality,
                state,
                findings,
            );
            return;
        }
        for (start, end, item) in parts_with_dates(part, clause, &binding) {
            // 要在本意见印发之日起30日内，: the date stands alone.
            let alone = part.slice(item.end, end).trim().is_empty()
                && part.slice(start, item.start).ends_with("之日起");
            if let Some(when) = When::of(item).filter(|_| !alone) {
                self.milestone(start, end, &when, Hold::Own, modality, state, findings);
            }
        }
    }

    #[allow(clippy::too_many_arguments)] // what a milestone is put together from
    fn milestone(
        &mut self,
        start: usize,
        end: usize,
        when: &When<'s>,
        hold: Hold,
        modality: Option<Modality>,
        state: &State<'s>,
        findings: &mut Findings,
    ) {
        let part = self.part;
        if !milestones::states_an_end(part, start, end, when, hold) {
            return;
        }
        let due = match when.relation {
            Relation::From => when.start,
            _ => when.due(),
        };
        if due.is_none() && when.event.is_none() {
            return;
        }
        let mut text = milestones::trim(part, start, end);
        if text.chars().count() < 6 && hold == Hold::Own {
            // 有分歧欠款…，10月底前清偿完毕: the subject stands in the clause before.
            if let Some(before) = state.before.and_then(|b| part.clause(b))
                && before.ends_with == End::Comma
                && before.sentence == state.sentence
            {
                text = chars::trim(part.slice(before.start, end));
            }
        }
        if text.is_empty() {
            return;
        }
        findings.milestones.push(Milestone {
            text: text.to_owned(),
            modality,
            period: when.period(),
            deadline: when.deadline(),
            due,
            span: self.locator.span(text),
        });
        self.take_date(Some(when), text);
    }

    /// Everything that no target or milestone has taken; then every digit that even so lies in nothing.
    fn mentions(&mut self, findings: &mut Findings) {
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

fn modality(roles: Roles) -> Modality {
    if roles.any(Roles::ENSURE) {
        Modality::Ensure
    } else {
        Modality::Strive
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

fn is_generic(name: &str) -> bool {
    name.chars().count() <= 5 && GENERIC.iter().any(|noun| name.ends_with(noun))
}

/// 1000元/人 is so many 元 for each.
fn bare<'u>(unit: &'u str, item: &Item<'_>) -> &'u str {
    match item.atom.measures {
        QuantityKind::Money => unit.split('/').next().unwrap_or(unit),
        _ => unit,
    }
}

/// A clause in 、-parts, where several of them have dates: (start, end, date).
fn parts_with_dates<'i, 's>(
    part: &Part<'s>,
    clause: &Clause,
    dates: &[&'i Item<'s>],
) -> Vec<(usize, usize, &'i Item<'s>)> {
    let mut out = Vec::new();
    let mut start = clause.start;
    for (n, date) in dates.iter().enumerate() {
        let end = match dates.get(n + 1) {
            None => clause.end,
            Some(next) => {
                let between = part.slice(date.end, next.start);
                match between.rfind('、') {
                    Some(at) => date.end + at,
                    // Two dates and nothing that parts them: the later one rules.
                    None => continue,
                }
            }
        };
        out.push((start, end, *date));
        start = end;
    }
    out
}
