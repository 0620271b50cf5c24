//! The laws that hold for every notice, over every sample — and over any folder that `GONGWEN_CORPUS` names:
//!
//! ```text
//! GONGWEN_CORPUS=path/to/notices cargo test --test laws
//! ```

use std::fs;
use std::path::{Path, PathBuf};

use gongwen::{Notice, Options};

use crate::law::{self, Text};

/// So many prefixes of a sample are tried, spread over the whole.
const PREFIXES: usize = 150;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut folders = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|e| e == "txt" || e == "html" || e == "htm")
            {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The samples, and the files of the folder that `GONGWEN_CORPUS` names.
fn all_files() -> Vec<PathBuf> {
    let mut all = files(Path::new("samples"));
    assert!(!all.is_empty(), "no samples");
    if let Some(folder) = std::env::var_os("GONGWEN_CORPUS") {
        all.extend(files(Path::new(&folder)));
    }
    all
}

/// The text that spans count in, and the notice.
fn read(file: &Path) -> (String, Notice) {
    let bytes = fs::read(file).unwrap();
    let options = Options::default();
    (
        gongwen::readable(&bytes, &options).text.to_string(),
        gongwen::parse_bytes(&bytes, &options),
    )
}

#[track_caller]
fn report(mut broken: Vec<String>) {
    let count = broken.len();
    broken.truncate(200);
    assert!(
        broken.is_empty(),
        "{count} laws broken:\n{}",
        broken.join("\n")
    );
}

#[test]
fn the_laws_hold_for_every_file() {
    let mut broken = Vec::new();
    for file in all_files() {
        let (text, notice) = read(&file);
        let again = read(&file).1;
        let mut here = law::broken(&text, &notice, Text::Notice);
        if gongwen::to_json(&again) != gongwen::to_json(&notice) {
            here.push("parsing twice gives other bytes".to_owned());
        }
        let name = file.file_name().unwrap_or_default().display().to_string();
        broken.extend(here.into_iter().map(|law| format!("{name}: {law}")));
    }
    report(broken);
}

#[test]
fn any_prefix_is_a_text() {
    for file in files(Path::new("samples")) {
        let text = read(&file).0;
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let step = ends.len().div_ceil(PREFIXES).max(1);
        for end in ends.iter().step_by(step) {
            let prefix = &text[..*end];
            report(law::broken(prefix, &gongwen::parse(prefix), Text::Notice));
        }
    }
}

#[test]
fn any_line_may_be_missing() {
    for file in files(Path::new("samples")) {
        let text = read(&file).0;
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for left_out in 0..lines.len() {
            let rest = lines[..left_out].concat() + &lines[left_out + 1..].concat();
            report(law::broken(&rest, &gongwen::parse(&rest), Text::Notice));
        }
    }
}
