//! Lines → tree: a loop with a stack. Nesting follows the order in which marker styles first appear.

use super::line::Line;
use super::tree::{MarkerStyle, Node, Tree};
use crate::text::chars;

/// A run-in heading has at most so many characters.
const TITLE_MAX: usize = 40;

/// Builds the tree of some lines.
pub fn outline<'s>(lines: impl IntoIterator<Item = Line<'s>>) -> Tree<'s> {
    let mut tree = Tree::default();
    let mut styles: Vec<MarkerStyle> = Vec::new();
    let mut open: Vec<(usize, usize)> = Vec::new(); // (level, node)
    for line in lines {
        let (title, text) = split_title(&line);
        if let Some(marker) = line.marker {
            let level = styles
                .iter()
                .position(|s| *s == marker.style)
                .unwrap_or_else(|| {
                    styles.push(marker.style);
                    styles.len() - 1
                });
            while open.last().is_some_and(|&(l, _)| l >= level) {
                open.pop();
            }
            let parent = open.last().map(|&(_, node)| node);
            open.push((level, tree.nodes.len()));
            tree.nodes.push(Node {
                marker: line.marker,
                title,
                text,
                line: line.text,
                parent,
            });
        } else {
            tree.nodes.push(Node {
                marker: None,
                title: "",
                text: line.text,
                line: line.text,
                parent: open.last().map(|&(_, node)| node),
            });
        }
    }
    tree
}

/// The title of a numbered line is its first sentence when that is at most 40 characters long; a heading line
/// (no 。, ； or ， at its end) is its title whole.
fn split_title<'s>(line: &Line<'s>) -> (&'s str, &'s str) {
    let rest = line.rest;
    match rest.char_indices().find(|&(_, c)| chars::is_full_stop(c)) {
        Some((at, c)) if rest[..at].chars().count() <= TITLE_MAX => {
            (&rest[..at], chars::trim(&rest[at + c.len_utf8()..]))
        }
        Some(_) => ("", rest),
        None if rest.ends_with(|c| chars::is_comma(c) || chars::is_semicolon(c)) => ("", rest),
        None => (rest, ""),
    }
}
