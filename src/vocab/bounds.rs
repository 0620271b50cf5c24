//! 界限词: the words that bound a number, before it and after it.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Anchored, Input, MatchKind, StartKind};

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

/// The longest of the longest words, in bytes.
const MAX_BYTES: usize = 24;

/// The words of one side, and the automaton that finds the longest.
#[derive(Debug)]
struct Side {
    words: Vec<BoundWord>,
    finder: AhoCorasick,
}

impl Side {
    fn new(side: &str, backwards: bool) -> Side {
        let words: Vec<BoundWord> = rows(include_str!("bounds.tsv"))
            .filter(|row| row.get(1) == Some(&side))
            .filter_map(word)
            .collect();
        let bytes = words.iter().map(|word| {
            let mut bytes = word.word.as_bytes().to_vec();
            if backwards {
                bytes.reverse();
            }
            bytes
        });
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            .build(bytes)
            .unwrap_or_else(|_| unreachable!("the table is small"));
        Side { words, finder }
    }

    fn longest(&self, bytes: &[u8]) -> Option<&BoundWord> {
        let input = Input::new(bytes).anchored(Anchored::Yes);
        let found = self.finder.find(input)?;
        self.words.get(found.pattern().as_usize())
    }
}

static BEFORE: LazyLock<Side> = LazyLock::new(|| Side::new("before", true));
static AFTER: LazyLock<Side> = LazyLock::new(|| Side::new("after", false));

/// The longest bound that `text` ends with.
pub fn before(text: &str) -> Option<&'static BoundWord> {
    // Backwards: the last bytes, turned round, so that an anchored search reads from the number away.
    let mut turned = [0u8; MAX_BYTES];
    let tail = &text.as_bytes()[text.len().saturating_sub(MAX_BYTES)..];
    for (to, from) in turned.iter_mut().zip(tail.iter().rev()) {
        *to = *from;
    }
    BEFORE.longest(turned.get(..tail.len())?)
}

/// The longest bound that `text` starts with.
pub fn after(text: &str) -> Option<&'static BoundWord> {
    AFTER.longest(text.as_bytes())
}

/// How long the bound is that a text starts with, of those that stand before a number.
pub fn longest_at_start(text: &str) -> Option<usize> {
    let words = BEFORE.words.iter().filter(|word| word.bound.is_some());
    words
        .map(|word| word.word)
        .filter(|word| text.starts_with(word))
        .map(str::len)
        .max()
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
    fn every_row_is_read_and_fits() {
        let table = include_str!("bounds.tsv");
        assert_eq!(rows(table).count(), BEFORE.words.len() + AFTER.words.len());
        for row in rows(table) {
            assert_eq!(row.len(), 4, "{row:?}");
            assert!(row[0].len() <= MAX_BYTES, "{row:?}");
        }
    }
}
