//! `gongwen parse`: one notice to JSON on standard output.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;

use super::args::Reading;
use super::{Exit, input};

/// Parse one notice and print it as JSON.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file, or - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Print the JSON in one line
    #[arg(long)]
    pub compact: bool,

    #[command(flatten)]
    pub reading: Reading,
}

/// Runs the sub-command.
pub fn run(args: &Args) -> anyhow::Result<Exit> {
    let bytes = input::read(&args.file, args.reading.max_bytes).map_err(|f| f.at(&args.file))?;
    let options = args.reading.options(&args.file.to_string_lossy());
    let notice = gongwen::parse_bytes(&bytes, &options);
    let mut json = Vec::new();
    if args.compact {
        gongwen::emit::json::append_compact(&notice, &mut json);
        json.push(b'\n');
    } else {
        gongwen::emit::json::append_pretty(&notice, &mut json);
    }
    let mut out = io::stdout().lock();
    let written = out.write_all(&json).and_then(|()| out.flush());
    written.context("cannot write to standard output")?;
    Ok(Exit::Done)
}
