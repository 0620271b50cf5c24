//! The output folder: outputs appear in it whole or not at all, whenever the run is killed.
//!
//! Everything grows in `.gongwen/` inside it. Files that hold many notices (`notices.jsonl`, the tables) are parts
//! there, appended to in the order of the inputs; the manifest's lines follow what they tell of. When all is there
//! and synced, a list of moves is written (`commit`), and the files move to their places; a run that was killed
//! between moves is finished by the next.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use anyhow::Context;

use super::manifest::{self, Entry};

/// The work folder's name.
pub const WORK: &str = ".gongwen";

/// How much may wait in memory before it is appended.
const PENDING_BYTES: usize = 1 << 20;
const PENDING_ENTRIES: usize = 32;

/// The output folder.
#[derive(Debug)]
pub struct Folder {
    out: PathBuf,
    numbered: AtomicU64,
}

impl Folder {
    /// Makes the folder where it is missing, and finishes the moves of a run that was killed among them.
    pub fn open(out: &Path) -> anyhow::Result<Folder> {
        let folder = Folder {
            out: out.to_owned(),
            numbered: AtomicU64::new(0),
        };
        fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
        folder.finish_moves()?;
        Ok(folder)
    }

    /// Clears the work folder; `keep_parts` where the run goes on with them.
    pub fn clear(&self, keep_parts: bool) -> anyhow::Result<()> {
        let work = self.out.join(WORK);
        let cleared = (|| {
            if keep_parts {
                remove(&work.join("tmp"))?;
            } else {
                remove(&work)?;
            }
            fs::create_dir_all(work.join("tmp"))?;
            fs::create_dir_all(work.join("part"))
        })();
        cleared.with_context(|| format!("cannot write to {}", self.out.display()))
    }

    /// Where an output goes.
    pub fn place(&self, name: &str) -> PathBuf {
        self.out.join(name)
    }

    /// Where an output grows.
    pub fn part(&self, name: &str) -> PathBuf {
        self.out.join(WORK).join("part").join(name)
    }

    /// Where temporary files go.
    pub fn temporary(&self) -> PathBuf {
        self.out.join(WORK).join("tmp")
    }

    /// Writes a file whole: temporary file, sync, rename.
    pub fn write_whole(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let number = self.numbered.fetch_add(1, Ordering::Relaxed);
        let temporary = self.temporary().join(number.to_string());
        let written = (|| {
            let mut file = File::create(&temporary)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            let place = self.place(name);
            match fs::rename(&temporary, &place) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    if let Some(above) = place.parent() {
                        fs::create_dir_all(above)?;
                    }
                    fs::rename(&temporary, &place)
                }
                renamed => renamed,
            }
        })();
        if written.is_err() {
            let _ = fs::remove_file(&temporary);
        }
        written
    }

    /// Moves finished parts to their places, the manifest last, and removes the work folder.
    pub fn commit(&self, names: &[String]) -> anyhow::Result<()> {
        let work = self.out.join(WORK);
        let list = serde_json::to_vec(names)?;
        let temporary = work.join("tmp").join("commit");
        let written = (|| {
            for name in names {
                File::open(self.part(name))?.sync_all()?;
            }
            let mut file = File::create(&temporary)?;
            file.write_all(&list)?;
            file.sync_all()?;
            fs::rename(&temporary, work.join("commit"))
        })();
        written.with_context(|| format!("cannot write to {}", self.out.display()))?;
        self.finish_moves()
    }

    fn finish_moves(&self) -> anyhow::Result<()> {
        let work = self.out.join(WORK);
        let Ok(list) = fs::read(work.join("commit")) else {
            return Ok(());
        };
        let names: Vec<String> = serde_json::from_slice(&list)?;
        let moved = (|| {
            for name in &names {
                let part = self.part(name);
                if part.exists() {
                    fs::rename(part, self.place(name))?;
                }
            }
            File::open(&self.out)?.sync_all()?;
            remove(&work)
        })();
        moved.with_context(|| format!("cannot write to {}", self.out.display()))
    }
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// How far a part has grown, for who reads behind its writer.
#[derive(Debug, Default)]
struct Growth {
    state: Mutex<(u64, Phase)>,
    moved: Condvar,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Growing,
    Whole,
    Abandoned,
}

impl Growth {
    fn tell(&self, length: u64, phase: Phase) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        *state = (length, phase);
        self.moved.notify_all();
    }

    /// Waits until the part is longer than this, and answers how long; `None` at its end.
    fn beyond(&self, length: u64) -> io::Result<Option<u64>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.0 <= length && state.1 == Phase::Growing {
            state = self
                .moved
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        match state.1 {
            Phase::Abandoned => Err(io::Error::other("the run ended early")),
            _ => Ok((state.0 > length).then_some(state.0)),
        }
    }
}

/// Reads a part behind its writer, to its end.
#[derive(Debug)]
pub struct Follower {
    file: File,
    growth: Arc<Growth>,
    at: u64,
    known: u64,
}

impl Read for Follower {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.known {
            match self.growth.beyond(self.at)? {
                Some(length) => self.known = length,
                None => return Ok(0),
            }
        }
        let most = usize::try_from(self.known - self.at).unwrap_or(usize::MAX);
        let most = most.min(buffer.len());
        let n = self.file.read(&mut buffer[..most])?;
        self.at += n as u64;
        Ok(n)
    }
}

/// A file that holds many notices.
#[derive(Debug)]
struct Part {
    name: &'static str,
    file: File,
    length: u64,
    pending: Vec<u8>,
    growth: Arc<Growth>,
}

/// The parts and the journal of a run.
#[derive(Debug)]
pub struct Parts {
    parts: Vec<Part>,
    journal: Part,
    entries: usize,
}

/// How long each part is: in the order of the parts, the journal's last.
pub type Lengths = Vec<u64>;

impl Parts {
    /// Opens the parts at the lengths that are known to be good, or anew with their heads.
    pub fn open(
        folder: &Folder,
        heads: &[(&'static str, Vec<u8>)],
        lengths: Option<&Lengths>,
    ) -> anyhow::Result<Parts> {
        let open = |name: &'static str, head: &[u8], length: Option<u64>| -> io::Result<Part> {
            let mut file = OpenOptions::new()
                .create(true)
                .write(true)
                .truncate(false)
                .open(folder.part(name))?;
            let length = match length {
                Some(length) => {
                    file.set_len(length)?;
                    file.seek(SeekFrom::Start(length))?;
                    length
                }
                None => {
                    file.set_len(0)?;
                    file.write_all(head)?;
                    head.len() as u64
                }
            };
            let growth = Arc::new(Growth::default());
            growth.tell(length, Phase::Growing);
            Ok(Part {
                name,
                file,
                length,
                pending: Vec::new(),
                growth,
            })
        };
        let at = |i: usize| lengths.and_then(|l| l.get(i).copied());
        let opened = (|| {
            let parts = heads.iter().enumerate();
            let parts = parts.map(|(i, (name, head))| open(name, head, at(i)));
            Ok(Parts {
                parts: parts.collect::<io::Result<_>>()?,
                journal: open(manifest::NAME, b"", at(heads.len()))?,
                entries: 0,
            })
        })();
        opened.map_err(|error: io::Error| write_error(&error, folder))
    }

    /// Appends one input's chunks, in the order of the parts, and its line.
    pub fn append(&mut self, chunks: &[Vec<u8>], mut entry: Entry) -> io::Result<()> {
        for (part, chunk) in self.parts.iter_mut().zip(chunks) {
            part.pending.extend_from_slice(chunk);
            entry
                .lengths
                .insert(part.name.to_owned(), chunk.len() as u64);
        }
        let mut line = serde_json::to_vec(&entry).map_err(io::Error::from)?;
        line.push(b'\n');
        self.append_line(&line)
    }

    /// Appends a line whose chunks are in their parts already.
    fn append_line(&mut self, line: &[u8]) -> io::Result<()> {
        self.journal.pending.extend_from_slice(line);
        self.entries += 1;
        let pending: usize = self.parts.iter().map(|p| p.pending.len()).sum();
        if pending >= PENDING_BYTES || self.entries >= PENDING_ENTRIES {
            self.flush()?;
        }
        Ok(())
    }

    /// Appends what an earlier run wrote for an unchanged input.
    pub fn copy(&mut self, chunks: &[(&Path, u64, u64)], line: &[u8]) -> io::Result<()> {
        for (part, (path, from, length)) in self.parts.iter_mut().zip(chunks) {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start(*from))?;
            let copied = file.take(*length).read_to_end(&mut part.pending)?;
            if copied as u64 != *length {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        self.append_line(line)
    }

    /// Brings what waits in memory to the files: chunks first, then the lines that tell of them.
    pub fn flush(&mut self) -> io::Result<()> {
        for part in self.parts.iter_mut().chain([&mut self.journal]) {
            part.file.write_all(&part.pending)?;
            part.length += part.pending.len() as u64;
            part.pending.clear();
            part.growth.tell(part.length, Phase::Growing);
        }
        self.entries = 0;
        Ok(())
    }

    /// Reads a part from its start, behind its writer.
    pub fn follow(&self, folder: &Folder, name: &str) -> io::Result<Option<Follower>> {
        let Some(part) = self.parts.iter().find(|part| part.name == name) else {
            return Ok(None);
        };
        Ok(Some(Follower {
            file: File::open(folder.part(name))?,
            growth: Arc::clone(&part.growth),
            at: 0,
            known: 0,
        }))
    }

    /// Tells who reads behind that no more comes, because all is there or because the run failed.
    pub fn end(&self, whole: bool) {
        let phase = if whole {
            Phase::Whole
        } else {
            Phase::Abandoned
        };
        for part in &self.parts {
            part.growth.tell(part.length, phase);
        }
    }
}

/// What a failed write means for people.
pub fn write_error(error: &io::Error, folder: &Folder) -> anyhow::Error {
    let out = folder.out.display();
    let hint = match error.kind() {
        io::ErrorKind::StorageFull => {
            "\n  hint: free space, then run the same command with --resume; nothing is half-written"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "\n  hint: choose a folder that you may write to with --out"
        }
        _ => {
            "\n  hint: mend the cause, then run the same command with --resume; nothing is half-written"
        }
    };
    anyhow::Error::msg(format!("cannot write to {out}: {error}{hint}"))
}
