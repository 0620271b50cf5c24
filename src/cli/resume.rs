//! Taking up an earlier run: what its manifest says is done, and is unchanged, is not done again.
//!
//! A run that was killed left a journal and parts in the work folder: its inputs, as far as they are the same, are
//! kept, and the parts are cut there. A run that ended left its outputs: what they hold for unchanged inputs is copied.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::batch::{Batch, Tally};
use super::convert::Format;
use super::manifest::{self, Entry, Line, Lines, Status};
use super::paths::{Input, State};
use super::pipeline::{self, Weighed};
use super::store::{Folder, Lengths, Parts};

/// When a file was last changed, as the manifest writes it.
pub fn changed_at(path: &Path) -> Option<String> {
    manifest::utc(fs::metadata(path).ok()?.modified().ok()?)
}

/// Whether an input is what the manifest says it was, and its JSON is in its place.
fn unchanged(batch: &Batch, input: &Input, entry: &Entry, folder: &Folder) -> bool {
    if entry.path != input.name || entry.run != batch.run_id() {
        return false;
    }
    match (&input.state, entry.status) {
        (State::Skipped, Status::Skipped) => true,
        (State::Bad(fault), Status::Failed) => entry.reason.as_deref() == Some(fault.reason.id()),
        (State::File, Status::Failed) => batch.read(input).err().is_some_and(|fault| {
            entry.reason.as_deref() == Some(fault.reason.id())
                && entry.message.as_ref() == Some(&fault.message)
        }),
        (State::File, Status::Done) => batch
            .read(input)
            .is_ok_and(|bytes| is_same(input, entry, &bytes, folder)),
        _ => false,
    }
}

fn is_same(input: &Input, entry: &Entry, bytes: &[u8], folder: &Folder) -> bool {
    entry.bytes == Some(bytes.len() as u64)
        && entry.time == changed_at(&input.path)
        && entry.sha256.as_deref() == Some(&sha256(bytes))
        && has_json(input, entry, folder)
}

fn has_json(input: &Input, entry: &Entry, folder: &Folder) -> bool {
    let Some(output) = &entry.output else {
        return true;
    };
    let length = fs::metadata(folder.place(output)).map(|m| m.len());
    *output == input.output && length.ok().as_ref() == entry.lengths.get("json")
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(bytes);
    digest.iter().map(|b| format!("{b:02x}")).collect()
}

/// Compares inputs with the lines of a manifest, many at once; calls `matched` for each line of the longest common
/// beginning, in order.
fn compare(
    batch: &Batch,
    inputs: &[Input],
    manifest: &Path,
    folder: &Folder,
    mut matched: impl FnMut(&Line) -> bool + Send,
) {
    let Ok(lines) = Lines::open(manifest) else {
        return;
    };
    let pairs = inputs.iter().zip(lines).map(|(input, line)| Weighed {
        weight: line.entry.bytes.unwrap_or(0),
        item: (input, line),
    });
    let work = |(input, line): (&Input, Line)| {
        unchanged(batch, input, &line.entry, folder).then_some(line)
    };
    let _ = pipeline::ordered(batch.threads(), pairs, work, |line| match line {
        Some(line) if matched(&line) => Ok(()),
        _ => Err(()),
    });
}

/// Whether a run that ended did all of this, and nothing has changed.
pub fn is_complete(batch: &Batch, inputs: &[Input], folder: &Folder, tally: &mut Tally) -> bool {
    let manifest = folder.place(manifest::NAME);
    let outputs = batch.parts();
    let mut lengths: Lengths = outputs.iter().map(|(_, head)| head.len() as u64).collect();
    let mut bytes = 0;
    let mut n = 0;
    compare(batch, inputs, &manifest, folder, |line| {
        add_lengths(&mut lengths, &outputs, &line.entry);
        bytes += line.bytes.len() as u64;
        n += 1;
        tally.add(&line.entry, true);
        true
    });
    let is_whole = |(name, length): (&str, u64)| {
        // Rows that waited for a workbook or a database are gone when these are written.
        name.ends_with(".rows") || fs::metadata(folder.place(name)).is_ok_and(|m| m.len() == length)
    };
    let exists = |format, name: &str| !batch.writes(format) || folder.place(name).exists();
    n == inputs.len()
        && fs::metadata(&manifest).is_ok_and(|m| m.len() == bytes)
        && outputs
            .iter()
            .map(|(name, _)| *name)
            .zip(lengths)
            .all(is_whole)
        && exists(Format::Csv, "datapackage.json")
        && exists(Format::Xlsx, super::batch::WORKBOOK)
        && exists(Format::Sqlite, super::batch::DATABASE)
}

fn add_lengths(lengths: &mut Lengths, parts: &[(&'static str, Vec<u8>)], entry: &Entry) {
    for (length, (name, _)) in lengths.iter_mut().zip(parts) {
        *length += entry.lengths.get(*name).copied().unwrap_or(0);
    }
}

/// How far a run that was killed came with these inputs: so many inputs, and the lengths of the parts there.
pub fn prefix(
    batch: &Batch,
    inputs: &[Input],
    folder: &Folder,
    tally: &mut Tally,
) -> Option<(usize, Lengths)> {
    let parts = batch.parts();
    let on_disk: Vec<u64> = parts
        .iter()
        .map(|(name, _)| fs::metadata(folder.part(name)).map_or(0, |m| m.len()))
        .collect();
    let mut lengths: Lengths = parts.iter().map(|(_, head)| head.len() as u64).collect();
    let mut bytes = 0;
    let mut n = 0;
    compare(
        batch,
        inputs,
        &folder.part(manifest::NAME),
        folder,
        |line| {
            let mut next = lengths.clone();
            add_lengths(&mut next, &parts, &line.entry);
            if next.iter().zip(&on_disk).any(|(needs, has)| needs > has) {
                return false;
            }
            lengths = next;
            bytes += line.bytes.len() as u64;
            n += 1;
            tally.add(&line.entry, true);
            true
        },
    );
    lengths.push(bytes);
    (n > 0).then_some((n, lengths))
}

/// The outputs of a run that ended, to copy from.
#[derive(Debug, Default)]
pub struct Earlier {
    manifest: PathBuf,
    files: Vec<PathBuf>,
    by_name: HashMap<String, usize>,
    records: Vec<Record>,
}

/// Where an input's share of the outputs is.
#[derive(Debug)]
struct Record {
    line: (u64, u64),
    chunks: Vec<(u64, u64)>,
}

impl Earlier {
    /// Reads the manifest of a run that ended, where the outputs still fit it.
    pub fn open(batch: &Batch, folder: &Folder) -> Earlier {
        let manifest = folder.place(manifest::NAME);
        let (true, Ok(lines)) = (batch.outputs_tell_all(), Lines::open(&manifest)) else {
            return Earlier::default();
        };
        let parts = batch.parts();
        let mut lengths: Lengths = parts.iter().map(|(_, head)| head.len() as u64).collect();
        let mut at = 0;
        let mut earlier = Earlier {
            manifest,
            files: parts.iter().map(|(name, _)| folder.place(name)).collect(),
            ..Earlier::default()
        };
        for Line { entry, bytes } in lines {
            let before = lengths.clone();
            add_lengths(&mut lengths, &parts, &entry);
            let line = (at, bytes.len() as u64);
            at += bytes.len() as u64;
            if entry.run != batch.run_id() {
                return Earlier::default();
            }
            if entry.status == Status::Done {
                let chunks = before.iter().zip(&lengths);
                earlier.by_name.insert(entry.path, earlier.records.len());
                earlier.records.push(Record {
                    line,
                    chunks: chunks.map(|(from, to)| (*from, to - from)).collect(),
                });
            }
        }
        let fits =
            |(file, length): (&PathBuf, &u64)| fs::metadata(file).is_ok_and(|m| m.len() == *length);
        if earlier.files.iter().zip(&lengths).all(fits) {
            earlier
        } else {
            Earlier::default()
        }
    }

    /// Whether there is nothing to copy from.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The input's place in the earlier run, where it is unchanged since.
    pub fn find(&self, input: &Input, bytes: &[u8], folder: &Folder) -> Option<usize> {
        let place = *self.by_name.get(&input.name)?;
        let entry = self.entry(place).ok()?.0;
        is_same(input, &entry, bytes, folder).then_some(place)
    }

    /// Copies what the earlier run wrote for an input.
    pub fn copy(&self, place: usize, parts: &mut Parts, tally: &mut Tally) -> io::Result<()> {
        let (entry, line) = self.entry(place)?;
        let record = self.records.get(place).ok_or(io::ErrorKind::NotFound)?;
        let chunks = self.files.iter().zip(&record.chunks);
        let chunks: Vec<_> = chunks
            .map(|(file, (from, length))| (file.as_path(), *from, *length))
            .collect();
        tally.add(&entry, true);
        parts.copy(&chunks, &line)
    }

    fn entry(&self, place: usize) -> io::Result<(Entry, Vec<u8>)> {
        let record = self.records.get(place).ok_or(io::ErrorKind::NotFound)?;
        let mut file = File::open(&self.manifest)?;
        file.seek(SeekFrom::Start(record.line.0))?;
        let mut line = Vec::new();
        file.take(record.line.1).read_to_end(&mut line)?;
        let entry = serde_json::from_slice(&line).map_err(io::Error::from)?;
        Ok((entry, line))
    }
}
