//! Any text is scanned; mentions stand in order, in the text, and do not overlap.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let length = text.chars().count() as u32;
    let mut end = 0;
    for mention in gongwen::scan::scan(text, None) {
        assert!(end <= mention.span.start && mention.span.end <= length, "{mention:?}");
        end = mention.span.end;
    }
});
