//! What can go wrong with files and disks: each has its answer, and the other inputs are converted.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::{BINARY, NOTICE, bash, ends, gongwen, manifest, run, tree, write};

fn fifo(path: &Path) {
    let made = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(made.success());
}

#[test]
fn a_bad_file_never_stops_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "in/a.txt", NOTICE);
    write(here, "in/empty.txt", "");
    write(here, "in/binary.txt", BINARY);
    write(here, "in/scan.txt", "%PDF-1.7\n…");
    write(here, "in/long.txt", NOTICE.repeat(20));
    write(here, "in/sub/z.txt", NOTICE);
    fifo(&here.join("in/fifo.txt"));
    symlink("../../in", here.join("in/sub/up")).unwrap();
    symlink("self.txt", here.join("in/self.txt")).unwrap();
    symlink("nowhere", here.join("in/dangling.txt")).unwrap();
    symlink("a.txt", here.join("in/link.txt")).unwrap();
    let odd = OsStr::from_bytes(b"odd-\xd6\xd0.txt");
    fs::write(here.join("in").join(odd), NOTICE).unwrap();
    let args = [
        "convert",
        "in",
        "none.txt",
        "in/none*.txt",
        "--out",
        "out",
        "--max-bytes",
        "2k",
    ];
    let output = run(
        here,
        [&args[..], &["--to", "json,jsonl,csv,xlsx,sqlite"]].concat(),
    );
    let said = ends(&output, 1);
    assert!(said.contains("4 of 14 notices converted"), "{said}");
    let expected = [
        ("in/a.txt", "done"),
        ("in/binary.txt", "not-text"),
        ("in/dangling.txt", "missing"),
        ("in/empty.txt", "empty"),
        ("in/fifo.txt", "not-a-file"),
        ("in/link.txt", "done"),
        ("in/long.txt", "too-large"),
        ("in/none*.txt", "missing"),
        ("in/odd-%D6%D0.txt", "done"),
        ("in/scan.txt", "not-text"),
        ("in/self.txt", "symlink-loop"),
        ("in/sub/up", "symlink-loop"),
        ("in/sub/z.txt", "done"),
        ("none.txt", "missing"),
    ];
    let found = manifest(&here.join("out"));
    let found: Vec<_> = found
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    assert_eq!(found, expected);
    for (name, told) in expected {
        let named = said.contains(&format!("gongwen: {name}: "));
        assert_eq!(named, told != "done", "{name} in {said}");
        let written = here.join("out").join(format!("{name}.json")).exists();
        assert_eq!(written, told == "done", "{name}");
    }
}

/// Runs where files are closed to it: root opens everything, so as nobody if we are root.
fn as_nobody(folder: &Path, args: &[&str]) -> std::process::Output {
    let mut command = gongwen();
    if fs::read("/proc/self/mem").is_err() && fs::metadata(folder).is_ok() {
        let uid = Command::new("id").arg("-u").output().unwrap().stdout;
        if uid.starts_with(b"0\n") {
            command.uid(65_534).gid(65_534);
        }
    }
    command.current_dir(folder).args(args).output().unwrap()
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn what_may_not_be_read_or_written_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    set_mode(here, 0o755);
    write(here, "in/a.txt", NOTICE);
    write(here, "in/closed.txt", NOTICE);
    write(here, "in/closed/b.txt", NOTICE);
    fs::create_dir(here.join("open")).unwrap();
    fs::create_dir(here.join("shut")).unwrap();
    set_mode(&here.join("open"), 0o777);
    set_mode(&here.join("shut"), 0o555);
    set_mode(&here.join("in/closed.txt"), 0);
    set_mode(&here.join("in/closed"), 0);
    let output = as_nobody(here, &["convert", "in", "--out", "open/out"]);
    let said = ends(&output, 1);
    assert!(said.contains("in/closed.txt: permission denied"), "{said}");
    assert!(said.contains("in/closed: permission denied"), "{said}");
    let found = manifest(&here.join("open/out"));
    assert_eq!(found["a.txt"], "done");
    assert_eq!(found["closed.txt"], "permission");
    let output = as_nobody(here, &["parse", "in/closed.txt"]);
    assert!(ends(&output, 1).contains("permission denied"));
    for out in ["shut", "shut/out"] {
        let output = as_nobody(here, &["convert", "in", "--out", out]);
        let said = ends(&output, 1);
        assert!(
            said.contains("ermission denied") && said.contains("a folder that you may write to"),
            "{said}"
        );
    }
    set_mode(&here.join("in/closed"), 0o755);
}

#[test]
fn an_output_that_is_no_folder_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "a.txt", NOTICE);
    let said = ends(&run(here, ["convert", "a.txt", "--out", "a.txt"]), 1);
    assert!(said.contains("cannot write to a.txt"), "{said}");
    assert_eq!(fs::read(here.join("a.txt")).unwrap(), NOTICE.as_bytes());
    // A folder stands where a notice's JSON should: only that one fails.
    write(here, "in/a.txt", NOTICE);
    write(here, "in/b.txt", NOTICE);
    write(here, "out/a.txt.json/x", "");
    ends(&run(here, ["convert", "in", "--out", "out"]), 1);
    let found = manifest(&here.join("out"));
    assert_eq!(found["a.txt"], "output");
    assert_eq!(found["b.txt"], "done");
}

#[test]
fn names_as_long_as_they_can_be() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let long = format!("in/{}.txt", "关".repeat(83));
    write(here, &long, NOTICE);
    ends(&run(here, ["convert", "in", "--out", "out"]), 0);
    assert_eq!(tree(&here.join("out")).len(), 2);
}

/// Nothing of a run that could not write is to be seen, but its work folder.
#[track_caller]
fn nothing_half_written(out: &Path) {
    for (name, bytes) in tree(out) {
        if !name.starts_with(".gongwen/") {
            assert!(name.ends_with(".txt.json"), "{name}");
            serde_json::from_slice::<serde_json::Value>(&bytes).expect(&name);
        }
    }
}

#[test]
fn a_write_that_fails_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    for i in 0..60 {
        write(here, &format!("in/{i}.txt"), NOTICE.repeat(5));
    }
    // No file may pass 64 blocks: the JSON files fit, the file of all does not.
    let script = format!(
        "trap '' XFSZ; ulimit -f 64; exec {} convert in --out out --to json,jsonl,csv,xlsx,sqlite",
        env!("CARGO_BIN_EXE_gongwen")
    );
    let said = ends(&bash(here, &script), 1);
    assert!(
        said.contains("cannot write to out") && said.contains("--resume"),
        "{said}"
    );
    nothing_half_written(&here.join("out"));
    let formats = "json,jsonl,csv,xlsx,sqlite";
    ends(
        &run(
            here,
            ["convert", "in", "--out", "out", "--to", formats, "--resume"],
        ),
        0,
    );
    ends(
        &run(here, ["convert", "in", "--out", "fresh", "--to", formats]),
        0,
    );
    crate::same(&here.join("out"), &here.join("fresh"));
}

#[test]
fn two_runs_do_not_write_to_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    write(here, "in/a.txt", NOTICE);
    fs::create_dir(here.join("out")).unwrap();
    // Somebody else holds the folder as long as the command runs.
    let output = Command::new("flock")
        .current_dir(here)
        .arg("out")
        .arg(env!("CARGO_BIN_EXE_gongwen"))
        .args(["convert", "in", "--out", "out"])
        .output()
        .unwrap();
    let said = ends(&output, 1);
    assert!(said.contains("out is in use"), "{said}");
    assert!(tree(&here.join("out")).is_empty());
    ends(&run(here, ["convert", "in", "--out", "out"]), 0);
}

#[test]
fn a_full_disk_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    for i in 0..60 {
        write(here, &format!("in/{i}.txt"), NOTICE.repeat(5));
    }
    fs::create_dir(here.join("small")).unwrap();
    let script = format!(
        "mount -t tmpfs -o size=200k none small || exit 77; {} convert in --out small/out --to jsonl; code=$?; ls -A small/out; exit $code",
        env!("CARGO_BIN_EXE_gongwen")
    );
    let output = Command::new("unshare")
        .current_dir(here)
        .args(["-rm", "sh", "-c", &script])
        .output();
    // Where the system lets nobody mount, the test above holds the same answer.
    let Some(output) = output.ok().filter(|o| o.status.code() == Some(1)) else {
        return;
    };
    let said = ends(&output, 1);
    assert!(
        said.contains("No space left") && said.contains("free space"),
        "{said}"
    );
    assert_eq!(output.stdout, b".gongwen\n");
}
