//! What the text says → what it means: a pass a file, in the order of the flow.

pub mod assemble;
pub mod checks;
pub mod deadlines;
pub mod frame;
pub mod header;
pub mod kinds;
pub mod quantities;
pub mod responsibilities;
pub mod targets;
