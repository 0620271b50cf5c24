//! Tables that were flattened to lines: a head that names columns, and rows that are no text.
//!
//! Rows often start with numbers; they are no markers. The table is kept whole as paragraphs.

use std::ops::Range;

use super::line::Line;
use super::tree::MarkerStyle;
use crate::text::chars;

/// A row of column names is at most so long.
const HEAD_MAX: usize = 80;

/// Column names of the tables that notices carry (责任清单, 任务分工表). They shape the form: at least
/// two of them, 序号 first, make a head.
const COLUMNS: &[&str] = &[
    "任务", "内容", "措施", "事项", "项目", "指标", "名称", "单位", "部门", "牵头", "责任", "时限",
    "时间", "备注", "类别", "标准", "依据", "目标", "环节", "要求", "进度", "举措",
];

/// The runs of lines that are flattened tables, ascending.
pub fn tables(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut tables = Vec::new();
    // The last top numbers before a table: where they go on, the table has ended.
    let mut last: Vec<(MarkerStyle, u32)> = Vec::new();
    let mut start = None;
    for (i, line) in lines.iter().enumerate() {
        if let Some(from) = start {
            if ends_table(line, &last) {
                tables.push(from..i);
                start = None;
            } else {
                continue;
            }
        }
        if is_head(lines, i) {
            start = Some(i);
        } else if let Some(marker) = line.marker.filter(|m| is_top(m.style)) {
            last.retain(|(style, _)| *style != marker.style);
            last.push((marker.style, marker.number));
        }
    }
    if let Some(from) = start {
        tables.push(from..lines.len());
    }
    tables
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

/// `序号 重点任务 牵头部门 完成时限`, in one line or a cell a line.
fn is_head(lines: &[Line<'_>], i: usize) -> bool {
    let Some(line) = lines.get(i) else {
        return false;
    };
    let Some(rest) = line.text.strip_prefix("序号") else {
        return false;
    };
    if !chars::trim(rest).is_empty() {
        return rest.len() <= HEAD_MAX * 3 && is_columns(rest);
    }
    let cells = lines.get(i + 1..).unwrap_or(&[]).iter().take(4);
    let short = cells.filter(|cell| cell.text.len() <= 12 * 3);
    short
        .filter(|cell| COLUMNS.iter().any(|c| cell.text.contains(c)))
        .count()
        >= 2
}

fn is_columns(text: &str) -> bool {
    !text.contains(chars::is_full_stop) && COLUMNS.iter().filter(|c| text.contains(*c)).count() >= 2
}
