//! The tables as a SQLite database: typed, joined by foreign keys, with a full-text index over the measures.

use std::io::{self, Read};
use std::path::Path;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

use super::packed;
use super::rows::Cell;
use super::tables::{Kind, Table, TableId};

/// Writes a database of packed rows, tagged by [`TableId`], to a file that is not there yet.
///
/// The same rows give the same bytes: one transaction, one order, no clock.
///
/// # Errors
/// What the reader, the file system and the database answer.
pub fn write(rows: &mut impl Read, path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fill(rows, path)?;
    std::fs::File::open(path)?.sync_all()
}

fn fill(rows: &mut impl Read, path: &Path) -> io::Result<()> {
    let mut database = Connection::open(path).map_err(answer)?;
    // The file is thrown away if it is not finished: no journal, no waiting for the disk.
    database
        .execute_batch("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=OFF;")
        .map_err(answer)?;
    let transaction = database.transaction().map_err(answer)?;
    for id in TableId::ALL {
        transaction
            .execute_batch(&definition(id.table()))
            .map_err(answer)?;
    }
    let statements = TableId::ALL.map(|id| insertion(id.table()));
    while let Some((tag, cells)) = packed::read_row(rows)? {
        let Some(statement) = statements.get(usize::from(tag)) else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "no such table"));
        };
        transaction
            .prepare_cached(statement)
            .and_then(|mut statement| statement.execute(params_from_iter(cells.iter().map(Bound))))
            .map_err(answer)?;
    }
    transaction.execute_batch(INDEX).map_err(answer)?;
    transaction.commit().map_err(answer)?;
    database.close().map_err(|(_, error)| answer(error))
}

/// The views and the full-text index. Trigrams find any three characters in a row; for two, `LIKE '%财政%'`.
const INDEX: &str = "
CREATE VIEW measures AS
  SELECT rowid AS id, notice, node, title, text FROM nodes WHERE kind = 'measure';
CREATE VIRTUAL TABLE measures_fts USING fts5(title, text, content='measures', content_rowid='id', tokenize='trigram');
INSERT INTO measures_fts(measures_fts) VALUES ('rebuild');
INSERT INTO measures_fts(measures_fts) VALUES ('optimize');
CREATE INDEX responsibilities_by_unit ON responsibilities(unit);
CREATE INDEX targets_by_due ON targets(due);
CREATE INDEX milestones_by_due ON milestones(due);
CREATE INDEX ledger_by_due ON ledger(due_first);
";

/// A cell as the database takes it.
struct Bound<'c>(&'c Cell<'static>);

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Cell::Empty => ToSqlOutput::Borrowed(ValueRef::Null),
            Cell::Text(text) => ToSqlOutput::from(text.as_ref()),
            Cell::List(_) | Cell::Date(_) => {
                ToSqlOutput::Owned(Value::Text(self.0.to_text().into_owned()))
            }
            Cell::Integer(n) => ToSqlOutput::from(*n),
            Cell::Number(n) => ToSqlOutput::Owned(match n.to_i64() {
                Some(n) => Value::Integer(n),
                None => Value::Real(n.to_f64()),
            }),
        })
    }
}

fn definition(table: &Table) -> String {
    let mut lines: Vec<String> = table
        .columns
        .iter()
        .map(|column| {
            let kind = match column.kind {
                Kind::Text | Kind::List | Kind::Word(_) | Kind::Date => "TEXT",
                Kind::Integer => "INTEGER",
                Kind::Number => "NUMERIC",
            };
            let required = if column.required { " NOT NULL" } else { "" };
            format!("  \"{}\" {kind}{required}", column.name)
        })
        .collect();
    lines.push(format!("  PRIMARY KEY ({})", table.key.join(", ")));
    for (here, other, there) in table.foreign {
        let other = if other.is_empty() { table.name } else { other };
        let (here, there) = (here.join(", "), there.join(", "));
        lines.push(format!(
            "  FOREIGN KEY ({here}) REFERENCES {other} ({there})"
        ));
    }
    format!("CREATE TABLE {} (\n{}\n);", table.name, lines.join(",\n"))
}

fn insertion(table: &Table) -> String {
    let marks = vec!["?"; table.columns.len()].join(", ");
    format!("INSERT INTO {} VALUES ({marks})", table.name)
}

fn answer(error: rusqlite::Error) -> io::Error {
    let full = error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull);
    let kind = if full {
        io::ErrorKind::StorageFull
    } else {
        io::ErrorKind::Other
    };
    io::Error::new(kind, error)
}
