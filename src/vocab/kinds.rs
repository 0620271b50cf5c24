//! What titles end in: 文种, and other words that only tell a title.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

static KINDS: LazyLock<HashMap<&'static str, Option<&'static str>>> = LazyLock::new(|| {
    super::rows(include_str!("kinds.tsv"))
        .filter_map(|row| {
            let kind = *row.get(1)?;
            Some((*row.first()?, (kind != "-" && kind != "~").then_some(kind)))
        })
        .collect()
});

/// The longest word of the table that a title ends in, and the statutory kind that it is.
pub fn ending(title: &str) -> Option<(&'static str, Option<&'static str>)> {
    let starts = title.char_indices().rev().take(3).map(|(at, _)| at);
    starts
        .filter_map(|at| KINDS.get_key_value(title.get(at..)?))
        .last()
        .map(|(word, kind)| (*word, *kind))
}

/// Whether a word is one of the fifteen statutory kinds, and how the statute writes it.
pub fn statutory(word: &str) -> Option<&'static str> {
    KINDS.get(word).copied().flatten()
}

/// Whether a word of the table ends headings and broken lines as readily as titles.
pub fn is_weak(word: &str) -> bool {
    WEAK.contains(word)
}

static WEAK: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    super::rows(include_str!("kinds.tsv"))
        .filter(|row| row.get(1) == Some(&"~"))
        .filter_map(|row| row.first().copied())
        .collect()
});
