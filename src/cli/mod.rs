//! The command line: arguments, files, progress, exit codes. Uses the public interface of the library only.
//!
//! One file a sub-command: its arguments as `Args` and `run(&Args) -> anyhow::Result<Exit>`. What several
//! need is in [`args`] (how to read an input), [`input`] (reading one, with a [`fault`] where it is none).

mod args;
mod fault;
mod input;
mod paths;
mod pipeline;
mod progress;

mod batch;
mod follow;
mod journal;
mod manifest;
mod resume;
mod store;
mod stream;

mod check;
mod convert;
mod explain;
mod manual;
mod parse;
mod scan;
mod schema;
mod text;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Done,
    /// Some input failed; the rest is written.
    SomeFailed,
    /// Wrong use: nothing was done.
    Usage,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::SomeFailed => 1,
            Exit::Usage => 2,
        })
    }
}

/// Runs the command line.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let ended = match &cli.command {
        Command::Parse(args) => parse::run(args),
        Command::Convert(args) => convert::run(args),
        Command::Check(args) => check::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Scan(args) => scan::run(args),
        Command::Text(args) => text::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => manual::completions(args),
        Command::Man(args) => manual::man(args),
    };
    match ended {
        Ok(exit) => exit.into(),
        // Whoever read our output has read enough.
        Err(error) if is_closed_pipe(&error) => Exit::Done.into(),
        Err(error) => {
            let _ = writeln!(io::stderr(), "gongwen: {error:#}");
            Exit::SomeFailed.into()
        }
    }
}

/// Says on standard error that the command was used wrongly, and how it is meant.
fn usage(message: &str) -> Exit {
    let _ = writeln!(io::stderr(), "gongwen: {message}\n  see gongwen help");
    Exit::Usage
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<io::Error>()
            .is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    })
}
