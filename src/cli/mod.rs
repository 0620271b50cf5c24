//! The command line: arguments, files, progress, exit codes. Uses the public interface of the library only.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(name = "gongwen", version, about)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Parse one notice and print it as JSON
    Parse {
        /// The file, or - for standard input
        file: PathBuf,
    },
}

/// Runs the command line.
pub fn run() -> ExitCode {
    let args = Args::parse();
    match args.command {
        Command::Parse { file } => match parse(&file) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                let _ = writeln!(io::stderr(), "gongwen: {error:#}");
                ExitCode::from(1)
            }
        },
    }
}

fn parse(file: &std::path::Path) -> anyhow::Result<()> {
    let mut bytes = Vec::new();
    let options = gongwen::Options {
        name: Some(file.to_string_lossy().into_owned()),
        ..Default::default()
    };
    if file.as_os_str() == "-" {
        io::stdin().read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(file)?;
    }
    let notice = gongwen::parse_bytes(&bytes, &options);
    gongwen::emit::json::write_pretty(&notice, &mut io::stdout().lock())?;
    Ok(())
}
