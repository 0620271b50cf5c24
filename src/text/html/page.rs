//! A page's article and fields, put together to one text.

use std::collections::HashSet;

use super::article::{self, Article};
use super::blocks::{Block, Blocks};
use super::labels::{self, Field, Meaning};
use super::measure::measure;
use super::meta::{self, Meta, folded};
use super::tree::Tree;
use super::{Disagreement, Page, frame};
use crate::span::Range;
use crate::text::chars;

/// Prose lighter than this is not taken for an article where styles hide the rest.
const LIGHT: u64 = 40;

pub(super) fn extract(html: &str) -> Page {
    let tree = Tree::parse(html);
    let mut blocks = Blocks::read(&tree, &measure(&tree, true));
    let mut article = article::find(&tree, &blocks);
    if article.weight < LIGHT {
        // A page that a script shows when it is ready: its styles hide what it holds.
        let shown = Blocks::read(&tree, &measure(&tree, false));
        let found = article::find(&tree, &shown);
        if found.weight > article.weight * 2 {
            (blocks, article) = (shown, found);
        }
    }
    let mut parts = Parts::gather(&tree, &blocks, &article);
    let meta = Meta::read(&tree);
    let title = title(&blocks, &article, &parts, &meta);
    let disagreements = parts.add_meta(&meta, title.as_deref());
    let mut page = write(&blocks, &parts, title.as_deref(), disagreements);
    page.limit = tree.limit;
    page.pictures = blocks
        .pictures
        .iter()
        .filter(|id| tree.ancestors(**id).any(|around| around == article.node))
        .count();
    page
}

/// What goes into the text of a page.
#[derive(Debug, Default)]
struct Parts {
    /// The labelled values, in their order on the page; those of `<meta>` last.
    fields: Vec<Field>,
    /// The numbers of the article's lines.
    lines: Vec<usize>,
}

impl Parts {
    /// Gathers the fields around the article, and its lines without what only the frame says.
    fn gather(tree: &Tree, blocks: &Blocks, article: &Article) -> Parts {
        let mut gatherer = Gatherer {
            tree,
            parts: Parts::default(),
            seen: HashSet::new(),
            label: None,
            in_card: true,
        };
        let mut inside = article.lines.iter().copied().peekable();
        let mut tabled = blocks.fields.iter().peekable();
        for (n, block) in blocks.list.iter().enumerate() {
            while let Some((_, field)) = tabled.next_if(|(at, _)| *at as usize <= n) {
                gatherer.add(field.clone());
            }
            let is_inside = inside.next_if_eq(&n).is_some();
            if is_inside || !block.frame {
                gatherer.line(n, block, is_inside);
            }
        }
        tabled.for_each(|(_, field)| gatherer.add(field.clone()));
        gatherer.parts
    }

    /// Adds what the page's `<meta>` names say and nothing on the page does; tells where the two differ.
    fn add_meta(&mut self, meta: &Meta, title: Option<&str>) -> Vec<(usize, String)> {
        let mut disagreements = Vec::new();
        let site = meta.get(Meaning::Site).map(|f| folded(&f.value));
        for field in &meta.fields {
            let shown = self.fields.iter().position(|f| f.meaning == field.meaning);
            match (shown, field.meaning) {
                (Some(at), meaning) => {
                    let same = |f: &Field| meta::is_same(meaning, &f.value, &field.value);
                    let any = self.fields.iter().any(|f| f.meaning == meaning && same(f));
                    if !any {
                        disagreements.push((at, field.value.clone()));
                    }
                }
                // A title that the page shows needs no label.
                (None, Meaning::Title) if title.is_some() => {}
                // Key words that only name the site say nothing.
                (None, Meaning::Keywords)
                    if site
                        .as_ref()
                        .is_some_and(|site| folded(&field.value).contains(site)) => {}
                (None, _) => self.fields.push(field.clone()),
            }
        }
        disagreements
    }
}

struct Gatherer<'b> {
    tree: &'b Tree,
    parts: Parts,
    seen: HashSet<String>,
    /// A label that stands alone in its line; the next line beside it is its value.
    label: Option<&'b Block>,
    /// The article may begin with its card; from its first sentence on, lines stay as they are.
    in_card: bool,
}

impl<'b> Gatherer<'b> {
    fn add(&mut self, field: Field) {
        if !matches!(field.meaning, Meaning::Frame | Meaning::Aside)
            && self.seen.insert(folded(&field.line()))
        {
            self.parts.fields.push(field);
        }
    }

    fn line(&mut self, n: usize, block: &'b Block, is_inside: bool) {
        let found = if block.chars > 300 || block.table.is_some() {
            Vec::new()
        } else {
            labels::fields(&block.text, &block.seams)
        };
        let words = bare(&block.text);
        let is_label = labels::is_label(words) && words.len() < block.text.len();
        if let Some(label) = self.label.take()
            && found.is_empty()
            && (self.in_card || !is_inside)
            && self.is_value_of(label, block)
        {
            self.add_labelled(label, block);
            return;
        }
        self.label = is_label.then_some(block);
        if is_inside {
            let is_card = is_label || labels::starts_with_label(&block.text) && !found.is_empty();
            let is_frames = found.iter().any(|f| f.meaning == Meaning::Frame) && !is_prose(block);
            self.in_card &= is_card || is_frames || may_head(block);
            if !(self.in_card && is_card || is_frames) {
                self.parts.lines.push(n);
                return;
            }
        }
        found.into_iter().for_each(|f| self.add(f));
    }

    /// Whether a line is the value of the label before it: `<dt>` and `<dd>`, two boxes side by side.
    fn is_value_of(&self, label: &Block, value: &Block) -> bool {
        let beside = label.holder == value.holder
            || self.tree.parent(label.holder) == self.tree.parent(value.holder);
        beside
            && !value.title
            && value.table.is_none()
            && value.chars <= 100
            && !labels::is_label(bare(&value.text))
            && !frame::is_outer_frame_line(&value.text)
    }

    fn add_labelled(&mut self, label: &Block, value: &Block) {
        if let Some(field) = Field::new(bare(&label.text), &value.text) {
            self.add(field);
        }
    }
}

/// A line that may stand over or in the card of a notice: a title, a number; no sentence, no list of addressees.
fn may_head(block: &Block) -> bool {
    block.table.is_none()
        && block.chars <= 80
        && !block.text.ends_with(['。', '；', '：', ':', ';'])
}

fn bare(text: &str) -> &str {
    chars::trim(text).trim_end_matches(chars::is_colon)
}

fn is_prose(block: &Block) -> bool {
    block.chars >= 60 && block.text.contains('。')
}

/// The title that the page shows outside its article; empty where the article begins with it.
///
/// `None` where the page shows none.
fn title(blocks: &Blocks, article: &Article, parts: &Parts, meta: &Meta) -> Option<String> {
    let heads = heads(blocks, parts);
    let first = article.lines.first().copied().unwrap_or(blocks.list.len());
    let outside = blocks.list.get(..first).unwrap_or_default();
    let named = meta.get(Meaning::Title).map(|f| &*f.value);
    let window = window_title(&meta.window);
    let shown = shown_title(outside, &[named, window]);
    for (candidate, is_shown) in [(shown.as_deref(), true), (named, false), (window, false)] {
        let Some(candidate) = candidate else { continue };
        let key = folded(candidate);
        if heads.contains(&key) {
            return Some(String::new());
        }
        if is_shown {
            let fields = parts.fields.iter();
            let labelled = fields
                .filter(|f| f.meaning == Meaning::Title)
                .any(|f| folded(&f.value) == key);
            return Some(if labelled {
                String::new()
            } else {
                candidate.to_owned()
            });
        }
    }
    if named.is_some() {
        return None;
    }
    let has_own = parts.fields.iter().any(|f| f.meaning == Meaning::Title);
    window
        .filter(|_| !has_own && !heads.iter().any(|h| h.contains("关于")))
        .map(str::to_owned)
}

/// The last title before the article: in an element that names itself so, else in the words of `<meta>` or the window,
/// else even in a frame; with the lines of the same element beside it.
fn shown_title(outside: &[Block], told: &[Option<&str>]) -> Option<String> {
    let told: Vec<String> = told.iter().flatten().map(|title| folded(title)).collect();
    let may_be = |b: &Block| {
        b.chars >= 6
            && b.chars <= 150
            && !frame::is_outer_frame_line(&b.text)
            && labels::fields(&b.text, &b.seams).is_empty()
    };
    let at = outside
        .iter()
        .rposition(|b| b.title && !b.frame && may_be(b))
        .or_else(|| {
            outside
                .iter()
                .rposition(|b| may_be(b) && told.contains(&folded(&b.text)))
        })
        .or_else(|| outside.iter().rposition(|b| b.title && may_be(b)))?;
    let (head, tail) = outside.split_at_checked(at)?;
    let (shown, tail) = tail.split_first()?;
    let beside = |b: &&Block| b.title && shown.title && b.holder == shown.holder;
    let mut lines: Vec<&str> = head
        .iter()
        .rev()
        .take_while(beside)
        .map(|b| &*b.text)
        .collect();
    lines.reverse();
    lines.push(&shown.text);
    lines.extend(tail.iter().take_while(beside).map(|b| &*b.text));
    Some(lines.concat())
}

/// The first lines of the article, and what up to four of them make together, folded: where a title may stand.
fn heads(blocks: &Blocks, parts: &Parts) -> HashSet<String> {
    let first = parts
        .lines
        .iter()
        .take(12)
        .filter_map(|n| blocks.list.get(*n));
    let folds: Vec<String> = first.map(|b| folded(&b.text)).collect();
    let mut heads = HashSet::new();
    for from in 0..folds.len() {
        let mut joined = String::new();
        for fold in folds.iter().skip(from).take(4) {
            joined.push_str(fold);
            if joined.len() > 600 {
                break;
            }
            heads.insert(joined.clone());
        }
    }
    heads
}

/// The notice's title in that of the window, before the names of column and site; `None` where it is no title.
fn window_title(window: &str) -> Option<&str> {
    let end = window.find(['_', '|', '—']).unwrap_or(window.len());
    let head = window.get(..end)?;
    let end = head
        .rfind(['-', '－'])
        .filter(|at| *at > 18)
        .unwrap_or(head.len());
    let head = chars::trim(head.get(..end)?);
    const KINDS: &[&str] = &[
        "通知", "意见", "决定", "公告", "通告", "通报", "报告", "请示", "批复", "函", "纪要",
        "命令", "办法", "方案", "规定",
    ];
    let is_title = head.contains("关于") || KINDS.iter().any(|kind| head.ends_with(kind));
    (is_title && head.chars().count() >= 8).then_some(head)
}

fn write(
    blocks: &Blocks,
    parts: &Parts,
    title: Option<&str>,
    disagreements: Vec<(usize, String)>,
) -> Page {
    let mut page = Page::default();
    let mut at_field = Vec::with_capacity(parts.fields.len());
    for field in &parts.fields {
        at_field.push(put(&mut page.text, &field.line()));
    }
    if let Some(title) = title.filter(|title| !title.is_empty()) {
        put(&mut page.text, title);
    }
    let mut open: Option<u32> = None;
    for block in parts.lines.iter().filter_map(|n| blocks.list.get(*n)) {
        let range = put(&mut page.text, &block.text);
        match (block.table, page.tables.last_mut()) {
            (Some(number), Some(last)) if open == Some(number) => *last = last.join(range),
            (Some(_), _) => page.tables.push(range),
            (None, _) => {}
        }
        open = block.table;
    }
    page.disagreements = disagreements
        .into_iter()
        .filter_map(|(at, hidden)| {
            Some(Disagreement {
                shown: parts.fields.get(at)?.value.clone(),
                hidden,
                range: *at_field.get(at)?,
            })
        })
        .collect();
    page
}

/// Adds a line, and tells where it stands.
fn put(text: &mut String, line: &str) -> Range {
    let start = text.len() as u32;
    text.push_str(line);
    let end = text.len() as u32;
    text.push('\n');
    Range { start, end }
}
