//! Any text reads as a page.
#![no_main]

use gongwen::Options;
use gongwen::model::Format;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let options = Options {
        format: Some(Format::Html),
        ..Options::default()
    };
    let notice = gongwen::parse_bytes(text.as_bytes(), &options);
    let _ = gongwen::to_json(&notice);
});
