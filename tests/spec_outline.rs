//! Lines and the tree that they make, by the table `tests/spec/outline.tsv`.

use gongwen::syntax::line::lines;
use gongwen::syntax::outline::outline;
use gongwen::syntax::tree::{OddityKind, Tree};

/// The tree as the table draws it: `>` for each level, `¶` before a paragraph, `|` before a row of a table.
fn drawn(tree: &Tree<'_>) -> Vec<String> {
    let nodes = tree.nodes.iter().enumerate();
    let drawn = nodes.map(|(i, node)| {
        let depth = if tree.in_table(i) {
            0
        } else {
            tree.ancestors(i).count()
        };
        let sign = match (tree.in_table(i), node.marker) {
            (true, None) => "|",
            (true, Some(_)) => "a marker in a table: ",
            (false, None) => "¶",
            (false, Some(_)) => "",
        };
        ">".repeat(depth) + sign + node.line
    });
    drawn.collect()
}

fn name(kind: OddityKind) -> &'static str {
    match kind {
        OddityKind::Gap { .. } => "Gap",
        OddityKind::Repeat => "Repeat",
        OddityKind::StyleChange { .. } => "StyleChange",
        OddityKind::TooDeep => "TooDeep",
    }
}

#[track_caller]
fn check(row: &str) {
    let mut cells = row.split('\t');
    let mut cell = || cells.next().unwrap_or_default();
    let (title, drawing, odd) = (cell(), cell(), cell());
    let drawing = drawing.replace('→', "\t");
    let wanted: Vec<&str> = drawing.split('⏎').collect();
    let text: Vec<&str> = wanted
        .iter()
        .map(|line| line.trim_start_matches(['>', '¶', '|']))
        .collect();
    let text = text.join("\n");
    let tree = outline(lines(&text));
    assert_eq!(drawn(&tree), wanted, "{title}");
    let oddities = tree
        .oddities
        .iter()
        .map(|oddity| format!("{}:{}", oddity.node, name(oddity.kind)));
    assert_eq!(oddities.collect::<Vec<_>>().join(" "), odd, "{title}");
}

#[test]
fn rows_of_the_table() {
    let rows: Vec<&str> = include_str!("spec/outline.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect();
    assert!(rows.len() >= 50, "{} rows", rows.len());
    for row in rows {
        check(row);
    }
}
