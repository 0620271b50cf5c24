//! What is odd in a notice as a whole: the proof-reader's pass, over a notice that is otherwise complete.
//!
//! Every check is its own function; each adds findings and changes nothing. A check that would fire on most good
//! notices is worthless, so each says in its comment what keeps it quiet.

mod commitments;
mod fields;
mod lines;
mod marks;
pub mod numbering;
mod structure;
mod units;
mod widths;
mod words;

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Notice;
use crate::text::Locator;

/// At most so many findings of one rule: a text that is wrong throughout is not told so a thousand times.
const MOST: usize = 20;

/// And so many where several rules share a code, or each place is one of its own.
const MOST_OF_CODE: usize = 200;

/// Checks a notice that is otherwise complete.
pub fn check(locator: &Locator<'_>, notice: &Notice) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    lines::check(locator, &mut found);
    fields::check(locator, notice, &mut found);
    structure::check(notice, &mut found);
    commitments::check(locator, notice, &mut found);
    units::check(notice, &mut found);
    let mut told: HashMap<Code, usize> = HashMap::new();
    found.retain(|finding| {
        let n = told.entry(finding.code).or_default();
        *n += 1;
        *n <= MOST_OF_CODE
    });
    found
}
