//! The numbers of all lines, counted before the tree is built: what stands further on, at one step's reach.

use std::ops::Range;

use super::grammar::ordinal;
use super::line::Line;
use super::tree::{Marker, MarkerStyle};
use crate::text::chars;

/// What a line's head may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading<'s> {
    /// The marker.
    pub marker: Marker<'s>,
    /// Only its place in a sequence can tell.
    pub doubtful: bool,
}

/// A line's place among those of its style.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// The next line of the same style.
    next: Option<u32>,
    /// The first line of the same style behind the run of numbers 1 apart that starts here.
    after_run: Option<u32>,
}

/// The markers of some lines.
#[derive(Debug)]
pub struct Numbering<'s> {
    readings: Vec<[Option<Reading<'s>>; 2]>,
    places: Vec<Place>,
    headings: Vec<bool>,
    /// The lines of each style, ascending; doubtful ones left out, but for decimals, which all are.
    lines: Vec<Vec<u32>>,
}

impl<'s> Numbering<'s> {
    /// Reads the heads of lines; the rows of tables have none.
    pub fn of(lines: &[Line<'s>], tables: &[Range<usize>]) -> Numbering<'s> {
        let mut numbering = Numbering {
            readings: vec![[None; 2]; lines.len()],
            places: vec![Place::default(); lines.len()],
            headings: vec![false; lines.len()],
            lines: vec![Vec::new(); MarkerStyle::COUNT],
        };
        let mut tables = tables.iter().peekable();
        for (i, line) in lines.iter().enumerate() {
            while tables.next_if(|table| table.end <= i).is_some() {}
            if tables.peek().is_some_and(|table| table.start <= i) {
                continue;
            }
            numbering.readings[i] = readings(line);
            numbering.headings[i] = is_short_heading(line.text);
            if let Some(style) = numbering.counted(i).map(|m| m.style) {
                numbering.lines[style.index()].push(i as u32);
            }
        }
        numbering.place();
        numbering
    }

    fn place(&mut self) {
        for style in 0..self.lines.len() {
            let mut next = None;
            for at in (0..self.lines[style].len()).rev() {
                let i = self.lines[style][at];
                let number = |line: u32| self.counted(line as usize).map(|m| m.number);
                let after_run = next.filter(|&n| number(n) != number(i).map(|n| n + 1));
                let after_run = match next {
                    Some(n) if after_run.is_none() => self.places[n as usize].after_run,
                    _ => after_run,
                };
                self.places[i as usize] = Place { next, after_run };
                next = Some(i);
            }
        }
    }

    /// The marker by which a line counts among those of its style.
    fn counted(&self, line: usize) -> Option<Marker<'s>> {
        let reading = self.readings(line)[0]?;
        let decimal = matches!(reading.marker.style, MarkerStyle::Decimal(_));
        (decimal || !reading.doubtful).then_some(reading.marker)
    }

    /// What a line's head may be, the likelier first.
    pub fn readings(&self, line: usize) -> [Option<Reading<'s>>; 2] {
        self.readings.get(line).copied().unwrap_or_default()
    }

    /// The number of the next line of the same style.
    pub fn next_number(&self, line: usize) -> Option<u32> {
        let style = self
            .readings(line)
            .into_iter()
            .flatten()
            .last()?
            .marker
            .style;
        self.next_of(style, line)
    }

    /// The number of the next line of a style.
    pub fn next_of(&self, style: MarkerStyle, line: usize) -> Option<u32> {
        self.counted(self.next_line(style, line)?).map(|m| m.number)
    }

    fn next_line(&self, style: MarkerStyle, line: usize) -> Option<usize> {
        let lines = &self.lines[style.index()];
        let after = lines.partition_point(|&l| l as usize <= line);
        lines.get(after).map(|&l| l as usize)
    }

    /// The line, and its number, that ends the run of numbers 1 apart which starts with this line.
    pub fn after_run(&self, line: usize) -> Option<(usize, u32)> {
        let after = self.places.get(line)?.after_run? as usize;
        Some((after, self.counted(after)?.number))
    }

    /// Whether a marker of a style stands between two lines.
    pub fn stands_between(&self, style: MarkerStyle, from: usize, to: usize) -> bool {
        self.next_line(style, from).is_some_and(|line| line < to)
    }

    /// Whether a decimal's sequence goes on with the next of its depth.
    pub fn goes_on(&self, line: usize) -> bool {
        let next = || {
            let next = self.places.get(line)?.next? as usize;
            Some((self.counted(line)?, self.counted(next)?))
        };
        next().is_some_and(|(this, next)| {
            let mut paths = (
                ordinal::decimal_path(this.text),
                ordinal::decimal_path(next.text),
            );
            // The same prefix, and one more.
            loop {
                match (paths.0.next(), paths.1.next()) {
                    (Some(a), Some(b)) if a == b => {}
                    (Some(a), Some(b)) => return a + 1 == b && paths.0.next().is_none(),
                    _ => return false,
                }
            }
        })
    }

    /// Whether any line starts with a decimal of two numbers.
    pub fn has_decimals(&self) -> bool {
        !self.lines[MarkerStyle::Decimal(2).index()].is_empty()
    }

    /// Whether a line is short and ends without punctuation.
    pub fn is_heading(&self, line: usize) -> bool {
        self.headings.get(line).copied().unwrap_or(false)
    }
}

fn readings<'s>(line: &Line<'s>) -> [Option<Reading<'s>>; 2] {
    let firm = |marker| Reading {
        marker,
        doubtful: false,
    };
    let doubtful = |marker| Reading {
        marker,
        doubtful: true,
    };
    if let Some(marker) = line.marker {
        return [Some(firm(marker)), None];
    }
    let other = ordinal::doubtful(line.text).ok().map(|(_, m)| doubtful(m));
    match ordinal::decimal(line.text) {
        Ok((_, marker)) => [Some(doubtful(marker)), other],
        Err(_) => [other, None],
    }
}

/// A heading of a plan numbered in decimals: `1 总则`.
fn is_short_heading(line: &str) -> bool {
    line.chars()
        .take(26)
        .filter(|&c| !chars::is_space(c))
        .count()
        <= 24
        && line.ends_with(|c| chars::is_han(c) || chars::is_close_bracket(c))
}
