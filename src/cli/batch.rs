//! A run of `convert` into a folder: read, parse and write many inputs, take up an earlier run, tell how it went.

use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::thread;
use std::time::Instant;

use gongwen::Notice;
use gongwen::emit::rows::{Flat, LedgerFilter};
use gongwen::emit::tables::{self, TableId};
use gongwen::emit::{self, packed, sheets};

use super::args::Reading;
use super::convert::{Args, Format};
use super::fault::{Fault, Reason};
use super::manifest::{self, Counts, Entry, Status};
use super::paths::{self, Input, State};
use super::pipeline::{self, Weighed};
use super::progress::{self, Mode, Progress, grouped};
use super::resume::{self, Earlier};
use super::store::{Folder, Parts, Staged, write_error};
use super::{Exit, input};

/// The file of all notices.
const JSONL: &str = "notices.jsonl";
/// Rows that wait for the database.
const TABLE_ROWS: &str = "tables.rows";
/// Rows that wait for the workbook.
const SHEET_ROWS: &str = "sheets.rows";
/// The workbook, and what its successors are called.
pub const WORKBOOK: &str = "gongwen.xlsx";
/// The database.
pub const DATABASE: &str = "gongwen.sqlite";

/// What a run does to each input.
#[derive(Debug)]
pub struct Batch {
    formats: Vec<Format>,
    filter: LedgerFilter,
    reading: Reading,
    bom: bool,
    pretty: bool,
    timings: bool,
    resume: bool,
    progress: Mode,
    threads: NonZeroUsize,
    /// The version and the options that shape the outputs.
    run: String,
}

impl Batch {
    /// Settles what was asked for.
    pub fn new(args: &Args, formats: Vec<Format>, threads: NonZeroUsize) -> Batch {
        let filter = LedgerFilter {
            units: args.unit.clone(),
            due_before: args.due_before,
        };
        let shape = format!(
            "{formats:?} {filter:?} {:?} {} {} {}",
            args.reading, args.bom, args.pretty, args.timings
        );
        let version = env!("CARGO_PKG_VERSION");
        Batch {
            formats,
            filter,
            reading: args.reading.clone(),
            bom: args.bom,
            pretty: args.pretty,
            timings: args.timings,
            resume: args.resume,
            progress: args.progress,
            threads,
            run: format!("{version}-{}", paths::hash(shape.as_bytes())),
        }
    }

    /// The version and the options that shape the outputs.
    pub fn run_id(&self) -> &str {
        &self.run
    }

    /// How many inputs are worked on at once.
    pub fn threads(&self) -> NonZeroUsize {
        self.threads
    }

    /// Whether this is written.
    pub fn writes(&self, format: Format) -> bool {
        self.formats.contains(&format)
    }

    /// Reads an input, within the bound.
    pub fn read(&self, input: &Input) -> Result<Vec<u8>, Fault> {
        input::read(&input.path, self.reading.max_bytes)
    }

    /// The files that hold many notices, each with what it starts with; chunks keep this order.
    pub fn parts(&self) -> Vec<(&'static str, Vec<u8>)> {
        let mut parts = Vec::new();
        if self.writes(Format::Jsonl) {
            parts.push((JSONL, Vec::new()));
        }
        if self.writes(Format::Csv) {
            for id in TableId::ALL {
                let mut head = Vec::new();
                if self.bom {
                    head.extend_from_slice(emit::csv::BOM);
                }
                emit::csv::append_header(id.table(), &mut head);
                parts.push((id.file_name(), head));
            }
        }
        if self.writes(Format::Sqlite) {
            parts.push((TABLE_ROWS, Vec::new()));
        }
        if self.writes(Format::Xlsx) {
            parts.push((SHEET_ROWS, Vec::new()));
        }
        parts
    }

    /// Whether all that is needed to write an input anew stands in the outputs of a finished run.
    pub fn outputs_tell_all(&self) -> bool {
        !self.writes(Format::Sqlite) && !self.writes(Format::Xlsx)
    }

    /// A notice's share of the parts.
    fn chunks(&self, notice: &Notice, name: &str) -> Vec<Vec<u8>> {
        let mut chunks = Vec::new();
        if self.writes(Format::Jsonl) {
            let mut line = Vec::new();
            emit::json::append_compact(notice, &mut line);
            line.push(b'\n');
            chunks.push(line);
        }
        if self.outputs_tell_all() && !self.writes(Format::Csv) {
            return chunks;
        }
        let flat = Flat::new(notice, name, &self.filter);
        if self.writes(Format::Csv) {
            for id in TableId::ALL {
                let mut rows = Vec::new();
                flat.table(id, &mut |cells| emit::csv::append_row(cells, &mut rows));
                chunks.push(rows);
            }
        }
        if self.writes(Format::Sqlite) {
            let mut rows = Vec::new();
            flat.rows(&mut |id, cells| packed::append_row(id as u8, cells, &mut rows));
            chunks.push(rows);
        }
        if self.writes(Format::Xlsx) {
            let mut rows = Vec::new();
            sheets::rows(&flat, &mut |id, cells| {
                packed::append_row(id as u8, cells, &mut rows);
            });
            chunks.push(rows);
        }
        chunks
    }
}

/// What came of an input.
enum Outcome {
    /// It is worked on.
    Fresh(Box<Fresh>),
    /// An earlier run did it: its place there.
    Known(usize),
    /// The output cannot be written to.
    Fatal(io::Error),
}

/// What an input gave.
struct Fresh {
    /// Its share of the parts.
    chunks: Vec<Vec<u8>>,
    /// Its line.
    entry: Entry,
    /// Its own file.
    staged: Option<Staged>,
    /// Why it failed, if it did.
    fault: Option<Fault>,
}

impl Fresh {
    /// An input that gave a line only.
    fn line(entry: Entry, fault: Option<Fault>) -> Outcome {
        Outcome::Fresh(Box::new(Fresh {
            chunks: Vec::new(),
            entry,
            staged: None,
            fault,
        }))
    }
}

/// How a run went.
#[derive(Debug, Default)]
pub struct Tally {
    done: u64,
    failed: u64,
    skipped: u64,
    reused: u64,
    counts: Counts,
}

impl Tally {
    /// Counts an input; `reused` where an earlier run did it.
    pub fn add(&mut self, entry: &Entry, reused: bool) {
        match entry.status {
            Status::Done => self.done += 1,
            Status::Failed => self.failed += 1,
            Status::Skipped => self.skipped += 1,
        }
        self.reused += u64::from(reused && entry.status == Status::Done);
        self.counts.add(&entry.counts);
    }
}

/// Runs a batch.
pub fn run(batch: &Batch, inputs: &[Input], out: &Path) -> anyhow::Result<Exit> {
    let folder = Folder::open(out)?;
    let mut progress = Progress::start(batch.progress, inputs.len() as u64);
    let mut tally = Tally::default();
    if batch.resume && resume::is_complete(batch, inputs, &folder, &mut tally) {
        progress.advance(inputs.len() as u64);
        let took = progress.end();
        summary(batch, inputs, &tally, out, took.as_secs_f64());
        return Ok(exit(&tally));
    }
    tally = Tally::default();
    let mut taken_up = None;
    let mut earlier = Earlier::default();
    if batch.resume {
        taken_up = resume::prefix(batch, inputs, &folder, &mut tally);
        earlier = Earlier::open(batch, &folder);
        if taken_up.is_none() && earlier.is_empty() && folder.place(manifest::NAME).exists() {
            progress::say(
                "gongwen: the earlier run had other options or another version; starting anew",
            );
        }
    }
    let (from, lengths) = match taken_up {
        Some((from, lengths)) => (from, Some(lengths)),
        None => (0, None),
    };
    folder.clear(lengths.is_some())?;
    let mut parts = Parts::open(&folder, &batch.parts(), lengths.as_ref())?;
    progress.advance(from as u64);
    let names = thread::scope(|scope| -> anyhow::Result<Vec<String>> {
        // The database is filled behind the parts, on two threads of its own.
        let tables = parts.follow(&folder, TABLE_ROWS)?;
        let index = parts.follow(&folder, TABLE_ROWS)?;
        let to = &folder;
        let database = tables
            .zip(index)
            .map(|(tables, index)| scope.spawn(move || write_database(tables, index, to)));
        let rest = inputs.get(from..).unwrap_or_default();
        let worked = work(
            batch,
            rest,
            &folder,
            &earlier,
            &mut parts,
            &mut tally,
            &mut progress,
        );
        let lost = worked.is_err() && parts.lost_a_reader();
        parts.end(worked.is_ok());
        let mut names = Vec::new();
        let workbooks = match worked {
            Ok(()) if batch.writes(Format::Xlsx) => {
                progress.note("writing the workbook");
                Some(write_workbooks(batch, &folder))
            }
            _ => None,
        };
        let database = database.map(|d| d.join().unwrap_or_else(|_| Err(lost_thread())));
        match (worked, &database) {
            (Err(_), Some(Err(_))) if lost => {}
            (worked, _) => worked?,
        }
        for id in TableId::ALL
            .into_iter()
            .filter(|_| batch.writes(Format::Csv))
        {
            names.push(id.file_name().to_owned());
        }
        if batch.writes(Format::Jsonl) {
            names.push(JSONL.to_owned());
        }
        if batch.writes(Format::Csv) {
            let mut text = serde_json::to_vec_pretty(&tables::data_package())?;
            text.push(b'\n');
            let written = fs::write(folder.part("datapackage.json"), text);
            written.map_err(|e| write_error(&e, &folder))?;
            names.push("datapackage.json".to_owned());
        }
        names.extend(workbooks.transpose()?.unwrap_or_default());
        if database.transpose()?.is_some() {
            names.push(DATABASE.to_owned());
        }
        names.push(manifest::NAME.to_owned());
        Ok(names)
    });
    let took = progress.end();
    let names = names?;
    folder.commit(&names)?;
    if batch.writes(Format::Xlsx) {
        remove_old_workbooks(&folder, &names);
    }
    summary(batch, inputs, &tally, out, took.as_secs_f64());
    Ok(exit(&tally))
}

fn lost_thread() -> anyhow::Error {
    anyhow::Error::msg("writing sqlite failed: a defect of this program")
}

fn exit(tally: &Tally) -> Exit {
    if tally.failed > 0 {
        Exit::SomeFailed
    } else {
        Exit::Done
    }
}

fn work(
    batch: &Batch,
    inputs: &[Input],
    folder: &Folder,
    earlier: &Earlier,
    parts: &mut Parts,
    tally: &mut Tally,
    progress: &mut Progress,
) -> anyhow::Result<()> {
    let items = inputs.iter().map(|input| Weighed {
        weight: fs::metadata(&input.path).map_or(0, |m| m.len()),
        item: input,
    });
    let mut at = inputs.iter();
    let worked = pipeline::ordered(
        batch.threads,
        items,
        |input| one(batch, input, folder, earlier),
        |outcome| {
            let input = at.next();
            match outcome {
                Outcome::Fatal(error) => return Err(write_error(&error, folder)),
                Outcome::Known(place) => {
                    let appended = earlier.copy(place, parts, tally);
                    appended.map_err(|e| write_error(&e, folder))?;
                }
                Outcome::Fresh(fresh) => {
                    tally.add(&fresh.entry, false);
                    if let (Some(fault), Some(input)) = (&fresh.fault, input) {
                        progress.fault(&input.path.display().to_string(), fault);
                    }
                    let appended = parts.append(&fresh.chunks, fresh.entry, fresh.staged);
                    appended.map_err(|e| write_error(&e, folder))?;
                }
            }
            progress.advance(1);
            Ok(())
        },
    );
    // What a run that failed has done so far is kept for --resume.
    let finished = parts.finish().map_err(|e| write_error(&e, folder));
    worked.and(finished)
}

/// All that is done to one input, on one thread.
fn one(batch: &Batch, input: &Input, folder: &Folder, earlier: &Earlier) -> Outcome {
    let started = Instant::now();
    let failed = |fault: Fault| {
        let entry = Entry::failed(&input.name, &fault, &batch.run);
        Fresh::line(entry, Some(fault))
    };
    match &input.state {
        State::Skipped => {
            let entry = Entry::skipped(&input.name, &batch.run);
            return Fresh::line(entry, None);
        }
        State::Bad(fault) => return failed(fault.clone()),
        State::File => {}
    }
    let bytes = match batch.read(input) {
        Ok(bytes) => bytes,
        Err(fault) => return failed(fault),
    };
    if let Some(place) = earlier.find(input, &bytes, folder) {
        return Outcome::Known(place);
    }
    let options = batch.reading.options(&input.name);
    // Parsing never panics; should it all the same, one input fails and not the run.
    let converted = panic::catch_unwind(AssertUnwindSafe(|| {
        let notice = gongwen::parse_bytes(&bytes, &options);
        let chunks = batch.chunks(&notice, &input.name);
        let mut json = Vec::new();
        if batch.writes(Format::Json) {
            match batch.pretty {
                true => emit::json::append_pretty(&notice, &mut json),
                false => {
                    emit::json::append_compact(&notice, &mut json);
                    json.push(b'\n');
                }
            }
        }
        (Entry::done(&input.name, &notice, &batch.run), chunks, json)
    }));
    let Ok((mut entry, chunks, json)) = converted else {
        return failed(Fault::new(
            Reason::Internal,
            "the parser failed on it: a defect of this program",
            Some("please report it, with the file if you may"),
        ));
    };
    let mut staged = None;
    if batch.writes(Format::Json) {
        match folder.stage(&input.output, &json) {
            Ok(file) => staged = Some(file),
            Err(error) if is_this_files(&error) => {
                let message = format!("cannot write {}: {error}", input.output);
                return failed(Fault::new(Reason::Output, message, None));
            }
            Err(error) => return Outcome::Fatal(error),
        }
        entry.output = Some(input.output.clone());
        entry.lengths.insert("json".to_owned(), json.len() as u64);
    }
    entry.time = resume::changed_at(&input.path);
    entry.ms = batch
        .timings
        .then(|| (started.elapsed().as_secs_f64() * 1e6).round() / 1e3);
    Outcome::Fresh(Box::new(Fresh {
        chunks,
        entry,
        staged,
        fault: None,
    }))
}

/// Whether a write failed for the sake of this one name, so that others may succeed.
fn is_this_files(error: &io::Error) -> bool {
    use io::ErrorKind::{AlreadyExists, InvalidFilename, IsADirectory, NotADirectory};
    matches!(
        error.kind(),
        AlreadyExists | InvalidFilename | IsADirectory | NotADirectory
    )
}

/// Writes the workbooks of the rows that wait: compressed side by side, put together in order.
fn write_workbooks(batch: &Batch, folder: &Folder) -> anyhow::Result<Vec<String>> {
    use emit::xlsx::{Books, Done, jobs};
    let temporary = folder.temporary();
    let written = (|| {
        let rows = fs::File::open(folder.part(SHEET_ROWS))?;
        let rows = io::BufReader::with_capacity(1 << 18, rows);
        let mut books = Books::new(WORKBOOK, &folder.part(""), &temporary)?;
        let items = jobs(rows, &temporary)?.map(|item| Weighed { item, weight: 0 });
        pipeline::ordered(
            batch.threads,
            items,
            |job| job?.run(),
            |done: io::Result<Done>| books.add(done?),
        )?;
        Ok(books.names())
    })();
    written.map_err(|e: io::Error| write_error(&e, folder))
}

/// Fills the database behind the rows; the full-text index is built beside the tables, and costs more than they.
fn write_database(
    tables: impl io::Read,
    index: impl io::Read + Send,
    folder: &Folder,
) -> anyhow::Result<()> {
    let path = folder.part(DATABASE);
    let index_path = folder.temporary().join("index.sqlite");
    let written = thread::scope(|scope| {
        let index = scope.spawn(|| {
            let rows = io::BufReader::with_capacity(1 << 18, index);
            emit::sqlite::write_index(rows, &index_path)
        });
        let rows = io::BufReader::with_capacity(1 << 18, tables);
        let tables = emit::sqlite::write_tables(rows, &path);
        let index = index.join();
        tables?;
        index.unwrap_or_else(|_| Err(io::Error::other("a defect of this program")))?;
        emit::sqlite::join(&path, &index_path)
    });
    written.map_err(|e| write_error(&e, folder))
}

/// A smaller run must not leave the further workbooks of a larger one beside its own.
fn remove_old_workbooks(folder: &Folder, names: &[String]) {
    for n in 2.. {
        let name = emit::xlsx::numbered(WORKBOOK, n);
        if !names.contains(&name) && fs::remove_file(folder.place(&name)).is_err() {
            break;
        }
    }
}

fn summary(batch: &Batch, inputs: &[Input], tally: &Tally, out: &Path, seconds: f64) {
    let counts = &tally.counts;
    let formats: Vec<_> = batch.formats.iter().map(|f| f.name()).collect();
    let reused = match tally.reused {
        0 => String::new(),
        n => format!(", {} of them by an earlier run", grouped(n)),
    };
    progress::say(&format!(
        "{} of {} notices converted{reused} in {seconds:.1} s to {} ({})",
        grouped(tally.done),
        grouped(tally.done + tally.failed),
        out.display(),
        formats.join(", ")
    ));
    progress::say(&format!(
        "  found: {} measures, {} units, {} targets, {} milestones; {} errors and {} warnings in the texts",
        grouped(counts.measures),
        grouped(counts.units),
        grouped(counts.targets),
        grouped(counts.milestones),
        grouped(counts.errors),
        grouped(counts.warnings),
    ));
    if tally.skipped > 0 {
        let endings = paths::skipped_endings(inputs);
        let endings: Vec<_> = endings
            .iter()
            .map(|(ending, n)| format!(".{ending} {}", grouped(*n as u64)))
            .collect();
        progress::say(&format!(
            "  skipped: {} files that are neither text nor pages by their endings ({}); take them with --ext",
            grouped(tally.skipped),
            endings.join(", ")
        ));
    }
    if tally.failed > 0 {
        progress::say(&format!(
            "  failed: {}; the reasons stand above and in {}",
            grouped(tally.failed),
            out.join(manifest::NAME).display()
        ));
    }
}
