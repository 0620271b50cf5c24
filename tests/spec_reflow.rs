//! Lines and the paragraphs that they make, by the table `tests/spec/reflow.tsv`.

use gongwen::text::chars;
use gongwen::text::reflow::{Layout, reflow};

/// What stands before the rows of hard-wrapped text, so that the page has a width: 24 characters to a line.
const PAGE: &[&str] = &[
    "为深化放管服改革，提高窗口服务质量，方便企业",
    "和群众办事创业，经县政府常务会议研究同意，现就有",
    "关事项通知如下，请结合实际抓好贯彻落实。各单位要",
    "明确一名分管负责同志牵头，制定具体的实施办法，并",
    "于每个月的月底前将工作进展情况书面报送县政府办公",
    "室汇总。",
    "某某县人民政府办公室",
    "2023年6月1日",
];

/// What stands before the rows that are all in one line.
const HEAD: &[&str] = &[
    "某某县人民政府办公室关于做好窗口服务工作的通知",
    "某政办〔2023〕5号",
    "各乡镇人民政府，县直各部门，各有关单位：",
    "为提高窗口服务质量，方便企业和群众办事创业，经县政府研究同意，现就有关事项通知如下。",
];

struct Row<'t> {
    name: &'t str,
    layout: Layout,
    lines: Vec<String>,
    paragraphs: Vec<String>,
    dropped: Vec<String>,
}

fn row(line: &str) -> Row<'_> {
    let mut cells = line.split('\t');
    let mut cell = || cells.next().unwrap_or_default();
    let list = |cell: &str| {
        let items = cell.split('⏎').map(|item| item.replace("\\t", "\t"));
        items.collect::<Vec<String>>()
    };
    let name = cell();
    let layout = match cell() {
        "hard" => Layout::HardWrapped,
        "one" => Layout::OneLine,
        "par" => Layout::Paragraphs,
        other => panic!("{name}: no layout is called {other:?}"),
    };
    let (lines, paragraphs) = (list(cell()), list(cell()));
    let dropped = cell();
    Row {
        name,
        layout,
        lines,
        paragraphs,
        dropped: if dropped.is_empty() {
            Vec::new()
        } else {
            list(dropped)
        },
    }
}

#[track_caller]
fn check(row: &Row<'_>) {
    let (source, before) = match row.layout {
        Layout::HardWrapped => (format!("{}\n{}", PAGE.join("\n"), row.lines.join("\n")), 3),
        Layout::OneLine => (HEAD.concat() + &row.lines.concat(), HEAD.len()),
        Layout::Paragraphs => (row.lines.join("\n"), 0),
    };
    let flow = reflow(&source);
    assert_eq!(flow.layout, row.layout, "{}", row.name);
    let got: Vec<&str> = flow.text.lines().skip(before).collect();
    assert_eq!(got, row.paragraphs, "{}", row.name);
    let dropped = flow.dropped.iter().map(|range| range.slice(&source));
    assert_eq!(dropped.collect::<Vec<_>>(), row.dropped, "{}", row.name);
    // Nothing is lost on the way.
    let bare = |text: &str| {
        let words = text.chars().filter(|&c| !chars::is_space(c));
        words.collect::<String>()
    };
    let kept = bare(&flow.text).chars().count() + bare(&row.dropped.concat()).chars().count();
    assert_eq!(kept, bare(&source).chars().count(), "{}", row.name);
}

#[test]
fn rows_of_the_table() {
    let rows: Vec<Row<'_>> = include_str!("spec/reflow.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(row)
        .collect();
    assert!(rows.len() >= 60, "{} rows", rows.len());
    for row in &rows {
        check(row);
    }
}
