//! A notice flattened to the rows of the [tables](super::tables): once, here; every table format writes these.

use std::borrow::Cow;
use std::collections::HashSet;

use super::cell::Cell;
use super::tables::TableId;
use super::words;
use crate::date::Date;
use crate::diagnostic::{Language, Severity};
use crate::model::{Deadline, Milestone, Node, NodeKind, Notice, Period, Role, Target, Unit};
use crate::span::Span;

/// What the ledger leaves out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerFilter {
    /// Only measures that one of these units answers for: names that hold these words.
    pub units: Vec<String>,
    /// Only measures with a due date before this day.
    pub due_before: Option<Date>,
}

impl LedgerFilter {
    fn asks_for(&self, unit: &str) -> bool {
        let mut asked = self.units.iter();
        self.units.is_empty() || asked.any(|words| unit.contains(words.as_str()))
    }
}

/// A node, and where it hangs.
#[derive(Debug, Clone, Copy)]
pub struct Placed<'n> {
    /// The node.
    pub node: &'n Node,
    /// The place of the node above in [`Flat::nodes`].
    pub parent: Option<usize>,
    /// 0 for a root.
    pub depth: usize,
    /// Which attachment it lies in, from 1.
    pub attachment: Option<usize>,
}

/// A notice laid flat: its nodes in the order of the text, and its ledger.
#[derive(Debug)]
pub struct Flat<'n> {
    /// The notice's id.
    pub id: &'n str,
    /// The notice.
    pub notice: &'n Notice,
    /// The nodes, body first.
    pub nodes: Vec<Placed<'n>>,
    /// The measures.
    entries: Vec<Entry<'n>>,
    /// For each node, the measure that it is or lies below.
    entry_of: Vec<Option<usize>>,
    filter: &'n LedgerFilter,
}

/// A measure of the ledger (任务台账).
#[derive(Debug, Clone)]
pub struct Entry<'n> {
    /// Place among the notice's measures, from 1.
    pub seq: usize,
    /// The measure.
    pub node: &'n Node,
    /// Its place in [`Flat::nodes`].
    pub at: usize,
    /// Whether it passes the filter.
    pub listed: bool,
    /// The heading above that names its units, where it names none itself.
    pub units_from: Option<&'n Node>,
    /// The headings above, outermost first.
    pub section: String,
    /// What is to be done, in a line.
    pub measure: Cow<'n, str>,
    /// What is to be done, in full.
    pub task: Cow<'n, str>,
    /// Who answers, by role in the order of [`Role`].
    pub units: [Vec<&'n str>; 5],
    /// Its targets and those of the items below it.
    pub targets: Vec<&'n Target>,
    /// Its milestones and those of the items below it.
    pub milestones: Vec<&'n Milestone>,
    /// The earliest due date.
    pub due_first: Option<Date>,
    /// The latest due date.
    pub due_last: Option<Date>,
}

impl<'n> Flat<'n> {
    /// Lays a notice flat.
    pub fn new(notice: &'n Notice, id: &'n str, filter: &'n LedgerFilter) -> Flat<'n> {
        let nodes = placed(notice);
        let mut entries = entries(&nodes);
        let mut entry_of: Vec<Option<usize>> = Vec::with_capacity(nodes.len());
        let mut next = 0;
        for (i, placed) in nodes.iter().enumerate() {
            let own = (placed.node.kind == NodeKind::Measure).then_some(next);
            next += usize::from(own.is_some());
            let above = placed.parent.filter(|p| *p < i);
            let above = above.and_then(|p| entry_of.get(p).copied().flatten());
            entry_of.push(own.or(above));
        }
        for entry in &mut entries {
            entry.listed = entry.passes(filter);
        }
        Flat {
            id,
            notice,
            nodes,
            entries,
            entry_of,
            filter,
        }
    }

    /// The measures that pass the filter.
    pub fn ledger(&self) -> impl Iterator<Item = &Entry<'n>> {
        self.entries.iter().filter(|entry| entry.listed)
    }

    /// The measure that a node is or lies below.
    pub fn entry_above(&self, node: usize) -> Option<&Entry<'n>> {
        let entry = self.entry_of.get(node).copied().flatten()?;
        self.entries.get(entry)
    }

    /// Whether the filter asks for a unit of this name.
    pub fn asks_for(&self, unit: &str) -> bool {
        self.filter.asks_for(unit)
    }

    /// Hands out every row of every table, table after table.
    pub fn rows(&self, sink: &mut impl FnMut(TableId, &[Cell<'_>])) {
        for table in TableId::ALL {
            self.table(table, &mut |cells| sink(table, cells));
        }
    }

    /// Hands out the rows of one table.
    pub fn table(&self, table: TableId, sink: &mut impl FnMut(&[Cell<'_>])) {
        match table {
            TableId::Notices => sink(&self.notice_row()),
            TableId::Nodes => {
                for (i, placed) in self.nodes.iter().enumerate() {
                    sink(&self.node_row(i, placed));
                }
            }
            TableId::Responsibilities => self.responsibility_rows(sink),
            TableId::Targets => {
                for placed in &self.nodes {
                    for (i, target) in placed.node.targets.iter().enumerate() {
                        sink(&self.target_row(placed.node, i, target));
                    }
                }
            }
            TableId::Milestones => {
                for placed in &self.nodes {
                    for (i, milestone) in placed.node.milestones.iter().enumerate() {
                        sink(&self.milestone_row(placed.node, i, milestone));
                    }
                }
            }
            TableId::Diagnostics => self.diagnostic_rows(sink),
            TableId::Ledger => {
                for entry in self.ledger() {
                    sink(&self.ledger_row(entry));
                }
            }
        }
    }

    fn notice_row(&self) -> Vec<Cell<'n>> {
        let source = &self.notice.source;
        let header = &self.notice.header;
        let number = header.doc_number.as_ref();
        let attachments: Vec<Cow<'n, str>> = self
            .notice
            .attachments
            .iter()
            .filter_map(|a| a.title.as_deref().map(Cow::Borrowed))
            .collect();
        let counts = Counts::of(self.notice);
        vec![
            Cell::from(self.id),
            words::format(source.format).into(),
            source.encoding.as_ref().into(),
            source.bytes.into(),
            Cell::from(&source.sha256),
            header.title.as_ref().into(),
            header.kind.as_ref().into(),
            header.issuers.as_slice().into(),
            number.map(|n| &n.normalized).into(),
            number.map(|n| &n.text).into(),
            number.and_then(|n| n.agency.as_ref()).into(),
            number.and_then(|n| n.year).into(),
            number.and_then(|n| n.serial).into(),
            header.index_number.as_ref().map(|n| &n.text).into(),
            header.category.as_ref().into(),
            header.topic.as_ref().into(),
            header.validity.as_ref().into(),
            header.written_on.into(),
            header.published_on.into(),
            header.effective_on.into(),
            header.expires_on.into(),
            header.addressees.as_slice().into(),
            header.signed_by.as_slice().into(),
            header.secrecy.as_ref().into(),
            header.urgency.as_ref().into(),
            header.copy_number.as_ref().into(),
            header.approver.as_ref().into(),
            header.cc.as_slice().into(),
            header.printed_by.as_ref().into(),
            header.printed_on.into(),
            header.note.as_ref().into(),
            header.keywords.as_slice().into(),
            header.origin.as_ref().into(),
            header.disclosure.as_ref().into(),
            attachments.into(),
            counts.measures.into(),
            counts.units.into(),
            counts.targets.into(),
            counts.milestones.into(),
            (counts.errors + counts.warnings).into(),
        ]
    }

    fn node_row(&self, i: usize, placed: &Placed<'n>) -> Vec<Cell<'n>> {
        let node = placed.node;
        let parent = placed.parent.and_then(|p| self.nodes.get(p));
        let mut row = vec![
            Cell::from(self.id),
            Cell::from(&node.id),
            parent.map(|p| &p.node.id).into(),
            (i + 1).into(),
            placed.depth.into(),
            words::node_kind(node.kind).into(),
            placed.attachment.into(),
            node.marker.as_ref().into(),
            node.number.into(),
            Cell::from(&node.title),
            Cell::from(&node.text),
        ];
        push_span(&mut row, Some(node.span));
        row
    }

    fn responsibility_rows(&self, sink: &mut impl FnMut(&[Cell<'_>])) {
        let mut units: Vec<&Unit> = self.notice.units.iter().collect();
        units.sort_by(|a, b| a.name.cmp(&b.name));
        for Placed { node, .. } in &self.nodes {
            for (i, duty) in node.responsibilities.iter().enumerate() {
                let unit = units
                    .binary_search_by(|unit| unit.name.as_str().cmp(&duty.unit))
                    .ok()
                    .and_then(|at| units.get(at));
                let mut row = vec![
                    Cell::from(self.id),
                    Cell::from(&node.id),
                    (i + 1).into(),
                    words::role(duty.role).into(),
                    Cell::from(&duty.unit),
                    unit.and_then(|u| u.level).map(words::level).into(),
                    unit.and_then(|u| u.kind).map(words::unit_kind).into(),
                    Cell::from(&duty.text),
                    duty.inherited_from.as_ref().into(),
                ];
                push_span(&mut row, Some(duty.span));
                sink(&row);
            }
        }
    }

    fn target_row(&self, node: &'n Node, i: usize, target: &'n Target) -> Vec<Cell<'n>> {
        let quantity = &target.quantity;
        let mut row = vec![
            Cell::from(self.id),
            Cell::from(&node.id),
            (i + 1).into(),
            Cell::from(&target.text),
            target.action.as_ref().into(),
            target.indicator.as_ref().into(),
            words::comparator(quantity.comparator).into(),
            quantity.value.into(),
            quantity.upper.into(),
            quantity.unit.as_ref().into(),
            words::quantity_kind(quantity.kind).into(),
            Cell::from(&quantity.text),
            target.modality.map(words::modality).into(),
            words::change(target.change).into(),
            target.baseline.as_ref().map(|b| &b.text).into(),
        ];
        push_time(&mut row, target.period.as_ref(), target.deadline.as_ref());
        row.push(target.due.into());
        push_span(&mut row, Some(target.span));
        row
    }

    fn milestone_row(&self, node: &'n Node, i: usize, milestone: &'n Milestone) -> Vec<Cell<'n>> {
        let mut row = vec![
            Cell::from(self.id),
            Cell::from(&node.id),
            (i + 1).into(),
            Cell::from(&milestone.text),
            milestone.modality.map(words::modality).into(),
        ];
        push_time(
            &mut row,
            milestone.period.as_ref(),
            milestone.deadline.as_ref(),
        );
        row.push(milestone.due.into());
        push_span(&mut row, Some(milestone.span));
        row
    }

    fn diagnostic_rows(&self, sink: &mut impl FnMut(&[Cell<'_>])) {
        for (i, finding) in self.notice.diagnostics.iter().enumerate() {
            let mut row = vec![
                Cell::from(self.id),
                (i + 1).into(),
                finding.code.id().into(),
                finding.severity.as_str().into(),
                Cell::from(&finding.message),
                Cell::from(finding.message_in(Language::Chinese)),
                finding.fix.as_ref().map(|f| &f.replacement).into(),
            ];
            push_span(&mut row, finding.span);
            sink(&row);
        }
    }

    fn ledger_row<'e>(&'e self, entry: &'e Entry<'n>) -> Vec<Cell<'e>> {
        let header = &self.notice.header;
        let mut row = vec![
            Cell::from(self.id),
            entry.seq.into(),
            Cell::from(&entry.node.id),
            header.title.as_ref().into(),
            header.doc_number.as_ref().map(|n| &n.normalized).into(),
            self.issuers().into(),
            header.written_on.into(),
            Cell::from(&entry.section),
            Cell::from(entry.measure.as_ref()),
            Cell::from(entry.task.as_ref()),
        ];
        for units in &entry.units {
            let names: Vec<Cow<'_, str>> = units.iter().map(|u| Cow::Borrowed(*u)).collect();
            row.push(names.into());
        }
        row.push(entry.spelled_targets().into());
        row.push(entry.spelled_milestones().into());
        row.push(entry.due_first.into());
        row.push(entry.due_last.into());
        row.push(entry.node.span.line.into());
        row
    }

    /// 发文机关, else who signed.
    pub fn issuers(&self) -> &'n [String] {
        let header = &self.notice.header;
        if header.issuers.is_empty() {
            &header.signed_by
        } else {
            &header.issuers
        }
    }
}

impl<'n> Entry<'n> {
    /// Each target as indicator, quantity as written, and due date.
    pub fn spelled_targets(&self) -> Vec<Cow<'n, str>> {
        self.targets
            .iter()
            .map(|target| Cow::Owned(spell_target(target)))
            .collect()
    }

    /// Each milestone with its due date.
    pub fn spelled_milestones(&self) -> Vec<Cow<'n, str>> {
        self.milestones
            .iter()
            .map(|milestone| Cow::Owned(spell_milestone(milestone)))
            .collect()
    }

    fn passes(&self, filter: &LedgerFilter) -> bool {
        let mut units = self.units.iter().flatten();
        let unit = filter.units.is_empty() || units.any(|unit| filter.asks_for(unit));
        let due = filter
            .due_before
            .is_none_or(|day| self.due_first.is_some_and(|due| due < day));
        unit && due
    }
}

/// `投资 不低于390亿元（2024-06-30）`
fn spell_target(target: &Target) -> String {
    let name = target.indicator.as_deref().or(target.action.as_deref());
    let mut words = name.unwrap_or("").to_owned();
    if !words.is_empty() {
        words.push(' ');
    }
    words.push_str(&target.quantity.text);
    push_due(&mut words, target.due, target.deadline.as_ref());
    words
}

fn spell_milestone(milestone: &Milestone) -> String {
    let mut words = milestone.text.clone();
    push_due(&mut words, milestone.due, milestone.deadline.as_ref());
    words
}

fn push_due(words: &mut String, due: Option<Date>, deadline: Option<&Deadline>) {
    if let Some(due) = due {
        words.push_str(&format!("（{due}）"));
    } else if let Some(deadline) = deadline {
        words.push_str(&format!("（{}）", deadline.text));
    }
}

fn push_span(row: &mut Vec<Cell<'_>>, span: Option<Span>) {
    row.push(span.map(|s| s.start).into());
    row.push(span.map(|s| s.end).into());
    row.push(span.map(|s| s.line).into());
}

fn push_time<'n>(
    row: &mut Vec<Cell<'n>>,
    period: Option<&'n Period>,
    deadline: Option<&'n Deadline>,
) {
    row.push(period.map(|p| &p.text).into());
    row.push(period.and_then(|p| p.start).into());
    row.push(period.and_then(|p| p.end).into());
    row.push(deadline.map(|d| &d.text).into());
    row.push(deadline.and_then(|d| d.date).into());
    row.push(deadline.and_then(|d| d.event.as_ref()).into());
}

/// Every node in the order of the text, body first; a loop, since the depth is the input's.
fn placed(notice: &Notice) -> Vec<Placed<'_>> {
    let body = notice.body.iter().map(|node| (node, None));
    let attached = notice
        .attachments
        .iter()
        .enumerate()
        .flat_map(|(i, a)| a.body.iter().map(move |node| (node, Some(i + 1))));
    let mut stack: Vec<Placed<'_>> = body
        .chain(attached)
        .map(|(node, attachment)| Placed {
            node,
            parent: None,
            depth: 0,
            attachment,
        })
        .collect();
    stack.reverse();
    let mut nodes: Vec<Placed<'_>> = Vec::new();
    while let Some(next) = stack.pop() {
        let at = nodes.len();
        nodes.push(next);
        stack.extend(next.node.children.iter().rev().map(|node| Placed {
            node,
            parent: Some(at),
            depth: next.depth + 1,
            attachment: next.attachment,
        }));
    }
    nodes
}

fn entries<'n>(nodes: &[Placed<'n>]) -> Vec<Entry<'n>> {
    let measures = nodes
        .iter()
        .enumerate()
        .filter(|(_, placed)| placed.node.kind == NodeKind::Measure);
    measures
        .enumerate()
        .map(|(i, (at, _))| entry(nodes, at, i + 1))
        .collect()
}

fn entry<'n>(nodes: &[Placed<'n>], at: usize, seq: usize) -> Entry<'n> {
    let Placed { node, depth, .. } = nodes[at];
    // What lies below: parts of the measure, unless they are measures of their own.
    let below: Vec<&'n Node> = nodes[at + 1..]
        .iter()
        .take_while(|placed| placed.depth > depth)
        .map(|placed| placed.node)
        .filter(|node| node.kind != NodeKind::Measure)
        .collect();
    let own = || std::iter::once(node).chain(below.iter().copied());
    let mut units = units_of(own());
    let mut units_from = None;
    if units.iter().all(Vec::is_empty) {
        let above = ancestors(nodes, at)
            .find(|node| !node.responsibilities.is_empty())
            .filter(|node| node.responsibilities.len() <= MAX_HANDED_DOWN);
        units = units_of(above.into_iter());
        units_from = above;
    }
    let targets: Vec<&Target> = own().flat_map(|node| &node.targets).collect();
    let milestones: Vec<&Milestone> = own().flat_map(|node| &node.milestones).collect();
    let dues = targets.iter().filter_map(|t| t.due);
    let dues: Vec<Date> = dues
        .chain(milestones.iter().filter_map(|m| m.due))
        .collect();
    let mut headings: Vec<String> = ancestors(nodes, at).map(heading).collect();
    headings.reverse();
    headings.retain(|heading| !heading.is_empty());
    Entry {
        seq,
        node,
        at,
        listed: true,
        units_from,
        section: headings.join(" / "),
        measure: measure_name(node),
        task: task(node, &below),
        units,
        targets,
        milestones,
        due_first: dues.iter().min().copied(),
        due_last: dues.iter().max().copied(),
    }
}

/// How many units a heading may hand down: beyond any real one, so that rows grow no faster than the input.
const MAX_HANDED_DOWN: usize = 200;

fn ancestors<'a, 'n>(
    nodes: &'a [Placed<'n>],
    at: usize,
) -> impl Iterator<Item = &'n Node> + use<'a, 'n> {
    let mut next = nodes[at].parent;
    std::iter::from_fn(move || {
        let placed = nodes.get(next?)?;
        next = placed.parent;
        Some(placed.node)
    })
}

fn heading(node: &Node) -> String {
    let marker = node.marker.as_deref().unwrap_or("");
    format!("{marker}{}", node.title)
}

fn units_of<'n>(nodes: impl Iterator<Item = &'n Node>) -> [Vec<&'n str>; 5] {
    let mut units: [Vec<&str>; 5] = Default::default();
    let mut seen = HashSet::new();
    for duty in nodes.flat_map(|node| &node.responsibilities) {
        let names = match duty.role {
            Role::Lead => &mut units[0],
            Role::Responsible => &mut units[1],
            Role::Cooperating => &mut units[2],
            Role::Supervising => &mut units[3],
            Role::Leader => &mut units[4],
        };
        if seen.insert((duty.role, duty.unit.as_str())) {
            names.push(&duty.unit);
        }
    }
    units
}

/// How many characters of a measure without a title stand for one.
const NAME_CHARS: usize = 40;

/// What a node is called: its title, else how its text begins, else its number.
pub fn measure_name(node: &Node) -> Cow<'_, str> {
    if !node.title.is_empty() {
        return Cow::Borrowed(&node.title);
    }
    let first = node.text.split(['\n', '。']).next().unwrap_or("");
    match first.char_indices().nth(NAME_CHARS) {
        Some((end, _)) => Cow::Owned(format!("{}…", &first[..end])),
        None if first.is_empty() => Cow::Borrowed(node.marker.as_deref().unwrap_or("")),
        None => Cow::Borrowed(first),
    }
}

fn task<'n>(node: &'n Node, below: &[&'n Node]) -> Cow<'n, str> {
    if below.is_empty() {
        return Cow::Borrowed(&node.text);
    }
    let mut task = node.text.clone();
    for node in below {
        if !task.is_empty() {
            task.push('\n');
        }
        task.push_str(&heading(node));
        if !node.title.is_empty() && !node.text.is_empty() {
            task.push('。');
        }
        task.push_str(&node.text);
    }
    Cow::Owned(task)
}

/// How much was found in a notice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sections, measures, items and paragraphs.
    pub nodes: usize,
    /// Measures.
    pub measures: usize,
    /// Responsible units, each once.
    pub units: usize,
    /// Units that answer for nodes.
    pub responsibilities: usize,
    /// Targets.
    pub targets: usize,
    /// Milestones.
    pub milestones: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub infos: usize,
}

impl Counts {
    /// Counts what a notice holds.
    pub fn of(notice: &Notice) -> Counts {
        let mut counts = Counts {
            units: notice.units.len(),
            ..Counts::default()
        };
        for Placed { node, .. } in placed(notice) {
            counts.nodes += 1;
            counts.measures += usize::from(node.kind == NodeKind::Measure);
            counts.responsibilities += node.responsibilities.len();
            counts.targets += node.targets.len();
            counts.milestones += node.milestones.len();
        }
        for finding in &notice.diagnostics {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Info => counts.infos += 1,
            }
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Change, Comparator, Quantity, QuantityKind, Responsibility, SCHEMA_VERSION, Source,
    };

    fn node(id: &str, kind: NodeKind, title: &str, children: Vec<Node>) -> Node {
        Node {
            id: id.to_owned(),
            kind,
            marker: Some(format!("{id}.")),
            number: None,
            title: title.to_owned(),
            text: format!("{title}的正文"),
            span: Span::default(),
            responsibilities: Vec::new(),
            targets: Vec::new(),
            milestones: Vec::new(),
            mentions: Vec::new(),
            children,
        }
    }

    fn duty(role: Role, unit: &str) -> Responsibility {
        Responsibility {
            role,
            unit: unit.to_owned(),
            text: unit.to_owned(),
            inherited_from: None,
            span: Span::default(),
        }
    }

    fn target(indicator: &str, text: &str, due: Option<&str>) -> Target {
        Target {
            text: text.to_owned(),
            action: None,
            indicator: Some(indicator.to_owned()),
            quantity: Quantity {
                text: text.to_owned(),
                comparator: Comparator::Ge,
                value: crate::decimal::Decimal::ONE,
                upper: None,
                unit: None,
                kind: QuantityKind::Other,
                span: Span::default(),
            },
            modality: None,
            change: Change::Level,
            baseline: None,
            period: None,
            deadline: None,
            due: due.map(|d| d.parse().unwrap()),
            span: Span::default(),
        }
    }

    fn notice(body: Vec<Node>) -> Notice {
        Notice {
            schema_version: SCHEMA_VERSION.to_owned(),
            source: Source::default(),
            header: Default::default(),
            body,
            attachments: Vec::new(),
            units: Vec::new(),
            diagnostics: Vec::new(),
            unplaced: Vec::new(),
        }
    }

    /// 一、 with units, over 1. (units, an item with a target) and 2. (none).
    fn sample() -> Notice {
        let mut item = node("1.1.1", NodeKind::Item, "子项", Vec::new());
        item.targets = vec![target("投资", "不低于390亿元", Some("2024-06-30"))];
        let mut first = node("1.1", NodeKind::Measure, "强化调度", vec![item]);
        first.responsibilities = vec![
            duty(Role::Lead, "市工业和信息化局"),
            duty(Role::Cooperating, "市财政局"),
            duty(Role::Cooperating, "市财政局"),
        ];
        first.targets = vec![target("企业", "300家", None)];
        let mut second = node("1.2", NodeKind::Measure, "", Vec::new());
        second.text = "优化".repeat(30);
        let mut section = node("1", NodeKind::Section, "工作措施", vec![first, second]);
        section.responsibilities = vec![duty(Role::Responsible, "市商务局")];
        notice(vec![section])
    }

    #[track_caller]
    fn check(filter: &LedgerFilter, expected: &[&str]) {
        let notice = sample();
        let flat = Flat::new(&notice, "甲", filter);
        let mut lines = Vec::new();
        flat.table(TableId::Ledger, &mut |cells| {
            let words: Vec<_> = cells.iter().map(|c| c.to_text().into_owned()).collect();
            lines.push(words.join("|"));
        });
        assert_eq!(lines, expected);
    }

    const FIRST: &str = "甲|1|1.1|||||1.工作措施|强化调度|强化调度的正文\n1.1.1.子项。子项的正文|市工业和信息化局||市财政局|||\
                         企业 300家；投资 不低于390亿元（2024-06-30）||2024-06-30|2024-06-30|0";

    #[test]
    fn a_row_a_measure() {
        let name = "优化".repeat(20);
        let text = "优化".repeat(30);
        let second = format!("甲|2|1.2|||||1.工作措施|{name}…|{text}||市商务局||||||||0");
        check(&LedgerFilter::default(), &[FIRST, &second]);
    }

    #[test]
    fn the_ledger_is_filtered() {
        let unit = |unit: &str| LedgerFilter {
            units: vec![unit.to_owned()],
            due_before: None,
        };
        check(&unit("市财政局"), &[FIRST]);
        check(&unit("财政"), &[FIRST]);
        check(&unit("市教育局"), &[]);
        let due = |day: &str| LedgerFilter {
            units: Vec::new(),
            due_before: Some(day.parse().unwrap()),
        };
        check(&due("2024-07-01"), &[FIRST]);
        check(&due("2024-06-30"), &[]);
    }
}
