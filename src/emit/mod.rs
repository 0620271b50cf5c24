//! Model → bytes. Emitters write what they are given; they parse, look up and decide nothing.

pub mod json;

pub mod tables;

pub mod rows;

pub mod csv;

pub mod words;
