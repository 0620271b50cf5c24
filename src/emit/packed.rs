//! Rows in a compact binary form: how they wait on disk for the formats that are written at the end (a workbook, a
//! database), with nothing of their types lost.

use std::borrow::Cow;
use std::io::{self, Read};

use super::rows::Cell;
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
    push_length(cells.len(), out);
    for cell in cells {
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
}

fn push_length(length: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
}

fn push_text(text: &str, out: &mut Vec<u8>) {
    push_length(text.len(), out);
    out.extend_from_slice(text.as_bytes());
}

/// A row read back: its tag and its cells.
pub type Row = (u8, Vec<Cell<'static>>);

/// Reads the next row; `None` at the end.
///
/// # Errors
/// What the reader answers, and what is no row.
pub fn read_row(reader: &mut impl Read) -> io::Result<Option<Row>> {
    let mut tag = [0];
    if reader.read(&mut tag)? == 0 {
        return Ok(None);
    }
    let n = length(reader)?;
    let mut cells = Vec::new();
    for _ in 0..n {
        cells.push(cell(reader)?);
    }
    Ok(Some((tag[0], cells)))
}

fn cell(reader: &mut impl Read) -> io::Result<Cell<'static>> {
    Ok(match array::<1>(reader)?[0] {
        EMPTY => Cell::Empty,
        TEXT => Cell::Text(Cow::Owned(text(reader)?)),
        LIST => {
            let n = length(reader)?;
            let list = (0..n).map(|_| text(reader).map(Cow::Owned));
            Cell::List(list.collect::<io::Result<_>>()?)
        }
        INTEGER => Cell::Integer(i64::from_le_bytes(array(reader)?)),
        NUMBER => {
            let number: Result<Decimal, _> = text(reader)?.parse();
            Cell::Number(number.map_err(|_| no_row())?)
        }
        DATE => {
            let days = i64::from_le_bytes(array(reader)?);
            Cell::Date(Date::from_days(days).ok_or_else(no_row)?)
        }
        _ => return Err(no_row()),
    })
}

fn no_row() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "no packed row")
}

fn array<const N: usize>(reader: &mut impl Read) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    reader.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn length(reader: &mut impl Read) -> io::Result<usize> {
    Ok(u32::from_le_bytes(array(reader)?) as usize)
}

fn text(reader: &mut impl Read) -> io::Result<String> {
    let n = length(reader)? as u64;
    let mut text = String::new();
    if reader.by_ref().take(n).read_to_string(&mut text)? as u64 != n {
        return Err(no_row());
    }
    Ok(text)
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
        let mut reader = bytes.as_slice();
        for (tag, row) in rows.iter().enumerate() {
            let read = read_row(&mut reader).unwrap().unwrap();
            assert_eq!(read, (tag as u8, row.clone()));
        }
        assert!(read_row(&mut reader).unwrap().is_none());
    }

    #[test]
    fn torn_rows_are_refused() {
        let mut bytes = Vec::new();
        append_row(0, &["投资".into()], &mut bytes);
        for end in 1..bytes.len() {
            assert!(read_row(&mut &bytes[..end]).is_err(), "{end}");
        }
    }
}
