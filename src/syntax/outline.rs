//! Lines → tree: a loop with a stack. Nesting follows the order in which marker styles first appear.
//!
//! The loop reads each line once. What it must know of later lines (does a sequence go on behind a list?)
//! [`Numbering`] has counted before, so that no line looks ahead further than one step.

use super::grammar::ordinal;
use super::line::Line;
use super::numbering::{Numbering, Reading};
use super::table;
use super::tree::{Marker, MarkerStyle, Node, Oddity, OddityKind, Tree};
use crate::span::Range;
use crate::text::chars;

/// A run-in heading has at most so many characters.
const TITLE_MAX: usize = 40;

/// A label between numbered nodes has at most so many bytes.
const LABEL_MAX: usize = 16 * 3;

/// Trees have at most so many levels; what lies deeper stands on the last one.
pub const MAX_DEPTH: usize = 16;

/// Builds the tree of some lines.
pub fn outline<'s>(lines: impl IntoIterator<Item = Line<'s>>) -> Tree<'s> {
    let lines: Vec<Line<'s>> = lines.into_iter().collect();
    let tables = table::tables(&lines);
    let mut builder = Builder::new(Numbering::of(&lines, &tables));
    for (i, line) in lines.iter().enumerate() {
        match builder.accept(i) {
            Some(marker) => builder.numbered(i, line, marker),
            None => builder.paragraph(line, lines.get(i + 1)),
        }
    }
    // Each line is one node, so the places of lines are those of nodes.
    builder.tree.tables = tables;
    builder.tree
}

/// A node that can still get children.
#[derive(Debug, Clone, Copy)]
struct Open<'s> {
    /// The style that the level is counted in; a slip inside the sequence does not change it.
    style: MarkerStyle,
    marker: Marker<'s>,
    node: usize,
    /// A label stands over its sequence: `提升任务：`.
    labelled: bool,
}

struct Builder<'s> {
    numbering: Numbering<'s>,
    tree: Tree<'s>,
    /// The path from the root to the node read last.
    open: Vec<Open<'s>>,
    /// The last number of each style, wherever it stood: for numbers that run on across sections.
    last: [Option<Marker<'s>>; MarkerStyle::COUNT],
    /// For each style, the styles that have stood below it, as bits.
    below: [u32; MarkerStyle::COUNT],
    /// The line before ends with a colon: a list may follow.
    after_colon: bool,
    /// The line before is a label: a short paragraph that ends with a colon.
    after_label: bool,
}

impl<'s> Builder<'s> {
    fn new(numbering: Numbering<'s>) -> Builder<'s> {
        Builder {
            numbering,
            tree: Tree::default(),
            open: Vec::new(),
            last: [None; MarkerStyle::COUNT],
            below: [0; MarkerStyle::COUNT],
            after_colon: false,
            after_label: false,
        }
    }

    /// The marker of a line, where it fits in.
    fn accept(&self, line: usize) -> Option<Marker<'s>> {
        let readings = self.numbering.readings(line);
        readings
            .into_iter()
            .flatten()
            .find(|reading| self.fits(line, reading))
            .map(|reading| reading.marker)
    }

    /// Whether a marker is one, by its form and its place in a sequence.
    fn fits(&self, line: usize, reading: &Reading<'s>) -> bool {
        let marker = reading.marker;
        let expected = self.continues(&marker);
        match reading.marker.style {
            MarkerStyle::Decimal(depth) => self.decimal_fits(line, &marker, depth, expected),
            _ if reading.doubtful => {
                expected || (marker.number == 1 && self.numbering.next_number(line) == Some(2))
            }
            // Whatever its number: no running text starts with 五、 or （五）.
            MarkerStyle::Part
            | MarkerStyle::Chapter
            | MarkerStyle::Division
            | MarkerStyle::ChineseComma
            | MarkerStyle::ChineseRound => true,
            style => {
                let last = self.last[style.index()].map_or(0, |m| m.number);
                expected
                    || marker.number == 1
                    || (last < marker.number && marker.number <= last + 4)
                    || self.numbering.next_number(line) == Some(marker.number + 1)
            }
        }
    }

    /// Whether the marker carries an open sequence on, or the last of its style.
    fn continues(&self, marker: &Marker<'_>) -> bool {
        self.last[marker.style.index()]
            .iter()
            .chain(self.open.iter().map(|open| &open.marker))
            .any(|before| follows(before, marker))
    }

    /// A decimal must carry on its sequence or begin one below its own prefix: 1.1 below 1, 一 or 第一章.
    fn decimal_fits(&self, line: usize, marker: &Marker<'_>, depth: u8, expected: bool) -> bool {
        if depth == 1 {
            return self.numbering.has_decimals()
                && (expected || marker.number == 1)
                && self.numbering.is_heading(line);
        }
        let prefix = ordinal::decimal_path(marker.text).nth(depth as usize - 2);
        let below_prefix = || {
            self.open.iter().any(|open| {
                Some(open.marker.number) == prefix
                    && !matches!(open.style, MarkerStyle::Decimal(d) if d + 1 != depth)
            })
        };
        expected || (marker.number == 1 && (below_prefix() || self.numbering.goes_on(line)))
    }

    fn numbered(&mut self, i: usize, line: &Line<'s>, marker: Marker<'s>) {
        let mut style = marker.style;
        let mut slipped = false;
        if let Some(k) = self.level_of(|open| follows(&open.marker, &marker)) {
            self.after_label |= self.open[k].labelled;
            self.open.truncate(k);
        } else if let Some(k) = self.level_of(|open| open.style == style) {
            if !(marker.number == 1 && self.is_list_inside(i, k)) {
                self.open.truncate(k);
            }
        } else if let Some(k) = self.slip(&marker) {
            slipped = true;
            style = self.open[k].style;
            self.odd(OddityKind::StyleChange {
                before: self.open[k].node,
            });
            self.open.truncate(k);
        } else if self.is_announced(&marker) {
            // A list below the line that ends with a colon.
        } else {
            while let Some(top) = self.open.last() {
                if self.stands_above(i, top, style) {
                    break;
                }
                self.open.pop();
            }
        }
        if self.open.len() >= MAX_DEPTH {
            self.odd(OddityKind::TooDeep);
            self.open.truncate(MAX_DEPTH - 1);
        }
        if !slipped {
            self.check_number(&marker);
        }
        for above in &self.open {
            self.below[above.style.index()] |= 1 << style.index();
        }
        self.last[marker.style.index()] = Some(marker);
        self.last[style.index()] = Some(Marker { style, ..marker });
        let node = self.tree.nodes.len();
        let rest = chars::trim(line.text.get(marker.text.len()..).unwrap_or(""));
        let (title, text) = split_title(rest, &[]);
        self.push(Node {
            marker: Some(marker),
            title,
            text,
            line: line.text,
            parent: self.open.last().map(|open| open.node),
        });
        self.open.push(Open {
            style,
            marker,
            node,
            labelled: std::mem::take(&mut self.after_label),
        });
    }

    fn paragraph(&mut self, line: &Line<'s>, next: Option<&Line<'s>>) {
        self.leave_for_label(line, next);
        self.push(Node {
            marker: None,
            title: "",
            text: line.text,
            line: line.text,
            parent: self.open.last().map(|open| open.node),
        });
    }

    /// A label between the members of a sequence (`争优任务：`) stands beside them, not under the one before.
    fn leave_for_label(&mut self, line: &Line<'s>, next: Option<&Line<'s>>) {
        let label = line.text.len() <= LABEL_MAX && line.text.ends_with(chars::is_colon);
        self.after_label = label;
        let Some(next) = next.and_then(|next| next.marker).filter(|_| label) else {
            return;
        };
        let level = self.level_of(|open| {
            let anew = open.labelled && next.number == 1 && open.style == next.style;
            anew || follows(&open.marker, &next)
        });
        if let Some(level) = level {
            self.open.truncate(level);
        }
    }

    fn push(&mut self, node: Node<'s>) {
        self.after_colon = node.line.ends_with(chars::is_colon);
        self.tree.nodes.push(node);
    }

    fn odd(&mut self, kind: OddityKind) {
        self.tree.oddities.push(Oddity {
            node: self.tree.nodes.len(),
            kind,
        });
    }

    fn level_of(&self, fits: impl Fn(&Open<'s>) -> bool) -> Option<usize> {
        self.open.iter().rposition(fits)
    }

    /// The level that a marker of another style carries on by a slip: 2、 behind 1.
    fn slip(&self, marker: &Marker<'_>) -> Option<usize> {
        let last = self.last[marker.style.index()];
        if marker.number == 1 || last.is_some_and(|last| follows(&last, marker)) {
            return None;
        }
        self.level_of(|open| {
            open.style.alike(marker.style) && open.marker.number + 1 == marker.number
        })
    }

    /// A sequence that starts again where one of its style is open, at level `k`: a list inside the last
    /// node, if the sequence goes on behind the list, or a colon announces it.
    fn is_list_inside(&self, line: usize, k: usize) -> bool {
        let Some(open) = self.open.get(k) else {
            return false;
        };
        if self.after_colon && open.style.custom_rank() > MarkerStyle::ChineseComma.custom_rank() {
            return true;
        }
        let Some((after, number)) = self.numbering.after_run(line) else {
            return false;
        };
        let above = self.open.get(..k).unwrap_or(&[]);
        number == open.marker.number + 1
            && above
                .iter()
                .all(|up| !self.numbering.stands_between(up.style, line, after))
    }

    /// Whether a colon announces a list that starts with this marker; headings open no lists.
    fn is_announced(&self, marker: &Marker<'_>) -> bool {
        let heading = MarkerStyle::ChineseComma.custom_rank();
        self.after_colon && marker.number == 1 && marker.style.custom_rank() > heading
    }

    /// Whether nodes of an open level stand above those of a style that is not open.
    fn stands_above(&self, line: usize, open: &Open<'_>, style: MarkerStyle) -> bool {
        if open.style == style {
            return false;
        }
        let seen = |above: MarkerStyle, below: MarkerStyle| {
            self.below[above.index()] & (1 << below.index()) != 0
        };
        match (seen(open.style, style), seen(style, open.style)) {
            (true, false) => true,
            (false, true) => false,
            // The notice has not told yet: custom does, unless the open sequence goes on behind.
            _ => {
                open.style.custom_rank() < style.custom_rank()
                    || self.numbering.next_of(open.style, line) == Some(open.marker.number + 1)
            }
        }
    }

    /// Notes gaps and repeats.
    fn check_number(&mut self, marker: &Marker<'s>) {
        if self.continues(marker) || marker.number == 1 && self.last_in_place(marker).is_none() {
            return;
        }
        match self.last_in_place(marker) {
            Some(last) if marker.number == last + 1 => {}
            Some(last) if marker.number <= last => self.odd(OddityKind::Repeat),
            last => self.odd(OddityKind::Gap {
                expected: last.unwrap_or(0) + 1,
            }),
        }
    }

    /// The number of the last sibling that the marker is counted with.
    fn last_in_place(&self, marker: &Marker<'s>) -> Option<u32> {
        let parent = self.open.last().map(|open| open.node);
        let mut before = self.tree.nodes.len().checked_sub(1);
        // Climbs from the node read last to a child of the parent: at most MAX_DEPTH steps.
        while let Some(i) = before {
            let node = self.tree.nodes.get(i)?;
            if node.parent == parent {
                return node
                    .marker
                    .filter(|m| m.style.alike(marker.style))
                    .map(|m| m.number);
            }
            before = node.parent;
        }
        None
    }
}

/// Whether a marker is the next of a sequence.
fn follows(before: &Marker<'_>, marker: &Marker<'_>) -> bool {
    before.style == marker.style
        && before.number + 1 == marker.number
        && match marker.style {
            MarkerStyle::Decimal(depth) => {
                let prefix = depth as usize - 1;
                ordinal::decimal_path(before.text)
                    .take(prefix)
                    .eq(ordinal::decimal_path(marker.text).take(prefix))
            }
            _ => true,
        }
}

/// The title and the text of a numbered node, its clauses (slices of its line, in order) cut out of both.
pub fn title_and_text(node: &Node<'_>, clauses: &[&str]) -> (String, String) {
    if clauses.is_empty() {
        return (unpadded(node.title), node.text.to_owned());
    }
    let Some(marker) = node.marker else {
        return (String::new(), without(node.text, clauses));
    };
    let rest = chars::trim(node.line.get(marker.text.len()..).unwrap_or(""));
    let (title, text) = split_title(rest, clauses);
    let title = without(title, clauses);
    (
        unpadded(title.trim_end_matches(chars::is_full_stop)),
        without(text, clauses),
    )
}

/// A title without the spaces that set its characters apart: 总　则. Those between letters stay.
fn unpadded(title: &str) -> String {
    let mut kept = String::with_capacity(title.len());
    let mut chars = title.chars().peekable();
    while let Some(c) = chars.next() {
        if !chars::is_space(c) {
            kept.push(c);
            continue;
        }
        while chars.next_if(|&c| chars::is_space(c)).is_some() {}
        let between_letters = kept.ends_with(|c: char| c.is_ascii_graphic())
            && chars.peek().is_some_and(char::is_ascii_graphic);
        if between_letters {
            kept.push(' ');
        }
    }
    kept
}

/// The title of a numbered line is its first sentence when that is at most 40 characters long; a heading line
/// (no 。, ； or ， at its end) is its title whole. What the clauses cover counts for nothing.
fn split_title<'s>(rest: &'s str, clauses: &[&str]) -> (&'s str, &'s str) {
    let cuts: Vec<Range> = clauses
        .iter()
        .filter_map(|clause| Range::of(rest, clause))
        .collect();
    let mut cuts = cuts.iter().peekable();
    let (mut count, mut last) = (0, ' ');
    for (at, c) in rest.char_indices() {
        while cuts.next_if(|cut| cut.end as usize <= at).is_some() {}
        if cuts.peek().is_some_and(|cut| cut.start as usize <= at) || chars::is_space(c) {
            continue;
        }
        if chars::is_full_stop(c) {
            let after = at + c.len_utf8();
            return if count <= TITLE_MAX {
                (chars::trim(&rest[..at]), chars::trim(&rest[after..]))
            } else {
                ("", rest)
            };
        }
        count += 1;
        last = c;
    }
    if chars::is_comma(last) || chars::is_semicolon(last) || count == 0 {
        ("", rest)
    } else {
        (rest, "")
    }
}

/// A text without some of its slices, which are given in order.
pub fn without(text: &str, cuts: &[&str]) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for cut in cuts.iter().filter_map(|cut| Range::of(text, cut)) {
        let before = text.get(at..cut.start as usize).unwrap_or("");
        kept.push_str(before);
        at = at.max(cut.end as usize);
        // A stop behind a clause that follows a stop ends nothing: …到位。（A局负责）。
        let open = kept.trim_end_matches(chars::is_space);
        if open.is_empty() || open.ends_with(chars::is_full_stop) {
            let rest = text.get(at..).unwrap_or("");
            let bare = rest.trim_start_matches(chars::is_full_stop);
            at += rest.len() - bare.len();
        }
    }
    kept.push_str(text.get(at..).unwrap_or(""));
    chars::trim(&kept).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::line;

    /// The outline as lines: two spaces a level, then marker and title, or the text of a paragraph.
    fn drawn(tree: &Tree<'_>) -> String {
        let mut out = String::new();
        for (i, node) in tree.nodes.iter().enumerate() {
            let depth = tree.ancestors(i).count();
            out.push_str(&"  ".repeat(depth));
            match node.marker {
                Some(marker) => out.push_str(&format!("{}{}", marker.text, node.title)),
                None => out.push_str(&format!("¶{}", node.text)),
            }
            out.push('\n');
        }
        out
    }

    #[track_caller]
    fn check(drawing: &str) {
        let text: String = drawing
            .lines()
            .map(|line| line.trim().trim_start_matches('¶'))
            .collect::<Vec<_>>()
            .join("\n");
        let tree = outline(line::lines(&text));
        let wanted: Vec<&str> = drawing.lines().filter(|l| !l.trim().is_empty()).collect();
        let indent = wanted.iter().map(|l| l.len() - l.trim_start().len()).min();
        let wanted: String = wanted
            .iter()
            .map(|l| format!("{}\n", &l[indent.unwrap_or(0)..]))
            .collect();
        assert_eq!(drawn(&tree), wanted);
    }

    #[track_caller]
    fn oddities(text: &str, wanted: &[(usize, OddityKind)]) {
        let tree = outline(line::lines(text));
        let found: Vec<_> = tree.oddities.iter().map(|o| (o.node, o.kind)).collect();
        assert_eq!(found, wanted, "{}", drawn(&tree));
    }

    #[test]
    fn numbers_run_on_across_sections() {
        check(
            "
            一、甲
              1.乙
              2.丙
            二、丁
              3.戊
              4.己
            ",
        );
    }

    #[test]
    fn sequences_restart_below_a_new_parent() {
        check(
            "
            一、总体要求
              （一）指导思想
              （二）主要目标
                ¶到2025年
            二、任务
              （一）甲
                1.乙
                2.丙
              （二）丁
                1.戊
                  （1）己
                  （2）庚
                2.辛
            ",
        );
    }

    #[test]
    fn a_style_reappears_at_another_level() {
        check(
            "
            一、甲
              1.乙
              2.丙
            二、丁
              （一）戊
                1.己
                2.庚
              （二）辛
                1.壬
            三、癸
              1.子
            ",
        );
    }

    #[test]
    fn a_transmittal_has_numbers_of_its_own() {
        check(
            "
            ¶现印发给你们，并提出以下要求。
            1.提高认识
            2.加强领导
            一、总体要求
              （一）指导思想
                1.甲
                2.乙
            二、任务
            ",
        );
        check(
            "
            一、提高认识
            二、加强领导
            一、总体要求
              （一）指导思想
            二、任务
              （一）甲
            ",
        );
    }

    #[test]
    fn chapters_stand_over_articles() {
        check(
            "
            第一章总则
              第一条为了
              第二条本市
            第二章共享
              第三条有下列情形之一的：
                （一）甲
                （二）乙
              第四条本办法
            ",
        );
    }

    #[test]
    fn order_of_first_use_outranks_custom() {
        check(
            "
            （一）甲
              一、乙
              二、丙
            （二）丁
              一、戊
            ",
        );
    }

    #[test]
    fn lists_inside_a_node_of_the_same_style() {
        check(
            "
            1.甲
            2.乙
              1.子
              2.丑
              3.寅
            3.丙
            ",
        );
        check(
            "
            一、甲
              1.材料如下：
                1.子
                2.丑
            ",
        );
    }

    #[test]
    fn decimals() {
        check(
            "
            1总则
              1.1编制目的
              1.2编制依据
            2组织体系
              2.1指挥机构
                2.1.1职责
                2.1.2分工
              2.2办事机构
            ",
        );
        check(
            "
            一、总则
              1.1目的
              1.2依据
            ",
        );
    }

    #[test]
    fn false_markers() {
        check(
            "
            一、甲
              1.乙
                ¶119、120等紧急热线
                ¶0.255元/立方米
                ¶2023.5.1前完成
                ¶1.5倍以内
                ¶（2023）年度
                ¶15分钟）内
                ¶第三条规定的情形
                ¶一是抓好落实；二是抓好宣传
                ¶——经济稳中有进
                ¶专栏1 重点工程
              2.2023年底前完成
              3.12345热线办理
              4.5G网络建设
            ",
        );
    }

    #[test]
    fn odd_numbers() {
        oddities("一、甲\n三、乙", &[(1, OddityKind::Gap { expected: 2 })]);
        oddities("一、甲\n二、乙\n二、丙\n三、丁", &[(2, OddityKind::Repeat)]);
        oddities(
            "1.甲\n2、乙\n3.丙",
            &[(1, OddityKind::StyleChange { before: 0 })],
        );
        oddities("一、甲\n1.乙\n2.丙\n二、丁\n3.戊\n三、己\n1.庚\n2.辛", &[]);
    }

    #[test]
    fn tables_have_no_markers() {
        let text = "一、甲\n序号 重点任务 牵头部门\n1 推进甲 市水务局\n2.推进乙\n（一）丙\n二、乙";
        let tree = outline(line::lines(text));
        assert_eq!(tree.tables.first(), Some(&(1..5)));
        assert!(tree.in_table(1) && tree.in_table(4));
        assert!(!tree.in_table(0) && !tree.in_table(5));
        assert_eq!(tree.nodes.iter().filter(|n| n.marker.is_some()).count(), 2);
    }

    #[track_caller]
    fn check_title(line: &str, clause: &str, title: &str, text: &str) {
        let lines = line::lines(line);
        let tree = outline(lines);
        let node = tree.nodes[0];
        let at = node.line.find(clause).unwrap();
        let clauses = [&node.line[at..at + clause.len()]];
        let clauses = if clause.is_empty() {
            &[][..]
        } else {
            &clauses[..]
        };
        assert_eq!(
            title_and_text(&node, clauses),
            (title.to_owned(), text.to_owned()),
            "{line}"
        );
    }

    #[test]
    fn titles() {
        check_title("1.强化调度。力争。", "", "强化调度", "力争。");
        check_title("一、总体要求", "", "总体要求", "");
        check_title("（一）主要目标。", "", "主要目标", "");
        check_title("（一）未按规定的；", "", "", "未按规定的；");
        check_title("第一章　总　则", "", "总则", "");
        check_title("1.推进 APP Store 建设", "", "推进APP Store建设", "");
        let forty = "十".repeat(40);
        check_title(&format!("1.{forty}。乙。"), "", &forty, "乙。");
        check_title(
            &format!("1.{forty}一。乙。"),
            "",
            "",
            &format!("{forty}一。乙。"),
        );
        check_title(&format!("1.{forty}一"), "", &format!("{forty}一"), "");
        check_title(
            "1.甲。乙。（责任单位：丙局）",
            "（责任单位：丙局）",
            "甲",
            "乙。",
        );
        check_title("一、强化创新（丙局牵头）", "（丙局牵头）", "强化创新", "");
        check_title(
            "（一）健全机制（丙局牵头）。",
            "（丙局牵头）",
            "健全机制",
            "",
        );
        check_title(
            "（一）健全机制（丙局牵头）。乙。",
            "（丙局牵头）",
            "健全机制",
            "乙。",
        );
        check_title("1.甲。（丙局牵头）。", "（丙局牵头）", "甲", "");
        check_title(
            "1.甲。乙（丙局牵头）。丁。",
            "（丙局牵头）",
            "甲",
            "乙。丁。",
        );
        check_title(
            "1.甲。乙。（丙局牵头）。丁。",
            "（丙局牵头）",
            "甲",
            "乙。丁。",
        );
    }

    #[test]
    fn depth_is_bounded() {
        let mut text = String::new();
        for _ in 0..40 {
            text.push_str("1.材料如下：\n");
        }
        let tree = outline(line::lines(&text));
        let deepest = (0..tree.nodes.len())
            .map(|i| tree.ancestors(i).count())
            .max();
        assert_eq!(deepest, Some(MAX_DEPTH - 1));
        assert!(tree.oddities.iter().any(|o| o.kind == OddityKind::TooDeep));
    }
}
