//! Which lines of a page are the notice.
//!
//! The article is the smallest element that holds nine tenths of the page's prose, corrected by the names under which
//! sites keep it; what stands right before and behind it and reads like the notice is taken in.

use std::ops::Range;

use super::blocks::{Block, Blocks};
use super::frame;
use super::labels;
use super::tree::{NodeId, Tree};
use crate::text::chars;

/// The article of a page.
#[derive(Debug, Default)]
pub(super) struct Article {
    /// The element that holds it.
    pub node: NodeId,
    /// The numbers of its lines, ascending.
    pub lines: Vec<usize>,
    /// How much prose it holds.
    pub weight: u64,
}

/// Finds the article.
pub(super) fn find(tree: &Tree, blocks: &Blocks) -> Article {
    let weights = Weights::new(blocks);
    let node = settle(tree, blocks, &weights, densest(tree, blocks, &weights));
    let range = blocks.range(node);
    let mut lines: Vec<usize> = before(tree, blocks, node, &range);
    let inside = |block: &Block| {
        let is_frame = frame::is_frame_line(&block.text)
            || block.frame && !is_prose(block)
            || block.linked * 10 >= block.chars * 8 && block.text.contains("解读");
        block.table.is_some() || !is_frame
    };
    let end = end(blocks, &range, &weights);
    let start = start(blocks, range.start..end);
    lines.extend((start..end).filter(|n| blocks.list.get(*n).is_some_and(inside)));
    lines.extend(behind(tree, blocks, node, &range));
    Article {
        node,
        lines,
        weight: weights.of(&range),
    }
}

/// How much prose stands before each line, so that any range is weighed at once.
struct Weights(Vec<u64>);

impl Weights {
    fn new(blocks: &Blocks) -> Weights {
        let mut sums = Vec::with_capacity(blocks.list.len() + 1);
        let mut sum = 0;
        sums.push(sum);
        for block in &blocks.list {
            sum += weight(block);
            sums.push(sum);
        }
        Weights(sums)
    }

    fn of(&self, range: &Range<usize>) -> u64 {
        let at = |n: usize| self.0.get(n).copied().unwrap_or_default();
        at(range.end).saturating_sub(at(range.start))
    }
}

/// Sentences count whole, names and headings for a third, links and frame not at all.
fn weight(block: &Block) -> u64 {
    if is_outer_frame(block) || is_field(block) {
        return 0;
    }
    let chars = u64::from(block.chars);
    let is_sentence = block.text.contains(['，', '。', '；', '、', '：']);
    if is_sentence || block.table.is_some() {
        chars
    } else {
        chars / 3
    }
}

/// The smallest element that holds nine tenths of the prose of those around it.
fn densest(tree: &Tree, blocks: &Blocks, weights: &Weights) -> NodeId {
    let mut node = Tree::ROOT;
    loop {
        let whole = weights.of(&blocks.range(node));
        let heavy = |child: &NodeId| {
            let range = blocks.range(*child);
            weights.of(&range) * 10 >= whole * 9 && whole > 0
        };
        let Some(child) = tree
            .children(node)
            .find(|c| holds_lines(tree.name(*c)) && heavy(c))
        else {
            return node;
        };
        let (outer, inner) = (blocks.range(node), blocks.range(child));
        let strong = (outer.start..inner.start)
            .chain(inner.end..outer.end)
            .filter_map(|n| blocks.list.get(n))
            .any(is_of_notice);
        if strong && inner.len() < 4 {
            return node;
        }
        node = child;
    }
}

/// Elements that may hold an article, rather than one of its lines.
fn holds_lines(name: &str) -> bool {
    !matches!(
        name,
        "" | "p"
            | "span"
            | "li"
            | "a"
            | "b"
            | "strong"
            | "font"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "em"
            | "i"
            | "u"
            | "pre"
    )
}

/// Corrects the densest element by the names under which sites keep the article: one around it that is hardly heavier,
/// else the heaviest inside it that is hardly lighter.
fn settle(tree: &Tree, blocks: &Blocks, weights: &Weights, node: NodeId) -> NodeId {
    let whole = weights.of(&blocks.range(node));
    let named = |id: NodeId| tree.element(id).is_some_and(frame::is_article_element);
    if named(node) {
        return node;
    }
    let around = tree
        .ancestors(node)
        .take(4)
        .take_while(|id| weights.of(&blocks.range(*id)) * 4 <= whole * 5)
        .find(|id| named(*id));
    if let Some(around) = around {
        return around;
    }
    let mut inside = node;
    loop {
        let next = tree.children(inside).find(|c| {
            let range = blocks.range(*c);
            holds_lines(tree.name(*c)) && range.len() > 3 && weights.of(&range) * 20 >= whole * 17
        });
        match next {
            Some(child) if named(child) => return child,
            Some(child) => inside = child,
            None => return node,
        }
    }
}

/// Where the notice begins inside its element: behind the links of navigation that stand first.
fn start(blocks: &Blocks, range: Range<usize>) -> usize {
    let is_link = |n: &usize| {
        let block = blocks.list.get(*n);
        block.is_some_and(|b| b.linked * 2 > b.chars && b.table.is_none() && !is_attached_file(b))
    };
    let links = range.clone().take_while(is_link).count();
    if links == range.len() {
        range.start
    } else {
        range.start + links
    }
}

/// Where the notice ends inside its element: before the headings and links to other pages that stand last.
fn end(blocks: &Blocks, range: &Range<usize>, weights: &Weights) -> usize {
    let whole = weights.of(range);
    let is_last = |n: &usize| {
        let block = blocks.list.get(*n);
        block.is_some_and(|b| frame::is_end(&b.text)) && weights.of(&(*n..range.end)) * 10 < whole
    };
    let mut end = range.clone().find(is_last).unwrap_or(range.end);
    let leads_away = |block: &Block| {
        let linked = block.linked * 10 >= block.chars * 8 && block.table.is_none();
        let heading = block.text.trim_end_matches(chars::is_colon);
        matches!(heading, "相关附件" | "附件下载" | "附件")
            || linked && !is_attached_file(block) && !heading.starts_with("附件")
    };
    while end > range.start && blocks.list.get(end - 1).is_some_and(leads_away) {
        end -= 1;
    }
    if end == range.start { range.end } else { end }
}

/// The lines behind the article that belong to it: a sign-off in a box of its own, the list of attachments.
fn behind(tree: &Tree, blocks: &Blocks, node: NodeId, range: &Range<usize>) -> Vec<usize> {
    let end = surroundings(tree, blocks, node).end;
    let mut lines = Vec::new();
    for n in range.end..end {
        let Some(block) = blocks.list.get(n) else {
            break;
        };
        if frame::is_end(&block.text) || is_outer_frame(block) && !is_attached_file(block) {
            break;
        }
        if is_of_notice(block) || is_attached_file(block) {
            lines.push(n);
        }
    }
    lines
}

/// The lines before the article that belong to it: addressees, a number in a box of its own.
fn before(tree: &Tree, blocks: &Blocks, node: NodeId, range: &Range<usize>) -> Vec<usize> {
    let start = surroundings(tree, blocks, node).start;
    let mut lines = Vec::new();
    for n in (start..range.start).rev() {
        let Some(block) = blocks.list.get(n) else {
            break;
        };
        if block.title || is_outer_frame(block) {
            break;
        }
        if is_title(block) {
            lines.push(n);
            break;
        }
        if is_of_notice(block) {
            lines.push(n);
        }
    }
    lines.reverse();
    lines
}

/// A line that reads like the title of a notice: 关于…的通知.
fn is_title(block: &Block) -> bool {
    const KINDS: &[&str] = &[
        "通知", "意见", "决定", "公告", "通告", "通报", "报告", "请示", "批复", "函", "办法",
        "方案", "规定", "细则",
    ];
    block.chars <= 80
        && block.linked == 0
        && block.text.contains("关于")
        && KINDS.iter().any(|kind| block.text.ends_with(kind))
}

/// The lines of the element two levels around the article.
fn surroundings(tree: &Tree, blocks: &Blocks, node: NodeId) -> Range<usize> {
    let around = tree.ancestors(node).take(2).last().unwrap_or(node);
    blocks.range(around)
}

fn is_outer_frame(block: &Block) -> bool {
    block.frame || block.linked * 2 > block.chars || frame::is_outer_frame_line(&block.text)
}

/// A line that begins with a label of the card.
fn is_field(block: &Block) -> bool {
    block.chars <= 300 && block.table.is_none() && labels::starts_with_label(&block.text)
}

fn is_prose(block: &Block) -> bool {
    block.chars >= 30 && block.linked * 2 < block.chars && block.text.contains(['。', '；'])
}

/// A line that a notice may have, by its form: a sentence, a list of addressees, a date, a note in brackets, 附件.
fn is_of_notice(block: &Block) -> bool {
    if is_outer_frame(block) || block.title || !labels::fields(&block.text, &block.seams).is_empty()
    {
        return false;
    }
    let text = &*block.text;
    let ends = text.chars().next_back().is_some_and(|c| {
        chars::is_full_stop(c)
            || chars::is_colon(c)
            || chars::is_semicolon(c)
            || c == '日'
            || c == '号'
    });
    let is_note = text.starts_with(chars::is_open_round) && text.ends_with(chars::is_close_round);
    ends && block.chars >= 5
        || is_note
        || is_prose(block)
        || text.starts_with("附件")
        || block.table.is_some()
}

/// The name of a file that hangs on the notice: `1.任务分工表.docx`.
fn is_attached_file(block: &Block) -> bool {
    const ENDINGS: &[&str] = &[
        ".doc", ".docx", ".pdf", ".xls", ".xlsx", ".wps", ".et", ".ofd", ".zip", ".rar", ".ppt",
        ".pptx", ".jpg", ".ceb", ".txt",
    ];
    let text = block.text.to_ascii_lowercase();
    !block.frame && ENDINGS.iter().any(|ending| text.ends_with(ending))
        || text.starts_with("附件") && block.chars > 2 && block.linked > 0
}
