//! What holds for every notice, as functions that list where it does not.

use std::collections::BTreeSet;

use gongwen::model::{Header, Node, Notice};
use gongwen::span::Span;

/// A label is at most so long.
const LABEL_MAX: usize = 12;

/// A number and the line that it is called by stand within so many characters.
const LOOK_BACK: u32 = 120;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// A notice, or what is left of one.
    Notice,
    /// Generated: no line need be a line.
    Soup,
}

/// Lists where the laws do not hold for a notice that was parsed from this text.
pub fn broken(text: &str, notice: &Notice, sort: Text) -> Vec<String> {
    let page = Page::new(text, notice);
    let mut broken = Vec::new();
    spans_are_in_bounds(&page, notice, &mut broken);
    if broken.is_empty() {
        every_line_has_a_place(&page, notice, sort, &mut broken);
        every_span_is_true(&page, notice, &mut broken);
        every_digit_is_held(&page, notice, &mut broken);
    }
    ids_are_unique(notice, &mut broken);
    the_json_reads_back(notice, &mut broken);
    broken
}

/// The text as code points, with the places of the lines that were left out of the flow.
struct Page {
    chars: Vec<char>,
    /// Whether the code point is in an unplaced line.
    unplaced: Vec<bool>,
}

impl Page {
    fn new(text: &str, notice: &Notice) -> Page {
        let chars: Vec<char> = text.chars().collect();
        let mut unplaced = vec![false; chars.len()];
        for line in &notice.unplaced {
            mark(&mut unplaced, line.span);
        }
        Page { chars, unplaced }
    }

    /// The words at a place, without white space and without what stands in unplaced lines between.
    fn words(&self, span: Span) -> String {
        (span.start as usize..(span.end as usize).min(self.chars.len()))
            .filter(|&i| !self.unplaced[i])
            .map(|i| self.chars[i])
            .filter(|&c| !is_space(c))
            .collect()
    }

    /// Where the first mark stands behind a place in the same line, for messages.
    fn quote(&self, at: usize) -> String {
        let line: String = self.chars[at.saturating_sub(12)..(at + 24).min(self.chars.len())]
            .iter()
            .collect();
        line.replace('\n', "⏎")
    }
}

fn is_space(c: char) -> bool {
    gongwen::text::chars::is_space(c)
}

fn bare(text: &str) -> String {
    text.chars().filter(|&c| !is_space(c)).collect()
}

fn mark(marks: &mut [bool], span: Span) {
    let end = (span.end as usize).min(marks.len());
    if let Some(marks) = marks.get_mut(span.start as usize..end) {
        marks.fill(true);
    }
}

/// Every node of some trees, without recursion.
pub fn nodes<'n>(roots: impl IntoIterator<Item = &'n Node>) -> Vec<&'n Node> {
    let mut stack: Vec<&Node> = roots.into_iter().collect();
    let mut all = Vec::new();
    while let Some(node) = stack.pop() {
        all.push(node);
        stack.extend(&node.children);
    }
    all
}

fn all_nodes(notice: &Notice) -> Vec<&Node> {
    nodes(
        notice
            .body
            .iter()
            .chain(notice.attachments.iter().flat_map(|a| &a.body)),
    )
}

/// Every span of a notice, with the words that it should give, where they are at hand.
fn spans(notice: &Notice) -> Vec<(String, Span, Option<String>)> {
    let mut spans = Vec::new();
    for (key, span) in &notice.header.spans {
        spans.push((format!("header {key}"), *span, None));
    }
    for node in all_nodes(notice) {
        let id = &node.id;
        spans.push((format!("node {id}"), node.span, None));
        for r in &node.responsibilities {
            // A rider's unit stands where the rider does.
            spans.push((format!("unit of {id}"), r.span, Some(r.text.clone())));
        }
        for t in &node.targets {
            spans.push((format!("target of {id}"), t.span, Some(t.text.clone())));
            let q = &t.quantity;
            spans.push((format!("quantity of {id}"), q.span, Some(q.text.clone())));
        }
        for m in &node.milestones {
            spans.push((format!("milestone of {id}"), m.span, Some(m.text.clone())));
        }
        for m in &node.mentions {
            spans.push((format!("mention of {id}"), m.span, Some(m.text.clone())));
        }
    }
    for line in &notice.unplaced {
        spans.push(("unplaced".to_owned(), line.span, None));
    }
    for (n, attachment) in notice.attachments.iter().enumerate() {
        spans.push((format!("attachment {n}"), attachment.span, None));
    }
    for finding in &notice.diagnostics {
        spans.extend(
            finding
                .span
                .map(|span| (finding.code.to_string(), span, None)),
        );
    }
    spans
}

/// The words of a header value that is written as it stands; dates and lists are read, not copied.
fn header_words(header: &Header, key: &str) -> Option<String> {
    match key {
        "title" => header.title.clone(),
        "doc_number" => header.doc_number.as_ref().map(|n| n.text.clone()),
        "index_number" => header.index_number.as_ref().map(|n| n.text.clone()),
        "category" => header.category.clone(),
        "topic" => header.topic.clone(),
        "validity" => header.validity.clone(),
        "secrecy" => header.secrecy.clone(),
        "urgency" => header.urgency.clone(),
        "copy_number" => header.copy_number.clone(),
        "approver" => header.approver.clone(),
        "printed_by" => header.printed_by.clone(),
        "note" => header.note.clone(),
        "origin" => header.origin.clone(),
        "disclosure" => header.disclosure.clone(),
        _ => None,
    }
}

fn spans_are_in_bounds(page: &Page, notice: &Notice, broken: &mut Vec<String>) {
    // How many lines start at or before each code point.
    let mut lines = Vec::with_capacity(page.chars.len() + 1);
    let mut line = 1;
    for &c in &page.chars {
        lines.push(line);
        line += u32::from(c == '\n');
    }
    lines.push(line);
    for (name, span, _) in spans(notice) {
        if span.start > span.end || span.end as usize > page.chars.len() {
            broken.push(format!("{name}: {span:?} is out of bounds"));
        } else if lines[span.start as usize] != span.line {
            broken.push(format!("{name}: {span:?} names the wrong line"));
        }
    }
}

/// Nothing is lost, nothing stands twice: each non-blank line is in one header value, node, attachment or
/// unplaced line. Several of them may share a line of the input (a text all in one line); no word is in two,
/// but for header values that are read in running text (本办法自2023年1月1日起施行).
fn every_line_has_a_place(page: &Page, notice: &Notice, text: Text, broken: &mut Vec<String>) {
    let mut placed = vec![0u8; page.chars.len()];
    let mut put = |name: &str, span: Span, broken: &mut Vec<String>| {
        let from = span.start as usize;
        for (i, count) in placed
            .iter_mut()
            .enumerate()
            .skip(from)
            .take(span.end as usize - from)
        {
            if page.unplaced[i] && name != "unplaced" {
                continue;
            }
            *count = count.saturating_add(1);
            if *count == 2 && !is_space(page.chars[i]) {
                broken.push(format!("{name} covers what is placed: {}", page.quote(i)));
                break;
            }
        }
    };
    for line in &notice.unplaced {
        put("unplaced", line.span, broken);
    }
    // A node whose clause stands behind its children reaches over them: the spans of nodes lie one in another or apart.
    let mut spans: Vec<(Span, &str)> = nodes(&notice.body)
        .into_iter()
        .map(|node| (node.span, node.id.as_str()))
        .collect();
    spans.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let mut end = 0;
    for (span, id) in spans {
        if span.start >= end {
            put(&format!("node {id}"), span, broken);
            end = span.end;
        } else if span.end > end {
            broken.push(format!("node {id} begins in one node and ends in another"));
        }
    }
    for (n, attachment) in notice.attachments.iter().enumerate() {
        put(&format!("attachment {n}"), attachment.span, broken);
        let inside =
            |span: Span| attachment.span.start <= span.start && span.end <= attachment.span.end;
        for node in nodes(&attachment.body) {
            if !inside(node.span) {
                broken.push(format!("{} is outside its attachment", node.id));
            }
        }
    }
    let mut header = vec![false; page.chars.len()];
    for span in notice.header.spans.values() {
        mark(&mut header, *span);
    }
    // What no node holds must hold a header value: label and value, or a value among others.
    let mut at = 0;
    while at < page.chars.len() {
        let end = (at..page.chars.len())
            .find(|&i| placed[i] > 0 || page.chars[i] == '\n')
            .unwrap_or(page.chars.len());
        let words = (at..end).any(|i| !is_space(page.chars[i]));
        // A label may stand on the line before its value, and in soup anything may be taken for a wrapped line.
        let next = (end..page.chars.len()).find(|&i| placed[i] > 0 || !is_space(page.chars[i]));
        let joined = next.is_some_and(|i| match text {
            Text::Notice => end - at <= LABEL_MAX && header[i],
            Text::Soup => placed[i] == 0,
        });
        if words && !joined && !(at..end).any(|i| header[i]) {
            broken.push(format!("placed nowhere: {}", page.quote(at)));
        }
        at = end.max(at) + 1;
    }
}

fn every_span_is_true(page: &Page, notice: &Notice, broken: &mut Vec<String>) {
    for (name, span, words) in spans(notice) {
        if let Some(words) = words {
            let (there, words) = (page.words(span), bare(&words));
            if there != words {
                broken.push(format!("{name}: {words:?} is read from {there:?}"));
            }
        }
    }
    // A value may stand at several places (`title`, `title~2`), one of which it was read from.
    let places = &notice.header.spans;
    for key in places.keys().filter(|key| !key.contains('~')) {
        let Some(words) = header_words(&notice.header, key).map(|words| bare(&words)) else {
            continue;
        };
        let mut own = places.iter().filter(|(name, _)| {
            let rest = name.strip_prefix(key.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('~'))
        });
        // 第86号 of an order, perhaps in brackets, is called by the line before it: the value ends where the words do.
        let called = |span: Span| {
            let before = span.end.saturating_sub(LOOK_BACK);
            let there = page
                .words(Span {
                    start: before,
                    ..span
                })
                .replace(['（', '('], "");
            !page.words(span).is_empty() && there.ends_with(&words)
        };
        if !own.any(|(_, span)| page.words(*span).contains(&words) || called(*span)) {
            broken.push(format!("header {key}: {words:?} is read from elsewhere"));
        }
    }
    for node in all_nodes(notice) {
        let there = page.words(node.span);
        let marker = bare(node.marker.as_deref().unwrap_or(""));
        if !there.starts_with(&marker) {
            broken.push(format!("node {} does not start with {marker:?}", node.id));
        }
        // Title and text are the line in its order, with marker, stops and clauses left out.
        let mut line = there.chars();
        let words = bare(&node.title) + &bare(&node.text);
        if let Some(c) = words.chars().find(|&c| !line.any(|l| l == c)) {
            broken.push(format!("node {}: {c:?} is not in its line", node.id));
        }
    }
}

/// A reader can check what was left out and why: every digit of a node lies in a target, a milestone, a mention, a
/// clause that names who answers, or the node's marker.
fn every_digit_is_held(page: &Page, notice: &Notice, broken: &mut Vec<String>) {
    let mut held = vec![false; page.chars.len()];
    let nodes = all_nodes(notice);
    for node in &nodes {
        let found = (node.targets.iter().map(|t| t.span))
            .chain(node.milestones.iter().map(|m| m.span))
            .chain(node.mentions.iter().map(|m| m.span))
            .chain(node.responsibilities.iter().map(|r| r.span));
        for span in found {
            mark(&mut held, span);
        }
        let marker = bare(node.marker.as_deref().unwrap_or("")).chars().count();
        let own = (node.span.start as usize..node.span.end as usize)
            .filter(|&i| !is_space(page.chars[i]) && !page.unplaced[i]);
        own.take(marker).for_each(|i| held[i] = true);
    }
    for node in nodes {
        let loose = (node.span.start as usize..node.span.end as usize).find(|&i| {
            gongwen::text::chars::is_digit(page.chars[i]) && !held[i] && !page.unplaced[i]
        });
        if let Some(at) = loose {
            let quote = page.quote(at);
            broken.push(format!(
                "node {} holds no {}: {quote}",
                node.id, page.chars[at]
            ));
        }
    }
}

fn ids_are_unique(notice: &Notice, broken: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for node in all_nodes(notice) {
        if !seen.insert(&node.id) {
            broken.push(format!("id {} stands twice", node.id));
        }
    }
    for unit in &notice.units {
        for node in &unit.nodes {
            if !seen.contains(&node.id) {
                broken.push(format!("unit {} names no node: {}", unit.name, node.id));
            }
        }
    }
    for node in all_nodes(notice) {
        for r in &node.responsibilities {
            if let Some(from) = &r.inherited_from
                && !seen.contains(from)
            {
                broken.push(format!("{} inherits from no node: {from}", node.id));
            }
        }
    }
}

fn the_json_reads_back(notice: &Notice, broken: &mut Vec<String>) {
    match serde_json::from_str::<Notice>(&gongwen::to_json(notice)) {
        Ok(back) if back == *notice => {}
        Ok(_) => broken.push("the JSON reads back as another notice".to_owned()),
        Err(error) => broken.push(format!("the JSON does not read back: {error}")),
    }
}
