//! The productions: nom lives here and nowhere else, one production a function, its EBNF above it.
//!
//! Productions read from the start of a `&str` and give slices of it; failing means "not this form", so
//! the error type is `()`, and the caller decides what to say. Only nom's `complete` parsers are used: in
//! nom 8 the mode-generic ones answer `Incomplete` at the end of a short line.

pub mod date;
pub mod day;
pub mod identity;
pub mod label;
pub mod number;
pub mod ordinal;
pub mod quantity;
pub mod responsibility;

/// What a production gives: the rest of the input and the value.
pub type Parse<'s, T> = nom::IResult<&'s str, T, ()>;
