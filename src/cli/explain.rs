//! `gongwen explain CODE`: what a finding means, why it is one, and an example both ways.

use std::io::{self, Write};

use gongwen::diagnostic::{Code, Language};

use super::Exit;
use super::check::language;

/// Explain a finding; without a code, list them all.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The code, as `gongwen check` prints it
    #[arg(value_name = "CODE", value_parser = code)]
    pub code: Option<Code>,

    /// Language of the explanation: en or zh [default: the locale's]
    #[arg(long, value_name = "LANG", value_parser = language::parse)]
    pub lang: Option<Language>,
}

/// A code by its id.
pub fn code(id: &str) -> Result<Code, String> {
    Code::from_id(id).ok_or_else(|| "no such code; `gongwen explain` lists them all".to_owned())
}

/// Runs the sub-command.
pub fn run(args: &Args) -> anyhow::Result<Exit> {
    let language = args.lang.unwrap_or_else(language::of_locale);
    let mut out = io::BufWriter::new(io::stdout().lock());
    match args.code {
        Some(code) => out.write_all(page(code, language).as_bytes())?,
        None => {
            for code in Code::ALL {
                let summary = match language {
                    Language::English => code.summary(),
                    Language::Chinese => first_line(section(code.page(), "## 说明")),
                };
                writeln!(out, "{:28} {:8} {summary}", code.id(), code.severity())?;
            }
        }
    }
    out.flush()?;
    Ok(Exit::Done)
}

/// Why findings of a code are findings: the first paragraph of what its page says.
pub fn reason(code: Code, language: Language) -> &'static str {
    let why = match language {
        Language::English => section(code.page(), "## Why"),
        Language::Chinese => section(code.page(), "## 依据"),
    };
    first_line(why)
}

/// The page in one language: pages hold both.
fn page(code: Code, language: Language) -> String {
    let page = code.page();
    let (what, why, why_heading) = match language {
        Language::English => (between(page, "\n", "\n## "), section(page, "## Why"), "Why"),
        Language::Chinese => (section(page, "## 说明"), section(page, "## 依据"), "依据"),
    };
    let mut out = format!(
        "{} ({})\n\n{}\n\n{why_heading}\n\n{}\n",
        code.id(),
        code.severity(),
        what.trim(),
        why.trim()
    );
    for heading in ["## Wrong 误", "## Right 正"] {
        let example = section(page, heading).trim();
        if !example.is_empty() {
            let lines = example.lines().filter(|line| !line.starts_with("```"));
            out.push_str(&format!("\n{}\n\n", heading.trim_start_matches("## ")));
            for line in lines {
                out.push_str(&format!("    {line}\n"));
            }
        }
    }
    out
}

/// What stands under a heading.
fn section<'p>(page: &'p str, heading: &str) -> &'p str {
    match page.find(heading) {
        Some(at) => {
            let rest = &page[at + heading.len()..];
            &rest[..rest.find("\n## ").unwrap_or(rest.len())]
        }
        None => "",
    }
}

fn between<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let start = page.find(from).map_or(0, |at| at + from.len());
    let rest = &page[start..];
    &rest[..rest.find(to).unwrap_or(rest.len())]
}

fn first_line(text: &str) -> &str {
    text.trim().lines().next().unwrap_or("")
}
