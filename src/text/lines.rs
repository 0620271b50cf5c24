//! Offset ↔ line, column and code points of one text.

/// An index over one text: the starts of its lines, and how many code points stand before every 256th byte.
#[derive(Debug)]
pub struct LineIndex<'s> {
    text: &'s str,
    starts: Vec<u32>,
    counts: Vec<u32>,
}

const BLOCK: usize = 256;

impl<'s> LineIndex<'s> {
    /// Reads the text once.
    pub fn new(text: &'s str) -> LineIndex<'s> {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', bytes).map(|at| at as u32 + 1));
        let mut counts = Vec::with_capacity(bytes.len() / BLOCK + 1);
        let mut sum = 0;
        for block in bytes.chunks(BLOCK) {
            counts.push(sum);
            sum += count_code_points(block);
        }
        counts.push(sum);
        LineIndex {
            text,
            starts,
            counts,
        }
    }

    /// The text.
    pub fn text(&self) -> &'s str {
        self.text
    }

    /// The number of code points before a byte offset.
    pub fn code_points(&self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.text.len());
        let block = offset / BLOCK;
        self.counts[block] + count_code_points(&self.text.as_bytes()[block * BLOCK..offset])
    }

    /// The line of a byte offset, counted from 1.
    pub fn line(&self, offset: u32) -> u32 {
        self.starts.partition_point(|&start| start <= offset) as u32
    }

    /// The byte offset at which a line starts, counted from 1.
    pub fn line_start(&self, line: u32) -> Option<u32> {
        self.starts.get((line as usize).checked_sub(1)?).copied()
    }

    /// The number of lines, at least one.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Never: a text has at least one line.
    pub fn is_empty(&self) -> bool {
        false
    }
}

fn count_code_points(bytes: &[u8]) -> u32 {
    // Continuation bytes are 0b10xxxxxx, -128..=-65 as signed. Sums of few enough bytes are bytes, so that many are
    // compared at once.
    let count = |few: &[u8]| few.iter().map(|&b| u8::from((b as i8) >= -64)).sum::<u8>();
    bytes.chunks(128).map(|few| u32::from(count(few))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_and_lines() {
        let text = "甲\n乙丙\r\n\nd".repeat(100);
        let index = LineIndex::new(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(index.code_points(at as u32) as usize, n);
            assert_eq!(
                index.line(at as u32) as usize,
                text[..at].matches('\n').count() + 1
            );
        }
        assert_eq!(
            index.code_points(text.len() as u32) as usize,
            text.chars().count()
        );
        assert_eq!(index.line_start(2), Some(4));
        assert_eq!(index.len(), 301);
    }
}
