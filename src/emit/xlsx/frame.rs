//! What surrounds the rows of a workbook: everything but the rows themselves comes from the library, as a workbook
//! whose sheets hold their headings only, with one row below them that is taken out again. Its cells tell by which
//! numbers the library calls our looks.
//!
//! The library holds a height for each row in memory, writes on one thread, and panics on a full disk; so the rows are
//! ours.

use std::io::{self, Read};
use std::sync::LazyLock;

use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive};
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use crate::emit::sheets::{Sheet, SheetId};

/// How the cells of rows look: by number, as the workbook's styles are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Looks {
    /// The line above a block.
    pub block: u32,
    /// Words, wrapped.
    pub text: u32,
    /// Short words in the middle.
    pub middle: u32,
    /// Numbers.
    pub number: u32,
    /// Days.
    pub date: u32,
}

/// A part of the workbook.
#[derive(Debug)]
pub enum Part {
    /// As it is, compressed already.
    Whole {
        /// Its name in the archive.
        name: String,
        /// The compressed bytes.
        deflated: Vec<u8>,
        /// The checksum of its bytes.
        crc: u32,
        /// How many there are.
        length: u64,
    },
    /// A sheet: what stands before its rows and after them.
    Sheet {
        /// Its name in the archive.
        name: String,
        /// Which sheet it is.
        id: SheetId,
        /// Up to the first row of ours.
        head: String,
        /// From behind the last.
        tail: String,
    },
}

/// The parts of a workbook whose sheets have so many rows, headings among them; in the order of the archive.
pub fn parts(rows: &[u32; SheetId::ALL.len()]) -> io::Result<Vec<Part>> {
    let bytes = workbook(rows).map_err(io::Error::other)?;
    let archive = ZipArchive::from_slice(bytes.as_slice()).map_err(io::Error::other)?;
    let mut parts = Vec::new();
    for entry in archive.entries() {
        let entry = entry.map_err(io::Error::other)?;
        let name = String::from_utf8_lossy(entry.file_path().as_ref()).into_owned();
        let data = archive
            .get_entry(entry.wayfinder())
            .map_err(io::Error::other)?
            .data();
        if entry.compression_method() != CompressionMethod::DEFLATE {
            return Err(io::Error::other("a part that is not compressed"));
        }
        let mut sheets = SheetId::ALL.into_iter().zip(rows).enumerate();
        let sheet = sheets.find(|(i, _)| name == format!("xl/worksheets/sheet{}.xml", i + 1));
        let Some((_, (id, rows))) = sheet else {
            parts.push(Part::Whole {
                name,
                deflated: data.to_vec(),
                crc: entry.crc32(),
                length: entry.uncompressed_size_hint(),
            });
            continue;
        };
        let mut xml = String::new();
        DeflateDecoder::new(data).read_to_string(&mut xml)?;
        let cut = cut(&xml, *rows).filter(|(_, row, _)| looks_of(row).as_ref() == Some(&*LOOKS));
        let (head, _, tail) = cut.ok_or_else(|| io::Error::other("a sheet without our row"))?;
        parts.push(Part::Sheet {
            name,
            id,
            head: head.to_owned(),
            tail: tail.to_owned(),
        });
    }
    Ok(parts)
}

/// The numbers of our looks.
pub static LOOKS: LazyLock<Looks> = LazyLock::new(|| {
    let none = Looks {
        block: 0,
        text: 0,
        middle: 0,
        number: 0,
        date: 0,
    };
    let read = || -> Option<Looks> {
        let bytes = workbook(&[1; SheetId::ALL.len()]).ok()?;
        let archive = ZipArchive::from_slice(bytes.as_slice()).ok()?;
        for entry in archive.entries() {
            let entry = entry.ok()?;
            if entry.file_path().as_ref() == b"xl/worksheets/sheet1.xml" {
                let data = archive.get_entry(entry.wayfinder()).ok()?.data();
                let mut xml = String::new();
                DeflateDecoder::new(data).read_to_string(&mut xml).ok()?;
                return looks_of(cut(&xml, 1)?.1);
            }
        }
        None
    };
    read().unwrap_or(none)
});

/// A sheet's XML before the row that tells of looks, that row, and what comes after.
fn cut(xml: &str, rows: u32) -> Option<(&str, &str, &str)> {
    let start = xml.find(&format!("<row r=\"{}\"", rows + 1))?;
    let (head, rest) = xml.split_at_checked(start)?;
    let end = rest.find("</row>")? + "</row>".len();
    let (row, tail) = rest.split_at_checked(end)?;
    Some((head, row, tail))
}

fn looks_of(row: &str) -> Option<Looks> {
    let mut numbers = row
        .split("<c ")
        .skip(1)
        .map(|cell| cell.split_once(" s=\"")?.1.split_once('"')?.0.parse().ok());
    let mut next = || numbers.next().flatten();
    Some(Looks {
        block: next()?,
        text: next()?,
        middle: next()?,
        number: next()?,
        date: next()?,
    })
}

fn workbook(rows: &[u32; SheetId::ALL.len()]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The clock stays out of the file.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title("公文结构化台账")
        .set_creation_datetime(&created);
    workbook.set_properties(&properties);
    for (id, rows) in SheetId::ALL.into_iter().zip(rows) {
        set_up(workbook.add_worksheet(), id.sheet(), *rows)?;
    }
    workbook.save_to_buffer()
}

fn set_up(worksheet: &mut Worksheet, sheet: &Sheet, rows: u32) -> Result<(), XlsxError> {
    let base = || {
        Format::new()
            .set_font_name("宋体")
            .set_font_size(10)
            .set_border(FormatBorder::Thin)
            .set_border_color(Color::RGB(0xBF_BF_BF))
            .set_align(FormatAlign::Top)
    };
    let heading = base()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
        .set_background_color(Color::RGB(0xD9_E2_F3));
    let block = base()
        .set_bold()
        .set_background_color(Color::RGB(0xFF_F2_CC));
    let text = base().set_text_wrap();
    let middle = base().set_align(FormatAlign::Center);
    let number = base()
        .set_align(FormatAlign::Right)
        .set_num_format("#,##0.######");
    let date = base()
        .set_align(FormatAlign::Center)
        .set_num_format("yyyy-mm-dd");
    worksheet.set_name(sheet.title)?;
    worksheet.set_column_width(0, 6)?;
    worksheet.set_freeze_panes(1, sheet.frozen)?;
    worksheet.set_row_height(0, 28)?;
    worksheet.write_with_format(0, 0, "序号", &heading)?;
    for (i, column) in (1..).zip(sheet.columns) {
        worksheet.set_column_width(i, column.width)?;
        worksheet.write_with_format(0, i, column.title, &heading)?;
    }
    // The row that tells of looks, in the order of `looks_of`.
    for (i, look) in (0..).zip([block, text, middle, number, date]) {
        worksheet.write_blank(rows, i, &look)?;
    }
    let columns = sheet.columns.len() as u16;
    worksheet.autofilter(0, 0, rows.saturating_sub(1), columns)?;
    // On paper: across, A3 where the columns are many, as wide as the page, headings on each.
    let printed = sheet.columns.get(..sheet.printed).unwrap_or_default();
    let total: f64 = printed.iter().map(|column| column.width).sum();
    let paper = if total > 200.0 { 8 } else { 9 };
    worksheet.set_landscape().set_paper_size(paper);
    let last = rows.saturating_sub(1);
    worksheet.set_print_area(0, 0, last, sheet.printed as u16)?;
    worksheet.set_print_fit_to_pages(1, 0);
    worksheet.set_repeat_rows(0, 0)?;
    worksheet.set_header(format!("&C{}", sheet.title));
    worksheet.set_footer("&C第 &P 页，共 &N 页");
    worksheet.set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    Ok(())
}
