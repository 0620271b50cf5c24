//! Codes of administrative divisions (GB/T 2260) → names.

/// A code and a name a line, sorted by code: searched as it stands, since few notices hold a code.
const TABLE: &str = include_str!("divisions.tsv");

/// The name of the division that a code of six digits stands for.
pub fn name(code: &str) -> Option<&'static str> {
    if code.len() != 6 {
        return None;
    }
    let (mut low, mut high) = (0, TABLE.len());
    while low < high {
        let (start, line) = line_around(low + (high - low) / 2);
        let end = start + line.len() + 1;
        let (found, name) = line.split_once('\t').unwrap_or(("", ""));
        match found.cmp(code) {
            std::cmp::Ordering::Less => low = end,
            std::cmp::Ordering::Greater => high = start,
            std::cmp::Ordering::Equal => return Some(name),
        }
    }
    None
}

/// The line of the table that holds a byte, and where it starts. Comments stand on top, and `#` comes before digits.
fn line_around(at: usize) -> (usize, &'static str) {
    let bytes = TABLE.as_bytes();
    let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |before| before + 1);
    let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |after| at + after);
    (start, TABLE.get(start..end).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorted_and_whole() {
        let rows: Vec<_> = super::super::rows(TABLE).collect();
        assert!(rows.windows(2).all(|w| w[0][0] < w[1][0]));
        for row in &rows {
            assert!(row.len() == 2 && row[0].len() == 6, "{row:?}");
            assert_eq!(name(row[0]), Some(row[1]));
        }
        assert_eq!(name("411000"), Some("许昌市"));
        assert_eq!(name("110000"), Some("北京市"));
        assert_eq!(name("350000"), Some("福建省"));
        assert_eq!(name("341400"), Some("巢湖市"), "a code no longer in force");
        assert_eq!(name("999999"), None);
    }
}
