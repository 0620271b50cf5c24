//! Every code has its page, and the page's examples hold: the wrong one gives the code, the right one does not.

use std::fs;

use gongwen::diagnostic::Code;

/// The codes whose finding needs more than text: bytes, a page, or a limit.
const WITHOUT_EXAMPLE: [Code; 6] = [
    Code::UndecodableBytes,
    Code::LimitReached,
    Code::UnplacedLine,
    Code::FlattenedTable,
    Code::PictureLeftOut,
    Code::NumberingStyle,
];

/// The codes whose pages alone show them.
const WITHOUT_ROW: [Code; 3] = [
    Code::SignOffMissing,
    Code::PeriodReversed,
    Code::MeasureWithoutUnit,
];

fn example(page: &str, heading: &str) -> Option<String> {
    let rest = &page[page.find(heading)? + heading.len()..];
    let block = rest.split("```text\n").nth(1)?.split("```").next()?;
    Some(block.to_owned())
}

fn codes(text: &str) -> Vec<Code> {
    gongwen::parse(text)
        .diagnostics
        .iter()
        .map(|d| d.code)
        .collect()
}

#[test]
fn examples_hold() {
    let mut broken = Vec::new();
    for &code in Code::ALL {
        let (wrong, right) = (
            example(code.page(), "## Wrong 误"),
            example(code.page(), "## Right 正"),
        );
        match (wrong, right) {
            (Some(wrong), Some(right)) => {
                if !codes(&wrong).contains(&code) {
                    broken.push(format!(
                        "{code}: the wrong example gives {:?}",
                        codes(&wrong)
                    ));
                }
                if codes(&right).contains(&code) {
                    broken.push(format!("{code}: the right example gives it too"));
                }
            }
            _ if WITHOUT_EXAMPLE.contains(&code) => {}
            _ => broken.push(format!("{code}: has no examples")),
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The notice that a row of the table speaks of.
fn notice(row: &str) -> String {
    let text = row.replace("\\n", "\n");
    match text.strip_prefix('=') {
        Some(whole) => whole.to_owned(),
        None => format!(
            "某市人民政府关于加强工作的通知\n某政办〔2024〕4号\n各县（市、区）人民政府：\n{text}\n某市人民政府\n2024年5月29日\n"
        ),
    }
}

#[test]
fn spec() {
    let mut broken = Vec::new();
    let mut seen = std::collections::BTreeMap::<Code, [usize; 2]>::new();
    for line in include_str!("spec/diagnostics.tsv").lines() {
        if line.starts_with('#') {
            continue;
        }
        let mut cells = line.splitn(3, '\t');
        let (Some(id), Some(sign), Some(text)) = (cells.next(), cells.next(), cells.next()) else {
            panic!("three cells: {line}");
        };
        let code = Code::from_id(id).unwrap_or_else(|| panic!("no such code: {line}"));
        let wanted = sign == "+";
        seen.entry(code).or_default()[usize::from(wanted)] += 1;
        let found = codes(&notice(text));
        if found.contains(&code) != wanted {
            broken.push(format!("{line}\n    {found:?}"));
        }
    }
    for &code in Code::ALL {
        let rows = seen.get(&code).copied().unwrap_or_default();
        if rows.contains(&0) && !WITHOUT_EXAMPLE.contains(&code) && !WITHOUT_ROW.contains(&code) {
            broken.push(format!("{code}: has no rows both ways"));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn one_day_is_told_once_with_all_its_places() {
    let text = notice("1.加快建设。4月底前完成甲规划，5月10日前完成乙规划，4月底前完成丙规划。");
    let found = gongwen::parse(&text).diagnostics;
    let late: Vec<_> = found
        .iter()
        .filter(|d| d.code == Code::DeadlineBeforeNotice)
        .map(|d| {
            let mut places = vec![d.span.unwrap()];
            places.extend(&d.related);
            let words = |s: &gongwen::span::Span| {
                let chars = text.chars().skip(s.start as usize);
                chars.take((s.end - s.start) as usize).collect::<String>()
            };
            places.iter().map(words).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(late, [vec!["4月底前", "4月底前"], vec!["5月10日前"]]);
}

#[test]
fn a_text_wrong_throughout_is_not_told_so_a_thousand_times() {
    let n = |text: &str| gongwen::parse(text).diagnostics.len();
    assert!(n(&"红河?投资".repeat(5000)) < 400);
    assert!(n(&"甲（".repeat(5000)) < 400);
    assert!(n(&"甲。。".repeat(5000)) < 400);
}

#[test]
fn every_page_belongs_to_a_code() {
    for entry in fs::read_dir("docs/diagnostics").unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let id = name.trim_end_matches(".md");
        assert!(Code::from_id(id).is_some(), "{name}");
    }
}

#[test]
fn pages_are_complete() {
    for code in Code::ALL {
        let page = code.page();
        assert!(page.starts_with(&format!("# {code}\n\n")), "{code}");
        for heading in ["\n## Why\n\n", "\n## 说明\n\n", "\n## 依据\n\n"] {
            assert!(page.contains(heading), "{code} {heading}");
        }
    }
}
