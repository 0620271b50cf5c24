//! The output folder: outputs appear in it whole or not at all, whenever the run is killed.
//!
//! Everything grows in `.gongwen/` inside it. Files that hold many notices (`notices.jsonl`, the tables) are parts
//! there, appended to in the order of the inputs; files of one notice are staged there. At a [checkpoint](super::journal)
//! all of it is synced at once, staged files move to their places, and the manifest's lines follow what they tell of.
//! When all is there and synced, a list of moves is written (`commit`), and the parts move to their places; a run that
//! was killed between moves is finished by the next.
//!
//! Two runs at a time would tear each other's parts: a run holds a lock on the folder until it ends, however it ends.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context;

use super::follow::{Follower, Growth, Phase};
use super::journal::{Checkpoint, Journal};
use super::manifest::Entry;

/// The work folder's name.
pub const WORK: &str = ".gongwen";

/// How much may wait in memory before it is appended.
const PENDING_BYTES: usize = 1 << 20;

/// The output folder.
#[derive(Debug)]
pub struct Folder {
    out: PathBuf,
    numbered: AtomicU64,
    /// The folder, locked; the system frees it when the run ends or dies.
    _lock: Option<File>,
}

/// A file of one notice that waits for the next checkpoint to move to its place.
#[derive(Debug)]
pub struct Staged {
    /// Where it is.
    pub temporary: PathBuf,
    /// Where it goes.
    pub place: PathBuf,
}

impl Folder {
    /// Makes the folder where it is missing, locks it, and finishes the moves of a run that was killed among them.
    pub fn open(out: &Path) -> anyhow::Result<Folder> {
        fs::create_dir_all(out).map_err(|error| cannot_write(&error, out))?;
        let folder = Folder {
            out: out.to_owned(),
            numbered: AtomicU64::new(0),
            _lock: lock(out)?,
        };
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
        cleared.map_err(|error: io::Error| cannot_write(&error, &self.out))
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

    /// Writes a file of one notice where it waits for the next checkpoint; answers at once what is wrong with its place.
    pub fn stage(&self, name: &str, bytes: &[u8]) -> io::Result<Staged> {
        let place = self.place(name);
        match fs::symlink_metadata(&place) {
            Ok(metadata) if metadata.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(_) => Ok(()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                place.parent().map_or(Ok(()), fs::create_dir_all)
            }
            Err(error) => Err(error),
        }?;
        let number = self.numbered.fetch_add(1, Ordering::Relaxed);
        let temporary = self.temporary().join(number.to_string());
        fs::write(&temporary, bytes)?;
        Ok(Staged { temporary, place })
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

/// Locks the folder itself, so that no file has to stay behind; where the system cannot lock folders, nothing is locked.
#[cfg(unix)]
fn lock(out: &Path) -> anyhow::Result<Option<File>> {
    use rustix::fs::{FlockOperation, flock};
    let folder = File::open(out).with_context(|| format!("cannot open {}", out.display()))?;
    match flock(&folder, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(folder)),
        Err(rustix::io::Errno::WOULDBLOCK) => Err(anyhow::Error::msg(format!(
            "{} is in use: another gongwen convert writes to it\n  hint: wait until it ends, or choose another folder with --out",
            out.display()
        ))),
        Err(_) => Ok(None),
    }
}

#[cfg(not(unix))]
fn lock(_: &Path) -> anyhow::Result<Option<File>> {
    Ok(None)
}

/// A file that holds many notices.
#[derive(Debug)]
struct Part {
    name: &'static str,
    file: File,
    length: u64,
    pending: Vec<u8>,
    growth: std::sync::Arc<Growth>,
}

/// The parts and the journal of a run.
#[derive(Debug)]
pub struct Parts {
    parts: Vec<Part>,
    journal: Journal,
    /// What waits for the next checkpoint.
    pending: Checkpoint,
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
            let (file, length) = open_at(&folder.part(name), head, length)?;
            Ok(Part {
                name,
                file,
                length,
                pending: Vec::new(),
                growth: Growth::new(length),
            })
        };
        let at = |i: usize| lengths.and_then(|l| l.get(i).copied());
        let opened = (|| {
            let parts = heads.iter().enumerate();
            let parts = parts.map(|(i, (name, head))| open(name, head, at(i)));
            Ok(Parts {
                parts: parts.collect::<io::Result<_>>()?,
                journal: Journal::open(folder, at(heads.len()))?,
                pending: Checkpoint::default(),
            })
        })();
        opened.map_err(|error: io::Error| write_error(&error, folder))
    }

    /// Appends one input's chunks, in the order of the parts, and its line.
    pub fn append(
        &mut self,
        chunks: &[Vec<u8>],
        mut entry: Entry,
        staged: Option<Staged>,
    ) -> io::Result<()> {
        for (part, chunk) in self.parts.iter_mut().zip(chunks) {
            part.pending.extend_from_slice(chunk);
            entry
                .lengths
                .insert(part.name.to_owned(), chunk.len() as u64);
        }
        let mut line = serde_json::to_vec(&entry).map_err(io::Error::from)?;
        line.push(b'\n');
        self.append_line(&line, staged)
    }

    /// Appends a line whose chunks are in their parts already.
    fn append_line(&mut self, line: &[u8], staged: Option<Staged>) -> io::Result<()> {
        self.pending.add(line, staged);
        let pending: usize = self.parts.iter().map(|p| p.pending.len()).sum();
        if self.journal.is_ready(&self.pending)? {
            self.flush()?;
            self.journal.checkpoint(&mut self.pending)?;
        } else if pending >= PENDING_BYTES {
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
        self.append_line(line, None)
    }

    /// Brings what waits in memory to the files, no faster than those who read behind can follow.
    fn flush(&mut self) -> io::Result<()> {
        for part in &mut self.parts {
            part.file.write_all(&part.pending)?;
            part.length += part.pending.len() as u64;
            part.pending.clear();
            part.growth.tell(part.length, Phase::Growing);
        }
        for part in &self.parts {
            part.growth.wait_for_readers()?;
        }
        Ok(())
    }

    /// Brings everything to the disk, as far as the run came.
    pub fn finish(&mut self) -> io::Result<()> {
        let flushed = self.flush();
        flushed.and(self.journal.finish(&mut self.pending))
    }

    /// Whether somebody who read behind gave up: what they say counts.
    pub fn lost_a_reader(&self) -> bool {
        let mut parts = self.parts.iter();
        parts.any(|part| part.growth.wait_for_readers().is_err())
    }

    /// Reads a part from its start, behind its writer.
    pub fn follow(&self, folder: &Folder, name: &str) -> io::Result<Option<Follower>> {
        let part = self.parts.iter().find(|part| part.name == name);
        part.map(|part| Follower::new(&folder.part(name), &part.growth))
            .transpose()
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

/// Opens a file at the length that is known to be good, or anew with its head.
pub fn open_at(path: &Path, head: &[u8], length: Option<u64>) -> io::Result<(File, u64)> {
    let mut file = OpenOptions::new()
        .create(true)
        .write(true)
        .truncate(false)
        .open(path)?;
    match length {
        Some(length) => {
            file.set_len(length)?;
            file.seek(SeekFrom::Start(length))?;
            Ok((file, length))
        }
        None => {
            file.set_len(0)?;
            file.write_all(head)?;
            Ok((file, head.len() as u64))
        }
    }
}

/// What a failed write means for people.
pub fn write_error(error: &io::Error, folder: &Folder) -> anyhow::Error {
    cannot_write(error, &folder.out)
}

fn cannot_write(error: &io::Error, out: &Path) -> anyhow::Error {
    let out = out.display();
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
