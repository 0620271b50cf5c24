//! Which dates say by when, and which only describe.

use super::part::{Item, Part};
use crate::analyze::quantities::{Atom, Reference, Relation};
use crate::date::Date;
use crate::model::{Deadline, Period};
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

    /// Whether the words bind what is to come: the last day is not before the notice.
    pub fn is_ahead(&self, reference: &Reference) -> bool {
        match (self.due(), reference.written_on, reference.year) {
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

/// What stands behind a date that only describes.
const DESCRIBING: &[&str] = &[
    "的",
    "基础",
    "水平",
    "以来",
    "来，",
    "以后",
    "之后",
    "（含）以后",
    "后",
    "前后",
    "版",
    "出生",
    "及以前",
    "以前",
    "《",
    "中央",
    "政府工作报告",
    "到期",
    "末数",
    "底数",
    "同期",
    "发布的",
    "印发的",
];

/// What stands before a date that only describes.
const COMPARING: &[&str] = &[
    "比",
    "较",
    "与",
    "同",
    "截至",
    "截止",
    "截止到",
    "截至到",
    "相比于",
    "相较",
    "超过",
    "对",
    "将",
    "按照",
    "按",
    "根据",
    "以",
];

/// What stands before the end of a term of validity.
const TERMS: &[&str] = &[
    "有效期",
    "期限",
    "延续",
    "延长",
    "执行",
    "实施时间",
    "施行",
    "有效",
    "试行期",
    "截止时间",
    "暂定",
];

/// What stands behind a day from which the notice itself holds.
const IN_FORCE: &[&str] = &[
    "施行",
    "起施行",
    "执行",
    "起执行",
    "生效",
    "起生效",
    "起实施",
    "开始施行",
    "废止",
    "失效",
    "，有效期",
    "起试行",
];

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
    if starts_with_any(after, DESCRIBING) || ends_with_any(before, COMPARING) {
        return DateRole::Describes;
    }
    if starts_with_any(after, IN_FORCE) && time.relation != Relation::By {
        return DateRole::Describes;
    }
    if after.chars().take(8).collect::<String>().contains("基础上") {
        return DateRole::Describes;
    }
    if TERMS.iter().any(|term| tail(before, 24).contains(term)) {
        return DateRole::Term;
    }
    match time.relation {
        Relation::From => return DateRole::Starts,
        Relation::Until => return DateRole::Term,
        _ => {}
    }
    if time.relation == Relation::Within && !item.atom.text.is_empty() {
        let near = tail(before, 30);
        let leads = before.trim().is_empty()
            || near.contains("之日")
            || ends_with_any(
                near,
                &[
                    "后",
                    "在",
                    "力争",
                    "争取",
                    "于",
                    "计划",
                    "用",
                    "利用",
                    "未来",
                    "力争在",
                ],
            );
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

/// Whether a text starts with one of some words.
pub fn starts_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.starts_with(word))
}

/// Whether a text ends with one of some words.
pub fn ends_with_any(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| text.ends_with(word))
}

/// The last bytes of a text, cut at a character.
pub fn tail(text: &str, bytes: usize) -> &str {
    let from = text.len().saturating_sub(bytes);
    (from..=text.len())
        .find_map(|i| text.get(i..))
        .unwrap_or("")
}

/// The first bytes of a text, cut at a character.
pub fn front(text: &str, bytes: usize) -> &str {
    let upto = bytes.min(text.len());
    (0..=upto).rev().find_map(|i| text.get(..i)).unwrap_or("")
}
