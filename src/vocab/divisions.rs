//! Codes of administrative divisions (GB/T 2260) → names.

use std::sync::LazyLock;

static DIVISIONS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    super::rows(include_str!("divisions.tsv"))
        .filter_map(|row| Some((*row.first()?, *row.get(1)?)))
        .collect()
});

/// The name of the division that a code of six digits stands for.
pub fn name(code: &str) -> Option<&'static str> {
    let at = DIVISIONS.binary_search_by_key(&code, |row| row.0).ok()?;
    DIVISIONS.get(at).map(|row| row.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_and_whole() {
        assert!(DIVISIONS.windows(2).all(|w| w[0].0 < w[1].0));
        assert!(DIVISIONS.iter().all(|row| row.0.len() == 6));
        assert_eq!(name("411000"), Some("许昌市"));
        assert_eq!(name("110000"), Some("北京市"));
        assert_eq!(name("350000"), Some("福建省"));
        assert_eq!(name("341400"), Some("巢湖市"), "a code no longer in force");
        assert_eq!(name("999999"), None);
    }
}
