//! Sentences → the numbers that they commit somebody to, and the dated commitments without a number.
//!
//! `tests/spec/targets.tsv`: a sentence, then one column a target: `indicator|comparator|value|unit|due`.
//! `tests/spec/milestones.tsv`: a sentence, then one column a milestone: `text|due`. Nothing behind a sentence: nothing
//! is committed to. The sentences are said to be written on 2024-05-29.

use gongwen::analyze::quantities::Reference;
use gongwen::analyze::targets::{self, Findings};
use gongwen::date::Date;
use gongwen::model::{NodeKind, Target};
use gongwen::syntax::tree::{Node, Tree};
use gongwen::text::{Locator, reflow};

fn read(sentence: &str) -> Findings {
    let flow = reflow::reflow(sentence);
    let locator = Locator::new(sentence, &flow);
    let line = locator.text().trim_end();
    let tree = Tree {
        nodes: vec![Node {
            marker: None,
            title: "",
            text: line,
            line,
            parent: None,
        }],
        ..Tree::default()
    };
    let reference = Reference {
        year: None,
        written_on: Date::new(2024, 5, 29),
    };
    let duties = [Default::default()];
    targets::findings(&locator, &tree, &[NodeKind::Paragraph], &duties, &reference).remove(0)
}

fn rows(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

fn told(target: &Target) -> String {
    let quantity = &target.quantity;
    let comparator = serde_json::to_value(quantity.comparator).unwrap();
    let upper = quantity.upper.map_or(String::new(), |u| format!("-{u}"));
    format!(
        "{}|{}|{}{upper}|{}|{}",
        target.indicator.as_deref().unwrap_or("-"),
        comparator.as_str().unwrap(),
        quantity.value,
        quantity.unit.as_deref().unwrap_or("-"),
        target.due.map_or("-".to_owned(), |d| d.to_string()),
    )
}

#[track_caller]
fn check(table: &str, at_least: usize, tell: impl Fn(&Findings) -> Vec<String>) {
    let mut wrong = Vec::new();
    let mut count = 0;
    for row in rows(table) {
        let (sentence, want) = row.split_first().unwrap();
        let got = tell(&read(sentence));
        if got != want {
            wrong.push(format!("{sentence}\t{}", got.join("\t")));
        }
        count += 1;
    }
    assert!(count >= at_least, "{count} rows");
    assert!(
        wrong.is_empty(),
        "{} wrong, got:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn targets_as_the_table_says() {
    check(include_str!("spec/targets.tsv"), 200, |found| {
        found.targets.iter().map(told).collect()
    });
}

#[test]
fn milestones_as_the_table_says() {
    check(include_str!("spec/milestones.tsv"), 60, |found| {
        found
            .milestones
            .iter()
            .map(|m| {
                format!(
                    "{}|{}",
                    m.text,
                    m.due.map_or("-".to_owned(), |d| d.to_string())
                )
            })
            .collect()
    });
}

/// Every Arabic numeral lies in a target, a milestone or a mention.
#[test]
fn no_numeral_is_left_out() {
    let tables = [
        include_str!("spec/targets.tsv"),
        include_str!("spec/milestones.tsv"),
    ];
    for row in tables.into_iter().flat_map(rows) {
        let sentence = row[0];
        let found = read(sentence);
        let spans: Vec<_> = (found.targets.iter().map(|t| t.span))
            .chain(found.milestones.iter().map(|m| m.span))
            .chain(found.mentions.iter().map(|m| m.span))
            .collect();
        for (at, c) in sentence.chars().enumerate() {
            let held = spans
                .iter()
                .any(|s| s.start as usize <= at && at < s.end as usize);
            assert!(!c.is_ascii_digit() || held, "{sentence}: {c} at {at}");
        }
    }
}

#[test]
fn hostile_text_does_no_harm() {
    let long = [
        "1个".repeat(20_000),
        "（".repeat(20_000),
        "完成1个，".repeat(10_000),
        "对1个的".repeat(10_000),
        "到2025年，".repeat(5_000),
        "1个、".repeat(10_000),
        "的".repeat(30_000),
        "“1".repeat(10_000),
        "由从比至1".repeat(8_000),
    ];
    for text in long {
        let start = std::time::Instant::now();
        read(&text);
        assert!(
            start.elapsed().as_secs() < 20,
            "{}",
            text.chars().take(20).collect::<String>()
        );
    }
}
