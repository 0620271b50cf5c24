//! kill -9 at any moment leaves nothing half-written, and `--resume` ends in the same bytes as an undisturbed run.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::{NOTICE, ends, gongwen, run, same, tree, write};

const FORMATS: &str = "json,jsonl,csv,xlsx,sqlite";

fn inputs(here: &Path, n: usize) {
    for i in 0..n {
        write(
            here,
            &format!("in/{}/{i:04}.txt", i % 7),
            NOTICE.repeat(1 + i % 9),
        );
    }
    write(here, "in/3/empty.txt", "");
}

/// What a killed run left: whole JSON files, and either all of the rest or none of it.
#[track_caller]
fn nothing_half_written(out: &Path, whole: &Path) {
    if !out.exists() {
        return;
    }
    for (name, bytes) in tree(out) {
        if name.starts_with(".gongwen/") {
            continue;
        }
        assert!(
            bytes == fs::read(whole.join(&name)).unwrap(),
            "{name} is half-written"
        );
        serde_json::from_slice::<Value>(&bytes).ok();
    }
}

#[test]
fn a_killed_run_is_taken_up() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    inputs(here, 240);
    let args = |out: &'static str| {
        [
            "convert",
            "in",
            "--to",
            FORMATS,
            "--threads",
            "2",
            "--out",
            out,
        ]
    };
    ends(&run(here, args("whole")), 1);
    // Moments from a fixed seed: the same in each run of the test, spread over the first half second.
    let mut seed: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut killed = 0;
    for _ in 0..10 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let mut child = gongwen()
            .current_dir(here)
            .args(args("out"))
            .arg("--resume")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        sleep(Duration::from_millis(2 + (seed >> 33) % 60));
        let ended = child.try_wait().unwrap().is_some();
        killed += usize::from(!ended);
        let _ = child.kill();
        child.wait().unwrap();
        nothing_half_written(&here.join("out"), &here.join("whole"));
        if ended {
            fs::remove_dir_all(here.join("out")).unwrap();
        }
    }
    assert!(killed > 0, "no run was killed");
    ends(&run(here, [&args("out")[..], &["--resume"]].concat()), 1);
    same(&here.join("out"), &here.join("whole"));
}

/// Runs with --resume; answers how many notices an earlier run had done.
#[track_caller]
fn resumed(here: &Path, formats: &str) -> u64 {
    let args = ["convert", "in", "--to", formats, "--out", "out", "--resume"];
    let said = ends(&run(here, args), 1);
    let Some((before, _)) = said.split_once(" of them by an earlier run") else {
        return 0;
    };
    let n = before.rsplit(' ').next().unwrap();
    n.parse().unwrap()
}

#[track_caller]
fn like_a_fresh_run(here: &Path, formats: &str) {
    let _ = fs::remove_dir_all(here.join("fresh"));
    ends(
        &run(here, ["convert", "in", "--to", formats, "--out", "fresh"]),
        1,
    );
    same(&here.join("out"), &here.join("fresh"));
}

#[test]
fn what_is_done_and_unchanged_is_skipped() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    inputs(here, 30);
    let formats = "json,jsonl,csv";
    assert_eq!(resumed(here, formats), 0);
    assert_eq!(resumed(here, formats), 30);
    // A new one in the middle, a changed one, a mended one, one that went.
    write(here, "in/2/0000-new.txt", NOTICE);
    write(here, "in/0/0007.txt", NOTICE.repeat(3));
    write(here, "in/3/empty.txt", NOTICE);
    write(here, "in/5/empty.txt", "");
    fs::remove_file(here.join("in/1/0001.txt")).unwrap();
    fs::remove_file(here.join("out/1/0001.txt.json")).unwrap();
    assert_eq!(resumed(here, formats), 28);
    like_a_fresh_run(here, formats);
    // An output that was lost is written again.
    fs::remove_file(here.join("out/0/0000.txt.json")).unwrap();
    assert_eq!(resumed(here, formats), 30);
    like_a_fresh_run(here, formats);
    fs::write(here.join("out/ledger.csv"), "torn").unwrap();
    assert_eq!(resumed(here, formats), 0);
    like_a_fresh_run(here, formats);
    // Other options: nothing of the earlier run is kept.
    let args = [
        "convert", "in", "--to", formats, "--out", "out", "--resume", "--bom",
    ];
    let said = ends(&run(here, args), 1);
    assert!(
        said.contains("other options") && !said.contains("earlier run in"),
        "{said}"
    );
    assert!(
        fs::read(here.join("out/ledger.csv"))
            .unwrap()
            .starts_with(b"\xef\xbb\xbf")
    );
}

#[test]
fn a_workbook_and_a_database_are_skipped_when_nothing_changed() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    inputs(here, 12);
    assert_eq!(resumed(here, FORMATS), 0);
    assert_eq!(resumed(here, FORMATS), 12);
    like_a_fresh_run(here, FORMATS);
    fs::remove_file(here.join("out/gongwen.xlsx")).unwrap();
    resumed(here, FORMATS);
    like_a_fresh_run(here, FORMATS);
}

#[test]
fn moves_that_were_cut_short_are_finished() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    inputs(here, 3);
    ends(
        &run(
            here,
            ["convert", "in", "--to", "jsonl,csv", "--out", "whole"],
        ),
        1,
    );
    ends(
        &run(here, ["convert", "in", "--to", "jsonl,csv", "--out", "out"]),
        1,
    );
    // As a run leaves it that was killed after some of its moves.
    let names: Vec<String> = tree(&here.join("out")).into_keys().collect();
    for name in names.iter().skip(4) {
        let part = here.join("out/.gongwen/part");
        fs::create_dir_all(&part).unwrap();
        fs::rename(here.join("out").join(name), part.join(name)).unwrap();
    }
    write(
        here,
        "out/.gongwen/commit",
        serde_json::to_vec(&names).unwrap(),
    );
    let args = [
        "convert",
        "in",
        "--to",
        "jsonl,csv",
        "--out",
        "out",
        "--resume",
    ];
    let said = ends(&run(here, args), 1);
    assert!(said.contains("3 of them by an earlier run"), "{said}");
    same(&here.join("out"), &here.join("whole"));
}
