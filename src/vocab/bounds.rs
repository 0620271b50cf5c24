//! 界限词: the words that bound a number, before it and after it.

use std::sync::LazyLock;

use super::finder::{Endings, Finder};
use super::rows;

/// Which way a word bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// 降至: just this.
    Eq,
    /// 不低于, 以上.
    Ge,
    /// 超过.
    Gt,
    /// 不超过, 以内.
    Le,
    /// 低于.
    Lt,
    /// 左右.
    Approx,
}

/// A word that bounds a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BoundWord {
    /// The word.
    pub word: &'static str,
    /// Its bound; `None` where the word only looks like one (节约).
    pub bound: Option<Bound>,
    /// Whether it holds against 左右.
    pub firm: bool,
}

static BEFORE: LazyLock<(Vec<BoundWord>, Endings)> = LazyLock::new(|| {
    let words = side("before");
    let finder = Endings::new(words.iter().map(|word| word.word));
    (words, finder)
});
static AFTER: LazyLock<(Vec<BoundWord>, Finder)> = LazyLock::new(|| {
    let words = side("after");
    let finder = Finder::new(words.iter().map(|word| word.word));
    (words, finder)
});

static STARTS: LazyLock<Finder> = LazyLock::new(|| {
    let words = side("before")
        .into_iter()
        .filter(|word| word.bound.is_some());
    Finder::new(words.map(|word| word.word))
});

fn side(side: &str) -> Vec<BoundWord> {
    rows(include_str!("bounds.tsv"))
        .filter(|row| row.get(1) == Some(&side))
        .filter_map(word)
        .collect()
}

/// The longest bound that `text` ends with.
pub fn before(text: &str) -> Option<&'static BoundWord> {
    let (words, finder) = &*BEFORE;
    words.get(finder.longest(text)?.0)
}

/// The longest bound that `text` starts with.
pub fn after(text: &str) -> Option<&'static BoundWord> {
    let (words, finder) = &*AFTER;
    words.get(finder.longest_at(text, 0)?.0)
}

/// How long the bound is that a text starts with, of those that stand before a number.
pub fn longest_at_start(text: &str) -> Option<usize> {
    STARTS.longest_at(text, 0).map(|(_, end)| end)
}

fn word(row: Vec<&'static str>) -> Option<BoundWord> {
    let [word, _, bound, strength] = row[..] else {
        return None;
    };
    let bound = match bound {
        "eq" => Some(Bound::Eq),
        "ge" => Some(Bound::Ge),
        "gt" => Some(Bound::Gt),
        "le" => Some(Bound::Le),
        "lt" => Some(Bound::Lt),
        "approx" => Some(Bound::Approx),
        _ => None,
    };
    Some(BoundWord {
        word,
        bound,
        firm: strength == "firm",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_is_taken() {
        let before = |text| before(text).and_then(|word| word.bound);
        assert_eq!(before("占比不低于"), Some(Bound::Ge));
        assert_eq!(before("占比低于"), Some(Bound::Lt));
        assert_eq!(before("能源节约"), None);
        assert_eq!(before("大约"), Some(Bound::Approx));
        assert_eq!(before(""), None);
        assert_eq!(after("以上的").and_then(|w| w.bound), Some(Bound::Ge));
    }

    #[test]
    fn every_row_is_read() {
        let table = include_str!("bounds.tsv");
        assert_eq!(rows(table).count(), BEFORE.0.len() + AFTER.0.len());
        for row in rows(table) {
            assert_eq!(row.len(), 4, "{row:?}");
        }
    }
}
