//! The furniture of pages: lines that say nothing of a notice.

use std::collections::HashSet;
use std::sync::LazyLock;

struct Noise {
    whole: HashSet<&'static str>,
    starts: Vec<&'static str>,
    has: Vec<&'static str>,
}

static NOISE: LazyLock<Noise> = LazyLock::new(|| {
    let mut noise = Noise {
        whole: HashSet::new(),
        starts: Vec::new(),
        has: Vec::new(),
    };
    for row in super::rows(include_str!("noise.tsv")) {
        match row[..] {
            ["is", words] => {
                noise.whole.insert(words);
            }
            ["starts", words] => noise.starts.push(words),
            ["has", words] => noise.has.push(words),
            _ => {}
        }
    }
    noise
});

/// Whether a line, its spaces left out, is furniture.
pub fn is_noise(squeezed: &str) -> bool {
    NOISE.whole.contains(squeezed)
        || NOISE.starts.iter().any(|words| squeezed.starts_with(words))
        || squeezed.len() < 200 && NOISE.has.iter().any(|words| squeezed.contains(words))
}
