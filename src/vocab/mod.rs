//! Words as data: one `.tsv` a list, one entry a line, its source named on top. Logic is code; a new word is one
//! line in a table and one in a spec file.
//!
//! A table is text with tab-separated columns; blank lines and lines that start with `#` are left out.

pub mod bodies;
pub mod bounds;
pub mod calendar;
pub mod divisions;
pub mod finder;
pub mod kinds;
pub mod labels;
pub mod limits;
pub mod list;
pub mod noise;
pub mod phrases;
pub mod unit_names;
pub mod units;
pub mod words;

/// The rows of a table.
pub fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}
