//! The whole output for every sample, as it was reviewed. `UPDATE_GOLDEN=1 cargo test --test golden` writes it anew: read the
//! difference before it is committed.

use std::fs;
use std::path::{Path, PathBuf};

fn samples() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir("samples")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

fn output(sample: &Path) -> String {
    let name = sample.file_name().unwrap().to_string_lossy().into_owned();
    let options = gongwen::Options {
        name: Some(name),
        ..Default::default()
    };
    let notice = gongwen::parse_bytes(&fs::read(sample).unwrap(), &options);
    let mut json = Vec::new();
    gongwen::emit::json::append_pretty(&notice, &mut json);
    String::from_utf8(json).unwrap()
}

#[test]
fn samples_read_as_reviewed() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut different = Vec::new();
    for sample in samples() {
        let golden = Path::new("tests/golden").join(format!(
            "{}.json",
            sample.file_name().unwrap().to_string_lossy()
        ));
        let now = output(&sample);
        if update {
            fs::write(&golden, &now).unwrap();
        } else if fs::read_to_string(&golden).ok().as_deref() != Some(now.as_str()) {
            different.push(golden.display().to_string());
        }
    }
    assert!(different.is_empty(), "other than reviewed: {different:#?}");
}
