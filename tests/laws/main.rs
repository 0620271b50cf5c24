//! The laws that hold for every notice, over samples and over generated text.

mod generated;
mod law;
mod samples;
