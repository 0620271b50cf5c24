//! The [sheets](super::sheets) as a workbook that an office can use at once: Chinese headings, frozen panes, filters,
//! dates as dates, wrapped text. A sheet holds 1,048,576 rows; what is more goes on in a numbered workbook.
//!
//! The work is cut into jobs that may be [done](Job::run) side by side, and whose results are put together in
//! their order by [`Books`]; [`write()`] does all of it on one thread. The bytes are the same. Memory stays small
//! whatever the number of rows: compressed sheets wait on disk, and of the two sheets whose rows are not in the order
//! of the text sixteen bytes a row are held.

mod frame;
mod job;
mod lines;
mod plan;

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use flate2::Crc;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter, time::UtcDateTime};

use self::frame::Part;
pub use self::job::{Done, Job, Piece, Run};
pub use self::plan::Jobs;
use super::sheets::SheetId;

/// The rows of a sheet, its headings among them.
const MAX_ROWS: u32 = 1_048_576;

/// 1980-01-01, the first day of ZIP files: the clock stays out of the file.
const DAY_ONE: i64 = 315_532_800;

/// Writes workbooks of packed rows, tagged by [`SheetId`], into a folder; answers their names.
///
/// The same rows give the same bytes.
///
/// # Errors
/// What the reader and the file system answer.
pub fn write(
    rows: impl Read,
    name: &str,
    folder: &Path,
    temporary: &Path,
) -> io::Result<Vec<String>> {
    let mut books = Books::new(name, folder, temporary)?;
    for job in jobs(rows, temporary)? {
        books.add(job?.run()?)?;
    }
    Ok(books.names)
}

/// What is to be done to write workbooks of packed rows, tagged by [`SheetId`].
///
/// # Errors
/// What the file system answers.
pub fn jobs<R: Read>(rows: R, temporary: &Path) -> io::Result<Jobs<R>> {
    Jobs::new(rows, temporary, MAX_ROWS)
}

/// The name of the n-th workbook: `gongwen.xlsx`, `gongwen-2.xlsx`.
pub fn numbered(name: &str, n: usize) -> String {
    match name.rsplit_once('.') {
        _ if n < 2 => name.to_owned(),
        Some((stem, ending)) => format!("{stem}-{n}.{ending}"),
        None => format!("{name}-{n}"),
    }
}

/// Puts workbooks together of what is done, in the order of the jobs.
#[derive(Debug)]
pub struct Books {
    name: String,
    folder: PathBuf,
    temporary: PathBuf,
    names: Vec<String>,
    sheets: Vec<Compressed>,
}

/// The rows of a sheet, compressed, on disk.
#[derive(Debug)]
struct Compressed {
    file: BufWriter<File>,
    crc: Crc,
    length: u64,
}

impl Compressed {
    fn new(temporary: &Path) -> io::Result<Compressed> {
        Ok(Compressed {
            file: BufWriter::new(tempfile::tempfile_in(temporary)?),
            crc: Crc::new(),
            length: 0,
        })
    }
}

impl Books {
    /// Workbooks of this name in a folder.
    ///
    /// # Errors
    /// What the file system answers.
    pub fn new(name: &str, folder: &Path, temporary: &Path) -> io::Result<Books> {
        Ok(Books {
            name: name.to_owned(),
            folder: folder.to_owned(),
            temporary: temporary.to_owned(),
            names: Vec::new(),
            sheets: fresh(temporary)?,
        })
    }

    /// Adds what is done.
    ///
    /// # Errors
    /// What the file system answers.
    pub fn add(&mut self, done: Done) -> io::Result<()> {
        let (id, piece) = match done {
            Done::Close(rows) => return self.close(&rows),
            Done::Piece(id, piece) => (id, piece),
        };
        let sheet = &mut self.sheets[id as usize];
        sheet.file.write_all(&piece.deflated)?;
        sheet.crc.combine(&piece.crc);
        sheet.length += piece.length;
        Ok(())
    }

    /// The names of the workbooks that are whole.
    pub fn names(self) -> Vec<String> {
        self.names
    }

    fn close(&mut self, rows: &[u32; SheetId::ALL.len()]) -> io::Result<()> {
        let new = fresh(&self.temporary)?;
        let mut sheets = std::mem::replace(&mut self.sheets, new);
        let name = numbered(&self.name, self.names.len() + 1);
        let file = File::create(self.folder.join(&name))?;
        let mut archive = ZipArchiveWriter::new(BufWriter::with_capacity(1 << 18, file));
        for part in frame::parts(rows)? {
            let (Part::Whole { name, .. } | Part::Sheet { name, .. }) = &part;
            let entry = archive
                .new_file(name.as_str())
                .last_modified(UtcDateTime::from_unix(DAY_ONE))
                .compression_method(CompressionMethod::DEFLATE);
            let (mut entry, _) = entry.start().map_err(answer)?;
            let described = match part {
                Part::Whole {
                    deflated,
                    crc,
                    length,
                    ..
                } => {
                    entry.write_all(&deflated)?;
                    DataDescriptorOutput::new(crc, length)
                }
                Part::Sheet { id, head, tail, .. } => {
                    let sheet = &mut sheets[id as usize];
                    let (mut head, tail) =
                        (Piece::of(head.as_bytes())?, Piece::of(tail.as_bytes())?);
                    entry.write_all(&head.deflated)?;
                    sheet.file.flush()?;
                    sheet.file.get_mut().rewind()?;
                    io::copy(sheet.file.get_mut(), &mut entry)?;
                    entry.write_all(&tail.deflated)?;
                    entry.write_all(&job::END)?;
                    head.crc.combine(&sheet.crc);
                    head.crc.combine(&tail.crc);
                    let length = head.length + sheet.length + tail.length;
                    DataDescriptorOutput::new(head.crc.sum(), length)
                }
            };
            entry.finish(described).map_err(answer)?;
        }
        let mut out = archive.finish().map_err(answer)?;
        out.flush()?;
        out.get_ref().sync_all()?;
        self.names.push(name);
        Ok(())
    }
}

fn fresh(temporary: &Path) -> io::Result<Vec<Compressed>> {
    let sheets = SheetId::ALL.iter().map(|_| Compressed::new(temporary));
    sheets.collect()
}

fn answer(error: rawzip::Error) -> io::Error {
    match error.kind() {
        rawzip::ErrorKind::IO(cause) => match cause.raw_os_error() {
            Some(code) => io::Error::from_raw_os_error(code),
            None => io::Error::from(cause.kind()),
        },
        _ => io::Error::other(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::cell::Cell;
    use crate::emit::packed;

    fn row(id: SheetId, first: Cell<'static>) -> Vec<u8> {
        let mut cells = vec![Cell::Empty; id.sheet().columns.len()];
        cells[0] = first;
        let mut bytes = Vec::new();
        packed::append_row(id as u8, &cells, &mut bytes);
        bytes
    }

    fn write(rows: &[Vec<u8>], max_rows: u32) -> (tempfile::TempDir, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let here = folder.path();
        let mut books = Books::new("gongwen.xlsx", here, here).unwrap();
        let rows = rows.concat();
        for job in Jobs::new(rows.as_slice(), here, max_rows).unwrap() {
            books.add(job.unwrap().run().unwrap()).unwrap();
        }
        let names = books.names();
        (folder, names)
    }

    #[test]
    fn a_full_sheet_goes_on_in_another_workbook() {
        let rows: Vec<_> = (0..7)
            .map(|i| row(SheetId::Ledger, Cell::from(format!("任务{i}"))))
            .collect();
        let (_folder, names) = write(&rows, 4);
        assert_eq!(names, ["gongwen.xlsx", "gongwen-2.xlsx", "gongwen-3.xlsx"]);
        let (_folder, names) = write(&rows, 8);
        assert_eq!(names, ["gongwen.xlsx"]);
        let (_folder, names) = write(&[], 8);
        assert_eq!(names, ["gongwen.xlsx"]);
        // Blocks have a line of their own.
        let rows: Vec<_> = ["甲局", "乙局", "甲局"]
            .iter()
            .map(|&unit| row(SheetId::Duties, Cell::from(unit)))
            .collect();
        assert_eq!(write(&rows, 6).1.len(), 1);
        assert_eq!(write(&rows, 5).1.len(), 2);
    }

    #[test]
    fn a_notice_is_not_begun_in_a_workbook_that_is_nearly_full() {
        let mut rows: Vec<_> = (0..198)
            .map(|_| row(SheetId::Ledger, "任务".into()))
            .collect();
        rows.push(row(SheetId::Notices, "通知".into()));
        assert_eq!(write(&rows, 200).1.len(), 2);
        assert_eq!(write(&rows, 300).1.len(), 1);
    }

    #[test]
    fn the_same_rows_give_the_same_bytes() {
        let rows = [
            row(SheetId::Ledger, Cell::from("=1+1")),
            row(
                SheetId::Milestones,
                Cell::Date("2024-06-30".parse().unwrap()),
            ),
            row(SheetId::Milestones, Cell::Empty),
            row(
                SheetId::Milestones,
                Cell::Date("1024-06-30".parse().unwrap()),
            ),
        ];
        let bytes = || {
            let (folder, names) = write(&rows, 100);
            std::fs::read(folder.path().join(&names[0])).unwrap()
        };
        assert_eq!(bytes(), bytes());
    }

    #[test]
    fn another_reader_reads_the_rows_in_their_order() {
        use calamine::{Data, Reader, Xlsx, open_workbook};
        // More than one job a sheet, and blocks across jobs.
        let long = "长".repeat(5_000);
        let mut rows = Vec::new();
        for i in 0..60 {
            rows.push(row(SheetId::Ledger, Cell::from(format!("{i}{long}"))));
            let unit = format!("{}{long}", ["甲局", "乙局"][i % 2]);
            rows.push(row(SheetId::Duties, Cell::from(unit)));
        }
        let (folder, names) = write(&rows, 1000);
        let mut book: Xlsx<_> = open_workbook(folder.path().join(&names[0])).unwrap();
        let ledger = book.worksheet_range("任务台账").unwrap();
        assert_eq!(ledger.height(), 61);
        for (i, row) in ledger.rows().skip(1).enumerate() {
            assert_eq!(row[0], Data::Float(i as f64 + 1.0));
            assert_eq!(row[1], Data::String(format!("{i}{long}")));
        }
        let duties = book.worksheet_range("责任分工").unwrap();
        let numbers: Vec<String> = duties.rows().skip(1).map(|r| r[0].to_string()).collect();
        let block = std::iter::once(String::new()).chain((1..=30).map(|n| n.to_string()));
        let expected: Vec<String> = block.clone().chain(block).collect();
        assert_eq!(numbers, expected);
        assert_eq!(duties.get((1, 2)).unwrap().to_string(), "共 30 项");
    }
}
