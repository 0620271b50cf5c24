//! Many words at once in Chinese text: the leftmost and longest, a character at a time.
//!
//! General automata walk byte by byte, three steps and three look-ups for each Chinese character. Here a word is known
//! by its first two characters: one bit tells whether any word starts with the first, a small table what goes on after
//! both. Most characters cost one bit. The answers are those of a leftmost-longest automaton, as a test shows.

/// Words, and how to find them.
#[derive(Debug)]
pub struct Finder {
    /// One bit a character of the basic plane: whether a word starts with it.
    first: Vec<u64>,
    /// Open addressing over the first two characters of the words that have two; a power of two long.
    pairs: Vec<Pair>,
    /// Words of one character, sorted by it.
    singles: Vec<(char, u32)>,
    /// What follows the first two characters, the longest first within a pair.
    tails: Vec<(Box<str>, u32)>,
    /// By how much a hash is shifted to be a place in `pairs`.
    shift: u32,
}

/// The words that start with the same two characters: a stretch of `tails`.
#[derive(Debug, Clone, Copy, Default)]
struct Pair {
    first: u16,
    second: u16,
    start: u32,
    /// Nought for a free place.
    count: u32,
}

/// A word in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// Which word, counted from nought in the order they were given.
    pub word: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Finder {
    /// A finder of words; of two that are alike the first counts.
    ///
    /// Words are of characters of the basic plane, as all that notices are written with; others are never found.
    pub fn new<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Finder {
        let mut first = vec![0u64; 1024];
        let mut singles = Vec::new();
        let mut longer = Vec::new();
        for (word, n) in words.into_iter().zip(0u32..) {
            let mut chars = word.as_ref().chars();
            let Some(one) = chars.next().filter(|&c| unit(c).is_some()) else {
                continue;
            };
            if let Some(bits) = first.get_mut(one as usize >> 6) {
                *bits |= 1 << (one as usize & 63);
            }
            let Some(two) = chars.next() else {
                singles.push((one, n));
                continue;
            };
            if let (Some(one), Some(two)) = (unit(one), unit(two)) {
                longer.push(((one, two), Box::<str>::from(chars.as_str()), n));
            }
        }
        singles.sort_by_key(|&(c, n)| (c, n));
        singles.dedup_by_key(|&mut (c, _)| c);
        longer.sort_by(|a, b| {
            let longest = b.1.len().cmp(&a.1.len());
            (a.0.cmp(&b.0)).then(longest).then(a.2.cmp(&b.2))
        });
        let size = (longer.len() * 4).next_power_of_two().max(16);
        let mut finder = Finder {
            first,
            pairs: vec![Pair::default(); size],
            singles,
            tails: Vec::with_capacity(longer.len()),
            shift: 32 - size.trailing_zeros(),
        };
        for ((one, two), tail, n) in longer {
            finder.add(one, two);
            finder.tails.push((tail, n));
        }
        finder
    }

    /// Makes room for one more tail behind two characters; the tails of a pair come one after the other.
    fn add(&mut self, one: u16, two: u16) {
        let next = self.tails.len() as u32;
        let mask = self.pairs.len() - 1;
        let mut at = self.place(one, two);
        while let Some(pair) = self.pairs.get_mut(at) {
            if pair.count == 0 {
                *pair = Pair {
                    first: one,
                    second: two,
                    start: next,
                    count: 1,
                };
                return;
            }
            if (pair.first, pair.second) == (one, two) {
                pair.count += 1;
                return;
            }
            at = (at + 1) & mask;
        }
    }

    #[inline]
    fn place(&self, one: u16, two: u16) -> usize {
        let key = u32::from(one) << 16 | u32::from(two);
        (key.wrapping_mul(0x9e37_79b1) >> self.shift) as usize
    }

    #[inline]
    fn pair(&self, one: u16, two: u16) -> Option<Pair> {
        let mask = self.pairs.len() - 1;
        let mut at = self.place(one, two);
        loop {
            let pair = *self.pairs.get(at)?;
            if pair.count == 0 {
                return None;
            }
            if (pair.first, pair.second) == (one, two) {
                return Some(pair);
            }
            at = (at + 1) & mask;
        }
    }

    /// The longest word that starts at a byte, and where it ends.
    #[inline]
    pub fn longest_at(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        let mut chars = text.get(at..)?.chars();
        let one = chars.next()?;
        let first = unit(one)?;
        let bits = self.first.get(usize::from(first) >> 6)?;
        if bits >> (first & 63) & 1 == 0 {
            return None;
        }
        self.longest_from(text, at, one, first)
    }

    fn longest_from(&self, text: &str, at: usize, one: char, first: u16) -> Option<(usize, usize)> {
        let behind = text.get(at + one.len_utf8()..)?;
        let mut chars = behind.chars();
        if let Some(second) = chars.next().and_then(unit)
            && let Some(pair) = self.pair(first, second)
        {
            let rest = chars.as_str();
            let (from, count) = (pair.start as usize, pair.count as usize);
            for (tail, word) in self.tails.get(from..from + count).unwrap_or(&[]) {
                if rest.as_bytes().starts_with(tail.as_bytes()) {
                    let end = text.len() - rest.len() + tail.len();
                    return Some((*word as usize, end));
                }
            }
        }
        let single = self.singles.binary_search_by_key(&one, |&(c, _)| c).ok()?;
        let word = self.singles.get(single)?.1 as usize;
        Some((word, at + one.len_utf8()))
    }

    /// The first word that starts at or after a byte, the longest that starts there.
    #[inline]
    pub fn next(&self, text: &str, from: usize) -> Option<Found> {
        for (offset, one) in text.get(from..)?.char_indices() {
            let Some(first) = unit(one) else { continue };
            let bits = self.first.get(usize::from(first) >> 6)?;
            if bits >> (first & 63) & 1 == 0 {
                continue;
            }
            let start = from + offset;
            if let Some((word, end)) = self.longest_from(text, start, one, first) {
                return Some(Found { word, start, end });
            }
        }
        None
    }

    /// Every word of a text, leftmost and longest first; no two overlap.
    pub fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Found> + 't {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.next(text, from)?;
            from = found.end;
            Some(found)
        })
    }
}

/// A character of the basic plane.
#[inline]
fn unit(c: char) -> Option<u16> {
    u16::try_from(c as u32).ok()
}

#[cfg(test)]
mod tests {
    use aho_corasick::{AhoCorasick, MatchKind};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_longest_wins_and_single_characters_are_words() {
        let finder = Finder::new(["压缩", "压缩至", "零", "零事故", "1", "半", "压"]);
        let found: Vec<_> = finder
            .find("压缩至1天，零事故，零差错，压降半")
            .map(|f| f.word)
            .collect();
        assert_eq!(found, [1, 4, 3, 2, 6, 5]);
    }

    proptest! {
        #[test]
        fn as_a_leftmost_longest_automaton(
            words in prop::collection::vec("[甲乙丙丁a1]{1,4}", 1..20),
            text in "[甲乙丙丁a1𠀀é]{0,60}",
        ) {
            let automaton = AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(&words)
                .unwrap();
            let expected: Vec<_> = automaton
                .find_iter(&text)
                .map(|m| (words[m.pattern().as_usize()].as_str(), m.start(), m.end()))
                .collect();
            let finder = Finder::new(&words);
            let found: Vec<_> = finder
                .find(&text)
                .map(|f| (words[f.word].as_str(), f.start, f.end))
                .collect();
            prop_assert_eq!(found, expected);
        }
    }
}
