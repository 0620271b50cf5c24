//! The words that tell a number to reach from a number that is only mentioned: verbs, outcomes, attention,
//! modality, context. One finder finds them all in one walk over a text.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::BitOr;
use std::sync::LazyLock;

use super::finder::Finder;

/// The roles that a word may play; a word may have several.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Roles(u32);

impl Roles {
    /// A verb of doing: 推动, 新增.
    pub const DO: Roles = Roles(1);
    /// Granting and charging: 给予, 返还.
    pub const GRANT: Roles = Roles(1 << 1);
    /// Setting a level: 达到, 压缩至.
    pub const LIMIT: Roles = Roles(1 << 2);
    /// A change upwards: 增长.
    pub const UP: Roles = Roles(1 << 3);
    /// A change downwards: 下降.
    pub const DOWN: Roles = Roles(1 << 4);
    /// Attention and keeping: 紧盯, 聚焦.
    pub const ATTEND: Roles = Roles(1 << 5);
    /// An end: 完成, 出台.
    pub const END: Roles = Roles(1 << 6);
    /// An end that counts under a date named before: 建成, 全部.
    pub const STRONG_END: Roles = Roles(1 << 7);
    /// Progress: 加快, 持续.
    pub const PROGRESS: Roles = Roles(1 << 8);
    /// Encouragement and permission: 鼓励, 可.
    pub const ENCOURAGE: Roles = Roles(1 << 9);
    /// The head of a clause that says what for: 为, 从而.
    pub const PURPOSE: Roles = Roles(1 << 10);
    /// 确保, 务必.
    pub const ENSURE: Roles = Roles(1 << 11);
    /// 力争, 争取.
    pub const STRIVE: Roles = Roles(1 << 12);
    /// The past and what exists: 去年, 现有.
    pub const PAST: Roles = Roles(1 << 13);
    /// The time ahead: 计划, 将.
    pub const PLAN: Roles = Roles(1 << 14);
    /// A condition: 凡, 对于.
    pub const CONDITION: Roles = Roles(1 << 15);
    /// Headings and openings of lists of requirements: 申报条件.
    pub const REQUIREMENTS: Roles = Roles(1 << 16);
    /// Headings of reviews: 工作回顾.
    pub const REVIEW: Roles = Roles(1 << 17);
    /// Headings of goals: 主要目标.
    pub const GOALS: Roles = Roles(1 << 18);
    /// A verb that stands as a noun too: 服务, 投资.
    pub const NOUN: Roles = Roles(1 << 19);
    /// What is done within a limit of time: 答复, 报送.
    pub const ACT: Roles = Roles(1 << 20);

    /// What verbs of doing have, those that only say how firmly left out.
    pub const DEEDS: Roles = Roles(0b11_1111);

    /// What a word that may govern a number has.
    pub const ALL_VERBS: Roles = Roles(Roles::DEEDS.0 | Roles::ENSURE.0 | Roles::STRIVE.0);

    /// Every role by its name in the tables.
    const NAMES: [(&'static str, Roles); 22] = [
        ("do", Roles::DO),
        ("grant", Roles::GRANT),
        ("limit", Roles::LIMIT),
        ("up", Roles::UP),
        ("down", Roles::DOWN),
        ("attend", Roles::ATTEND),
        ("end", Roles::END),
        ("strong", Roles::STRONG_END),
        ("progress", Roles::PROGRESS),
        ("encourage", Roles::ENCOURAGE),
        ("purpose", Roles::PURPOSE),
        ("ensure", Roles::ENSURE),
        ("strive", Roles::STRIVE),
        ("past", Roles::PAST),
        ("plan", Roles::PLAN),
        ("condition", Roles::CONDITION),
        ("requirements", Roles::REQUIREMENTS),
        ("review", Roles::REVIEW),
        ("goals", Roles::GOALS),
        ("noun", Roles::NOUN),
        ("act", Roles::ACT),
        // A longer word that holds a verb and is none (安全生产): it has no role, and hides the verb.
        ("guard", Roles(0)),
    ];

    /// Whether the word has one of these roles.
    pub fn any(self, roles: Roles) -> bool {
        self.0 & roles.0 != 0
    }
}

impl BitOr for Roles {
    type Output = Roles;

    fn bitor(self, other: Roles) -> Roles {
        Roles(self.0 | other.0)
    }
}

impl fmt::Debug for Roles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Roles::NAMES.iter().filter(|(_, role)| self.any(*role));
        f.debug_set().entries(names.map(|(name, _)| name)).finish()
    }
}

/// A word of the tables, where it stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it may be.
    pub roles: Roles,
}

struct Words {
    finder: Finder,
    roles: Vec<Roles>,
}

const TABLES: [&str; 7] = [
    include_str!("verbs.tsv"),
    include_str!("noun_verbs.tsv"),
    include_str!("attention_verbs.tsv"),
    include_str!("outcome_words.tsv"),
    include_str!("progress_words.tsv"),
    include_str!("modality.tsv"),
    include_str!("context_words.tsv"),
];

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut table: BTreeMap<&str, Roles> = BTreeMap::new();
    for row in TABLES.into_iter().flat_map(super::rows) {
        let (Some(word), Some(role)) = (row.first(), row.get(1)) else {
            continue;
        };
        if let Some((_, role)) = Roles::NAMES.iter().find(|(name, _)| name == role) {
            let entry = table.entry(word).or_default();
            *entry = *entry | *role;
        }
    }
    Words {
        finder: Finder::new(table.keys()),
        roles: table.into_values().collect(),
    }
});

/// Every word of the tables in a text, leftmost and longest first; no two overlap.
pub fn find(text: &str) -> impl Iterator<Item = Word> + '_ {
    let words = &*WORDS;
    words.finder.find(text).map(|found| Word {
        start: found.start,
        end: found.end,
        roles: words.roles.get(found.word).copied().unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_a_role() {
        for row in TABLES.into_iter().flat_map(super::super::rows) {
            assert_eq!(row.len(), 2, "{row:?}");
            assert!(
                Roles::NAMES.iter().any(|(name, _)| *name == row[1]),
                "{row:?}"
            );
        }
        assert!(WORDS.roles.len() > 500);
    }

    #[test]
    fn the_longest_word_wins_and_keeps_all_its_roles() {
        let text = "审批时限压缩至3个工作日，全部建成";
        let found: Vec<(&str, Roles)> = find(text)
            .map(|w| (&text[w.start..w.end], w.roles))
            .collect();
        assert!(
            found
                .iter()
                .any(|(w, r)| *w == "压缩至" && r.any(Roles::LIMIT))
        );
        let built = found.iter().find(|(w, _)| *w == "建成").unwrap().1;
        assert!(built.any(Roles::DO) && built.any(Roles::STRONG_END));
        assert!(format!("{built:?}").contains("strong"));
    }
}
