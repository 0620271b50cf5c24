//! `gongwen text`: the text of one notice, as spans count it, on standard output.

use std::io::{self, Write};
use std::path::PathBuf;

use super::args::Reading;
use super::{Exit, input};

/// Print the text that spans point into: decoded, and of a page its labelled fields and article.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file, or - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    #[command(flatten)]
    pub reading: Reading,
}

/// Runs the sub-command. The text goes out as it is, in UTF-8, so that offsets into it hold.
pub fn run(args: &Args) -> anyhow::Result<Exit> {
    let bytes = input::read(&args.file, args.reading.max_bytes).map_err(|f| f.at(&args.file))?;
    let options = args.reading.options(&args.file.to_string_lossy());
    let readable = gongwen::readable(&bytes, &options);
    let mut out = io::stdout().lock();
    out.write_all(readable.text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}
