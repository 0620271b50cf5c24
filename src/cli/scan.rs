//! `gongwen scan`: the numbers, quantities and dates of any text, a JSON line for each line of it.

use std::io::{self, Write};
use std::path::PathBuf;

use gongwen::model::Date;
use gongwen::scan::Mention;
use serde::Serialize;

use super::args::Reading;
use super::{Exit, input};

/// Print the numbers, quantities and dates of any text, a JSON line for each of its lines
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file, or - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// The day that dates without a year are counted from, as 2024-06-30
    #[arg(long, value_name = "DATE")]
    pub written_on: Option<Date>,

    #[command(flatten)]
    pub reading: Reading,
}

/// What stands on one line.
#[derive(Debug, Serialize)]
struct Line {
    line: usize,
    mentions: Vec<Mention>,
}

/// Runs the sub-command.
pub fn run(args: &Args) -> anyhow::Result<Exit> {
    let bytes = input::read(&args.file, args.reading.max_bytes).map_err(|f| f.at(&args.file))?;
    let options = args.reading.options(&args.file.to_string_lossy());
    let readable = gongwen::readable(&bytes, &options);
    let mut out = io::BufWriter::new(io::stdout().lock());
    for (line, text) in (1..).zip(readable.text.lines()) {
        let mentions = gongwen::scan(text, args.written_on);
        serde_json::to_writer(&mut out, &Line { line, mentions })?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(Exit::Done)
}
