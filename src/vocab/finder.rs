//! Many words at once in Chinese text, a character at a time: the leftmost and longest ([`Finder`]), or the longest that a
//! text ends with ([`Endings`]).
//!
//! General automata walk byte by byte, three steps and three look-ups for each Chinese character. Here a word is known
//! by two characters, its first or its last: one bit tells whether any word starts with the first, a small table what
//! goes on after both. Most characters cost one bit. The answers are those of a leftmost-longest automaton, as a test shows.
//!
//! Words are of characters of the basic plane, as all that notices are written with; others are never found. Of two
//! words that are alike the first counts.

use std::cmp::Reverse;

/// Words, and how to find them.
#[derive(Debug)]
pub struct Finder {
    /// One bit a character of the basic plane: whether a word starts with it.
    first: Vec<u64>,
    words: Words,
}

/// Words that texts end with.
#[derive(Debug)]
pub struct Endings(Words);

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
    /// A finder of words.
    pub fn new<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Finder {
        let mut first = vec![0u64; 1024];
        let words = Words::new(words, |word| {
            let mut chars = word.chars();
            let one = chars.next()?;
            if let Some(bits) = first.get_mut(one as usize >> 6) {
                *bits |= 1 << (one as usize & 63);
            }
            Some((one, chars.next(), chars.next(), chars.as_str()))
        });
        Finder { first, words }
    }

    /// Whether a word starts with a character.
    #[inline]
    fn opens(&self, c: char) -> bool {
        self.opens_point(c as usize)
    }

    /// The same, for a code point.
    #[inline]
    fn opens_point(&self, point: usize) -> bool {
        let bits = self.first.get(point >> 6);
        bits.is_some_and(|bits| bits >> (point & 63) & 1 == 1)
    }

    /// How many bytes the characters of three take that stand ahead and start no word: nearly all Chinese text.
    #[inline]
    fn skipped(&self, bytes: &[u8]) -> usize {
        let mut at = 0;
        while let Some(&[a @ 0xe0..=0xef, b, c]) = bytes.get(at..at + 3) {
            // A character of three bytes: 1110aaaa 10bbbbbb 10cccccc.
            let [a, b, c] = [a & 0xf, b & 0x3f, c & 0x3f].map(usize::from);
            if self.opens_point(a << 12 | b << 6 | c) {
                break;
            }
            at += 3;
        }
        at
    }

    /// The longest word that starts at a byte, and where it ends.
    #[inline]
    pub fn longest_at(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        let one = text.get(at..)?.chars().next()?;
        if !self.opens(one) {
            return None;
        }
        self.longest_from(text, at, one)
    }

    fn longest_from(&self, text: &str, at: usize, one: char) -> Option<(usize, usize)> {
        let mut chars = text.get(at + one.len_utf8()..)?.chars();
        let others = self.words.of(one, chars.next());
        if !others.is_empty() {
            let behind_two = text.len() - chars.as_str().len();
            let three = chars.next();
            let rest = chars.as_str();
            for other in others {
                if let Some(more) = other.goes_on(three, rest) {
                    return Some((other.word as usize, behind_two + more));
                }
            }
        }
        Some((self.words.single(one)?, at + one.len_utf8()))
    }

    /// Every word that starts at a byte, the longest first, and where each ends.
    pub fn all_at<'t>(
        &'t self,
        text: &'t str,
        at: usize,
    ) -> impl Iterator<Item = (usize, usize)> + 't {
        let mut chars = text.get(at..).unwrap_or("").chars();
        let one = chars.next().filter(|&c| self.opens(c));
        let behind = at + one.map_or(0, char::len_utf8);
        let two = chars.next();
        let behind_two = text.len() - chars.as_str().len();
        let three = chars.next();
        let rest = chars.as_str();
        let others = one.map_or(&[][..], |one| self.words.of(one, two));
        let longer = others.iter().filter_map(move |other| {
            let more = other.goes_on(three, rest)?;
            Some((other.word as usize, behind_two + more))
        });
        let single = one.and_then(|c| self.words.single(c));
        longer.chain(single.map(move |word| (word, behind)))
    }

    /// The first word that starts at or after a byte, the longest that starts there.
    #[inline]
    pub fn next(&self, text: &str, from: usize) -> Option<Found> {
        let mut start = from;
        loop {
            start += self.skipped(text.get(start..)?.as_bytes());
            let one = text.get(start..)?.chars().next()?;
            if self.opens(one)
                && let Some((word, end)) = self.longest_from(text, start, one)
            {
                return Some(Found { word, start, end });
            }
            start += one.len_utf8();
        }
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

impl Endings {
    /// Words that texts may end with.
    pub fn new<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Endings {
        Endings(Words::new(words, |word| {
            let mut chars = word.chars();
            let one = chars.next_back()?;
            Some((one, chars.next_back(), chars.next_back(), chars.as_str()))
        }))
    }

    /// The longest word that a text ends with, and where it starts.
    pub fn longest(&self, text: &str) -> Option<(usize, usize)> {
        let mut chars = text.chars();
        let one = chars.next_back()?;
        let others = self.0.of(one, chars.next_back());
        if !others.is_empty() {
            let two = chars.as_str();
            let three = chars.next_back();
            let rest = chars.as_str();
            for other in others {
                if other.three.is_none() {
                    return Some((other.word as usize, two.len()));
                }
                if other.three == three && rest.as_bytes().ends_with(other.rest.as_bytes()) {
                    return Some((other.word as usize, rest.len() - other.rest.len()));
                }
            }
        }
        Some((self.0.single(one)?, text.len() - one.len_utf8()))
    }
}

/// Words by two of their characters.
#[derive(Debug)]
struct Words {
    /// Open addressing over the two characters of each word, or its one; a power of two long.
    pairs: Vec<Pair>,
    /// One bit for each remainder by 64 of the characters that are words: most others are told by it.
    single_bits: u64,
    /// What the words have besides their two characters, the longest first within a pair.
    others: Vec<Other>,
    /// By how much a hash is shifted to be a place in `pairs`.
    shift: u32,
}

/// What a word has besides its two characters.
#[derive(Debug)]
struct Other {
    /// The next character, which tells most words apart without a look at the rest.
    three: Option<char>,
    rest: Box<str>,
    word: u32,
}

impl Other {
    /// How many bytes the word has behind its two characters, where a text goes on as it does: with `three`, then `rest`.
    #[inline]
    fn goes_on(&self, three: Option<char>, rest: &str) -> Option<usize> {
        let Some(own) = self.three else {
            return Some(0);
        };
        (Some(own) == three && rest.as_bytes().starts_with(self.rest.as_bytes()))
            .then(|| own.len_utf8() + self.rest.len())
    }
}

/// The words that share two characters: a stretch of `others`.
#[derive(Debug, Clone, Copy, Default)]
struct Pair {
    key: u32,
    start: u32,
    /// Nought for a free place.
    count: u32,
}

impl Words {
    /// Words, each taken apart into its first character, its second, its third, and the others.
    fn new<W: AsRef<str>>(
        words: impl IntoIterator<Item = W>,
        mut part: impl FnMut(&str) -> Option<(char, Option<char>, Option<char>, &str)>,
    ) -> Words {
        let mut parted = Vec::new();
        let mut single_bits = 0;
        for (text, word) in words.into_iter().zip(0u32..) {
            let Some((one, two, three, rest)) = part(text.as_ref()) else {
                continue;
            };
            let key = match two {
                Some(two) => key(one, two),
                None => single_key(one),
            };
            let Some(key) = key else { continue };
            if two.is_none() {
                single_bits |= bit(one);
            }
            let rest = Box::<str>::from(rest);
            let length = three.map_or(0, char::len_utf8) + rest.len();
            parted.push((key, length, Other { three, rest, word }));
        }
        parted.sort_unstable_by_key(|(key, length, other)| (*key, Reverse(*length), other.word));
        let size = (parted.len() * 4).next_power_of_two().max(16);
        let mut words = Words {
            pairs: vec![Pair::default(); size],
            single_bits,
            others: Vec::with_capacity(parted.len()),
            shift: 32 - size.trailing_zeros(),
        };
        for (key, _, other) in parted {
            words.add(key);
            words.others.push(other);
        }
        words
    }

    /// Makes room for one more word of a pair; the words of a pair come one after the other.
    fn add(&mut self, key: u32) {
        let at = self.place(key);
        let start = self.others.len() as u32;
        if let Some(pair) = self.pairs.get_mut(at) {
            let start = if pair.count == 0 { start } else { pair.start };
            let count = pair.count + 1;
            *pair = Pair { key, start, count };
        }
    }

    /// Where a pair lies, or the free place where it would.
    #[inline]
    fn place(&self, key: u32) -> usize {
        let mut at = (key.wrapping_mul(0x9e37_79b1) >> self.shift) as usize;
        // At most a quarter of the places is taken: there is a free one.
        while let Some(pair) = self.pairs.get(at)
            && pair.count > 0
            && pair.key != key
        {
            at = (at + 1) & (self.pairs.len() - 1);
        }
        at
    }

    /// What the words of a key have besides, the longest first.
    #[inline]
    fn under(&self, key: u32) -> &[Other] {
        let pair = self.pairs.get(self.place(key));
        let (start, count) = pair.map_or((0, 0), |p| (p.start as usize, p.count as usize));
        self.others.get(start..start + count).unwrap_or(&[])
    }

    /// The words of two characters: what they have besides, the longest first.
    #[inline]
    fn of(&self, one: char, two: Option<char>) -> &[Other] {
        let key = two.and_then(|two| key(one, two));
        key.map_or(&[], |key| self.under(key))
    }

    /// The word of one character.
    #[inline]
    fn single(&self, c: char) -> Option<usize> {
        if self.single_bits & bit(c) == 0 {
            return None;
        }
        let found = self.under(single_key(c)?).first()?;
        Some(found.word as usize)
    }
}

/// The bit of a character's remainder by 64.
fn bit(c: char) -> u64 {
    1 << (c as u32 & 63)
}

/// Two characters of the basic plane.
#[inline]
fn key(one: char, two: char) -> Option<u32> {
    let (one, two) = (one as u32, two as u32);
    // No word holds U+0000, whose place is that of the characters that are words.
    (one <= 0xffff && (1..=0xffff).contains(&two)).then_some(one << 16 | two)
}

/// A character of the basic plane alone.
#[inline]
fn single_key(one: char) -> Option<u32> {
    (one as u32 <= 0xffff).then_some((one as u32) << 16)
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

        #[test]
        fn all_words_at_a_place_and_the_longest_at_the_end(
            words in prop::collection::vec("[甲乙a]{1,4}", 1..12),
            text in "[甲乙a𠀀]{0,12}",
        ) {
            let finder = Finder::new(&words);
            for (at, _) in text.char_indices() {
                let rest = &text[at..];
                let mut expected: Vec<&str> = words.iter().map(String::as_str).collect();
                expected.retain(|word| rest.starts_with(*word));
                expected.sort_by_key(|word| std::cmp::Reverse(word.len()));
                let mut found: Vec<&str> =
                    finder.all_at(&text, at).map(|(_, end)| &text[at..end]).collect();
                prop_assert_eq!(finder.longest_at(&text, at).map(|f| &text[at..f.1]), expected.first().copied());
                expected.dedup();
                found.dedup();
                prop_assert_eq!(found, expected);
            }
            let longest = words.iter().filter(|word| text.ends_with(*word)).map(String::len).max();
            let found = Endings::new(&words).longest(&text);
            prop_assert_eq!(found.map(|(_, start)| text.len() - start), longest);
        }
    }
}
