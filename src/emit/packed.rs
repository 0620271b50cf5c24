//! Rows in a compact binary form: how they wait on disk for the formats that are written at the end (a workbook, a
//! database), with nothing of their types lost.

use std::borrow::Cow;
use std::io::{self, Read};

use super::cell::Cell;
use crate::date::Date;
use crate::decimal::Decimal;

const EMPTY: u8 = 0;
const TEXT: u8 = 1;
const LIST: u8 = 2;
const INTEGER: u8 = 3;
const NUMBER: u8 = 4;
const DATE: u8 = 5;

/// Appends a row; `tag` says of which table.
pub fn append_row(tag: u8, cells: &[Cell<'_>], out: &mut Vec<u8>) {
    out.push(tag);
    let at = out.len();
    push_length(0, out);
    for cell in cells {
        append_cell(cell, out);
    }
    let length = u32::try_from(out.len() - at - LENGTH).unwrap_or(u32::MAX);
    if let Some(place) = out.get_mut(at..at + LENGTH) {
        place.copy_from_slice(&length.to_le_bytes());
    }
}

/// The bytes of a length.
const LENGTH: usize = 4;

fn append_cell(cell: &Cell<'_>, out: &mut Vec<u8>) {
    match cell {
        Cell::Empty => out.push(EMPTY),
        Cell::Text(text) => {
            out.push(TEXT);
            push_text(text, out);
        }
        Cell::List(list) => {
            out.push(LIST);
            push_length(list.len(), out);
            for text in list {
                push_text(text, out);
            }
        }
        Cell::Integer(n) => {
            out.push(INTEGER);
            out.extend_from_slice(&n.to_le_bytes());
        }
        Cell::Number(n) => {
            out.push(NUMBER);
            push_text(&n.to_string(), out);
        }
        Cell::Date(date) => {
            out.push(DATE);
            out.extend_from_slice(&date.to_days().to_le_bytes());
        }
    }
}

fn push_length(length: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
}

fn push_text(text: &str, out: &mut Vec<u8>) {
    push_length(text.len(), out);
    out.extend_from_slice(text.as_bytes());
}

/// Reads rows from a stream, one at a time.
#[derive(Debug)]
pub struct Reader<R> {
    source: R,
    row: Vec<u8>,
}

impl<R: Read> Reader<R> {
    /// Reads from here on; the source is to be buffered.
    pub fn new(source: R) -> Reader<R> {
        Reader {
            source,
            row: Vec::new(),
        }
    }

    /// The next row's tag, and its cells still packed; `None` at the end.
    ///
    /// # Errors
    /// What the source answers, and a row that is torn.
    pub fn next_row(&mut self) -> io::Result<Option<(u8, &[u8])>> {
        let mut tag = [0];
        if self.source.read(&mut tag)? == 0 {
            return Ok(None);
        }
        let mut length = [0; LENGTH];
        self.source.read_exact(&mut length)?;
        let length = u32::from_le_bytes(length);
        self.row.clear();
        let mut source = self.source.by_ref().take(u64::from(length));
        if source.read_to_end(&mut self.row)? != length as usize {
            return Err(no_row());
        }
        Ok(Some((tag[0], &self.row)))
    }
}

/// The rows of a slice, one after the other: tag, and cells still packed.
///
/// # Errors
/// Rows that are torn.
pub fn rows(mut bytes: &[u8]) -> impl Iterator<Item = io::Result<(u8, &[u8])>> {
    std::iter::from_fn(move || {
        let (tag, rest) = bytes.split_first()?;
        let row = text_bytes(rest);
        bytes = row.as_ref().map_or(&[], |(_, rest)| rest);
        Some(row.map(|(row, _)| (*tag, row)))
    })
}

/// The cells of a row.
///
/// # Errors
/// Bytes that are no cells.
pub fn cells(mut bytes: &[u8]) -> io::Result<Vec<Cell<'_>>> {
    let mut cells = Vec::with_capacity(24);
    while !bytes.is_empty() {
        let (cell, rest) = cell(bytes)?;
        cells.push(cell);
        bytes = rest;
    }
    Ok(cells)
}

/// The cell at one place of a row; the others are passed over.
///
/// # Errors
/// Bytes that are no cells.
pub fn cell_at(mut bytes: &[u8], place: usize) -> io::Result<Cell<'_>> {
    for _ in 0..place {
        bytes = cell(bytes)?.1;
    }
    Ok(cell(bytes)?.0)
}

fn cell(bytes: &[u8]) -> io::Result<(Cell<'_>, &[u8])> {
    let (sort, rest) = bytes.split_first().ok_or_else(no_row)?;
    Ok(match *sort {
        EMPTY => (Cell::Empty, rest),
        TEXT => {
            let (text, rest) = text(rest)?;
            (Cell::Text(Cow::Borrowed(text)), rest)
        }
        LIST => {
            let (n, mut rest) = array(rest)?;
            let mut list = Vec::new();
            for _ in 0..u32::from_le_bytes(n) {
                let (item, after) = text(rest)?;
                list.push(Cow::Borrowed(item));
                rest = after;
            }
            (Cell::List(list), rest)
        }
        INTEGER => {
            let (n, rest) = array(rest)?;
            (Cell::Integer(i64::from_le_bytes(n)), rest)
        }
        NUMBER => {
            let (number, rest) = text(rest)?;
            let number: Decimal = number.parse().map_err(|_| no_row())?;
            (Cell::Number(number), rest)
        }
        DATE => {
            let (days, rest) = array(rest)?;
            let date = Date::from_days(i64::from_le_bytes(days)).ok_or_else(no_row)?;
            (Cell::Date(date), rest)
        }
        _ => return Err(no_row()),
    })
}

fn no_row() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "no packed row")
}

fn array<const N: usize>(bytes: &[u8]) -> io::Result<([u8; N], &[u8])> {
    let (array, rest) = bytes.split_first_chunk().ok_or_else(no_row)?;
    Ok((*array, rest))
}

fn text_bytes(bytes: &[u8]) -> io::Result<(&[u8], &[u8])> {
    let (length, rest) = array(bytes)?;
    let length = u32::from_le_bytes(length) as usize;
    rest.split_at_checked(length).ok_or_else(no_row)
}

fn text(bytes: &[u8]) -> io::Result<(&str, &[u8])> {
    let (text, rest) = text_bytes(bytes)?;
    Ok((std::str::from_utf8(text).map_err(|_| no_row())?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back() {
        let rows = [
            vec![Cell::Empty, "投资".into(), Cell::Integer(-3)],
            vec![
                Cell::Number("-6.50".parse().unwrap()),
                Cell::Date("2024-06-30".parse().unwrap()),
                vec![Cow::Borrowed("甲"), Cow::Borrowed("")].into(),
            ],
            Vec::new(),
        ];
        let mut bytes = Vec::new();
        for (tag, row) in rows.iter().enumerate() {
            append_row(tag as u8, row, &mut bytes);
        }
        let mut reader = Reader::new(bytes.as_slice());
        for (tag, row) in rows.iter().enumerate() {
            let (read_tag, packed) = reader.next_row().unwrap().unwrap();
            assert_eq!((read_tag, &cells(packed).unwrap()), (tag as u8, row));
            for (place, cell) in row.iter().enumerate() {
                assert_eq!(cell_at(packed, place).unwrap(), *cell);
            }
            assert!(cell_at(packed, row.len()).is_err());
        }
        assert!(reader.next_row().unwrap().is_none());
        let read: Vec<u8> = super::rows(&bytes).map(|row| row.unwrap().0).collect();
        assert_eq!(read, [0, 1, 2]);
    }

    #[test]
    fn torn_rows_are_refused() {
        let mut bytes = Vec::new();
        append_row(0, &["投资".into()], &mut bytes);
        for end in 1..bytes.len() {
            assert!(Reader::new(&bytes[..end]).next_row().is_err(), "{end}");
            assert!(super::rows(&bytes[..end]).next().unwrap().is_err(), "{end}");
        }
        let (_, packed) = super::rows(&bytes).next().unwrap().unwrap();
        for end in 1..packed.len() {
            assert!(cells(&packed[..end]).is_err(), "{end}");
        }
    }
}
