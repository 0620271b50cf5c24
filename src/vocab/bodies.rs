//! What names of bodies end in.

use std::sync::LazyLock;

static ENDINGS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    super::rows(include_str!("bodies.tsv"))
        .filter_map(|row| row.first().copied())
        .collect()
});

/// Whether a name ends as names of bodies do.
pub fn is_body_end(name: &str) -> bool {
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}
