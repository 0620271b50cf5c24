//! The import rule of docs/ARCHITECTURE.md: which room may use which. Reads the `crate::` paths of every file.

use std::fs;
use std::path::{Path, PathBuf};

/// Room, and the rooms that it may name. The first rule whose path prefix fits a file holds.
const RULES: &[(&str, &[&str])] = &[
    ("src/span.rs", &[]),
    ("src/date.rs", &[]),
    ("src/decimal.rs", &[]),
    ("src/diagnostic.rs", &["span"]),
    ("src/model.rs", &["date", "decimal", "diagnostic", "span"]),
    ("src/text/", &["text", "span", "vocab"]),
    (
        "src/syntax/grammar/",
        &[
            "syntax::grammar",
            "syntax::tree",
            "text::chars",
            "decimal",
            "span",
        ],
    ),
    ("src/syntax/", &["syntax", "text", "span"]),
    ("src/vocab/", &["vocab"]),
    (
        "src/analyze/",
        &[
            "analyze",
            "syntax",
            "vocab",
            "model",
            "diagnostic",
            "text",
            "span",
            "date",
            "decimal",
        ],
    ),
    (
        "src/emit/",
        &["emit", "model", "diagnostic", "span", "date", "decimal"],
    ),
];

#[test]
fn every_room_uses_only_what_it_may() {
    let mut wrong = Vec::new();
    for file in rust_files(Path::new("src")) {
        let name = file.to_string_lossy().replace('\\', "/");
        let Some((_, allowed)) = RULES.iter().find(|(room, _)| name.starts_with(room)) else {
            continue;
        };
        for (line, path) in crate_paths(&fs::read_to_string(&file).unwrap()) {
            let fits = |room: &&str| path == *room || path.starts_with(&format!("{room}::"));
            if !allowed.iter().any(fits) {
                wrong.push(format!("{name}:{line} uses crate::{path}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn nom_lives_in_the_grammar_only() {
    for file in rust_files(Path::new("src")) {
        let name = file.to_string_lossy().replace('\\', "/");
        if name.starts_with("src/syntax/grammar/") {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        assert!(!text.contains("use nom"), "{name} uses nom");
    }
}

#[test]
fn the_command_line_uses_the_public_interface_only() {
    for file in rust_files(Path::new("src/cli")) {
        let text = fs::read_to_string(&file).unwrap();
        for room in ["gongwen::analyze", "gongwen::syntax", "gongwen::vocab"] {
            assert!(!text.contains(room), "{} uses {room}", file.display());
        }
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The paths after `crate::` and `super::super::` outside comments, groups (`{a, b}`) taken apart one level.
fn crate_paths(text: &str) -> Vec<(usize, String)> {
    let mut paths = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or("");
        for (at, word) in code.match_indices("crate::") {
            let rest = &code[at + word.len()..];
            if let Some(group) = rest.strip_prefix('{') {
                let names = group.split('}').next().unwrap_or("").split(',');
                paths.extend(names.map(|name| (n + 1, name.trim().to_owned())));
            } else {
                let end = rest
                    .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
                    .unwrap_or(rest.len());
                paths.push((n + 1, rest[..end].trim_end_matches(':').to_owned()));
            }
        }
    }
    paths.retain(|(_, path)| !path.is_empty());
    paths
}
