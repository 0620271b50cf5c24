//! Rows of a sheet as its XML.
//!
//! Words stand in their cells, as inline strings: a table of shared ones would have to be held in memory.

use std::fmt::Write as _;

use super::frame::Looks;
use crate::decimal::Decimal;
use crate::emit::cell::Cell;
use crate::emit::sheets::Sheet;
use crate::emit::tables::Kind;

/// The characters of a cell.
const MAX_CHARS: usize = 32_767;

/// Writes the rows of one sheet, one below the other.
#[derive(Debug)]
pub struct Lines<'l> {
    /// The sheet.
    pub sheet: &'static Sheet,
    /// How cells look.
    pub looks: &'l Looks,
    /// The place of the next row, from 1 as spreadsheets count.
    pub row: u32,
    /// The XML.
    pub out: String,
}

impl Lines<'_> {
    /// A row under its running number (序号).
    pub fn row(&mut self, number: u32, cells: &[Cell<'_>]) {
        let height = height(self.sheet, cells);
        self.open_row(height);
        self.number(0, number, self.looks.middle);
        for (i, (cell, column)) in (1..).zip(cells.iter().zip(self.sheet.columns)) {
            self.cell(i, cell, column.kind);
        }
        self.close_row();
    }

    /// The line above a unit's tasks: its name in the unit's column, so that a filter on it keeps the line, and how many.
    pub fn block(&mut self, name: &str, n: i64) {
        let look = self.looks.block;
        self.open_row(17.5);
        for i in 0..=self.sheet.columns.len() {
            match i {
                1 => self.text(i, name, look),
                2 => self.text(i, &format!("共 {n} 项"), look),
                _ => self.blank(i, look),
            }
        }
        self.close_row();
    }

    fn open_row(&mut self, height: f64) {
        let row = self.row;
        let _ = write!(
            self.out,
            r#"<row r="{row}" ht="{height}" customHeight="1">"#
        );
    }

    fn close_row(&mut self) {
        self.out.push_str("</row>");
        self.row += 1;
    }

    /// `<c r="B7" s="3"`, to go on with.
    fn open_cell(&mut self, column: usize, look: u32) {
        let (name, row) = (column_name(column), self.row);
        let _ = write!(self.out, r#"<c r="{name}{row}" s="{look}""#);
    }

    fn cell(&mut self, column: usize, cell: &Cell<'_>, kind: Kind) {
        match cell {
            Cell::Empty => self.blank(column, self.looks.text),
            Cell::Integer(n) => self.number(column, n, self.looks.number),
            Cell::Number(n) if fits(*n) => self.number(column, n, self.looks.number),
            // Before 1900, and in its first two months for most programs, the calendar of spreadsheets is not ours.
            Cell::Date(date) if date.to_days() >= FIRST_DAY => {
                self.number(column, date.to_days() + DAYS_TO_1970, self.looks.date);
            }
            Cell::Date(date) => self.text(column, &date.to_string(), self.looks.middle),
            Cell::List(list) => self.text(column, &list.join("\n"), self.looks.text),
            Cell::Text(text) => self.text(column, text, self.looks.text),
            Cell::Number(n) => {
                let look = match kind {
                    Kind::Number => self.looks.number,
                    _ => self.looks.text,
                };
                self.text(column, &n.to_string(), look);
            }
        }
    }

    fn blank(&mut self, column: usize, look: u32) {
        self.open_cell(column, look);
        self.out.push_str("/>");
    }

    fn number(&mut self, column: usize, n: impl std::fmt::Display, look: u32) {
        self.open_cell(column, look);
        let _ = write!(self.out, "><v>{n}</v></c>");
    }

    /// Always a string, never a formula.
    fn text(&mut self, column: usize, text: &str, look: u32) {
        self.open_cell(column, look);
        let space = |c: Option<char>| c.is_some_and(char::is_whitespace);
        let mut chars = text.chars();
        self.out.push_str(r#" t="inlineStr"><is><t"#);
        if space(chars.next()) || space(chars.next_back()) {
            self.out.push_str(r#" xml:space="preserve""#);
        }
        self.out.push('>');
        push_words(text, &mut self.out);
        self.out.push_str("</t></is></c>");
    }
}

/// 1900-03-01, in days since 1970: spreadsheets hold 1900 for a leap year.
const FIRST_DAY: i64 = -25_508;

/// What spreadsheets count from lies so many days before 1970.
const DAYS_TO_1970: i64 = 25_569;

/// `A` for the first column; no sheet of ours has more than the letters.
fn column_name(column: usize) -> char {
    char::from_u32('A' as u32 + column as u32).unwrap_or('A')
}

/// Appends words as a cell takes them: not too long, without characters that XML has not.
fn push_words(text: &str, out: &mut String) {
    // Where the last character begins, should it have to make room.
    let (mut n, mut last) = (0, out.len());
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let mark = match c {
            '&' => Some("&amp;"),
            '<' => Some("&lt;"),
            '>' => Some("&gt;"),
            '\t' | '\n' => None,
            // Excel reads `_x000D_` as the character of that number, and an escaped underscore as itself.
            '_' if is_escape(rest.as_str()) => Some("_x005F_"),
            '\u{fffe}' | '\u{ffff}' => continue,
            c if c.is_control() => continue,
            _ => None,
        };
        n += 1;
        if n > MAX_CHARS {
            out.truncate(last);
            out.push('…');
            return;
        }
        last = out.len();
        match mark {
            Some(mark) => out.push_str(mark),
            None => out.push(c),
        }
    }
}

/// Whether `x000D_` stands here.
fn is_escape(rest: &str) -> bool {
    let rest = rest.as_bytes();
    rest.first() == Some(&b'x')
        && rest.get(5) == Some(&b'_')
        && rest
            .get(1..5)
            .is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit))
}

/// The height at which every cell shows all its lines, in points; programs other than Excel do not find it themselves.
fn height(sheet: &Sheet, cells: &[Cell<'_>]) -> f64 {
    const LINE: f64 = 14.5;
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

/// Whether a number keeps all its digits in a spreadsheet, which has fifteen.
fn fits(n: Decimal) -> bool {
    let digits = n.to_string();
    let digits = digits
        .trim_start_matches(['-', '0', '.'])
        .trim_end_matches('0');
    digits.bytes().filter(u8::is_ascii_digit).count() <= 15
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::sheets::SheetId;

    fn looks() -> Looks {
        Looks {
            block: 1,
            text: 2,
            middle: 3,
            number: 4,
            date: 5,
        }
    }

    #[track_caller]
    fn check(cell: Cell<'_>, kind: Kind, expected: &str) {
        let looks = looks();
        let mut lines = Lines {
            sheet: SheetId::Ledger.sheet(),
            looks: &looks,
            row: 7,
            out: String::new(),
        };
        lines.cell(2, &cell, kind);
        assert_eq!(lines.out, expected);
    }

    #[test]
    fn cells_by_their_kinds() {
        let day = |day: &str| Cell::Date(day.parse().unwrap());
        let text = |look: u32, words: &str| {
            format!(r#"<c r="C7" s="{look}" t="inlineStr"><is><t>{words}</t></is></c>"#)
        };
        check(Cell::Empty, Kind::Text, r#"<c r="C7" s="2"/>"#);
        check("=1+1".into(), Kind::Text, &text(2, "=1+1"));
        check("<a&b>".into(), Kind::Text, &text(2, "&lt;a&amp;b&gt;"));
        check("_x000D_".into(), Kind::Text, &text(2, "_x005F_x000D_"));
        check("_x00D_".into(), Kind::Text, &text(2, "_x00D_"));
        let spaced =
            r#"<c r="C7" s="2" t="inlineStr"><is><t xml:space="preserve"> 甲</t></is></c>"#;
        check(" 甲".into(), Kind::Text, spaced);
        check(
            vec!["甲".into(), "乙".into()].into(),
            Kind::List,
            &text(2, "甲\n乙"),
        );
        let number = |look: u32, n: &str| format!(r#"<c r="C7" s="{look}"><v>{n}</v></c>"#);
        check(Cell::Integer(-3), Kind::Integer, &number(4, "-3"));
        let n = |n: &str| Cell::Number(n.parse().unwrap());
        check(n("39000000000"), Kind::Number, &number(4, "39000000000"));
        check(n("6.5"), Kind::Number, &number(4, "6.5"));
        let long = "12345678901234567";
        check(n(long), Kind::Number, &text(4, long));
        check(day("2024-06-30"), Kind::Date, &number(5, "45473"));
        check(day("1900-03-01"), Kind::Date, &number(5, "61"));
        check(day("1900-02-28"), Kind::Date, &text(3, "1900-02-28"));
    }

    #[test]
    fn columns_have_a_letter() {
        assert_eq!(column_name(0), 'A');
        for id in SheetId::ALL {
            assert!(column_name(id.sheet().columns.len()) <= 'Z');
        }
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
        assert_eq!(high(&cells), 17.5);
        // The column of units is 20 wide: 18 for words.
        cells[0] = Cell::from("局".repeat(9));
        assert_eq!(high(&cells), 17.5);
        cells[0] = Cell::from("局".repeat(10));
        assert_eq!(high(&cells), 32.0);
        cells[0] = Cell::from("局".repeat(5000));
        assert_eq!(high(&cells), 405.0);
    }

    #[test]
    fn cells_hold_what_they_can() {
        let shown = |text: &str| {
            let mut out = String::new();
            push_words(text, &mut out);
            out
        };
        assert_eq!(shown("a\u{0}b\r\nc\u{1}\u{ffff}"), "ab\nc");
        let long = shown(&"长".repeat(40_000));
        assert_eq!(long.chars().count(), MAX_CHARS);
        assert!(long.ends_with("长…"));
        assert_eq!(shown(&"长".repeat(MAX_CHARS)), "长".repeat(MAX_CHARS));
    }
}
