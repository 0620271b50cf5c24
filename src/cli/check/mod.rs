//! `gongwen check`: what is odd in notices, drawn under the very characters.

mod fix;
mod human;
pub mod language;
mod machine;

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use gongwen::diagnostic::{Code, Diagnostic, Language, Severity};
use gongwen::model::Format;
use walkdir::WalkDir;

use super::args::Reading;
use super::explain::code;
use super::{Exit, input};

/// Proof-read notices and print what is odd in them.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, folders, or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// How to print the findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Output,

    /// Only these codes, whatever their severity (comma-separated; `gongwen explain` lists them)
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = code)]
    pub select: Vec<Code>,

    /// All but these codes (comma-separated)
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = code)]
    pub ignore: Vec<Code>,

    /// Only findings of this severity and above: info, warning, error
    #[arg(long, value_name = "SEVERITY", default_value = "warning")]
    pub severity: Severity,

    /// Exit with 1 where there are findings of this severity and above
    #[arg(long, value_name = "SEVERITY")]
    pub deny: Option<Severity>,

    /// Write the certain mendings of what is printed to a new file beside each: notice.txt gives notice.fixed.txt
    #[arg(long)]
    pub fix: bool,

    /// With --fix: write them into the file itself instead
    #[arg(long, requires = "fix")]
    pub in_place: bool,

    /// Language of messages: en or zh [default: the locale's]
    #[arg(long, value_name = "LANG", value_parser = language::parse)]
    pub lang: Option<Language>,

    /// Colour: auto, always, never
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: Color,

    #[command(flatten)]
    pub reading: Reading,
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Output {
    /// The line, with carets under the characters
    Human,
    /// One line a finding: path:line:column: severity[code]: message
    Short,
    /// One JSON object a line
    Json,
    /// SARIF 2.1.0, for code-review and CI tools
    Sarif,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// Where the output is a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// One input with its findings.
pub struct Checked {
    /// Its name.
    pub name: String,
    /// The text that spans point into.
    pub text: String,
    /// What was found and asked for.
    pub findings: Vec<Diagnostic>,
}

/// Runs the sub-command.
pub fn run(args: &Args) -> anyhow::Result<Exit> {
    let language = args.lang.unwrap_or_else(language::of_locale);
    let stdout = io::stdout();
    let colored = match args.color {
        Color::Auto => stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        Color::Always => true,
        Color::Never => false,
    };
    let mut out = io::BufWriter::new(stdout.lock());
    let mut all_read = true;
    let mut denied = false;
    let mut counts = [0usize; 3];
    let mut sarif = machine::Sarif::default();
    let mut quoted = BTreeSet::new();
    for path in files(&args.paths) {
        let checked = match path.and_then(|path| check(&path, args)) {
            Ok(checked) => checked,
            Err(error) => {
                all_read = false;
                writeln!(io::stderr(), "gongwen: {error:#}")?;
                continue;
            }
        };
        for finding in &checked.findings {
            counts[finding.severity as usize] += 1;
            denied |= args.deny.is_some_and(|least| finding.severity >= least);
        }
        match args.format {
            Output::Human => {
                human::write(&checked, language, colored, &mut quoted, &mut out)?;
            }
            Output::Short => machine::write_short(&checked, language, &mut out)?,
            Output::Json => machine::write_json(&checked, language, &mut out)?,
            Output::Sarif => sarif.add(&checked, language),
        }
    }
    match args.format {
        Output::Human => human::write_summary(counts, language, &mut out)?,
        Output::Sarif => sarif.write(&mut out)?,
        Output::Short | Output::Json => {}
    }
    out.flush()?;
    Ok(if all_read && !denied {
        Exit::Done
    } else {
        Exit::SomeFailed
    })
}

/// The files that the paths name, folders walked in order of their names.
fn files(paths: &[PathBuf]) -> impl Iterator<Item = anyhow::Result<PathBuf>> {
    paths.iter().flat_map(
        |path| -> Box<dyn Iterator<Item = anyhow::Result<PathBuf>>> {
            if !path.is_dir() {
                return Box::new(std::iter::once(Ok(path.clone())));
            }
            let walk = WalkDir::new(path).follow_links(true).sort_by_file_name();
            Box::new(walk.into_iter().filter_map(|entry| match entry {
                Ok(entry) if entry.file_type().is_file() => Some(Ok(entry.into_path())),
                Ok(_) => None,
                Err(error) => Some(Err(error.into())),
            }))
        },
    )
}

fn check(path: &Path, args: &Args) -> anyhow::Result<Checked> {
    let bytes = input::read(path, args.reading.max_bytes).map_err(|f| f.at(path))?;
    let name = path.to_string_lossy();
    let options = args.reading.options(&name);
    let readable = gongwen::readable(&bytes, &options);
    let notice = gongwen::parse_readable(&readable, &bytes, &options);
    let select: BTreeSet<Code> = args.select.iter().copied().collect();
    let mut findings = notice.diagnostics;
    findings.retain(|finding| {
        // A code that is asked for by name is wanted whatever its severity.
        let wanted = if select.is_empty() {
            finding.severity >= args.severity
        } else {
            select.contains(&finding.code)
        };
        wanted && !args.ignore.contains(&finding.code)
    });
    let text = readable.text.to_string();
    if args.fix {
        if notice.source.format == Format::Text {
            fix::write(path, &text, readable.encoding, &findings, args.in_place)?;
        } else if findings.iter().any(|finding| finding.fix.is_some()) {
            writeln!(io::stderr(), "{name}: a page is not mended, only text is")?;
        }
    }
    Ok(Checked {
        name: name.into_owned(),
        text,
        findings,
    })
}
