//! Text → what it says: lines, markers, the tree. Borrows, normalises nothing, knows no organisation.

pub mod grammar;
pub mod line;
pub mod numbering;
pub mod outline;
pub mod table;
pub mod tree;
