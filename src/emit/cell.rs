//! What stands in a cell of a table.

use std::borrow::Cow;

use super::tables::SEPARATOR;
use crate::date::Date;
use crate::decimal::Decimal;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'n> {
    /// Nothing.
    Empty,
    /// Words.
    Text(Cow<'n, str>),
    /// Several values.
    List(Vec<Cow<'n, str>>),
    /// A whole number.
    Integer(i64),
    /// An exact number.
    Number(Decimal),
    /// A day.
    Date(Date),
}

impl Cell<'_> {
    /// The cell as the words of a file, lists joined.
    pub fn to_text(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::List(list) => Cow::Owned(list.join(SEPARATOR)),
            Cell::Integer(n) => Cow::Owned(n.to_string()),
            Cell::Number(n) => Cow::Owned(n.to_string()),
            Cell::Date(date) => Cow::Owned(date.to_string()),
        }
    }
}

impl<'n> From<&'n str> for Cell<'n> {
    fn from(text: &'n str) -> Cell<'n> {
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(Cow::Borrowed(text))
        }
    }
}

impl<'n> From<&'n String> for Cell<'n> {
    fn from(text: &'n String) -> Cell<'n> {
        Cell::from(text.as_str())
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(Cow::Owned(text))
        }
    }
}

impl From<u32> for Cell<'_> {
    fn from(n: u32) -> Self {
        Cell::Integer(i64::from(n))
    }
}

impl From<u64> for Cell<'_> {
    fn from(n: u64) -> Self {
        i64::try_from(n).map_or(Cell::Empty, Cell::Integer)
    }
}

impl From<usize> for Cell<'_> {
    fn from(n: usize) -> Self {
        Cell::from(n as u64)
    }
}

impl From<Date> for Cell<'_> {
    fn from(date: Date) -> Self {
        Cell::Date(date)
    }
}

impl From<Decimal> for Cell<'_> {
    fn from(n: Decimal) -> Self {
        Cell::Number(n)
    }
}

impl<'n> From<&'n [String]> for Cell<'n> {
    fn from(list: &'n [String]) -> Cell<'n> {
        Cell::from(
            list.iter()
                .map(|s| Cow::Borrowed(s.as_str()))
                .collect::<Vec<_>>(),
        )
    }
}

impl<'n> From<Vec<Cow<'n, str>>> for Cell<'n> {
    fn from(list: Vec<Cow<'n, str>>) -> Cell<'n> {
        if list.is_empty() {
            Cell::Empty
        } else {
            Cell::List(list)
        }
    }
}

impl<'n, T: Into<Cell<'n>>> From<Option<T>> for Cell<'n> {
    fn from(cell: Option<T>) -> Cell<'n> {
        cell.map_or(Cell::Empty, Into::into)
    }
}
