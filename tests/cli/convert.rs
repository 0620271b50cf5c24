//! `gongwen convert` when all goes well: names, formats, filters, order, repeatability.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;

use crate::{
    NOTICE, bash, convert_samples, ends, gongwen, lines, manifest, run, same, tree, write,
};

fn names(out: &Path) -> Vec<String> {
    tree(out).into_keys().collect()
}

fn corpus(folder: &Path) {
    for (i, sample) in fs::read_dir("samples").unwrap().enumerate() {
        let path = sample.unwrap().path();
        let ending = path.extension().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&path).unwrap();
        for copy in 0..4 {
            write(folder, &format!("in/{copy}/公文{i}.{ending}"), &bytes);
        }
    }
    write(folder, "in/9-empty.txt", "");
}

#[test]
fn files_keep_their_folders_and_never_collide() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    for name in [
        "in/a.txt",
        "in/a.html",
        "in/b/a.txt",
        "in/.hidden.txt",
        "in/table.csv",
        "in/无后缀",
    ] {
        write(here, name, NOTICE);
    }
    let said = ends(&run(here, ["convert", "in", "--out", "out"]), 0);
    assert!(said.contains("4 of 4 notices converted"), "{said}");
    assert!(said.contains("(.csv 1)"), "{said}");
    assert_eq!(
        names(&here.join("out")),
        [
            "a.html.json",
            "a.txt.json",
            "b/a.txt.json",
            "manifest.jsonl",
            "无后缀.json"
        ]
    );
    let kept = manifest(&here.join("out"));
    assert_eq!(kept["table.csv"], "type");
    // The output folder may lie in the input folder: it is not converted again.
    ends(&run(here, ["convert", "in", "--out", "in/out"]), 0);
    ends(&run(here, ["convert", "in", "--out", "in/out"]), 0);
    assert_eq!(names(&here.join("in/out")).len(), 5);
}

#[test]
fn names_start_below_the_folder_that_holds_all() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "x/1/a.txt", NOTICE);
    write(here, "x/2/a.txt", NOTICE);
    #[track_caller]
    fn check(here: &Path, paths: &[&str], expected: &[&str]) {
        let _ = fs::remove_dir_all(here.join("out"));
        let args = ["convert", "--out", "out"].iter().chain(paths);
        ends(&run(here, args), 0);
        let mut names = names(&here.join("out"));
        names.retain(|name| name != "manifest.jsonl");
        assert_eq!(names, expected);
    }
    check(here, &["x"], &["1/a.txt.json", "2/a.txt.json"]);
    check(here, &["x/1", "x/2"], &["1/a.txt.json", "2/a.txt.json"]);
    check(
        here,
        &["x/1/a.txt", "x/2/a.txt"],
        &["1/a.txt.json", "2/a.txt.json"],
    );
    check(here, &["x/1/a.txt"], &["a.txt.json"]);
    check(here, &["x/*/a.txt"], &["1/a.txt.json", "2/a.txt.json"]);
    check(here, &["x/**/*.txt"], &["1/a.txt.json", "2/a.txt.json"]);
    // The same file twice is converted once.
    check(
        here,
        &["x/1/a.txt", "x/2/../1/a.txt", "x/1"],
        &["a.txt.json"],
    );
}

#[test]
fn the_same_input_gives_the_same_bytes_whatever_the_threads() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    corpus(here);
    let formats = "json,jsonl,csv,xlsx,sqlite";
    for threads in ["1", "2", "7"] {
        let args = [
            "convert",
            "in",
            "--to",
            formats,
            "--threads",
            threads,
            "--out",
            threads,
        ];
        ends(&run(here, args), 1);
    }
    same(&here.join("1"), &here.join("2"));
    same(&here.join("1"), &here.join("7"));
    let notices = lines(&fs::read(here.join("1/notices.jsonl")).unwrap());
    let order: Vec<&str> = notices
        .iter()
        .map(|n| n["source"]["name"].as_str().unwrap())
        .collect();
    let mut sorted = order.clone();
    sorted.sort_unstable();
    assert_eq!(order, sorted);
    for notice in &notices {
        let name = notice["source"]["name"].as_str().unwrap();
        let json = fs::read(here.join("1").join(format!("{name}.json"))).unwrap();
        assert_eq!(&serde_json::from_slice::<Value>(&json).unwrap(), notice);
    }
    assert!(!here.join("1/.gongwen").exists());
}

#[test]
fn lists_are_read_by_line_and_by_nul() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "in/a b.txt", NOTICE);
    write(here, "in/c\nd.txt", NOTICE);
    write(here, "in/[x]*.txt", NOTICE);
    write(here, "list", "in/[x]*.txt\r\n\nin/a b.txt\n");
    ends(
        &run(
            here,
            [
                "convert",
                "--files-from",
                "list",
                "--to",
                "jsonl",
                "--out",
                "1",
            ],
        ),
        0,
    );
    let order = |out: &str| -> Vec<String> {
        let notices = lines(&fs::read(here.join(out).join("notices.jsonl")).unwrap());
        notices
            .iter()
            .map(|n| n["source"]["name"].as_str().unwrap().to_owned())
            .collect()
    };
    // The order of the list is kept.
    assert_eq!(order("1"), ["[x]*.txt", "a b.txt"]);
    let script = format!(
        "find in -type f -print0 | sort -z | {} convert --files-from - -0 --to jsonl --out 2",
        env!("CARGO_BIN_EXE_gongwen")
    );
    ends(&bash(here, &script), 0);
    assert_eq!(order("2"), ["[x]*.txt", "a b.txt", "c\nd.txt"]);
    // A list of the other sort is told from one of long names.
    write(here, "list", "in/a.txt\0in/b.txt\0");
    let torn = run(here, ["convert", "--files-from", "list", "--out", "3"]);
    assert!(ends(&torn, 2).contains("read them with -0"));
    let lost = run(here, ["convert", "--files-from", "none", "--out", "3"]);
    assert!(ends(&lost, 2).contains("--files-from none"));
}

#[test]
fn the_endings_of_files_can_be_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    for name in ["in/a.txt", "in/b.md", "in/c.TXT", "in/d.csv"] {
        write(here, name, NOTICE);
    }
    let count = |args: &[&str]| {
        let _ = fs::remove_dir_all(here.join("out"));
        let args = ["convert", "in", "--out", "out"].iter().chain(args);
        ends(&run(here, args), 0);
        names(&here.join("out")).len() - 1
    };
    assert_eq!(count(&[]), 2);
    assert_eq!(count(&["--ext", "md,.csv"]), 2);
    assert_eq!(count(&["--ext", "*"]), 4);
}

#[test]
fn wrong_use_is_told_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "a.txt", NOTICE);
    #[track_caller]
    fn check(here: &Path, args: &[&str], words: &str) {
        let said = ends(&run(here, [&["convert"], args].concat()), 2);
        assert!(said.contains(words), "{said}");
        assert!(!here.join("out").exists());
    }
    check(here, &["a.txt"], "--out");
    check(here, &["--out", "out"], "what?");
    check(here, &["-", "--out", "out"], "gongwen parse -");
    check(here, &["a.txt", "--out", "out", "--to", "docx"], "docx");
    check(
        here,
        &["a.txt", "--out", "out", "--due-before", "2024-6-1"],
        "2024-06-30",
    );
    check(
        here,
        &["a.txt", "--out", "out", "--due-before", "2024-02-30"],
        "2024-02-30",
    );
    check(
        here,
        &["a.txt", "--out", "out", "--threads", "0"],
        "threads",
    );
    check(here, &["a.txt", "--out", "-", "--to", "csv"], "jsonl");
    check(here, &["a.txt", "--from-jsonl", "-"], "no PATHs");
    check(
        here,
        &["--from-jsonl", "-", "--to", "csv", "--out", "out"],
        "JSON Lines",
    );
}

#[test]
fn tables_carry_their_header_and_the_mark_for_excel() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "a.txt", NOTICE);
    ends(
        &run(
            here,
            ["convert", "a.txt", "--to", "csv", "--out", "out", "--bom"],
        ),
        0,
    );
    let ledger = fs::read(here.join("out/ledger.csv")).unwrap();
    let text = ledger.strip_prefix(b"\xef\xbb\xbf").unwrap();
    let mut reader = csv::Reader::from_reader(text);
    assert_eq!(reader.headers().unwrap().get(1), Some("seq"));
    let package = fs::read(here.join("out/datapackage.json")).unwrap();
    let package: Value = serde_json::from_slice(&package).unwrap();
    for resource in package["resources"].as_array().unwrap() {
        let table = fs::read(here.join("out").join(resource["path"].as_str().unwrap())).unwrap();
        let text = table.strip_prefix(b"\xef\xbb\xbf").unwrap();
        let mut reader = csv::Reader::from_reader(text);
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let fields: Vec<&str> = fields.iter().map(|f| f["name"].as_str().unwrap()).collect();
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), fields);
        // Strict: every record has as many fields.
        for record in reader.records() {
            record.unwrap();
        }
    }
    ends(
        &run(here, ["convert", "a.txt", "--to", "csv", "--out", "plain"]),
        0,
    );
    assert!(
        fs::read(here.join("plain/ledger.csv"))
            .unwrap()
            .starts_with(b"notice,")
    );
}

/// A notice whose title, paragraphs and labels would run as formulas.
const FORMULAS: &str = "=HYPERLINK(\"http://x\",\"通知\")\n@SUM(A1)\n+1+1\n-2+3\n=cmd|' /C calc'!A0\n1.=1+1。正文。(责任单位:=市商务局)\n";

#[test]
fn a_formula_in_the_text_stays_text() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "=a.txt", FORMULAS);
    ends(
        &run(
            here,
            ["convert", "=a.txt", "--to", "csv,xlsx", "--out", "out"],
        ),
        0,
    );
    let mut cells = 0;
    for (name, bytes) in tree(&here.join("out")) {
        if !name.ends_with(".csv") {
            continue;
        }
        for record in csv::Reader::from_reader(bytes.as_slice()).records() {
            for cell in record.unwrap().iter() {
                cells += usize::from(cell.starts_with('\''));
                assert!(!cell.starts_with(['=', '+', '-', '@']), "{name}: {cell}");
            }
        }
    }
    assert!(cells > 0);
    let mut book: Xlsx<_> = open_workbook(here.join("out/gongwen.xlsx")).unwrap();
    let mut found = false;
    for sheet in book.sheet_names() {
        let formulas = book.worksheet_formula(&sheet).unwrap();
        assert!(
            formulas
                .used_cells()
                .all(|(_, _, formula)| formula.is_empty())
        );
        let range = book.worksheet_range(&sheet).unwrap();
        found |= range
            .used_cells()
            .any(|(_, _, cell)| *cell == Data::String("=a.txt".into()));
    }
    assert!(found);
}

#[test]
fn the_workbook_has_its_six_sheets() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    convert_samples(here, "xlsx");
    let mut book: Xlsx<_> = open_workbook(here.join("out/gongwen.xlsx")).unwrap();
    let sheets = [
        "任务台账",
        "责任分工",
        "量化目标",
        "时间节点",
        "文件信息",
        "校核提示",
    ];
    assert_eq!(book.sheet_names(), sheets);
    let mut rows = |sheet: &str| -> Vec<Vec<Data>> {
        let range = book.worksheet_range(sheet).unwrap();
        range.rows().map(<[Data]>::to_vec).collect()
    };
    let ledger = rows("任务台账");
    assert_eq!(ledger[0][1], Data::String("工作任务".into()));
    // The running number runs through.
    for (i, row) in ledger.iter().enumerate().skip(1) {
        assert_eq!(row[0], Data::Float(i as f64));
    }
    let duties = rows("责任分工");
    let mut blocks = Vec::new();
    for row in &duties[1..] {
        if row[0] == Data::Empty {
            blocks.push(row[1].to_string());
        } else {
            // Each row lies in the block of its unit.
            assert_eq!(Some(&row[1].to_string()), blocks.last());
        }
    }
    let mut unique = blocks.clone();
    unique.sort();
    unique.dedup();
    assert!(!blocks.is_empty());
    assert_eq!(unique.len(), blocks.len());
    let notices = rows("文件信息");
    let dates = notices
        .iter()
        .skip(1)
        .filter(|row| matches!(row[5], Data::DateTime(_)));
    assert!(dates.count() > 0);
    let days: Vec<f64> = rows("时间节点")
        .iter()
        .filter_map(|row| match &row[1] {
            Data::DateTime(day) => Some(day.as_f64()),
            _ => None,
        })
        .collect();
    assert!(days.is_sorted());
}

#[test]
fn the_database_is_whole_and_searchable() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    convert_samples(here, "sqlite,csv");
    let database = rusqlite::Connection::open(here.join("out/gongwen.sqlite")).unwrap();
    let count = |sql: &str| -> i64 { database.query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(count("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    let check: String = database
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(check, "ok");
    for table in [
        "notices",
        "nodes",
        "responsibilities",
        "targets",
        "milestones",
        "diagnostics",
        "ledger",
    ] {
        let file = fs::read(here.join("out").join(format!("{table}.csv"))).unwrap();
        let rows = csv::Reader::from_reader(file.as_slice()).records().count();
        assert_eq!(
            count(&format!("SELECT count(*) FROM {table}")),
            rows as i64,
            "{table}"
        );
    }
    // The index holds what the table holds, word for word.
    database
        .execute(
            "INSERT INTO measures_fts(measures_fts, rank) VALUES ('integrity-check', 1)",
            [],
        )
        .unwrap();
    let found = count("SELECT count(*) FROM measures_fts WHERE text LIKE '%项目%'");
    assert_eq!(
        found,
        count("SELECT count(*) FROM measures WHERE text LIKE '%项目%'")
    );
    assert!(found > 0);
    let found = count("SELECT count(*) FROM measures_fts WHERE measures_fts MATCH '\"重点项目\"'");
    let stated =
        "SELECT count(*) FROM measures WHERE title LIKE '%重点项目%' OR text LIKE '%重点项目%'";
    assert_eq!(found, count(stated));
    assert!(found > 0);
}

#[test]
fn progress_is_silent_in_pipes_and_plain_on_demand() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "a.txt", NOTICE);
    let said = ends(&run(here, ["convert", "a.txt", "--out", "1"]), 0);
    assert_eq!(said.lines().count(), 2, "{said}");
    let said = ends(
        &run(
            here,
            ["convert", "a.txt", "--out", "2", "--progress", "plain"],
        ),
        0,
    );
    assert!(said.contains("1 of 1 (100%)"), "{said}");
}

#[test]
fn notices_go_to_standard_output_a_line_each() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    corpus(here);
    let output = run(
        here,
        [
            "convert",
            "in",
            "--to",
            "jsonl",
            "--out",
            "-",
            "--threads",
            "3",
        ],
    );
    let said = ends(&output, 1);
    assert!(said.contains("9-empty.txt"), "{said}");
    ends(
        &run(here, ["convert", "in", "--to", "jsonl", "--out", "out"]),
        1,
    );
    assert!(output.stdout == fs::read(here.join("out/notices.jsonl")).unwrap());
    // Who closes the pipe has read enough.
    let mut child = gongwen()
        .current_dir(here)
        .args(["convert", "in", "--to", "jsonl", "--out", "-"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
