//! What is written is read back the same.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let notice = gongwen::parse(text);
    let json = gongwen::to_json(&notice);
    let back: gongwen::Notice = serde_json::from_str(&json).expect("our own JSON");
    assert_eq!(back, notice);
});
