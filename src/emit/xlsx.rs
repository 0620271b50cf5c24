//! The [sheets](super::sheets) as a workbook that an office can use at once: Chinese headings, frozen panes, filters,
//! dates as dates, wrapped text. A sheet holds 1,048,576 rows; what is more goes on in a numbered workbook.
//!
//! Memory stays small whatever the number of rows: the library streams each sheet to a file, and the two sheets whose
//! rows are not in the order of the text wait as packed rows on disk, with sixteen bytes each in memory.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, Write};
use std::path::Path;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::packed;
use super::rows::Cell;
use super::sheets::{Order, Sheet, SheetId};
use super::tables::Kind;
use crate::decimal::Decimal;

/// The rows of a sheet, its headings among them.
const MAX_ROWS: u32 = 1_048_576;

/// The characters of a cell.
const MAX_CHARS: usize = 32_767;

/// How many bytes of rows go into one workbook, so that no part of it passes the 4 GiB of a plain ZIP file.
const MAX_BYTES: u64 = 1 << 30;

/// Writes workbooks of packed rows, tagged by [`SheetId`], into a folder; answers their names.
///
/// The same rows give the same bytes.
///
/// # Errors
/// What the reader and the file system answer.
pub fn write(
    rows: &mut impl Read,
    name: &str,
    folder: &Path,
    temporary: &Path,
) -> io::Result<Vec<String>> {
    write_bounded(rows, name, folder, temporary, MAX_ROWS)
}

/// The name of the n-th workbook: `gongwen.xlsx`, `gongwen-2.xlsx`.
pub fn numbered(name: &str, n: usize) -> String {
    match name.rsplit_once('.') {
        _ if n < 2 => name.to_owned(),
        Some((stem, ending)) => format!("{stem}-{n}.{ending}"),
        None => format!("{name}-{n}"),
    }
}

fn write_bounded(
    rows: &mut impl Read,
    name: &str,
    folder: &Path,
    temporary: &Path,
    max_rows: u32,
) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    let mut close = |book: Book<'_>| -> io::Result<()> {
        let name = numbered(name, names.len() + 1);
        book.save(&folder.join(&name))?;
        names.push(name);
        Ok(())
    };
    let mut book = Book::new(temporary, max_rows)?;
    while let Some((tag, cells)) = packed::read_row(rows)? {
        let Some(id) = SheetId::ALL.get(usize::from(tag)) else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "no such sheet"));
        };
        if !book.has_room(*id, &cells) {
            close(std::mem::replace(
                &mut book,
                Book::new(temporary, max_rows)?,
            ))?;
        }
        book.add(*id, cells)?;
    }
    close(book)?;
    Ok(names)
}

/// A workbook that is being written.
struct Book<'t> {
    workbook: Workbook,
    looks: Looks,
    /// How many rows each sheet has, headings and blocks among them.
    rows: [u32; SheetId::ALL.len()],
    sorted: Vec<Waiting>,
    bytes: u64,
    max_rows: u32,
    temporary: &'t Path,
}

impl<'t> Book<'t> {
    fn new(temporary: &'t Path, max_rows: u32) -> io::Result<Book<'t>> {
        let mut workbook = Workbook::new();
        workbook.set_tempdir(temporary).map_err(answer)?;
        // The clock stays out of the file.
        let created = ExcelDateTime::from_ymd(2000, 1, 1).map_err(answer)?;
        let properties = DocProperties::new()
            .set_title("公文结构化台账")
            .set_creation_datetime(&created);
        workbook.set_properties(&properties);
        let looks = Looks::new();
        let mut sorted = Vec::new();
        for id in SheetId::ALL {
            let sheet = id.sheet();
            set_up(workbook.add_worksheet_with_constant_memory(), sheet, &looks).map_err(answer)?;
            sorted.push(Waiting::new(temporary)?);
        }
        Ok(Book {
            workbook,
            looks,
            rows: [1; SheetId::ALL.len()],
            sorted,
            bytes: 0,
            max_rows,
            temporary,
        })
    }

    fn has_room(&self, id: SheetId, cells: &[Cell<'_>]) -> bool {
        let waiting = &self.sorted[id as usize];
        let more = match id.sheet().order {
            Order::Blocks(column) if !waiting.knows(cells.get(column)) => 2,
            _ => 1,
        };
        self.rows[id as usize] + more <= self.max_rows && self.bytes < MAX_BYTES
    }

    fn add(&mut self, id: SheetId, cells: Vec<Cell<'static>>) -> io::Result<()> {
        let place = id as usize;
        self.bytes += cells.iter().map(weight).sum::<u64>();
        let waiting = &mut self.sorted[place];
        match id.sheet().order {
            Order::Text => {
                let row = self.rows[place];
                let sheet = self.workbook.worksheet_from_index(place).map_err(answer)?;
                write_row(sheet, row, row, id.sheet(), &cells, &self.looks).map_err(answer)?;
                self.rows[place] += 1;
            }
            Order::Blocks(column) => {
                let (block, new) = waiting.block(cells.get(column));
                self.rows[place] += 1 + u32::from(new);
                waiting.push(i64::from(block), &cells)?;
            }
            Order::Day(column) => {
                let day = match cells.get(column) {
                    Some(Cell::Date(date)) => date.to_days(),
                    _ => i64::MAX,
                };
                self.rows[place] += 1;
                waiting.push(day, &cells)?;
            }
        }
        Ok(())
    }

    fn save(mut self, path: &Path) -> io::Result<()> {
        for id in SheetId::ALL {
            let place = id as usize;
            let blocks = matches!(id.sheet().order, Order::Blocks(_));
            let worksheet = self.workbook.worksheet_from_index(place).map_err(answer)?;
            let waiting = std::mem::replace(&mut self.sorted[place], Waiting::new(self.temporary)?);
            waiting.write(worksheet, id.sheet(), blocks, &self.looks)?;
            let last = self.rows[place].saturating_sub(1);
            let columns = id.sheet().columns.len() as u16;
            worksheet.autofilter(0, 0, last, columns).map_err(answer)?;
        }
        let file = File::create(path)?;
        let mut out = BufWriter::with_capacity(1 << 18, file);
        self.workbook.save_to_writer(&mut out).map_err(answer)?;
        out.flush()?;
        out.into_inner()
            .map_err(io::IntoInnerError::into_error)?
            .sync_all()
    }
}

fn weight(cell: &Cell<'_>) -> u64 {
    match cell {
        Cell::Text(text) => text.len() as u64 + 40,
        Cell::List(list) => list.iter().map(|t| t.len() as u64 + 1).sum::<u64>() + 40,
        _ => 40,
    }
}

/// Rows that stand in another order than they come in: on disk, with their keys in memory.
struct Waiting {
    file: BufWriter<File>,
    length: u64,
    keys: Vec<(i64, u64)>,
    blocks: HashMap<String, u32>,
    packed: Vec<u8>,
}

impl Waiting {
    fn new(temporary: &Path) -> io::Result<Waiting> {
        Ok(Waiting {
            file: BufWriter::new(tempfile::tempfile_in(temporary)?),
            length: 0,
            keys: Vec::new(),
            blocks: HashMap::new(),
            packed: Vec::new(),
        })
    }

    fn knows(&self, name: Option<&Cell<'_>>) -> bool {
        name.is_some_and(|name| self.blocks.contains_key(name.to_text().as_ref()))
    }

    /// The number of the block of this name, and whether it is a new one.
    fn block(&mut self, name: Option<&Cell<'_>>) -> (u32, bool) {
        let name = name.map(Cell::to_text).unwrap_or_default();
        if let Some(block) = self.blocks.get(name.as_ref()) {
            return (*block, false);
        }
        let block = self.blocks.len() as u32;
        self.blocks.insert(name.into_owned(), block);
        (block, true)
    }

    fn push(&mut self, key: i64, cells: &[Cell<'_>]) -> io::Result<()> {
        self.packed.clear();
        packed::append_row(0, cells, &mut self.packed);
        self.file.write_all(&self.packed)?;
        self.keys.push((key, self.length));
        self.length += self.packed.len() as u64;
        Ok(())
    }

    /// Writes the rows sorted by their keys, then in the order in which they came.
    fn write(
        mut self,
        worksheet: &mut Worksheet,
        sheet: &Sheet,
        blocks: bool,
        looks: &Looks,
    ) -> io::Result<()> {
        self.keys.sort_unstable();
        let file = self.file.into_inner();
        let mut reader = BufReader::new(file.map_err(io::IntoInnerError::into_error)?);
        reader.rewind()?;
        let (mut row, mut at) = (1, 0);
        let mut number = 0;
        let mut block = None;
        let sizes = if blocks {
            sizes(&self.keys)
        } else {
            Vec::new()
        };
        for (key, offset) in self.keys {
            let step = i64::try_from(offset).unwrap_or(0) - i64::try_from(at).unwrap_or(0);
            reader.seek_relative(step)?;
            let Some((_, cells)) = packed::read_row(&mut reader)? else {
                return Err(io::ErrorKind::UnexpectedEof.into());
            };
            at = reader.stream_position()?;
            if blocks && block != Some(key) {
                block = Some(key);
                number = 0;
                let n = usize::try_from(key).ok().and_then(|k| sizes.get(k));
                write_block(
                    worksheet,
                    row,
                    sheet,
                    &cells,
                    n.copied().unwrap_or(0),
                    looks,
                )
                .map_err(answer)?;
                row += 1;
            }
            number += 1;
            write_row(worksheet, row, number, sheet, &cells, looks).map_err(answer)?;
            row += 1;
        }
        Ok(())
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

/// How cells look.
struct Looks {
    heading: Format,
    block: Format,
    text: Format,
    middle: Format,
    number: Format,
    date: Format,
}

impl Looks {
    fn new() -> Looks {
        let base = || {
            Format::new()
                .set_font_name("宋体")
                .set_font_size(10)
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0xBF_BF_BF))
                .set_align(FormatAlign::Top)
        };
        Looks {
            heading: base()
                .set_bold()
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap()
                .set_background_color(Color::RGB(0xD9_E2_F3)),
            block: base()
                .set_bold()
                .set_background_color(Color::RGB(0xFF_F2_CC)),
            text: base().set_text_wrap(),
            middle: base().set_align(FormatAlign::Center),
            number: base()
                .set_align(FormatAlign::Right)
                .set_num_format("#,##0.######"),
            date: base()
                .set_align(FormatAlign::Center)
                .set_num_format("yyyy-mm-dd"),
        }
    }
}

fn set_up(worksheet: &mut Worksheet, sheet: &Sheet, looks: &Looks) -> Result<(), XlsxError> {
    worksheet.set_name(sheet.title)?;
    worksheet.set_column_width(0, 6)?;
    worksheet.set_freeze_panes(1, sheet.frozen)?;
    worksheet.set_row_height(0, 28)?;
    worksheet.write_with_format(0, 0, "序号", &looks.heading)?;
    for (i, column) in (1..).zip(sheet.columns) {
        worksheet.set_column_width(i, column.width)?;
        worksheet.write_with_format(0, i, column.title, &looks.heading)?;
    }
    // On paper: across, A3 where the columns are many, as wide as the page, headings on each.
    let total: f64 = sheet.columns.iter().map(|column| column.width).sum();
    let paper = if total > 250.0 { 8 } else { 9 };
    worksheet.set_landscape().set_paper_size(paper);
    worksheet.set_print_fit_to_pages(1, 0);
    worksheet.set_repeat_rows(0, 0)?;
    worksheet.set_header(format!("&C{}", sheet.title));
    worksheet.set_footer("&C第 &P 页，共 &N 页");
    worksheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    Ok(())
}

fn write_row(
    worksheet: &mut Worksheet,
    row: u32,
    number: u32,
    sheet: &Sheet,
    cells: &[Cell<'_>],
    looks: &Looks,
) -> Result<(), XlsxError> {
    worksheet.set_row_height(row, height(sheet, cells))?;
    worksheet.write_with_format(row, 0, number, &looks.middle)?;
    for (i, (cell, column)) in (1..).zip(cells.iter().zip(sheet.columns)) {
        write_cell(worksheet, row, i, cell, column.kind, looks)?;
    }
    Ok(())
}

/// The height at which every cell shows all its lines, in points; programs other than Excel do not find it themselves.
fn height(sheet: &Sheet, cells: &[Cell<'_>]) -> f64 {
    const LINE: f64 = 13.5;
    const MAX: f64 = 405.0;
    let lines = cells.iter().zip(sheet.columns).map(|(cell, column)| {
        // A little is left for margins, and for words that do not break at the last column.
        let room = (column.width as usize).saturating_sub(2).max(2);
        match cell {
            Cell::Text(text) => text.split('\n').map(|line| folded(line, room)).sum(),
            Cell::List(list) => list.iter().map(|item| folded(item, room)).sum(),
            _ => 1,
        }
    });
    (lines.max().unwrap_or(1) as f64 * LINE + 3.0).min(MAX)
}

/// How many lines words take in so many columns: two a Chinese character, one a Latin one.
fn folded(text: &str, room: usize) -> usize {
    let columns: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    columns.div_ceil(room).max(1)
}

/// The line above a unit's tasks: its name in the unit's column, so that a filter on it keeps the line, and how many.
fn write_block(
    worksheet: &mut Worksheet,
    row: u32,
    sheet: &Sheet,
    cells: &[Cell<'_>],
    n: u32,
    looks: &Looks,
) -> Result<(), XlsxError> {
    let name = cells.first().map(Cell::to_text).unwrap_or_default();
    for i in 0..=sheet.columns.len() as u16 {
        match i {
            1 => worksheet.write_string_with_format(row, i, shown(&name), &looks.block)?,
            2 => worksheet.write_string_with_format(row, i, format!("共 {n} 项"), &looks.block)?,
            _ => worksheet.write_blank(row, i, &looks.block)?,
        };
    }
    Ok(())
}

fn write_cell(
    worksheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell<'_>,
    kind: Kind,
    looks: &Looks,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {
            worksheet.write_blank(row, column, &looks.text)?;
        }
        Cell::Integer(n) => {
            worksheet.write_number_with_format(row, column, *n as f64, &looks.number)?;
        }
        Cell::Number(n) if fits(*n) => {
            worksheet.write_number_with_format(row, column, n.to_f64(), &looks.number)?;
        }
        Cell::Date(date) => {
            let (year, month, day) = (date.year() as u16, date.month() as u8, date.day() as u8);
            match ExcelDateTime::from_ymd(year, month, day) {
                Ok(day) => worksheet.write_datetime_with_format(row, column, &day, &looks.date)?,
                // Before 1900 the calendar of spreadsheets has no days.
                Err(_) => worksheet.write_string_with_format(
                    row,
                    column,
                    date.to_string(),
                    &looks.middle,
                )?,
            };
        }
        Cell::List(list) => {
            let lines = shown(&list.join("\n"));
            worksheet.write_string_with_format(row, column, lines, &looks.text)?;
        }
        // Always a string, never a formula.
        Cell::Text(_) | Cell::Number(_) => {
            let look = if kind == Kind::Number {
                &looks.number
            } else {
                &looks.text
            };
            worksheet.write_string_with_format(row, column, shown(&cell.to_text()), look)?;
        }
    }
    Ok(())
}

/// Whether a number keeps all its digits in a spreadsheet, which has fifteen.
fn fits(n: Decimal) -> bool {
    let digits = n.to_string();
    let digits = digits
        .trim_start_matches(['-', '0', '.'])
        .trim_end_matches('0');
    digits.bytes().filter(u8::is_ascii_digit).count() <= 15
}

/// Words as a cell takes them: not too long, without characters that XML has not.
fn shown(text: &str) -> String {
    let allowed = |c: &char| match c {
        '\t' | '\n' => true,
        '\u{fffe}' | '\u{ffff}' => false,
        c => !c.is_control(),
    };
    let mut words: String = text.chars().filter(allowed).take(MAX_CHARS + 1).collect();
    if let Some((at, _)) = words.char_indices().nth(MAX_CHARS) {
        words.truncate(at);
        words.pop();
        words.push('…');
    }
    words
}

fn answer(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        XlsxError::ZipError(error) => io::Error::from(error),
        error => io::Error::other(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: SheetId, first: Cell<'static>) -> Vec<u8> {
        let mut cells = vec![Cell::Empty; id.sheet().columns.len()];
        cells[0] = first;
        let mut bytes = Vec::new();
        packed::append_row(id as u8, &cells, &mut bytes);
        bytes
    }

    fn write(rows: &[Vec<u8>], max_rows: u32) -> (tempfile::TempDir, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let names = write_bounded(
            &mut rows.concat().as_slice(),
            "gongwen.xlsx",
            folder.path(),
            folder.path(),
            max_rows,
        );
        (folder, names.unwrap())
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
        // Blocks have a line of their own.
        let rows: Vec<_> = ["甲局", "乙局", "甲局"]
            .iter()
            .map(|&unit| row(SheetId::Duties, Cell::from(unit)))
            .collect();
        assert_eq!(write(&rows, 6).1.len(), 1);
        assert_eq!(write(&rows, 5).1.len(), 2);
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
    fn numbers_with_too_many_digits_stay_words() {
        #[track_caller]
        fn check(n: &str, expected: bool) {
            assert_eq!(fits(n.parse().unwrap()), expected, "{n}");
        }
        check("39000000000", true);
        check("-6.5", true);
        check("0.000000000000000123", true);
        check("123456789012345", true);
        check("1234567890123456", false);
        check("12345678901234560000", false);
        check("1000000000000000000000", true);
    }

    #[test]
    fn rows_are_as_high_as_their_words() {
        let mut cells = vec![Cell::Empty; SheetId::Duties.sheet().columns.len()];
        let high = |cells: &[Cell<'_>]| height(SheetId::Duties.sheet(), cells);
        assert_eq!(high(&cells), 16.5);
        // The column of units is 24 wide: 22 for words.
        cells[0] = Cell::from("局".repeat(11));
        assert_eq!(high(&cells), 16.5);
        cells[0] = Cell::from("局".repeat(12));
        assert_eq!(high(&cells), 30.0);
        cells[0] = Cell::from("局".repeat(5000));
        assert_eq!(high(&cells), 405.0);
    }

    #[test]
    fn cells_hold_what_they_can() {
        assert_eq!(shown("a\u{0}b\r\nc\u{1}"), "ab\nc");
        assert_eq!(shown(&"长".repeat(40_000)).chars().count(), MAX_CHARS);
        assert_eq!(shown(&"长".repeat(MAX_CHARS)), "长".repeat(MAX_CHARS));
    }
}
