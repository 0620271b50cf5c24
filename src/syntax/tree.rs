//! The tree that the outline builds: nodes in the order of the text, each knowing its parent.

/// A number at the head of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker<'s> {
    /// As written: `（一）`.
    pub text: &'s str,
    /// Its style.
    pub style: MarkerStyle,
    /// Its value.
    pub number: u32,
}

/// The styles of numbering. Which stands above which, a notice tells by the order of their first use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MarkerStyle {
    /// 第一编, 第一部分.
    Part,
    /// 第一章.
    Chapter,
    /// 第一节.
    Division,
    /// 第一条.
    Article,
    /// 一、
    ChineseComma,
    /// （一）
    ChineseRound,
    /// 1. or 1．
    ArabicDot,
    /// 1、
    ArabicComma,
    /// （1）
    ArabicRound,
    /// ①
    Circled,
}

/// A node: one line of the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node<'s> {
    /// Its number; a paragraph has none.
    pub marker: Option<Marker<'s>>,
    /// The heading, or the run-in heading, without marker and final 。; empty where there is none.
    pub title: &'s str,
    /// What follows the title, clauses and all.
    pub text: &'s str,
    /// The whole line, trimmed.
    pub line: &'s str,
    /// The node above, by its place in [`Tree::nodes`].
    pub parent: Option<usize>,
}

/// A tree of nodes, in the order of the text; parents stand before their children.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree<'s> {
    /// The nodes.
    pub nodes: Vec<Node<'s>>,
}

impl<'s> Tree<'s> {
    /// The nodes above node `i`, nearest first.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.parent(i), move |&up| self.parent(up))
    }

    /// The node above node `i`.
    pub fn parent(&self, i: usize) -> Option<usize> {
        self.nodes.get(i).and_then(|node| node.parent)
    }
}
