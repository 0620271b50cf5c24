//! Arguments as typed: the sub-commands, and the options that several of them share.

use clap::{Parser, Subcommand, ValueEnum};
use gongwen::model::Format;
use gongwen::text::encoding::Encoding;

use super::{check, convert, explain, manual, parse, scan, schema, text};

/// Turns Chinese government notices (公文) into exact, structured data
#[derive(Debug, Parser)]
#[command(name = "gongwen", version, about, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The sub-commands, one file each.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Parse one notice and print it as JSON
    Parse(parse::Args),
    /// Convert files and folders to JSON, JSON Lines, CSV, a workbook or a database
    Convert(Box<convert::Args>),
    /// Proof-read notices and print what is odd in them
    Check(check::Args),
    /// Explain a finding; without a code, list them all
    Explain(explain::Args),
    /// Print the numbers, quantities and dates of any text
    Scan(scan::Args),
    /// Print the text that spans point into
    Text(text::Args),
    /// Print the JSON Schema of the output, or the schemas of the tables
    Schema(schema::Args),
    /// Print completions for a shell
    Completions(manual::CompletionsArgs),
    /// Print the manual page
    Man(manual::ManArgs),
}

/// How inputs are to be read: `#[command(flatten)]` it.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Reading {
    /// Character encoding of the input: utf-8, gb18030, gbk, gb2312, big5, utf-16le, utf-16be [default: found out]
    #[arg(long, value_name = "NAME", value_parser = encoding, help_heading = "Reading")]
    pub encoding: Option<Encoding>,

    /// Format of the input [default: found out]
    #[arg(long, value_name = "FORMAT", help_heading = "Reading")]
    pub input_format: Option<FormatArg>,

    /// Largest input that is read: bytes, or with K, M, G
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = size, help_heading = "Reading")]
    pub max_bytes: u64,
}

impl Reading {
    /// The library's options for an input of this name.
    pub fn options(&self, name: &str) -> gongwen::Options {
        gongwen::Options {
            name: Some(name.to_owned()),
            encoding: self.encoding,
            format: self.input_format.map(|format| match format {
                FormatArg::Text => Format::Text,
                FormatArg::Html => Format::Html,
            }),
        }
    }
}

/// The format of an input, as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatArg {
    /// Plain text
    Text,
    /// A web page
    Html,
}

fn encoding(label: &str) -> Result<Encoding, String> {
    Encoding::from_label(label).ok_or_else(|| {
        "expected one of utf-8, gb18030, gbk, gb2312, big5, utf-16le, utf-16be".to_owned()
    })
}

/// A number of bytes: `1048576`, `512K`, `64M`, `64MiB`.
fn size(text: &str) -> Result<u64, String> {
    let expected = || format!("expected a size as 1048576, 512K or 64M, found `{text}`");
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let (number, suffix) = text.split_at(digits.len());
    let shift = match suffix.to_ascii_lowercase().as_str() {
        "" | "b" => 0,
        "k" | "kb" | "kib" => 10,
        "m" | "mb" | "mib" => 20,
        "g" | "gb" | "gib" => 30,
        _ => return Err(expected()),
    };
    let number: u64 = number.parse().map_err(|_| expected())?;
    number.checked_mul(1 << shift).ok_or_else(expected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn sizes() {
        #[track_caller]
        fn check(text: &str, bytes: Option<u64>) {
            assert_eq!(size(text).ok(), bytes, "{text}");
        }
        check("0", Some(0));
        check("1000", Some(1000));
        check("2k", Some(2048));
        check("64M", Some(64 << 20));
        check("64MiB", Some(64 << 20));
        check("1G", Some(1 << 30));
        check("", None);
        check("M", None);
        check("1.5M", None);
        check("-1", None);
        check("5T", None);
        check("99999999999999999999", None);
        check("18446744073709551615K", None);
    }
}
