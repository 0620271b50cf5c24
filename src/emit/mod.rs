//! Model → bytes. Emitters write what they are given; they parse, look up and decide nothing.

pub mod json;
