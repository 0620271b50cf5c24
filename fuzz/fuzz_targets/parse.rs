//! Any text parses; spans lie in the text; parsing twice gives the same bytes.
#![no_main]

use gongwen::model::{Node, Span};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let notice = gongwen::parse(text);
    let length = text.chars().count() as u32;
    let inside = |span: Span| assert!(span.start <= span.end && span.end <= length, "{span:?}");
    let mut stack: Vec<&Node> = notice.body.iter().collect();
    stack.extend(notice.attachments.iter().flat_map(|a| &a.body));
    while let Some(node) = stack.pop() {
        inside(node.span);
        node.responsibilities.iter().for_each(|r| inside(r.span));
        node.targets.iter().for_each(|t| {
            inside(t.span);
            inside(t.quantity.span);
        });
        node.milestones.iter().for_each(|m| inside(m.span));
        node.mentions.iter().for_each(|m| inside(m.span));
        stack.extend(&node.children);
    }
    notice.unplaced.iter().for_each(|line| inside(line.span));
    notice.header.spans.values().for_each(|span| inside(*span));
    assert_eq!(gongwen::to_json(&notice), gongwen::to_json(&gongwen::parse(text)));
});
