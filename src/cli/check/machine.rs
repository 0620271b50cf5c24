//! Findings for programs: a line each, JSON Lines, SARIF 2.1.0.

use std::io::{self, Write};

use gongwen::diagnostic::{Code, Diagnostic, Language, Severity};
use gongwen::span::Span;
use serde_json::{Value, json};

use super::Checked;
use super::human::Places;

/// `path:line:column: severity[code]: message`.
pub fn write_short(checked: &Checked, language: Language, out: &mut impl Write) -> io::Result<()> {
    let places = Places::new(&checked.text);
    for finding in &checked.findings {
        let place = finding
            .span
            .and_then(|span| places.excerpt(span))
            .map_or(String::new(), |e| format!("{}:{}:", e.line, e.column));
        writeln!(
            out,
            "{}:{place} {}[{}]: {}",
            checked.name,
            finding.severity,
            finding.code,
            finding.message_in(language)
        )?;
    }
    Ok(())
}

/// One JSON object a finding, a line each.
pub fn write_json(checked: &Checked, language: Language, out: &mut impl Write) -> io::Result<()> {
    for finding in &checked.findings {
        let mut value = serde_json::to_value(finding)?;
        if let Value::Object(map) = &mut value {
            map.insert("message".into(), finding.message_in(language).into());
            map.insert("path".into(), checked.name.clone().into());
        }
        writeln!(out, "{value}")?;
    }
    Ok(())
}

/// A SARIF log, built input by input.
#[derive(Default)]
pub struct Sarif {
    results: Vec<Value>,
}

impl Sarif {
    /// Adds the findings of one input.
    pub fn add(&mut self, checked: &Checked, language: Language) {
        let places = Places::new(&checked.text);
        let results = checked
            .findings
            .iter()
            .map(|finding| result(finding, checked, &places, language));
        self.results.extend(results);
    }

    /// Writes the log.
    pub fn write(self, out: &mut impl Write) -> io::Result<()> {
        let rules: Vec<Value> = Code::ALL.iter().map(|code| rule(*code)).collect();
        let log = json!({
            "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "gongwen",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                }},
                "columnKind": "unicodeCodePoints",
                "results": self.results,
            }],
        });
        serde_json::to_writer_pretty(&mut *out, &log)?;
        out.write_all(b"\n")
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.id(),
        "shortDescription": {"text": code.summary()},
        "help": {"text": code.page(), "markdown": code.page()},
        "defaultConfiguration": {"level": level(code.severity())},
    })
}

fn result(
    finding: &Diagnostic,
    checked: &Checked,
    places: &Places<'_>,
    language: Language,
) -> Value {
    let artifact = json!({"uri": uri(&checked.name)});
    let location = |span: Option<Span>| {
        let mut location = json!({"physicalLocation": {"artifactLocation": artifact}});
        if let Some(region) = span.and_then(|span| region(span, places)) {
            location["physicalLocation"]["region"] = region;
        }
        location
    };
    let mut result = json!({
        "ruleId": finding.code.id(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == finding.code),
        "level": level(finding.severity),
        "message": {"text": finding.message_in(language)},
        "locations": [location(finding.span)],
    });
    if !finding.related.is_empty() {
        let related = finding.related.iter().map(|span| location(Some(*span)));
        result["relatedLocations"] = related.collect();
    }
    if let Some(fix) = &finding.fix
        && let Some(deleted) = region(fix.span, places)
    {
        result["fixes"] = json!([{
            "artifactChanges": [{
                "artifactLocation": artifact,
                "replacements": [{"deletedRegion": deleted, "insertedContent": {"text": fix.replacement}}],
            }],
        }]);
    }
    result
}

/// A region: line and column of both ends, and the code points.
fn region(span: Span, places: &Places<'_>) -> Option<Value> {
    let excerpt = places.excerpt(span)?;
    let words = excerpt.text.get(excerpt.range.clone())?;
    let end_line = excerpt.line + words.matches('\n').count();
    let end_column = match words.rfind('\n') {
        Some(at) => words[at + 1..].chars().count() + 1,
        None => excerpt.column + words.chars().count(),
    };
    Some(json!({
        "startLine": excerpt.line,
        "startColumn": excerpt.column,
        "endLine": end_line,
        "endColumn": end_column,
        "charOffset": span.start,
        "charLength": span.end - span.start,
        "snippet": {"text": words},
    }))
}

/// A path as a relative URI reference: all but unreserved characters and `/` escaped.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte))
            }
            b'\\' => out.push('/'),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
