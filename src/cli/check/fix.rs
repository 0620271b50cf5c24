//! `gongwen check --fix`: the certain mendings, written to a new file or, when asked, into the file itself.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use gongwen::diagnostic::{Diagnostic, Fix};
use gongwen::text::encoding::Encoding;

use super::human::Places;

/// Writes the mended text; nothing where there is nothing to mend.
pub fn write(
    path: &Path,
    text: &str,
    encoding: Encoding,
    findings: &[Diagnostic],
    in_place: bool,
) -> anyhow::Result<()> {
    let fixes: Vec<&Fix> = findings.iter().filter_map(|f| f.fix.as_ref()).collect();
    if fixes.is_empty() {
        return Ok(());
    }
    if path.as_os_str() == "-" {
        bail!("-: standard input cannot be mended; name a file");
    }
    if in_place && encoding != Encoding::Utf8 {
        bail!(
            "{}: is {}, and mended text is UTF-8\n  hint: without --in-place it is written to a new file",
            path.display(),
            encoding.name()
        );
    }
    let target = if in_place {
        path.to_owned()
    } else {
        beside(path)
    };
    let mended = apply(text, &fixes);
    let folder = target
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)
        .with_context(|| format!("{}: cannot write beside it", path.display()))?;
    file.write_all(mended.as_bytes())?;
    if let Ok(metadata) = fs::metadata(path) {
        file.as_file().set_permissions(metadata.permissions())?;
    }
    file.as_file().sync_all()?;
    file.persist(&target)
        .with_context(|| format!("{}: cannot be written", target.display()))?;
    // Told beside the findings, which go to standard output.
    writeln!(
        io::stderr(),
        "{}: {} mended, written to {}",
        path.display(),
        fixes.len(),
        target.display()
    )?;
    Ok(())
}

/// `notice.txt` → `notice.fixed.txt`.
fn beside(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_os_string();
    let mut name = stem;
    name.push(".fixed");
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

/// The text with the fixes made, from the front; of two that overlap the first holds.
fn apply(text: &str, fixes: &[&Fix]) -> String {
    let places = Places::new(text);
    let mut sorted: Vec<&&Fix> = fixes.iter().collect();
    sorted.sort_by_key(|fix| (fix.span.start, fix.span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for fix in sorted {
        let (Some(start), Some(end)) = (places.byte(fix.span.start), places.byte(fix.span.end))
        else {
            continue;
        };
        if start < at {
            continue;
        }
        out.push_str(&text[at..start]);
        out.push_str(&fix.replacement);
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use gongwen::span::Span;

    #[test]
    fn fixes_are_made_from_the_front() {
        let fix = |start, end, replacement: &str| Fix {
            span: Span {
                start,
                end,
                line: 1,
            },
            replacement: replacement.into(),
        };
        let fixes = [fix(4, 5, "，"), fix(0, 1, "乙"), fix(4, 5, "。")];
        let fixes: Vec<&Fix> = fixes.iter().collect();
        assert_eq!(apply("甲\n丙丁,戊", &fixes), "乙\n丙丁，戊");
    }

    #[test]
    fn the_new_file_stands_beside() {
        assert_eq!(beside(Path::new("a/b.txt")), Path::new("a/b.fixed.txt"));
        assert_eq!(beside(Path::new("b")), Path::new("b.fixed"));
    }
}
