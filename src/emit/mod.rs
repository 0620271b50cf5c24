//! Model → bytes. Emitters write what they are given; they parse, look up and decide nothing.

pub mod cell;
pub mod csv;
pub mod json;
pub mod packed;
pub mod rows;
pub mod sheets;
pub mod tables;
pub mod words;

#[cfg(feature = "xlsx")]
pub mod xlsx;

#[cfg(feature = "sqlite")]
pub mod sqlite;
