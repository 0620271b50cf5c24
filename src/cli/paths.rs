//! PATHs as typed → inputs in order, each with a name of its own.
//!
//! A name is the path below the deepest folder that holds all inputs, so that it does not depend on where the command
//! was run, and two inputs never share one.

use std::collections::{BTreeMap, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use super::fault::{Fault, Reason};

/// What a PATH led to.
#[derive(Debug)]
pub struct Input {
    /// The path to open.
    pub path: PathBuf,
    /// The name under which it is written.
    pub name: String,
    /// The name of its JSON file.
    pub output: String,
    /// A file to read, or why it is none.
    pub state: State,
}

/// Whether an input is to be read.
#[derive(Debug)]
pub enum State {
    /// A file.
    File,
    /// Not taken: a file of another type in a folder.
    Skipped,
    /// Nothing that can be read.
    Bad(Fault),
}

/// The endings of files that are taken from folders.
pub const EXTENSIONS: &[&str] = &["txt", "text", "html", "htm", "shtml", "xhtml"];

/// Which PATHs, and what is taken from folders.
#[derive(Debug, Default)]
pub struct Query<'q> {
    /// Files, folders and patterns.
    pub paths: &'q [PathBuf],
    /// Files and folders from a list, taken literally.
    pub listed: &'q [PathBuf],
    /// The endings of files that are taken from folders; empty takes every file.
    pub extensions: &'q [String],
    /// A folder that is never walked: where the output goes.
    pub out: Option<&'q Path>,
}

/// Finds the inputs.
pub fn inputs(query: &Query<'_>) -> Vec<Input> {
    let mut finder = Finder {
        extensions: query.extensions,
        out: query.out.and_then(|out| fs::canonicalize(out).ok()),
        found: Vec::new(),
        roots: Vec::new(),
    };
    for path in query.paths {
        finder.typed(path);
    }
    for path in query.listed {
        finder.literal(path);
    }
    named(finder.found, &finder.roots)
}

/// The paths of a list: one a line, or ended by NUL.
pub fn read_list(list: &Path, null: bool) -> io::Result<Vec<PathBuf>> {
    let mut bytes = Vec::new();
    if list.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut bytes)?;
    } else {
        bytes = fs::read(list)?;
    }
    if !null && bytes.contains(&0) {
        let message = "the names in it end with NUL; read them with -0";
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    let mark = if null { 0 } else { b'\n' };
    let lines = bytes.split(|b| *b == mark);
    Ok(lines
        .map(|line| match line.strip_suffix(b"\r") {
            Some(line) if !null => line,
            _ => line,
        })
        .filter(|line| !line.is_empty())
        .map(path_of_bytes)
        .collect())
}

#[cfg(unix)]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of_bytes(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

struct Finder<'q> {
    extensions: &'q [String],
    out: Option<PathBuf>,
    found: Vec<(PathBuf, State)>,
    /// The folder that each PATH stands for.
    roots: Vec<PathBuf>,
}

impl Finder<'_> {
    fn typed(&mut self, path: &Path) {
        let pattern = path.to_str().filter(|p| p.contains(['*', '?', '[']));
        match pattern {
            Some(pattern) if fs::symlink_metadata(path).is_err() => self.pattern(path, pattern),
            _ => self.literal(path),
        }
    }

    fn pattern(&mut self, path: &Path, pattern: &str) {
        let matches = match glob::glob(pattern) {
            Ok(matches) => matches,
            Err(error) => {
                let message = format!("is no pattern: {error}");
                return self.bad(path, Fault::new(Reason::Missing, message, None));
            }
        };
        let mut any = false;
        for found in matches {
            any = true;
            match found {
                Ok(path) => self.literal(&path),
                Err(error) => {
                    let fault = Fault::of_io(error.error());
                    self.bad(error.path(), fault);
                }
            }
        }
        if !any {
            let fault = Fault::new(
                Reason::Missing,
                "no file matches this pattern",
                Some("** goes through sub-folders: 'notices/**/*.txt'"),
            );
            self.bad(path, fault);
        }
    }

    fn literal(&mut self, path: &Path) {
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => {
                self.roots.push(lexical(path));
                self.walk(path);
            }
            Ok(metadata) if metadata.is_file() => {
                self.roots.push(parent(path));
                self.found.push((path.to_owned(), State::File));
            }
            Ok(_) => self.bad(path, Fault::not_a_file()),
            Err(error) => self.bad(path, Fault::of_io(&error)),
        }
    }

    fn bad(&mut self, path: &Path, fault: Fault) {
        self.roots.push(parent(path));
        self.found.push((path.to_owned(), State::Bad(fault)));
    }

    fn walk(&mut self, folder: &Path) {
        let out = self.out.clone();
        let walk = walkdir::WalkDir::new(folder)
            .follow_links(true)
            .sort_by_file_name()
            .into_iter()
            .filter_entry(move |entry| {
                let hidden =
                    entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".");
                let is_out = entry.file_type().is_dir()
                    && out.is_some()
                    && fs::canonicalize(entry.path()).ok() == out;
                !hidden && !is_out
            });
        for entry in walk {
            let (path, state) = match entry {
                Ok(entry) if entry.file_type().is_dir() => continue,
                Ok(entry) if !self.takes(entry.file_name()) => (entry.into_path(), State::Skipped),
                Ok(entry) if entry.file_type().is_file() => (entry.into_path(), State::File),
                Ok(entry) => (entry.into_path(), State::Bad(Fault::not_a_file())),
                Err(error) => {
                    let fault = match (error.loop_ancestor(), error.io_error()) {
                        (Some(above), _) => Fault::symlink_loop(above),
                        (None, Some(error)) => Fault::of_io(error),
                        (None, None) => Fault::new(Reason::Io, error.to_string(), None),
                    };
                    (error.path().unwrap_or(folder).to_owned(), State::Bad(fault))
                }
            };
            self.found.push((path, state));
        }
    }

    /// Whether a file of this name is taken from a folder: one of a known ending, or without any.
    fn takes(&self, name: &OsStr) -> bool {
        match extension(name) {
            Some(ending) if !self.extensions.is_empty() => self
                .extensions
                .iter()
                .any(|known| known.eq_ignore_ascii_case(&ending)),
            _ => true,
        }
    }
}

/// The ending of a file's name: letters and digits, with at least one letter (`2024.06` has none).
pub fn extension(name: &OsStr) -> Option<String> {
    let ending = Path::new(name).extension()?.to_str()?;
    let is_ending = ending.len() <= 8
        && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        && ending.bytes().any(|b| b.is_ascii_alphabetic());
    is_ending.then(|| ending.to_ascii_lowercase())
}

/// Gives each path its name; a path that was found twice stays once, at its first place.
fn named(found: Vec<(PathBuf, State)>, roots: &[PathBuf]) -> Vec<Input> {
    let base = common(roots);
    let mut seen = HashSet::new();
    let mut names = Names::default();
    let mut inputs = Vec::with_capacity(found.len());
    for (path, state) in found {
        let whole = lexical(&path);
        let below = whole.strip_prefix(&base).unwrap_or(&whole);
        let name = names.unique(words_of(below));
        if seen.insert(whole) {
            let output = json_name(&name);
            inputs.push(Input {
                path,
                name,
                output,
                state,
            });
        } else {
            names.forget(&name);
        }
    }
    keep_files_off_folders(&mut inputs);
    inputs
}

/// The longest name that file systems take, in bytes.
const MAX_NAME: usize = 255;

/// `x.txt` → `x.txt.json`, so that `x.html` beside it has a file of its own; over-long names are cut, and told apart by
/// a digest.
fn json_name(name: &str) -> String {
    let at = name.rfind('/').map_or(0, |at| at + 1);
    let (folder, file) = name.split_at(at);
    if file.len() + ".json".len() <= MAX_NAME {
        return format!("{name}.json");
    }
    let digest = hash(file.as_bytes());
    let room = MAX_NAME - "~0123456789abcdef.json".len();
    let cut = (0..=room).rev().find(|at| file.is_char_boundary(*at));
    let stem = file.get(..cut.unwrap_or(0)).unwrap_or("");
    format!("{folder}{stem}~{digest}.json")
}

/// The first 16 hexadecimal digits of the SHA-256.
pub fn hash(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(bytes);
    digest.iter().take(8).map(|b| format!("{b:02x}")).collect()
}

/// The files of the run itself, which no notice's file may replace.
const RESERVED: &[&str] = &["datapackage.json"];

/// Moves JSON files out of the way of folders (an input `a` beside a folder `a.json`) and of the run's own files.
fn keep_files_off_folders(inputs: &mut [Input]) {
    let mut folders: HashSet<String> = RESERVED.iter().map(|&name| name.to_owned()).collect();
    let mut last = String::new();
    for input in inputs.iter() {
        let folder = input.name.rsplit_once('/').map_or("", |(folder, _)| folder);
        if folder == last {
            continue;
        }
        last = folder.to_owned();
        let mut rest = folder;
        while folders.insert(rest.to_owned()) {
            rest = rest.rsplit_once('/').map_or("", |(above, _)| above);
        }
    }
    let mut taken: HashSet<String> = HashSet::new();
    for input in inputs.iter_mut() {
        let mut n = 2;
        while folders.contains(&input.output) || !taken.insert(input.output.clone()) {
            input.output = json_name(&format!("{}~{n}", input.name));
            n += 1;
        }
    }
}

#[derive(Default)]
struct Names {
    taken: HashSet<String>,
}

impl Names {
    fn unique(&mut self, name: String) -> String {
        let mut candidate = name.clone();
        let mut n = 2;
        while !self.taken.insert(candidate.clone()) {
            candidate = format!("{name}~{n}");
            n += 1;
        }
        candidate
    }

    fn forget(&mut self, name: &str) {
        self.taken.remove(name);
    }
}

/// A path as text: `/` between its parts; bytes that are no UTF-8 as `%FF`.
fn words_of(path: &Path) -> String {
    let mut words = String::new();
    for part in path.components() {
        if !words.is_empty() {
            words.push('/');
        }
        for chunk in part.as_os_str().as_encoded_bytes().utf8_chunks() {
            words.push_str(chunk.valid());
            for byte in chunk.invalid() {
                words.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    words
}

/// The absolute path without `.` and `..`, by its words alone.
fn lexical(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

fn parent(path: &Path) -> PathBuf {
    let mut whole = lexical(path);
    whole.pop();
    whole
}

/// The deepest folder that holds all of these.
fn common(roots: &[PathBuf]) -> PathBuf {
    let Some((first, rest)) = roots.split_first() else {
        return PathBuf::new();
    };
    let mut shared: Vec<Component<'_>> = first.components().collect();
    for root in rest {
        let same = shared.iter().zip(root.components());
        let n = same.take_while(|(a, b)| **a == *b).count();
        shared.truncate(n);
    }
    shared.iter().collect()
}

/// How many files of which endings were skipped.
pub fn skipped_endings(inputs: &[Input]) -> BTreeMap<String, usize> {
    let mut endings = BTreeMap::new();
    for input in inputs {
        if matches!(input.state, State::Skipped) {
            let ending = input.path.file_name().and_then(extension);
            *endings.entry(ending.unwrap_or_default()).or_default() += 1;
        }
    }
    endings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings() {
        #[track_caller]
        fn check(name: &str, expected: Option<&str>) {
            assert_eq!(extension(OsStr::new(name)).as_deref(), expected);
        }
        check("a.TXT", Some("txt"));
        check("许政办〔2024〕4号", None);
        check("关于2024.06", None);
        check("附件1.方案", None);
        check(".txt", None);
    }

    #[test]
    fn the_deepest_common_folder() {
        #[track_caller]
        fn check(roots: &[&str], expected: &str) {
            let roots: Vec<PathBuf> = roots.iter().map(PathBuf::from).collect();
            assert_eq!(common(&roots), PathBuf::from(expected));
        }
        check(&["/a/b"], "/a/b");
        check(&["/a/b", "/a/c"], "/a");
        check(&["/a/b", "/a/b/c"], "/a/b");
        check(&["/a", "/ab"], "/");
    }

    #[test]
    fn json_names() {
        assert_eq!(json_name("a/x.txt"), "a/x.txt.json");
        let long = format!("a/{}.txt", "关".repeat(83));
        let name = json_name(&long);
        assert!(
            name.len() <= MAX_NAME + 2 && name.ends_with(".json"),
            "{name}"
        );
        assert_ne!(name, json_name(&format!("a/{}.html", "关".repeat(83))));
        let files = ["/x/a", "/x/a.json/b", "/x/datapackage", "/x/a~2"];
        let found = files.map(|p| (PathBuf::from(p), State::File)).into();
        let inputs = named(found, &[PathBuf::from("/x")]);
        let outputs: Vec<_> = inputs.iter().map(|i| i.output.as_str()).collect();
        let expected = [
            "a~2.json",
            "a.json/b.json",
            "datapackage~2.json",
            "a~2~2.json",
        ];
        assert_eq!(outputs, expected);
    }

    #[test]
    fn names_are_plain_and_unique() {
        assert_eq!(lexical(Path::new("/a/./b/../c")), PathBuf::from("/a/c"));
        let odd = path_of_bytes(b"a\xff.txt");
        assert_eq!(words_of(&odd), "a%FF.txt");
        let found = ["/x/a%FF.txt", "/x/a.txt", "/x/y/../a.txt"]
            .map(|p| (PathBuf::from(p), State::File))
            .into_iter()
            .chain([(Path::new("/x").join(odd), State::File)])
            .collect();
        let inputs = named(found, &[PathBuf::from("/x")]);
        let names: Vec<_> = inputs.iter().map(|i| i.name.as_str()).collect();
        assert_eq!(names, ["a%FF.txt", "a.txt", "a%FF.txt~2"]);
    }
}
