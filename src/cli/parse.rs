//! `gongwen parse`: one notice to JSON on standard output.

use std::io::{self, Write};
use std::path::PathBuf;

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
    let mut out = io::BufWriter::new(io::stdout().lock());
    if args.compact {
        gongwen::emit::json::write_compact(&notice, &mut out)?;
        out.write_all(b"\n")?;
    } else {
        gongwen::emit::json::write_pretty(&notice, &mut out)?;
    }
    out.flush()?;
    Ok(Exit::Done)
}
