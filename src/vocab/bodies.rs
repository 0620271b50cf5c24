//! What names of bodies end in.

use std::sync::LazyLock;

use super::finder::Endings;

static ENDINGS: LazyLock<Endings> = LazyLock::new(|| {
    Endings::new(super::rows(include_str!("bodies.tsv")).filter_map(|row| row.first().copied()))
});

/// Whether a name ends as names of bodies do.
pub fn is_body_end(name: &str) -> bool {
    ENDINGS.longest(name).is_some()
}
