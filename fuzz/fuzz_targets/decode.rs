//! Any bytes decode; what is valid UTF-8 decodes to itself.
#![no_main]

use gongwen::text::encoding;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let decoded = encoding::decode(bytes, None);
    assert!(decoded.text.len() <= 4 * bytes.len() + 4);
    let _ = encoding::not_text(bytes);
});
