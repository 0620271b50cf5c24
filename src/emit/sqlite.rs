//! The tables as a SQLite database: typed, joined by foreign keys, with a full-text index over the measures.

use std::io::{self, Read, Seek};
use std::path::Path;

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, ToSql, params_from_iter};

use super::cell::Cell;
use super::packed;
use super::tables::{Kind, Table, TableId};
use super::words;
use crate::model::NodeKind;

/// Writes a database of packed rows, tagged by [`TableId`], to a file that is not there yet.
///
/// The same rows give the same bytes: one transaction, one order, no clock.
///
/// # Errors
/// What the reader, the file system and the database answer.
pub fn write(rows: impl Read + Seek, path: &Path, temporary: &Path) -> io::Result<()> {
    let mut rows = rows;
    write_tables(&mut rows, path)?;
    rows.rewind()?;
    write_index(&mut rows, temporary)?;
    join(path, temporary)
}

/// Writes the tables alone. The full-text index costs more than all of them: [`write_index`] builds it beside them, on
/// another thread, and [`join`] puts the two together.
///
/// # Errors
/// What the reader, the file system and the database answer.
pub fn write_tables(rows: impl Read, path: &Path) -> io::Result<()> {
    let mut database = create(path)?;
    let transaction = database.transaction().map_err(answer)?;
    for id in TableId::ALL {
        transaction
            .execute_batch(&definition(id.table()))
            .map_err(answer)?;
    }
    let statements = TableId::ALL.map(|id| insertion(id.table()));
    let mut rows = packed::Reader::new(rows);
    while let Some((tag, row)) = rows.next_row()? {
        let Some(statement) = statements.get(usize::from(tag)) else {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "no such table"));
        };
        let cells = packed::cells(row)?;
        transaction
            .prepare_cached(statement)
            .and_then(|mut statement| statement.execute(params_from_iter(cells.iter().map(Bound))))
            .map_err(answer)?;
    }
    transaction.execute_batch(INDEXES).map_err(answer)?;
    transaction.commit().map_err(answer)?;
    close(database)
}

/// Writes the full-text index over the measures, to a database of its own.
///
/// # Errors
/// What the reader, the file system and the database answer.
pub fn write_index(rows: impl Read, path: &Path) -> io::Result<()> {
    let place = |name: &str| {
        let mut columns = TableId::Nodes.table().columns.iter();
        columns.position(|column| column.name == name).unwrap_or(0)
    };
    let (kind, title, text) = (place("kind"), place("title"), place("text"));
    let mut database = create(path)?;
    let transaction = database.transaction().map_err(answer)?;
    transaction.execute_batch(FULL_TEXT).map_err(answer)?;
    transaction.execute_batch(FEW_MERGES).map_err(answer)?;
    let mut rows = packed::Reader::new(rows);
    // The rows of a table without a key of its own are numbered as they come.
    let mut id: i64 = 0;
    while let Some((tag, row)) = rows.next_row()? {
        if tag != TableId::Nodes as u8 {
            continue;
        }
        id += 1;
        if packed::cell_at(row, kind)?.to_text() != words::node_kind(NodeKind::Measure) {
            continue;
        }
        let (title, text) = (packed::cell_at(row, title)?, packed::cell_at(row, text)?);
        transaction
            .prepare_cached("INSERT INTO measures_fts(rowid, title, text) VALUES (?, ?, ?)")
            .and_then(|mut statement| statement.execute((id, Bound(&title), Bound(&text))))
            .map_err(answer)?;
    }
    transaction.commit().map_err(answer)?;
    close(database)
}

/// Takes the full-text index over into the database of the tables, and removes its own.
///
/// # Errors
/// What the file system and the database answer.
pub fn join(path: &Path, index: &Path) -> io::Result<()> {
    let mut database = Connection::open(path).map_err(answer)?;
    database.execute_batch(UNGUARDED).map_err(answer)?;
    let index_path = index.to_str().ok_or(io::ErrorKind::InvalidFilename)?;
    database
        .execute("ATTACH ? AS built", [index_path])
        .map_err(answer)?;
    let transaction = database.transaction().map_err(answer)?;
    transaction.execute_batch(FULL_TEXT).map_err(answer)?;
    // What an index is made of are tables like others: https://sqlite.org/fts5.html#fts5_data_structures
    for part in ["data", "idx", "docsize", "config"] {
        transaction
            .execute_batch(&format!(
                "DELETE FROM main.measures_fts_{part};
                 INSERT INTO main.measures_fts_{part} SELECT * FROM built.measures_fts_{part};"
            ))
            .map_err(answer)?;
    }
    transaction.commit().map_err(answer)?;
    close(database)?;
    std::fs::remove_file(index)?;
    std::fs::File::open(path)?.sync_all()
}

/// The file is thrown away if it is not finished: no journal, no waiting for the disk.
const UNGUARDED: &str = "PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; \
                         PRAGMA cache_size=-16000; PRAGMA temp_store=FILE; PRAGMA foreign_keys=OFF;";

fn create(path: &Path) -> io::Result<Connection> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let database = Connection::open(path).map_err(answer)?;
    database.execute_batch(UNGUARDED).map_err(answer)?;
    Ok(database)
}

fn close(database: Connection) -> io::Result<()> {
    database.close().map_err(|(_, error)| answer(error))
}

/// Trigrams find any three characters in a row; for two, `LIKE '%财政%'`.
const FULL_TEXT: &str = "
CREATE VIRTUAL TABLE main.measures_fts USING fts5(title, text, content='measures', content_rowid='id', tokenize='trigram');
";

/// A quarter of the time goes if segments are merged sixteen at a time and not four.
const FEW_MERGES: &str = "INSERT INTO measures_fts(measures_fts, rank) VALUES ('automerge', 16);";

const INDEXES: &str = "
CREATE VIEW measures AS
  SELECT rowid AS id, notice, node, title, text FROM nodes WHERE kind = 'measure';
CREATE INDEX responsibilities_by_unit ON responsibilities(unit);
CREATE INDEX targets_by_due ON targets(due);
CREATE INDEX milestones_by_due ON milestones(due);
CREATE INDEX ledger_by_due ON ledger(due_first);
";

/// A cell as the database takes it.
struct Bound<'c>(&'c Cell<'c>);

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
