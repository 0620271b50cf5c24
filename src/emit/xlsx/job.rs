//! Rows become XML, and XML becomes compressed bytes: the work of a workbook, done piece by piece on any thread.

use std::io::{self, Write};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use super::frame::LOOKS;
use super::lines::Lines;
use crate::emit::cell::Cell;
use crate::emit::packed;
use crate::emit::sheets::SheetId;

/// The tag of a row.
pub const ROW: u8 = 0;
/// The tag of the line above a block: its name, and how many rows it has.
pub const BLOCK: u8 = 1;

/// What is to be done for a workbook.
#[derive(Debug)]
pub enum Job {
    /// Rows are to be written.
    Rows(Run),
    /// The workbook is whole: how many rows each sheet has, headings and blocks among them.
    Close([u32; SheetId::ALL.len()]),
}

/// Rows that stand one below the other in a sheet.
#[derive(Debug)]
pub struct Run {
    /// The sheet.
    pub id: SheetId,
    /// The place of the first, from 1 as spreadsheets count.
    pub row: u32,
    /// The running number of the row above.
    pub number: u32,
    /// The packed rows, tagged as rows or blocks.
    pub rows: Vec<u8>,
}

/// What is done.
#[derive(Debug)]
pub enum Done {
    /// More of a sheet.
    Piece(SheetId, Piece),
    /// The workbook is whole.
    Close([u32; SheetId::ALL.len()]),
}

/// Compressed bytes that can be put behind others.
#[derive(Debug)]
pub struct Piece {
    /// The compressed bytes, ending at a full byte, and not ending the stream.
    pub deflated: Vec<u8>,
    /// The checksum of the bytes, and how many they are.
    pub crc: Crc,
    /// How many they are.
    pub length: u64,
}

impl Job {
    /// Does it.
    ///
    /// # Errors
    /// Bytes that are no packed rows.
    pub fn run(self) -> io::Result<Done> {
        let run = match self {
            Job::Close(rows) => return Ok(Done::Close(rows)),
            Job::Rows(run) => run,
        };
        let mut lines = Lines {
            sheet: run.id.sheet(),
            looks: &LOOKS,
            row: run.row,
            out: String::with_capacity(run.rows.len() * 2),
        };
        let mut number = run.number;
        for row in packed::rows(&run.rows) {
            let (tag, row) = row?;
            let cells = packed::cells(row)?;
            match (tag, cells.as_slice()) {
                (BLOCK, [name, Cell::Integer(n)]) => {
                    number = 0;
                    lines.block(&name.to_text(), *n);
                }
                _ => {
                    number += 1;
                    lines.row(number, &cells);
                }
            }
        }
        Ok(Done::Piece(run.id, Piece::of(lines.out.as_bytes())?))
    }
}

impl Piece {
    /// Compresses bytes.
    ///
    /// # Errors
    /// None but what the compressor answers.
    pub fn of(bytes: &[u8]) -> io::Result<Piece> {
        let mut crc = Crc::new();
        crc.update(bytes);
        let mut encoder = DeflateEncoder::new(Vec::new(), LEVEL);
        encoder.write_all(bytes)?;
        encoder.flush()?;
        Ok(Piece {
            deflated: std::mem::take(encoder.get_mut()),
            crc,
            length: bytes.len() as u64,
        })
    }
}

/// Between the fastest and the smallest.
const LEVEL: Compression = Compression::new(4);

/// What ends a compressed stream: an empty last block.
pub const END: [u8; 2] = [0x03, 0x00];
