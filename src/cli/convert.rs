//! `gongwen convert`: many notices to JSON, JSON Lines, CSV, a workbook, a database.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use gongwen::date::Date;

use super::args::Reading;
use super::batch::{self, Batch};
use super::paths::{self, Query};
use super::progress::{self, Mode};
use super::{Exit, stream, usage};

/// Convert notices: files, folders and patterns into one output folder.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Files, folders (their .txt and .html files, sub-folders too) and quoted patterns
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// The folder to write to; - writes JSON Lines to standard output
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,

    /// What to write, several with commas [default: json; jsonl to standard output]
    #[arg(long, value_name = "FORMATS", value_enum, value_delimiter = ',')]
    pub to: Vec<Format>,

    /// Go on where an earlier run stopped, skipping what its manifest says is done and unchanged
    #[arg(long)]
    pub resume: bool,

    /// Read more PATHs from a file, one a line, taken as they stand; - for standard input
    #[arg(long, value_name = "FILE", help_heading = "Inputs")]
    pub files_from: Option<PathBuf>,

    /// PATHs in --files-from end with NUL, as find -print0 writes them
    #[arg(short = '0', long, requires = "files_from", help_heading = "Inputs")]
    pub null: bool,

    /// Endings of the files taken from folders, with commas; '*' takes all
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_values = paths::EXTENSIONS, help_heading = "Inputs")]
    pub ext: Vec<String>,

    /// Read records {"id": …, "text": …}, one a line, from a file or - instead, and write a notice a line in order
    #[arg(long, value_name = "FILE", help_heading = "Inputs", conflicts_with_all = ["files_from", "resume"])]
    pub from_jsonl: Option<PathBuf>,

    /// Ledger: only measures that a unit of this name answers for (any of several)
    #[arg(long, value_name = "NAME", help_heading = "Ledger (任务台账)")]
    pub unit: Vec<String>,

    /// Ledger: only measures with something due before this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, help_heading = "Ledger (任务台账)")]
    pub due_before: Option<Date>,

    /// Start CSV files with a byte-order mark, so that Excel opens them as UTF-8
    #[arg(long, help_heading = "Output")]
    pub bom: bool,

    /// Indent the JSON files
    #[arg(long, help_heading = "Output")]
    pub pretty: bool,

    /// Write into the manifest how long each input took (its bytes then differ from run to run)
    #[arg(long, help_heading = "Output")]
    pub timings: bool,

    /// How many inputs are worked on at once [default: one a core]
    #[arg(long, value_name = "N", help_heading = "Running")]
    pub threads: Option<NonZeroUsize>,

    /// How progress is shown on standard error
    #[arg(long, value_enum, default_value_t = Mode::Auto, help_heading = "Running")]
    pub progress: Mode,

    #[command(flatten)]
    pub reading: Reading,
}

const EXAMPLES: &str = "\
Examples:
  gongwen convert notices/ --out out --to json,csv
  gongwen convert notices/ --out out --to xlsx --unit 市商务局 --due-before 2024-07-01
  find /data -name '*.html' -print0 | gongwen convert --files-from - -0 --out out --to jsonl --resume
  gongwen convert --from-jsonl - --to jsonl - < records.jsonl > notices.jsonl

In DIR: NAME.json beside its sub-folders, notices.jsonl, a CSV file a table with datapackage.json,
gongwen.xlsx, gongwen.sqlite, and manifest.jsonl: what became of each input.
Exit: 0 all well; 1 some input failed, the rest is written; 2 wrong use.";

/// What can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Format {
    /// A file a notice
    Json,
    /// A line a notice, in one file
    Jsonl,
    /// The tables, with datapackage.json
    Csv,
    /// A workbook with the ledger and five more sheets
    Xlsx,
    /// A database with the tables and a full-text index
    Sqlite,
}

impl Format {
    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Format::Json => "json",
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Sqlite => "sqlite",
        }
    }
}

fn day(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|e: gongwen::date::NotADate| e.to_string())
}

/// Runs the sub-command.
pub fn run(args: &Args) -> anyhow::Result<Exit> {
    let threads = args
        .threads
        .or_else(|| std::thread::available_parallelism().ok())
        .unwrap_or(NonZeroUsize::MIN);
    let dash = Path::new("-");
    let to_standard_output =
        args.out.as_deref() == Some(dash) || (args.from_jsonl.is_some() && args.out.is_none());
    let only_jsonl = args.to.iter().all(|to| *to == Format::Jsonl);
    if let Some(records) = &args.from_jsonl {
        if args.paths.iter().any(|path| path != dash) {
            return Ok(usage("--from-jsonl takes no PATHs beside it"));
        }
        if !to_standard_output || !only_jsonl {
            return Ok(usage(
                "--from-jsonl writes JSON Lines to standard output: gongwen convert --from-jsonl - --to jsonl -",
            ));
        }
        return stream::records(records, &args.reading, threads);
    }
    let Some(out) = args.out.as_deref() else {
        return Ok(usage("where to? name the output folder with --out DIR"));
    };
    if args.paths.iter().any(|path| path == dash) {
        return Ok(usage(
            "- is one notice: gongwen parse -; a list of files is read with --files-from -",
        ));
    }
    if args.paths.is_empty() && args.files_from.is_none() {
        return Ok(usage(
            "what? name files or folders, or a list with --files-from",
        ));
    }
    if to_standard_output && (!only_jsonl || args.resume) {
        return Ok(usage(
            "only --to jsonl goes to standard output, and without --resume",
        ));
    }
    let listed = match &args.files_from {
        None => Vec::new(),
        Some(list) => match paths::read_list(list, args.null) {
            Ok(listed) => listed,
            Err(error) => return Ok(usage(&format!("--files-from {}: {error}", list.display()))),
        },
    };
    let all = args.ext.iter().any(|ext| ext == "*");
    let extensions: Vec<String> = match all {
        true => Vec::new(),
        false => args
            .ext
            .iter()
            .map(|e| e.trim_start_matches('.').to_owned())
            .collect(),
    };
    let inputs = paths::inputs(&Query {
        paths: &args.paths,
        listed: &listed,
        extensions: &extensions,
        out: (!to_standard_output).then_some(out),
    });
    if inputs.is_empty() {
        progress::say("gongwen: nothing to convert: no files found");
    }
    if to_standard_output {
        return stream::files(&inputs, &args.reading, threads, args.progress);
    }
    let mut formats = args.to.clone();
    if formats.is_empty() {
        formats.push(Format::Json);
    }
    formats.sort();
    formats.dedup();
    batch::run(&Batch::new(args, formats, threads), &inputs, out)
}
