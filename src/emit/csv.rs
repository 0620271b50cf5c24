//! CSV: UTF-8, RFC 4180, cells that a spreadsheet would run as a formula defused.

use std::borrow::Cow;

use super::cell::Cell;
use super::tables::Table;

/// The byte-order mark that tells Excel a file is UTF-8.
pub const BOM: &[u8] = "\u{feff}".as_bytes();

/// Appends the header row.
pub fn append_header(table: &Table, out: &mut Vec<u8>) {
    append_fields(table.columns.iter().map(|c| Cow::Borrowed(c.name)), out);
}

/// Appends a row.
pub fn append_row(cells: &[Cell<'_>], out: &mut Vec<u8>) {
    append_fields(
        cells.iter().map(|cell| {
            let text = cell.to_text();
            match cell {
                Cell::Text(_) | Cell::List(_) => defused(text),
                _ => text,
            }
        }),
        out,
    );
}

fn append_fields<'c>(fields: impl Iterator<Item = Cow<'c, str>>, out: &mut Vec<u8>) {
    for (i, field) in fields.enumerate() {
        if i > 0 {
            out.push(b',');
        }
        append_field(&field, out);
    }
    out.extend_from_slice(b"\r\n");
}

fn append_field(field: &str, out: &mut Vec<u8>) {
    let bytes = field.as_bytes();
    if memchr::memchr3(b',', b'"', b'\n', bytes).is_none() && !bytes.contains(&b'\r') {
        out.extend_from_slice(bytes);
        return;
    }
    out.push(b'"');
    let mut rest = bytes;
    while let Some(at) = memchr::memchr(b'"', rest) {
        let (before, after) = rest.split_at(at + 1);
        out.extend_from_slice(before);
        out.push(b'"');
        rest = after;
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

/// Words that no spreadsheet takes for a formula: an apostrophe before the signs that start one (OWASP, "CSV
/// injection"; the full-width forms start one too in Chinese and Japanese locales). Plain numbers stay as they are.
fn defused(text: Cow<'_, str>) -> Cow<'_, str> {
    let starts = |c: char| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'
        )
    };
    if text.starts_with(starts) && !is_number(&text) {
        Cow::Owned(format!("'{text}"))
    } else {
        text
    }
}

/// `-12`, `+3.5`: digits and one point behind a sign.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && all_digits(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(cell: Cell<'_>, expected: &str) {
        let mut out = Vec::new();
        append_row(&[cell, Cell::Integer(1)], &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), format!("{expected},1\r\n"));
    }

    #[test]
    fn fields_are_quoted_where_they_must_be() {
        check("投资".into(), "投资");
        check("a,b".into(), "\"a,b\"");
        check("一\n二".into(), "\"一\n二\"");
        check("a\rb".into(), "\"a\rb\"");
        check("称“\"甲\"”".into(), "\"称“\"\"甲\"\"”\"");
        check(Cell::Empty, "");
        check(
            vec![Cow::Borrowed("甲"), Cow::Borrowed("乙")].into(),
            "甲；乙",
        );
    }

    #[test]
    fn formulas_are_defused() {
        check("=1+1".into(), "'=1+1");
        check("=HYPERLINK(\"x\")".into(), "\"'=HYPERLINK(\"\"x\"\")\"");
        check("+86 10".into(), "'+86 10");
        check("-2+3".into(), "'-2+3");
        check("@SUM(A1)".into(), "'@SUM(A1)");
        check("\t=1".into(), "'\t=1");
        check("\r=1".into(), "\"'\r=1\"");
        check("＝1".into(), "'＝1");
        check("1=1".into(), "1=1");
    }

    #[test]
    fn numbers_stay_numbers() {
        check("-12".into(), "-12");
        check("+3.5".into(), "+3.5");
        check("-".into(), "'-");
        check("-1.".into(), "'-1.");
        check("-1.2.3".into(), "'-1.2.3");
        check(Cell::Integer(-5), "-5");
        check(Cell::Number("-6.5".parse().unwrap()), "-6.5");
        check(Cell::Date("2024-06-30".parse().unwrap()), "2024-06-30");
    }

    #[test]
    fn another_reader_reads_the_same() {
        let fields = ["a,b", "\"", "一\r\n二", "", "'", "x\"y\"\"z"];
        let mut out = Vec::new();
        append_row(&fields.map(Cell::from), &mut out);
        let mut reader = ::csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(out.as_slice());
        let record = reader.records().next().unwrap().unwrap();
        assert_eq!(record.iter().collect::<Vec<_>>(), fields);
    }
}
