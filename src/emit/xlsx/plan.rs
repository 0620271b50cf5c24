//! Which rows stand where: packed rows, in the order of the notices, cut into jobs that can be done side by side.

use std::collections::HashMap;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::job::{BLOCK, Job, ROW, Run};
use crate::emit::cell::Cell;
use crate::emit::packed;
use crate::emit::sheets::{Order, SheetId};

/// How many bytes of packed rows make a job.
const JOB_BYTES: usize = 1 << 18;

/// How many bytes of rows go into one workbook, so that no program has to take up more.
const MAX_BYTES: u64 = 1 << 30;

/// The jobs of packed rows that are tagged by [`SheetId`].
#[derive(Debug)]
pub struct Jobs<R> {
    rows: packed::Reader<R>,
    max_rows: u32,
    temporary: PathBuf,
    book: Book,
    ready: VecDeque<Job>,
    /// Rows that stand in an order of their own, once the workbook is full.
    sorted: VecDeque<Sorted>,
    /// A row that opens the next workbook.
    held: Option<(SheetId, Vec<u8>)>,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// Rows come in.
    Filling,
    /// The workbook, whose sheets have so many rows, gets its sorted ones.
    Closing([u32; SheetId::ALL.len()]),
    Ended,
}

/// The rows of the workbook that is being filled.
#[derive(Debug)]
struct Book {
    /// How many rows each sheet has, headings and blocks among them.
    rows: [u32; SheetId::ALL.len()],
    /// Rows that wait to become a job, and how many they are.
    pending: [(Vec<u8>, u32); SheetId::ALL.len()],
    waiting: Vec<Waiting>,
    bytes: u64,
}

impl Book {
    fn new(temporary: &Path) -> io::Result<Book> {
        Ok(Book {
            rows: [1; SheetId::ALL.len()],
            pending: Default::default(),
            waiting: SheetId::ALL
                .iter()
                .map(|_| Waiting::new(temporary))
                .collect::<io::Result<_>>()?,
            bytes: 0,
        })
    }
}

impl<R: Read> Jobs<R> {
    /// Plans workbooks of sheets of so many rows.
    pub fn new(rows: R, temporary: &Path, max_rows: u32) -> io::Result<Jobs<R>> {
        Ok(Jobs {
            rows: packed::Reader::new(rows),
            max_rows,
            temporary: temporary.to_owned(),
            book: Book::new(temporary)?,
            ready: VecDeque::new(),
            sorted: VecDeque::new(),
            held: None,
            state: State::Filling,
        })
    }

    fn step(&mut self) -> io::Result<Option<Job>> {
        loop {
            if let Some(job) = self.ready.pop_front() {
                return Ok(Some(job));
            }
            match self.state {
                State::Filling => self.fill()?,
                State::Closing(rows) => self.drain(rows)?,
                State::Ended => return Ok(None),
            }
        }
    }

    /// Takes in one row, or closes the workbook.
    fn fill(&mut self) -> io::Result<()> {
        let (id, row) = match self.held.take() {
            Some(held) => held,
            None => match self.rows.next_row()? {
                None => return self.close(),
                Some((tag, row)) => {
                    let id = SheetId::ALL.get(usize::from(tag));
                    let no_sheet = || io::Error::new(io::ErrorKind::InvalidData, "no such sheet");
                    (*id.ok_or_else(no_sheet)?, row.to_vec())
                }
            },
        };
        let key = match id.sheet().order {
            Order::Text => Cell::Empty,
            Order::Blocks(column) | Order::Day(column) => packed::cell_at(&row, column)?,
        };
        if !self.has_room(id, &key) {
            self.close()?;
            self.held = Some((id, row));
            return Ok(());
        }
        let book = &mut self.book;
        let place = id as usize;
        book.bytes += row.len() as u64;
        let waiting = &mut book.waiting[place];
        match id.sheet().order {
            Order::Text => {
                let (pending, n) = &mut book.pending[place];
                push(ROW, &row, pending);
                *n += 1;
                book.rows[place] += 1;
                if pending.len() >= JOB_BYTES {
                    let job = take(id, &mut book.pending[place], book.rows[place]);
                    self.ready.extend(job);
                }
            }
            Order::Blocks(_) => {
                let (block, new) = waiting.block(&key.to_text());
                book.rows[place] += 1 + u32::from(new);
                waiting.push(block, &row)?;
            }
            Order::Day(_) => {
                let day = match key {
                    Cell::Date(date) => date.to_days(),
                    _ => i64::MAX,
                };
                book.rows[place] += 1;
                waiting.push(day, &row)?;
            }
        }
        Ok(())
    }

    /// Whether the row fits into the workbook. A notice is not begun in one that it would soon fill up.
    fn has_room(&self, id: SheetId, key: &Cell<'_>) -> bool {
        let book = &self.book;
        let place = id as usize;
        let more = match id.sheet().order {
            Order::Blocks(_) if !book.waiting[place].blocks.contains_key(&*key.to_text()) => 2,
            _ => 1,
        };
        let nearly_full = |rows: &u32| *rows > self.max_rows - self.max_rows / 100;
        let ends = id == SheetId::Notices && book.rows.iter().any(nearly_full);
        book.rows[place] + more <= self.max_rows && book.bytes < MAX_BYTES && !ends
    }

    fn close(&mut self) -> io::Result<()> {
        let new = Book::new(&self.temporary)?;
        let mut book = std::mem::replace(&mut self.book, new);
        for id in SheetId::ALL {
            let place = id as usize;
            let job = take(id, &mut book.pending[place], book.rows[place]);
            self.ready.extend(job);
        }
        for (id, waiting) in SheetId::ALL.into_iter().zip(book.waiting) {
            let blocks = matches!(id.sheet().order, Order::Blocks(_));
            self.sorted.push_back(waiting.sorted(id, blocks)?);
        }
        self.state = State::Closing(book.rows);
        Ok(())
    }

    /// Makes one job of the sorted rows; when there are none left, the workbook is whole.
    fn drain(&mut self, rows: [u32; SheetId::ALL.len()]) -> io::Result<()> {
        while let Some(sorted) = self.sorted.front_mut() {
            if let Some(run) = sorted.next_run()? {
                self.ready.push_back(Job::Rows(run));
                return Ok(());
            }
            self.sorted.pop_front();
        }
        self.ready.push_back(Job::Close(rows));
        self.state = match self.held {
            Some(_) => State::Filling,
            None => State::Ended,
        };
        Ok(())
    }
}

impl<R: Read> Iterator for Jobs<R> {
    type Item = io::Result<Job>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.step();
        if next.is_err() {
            self.state = State::Ended;
        }
        next.transpose()
    }
}

/// A job of what waits for a sheet whose next row is `next`.
fn take(id: SheetId, (rows, n): &mut (Vec<u8>, u32), next: u32) -> Option<Job> {
    if rows.is_empty() {
        return None;
    }
    let row = next - std::mem::take(n);
    Some(Job::Rows(Run {
        id,
        row: row + 1,
        number: row.saturating_sub(1),
        rows: std::mem::take(rows),
    }))
}

/// Appends a row that is packed already.
fn push(tag: u8, row: &[u8], out: &mut Vec<u8>) {
    out.push(tag);
    out.extend_from_slice(&(row.len() as u32).to_le_bytes());
    out.extend_from_slice(row);
}

/// Rows that stand in another order than they come in: on disk, with their keys in memory.
#[derive(Debug)]
struct Waiting {
    file: BufWriter<File>,
    length: u64,
    keys: Vec<(i64, u64)>,
    blocks: HashMap<String, i64>,
}

impl Waiting {
    fn new(temporary: &Path) -> io::Result<Waiting> {
        Ok(Waiting {
            file: BufWriter::new(tempfile::tempfile_in(temporary)?),
            length: 0,
            keys: Vec::new(),
            blocks: HashMap::new(),
        })
    }

    /// The number of the block of this name, and whether it is a new one.
    fn block(&mut self, name: &str) -> (i64, bool) {
        if let Some(block) = self.blocks.get(name) {
            return (*block, false);
        }
        let block = self.blocks.len() as i64;
        self.blocks.insert(name.to_owned(), block);
        (block, true)
    }

    fn push(&mut self, key: i64, row: &[u8]) -> io::Result<()> {
        let length = row.len() as u32;
        self.file.write_all(&length.to_le_bytes())?;
        self.file.write_all(row)?;
        self.keys.push((key, self.length));
        self.length += u64::from(length) + 4;
        Ok(())
    }

    /// The rows by their keys, then in the order in which they came.
    fn sorted(mut self, id: SheetId, blocks: bool) -> io::Result<Sorted> {
        self.keys.sort_unstable();
        let file = self.file.into_inner();
        let mut reader = BufReader::new(file.map_err(io::IntoInnerError::into_error)?);
        reader.rewind()?;
        let sizes = if blocks {
            sizes(&self.keys)
        } else {
            Vec::new()
        };
        Ok(Sorted {
            id,
            keys: self.keys.into_iter(),
            reader,
            at: 0,
            row: 1,
            number: 0,
            blocks: blocks.then_some((None, sizes)),
        })
    }
}

/// How many rows each block has; blocks are numbered from nought without gaps.
fn sizes(keys: &[(i64, u64)]) -> Vec<u32> {
    let mut sizes = Vec::new();
    for (key, _) in keys {
        let place = usize::try_from(*key).unwrap_or(0);
        if sizes.len() <= place {
            sizes.resize(place + 1, 0);
        }
        sizes[place] += 1;
    }
    sizes
}

/// The rows of one sheet in their order.
#[derive(Debug)]
struct Sorted {
    id: SheetId,
    keys: std::vec::IntoIter<(i64, u64)>,
    reader: BufReader<File>,
    /// Where the reader is.
    at: u64,
    /// How many rows stand above.
    row: u32,
    /// How many of them in the same block.
    number: u32,
    /// The block of the row above, and how many rows each has.
    blocks: Option<(Option<i64>, Vec<u32>)>,
}

impl Sorted {
    fn next_run(&mut self) -> io::Result<Option<Run>> {
        let mut run = Run {
            id: self.id,
            row: self.row + 1,
            number: self.number,
            rows: Vec::new(),
        };
        let mut row = Vec::new();
        while run.rows.len() < JOB_BYTES {
            let Some((key, offset)) = self.keys.next() else {
                break;
            };
            self.read(offset, &mut row)?;
            if let Some((block, sizes)) = &mut self.blocks
                && *block != Some(key)
            {
                *block = Some(key);
                let size = usize::try_from(key).ok().and_then(|key| sizes.get(key));
                let name = packed::cell_at(&row, 0)?;
                let size = size.copied().unwrap_or(0).into();
                packed::append_row(BLOCK, &[name, size], &mut run.rows);
                self.row += 1;
                self.number = 0;
            }
            push(ROW, &row, &mut run.rows);
            self.row += 1;
            self.number += 1;
        }
        Ok((!run.rows.is_empty()).then_some(run))
    }

    fn read(&mut self, offset: u64, row: &mut Vec<u8>) -> io::Result<()> {
        let step = i64::try_from(offset).unwrap_or(0) - i64::try_from(self.at).unwrap_or(0);
        self.reader.seek_relative(step)?;
        let mut length = [0; 4];
        self.reader.read_exact(&mut length)?;
        let length = u32::from_le_bytes(length);
        row.clear();
        let mut source = self.reader.by_ref().take(u64::from(length));
        if source.read_to_end(row)? != length as usize {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.at = offset + 4 + u64::from(length);
        Ok(())
    }
}
