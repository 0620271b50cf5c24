//! The tree that the outline builds: nodes in the order of the text, each knowing its parent.

use std::ops::Range;

/// A number at the head of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marker<'s> {
    /// As written: `（一）`.
    pub text: &'s str,
    /// Its style.
    pub style: MarkerStyle,
    /// Its value; of `1.2.3` the last number.
    pub number: u32,
}

/// The styles of numbering. Which stands above which, a notice tells by the order of their first use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MarkerStyle {
    /// 第一编, 第一篇, 第一部分.
    Part,
    /// 第一章.
    Chapter,
    /// 第一节.
    Division,
    /// 第一条.
    Article,
    /// 一、 or 一.
    ChineseComma,
    /// （一） or ㈠
    ChineseRound,
    /// 一）
    ChineseHalf,
    /// 1. or 1． or ⒈
    ArabicDot,
    /// 1、
    ArabicComma,
    /// （1） or ⑴
    ArabicRound,
    /// 1）
    ArabicHalf,
    /// ①
    Circled,
    /// `1 总则` (depth 1) over `1.1` (depth 2) over `1.1.1`; at most [`MarkerStyle::DECIMAL_DEPTH`].
    Decimal(u8),
}

impl MarkerStyle {
    /// Decimals have at most so many numbers.
    pub const DECIMAL_DEPTH: u8 = 8;
    /// How many styles there are: [`MarkerStyle::index`] stays below.
    pub const COUNT: usize = 12 + Self::DECIMAL_DEPTH as usize;

    /// A small number of its own.
    pub fn index(self) -> usize {
        match self {
            MarkerStyle::Part => 0,
            MarkerStyle::Chapter => 1,
            MarkerStyle::Division => 2,
            MarkerStyle::Article => 3,
            MarkerStyle::ChineseComma => 4,
            MarkerStyle::ChineseRound => 5,
            MarkerStyle::ChineseHalf => 6,
            MarkerStyle::ArabicDot => 7,
            MarkerStyle::ArabicComma => 8,
            MarkerStyle::ArabicRound => 9,
            MarkerStyle::ArabicHalf => 10,
            MarkerStyle::Circled => 11,
            MarkerStyle::Decimal(depth) => 11 + depth.clamp(1, Self::DECIMAL_DEPTH) as usize,
        }
    }

    /// Where custom places the style (GB/T 9704: 一、 over （一） over 1. over （1）): the smaller, the higher.
    /// Asked only where a notice itself does not tell.
    pub fn custom_rank(self) -> u8 {
        match self {
            MarkerStyle::Part => 0,
            MarkerStyle::Chapter => 1,
            MarkerStyle::Division => 2,
            MarkerStyle::Article => 3,
            MarkerStyle::ChineseComma => 4,
            MarkerStyle::ChineseRound => 5,
            MarkerStyle::ChineseHalf => 6,
            MarkerStyle::ArabicDot | MarkerStyle::ArabicComma => 7,
            MarkerStyle::Decimal(depth) => 7 + depth,
            MarkerStyle::ArabicRound => 20,
            MarkerStyle::ArabicHalf => 21,
            MarkerStyle::Circled => 22,
        }
    }

    /// Whether one sequence may pass from this style to the other by a slip: `1.`, `2、`.
    pub fn alike(self, other: MarkerStyle) -> bool {
        use MarkerStyle::{
            ArabicComma, ArabicDot, ArabicHalf, ArabicRound, ChineseHalf, ChineseRound,
        };
        self == other
            || matches!(
                (self, other),
                (ArabicDot, ArabicComma)
                    | (ArabicComma, ArabicDot)
                    | (ChineseRound, ChineseHalf)
                    | (ChineseHalf, ChineseRound)
                    | (ArabicRound, ArabicHalf)
                    | (ArabicHalf, ArabicRound)
            )
    }
}

/// A node: one line of the flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node<'s> {
    /// Its number; a paragraph has none.
    pub marker: Option<Marker<'s>>,
    /// The heading, or the run-in heading, without marker and final 。; empty where there is none.
    /// Clauses still stand in it: see [`super::outline::title_and_text`].
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
    /// What is odd about the numbering, in the order of the nodes.
    pub oddities: Vec<Oddity>,
    /// Flattened tables: runs of paragraph nodes, ascending.
    pub tables: Vec<Range<usize>>,
}

/// Something odd about one node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Oddity {
    /// The node, by its place in [`Tree::nodes`].
    pub node: usize,
    /// What is odd.
    pub kind: OddityKind,
}

/// What can be odd about a node's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OddityKind {
    /// Numbers are missing before this one; the one expected.
    Gap {
        /// The number that should stand here.
        expected: u32,
    },
    /// The number, or a larger one, stood before in this place.
    Repeat,
    /// The sequence is carried on in another style.
    StyleChange {
        /// The node before it in the sequence.
        before: usize,
    },
    /// Deeper than trees may be; it stands on the last level.
    TooDeep,
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

    /// Whether node `i` is a row of a flattened table, where nothing is a clause.
    pub fn in_table(&self, i: usize) -> bool {
        let after = self.tables.partition_point(|table| table.start <= i);
        after
            .checked_sub(1)
            .and_then(|t| self.tables.get(t))
            .is_some_and(|table| table.contains(&i))
    }
}
