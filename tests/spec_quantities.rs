//! Phrases → their numbers, quantities and dates.
//!
//! `tests/spec/numbers.tsv`: a phrase, then the value of each numeral (`-` where it is too long to be held).
//! `tests/spec/quantities.tsv`: a phrase, then one column a quantity: `words|kind|bound|value|unit`; a range is `3..5`.
//! `tests/spec/dates.tsv`: a phrase, then one column a date: `words|relation|first day|last day`, and the event.
//! The phrases are said to be written on 2024-05-29. `UPDATE_SPEC=1` writes what comes out, to be read before it is kept.

use std::fs;

use gongwen::analyze::quantities::{self, Atom, Reference};
use gongwen::date::Date;

fn reference() -> Reference {
    Reference {
        year: None,
        written_on: Date::new(2024, 5, 29),
    }
}

/// Reads every row of a table and holds what comes out against its columns.
fn hold(file: &str, columns: impl Fn(&[Atom<'_>]) -> Vec<String>) {
    let path = format!("tests/spec/{file}");
    let table = fs::read_to_string(&path).unwrap();
    let mut out = String::new();
    let (mut rows, mut wrong) = (0, Vec::new());
    for line in table.lines() {
        if line.is_empty() || line.starts_with('#') {
            out.push_str(&format!("{line}\n"));
            continue;
        }
        rows += 1;
        let phrase = line.split('\t').next().unwrap();
        let mut cells = vec![phrase.to_owned()];
        cells.extend(columns(&quantities::atoms(phrase, &reference())));
        let got = cells.join("\t");
        if got != line {
            wrong.push(format!("expected {line}\n     got {got}"));
        }
        out.push_str(&format!("{got}\n"));
    }
    if std::env::var_os("UPDATE_SPEC").is_some() {
        fs::write(&path, out).unwrap();
        return;
    }
    assert!(rows > 50, "{file} has lost its rows");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn or_dash<T: ToString>(value: Option<T>) -> String {
    value.map_or("-".to_owned(), |v| v.to_string())
}

/// The name of a kind or a bound in the contract.
fn name(value: impl serde::Serialize) -> String {
    let json = serde_json::to_string(&value).unwrap();
    json.trim_matches('"').replace("null", "-")
}

#[test]
fn numbers() {
    hold("numbers.tsv", |atoms| {
        let values = |atom: &Atom<'_>| match atom.numerals.len() {
            0 => vec!["-".to_owned()],
            _ => atom.numerals.iter().map(|n| n.value.to_string()).collect(),
        };
        atoms.iter().flat_map(values).collect()
    });
}

#[test]
fn amounts() {
    hold("quantities.tsv", |atoms| {
        atoms
            .iter()
            .map(|atom| {
                let value = match (atom.value, atom.upper) {
                    (Some(low), Some(high)) => format!("{low}..{high}"),
                    (value, _) => or_dash(value),
                };
                let (kind, bound) = (name(atom.kind), name(atom.comparator));
                let unit = or_dash(atom.unit.as_deref());
                format!("{}|{kind}|{bound}|{value}|{unit}", atom.core)
            })
            .collect()
    });
}

#[test]
fn dates() {
    hold("dates.tsv", |atoms| {
        atoms
            .iter()
            .filter_map(|atom| Some((atom, atom.time.as_ref()?)))
            .map(|(atom, time)| {
                let mut cell = format!(
                    "{}|{:?}|{}|{}",
                    atom.text,
                    time.relation,
                    or_dash(time.start),
                    or_dash(time.end)
                );
                if let Some(event) = time.event {
                    cell.push_str(&format!("|{event}"));
                }
                cell
            })
            .collect()
    });
}
