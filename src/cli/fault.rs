//! Why an input could not be read: a reason that programs count by, words for people, and what to do about it.

use std::fmt;
use std::io;
use std::path::Path;

/// The sort of fault; its id stands in the manifest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// There is no such file.
    Missing,
    /// The file may not be read.
    Permission,
    /// It is a folder where a file was expected.
    Directory,
    /// It is a pipe, a socket or a device.
    NotAFile,
    /// A symbolic link that leads back to itself, or to a folder above.
    SymlinkLoop,
    /// It is larger than `--max-bytes`.
    TooLarge,
    /// It holds nothing.
    Empty,
    /// It is no text: a PDF, a Word document, a picture, binary data.
    NotText,
    /// It changed while it was read.
    Changed,
    /// What it gives could not be written.
    Output,
    /// The parser failed on it: a defect of this program.
    Internal,
    /// All else that the system answers.
    Io,
}

impl Reason {
    /// The stable id: `too-large`.
    pub fn id(self) -> &'static str {
        match self {
            Reason::Missing => "missing",
            Reason::Permission => "permission",
            Reason::Directory => "directory",
            Reason::NotAFile => "not-a-file",
            Reason::SymlinkLoop => "symlink-loop",
            Reason::TooLarge => "too-large",
            Reason::Empty => "empty",
            Reason::Changed => "changed",
            Reason::NotText => "not-text",
            Reason::Output => "output",
            Reason::Internal => "internal",
            Reason::Io => "io",
        }
    }
}

/// Why an input could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The sort.
    pub reason: Reason,
    /// What was found, in one line.
    pub message: String,
    /// What to do about it, where there is something.
    pub hint: Option<&'static str>,
}

impl Fault {
    /// A fault of this sort.
    pub fn new(reason: Reason, message: impl Into<String>, hint: Option<&'static str>) -> Fault {
        Fault {
            reason,
            message: message.into(),
            hint,
        }
    }

    /// What the system's answer to opening or reading a file means.
    pub fn of_io(error: &io::Error) -> Fault {
        use io::ErrorKind;
        match error.kind() {
            ErrorKind::NotFound => Fault::new(
                Reason::Missing,
                "no such file",
                Some("check the path; names with spaces or brackets need quotes"),
            ),
            ErrorKind::PermissionDenied => Fault::new(
                Reason::Permission,
                "permission denied",
                Some("make the file readable: chmod +r"),
            ),
            ErrorKind::IsADirectory => Fault::directory(),
            // ELOOP; its kind is not stable yet.
            _ if error.raw_os_error() == Some(40) => Fault::new(
                Reason::SymlinkLoop,
                "a symbolic link that leads back to itself",
                Some("remove the link or name the file itself"),
            ),
            _ => Fault::new(Reason::Io, error.to_string(), None),
        }
    }

    /// A folder where a file was expected.
    pub fn directory() -> Fault {
        Fault::new(
            Reason::Directory,
            "is a folder",
            Some("convert a folder with: gongwen convert FOLDER --out DIR"),
        )
    }

    /// A pipe, a socket or a device where a file was expected.
    pub fn not_a_file() -> Fault {
        Fault::new(
            Reason::NotAFile,
            "is a pipe, a socket or a device, not a file",
            Some("read a pipe with: gongwen parse PIPE"),
        )
    }

    /// A link that leads back to a folder above it.
    pub fn symlink_loop(above: &Path) -> Fault {
        Fault::new(
            Reason::SymlinkLoop,
            format!("a symbolic link that leads back to {}", above.display()),
            Some("remove the link; the folder itself is converted"),
        )
    }

    /// The fault as an error that names the file.
    pub fn at(self, path: &Path) -> anyhow::Error {
        let mut text = format!("{}: {}", path.display(), self.message);
        if let Some(hint) = self.hint {
            text.push_str("\n  hint: ");
            text.push_str(hint);
        }
        anyhow::Error::msg(text)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
