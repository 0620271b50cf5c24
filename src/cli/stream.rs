//! Notices as a stream of lines on standard output, in order, flushed as they go: from records on standard input
//! (Spark's pipe, Hadoop streaming, a queue), or from files.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use anyhow::Context;
use gongwen::model::Format;
use gongwen::text::encoding::Encoding;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::args::Reading;
use super::fault::{Fault, Reason};
use super::paths::{Input, State};
use super::pipeline::{self, Weighed};
use super::progress::{Mode, Progress};
use super::{Exit, input, usage};

/// A record: a notice's text under an id that comes back with it.
#[derive(Debug, Deserialize)]
struct Record {
    #[serde(default)]
    id: Value,
    text: String,
    format: Option<Format>,
}

/// What a bad record becomes.
#[derive(Debug, Serialize)]
struct Refusal {
    id: Value,
    error: String,
}

/// Reads records, writes a line for each in their order.
pub fn records(from: &Path, reading: &Reading, threads: NonZeroUsize) -> anyhow::Result<Exit> {
    let source: Box<dyn Read + Send> = if from.as_os_str() == "-" {
        Box::new(io::stdin())
    } else {
        match File::open(from) {
            Ok(file) => Box::new(file),
            Err(error) => {
                return Ok(usage(&format!("--from-jsonl {}: {error}", from.display())));
            }
        }
    };
    let lines = RecordLines {
        reader: BufReader::with_capacity(1 << 16, source),
        max_bytes: reading.max_bytes,
        broken: false,
    };
    let items = lines.map(|item| Weighed {
        weight: item.as_ref().map_or(0, |line| line.len() as u64),
        item,
    });
    let mut all_well = true;
    let work = |line: Result<Vec<u8>, String>| match line {
        Ok(line) => answer(&line, reading),
        Err(error) => (refusal(Value::Null, error), false),
    };
    let written = pipeline::ordered(threads, items, work, |(line, well)| {
        all_well &= well;
        write_line(&line)
    });
    written.context("cannot write to standard output")?;
    Ok(if all_well {
        Exit::Done
    } else {
        Exit::SomeFailed
    })
}

/// Writes the notices of files a line each, in their order.
pub fn files(
    inputs: &[Input],
    reading: &Reading,
    threads: NonZeroUsize,
    progress: Mode,
) -> anyhow::Result<Exit> {
    let mut progress = Progress::start(progress, inputs.len() as u64);
    let items = inputs.iter().map(|input| Weighed {
        weight: fs::metadata(&input.path).map_or(0, |m| m.len()),
        item: input,
    });
    let work = |file: &Input| match &file.state {
        State::Skipped => Ok(Vec::new()),
        State::Bad(fault) => Err(fault.clone()),
        State::File => {
            let bytes = input::read(&file.path, reading.max_bytes)?;
            line(&bytes, &reading.options(&file.name)).ok_or_else(internal)
        }
    };
    let mut exit = Exit::Done;
    let mut at = inputs.iter();
    let written = pipeline::ordered(threads, items, work, |result: Result<Vec<u8>, Fault>| {
        let input = at.next();
        progress.advance(1);
        match (result, input) {
            (Ok(line), _) if line.is_empty() => Ok(()),
            (Ok(line), _) => write_line(&line),
            (Err(fault), input) => {
                exit = Exit::SomeFailed;
                let name = input.map(|i| i.path.display().to_string());
                progress.fault(&name.unwrap_or_default(), &fault);
                Ok(())
            }
        }
    });
    progress.end();
    written.context("cannot write to standard output")?;
    Ok(exit)
}

fn internal() -> Fault {
    Fault::new(
        Reason::Internal,
        "the parser failed on it: a defect of this program",
        Some("please report it, with the file if you may"),
    )
}

/// Each line goes out at once, so that whoever waits for it gets it.
fn write_line(line: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(line)?;
    out.flush()
}

/// A notice as a line; `None` where the parser failed.
fn line(bytes: &[u8], options: &gongwen::Options) -> Option<Vec<u8>> {
    panic::catch_unwind(AssertUnwindSafe(|| {
        let notice = gongwen::parse_bytes(bytes, options);
        let mut line = Vec::new();
        gongwen::emit::json::append_compact(&notice, &mut line);
        line.push(b'\n');
        line
    }))
    .ok()
}

/// The line that answers a record, and whether it is a notice.
fn answer(bytes: &[u8], reading: &Reading) -> (Vec<u8>, bool) {
    let record: Record = match serde_json::from_slice(bytes) {
        Ok(record) => record,
        Err(error) => {
            let id = serde_json::from_slice::<Value>(bytes)
                .ok()
                .and_then(|mut value| value.get_mut("id").map(Value::take));
            let error = format!("expected a record {{\"id\": …, \"text\": \"…\"}}: {error}");
            return (refusal(id.unwrap_or(Value::Null), error), false);
        }
    };
    let name = match &record.id {
        Value::Null => None,
        Value::String(id) => Some(id.clone()),
        id => Some(id.to_string()),
    };
    let mut options = reading.options(name.as_deref().unwrap_or(""));
    options.name = name;
    options.encoding = Some(Encoding::Utf8);
    options.format = record.format.or(options.format);
    match line(record.text.as_bytes(), &options) {
        Some(line) => (line, true),
        None => (refusal(record.id, internal().message), false),
    }
}

fn refusal(id: Value, error: String) -> Vec<u8> {
    let mut line = serde_json::to_vec(&Refusal { id, error }).unwrap_or_default();
    line.push(b'\n');
    line
}

/// The lines of a stream of records: blank ones left out, over-long ones refused without being held.
struct RecordLines<R> {
    reader: BufReader<R>,
    max_bytes: u64,
    /// Whether reading failed: nothing comes after.
    broken: bool,
}

impl<R> RecordLines<R> {
    fn cannot_read(&mut self, error: &io::Error) -> String {
        self.broken = true;
        format!("cannot read further: {error}")
    }
}

impl<R: Read> Iterator for RecordLines<R> {
    type Item = Result<Vec<u8>, String>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.broken {
            let mut line = Vec::new();
            let limit = self.max_bytes.saturating_add(1);
            match self
                .reader
                .by_ref()
                .take(limit)
                .read_until(b'\n', &mut line)
            {
                Ok(0) => return None,
                Ok(_) if line.len() as u64 > self.max_bytes && line.last() != Some(&b'\n') => {
                    let skipped = self.reader.skip_until(b'\n');
                    let max = self.max_bytes;
                    return Some(match skipped {
                        Ok(_) => Err(format!(
                            "the record is too large: at most {max} bytes are read (--max-bytes)"
                        )),
                        Err(error) => Err(self.cannot_read(&error)),
                    });
                }
                Ok(_) if line.iter().all(u8::is_ascii_whitespace) => {}
                Ok(_) => return Some(Ok(line)),
                Err(error) => return Some(Err(self.cannot_read(&error))),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_refused_and_passed_over() {
        let lines = RecordLines {
            reader: BufReader::with_capacity(4, &b"abc\n\n  \r\nabcdefghijkl\nxyz"[..]),
            max_bytes: 5,
            broken: false,
        };
        let lines: Vec<_> = lines.map(|l| l.map_err(|_| ())).collect();
        let expected = [Ok(b"abc\n".to_vec()), Err(()), Ok(b"xyz".to_vec())];
        assert_eq!(lines, expected);
    }
}
