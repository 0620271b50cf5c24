//! Responsibility clauses, row by row: `tests/spec/responsibilities.tsv` says what each means.
//!
//! A row is a clause, and behind a tab its units: `role:unit`, parted by `|`; `later:unit` for those of a rider,
//! `by:words` for a date. A clause stands behind `1.压实责任。做好工作。` unless the row starts with `~`: then it is the
//! whole line. `-` says that the line holds no clause.

use std::borrow::Cow;

use gongwen::analyze::responsibilities;
use gongwen::model::Role;
use gongwen::syntax::{line, outline};
use gongwen::text::Locator;
use gongwen::text::reflow::{Flow, Layout};

/// What the clauses of the first line of a text say, in the words of the table.
fn said(row: &str) -> String {
    let text = match row.strip_prefix('~') {
        Some(line) => line.to_owned(),
        None => format!("1.压实责任。做好工作。{row}"),
    };
    let flow = Flow {
        text: Cow::Borrowed(&text),
        layout: Layout::Paragraphs,
        joints: Vec::new(),
        dropped: Vec::new(),
    };
    let locator = Locator::new(&text, &flow);
    let tree = outline::outline(line::lines(locator.text()));
    let duties = responsibilities::duties(&locator, &tree, &mut Vec::new());
    let Some(first) = duties.first().filter(|duty| !duty.clauses.is_empty()) else {
        return "-".to_owned();
    };
    let named = first.responsibilities.iter().map(|r| {
        let role = match r.role {
            Role::Lead => "lead",
            Role::Responsible => "responsible",
            Role::Cooperating => "cooperating",
            Role::Supervising => "supervising",
            Role::Leader => "leader",
        };
        format!("{role}:{}", r.unit)
    });
    let later = first.carries.iter().map(|r| format!("later:{}", r.unit));
    let by = first.deadlines.iter().map(|words| format!("by:{words}"));
    named.chain(later).chain(by).collect::<Vec<_>>().join("|")
}

#[test]
fn clauses_mean_what_the_table_says() {
    let table = include_str!("spec/responsibilities.tsv");
    let mut wrong = Vec::new();
    let mut rows = 0;
    for row in table
        .lines()
        .filter(|row| !row.is_empty() && !row.starts_with('#'))
    {
        let (clause, expected) = row.split_once('\t').expect(row);
        rows += 1;
        let got = said(clause);
        if got != expected {
            wrong.push(format!("{clause}\n  want {expected}\n  got  {got}"));
        }
    }
    assert!(rows >= 250, "{rows} rows");
    assert!(
        wrong.is_empty(),
        "{} rows differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn hostile_clauses_are_read_in_a_moment() {
    let n = 20_000;
    let start = std::time::Instant::now();
    for row in [
        "（".repeat(n),
        format!("{}市财政局负责{}", "〔（".repeat(n), "）〕".repeat(n)),
        format!("{}{}", "（责任单位：市局".repeat(n), "）".repeat(n)),
        format!("（责任单位：{}）", "市财政局、".repeat(n)),
        format!("（责任单位：{}）", "市财政局和".repeat(n)),
        format!("（{}负责）", "市局牵头省".repeat(n)),
        format!("（{}）", "按职责分工".repeat(n)),
        "责任单位：市财政局。".repeat(n),
        "牵头：".repeat(n),
    ] {
        said(&row);
    }
    // Quadratic time would be minutes.
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}
