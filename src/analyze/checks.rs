//! What is odd in a notice as a whole.

use crate::diagnostic::Diagnostic;
use crate::model::Notice;
use crate::text::Locator;

/// Checks a notice that is otherwise complete.
pub fn check(_locator: &Locator<'_>, _notice: &Notice) -> Vec<Diagnostic> {
    Vec::new()
}
