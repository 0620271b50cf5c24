//! `gongwen parse`.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::{BINARY, NOTICE, bash, ends, gongwen, run, write};

#[test]
fn a_notice_becomes_json_on_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "公文.txt", NOTICE);
    let output = run(folder.path(), ["parse", "公文.txt"]);
    assert_eq!(ends(&output, 0), "");
    let notice: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(notice["source"]["name"], "公文.txt");
    assert_eq!(notice["schema_version"], "1.0");
    let compact = run(folder.path(), ["parse", "--compact", "公文.txt"]);
    assert_eq!(compact.stdout.iter().filter(|b| **b == b'\n').count(), 1);
    assert_eq!(
        serde_json::from_slice::<Value>(&compact.stdout).unwrap(),
        notice
    );
}

#[test]
fn standard_input_and_pipes_are_read() {
    let mut child = gongwen()
        .args(["parse", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(NOTICE.as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stdout.starts_with(b"{"));
    let script = format!(
        "{} parse <(printf '一、措施')",
        env!("CARGO_BIN_EXE_gongwen")
    );
    ends(&bash(Path::new("."), &script), 0);
}

#[track_caller]
fn refused(folder: &Path, args: &[&str], words: &str) {
    let output = run(folder, args);
    let said = ends(&output, 1);
    assert!(
        said.starts_with("gongwen: ") && said.contains(words),
        "{said}"
    );
    assert!(output.stdout.is_empty());
}

#[test]
fn what_cannot_be_read_is_refused_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "empty.txt", "");
    write(here, "blank.txt", " \r\n\n");
    write(here, "binary.txt", BINARY);
    write(here, "scan.pdf", "%PDF-1.7\n…");
    write(here, "long.txt", NOTICE);
    std::os::unix::fs::symlink("loop.txt", here.join("loop.txt")).unwrap();
    refused(here, &["parse", "none.txt"], "none.txt: no such file");
    refused(here, &["parse", "."], ".: is a folder");
    refused(
        here,
        &["parse", "empty.txt"],
        "empty.txt: holds no text (0 bytes)",
    );
    refused(here, &["parse", "blank.txt"], "blank.txt: holds no text");
    refused(here, &["parse", "binary.txt"], "binary.txt: is");
    refused(here, &["parse", "scan.pdf"], "scan.pdf: is a PDF");
    refused(here, &["parse", "loop.txt"], "loop.txt: a symbolic link");
    refused(
        here,
        &["parse", "long.txt", "--max-bytes", "20"],
        "at most 20 are read",
    );
    refused(
        here,
        &["parse", "long.txt", "--max-bytes", "20"],
        "--max-bytes 256M",
    );
}

#[test]
fn wrong_use_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    for args in [
        &["parse"][..],
        &["parse", "a", "b"],
        &["parse", "a", "--encoding", "latin1"],
        &["parse", "a", "--max-bytes", "much"],
        &["fly"],
        &[],
    ] {
        ends(&run(folder.path(), args), 2);
    }
}

#[test]
fn a_file_cut_inside_a_character_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = NOTICE.as_bytes();
    write(folder.path(), "cut.txt", &bytes[..bytes.len() - 3]);
    let output = run(folder.path(), ["parse", "cut.txt"]);
    ends(&output, 0);
    let notice: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(notice["source"]["encoding"], "UTF-8");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.txt", NOTICE.repeat(500));
    let mut child = gongwen()
        .current_dir(folder.path())
        .args(["parse", "a.txt"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(ends(&output, 0), "");
}

#[test]
fn a_full_disk_is_told() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a.txt", NOTICE);
    let Ok(full) = File::options().write(true).open("/dev/full") else {
        // Only Linux has this device; where it is, it must work.
        assert!(fs::metadata("/dev/full").is_err());
        return;
    };
    let output = gongwen()
        .current_dir(folder.path())
        .args(["parse", "a.txt"])
        .stdout(full)
        .output()
        .unwrap();
    let said = ends(&output, 1);
    assert!(
        said.contains("standard output") && said.contains("No space left"),
        "{said}"
    );
}
