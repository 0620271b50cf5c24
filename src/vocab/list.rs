//! A list of words that texts are asked for: whether they start with one, end with one, hold one.

use super::finder::{Endings, Finder};

/// The words, and how they are found at either end of a text and within it.
#[derive(Debug)]
pub struct WordList {
    all: Vec<&'static str>,
    starts: Finder,
    ends: Endings,
}

impl WordList {
    /// A list of words.
    pub fn new(all: Vec<&'static str>) -> WordList {
        WordList {
            starts: Finder::new(&all),
            ends: Endings::new(&all),
            all,
        }
    }

    /// The words, in the order they were given.
    pub fn all(&self) -> &[&'static str] {
        &self.all
    }

    /// The longest word of the list that a text starts with.
    pub fn at_start(&self, text: &str) -> Option<&'static str> {
        let (word, _) = self.starts.longest_at(text, 0)?;
        self.all.get(word).copied()
    }

    /// The longest word of the list that a text ends with.
    pub fn at_end(&self, text: &str) -> Option<&'static str> {
        let (word, _) = self.ends.longest(text)?;
        self.all.get(word).copied()
    }

    /// Whether a word of the list stands in a text.
    pub fn within(&self, text: &str) -> bool {
        self.starts.next(text, 0).is_some()
    }

    /// Whether a text is a word of the list.
    pub fn is(&self, text: &str) -> bool {
        self.at_start(text).is_some_and(|word| word == text)
    }
}
