//! Tables that were flattened to lines: a head that names columns, and rows that are no text.
//!
//! Rows often start with numbers; they are no markers. The table is kept whole as paragraphs.

use std::ops::Range;

use super::line::Line;
use super::tree::MarkerStyle;
use crate::text::chars;

/// A row of column names is at most so long, a cell of them so many bytes.
const HEAD_MAX: usize = 80;
const CELL_MAX: usize = 12 * 3;

/// A head without 序号 names at least so many columns.
const COLUMNS_MIN: usize = 3;

/// A table has at least so many rows, and a cell at most so many lines of its own.
const ROWS_MIN: usize = 2;
const CELL_LINES: usize = 8;

/// Column names of the tables that notices carry (责任清单, 任务分工表). They shape the form: at least
/// two of them, 序号 first, make a head.
const COLUMNS: &[&str] = &[
    "任务", "内容", "措施", "事项", "项目", "指标", "名称", "单位", "部门", "牵头", "责任", "时限",
    "时间", "备注", "类别", "标准", "依据", "目标", "环节", "要求", "进度", "举措",
];

/// The runs of lines that are flattened tables, ascending.
pub fn tables(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut tables: Vec<Range<usize>> = Vec::new();
    // The last top numbers before a table: where they go on, the table has ended.
    let mut last: Vec<(MarkerStyle, u32)> = Vec::new();
    let mut i = 0;
    while let Some(line) = lines.get(i) {
        let end = if is_head(lines, i) {
            i + ends_at(lines.get(i..).unwrap_or(&[]), &last)
        } else {
            i + rows(lines.get(i..).unwrap_or(&[]))
        };
        if end > i {
            tables.push(i..end);
            i = end;
            continue;
        }
        if let Some(marker) = line.marker.filter(|m| is_top(m.style)) {
            last.retain(|(style, _)| *style != marker.style);
            last.push((marker.style, marker.number));
        }
        i += 1;
    }
    tables
}

/// How many lines a table takes that opens with a head and is not told by tabs: up to where the numbers before it go on.
fn ends_at(lines: &[Line<'_>], last: &[(MarkerStyle, u32)]) -> usize {
    lines
        .iter()
        .position(|line| ends_table(line, last))
        .unwrap_or(lines.len())
}

/// How many lines the rows of a table take whose cells are parted by tabs; nought where no table starts. A cell may
/// hold several lines, which have no tabs.
fn rows(lines: &[Line<'_>]) -> usize {
    if lines.first().is_none_or(|line| tabs(line) < 2) {
        return 0;
    }
    let (mut rows, mut end) = (0, 0);
    for (i, line) in lines.iter().enumerate() {
        if is_note(line.text) {
            break;
        }
        if tabs(line) > 0 {
            rows += 1;
            end = i + 1;
        } else if i - end >= CELL_LINES {
            break;
        }
    }
    if rows < ROWS_MIN { 0 } else { end }
}

/// `注：…`, below a table.
fn is_note(text: &str) -> bool {
    let rest = text.strip_prefix('备').unwrap_or(text);
    rest.strip_prefix('注').is_some_and(|rest| {
        rest.trim_start_matches(|c| chars::is_space(c) || chars::is_digit(c))
            .starts_with(chars::is_colon)
    })
}

/// How many tabs part the cells of a line.
fn tabs(line: &Line<'_>) -> usize {
    line.text.bytes().filter(|&b| b == b'\t').count()
}

fn is_top(style: MarkerStyle) -> bool {
    matches!(
        style,
        MarkerStyle::Part
            | MarkerStyle::Chapter
            | MarkerStyle::Division
            | MarkerStyle::Article
            | MarkerStyle::ChineseComma
            | MarkerStyle::ChineseRound
    )
}

fn ends_table(line: &Line<'_>, last: &[(MarkerStyle, u32)]) -> bool {
    line.marker
        .is_some_and(|m| m.number > 1 && last.contains(&(m.style, m.number - 1)))
}

/// `序号 重点任务 牵头部门 完成时限`, `工作任务 责任单位 完成时限`, in one line or a cell a line.
fn is_head(lines: &[Line<'_>], i: usize) -> bool {
    let Some(line) = lines.get(i) else {
        return false;
    };
    if let Some(rest) = line.text.strip_prefix("序号") {
        if !chars::trim(rest).is_empty() {
            return is_columns(rest);
        }
        let cells = lines.get(i + 1..).unwrap_or(&[]).iter().take(4);
        let short = cells.filter(|cell| cell.text.len() <= CELL_MAX);
        return short
            .filter(|cell| COLUMNS.iter().any(|c| cell.text.contains(c)))
            .count()
            >= 2;
    }
    if line.text.len() > HEAD_MAX * 3 {
        return false;
    }
    if line.marker.is_some() || !is_column(line.text.split(chars::is_space).next().unwrap_or("")) {
        return false;
    }
    let cells = line.text.split(chars::is_space).filter(|c| !c.is_empty());
    let in_line = cells.clone().count();
    if in_line > 1 {
        return in_line >= COLUMNS_MIN && cells.filter(|c| is_column(c)).count() >= COLUMNS_MIN;
    }
    let below = lines.get(i + 1..).unwrap_or(&[]).iter();
    let named = below.take_while(|line| line.marker.is_none() && is_column(line.text));
    named.take(COLUMNS_MIN - 1).count() + 1 >= COLUMNS_MIN
}

/// Whether a cell is the name of a column and no more: `责任单位`, `完成时限`.
fn is_column(cell: &str) -> bool {
    cell.len() <= 8 * 3 && COLUMNS.iter().any(|column| cell.ends_with(column))
}

/// The names of columns behind 序号, up to the first number: the rows of the table may follow on the line.
fn is_columns(text: &str) -> bool {
    let head: String = text
        .chars()
        .take(HEAD_MAX * 2)
        .take_while(|&c| !chars::is_digit(c))
        .filter(|&c| !chars::is_space(c))
        .take(HEAD_MAX)
        .collect();
    !head.contains(chars::is_full_stop) && COLUMNS.iter().filter(|c| head.contains(*c)).count() >= 2
}
