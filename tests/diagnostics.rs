//! Every code has its page, and the page's examples hold: the wrong one gives the code, the right one does not.

use std::fs;

use gongwen::diagnostic::Code;

/// The codes whose finding needs more than text: bytes, a page, or a limit.
const WITHOUT_EXAMPLE: [Code; 7] = [
    Code::UndecodableBytes,
    Code::LimitReached,
    Code::UnplacedLine,
    Code::FlattenedTable,
    Code::PictureLeftOut,
    Code::PageDisagrees,
    Code::NumberingStyle,
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
