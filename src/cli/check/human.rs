//! Findings for people: the line, carets under the characters, help and a note.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Patch, Renderer, Snippet};
use gongwen::diagnostic::{Code, Diagnostic, Language, Severity};
use gongwen::span::Span;

use super::Checked;
use crate::cli::explain::reason;

/// So many of the other places of a slip are drawn.
const SHOWN: usize = 10;

/// So many columns of a line are shown around the place; paragraphs are long.
const WIDTH: usize = 110;

/// Draws the findings of one input. The rule behind a code is quoted once, with its first finding: `quoted` holds the
/// codes that were.
pub fn write(
    checked: &Checked,
    language: Language,
    colored: bool,
    quoted: &mut BTreeSet<Code>,
    out: &mut impl Write,
) -> io::Result<()> {
    let renderer = if colored {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(WIDTH);
    let places = Places::new(&checked.text);
    for finding in &checked.findings {
        let message = finding.message_in(language);
        let level = match finding.severity {
            Severity::Error => named(Level::ERROR, "错误", language),
            Severity::Warning => named(Level::WARNING, "警告", language),
            Severity::Info => named(Level::INFO, "提示", language),
        };
        let note = named(Level::NOTE, "说明", language);
        let title = level.primary_title(&message).id(finding.code.id());
        let group = match finding.span.and_then(|span| places.excerpt(span)) {
            Some(excerpt) => title.element(
                Snippet::source(excerpt.text)
                    .line_start(excerpt.line)
                    .path(&checked.name)
                    .annotation(AnnotationKind::Primary.span(excerpt.range)),
            ),
            None => title.element(annotate_snippets::Origin::path(&checked.name)),
        };
        let rule = quoted
            .insert(finding.code)
            .then(|| reason(finding.code, language));
        let group = match rule.filter(|rule| is_rule(rule)) {
            Some(rule) => group.element(note.clone().message(rule)),
            None => group,
        };
        let mut report = vec![group];
        if !finding.related.is_empty() {
            let places = finding
                .related
                .iter()
                .filter_map(|span| places.excerpt(*span));
            let places = places.take(SHOWN).map(|excerpt| {
                Snippet::source(excerpt.text)
                    .line_start(excerpt.line)
                    .path(&checked.name)
                    .annotation(AnnotationKind::Primary.span(excerpt.range))
            });
            let also = note.secondary_title(also_title(finding.related.len(), language));
            report.push(also.elements(places));
        }
        let mend = mending(finding, &places);
        let help = help_title(language);
        if let Some((excerpt, replacement)) = mend {
            let snippet = Snippet::source(excerpt.text)
                .line_start(excerpt.line)
                .patch(Patch::new(excerpt.range, replacement));
            let level = named(Level::HELP, "建议", language);
            report.push(level.secondary_title(help).element(snippet));
        }
        writeln!(out, "{}\n", renderer.render(&report))?;
    }
    Ok(())
}

/// A level by its name in a language.
fn named(level: Level<'static>, chinese: &'static str, language: Language) -> Level<'static> {
    match language {
        Language::English => level,
        Language::Chinese => level.with_name(chinese),
    }
}

/// So many characters are shown on both sides of a mending.
const AROUND: usize = 24;

/// The mending of a finding, with the words around it: paragraphs are long.
fn mending<'c>(finding: &'c Diagnostic, places: &Places<'c>) -> Option<(Excerpt<'c>, &'c str)> {
    let fix = finding.fix.as_ref()?;
    let mut excerpt = places.excerpt(fix.span)?;
    let (before, after) = (
        excerpt.text.get(..excerpt.range.start)?,
        excerpt.text.get(excerpt.range.end..)?,
    );
    let start = before.char_indices().rev().take(AROUND).last();
    let start = start.map_or(before.len(), |(at, _)| at);
    let end = after.char_indices().nth(AROUND);
    let end = excerpt.range.end + end.map_or(after.len(), |(at, _)| at);
    excerpt.text = excerpt.text.get(start..end)?;
    excerpt.range = excerpt.range.start - start..excerpt.range.end - start;
    Some((excerpt, fix.replacement.as_str()))
}

/// Whether the reason for a code is a rule that somebody made.
fn is_rule(reason: &str) -> bool {
    reason.contains("GB") || reason.contains('《')
}

fn also_title(n: usize, language: Language) -> String {
    match language {
        Language::English if n == 1 => "also here".to_owned(),
        Language::English => format!("also here ({n} places)"),
        Language::Chinese => format!("另有{n}处"),
    }
}

fn help_title(language: Language) -> &'static str {
    match language {
        Language::English => "write",
        Language::Chinese => "应改为",
    }
}

/// The count of what was found, in words.
pub fn write_summary(
    counts: [usize; 3],
    language: Language,
    out: &mut impl Write,
) -> io::Result<()> {
    let [infos, warnings, errors] = counts;
    if counts == [0; 3] {
        return match language {
            Language::English => writeln!(out, "nothing found"),
            Language::Chinese => writeln!(out, "未发现问题"),
        };
    }
    match language {
        Language::English => {
            let plural =
                |n: usize, word: &str| format!("{n} {word}{}", if n == 1 { "" } else { "s" });
            let mut parts = vec![plural(errors, "error"), plural(warnings, "warning")];
            if infos > 0 {
                parts.push(plural(infos, "info"));
            }
            writeln!(
                out,
                "{}; `gongwen explain CODE` says more of a code",
                parts.join(", ")
            )
        }
        Language::Chinese => {
            let mut parts = vec![format!("错误{errors}处"), format!("警告{warnings}处")];
            if infos > 0 {
                parts.push(format!("提示{infos}处"));
            }
            writeln!(
                out,
                "{}；各代码含义见 gongwen explain CODE",
                parts.join("，")
            )
        }
    }
}

/// Finds spans in a text that is shown.
pub struct Places<'t> {
    text: &'t str,
    lines: Vec<LineStart>,
}

struct LineStart {
    byte: usize,
    code_point: u32,
}

/// The lines that a span stands in, and where in them.
pub struct Excerpt<'t> {
    /// The lines.
    pub text: &'t str,
    /// The number of the first, from 1.
    pub line: usize,
    /// The bytes of the span in them.
    pub range: Range<usize>,
    /// The column of its first character, from 1.
    pub column: usize,
}

impl<'t> Places<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str) -> Places<'t> {
        let mut lines = Vec::new();
        let (mut byte, mut code_point) = (0, 0);
        for line in text.split_inclusive('\n') {
            lines.push(LineStart { byte, code_point });
            byte += line.len();
            code_point += line.chars().count() as u32;
        }
        Places { text, lines }
    }

    /// The byte at which a code point stands.
    pub fn byte(&self, code_point: u32) -> Option<usize> {
        let line = self
            .lines
            .partition_point(|line| line.code_point <= code_point);
        let start = self.lines.get(line.checked_sub(1)?)?;
        let rest = &self.text[start.byte..];
        let n = (code_point - start.code_point) as usize;
        rest.char_indices()
            .map(|(at, _)| at)
            .chain([rest.len()])
            .nth(n)
            .map(|at| start.byte + at)
    }

    /// The lines around a span.
    pub fn excerpt(&self, span: Span) -> Option<Excerpt<'t>> {
        let (start, end) = (self.byte(span.start)?, self.byte(span.end)?);
        let line = self.lines.partition_point(|line| line.byte <= start);
        let first = self.lines.get(line.checked_sub(1)?)?;
        let tail = self.text.get(end..)?;
        let last = end + tail.find('\n').unwrap_or(tail.len());
        Some(Excerpt {
            text: self.text.get(first.byte..last)?.trim_end_matches('\r'),
            line,
            range: start - first.byte..end - first.byte,
            column: self.text.get(first.byte..start)?.chars().count() + 1,
        })
    }
}
