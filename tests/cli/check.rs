//! `gongwen check` and `gongwen explain`.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use crate::{ends, lines, run, write};

/// A notice with an error (2月30日), a warning (。。), two infos with fixes (, among ，) and one document number to mend.
const ODD: &str = "某市人民政府关于加强工作的通知\n某政办[2024]4号\n各县（市、区）人民政府：\n2月30日前，加强统筹，统一调度，分类推进，压实责任，强化督导，跟踪问效，形成闭环，务求实效，确保落实,如期完成。。\n某市人民政府\n2024年5月29日\n";

/// Nothing odd.
const EVEN: &str = "某市人民政府关于加强工作的通知\n某政办〔2024〕4号\n各县（市、区）人民政府：\n加强统筹，统一调度。\n某市人民政府\n2024年5月29日\n";

fn said(output: &std::process::Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

#[test]
fn exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "odd.txt", ODD);
    write(here, "even.txt", EVEN);
    let code = |args: &[&str], code| {
        ends(&run(here, [&["check"], args].concat()), code);
    };
    code(&["odd.txt"], 0);
    code(&["odd.txt", "--deny", "error"], 1);
    code(&["odd.txt", "--deny", "warning"], 1);
    code(
        &["odd.txt", "--deny", "warning", "--select", "mixed-width"],
        0,
    );
    code(&["odd.txt", "--deny", "info", "--select", "mixed-width"], 1);
    code(&["even.txt", "--deny", "info"], 0);
    code(&["even.txt", "none.txt"], 1);
    code(&["odd.txt", "--deny", "grave"], 2);
    code(&["odd.txt", "--select", "no-such-code"], 2);
    code(&["odd.txt", "--in-place"], 2);
    code(&[], 2);
}

#[test]
fn codes_and_severities_are_selected() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "odd.txt", ODD);
    let found = |args: &[&str]| -> Vec<String> {
        let args = [&["check", "odd.txt", "--format", "json"], args].concat();
        let output = run(here, args);
        lines(&output.stdout)
            .iter()
            .map(|finding| finding["code"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        found(&[]),
        ["doc-number-form", "no-such-day", "repeated-punctuation"]
    );
    assert_eq!(found(&["--severity", "error"]), ["no-such-day"]);
    assert_eq!(found(&["--select", "mixed-width"]), ["mixed-width"]);
    assert_eq!(
        found(&["--ignore", "no-such-day,doc-number-form"]),
        ["repeated-punctuation"]
    );
}

#[test]
fn short_lines_and_languages() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "odd.txt", ODD);
    let short = |lang| {
        let args = ["check", "odd.txt", "--format", "short", "--lang", lang];
        said(&run(here, args))
    };
    assert!(
        short("en").contains("odd.txt:4:1: error[no-such-day]: there is no such day: `2月30日`\n")
    );
    assert!(short("zh").contains("odd.txt:4:1: error[no-such-day]: 日期不存在：“2月30日”\n"));
}

#[test]
fn carets_stand_under_the_characters() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "odd.txt", ODD);
    let args = [
        "check",
        "odd.txt",
        "--select",
        "repeated-punctuation",
        "--lang",
        "zh",
    ];
    let drawn = said(&run(here, args));
    let place = drawn
        .lines()
        .position(|l| l.contains("如期完成。。"))
        .unwrap();
    let column = |text: &str| -> usize {
        // Chinese characters and marks are two columns wide.
        text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
    };
    let mut drawn_lines = drawn.lines().skip(place);
    let (line, carets) = (drawn_lines.next().unwrap(), drawn_lines.next().unwrap());
    assert_eq!(
        column(&line[..line.find("。。").unwrap()]),
        carets.find('^').unwrap()
    );
    assert_eq!(carets.matches('^').count(), 4);
}

#[test]
fn certain_mendings_are_written() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "odd.txt", ODD);
    let mended = ODD.replace("[2024]", "〔2024〕").replace("。。", "。");
    let told = ends(&run(here, ["check", "--fix", "odd.txt"]), 0);
    assert_eq!(told, "odd.txt: 2 mended, written to odd.fixed.txt\n");
    assert_eq!(fs::read_to_string(here.join("odd.txt")).unwrap(), ODD);
    assert_eq!(
        fs::read_to_string(here.join("odd.fixed.txt")).unwrap(),
        mended
    );
    let args = [
        "check",
        "--fix",
        "--in-place",
        "--severity",
        "info",
        "odd.txt",
    ];
    ends(&run(here, args), 0);
    let mended = mended.replace("落实,", "落实，");
    assert_eq!(fs::read_to_string(here.join("odd.txt")).unwrap(), mended);
    // What is mended gives nothing more to mend.
    let again = run(
        here,
        ["check", "--severity", "info", "--format", "json", "odd.txt"],
    );
    assert!(
        lines(&again.stdout)
            .iter()
            .all(|finding| finding["fix"].is_null())
    );
    write(here, "even.txt", EVEN);
    ends(&run(here, ["check", "--fix", "even.txt"]), 0);
    assert!(!here.join("even.fixed.txt").exists());
}

/// The shape that SARIF 2.1.0 asks for, as far as it concerns what is written here.
#[test]
fn sarif_has_its_shape() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "文 件/odd.txt", ODD);
    let circular = format!("{}/samples/xuchang.txt", env!("CARGO_MANIFEST_DIR"));
    fs::copy(circular, here.join("文 件/circular.txt")).unwrap();
    let args = ["check", "文 件", "--format", "sarif", "--severity", "info"];
    let log: Value = serde_json::from_slice(&run(here, args).stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert!(
        log["$schema"]
            .as_str()
            .unwrap()
            .ends_with("sarif-schema-2.1.0.json")
    );
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["tool"]["driver"]["name"], "gongwen");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: BTreeSet<&str> = rules
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids.len(), rules.len());
    let results = run["results"].as_array().unwrap();
    assert!(results.len() > 8);
    let mut n_related = 0;
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let related = result["relatedLocations"].as_array();
        n_related += related.map_or(0, Vec::len);
        for location in result["locations"]
            .as_array()
            .unwrap()
            .iter()
            .chain(related.into_iter().flatten())
        {
            region_holds(here, &location["physicalLocation"]);
        }
        for fix in result["fixes"].as_array().into_iter().flatten() {
            let change = &fix["artifactChanges"][0];
            let replacement = &change["replacements"][0];
            assert!(replacement["insertedContent"]["text"].is_string());
            region_holds(
                here,
                &serde_json::json!({
                    "artifactLocation": change["artifactLocation"],
                    "region": replacement["deletedRegion"],
                }),
            );
        }
    }
    assert!(
        n_related >= 4,
        "the circular's late deadline has five places"
    );
    // The whole schema, where a copy is at hand.
    if let Some(path) = std::env::var_os("GONGWEN_SARIF_SCHEMA") {
        let schema: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<String> = validator.iter_errors(&log).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{errors:?}");
    }
}

/// A region's line, columns, offsets and words are those of the file.
#[track_caller]
fn region_holds(folder: &std::path::Path, place: &Value) {
    let uri = place["artifactLocation"]["uri"].as_str().unwrap();
    assert!(
        uri.bytes().all(|b| b.is_ascii_graphic() && b != b'\\'),
        "{uri}"
    );
    let name = uri.rsplit('/').next().unwrap();
    let Some(region) = place["region"].as_object() else {
        return;
    };
    let text = fs::read_to_string(folder.join("文 件").join(name)).unwrap();
    let number = |key: &str| region[key].as_u64().unwrap() as usize;
    let words = region["snippet"]["text"].as_str().unwrap();
    let at = |start, length| text.chars().skip(start).take(length).collect::<String>();
    assert_eq!(at(number("charOffset"), number("charLength")), words);
    let line = text.lines().nth(number("startLine") - 1).unwrap();
    let columns = number("startColumn")..number("endColumn");
    if number("startLine") == number("endLine") {
        let in_line: String = line
            .chars()
            .skip(columns.start - 1)
            .take(columns.len())
            .collect();
        assert_eq!(in_line, words);
    }
}

#[test]
fn codes_are_explained() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let list = said(&run(here, ["explain", "--lang", "en"]));
    for code in gongwen::diagnostic::Code::ALL {
        assert!(list.contains(code.id()), "{code}");
        let page = said(&run(here, ["explain", code.id(), "--lang", "zh"]));
        assert!(page.contains("依据"), "{code}");
    }
    let said = ends(&run(here, ["explain", "no-such-code"]), 2);
    assert!(said.contains("gongwen explain"), "{said}");
}
