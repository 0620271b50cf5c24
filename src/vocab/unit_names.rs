//! The names of units: their endings, and the words that departments are named after.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::finder::{Endings, Finder};
use super::list::WordList;
use super::rows;

/// An ending, and the sort of body that it names.
pub type Ending = (&'static str, &'static str);

static ENDINGS: LazyLock<(Vec<Ending>, Endings)> = LazyLock::new(|| {
    let endings: Vec<Ending> = rows(include_str!("unit_endings.tsv"))
        .filter_map(|row| Some((*row.first()?, *row.get(1)?)))
        .collect();
    let finder = Endings::new(endings.iter().map(|ending| ending.0));
    (endings, finder)
});

/// The stems, each once with all that it may be, in the order of the finder's words.
static STEMS: LazyLock<(Vec<Stem>, Finder)> = LazyLock::new(|| {
    let mut stems: BTreeMap<&'static str, Stem> = BTreeMap::new();
    for row in rows(include_str!("unit_stems.tsv")) {
        let [word, sort] = row[..] else { continue };
        let stem = stems.entry(word).or_default();
        match sort {
            "field" => stem.field = true,
            "whole" => stem.whole = true,
            _ => stem.party = true,
        }
    }
    let finder = Finder::new(stems.keys());
    (stems.into_values().collect(), finder)
});

/// A sort of word that helps to tell where a name ends and the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A word for a class of divisions: 县, 设区的市.
    Class,
    /// The ending of a zone: 开发区.
    Zone,
    /// What a name may start with: 省, 人民银行.
    Head,
    /// What the name of many starts with: 各, 有关.
    Many,
    /// What no name holds: 由, 应当.
    Prose,
    /// What is left of 等部门.
    Bare,
}

impl Sort {
    /// Every sort by its name in the table, in the order of the enum.
    const NAMES: [&str; 6] = ["class", "zone", "head", "many", "prose", "bare"];

    /// The words of this sort.
    pub fn words(self) -> &'static WordList {
        &WORDS[self as usize]
    }
}

static WORDS: LazyLock<[WordList; 6]> = LazyLock::new(|| {
    Sort::NAMES.map(|name| {
        let rows = rows(include_str!("unit_words.tsv"));
        let of_sort = |row: Vec<&'static str>| match row[..] {
            [word, sort] if sort == name => Some(word),
            _ => None,
        };
        WordList::new(rows.filter_map(of_sort).collect())
    })
});

/// What a word is in the names of departments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stem {
    /// An ending follows: 财政.
    pub field: bool,
    /// A name but for its place: 总工会.
    pub whole: bool,
    /// Follows 委: 组织部.
    pub party: bool,
}

/// The longest known ending of a name, and the sort of body that it names.
pub fn ending(name: &str) -> Option<Ending> {
    let (endings, finder) = &*ENDINGS;
    endings.get(finder.longest(name)?.0).copied()
}

/// Whether a word is an ending by itself: 单位.
pub fn is_bare_ending(word: &str) -> bool {
    ending(word).is_some_and(|(ending, _)| ending == word)
}

/// What a whole word is in the names of departments.
pub fn stem(word: &str) -> Stem {
    let whole = starts(word).find(|(_, end)| *end == word.len());
    whole.map_or_else(Stem::default, |(stem, _)| stem)
}

/// The longest field at the start of a name: 财政局 → 财政.
pub fn field(name: &str) -> Option<&str> {
    let (_, end) = starts(name).find(|(stem, _)| stem.field)?;
    name.get(..end)
}

/// The stems that a name starts with, the longest first, and where each ends.
fn starts(name: &str) -> impl Iterator<Item = (Stem, usize)> + '_ {
    let (stems, finder) = &*STEMS;
    finder
        .all_at(name, 0)
        .filter_map(|(word, end)| Some((*stems.get(word)?, end)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn tables_hold_what_they_promise() {
        let mut seen = HashSet::new();
        for row in rows(include_str!("unit_endings.tsv")) {
            assert_eq!(row.len(), 2, "{row:?}");
            assert!(seen.insert(row[0].to_owned()), "twice: {row:?}");
        }
        seen.clear();
        for row in rows(include_str!("unit_stems.tsv")) {
            assert_eq!(row.len(), 2, "{row:?}");
            assert!(["field", "whole", "party"].contains(&row[1]), "{row:?}");
            assert!(seen.insert(row.join("\t")), "twice: {row:?}");
        }
        for row in rows(include_str!("unit_words.tsv")) {
            assert_eq!(row.len(), 2, "{row:?}");
            assert!(Sort::NAMES.contains(&row[1]), "{row:?}");
        }
        assert!(WORDS.iter().all(|list| !list.all().is_empty()));
    }

    #[test]
    fn the_longest_ending_and_field_hold() {
        assert_eq!(ending("云岭市人民政府"), Some(("人民政府", "government")));
        assert_eq!(ending("青川海关"), Some(("海关", "vertical")));
        assert_eq!(ending("发展改革"), None);
        assert_eq!(field("市场监管局"), Some("市场监管"));
        assert_eq!(field("厦门海关"), None);
    }
}
