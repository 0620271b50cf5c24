//! Cost grows linearly: each doubling of a text costs at most 2.3 times as much, for every sample and for shapes made to be slow.
//!
//! Three doublings are measured at once, so that a step (a page, a cache) does not look like growth; what is quadratic costs 64
//! times as much then. Time is the thread's processor time, the least of several turns, so that a busy machine does not change
//! the answer.

use std::time::Duration;

use cpu_time::ThreadTime;

/// What one doubling may cost.
const MOST: f64 = 2.3;

const DOUBLINGS: i32 = 3;

/// The shorter text takes about this much.
const ENOUGH: Duration = Duration::from_millis(3);

const TURNS: usize = 30;

fn cost(text: &str) -> Duration {
    let start = ThreadTime::now();
    let notice = gongwen::parse(text);
    let json = gongwen::to_json(&notice);
    assert!(!json.is_empty());
    start.elapsed()
}

/// Holds the law for a text that `shape` makes of a size; what breaks it is told.
fn check(name: &str, shape: &dyn Fn(usize) -> String) -> Option<String> {
    let mut size = 16;
    let mut text = shape(size);
    while text.len() < 4 << 20 && cost(&text) < ENOUGH {
        size *= 2;
        text = shape(size);
    }
    let long = shape(size << DOUBLINGS);
    let doublings = (long.len() as f64 / text.len() as f64).log2();
    let (mut short, mut least) = (Duration::MAX, Duration::MAX);
    let mut growth = f64::MAX;
    for _ in 0..TURNS {
        short = short.min(cost(&text));
        least = least.min(cost(&long));
        growth = (least.as_secs_f64() / short.as_secs_f64()).powf(1.0 / doublings);
        if growth <= MOST {
            return None;
        }
    }
    Some(format!(
        "{name}: {} bytes take {short:?}, {} bytes {least:?}: {growth:.2} times a doubling",
        text.len(),
        long.len()
    ))
}

#[test]
fn samples_grow_linearly() {
    let mut broken = Vec::new();
    for entry in std::fs::read_dir("samples").unwrap() {
        let path = entry.unwrap().path();
        let options = gongwen::Options::default();
        let bytes = std::fs::read(&path).unwrap();
        let text = gongwen::readable(&bytes, &options).text.to_string();
        broken.extend(check(&path.display().to_string(), &|n| text.repeat(n)));
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn hostile_shapes_grow_linearly() {
    let shapes: [(&str, &dyn Fn(usize) -> String); 17] = [
        ("open brackets", &|n| "（".repeat(n)),
        ("nested brackets", &|n| "〔（".repeat(n) + &"）〕".repeat(n)),
        ("clauses never closed", &|n| {
            "（责任单位：市商务局、".repeat(n)
        }),
        ("one endless line", &|n| {
            "推动300家企业开展数字化转型，".repeat(n)
        }),
        ("one endless sentence of dates", &|n| {
            "6月底前完成，".repeat(n)
        }),
        // Up to 999, as far as numbers count as markers: longer ones are text, which costs more, whatever its length.
        ("markers", &|n| {
            (0..n).map(|i| format!("{}.\n", i % 999 + 1)).collect()
        }),
        ("numbers alone", &|n| {
            (0..n).map(|i| format!("{}.\n", i % 9000 + 1000)).collect()
        }),
        ("markers in one line", &|n| {
            (0..n).map(|i| format!("。{}.甲", i % 999 + 1)).collect()
        }),
        ("decimal levels", &|n| {
            (0..n)
                .map(|i| format!("{}甲\n", "1.".repeat(i % 40 + 1)))
                .collect()
        }),
        ("quotes", &|n| "“‘".repeat(n)),
        ("digits", &|n| "7".repeat(n)),
        ("noughts in Chinese", &|n| "零一二".repeat(n)),
        ("a range that never ends", &|n| "3—".repeat(n)),
        ("labels", &|n| "索引号：".repeat(n)),
        ("a list of units", &|n| {
            format!("1.甲。（责任单位：{}）", "市商务局、".repeat(n))
        }),
        ("different units", &|n| {
            (0..n)
                .map(|i| format!("{}.甲。（责任单位：市第{i}号办公室）\n", i + 1))
                .collect()
        }),
        ("blank lines", &|n| " \n\u{3000}\r\n".repeat(n)),
    ];
    let broken: Vec<String> = shapes
        .iter()
        .filter_map(|(name, shape)| check(name, shape))
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
