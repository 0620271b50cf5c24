//! Words that bound a number which stands further on in their clause.

use std::sync::LazyLock;

use super::finder::Finder;

/// A bound, as the table names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// 不低于.
    AtLeast,
    /// 不超过.
    AtMost,
}

struct Limits {
    finder: Finder,
    limits: Vec<Option<Limit>>,
}

static LIMITS: LazyLock<Limits> = LazyLock::new(|| {
    let rows: Vec<(&str, Option<Limit>)> = super::rows(include_str!("limits.tsv"))
        .filter_map(|row| match row[..] {
            [word, "ge"] => Some((word, Some(Limit::AtLeast))),
            [word, "le"] => Some((word, Some(Limit::AtMost))),
            [word, "-"] => Some((word, None)),
            _ => None,
        })
        .collect();
    Limits {
        finder: Finder::new(rows.iter().map(|(word, _)| word)),
        limits: rows.into_iter().map(|(_, limit)| limit).collect(),
    }
});

/// The last bound in a text, and where it starts.
pub fn last(text: &str) -> Option<(usize, Limit)> {
    let limits = &*LIMITS;
    limits
        .finder
        .find(text)
        .filter_map(|found| Some((found.start, (*limits.limits.get(found.word)?)?)))
        .last()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_bound_holds() {
        assert_eq!(last("给予不低于采购合同金额"), Some((6, Limit::AtLeast)));
        assert_eq!(last("不得低于本企业，最高"), Some((24, Limit::AtMost)));
        assert_eq!(last("给予"), None);
        assert_eq!(last("去掉最高值"), None);
    }
}
