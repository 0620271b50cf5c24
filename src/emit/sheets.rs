//! The sheets of the workbook (工作簿): the same notice as rows for people, in Chinese, each row standing for itself.
//!
//! Where the [tables](super::tables) are joined by keys, a row here carries what its reader needs: the task, who
//! answers, until when, out of which notice.

use std::borrow::Cow;

use super::cell::Cell;
use super::rows::{Entry, Flat, measure_name};
use super::tables::Kind;
use super::words;
use crate::diagnostic::{Language, Severity};
use crate::model::{Node, Role};

/// A sheet, in the order of the workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SheetId {
    /// 任务台账: one row a measure.
    Ledger,
    /// 责任分工: one block a unit.
    Duties,
    /// 量化目标: one row a target.
    Targets,
    /// 时间节点: one row a milestone, by its due date.
    Milestones,
    /// 文件信息: one row a notice.
    Notices,
    /// 校核提示: one row a finding.
    Findings,
}

impl SheetId {
    /// Every sheet.
    pub const ALL: [SheetId; 6] = [
        SheetId::Ledger,
        SheetId::Duties,
        SheetId::Targets,
        SheetId::Milestones,
        SheetId::Notices,
        SheetId::Findings,
    ];

    /// The sheet's description.
    pub fn sheet(self) -> &'static Sheet {
        &SHEETS[self as usize]
    }
}

/// A sheet.
#[derive(Debug)]
pub struct Sheet {
    /// The tab's name.
    pub title: &'static str,
    /// The columns after the running number (序号).
    pub columns: &'static [Heading],
    /// The columns by which a row sorts its sheet; the text's order where there is none.
    pub order: Order,
    /// How many columns stay in view.
    pub frozen: u16,
    /// How many columns go on paper: what a page can show in letters that can be read; the others are for the screen.
    pub printed: usize,
}

/// In which order rows stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As they come.
    Text,
    /// In blocks of equal words in this column, as these first come.
    Blocks(usize),
    /// By the day in this column, undated rows last.
    Day(usize),
}

/// A column of a sheet.
#[derive(Debug)]
pub struct Heading {
    /// What stands above it.
    pub title: &'static str,
    /// Its width in characters of Latin text; a Chinese one takes two.
    pub width: f64,
    /// What its cells hold.
    pub kind: Kind,
}

const fn text(title: &'static str, width: f64) -> Heading {
    Heading {
        title,
        width,
        kind: Kind::Text,
    }
}

const fn list(title: &'static str, width: f64) -> Heading {
    Heading {
        title,
        width,
        kind: Kind::List,
    }
}

const fn date(title: &'static str) -> Heading {
    Heading {
        title,
        width: 12.0,
        kind: Kind::Date,
    }
}

const fn number(title: &'static str, width: f64) -> Heading {
    Heading {
        title,
        width,
        kind: Kind::Number,
    }
}

/// The sheets, in the order of [`SheetId::ALL`].
static SHEETS: [Sheet; 6] = [
    Sheet {
        title: "任务台账",
        order: Order::Text,
        frozen: 2,
        printed: 12,
        columns: &[
            text("工作任务", 22.0),
            text("具体内容", 46.0),
            list("牵头单位", 16.0),
            list("责任单位", 20.0),
            list("配合单位", 16.0),
            list("量化目标", 28.0),
            list("时间节点", 24.0),
            date("完成时限"),
            text("进展情况", 14.0),
            text("文件标题", 22.0),
            text("发文字号", 16.0),
            text("编号", 8.0),
            date("最早时限"),
            list("督导单位", 16.0),
            list("责任领导", 12.0),
            text("所属部分", 22.0),
            text("备注", 14.0),
        ],
    },
    Sheet {
        title: "责任分工",
        order: Order::Blocks(0),
        frozen: 2,
        printed: 7,
        columns: &[
            text("责任单位", 20.0),
            text("角色", 8.0),
            text("工作任务", 36.0),
            list("量化目标", 32.0),
            list("时间节点", 30.0),
            date("完成时限"),
            text("文件标题", 24.0),
            text("发文字号", 18.0),
            text("编号", 8.0),
            text("所属部分", 22.0),
            text("沿用自", 8.0),
        ],
    },
    Sheet {
        title: "量化目标",
        order: Order::Text,
        frozen: 2,
        printed: 10,
        columns: &[
            text("指标", 26.0),
            text("动作", 8.0),
            text("要求", 8.0),
            number("数值", 16.0),
            number("上限", 12.0),
            text("单位", 8.0),
            date("完成时限"),
            list("责任单位", 22.0),
            text("原文", 40.0),
            text("文件标题", 24.0),
            text("发文字号", 18.0),
            text("编号", 8.0),
            text("工作任务", 30.0),
            text("数量原文", 20.0),
            text("变化", 8.0),
            text("力度", 8.0),
            text("时段", 14.0),
            text("时限原文", 14.0),
        ],
    },
    Sheet {
        title: "时间节点",
        order: Order::Day(0),
        frozen: 2,
        printed: 6,
        columns: &[
            date("完成时限"),
            text("时限原文", 14.0),
            text("事项", 48.0),
            list("责任单位", 24.0),
            text("工作任务", 28.0),
            text("文件标题", 24.0),
            text("发文字号", 18.0),
            text("编号", 8.0),
            text("力度", 8.0),
        ],
    },
    Sheet {
        title: "文件信息",
        order: Order::Text,
        frozen: 2,
        printed: 11,
        columns: &[
            text("标题", 44.0),
            text("发文字号", 18.0),
            text("文种", 8.0),
            list("发文机关", 22.0),
            date("成文日期"),
            date("发布日期"),
            number("措施数", 8.0),
            number("责任单位数", 12.0),
            number("量化目标数", 12.0),
            number("时间节点数", 12.0),
            number("提示数", 8.0),
            date("生效日期"),
            date("废止日期"),
            text("有效性", 10.0),
            list("主送机关", 36.0),
            text("主题分类", 16.0),
            text("索引号", 24.0),
            list("附件", 30.0),
            text("文件", 30.0),
        ],
    },
    Sheet {
        title: "校核提示",
        order: Order::Text,
        frozen: 1,
        printed: 6,
        columns: &[
            text("级别", 8.0),
            text("提示内容", 58.0),
            number("行号", 8.0),
            text("建议改为", 18.0),
            text("文件标题", 28.0),
            text("文件", 24.0),
            text("发文字号", 18.0),
            text("代码", 24.0),
        ],
    },
];

/// Hands out every row of every sheet, the notice's own first.
pub fn rows(flat: &Flat<'_>, sink: &mut impl FnMut(SheetId, &[Cell<'_>])) {
    sink(SheetId::Notices, &notice_row(flat));
    for entry in flat.ledger() {
        sink(SheetId::Ledger, &ledger_row(flat, entry));
    }
    duty_rows(flat, sink);
    for (i, placed) in flat.nodes.iter().enumerate() {
        let entry = flat.entry_above(i);
        for target in &placed.node.targets {
            sink(
                SheetId::Targets,
                &target_row(flat, placed.node, entry, target),
            );
        }
        for milestone in &placed.node.milestones {
            let row = milestone_row(flat, placed.node, entry, milestone);
            sink(SheetId::Milestones, &row);
        }
    }
    for finding in &flat.notice.diagnostics {
        let row = [
            severity_zh(finding.severity).into(),
            Cell::from(finding.message_in(Language::Chinese)),
            finding.span.map(|s| s.line).into(),
            finding.fix.as_ref().map(|f| &f.replacement).into(),
            title(flat),
            Cell::from(flat.id),
            doc_number(flat),
            finding.code.id().into(),
        ];
        sink(SheetId::Findings, &row);
    }
}

fn title<'f>(flat: &'f Flat<'_>) -> Cell<'f> {
    // A notice without a title goes by its file's name.
    let title = flat.notice.header.title.as_deref();
    Cell::from(title.unwrap_or(flat.id))
}

fn doc_number<'f>(flat: &'f Flat<'_>) -> Cell<'f> {
    let number = flat.notice.header.doc_number.as_ref();
    number.map(|n| &n.normalized).into()
}

fn notice_row<'f>(flat: &'f Flat<'_>) -> Vec<Cell<'f>> {
    let header = &flat.notice.header;
    let counts = super::rows::Counts::of(flat.notice);
    let attachments: Vec<Cow<'_, str>> = flat
        .notice
        .attachments
        .iter()
        .filter_map(|a| a.title.as_deref().map(Cow::Borrowed))
        .collect();
    vec![
        header.title.as_ref().into(),
        doc_number(flat),
        header.kind.as_ref().into(),
        flat.issuers().into(),
        header.written_on.into(),
        header.published_on.into(),
        counts.measures.into(),
        counts.units.into(),
        counts.targets.into(),
        counts.milestones.into(),
        (counts.errors + counts.warnings).into(),
        header.effective_on.into(),
        header.expires_on.into(),
        header.validity.as_ref().into(),
        header.addressees.as_slice().into(),
        header.topic.as_ref().into(),
        header.index_number.as_ref().map(|n| &n.text).into(),
        attachments.into(),
        Cell::from(flat.id),
    ]
}

fn names<'f>(units: &'f [&str]) -> Cell<'f> {
    units
        .iter()
        .map(|u| Cow::Borrowed(*u))
        .collect::<Vec<_>>()
        .into()
}

fn ledger_row<'f>(flat: &'f Flat<'_>, entry: &'f Entry<'_>) -> Vec<Cell<'f>> {
    // In the order of the roles.
    let [lead, responsible, cooperating, supervising, leader] = &entry.units;
    // One date alone is the one that counts.
    let first = entry.due_first.filter(|day| Some(*day) != entry.due_last);
    vec![
        Cell::from(entry.measure.as_ref()),
        Cell::from(entry.task.as_ref()),
        names(lead),
        names(responsible),
        names(cooperating),
        entry.spelled_targets().into(),
        entry.spelled_milestones().into(),
        entry.due_last.into(),
        // 进展情况 is the office's to fill in.
        Cell::Empty,
        title(flat),
        doc_number(flat),
        Cell::from(&entry.node.id),
        first.into(),
        names(supervising),
        names(leader),
        Cell::from(&entry.section),
        // So is 备注.
        Cell::Empty,
    ]
}

/// What units answer for: as the nodes name them, and measures without units under a heading that names some.
fn duty_rows(flat: &Flat<'_>, sink: &mut impl FnMut(SheetId, &[Cell<'_>])) {
    for (i, placed) in flat.nodes.iter().enumerate() {
        let entry = flat.entry_above(i).filter(|entry| entry.at == i);
        if entry.is_some_and(|entry| !entry.listed) {
            continue;
        }
        let mut row = |role: Role, unit: &str, from: Option<&str>| {
            if flat.asks_for(unit) {
                let row = duty_row(flat, placed.node, entry, role, unit, from);
                sink(SheetId::Duties, &row);
            }
        };
        for duty in &placed.node.responsibilities {
            row(duty.role, &duty.unit, duty.inherited_from.as_deref());
        }
        if let Some((entry, above)) = entry.and_then(|e| Some((e, e.units_from?))) {
            for (role, units) in ROLES.into_iter().zip(&entry.units) {
                for unit in units {
                    row(role, unit, Some(&above.id));
                }
            }
        }
    }
}

/// The roles in the order of [`Entry::units`].
const ROLES: [Role; 5] = [
    Role::Lead,
    Role::Responsible,
    Role::Cooperating,
    Role::Supervising,
    Role::Leader,
];

fn duty_row<'f>(
    flat: &'f Flat<'_>,
    node: &'f Node,
    entry: Option<&'f Entry<'_>>,
    role: Role,
    unit: &'f str,
    from: Option<&'f str>,
) -> Vec<Cell<'f>> {
    vec![
        Cell::from(unit),
        words::role_zh(role).into(),
        Cell::from(measure_name(node).into_owned()),
        entry.map(|e| Cell::from(e.spelled_targets())).into(),
        entry.map(|e| Cell::from(e.spelled_milestones())).into(),
        entry.and_then(|e| e.due_last).into(),
        title(flat),
        doc_number(flat),
        Cell::from(&node.id),
        entry.map(|e| &e.section).into(),
        from.into(),
    ]
}

/// Who leads and who is responsible.
fn answering<'f>(entry: Option<&'f Entry<'_>>) -> Cell<'f> {
    let [lead, responsible, ..] = match entry {
        Some(entry) => &entry.units,
        None => return Cell::Empty,
    };
    let units = lead.iter().chain(responsible);
    units.map(|u| Cow::Borrowed(*u)).collect::<Vec<_>>().into()
}

/// The task a node belongs to: the measure, else the node itself.
fn task_name<'f>(entry: Option<&'f Entry<'_>>, node: &'f Node) -> Cell<'f> {
    match entry {
        Some(entry) => Cell::from(entry.measure.as_ref()),
        None => Cell::from(measure_name(node).into_owned()),
    }
}

fn target_row<'f>(
    flat: &'f Flat<'_>,
    node: &'f Node,
    entry: Option<&'f Entry<'_>>,
    target: &'f crate::model::Target,
) -> Vec<Cell<'f>> {
    let quantity = &target.quantity;
    vec![
        target.indicator.as_ref().into(),
        target.action.as_ref().into(),
        words::comparator_zh(quantity.comparator).into(),
        quantity.value.into(),
        quantity.upper.into(),
        quantity.unit.as_ref().into(),
        target.due.into(),
        answering(entry),
        Cell::from(&target.text),
        title(flat),
        doc_number(flat),
        Cell::from(&node.id),
        task_name(entry, node),
        Cell::from(&quantity.text),
        words::change_zh(target.change).into(),
        target.modality.map(words::modality_zh).into(),
        target.period.as_ref().map(|p| &p.text).into(),
        target.deadline.as_ref().map(|d| &d.text).into(),
    ]
}

fn milestone_row<'f>(
    flat: &'f Flat<'_>,
    node: &'f Node,
    entry: Option<&'f Entry<'_>>,
    milestone: &'f crate::model::Milestone,
) -> Vec<Cell<'f>> {
    let written = milestone.deadline.as_ref().map(|d| &d.text);
    vec![
        milestone.due.into(),
        written
            .or(milestone.period.as_ref().map(|p| &p.text))
            .into(),
        Cell::from(&milestone.text),
        answering(entry),
        task_name(entry, node),
        title(flat),
        doc_number(flat),
        Cell::from(&node.id),
        milestone.modality.map(words::modality_zh).into(),
    ]
}

fn severity_zh(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "错误",
        Severity::Warning => "警告",
        Severity::Info => "提示",
    }
}
