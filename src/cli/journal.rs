//! Checkpoints: what is synced together, and the lines of the journal that tell of it.
//!
//! Waiting for the disk once a file would cost more than all the work. So the inputs of a checkpoint share one sync,
//! on a thread of its own: everything written is brought to the disk, the staged files move to their places, and only
//! then are the lines written that say so. A new checkpoint is made as soon as the last one is through.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, TryRecvError, channel, sync_channel};
use std::thread::{self, JoinHandle};

use super::manifest;
use super::store::{Folder, Staged, open_at};

/// How many inputs a checkpoint has at least, and at most.
const LEAST: usize = 64;
const MOST: usize = 4096;

/// What waits to be synced.
#[derive(Debug, Default)]
pub struct Checkpoint {
    lines: Vec<u8>,
    staged: Vec<Staged>,
    inputs: usize,
}

impl Checkpoint {
    /// Adds an input's line, and its file.
    pub fn add(&mut self, line: &[u8], staged: Option<Staged>) {
        self.lines.extend_from_slice(line);
        self.staged.extend(staged);
        self.inputs += 1;
    }
}

/// The journal, and the thread that syncs.
#[derive(Debug)]
pub struct Journal {
    checkpoints: Option<SyncSender<Checkpoint>>,
    answers: Receiver<io::Result<()>>,
    /// Whether a checkpoint is on its way.
    busy: bool,
    thread: Option<JoinHandle<()>>,
}

impl Journal {
    /// Opens the journal at the length that is known to be good, or anew.
    pub fn open(folder: &Folder, length: Option<u64>) -> io::Result<Journal> {
        let (mut file, _) = open_at(&folder.part(manifest::NAME), b"", length)?;
        let parts = folder.part("");
        let (checkpoints, received) = sync_channel::<Checkpoint>(1);
        let (answer, answers) = channel();
        let thread = thread::Builder::new().name("sync".to_owned());
        let thread = thread.spawn(move || {
            for checkpoint in received {
                let written = write(&checkpoint, &parts, &mut file);
                let failed = written.is_err();
                if answer.send(written).is_err() || failed {
                    return;
                }
            }
        })?;
        Ok(Journal {
            checkpoints: Some(checkpoints),
            answers,
            busy: false,
            thread: Some(thread),
        })
    }

    /// Whether it is time for a checkpoint.
    pub fn is_ready(&mut self, pending: &Checkpoint) -> io::Result<bool> {
        if pending.inputs < LEAST || pending.inputs >= MOST || !self.busy {
            return Ok(pending.inputs >= LEAST);
        }
        match self.answers.try_recv() {
            Ok(answer) => {
                self.busy = false;
                answer.map(|()| true)
            }
            Err(TryRecvError::Empty) => Ok(false),
            Err(TryRecvError::Disconnected) => Err(ended()),
        }
    }

    /// Sends a checkpoint on its way, once the last one is through.
    pub fn checkpoint(&mut self, pending: &mut Checkpoint) -> io::Result<()> {
        self.wait()?;
        let checkpoint = std::mem::take(pending);
        let sent = self.checkpoints.as_ref().map(|to| to.send(checkpoint));
        if !matches!(sent, Some(Ok(()))) {
            return Err(ended());
        }
        self.busy = true;
        Ok(())
    }

    /// Waits until the last checkpoint is through.
    fn wait(&mut self) -> io::Result<()> {
        if std::mem::take(&mut self.busy) {
            self.answers.recv().map_err(|_| ended())??;
        }
        Ok(())
    }

    /// Brings to the disk what waits.
    pub fn finish(&mut self, pending: &mut Checkpoint) -> io::Result<()> {
        if pending.inputs > 0 {
            self.checkpoint(pending)?;
        }
        self.wait()
    }
}

impl Drop for Journal {
    /// Nothing is written once the run has ended.
    fn drop(&mut self) {
        self.checkpoints = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn ended() -> io::Error {
    io::Error::other("the thread that syncs ended")
}

fn write(checkpoint: &Checkpoint, parts: &Path, journal: &mut File) -> io::Result<()> {
    sync(parts, &checkpoint.staged)?;
    for Staged { temporary, place } in &checkpoint.staged {
        fs::rename(temporary, place)?;
    }
    journal.write_all(&checkpoint.lines)
}

/// Brings the parts and the staged files to the disk: with one call for all of them where the system has one.
fn sync(parts: &Path, staged: &[Staged]) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    {
        use rustix::io::Errno;
        match rustix::fs::syncfs(File::open(parts)?) {
            Err(Errno::NOSYS | Errno::OPNOTSUPP | Errno::INVAL) => {}
            Err(error) => return Err(error.into()),
            Ok(()) => return Ok(()),
        }
    }
    let sync = |path: &Path| OpenOptions::new().append(true).open(path)?.sync_all();
    for part in fs::read_dir(parts)? {
        sync(&part?.path())?;
    }
    staged.iter().try_for_each(|file| sync(&file.temporary))
}
