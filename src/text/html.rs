//! A web page → the text of its article, with the labelled fields that stand around it.
//!
//! The page is read as browsers read it (html5ever builds the tree), into a flat tree within bounds; its lines are
//! written out, the article is found among them, and the fields of header tables, lists and `<meta>` names become
//! lines `label：value` before it, so that a notice reads the same from its page as from its text.

mod article;
mod blocks;
mod entities;
mod frame;
mod labels;
mod measure;
mod meta;
mod page;
mod sniff;
mod tokens;
mod tree;

use crate::span::Range;

pub use sniff::is_html;

/// What a page holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The article as text, a paragraph a line, labelled fields first (`索引号：…`): what spans point into.
    pub text: String,
    /// Where tables of data were kept as rows, cells joined by tabs.
    pub tables: Vec<Range>,
    /// How many pictures in the article may hold words.
    pub pictures: usize,
    /// The bound that the page goes beyond.
    pub limit: Option<&'static str>,
    /// Labelled values that the page's `<meta>` names contradict.
    pub disagreements: Vec<Disagreement>,
}

/// A labelled value that the page's `<meta>` names contradict; the page's own is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disagreement {
    /// What stands on the page.
    pub shown: String,
    /// What the `<meta>` name says.
    pub hidden: String,
    /// The line of the value.
    pub range: Range,
}

/// Reads a page. Never fails: of a page without an article all its text is given.
pub fn extract(html: &str) -> Page {
    page::extract(html)
}

#[cfg(test)]
mod tests;
