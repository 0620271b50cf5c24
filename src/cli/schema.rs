//! `gongwen schema`: what the output looks like, for programs.

use std::io::{self, Write};

use gongwen::emit::tables;

use super::Exit;

/// Print the JSON Schema of a notice, or of the tables.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print the data package of the tables instead, each with its Frictionless Table Schema
    #[arg(long)]
    pub tables: bool,
}

const NOTICE: &str = include_str!("../../schemas/notice.schema.json");

/// Runs the sub-command.
pub fn run(args: &Args) -> anyhow::Result<Exit> {
    let mut out = io::stdout().lock();
    if args.tables {
        let text = serde_json::to_string_pretty(&tables::data_package())?;
        writeln!(out, "{text}")?;
    } else {
        out.write_all(NOTICE.as_bytes())?;
    }
    out.flush()?;
    Ok(Exit::Done)
}
