//! The binary from outside: what it writes, what it says, how it ends.
#![cfg(all(feature = "cli", unix))]

mod check;
mod convert;
mod faults;
mod kill;
mod parse;
mod stream;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// A notice with a measure, units, a target and a milestone.
const NOTICE: &str = "许政办〔2024〕4号\n各县(市、区)人民政府:\n一、工作措施\n1.强化调度。力争上半年投资不低于390亿元。6月底前完成规划。(责任单位:市工业和信息化局、市商务局)\n";

/// Bytes that are no text.
const BINARY: [u8; 12] = [0, 1, 2, 3, 0, 255, 254, 0, 0, 7, 0, 0];

fn gongwen() -> Command {
    Command::new(env!("CARGO_BIN_EXE_gongwen"))
}

/// Runs with these arguments in this folder.
fn run<S: AsRef<OsStr>>(folder: &Path, args: impl IntoIterator<Item = S>) -> Output {
    gongwen()
        .current_dir(folder)
        .args(args)
        .output()
        .expect("the binary runs")
}

/// Runs a line of bash in this folder.
fn bash(folder: &Path, script: &str) -> Output {
    Command::new("bash")
        .current_dir(folder)
        .args(["-c", script])
        .output()
        .expect("bash runs")
}

/// Converts the samples to these formats, into `out` of this folder.
#[track_caller]
fn convert_samples(folder: &Path, formats: &str) {
    let samples = fs::canonicalize("samples").unwrap();
    let samples = samples.to_str().unwrap();
    let args = ["convert", samples, "--to", formats, "--out", "out"];
    ends(&run(folder, args), 0);
}

/// Holds a run to its exit code; answers what it said on standard error.
#[track_caller]
fn ends(output: &Output, code: i32) -> String {
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "{said}");
    said
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Every file below a folder, by its path.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(root: &Path, at: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(at).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy();
                found.insert(name.into_owned(), fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

/// Holds two output folders to the same files with the same bytes.
#[track_caller]
fn same(one: &Path, other: &Path) {
    let (one, other) = (tree(one), tree(other));
    let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&one), names(&other));
    for (name, bytes) in &one {
        assert!(bytes == &other[name], "{name} differs");
    }
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    let lines = bytes.split(|b| *b == b'\n').filter(|l| !l.is_empty());
    lines.map(|l| serde_json::from_slice(l).unwrap()).collect()
}

/// The manifest of an output folder: for each input its status, or why it failed.
fn manifest(out: &Path) -> BTreeMap<String, String> {
    let entries = lines(&fs::read(out.join("manifest.jsonl")).unwrap());
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    entries
        .iter()
        .map(|entry| {
            let reason = word(&entry["reason"]);
            let status = word(&entry["status"]);
            let told = if reason.is_empty() { status } else { reason };
            (word(&entry["path"]), told)
        })
        .collect()
}

#[test]
fn every_command_has_help_and_a_manual_page() {
    let here = Path::new(".");
    let help = run(here, ["--help"]);
    ends(&help, 0);
    let help = String::from_utf8(help.stdout).unwrap();
    for command in ["parse", "convert", "schema", "completions", "man"] {
        assert!(help.contains(command), "{command}");
        ends(&run(here, [command, "--help"]), 0);
        let page = run(here, ["man", command]);
        ends(&page, 0);
        assert!(page.stdout.starts_with(b".ie"), "{command}");
    }
    ends(&run(here, ["man"]), 0);
    ends(&run(here, ["man", "fly"]), 2);
    for shell in ["bash", "zsh", "fish"] {
        let script = run(here, ["completions", shell]);
        ends(&script, 0);
        assert!(String::from_utf8_lossy(&script.stdout).contains("--files-from"));
    }
    ends(&run(here, ["completions", "tcsh"]), 2);
}

#[test]
fn schemas_are_printed() {
    let here = Path::new(".");
    let output = run(here, ["schema"]);
    ends(&output, 0);
    let expected = fs::read("schemas/notice.schema.json").unwrap();
    assert!(output.stdout == expected);
    let output = run(here, ["schema", "--tables"]);
    ends(&output, 0);
    let package: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(package["resources"].as_array().unwrap().len(), 7);
}
