//! Reading a part of the output behind its writer, to its end.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// How far behind a reader may be, in bytes: enough to keep it busy, and little enough that its work is done beside the
/// others' and not after it.
const MOST_BEHIND: u64 = 16 << 20;

/// How far a part has grown, and how far it has been read.
#[derive(Debug)]
pub struct Growth {
    state: Mutex<State>,
    moved: Condvar,
    /// How far behind readers may be: those of a run that is taken up have to catch up first.
    most_behind: u64,
}

#[derive(Debug)]
struct State {
    length: u64,
    phase: Phase,
    /// Where each reader is; `None` where it gave up.
    readers: Vec<Option<u64>>,
}

/// Whether more comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// More may come.
    Growing,
    /// All is there.
    Whole,
    /// The run failed.
    Abandoned,
}

impl Growth {
    /// A part that is so long at the start.
    pub fn new(length: u64) -> Arc<Growth> {
        Arc::new(Growth {
            state: Mutex::new(State {
                length,
                phase: Phase::Growing,
                readers: Vec::new(),
            }),
            moved: Condvar::new(),
            most_behind: length + MOST_BEHIND,
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State>) -> MutexGuard<'s, State> {
        let state = self.moved.wait(state);
        state.unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells the readers how long the part is now.
    pub fn tell(&self, length: u64, phase: Phase) {
        let mut state = self.lock();
        (state.length, state.phase) = (length, phase);
        self.moved.notify_all();
    }

    /// Waits until the part is longer than this, and answers how long; `None` at its end.
    fn beyond(&self, reader: usize, length: u64) -> io::Result<Option<u64>> {
        let mut state = self.lock();
        if let Some(at) = state.readers.get_mut(reader) {
            *at = Some(length);
        }
        self.moved.notify_all();
        while state.length <= length && state.phase == Phase::Growing {
            state = self.wait(state);
        }
        match state.phase {
            Phase::Abandoned => Err(io::Error::other("the run ended early")),
            _ => Ok((state.length > length).then_some(state.length)),
        }
    }

    /// Waits until no reader is too far behind.
    ///
    /// # Errors
    /// `BrokenPipe` where one gave up: what it says counts.
    pub fn wait_for_readers(&self) -> io::Result<()> {
        let mut state = self.lock();
        loop {
            if state.readers.contains(&None) {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            let slowest = state.readers.iter().flatten().min().copied();
            if slowest.is_none_or(|at| state.length - at.min(state.length) <= self.most_behind) {
                return Ok(());
            }
            state = self.wait(state);
        }
    }
}

/// Reads a part behind its writer, to its end.
#[derive(Debug)]
pub struct Follower {
    file: File,
    growth: Arc<Growth>,
    /// Its place among the readers.
    reader: usize,
    at: u64,
    /// Up to where may be read before asking again.
    known: u64,
}

/// After how many bytes a reader tells where it is.
const STEP: u64 = 1 << 20;

impl Follower {
    /// Reads a part from its start.
    pub fn new(path: &Path, growth: &Arc<Growth>) -> io::Result<Follower> {
        let file = File::open(path)?;
        let mut state = growth.lock();
        state.readers.push(Some(0));
        Ok(Follower {
            file,
            growth: Arc::clone(growth),
            reader: state.readers.len() - 1,
            at: 0,
            known: 0,
        })
    }
}

impl Read for Follower {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.known {
            match self.growth.beyond(self.reader, self.at)? {
                Some(length) => self.known = length.min(self.at + STEP),
                None => return Ok(0),
            }
        }
        let most = usize::try_from(self.known - self.at).unwrap_or(usize::MAX);
        let most = most.min(buffer.len());
        let n = self.file.read(&mut buffer[..most])?;
        if n == 0 && most > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.at += n as u64;
        Ok(n)
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        let mut state = self.growth.lock();
        if let Some(at) = state.readers.get_mut(self.reader) {
            *at = None;
        }
        self.growth.moved.notify_all();
    }
}
