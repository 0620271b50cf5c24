//! The run's manifest: one line of JSON an input, in their order; and the journal from which a run is taken up again.
//!
//! While a run lasts, the lines grow in the work folder; when everything is written, the file moves beside the
//! outputs. A line is written after what it tells of, so a line that is there can be believed.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use gongwen::Notice;
use gongwen::date::Date;
use gongwen::emit::rows;
use serde::{Deserialize, Serialize};

use super::fault::Fault;

/// The file's name.
pub const NAME: &str = "manifest.jsonl";

/// What became of one input.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    /// The input's name.
    pub path: String,
    /// What became of it.
    pub status: Status,
    /// Why it was not converted: a stable id, and words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// SHA-256 of the input, where it could be read.
    pub sha256: Option<String>,
    /// The input's length.
    pub bytes: Option<u64>,
    /// When the input was last changed (UTC). The clock of the run is kept out, so that the same input gives the same
    /// manifest; `--timings` adds how long each took.
    pub time: Option<String>,
    /// How long it took, in milliseconds (`--timings`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ms: Option<f64>,
    /// Where its JSON is, in the output folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    /// What was found.
    pub counts: Counts,
    /// How often each sort of finding was made.
    pub diagnostics: BTreeMap<String, u64>,
    /// How many bytes went to each output.
    pub lengths: BTreeMap<String, u64>,
    /// The program's version and the options that shape the outputs; a run is taken up by its like only.
    pub run: String,
}

/// What became of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is converted.
    Done,
    /// It could not be read.
    Failed,
    /// It was not taken: a file of another type in a folder.
    Skipped,
}

/// What was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Nodes of all kinds.
    pub nodes: u64,
    /// Measures.
    pub measures: u64,
    /// Responsible units, each once.
    pub units: u64,
    /// Targets.
    pub targets: u64,
    /// Milestones.
    pub milestones: u64,
    /// Findings by severity.
    pub errors: u64,
    /// Findings by severity.
    pub warnings: u64,
    /// Findings by severity.
    pub infos: u64,
}

impl Counts {
    fn of(notice: &Notice) -> Counts {
        let counts = rows::Counts::of(notice);
        Counts {
            nodes: counts.nodes as u64,
            measures: counts.measures as u64,
            units: counts.units as u64,
            targets: counts.targets as u64,
            milestones: counts.milestones as u64,
            errors: counts.errors as u64,
            warnings: counts.warnings as u64,
            infos: counts.infos as u64,
        }
    }

    /// Adds another's.
    pub fn add(&mut self, other: &Counts) {
        self.nodes += other.nodes;
        self.measures += other.measures;
        self.units += other.units;
        self.targets += other.targets;
        self.milestones += other.milestones;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.infos += other.infos;
    }
}

impl Entry {
    fn new(path: &str, status: Status, run: &str) -> Entry {
        Entry {
            path: path.to_owned(),
            status,
            reason: None,
            message: None,
            sha256: None,
            bytes: None,
            time: None,
            ms: None,
            output: None,
            counts: Counts::default(),
            diagnostics: BTreeMap::new(),
            lengths: BTreeMap::new(),
            run: run.to_owned(),
        }
    }

    /// An input that is converted.
    pub fn done(path: &str, notice: &Notice, run: &str) -> Entry {
        let mut diagnostics = BTreeMap::new();
        for finding in &notice.diagnostics {
            *diagnostics.entry(finding.code.id().to_owned()).or_default() += 1;
        }
        Entry {
            sha256: Some(notice.source.sha256.clone()),
            bytes: Some(notice.source.bytes),
            counts: Counts::of(notice),
            diagnostics,
            ..Entry::new(path, Status::Done, run)
        }
    }

    /// An input that could not be converted.
    pub fn failed(path: &str, fault: &Fault, run: &str) -> Entry {
        Entry {
            reason: Some(fault.reason.id().to_owned()),
            message: Some(fault.message.clone()),
            ..Entry::new(path, Status::Failed, run)
        }
    }

    /// An input that was not taken.
    pub fn skipped(path: &str, run: &str) -> Entry {
        Entry {
            reason: Some("type".to_owned()),
            message: Some("neither text nor a page by its ending".to_owned()),
            ..Entry::new(path, Status::Skipped, run)
        }
    }
}

/// A moment as `2024-06-30T08:00:00Z`.
pub fn utc(moment: SystemTime) -> Option<String> {
    let seconds = i64::try_from(moment.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()?;
    let day = Date::from_days(seconds.div_euclid(86_400))?;
    let rest = seconds.rem_euclid(86_400);
    let (hours, minutes, seconds) = (rest / 3600, rest / 60 % 60, rest % 60);
    Some(format!("{day}T{hours:02}:{minutes:02}:{seconds:02}Z"))
}

/// A line of a manifest, and where it ends.
#[derive(Debug)]
pub struct Line {
    /// What it says.
    pub entry: Entry,
    /// Its bytes, line break and all.
    pub bytes: Vec<u8>,
}

/// Reads the lines of a manifest, up to the first that is torn.
#[derive(Debug)]
pub struct Lines {
    reader: BufReader<File>,
}

impl Lines {
    /// Opens a manifest.
    pub fn open(path: &Path) -> io::Result<Lines> {
        Ok(Lines {
            reader: BufReader::with_capacity(1 << 16, File::open(path)?),
        })
    }
}

/// No line of ours is longer.
const MAX_LINE: u64 = 1 << 20;

impl Iterator for Lines {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let mut bytes = Vec::new();
        let mut bounded = self.reader.by_ref().take(MAX_LINE);
        bounded.read_until(b'\n', &mut bytes).ok()?;
        if bytes.last() != Some(&b'\n') {
            return None;
        }
        let entry = serde_json::from_slice(&bytes).ok()?;
        Some(Line { entry, bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn moments() {
        let at = |n| utc(UNIX_EPOCH + Duration::from_secs(n)).unwrap();
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(1_719_734_399), "2024-06-30T07:59:59Z");
    }

    #[test]
    fn a_torn_line_ends_the_reading() {
        let entry = Entry::skipped("a.csv", "0");
        let mut bytes = serde_json::to_vec(&entry).unwrap();
        bytes.push(b'\n');
        let whole = bytes.len();
        bytes.extend_from_within(..whole - 3);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(NAME);
        std::fs::write(&path, &bytes).unwrap();
        let lines: Vec<Line> = Lines::open(&path).unwrap().collect();
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].bytes.len(), whole);
        assert_eq!(lines[0].entry.status, Status::Skipped);
    }
}
