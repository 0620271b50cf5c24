//! The tables: every row fits its columns, every key is unique and leads somewhere, and the files under
//! `schemas/tables/` say what the code says (`UPDATE_SCHEMAS=1 cargo test --test tables` writes them anew).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use gongwen::emit::cell::Cell;
use gongwen::emit::rows::{Flat, LedgerFilter};
use gongwen::emit::tables::{self, Kind, TableId};

type Rows = BTreeMap<TableId, Vec<Vec<Cell<'static>>>>;

fn owned(cell: &Cell<'_>) -> Cell<'static> {
    match cell {
        Cell::Empty => Cell::Empty,
        Cell::Text(text) => Cell::Text(text.to_string().into()),
        Cell::List(list) => Cell::List(list.iter().map(|s| s.to_string().into()).collect()),
        Cell::Integer(n) => Cell::Integer(*n),
        Cell::Number(n) => Cell::Number(*n),
        Cell::Date(date) => Cell::Date(*date),
    }
}

fn rows(text: &str, filter: &LedgerFilter) -> Rows {
    let notice = gongwen::parse(text);
    let mut rows = Rows::new();
    Flat::new(&notice, "id", filter).rows(&mut |table, cells| {
        let cells = cells.iter().map(owned).collect();
        rows.entry(table).or_default().push(cells);
    });
    rows
}

fn samples() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir("samples")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt" || e == "html"))
        .collect();
    files.sort();
    files
}

fn fits(cell: &Cell<'_>, kind: Kind) -> bool {
    match (cell, kind) {
        (Cell::Empty, _) | (Cell::Text(_), Kind::Text) | (Cell::List(_), Kind::List) => true,
        (Cell::Text(text), Kind::Word(words)) => words.contains(&text.as_ref()),
        (Cell::Integer(_), Kind::Integer) | (Cell::Number(_), Kind::Number) => true,
        (Cell::Date(_), Kind::Date) => true,
        _ => false,
    }
}

#[test]
fn every_row_fits_its_columns() {
    for file in samples() {
        let notice = gongwen::parse_bytes(&fs::read(&file).unwrap(), &Default::default());
        Flat::new(&notice, "id", &LedgerFilter::default()).rows(&mut |id, cells| {
            let table = id.table();
            let at = format!("{} {}", file.display(), table.name);
            assert_eq!(cells.len(), table.columns.len(), "{at}");
            for (cell, column) in cells.iter().zip(table.columns) {
                assert!(fits(cell, column.kind), "{at}.{}: {cell:?}", column.name);
                assert!(
                    !column.required || *cell != Cell::Empty,
                    "{at}.{}",
                    column.name
                );
            }
        });
    }
}

#[test]
fn keys_are_unique_and_lead_somewhere() {
    for file in samples() {
        let bytes = fs::read(&file).unwrap();
        let text = gongwen::readable(&bytes, &Default::default()).text;
        let rows = rows(&text, &LedgerFilter::default());
        let values = |id: TableId, columns: &[&str]| -> Vec<Vec<String>> {
            let at: Vec<usize> = columns
                .iter()
                .map(|c| id.table().index_of(c).unwrap())
                .collect();
            let rows = rows.get(&id).into_iter().flatten();
            rows.map(|row| at.iter().map(|i| row[*i].to_text().into_owned()).collect())
                .collect()
        };
        for id in TableId::ALL {
            let table = id.table();
            let keys = values(id, table.key);
            let unique: BTreeSet<_> = keys.iter().collect();
            assert_eq!(
                unique.len(),
                keys.len(),
                "{} {}",
                file.display(),
                table.name
            );
            for (here, target, there) in table.foreign {
                let target = TableId::ALL
                    .into_iter()
                    .find(|t| t.table().name == *target)
                    .unwrap_or(id);
                let known: BTreeSet<_> = values(target, there).into_iter().collect();
                for key in values(id, here) {
                    let absent = key.iter().any(String::is_empty);
                    assert!(
                        absent || known.contains(&key),
                        "{} {}: {key:?}",
                        file.display(),
                        table.name
                    );
                }
            }
        }
    }
}

#[test]
fn the_schema_files_say_what_the_code_says() {
    for id in TableId::ALL {
        let table = id.table();
        let path = Path::new("schemas/tables").join(format!("{}.schema.json", table.name));
        let expected = serde_json::to_string_pretty(&table.schema()).unwrap() + "\n";
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            fs::create_dir_all("schemas/tables").unwrap();
            fs::write(&path, &expected).unwrap();
        }
        let found = fs::read_to_string(&path).unwrap();
        assert_eq!(
            found,
            expected,
            "{}: UPDATE_SCHEMAS=1 cargo test --test tables",
            path.display()
        );
    }
    assert_eq!(
        tables::data_package()["resources"]
            .as_array()
            .unwrap()
            .len(),
        7
    );
}
