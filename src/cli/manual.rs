//! `gongwen completions` and `gongwen man`: made from the arguments themselves.

use std::io::{self, Write};

use clap::{CommandFactory, ValueEnum};
use clap_complete::Shell;

use super::Exit;
use super::args::Cli;

/// Print the completions for a shell.
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// The shell
    pub shell: ShellArg,
}

/// A shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShellArg {
    /// source <(gongwen completions bash)
    Bash,
    /// gongwen completions zsh > ~/.zfunc/_gongwen
    Zsh,
    /// gongwen completions fish > ~/.config/fish/completions/gongwen.fish
    Fish,
}

/// Print the manual page.
#[derive(Debug, clap::Args)]
pub struct ManArgs {
    /// Print the page of this sub-command
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// Runs `completions`.
pub fn completions(args: &CompletionsArgs) -> anyhow::Result<Exit> {
    let shell = match args.shell {
        ShellArg::Bash => Shell::Bash,
        ShellArg::Zsh => Shell::Zsh,
        ShellArg::Fish => Shell::Fish,
    };
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "gongwen", &mut text);
    print(&text)
}

/// Runs `man`.
pub fn man(args: &ManArgs) -> anyhow::Result<Exit> {
    let mut command = Cli::command();
    command.build();
    if let Some(name) = &args.command {
        let Some(found) = command.find_subcommand(name) else {
            return Ok(super::usage(&format!("there is no sub-command {name}")));
        };
        command = found.clone();
    }
    let mut text = Vec::new();
    clap_mangen::Man::new(command).render(&mut text)?;
    print(&text)
}

fn print(text: &[u8]) -> anyhow::Result<Exit> {
    let mut out = io::stdout().lock();
    out.write_all(text)?;
    out.flush()?;
    Ok(Exit::Done)
}
