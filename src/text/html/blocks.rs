//! A page's tree → lines of text in their order, each with what is known of it.

use super::labels::{self, Field};
use super::measure::{Measured, Table};
use super::tree::{NodeId, Step, Tree};
use crate::text::chars;

/// A paragraph, a heading, a list item or a row of a table.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// Its text, without spaces at its ends.
    pub text: String,
    /// Its characters, spaces left out.
    pub chars: u32,
    /// How many of these are a link's.
    pub linked: u32,
    /// The element whose line it is.
    pub holder: NodeId,
    /// It stands in an element that names itself navigation, footer or the like.
    pub frame: bool,
    /// It stands in an element that names itself the title.
    pub title: bool,
    /// Where elements inside it begin and end: words do not run on there.
    pub seams: Vec<u32>,
    /// The number of the data table that it is a row of.
    pub table: Option<u32>,
}

/// The lines of a page.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    /// The lines, in the order of the page.
    pub list: Vec<Block>,
    /// Fields out of tables, with the line that they stand before.
    pub fields: Vec<(u32, Field)>,
    /// The lines under each node: first, one past the last.
    pub ranges: Vec<(u32, u32)>,
    /// Pictures that may hold words.
    pub pictures: Vec<NodeId>,
}

impl Blocks {
    /// Reads the lines of a page.
    pub fn read(tree: &Tree, measured: &[Measured]) -> Blocks {
        let mut writer = Writer {
            tree,
            measured,
            out: Blocks {
                ranges: vec![(0, 0); tree.len()],
                ..Blocks::default()
            },
            line: Line::default(),
            frames: 0,
            titles: 0,
            links: 0,
            pres: 0,
            tables: Vec::new(),
            count: 0,
            holders: Vec::new(),
        };
        tree.walk(Tree::ROOT, |step| match step {
            Step::Enter(id) => writer.enter(id),
            Step::Leave(id) => {
                writer.leave(id);
                true
            }
        });
        writer.flush();
        writer.out
    }

    /// The lines under a node.
    pub fn range(&self, id: NodeId) -> std::ops::Range<usize> {
        let (from, to) = self.ranges.get(id as usize).copied().unwrap_or_default();
        from as usize..to as usize
    }
}

/// A line that is being written.
#[derive(Debug, Default)]
struct Line {
    text: String,
    chars: u32,
    linked: u32,
    seams: Vec<u32>,
    gap: Gap,
}

/// How many bytes of a line may have seams.
const SEAMED: u32 = 1024;

/// The space between what was written and what comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Gap {
    #[default]
    None,
    /// A line end of the page's source: no space beside a Chinese character.
    Soft,
    /// A line end inside a cell: no space between two Chinese characters.
    Break,
    /// A space that was typed.
    Space,
}

impl Gap {
    /// Whether two characters stand together across it.
    fn closes(self, before: char, after: char) -> bool {
        match self {
            Gap::Soft => is_wide(before) || is_wide(after),
            Gap::Break => is_wide(before) && is_wide(after),
            Gap::None | Gap::Space => false,
        }
    }
}

impl Line {
    fn push(&mut self, c: char, linked: bool) {
        let gap = std::mem::take(&mut self.gap);
        if gap != Gap::None
            && let Some(last) = self.text.chars().next_back()
            && !gap.closes(last, c)
        {
            self.text.push(' ');
        }
        self.text.push(c);
        if !chars::is_space(c) {
            self.chars += 1;
            self.linked += u32::from(linked);
        }
    }

    /// An element begins or ends here; only lines short enough to be labels and values need to know.
    fn seam(&mut self) {
        let at = self.text.len() as u32;
        if at > 0 && at < SEAMED && self.seams.last() != Some(&at) {
            self.seams.push(at);
        }
    }

    fn space(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }
}

/// A Chinese character or full-width punctuation: what a line end beside it does not part.
fn is_wide(c: char) -> bool {
    chars::is_han(c)
        || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’' | '—' | '…' | '·')
}

/// A table that is being written; of a layout table nothing is held.
#[derive(Debug, Default)]
struct Open {
    kind: Table,
    number: u32,
    row: Vec<Cell>,
    in_cell: bool,
    /// Rows for which each column is still held by a cell from above.
    held: Vec<u32>,
    frame: bool,
}

#[derive(Debug, Default)]
struct Cell {
    line: Line,
    columns: u32,
    rows: u32,
}

/// The widest table whose columns are kept in step.
const COLUMNS: usize = 64;

struct Writer<'t> {
    tree: &'t Tree,
    measured: &'t [Measured],
    out: Blocks,
    line: Line,
    frames: u32,
    titles: u32,
    links: u32,
    pres: u32,
    tables: Vec<Open>,
    count: u32,
    /// The elements with lines of their own that are open.
    holders: Vec<NodeId>,
}

impl Writer<'_> {
    fn measured(&self, id: NodeId) -> Measured {
        self.measured.get(id as usize).copied().unwrap_or_default()
    }

    fn enter(&mut self, id: NodeId) -> bool {
        let of_this = self.measured(id);
        self.mark_start(id);
        if of_this.hidden {
            return false;
        }
        if let Some(text) = self.tree.text(id) {
            self.text(text);
            return false;
        }
        let name = self.tree.name(id);
        if is_block(name) {
            self.flush();
            self.mark_start(id);
            self.holders.push(id);
        }
        self.line.seam();
        self.frames += u32::from(of_this.frame);
        self.titles += u32::from(of_this.title);
        match name {
            "br" | "hr" => self.flush(),
            "a" => self.links += 1,
            "pre" => self.pres += 1,
            "img" => self.picture(id),
            "table" => self.open_table(of_this.table),
            "td" | "th" => self.open_cell(),
            _ => {}
        }
        true
    }

    fn leave(&mut self, id: NodeId) {
        let of_this = self.measured(id);
        if !of_this.hidden {
            let name = self.tree.name(id);
            match name {
                "a" => self.links -= 1,
                "td" | "th" => self.close_cell(id),
                "tr" => self.close_row(),
                "table" => {
                    self.flush();
                    self.tables.pop();
                }
                _ => {}
            }
            if is_block(name) {
                self.flush();
                self.holders.pop();
            }
            self.line.seam();
            self.frames -= u32::from(of_this.frame);
            self.titles -= u32::from(of_this.title);
            self.pres -= u32::from(name == "pre");
        }
        let end = self.out.list.len() as u32;
        // A line that is still open ends in one of the elements around.
        let open = u32::from(self.line.chars > 0);
        if let Some(range) = self.out.ranges.get_mut(id as usize) {
            range.1 = end + open;
        }
    }

    fn mark_start(&mut self, id: NodeId) {
        let start = self.out.list.len() as u32;
        if let Some(range) = self.out.ranges.get_mut(id as usize) {
            range.0 = start;
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\n' | '\r' if self.pres > 0 => {
                    if c == '\n' {
                        self.flush();
                    }
                }
                '\n' | '\r' => self.line.space(Gap::Soft),
                ' ' | '\t' | '\x0c' if self.line.gap == Gap::None => self.line.space(Gap::Space),
                ' ' | '\t' | '\x0c' => {}
                '\u{a0}' => self.line.space(Gap::Space),
                _ if chars::is_invisible(c) => {}
                _ if c.is_control() => self.line.space(Gap::Soft),
                _ => self.line.push(c, self.links > 0),
            }
        }
    }

    fn cell_is_open(&self) -> bool {
        self.tables
            .last()
            .is_some_and(|t| t.in_cell && t.kind != Table::Layout)
    }

    /// Ends the line, unless a cell holds it together.
    fn flush(&mut self) {
        if self.cell_is_open() {
            self.line.space(Gap::Break);
            return;
        }
        let line = std::mem::take(&mut self.line);
        self.put(line, None);
    }

    fn put(&mut self, line: Line, table: Option<u32>) {
        let text = match table {
            Some(_) => line.text.trim_end_matches(chars::is_space),
            None => chars::trim(&line.text),
        };
        if text.is_empty() {
            return;
        }
        let lead = (line.text.len() - line.text.trim_start_matches(chars::is_space).len()) as u32;
        let lead = if table.is_some() { 0 } else { lead };
        self.out.list.push(Block {
            text: text.to_owned(),
            seams: line
                .seams
                .iter()
                .map(|at| at.saturating_sub(lead))
                .collect(),
            chars: line.chars,
            linked: line.linked,
            holder: self.holders.last().copied().unwrap_or(Tree::ROOT),
            frame: self.frames > 0,
            title: self.titles > 0,
            table,
        });
    }

    fn picture(&mut self, id: NodeId) {
        let Some(element) = self.tree.element(id) else {
            return;
        };
        let small = |name: &str| {
            let size = element
                .attr(name)
                .map(|v| v.trim_end_matches("px").parse::<u32>());
            matches!(size, Some(Ok(0..=32)))
        };
        let source = element.attr("src").unwrap_or("").to_ascii_lowercase();
        let icon = ["icon", "filetype", "spacer", "blank.", "loading"]
            .iter()
            .any(|part| source.contains(part));
        if self.links == 0 && !small("width") && !small("height") && !icon {
            self.out.pictures.push(id);
        }
    }

    fn open_table(&mut self, kind: Table) {
        let number = self.count;
        self.count += u32::from(kind == Table::Data);
        self.tables.push(Open {
            kind,
            number,
            frame: self.frames > 0,
            ..Open::default()
        });
    }

    fn open_cell(&mut self) {
        self.flush();
        if let Some(table) = self.tables.last_mut() {
            table.in_cell = true;
        }
    }

    fn close_cell(&mut self, id: NodeId) {
        let Some(table) = self.tables.last_mut().filter(|t| t.kind != Table::Layout) else {
            return;
        };
        let span = |name: &str, most: u32| {
            let element = self.tree.element(id)?;
            let span = element.attr(name)?.trim().parse::<u32>().ok()?;
            Some(span.clamp(1, most))
        };
        table.in_cell = false;
        table.row.push(Cell {
            line: std::mem::take(&mut self.line),
            columns: span("colspan", COLUMNS as u32).unwrap_or(1),
            rows: span("rowspan", 10_000).unwrap_or(1),
        });
    }

    fn close_row(&mut self) {
        let Some(table) = self.tables.last_mut().filter(|t| t.kind != Table::Layout) else {
            return;
        };
        let row = std::mem::take(&mut table.row);
        if table.kind == Table::Data {
            let number = table.number;
            let line = table.line(row);
            self.put(line, Some(number));
        } else {
            let frame = table.frame;
            self.fields(row, frame);
        }
    }

    /// A row of a card: label, value, label, value; or both in one cell.
    fn fields(&mut self, row: Vec<Cell>, frame: bool) {
        let at = self.out.list.len() as u32;
        let is_known = |n: usize| {
            row.get(n)
                .is_some_and(|c| labels::is_label(unmarked(&c.line.text)))
        };
        let evens = (0..row.len()).step_by(2);
        let in_pairs = row.len().is_multiple_of(2)
            && evens.clone().any(is_known)
            && !evens.clone().any(|n| is_known(n + 1));
        let mut cells = row.into_iter().map(|cell| cell.line).peekable();
        while let Some(cell) = cells.next() {
            let label = chars::trim(&cell.text);
            let bare = unmarked(label);
            let is_short = bare.chars().count() <= 12;
            let is_pair = labels::is_label(bare)
                || is_short && !bare.is_empty() && (in_pairs || bare.len() < label.len());
            if is_pair {
                let taken = cells.next_if(|next| !labels::is_label(unmarked(&next.text)));
                let value = taken.map(|line| line.text).unwrap_or_default();
                let field = Field::new(bare, &value);
                self.out
                    .fields
                    .extend(field.filter(|_| !frame).map(|f| (at, f)));
                continue;
            }
            let found = labels::fields(label, &cell.seams);
            if found.is_empty() {
                self.put(cell, None);
            } else if !frame {
                self.out.fields.extend(found.into_iter().map(|f| (at, f)));
            }
        }
    }
}

/// A label without its colon.
fn unmarked(label: &str) -> &str {
    chars::trim(label).trim_end_matches(chars::is_colon)
}

impl Open {
    /// The cells of a row, joined by tabs; columns that a cell from above or from the left holds are empty.
    fn line(&mut self, row: Vec<Cell>) -> Line {
        let mut line = Line::default();
        let mut column = 0;
        let mut text = String::new();
        for cell in row {
            column = self.pass_held(column, &mut text);
            text.push_str(chars::trim(&cell.line.text));
            line.chars += cell.line.chars;
            line.linked += cell.line.linked;
            for n in 0..cell.columns as usize {
                if let Some(held) = self.column(column + n) {
                    *held = cell.rows - 1;
                }
                text.push('\t');
            }
            column += cell.columns as usize;
        }
        self.pass_held(column, &mut text);
        line.text = text;
        line
    }

    /// The first column from `column` on that no cell from above holds; one row less is held of those passed.
    fn pass_held(&mut self, mut column: usize, text: &mut String) -> usize {
        while let Some(held) = self.held.get_mut(column).filter(|held| **held > 0) {
            *held -= 1;
            text.push('\t');
            column += 1;
        }
        column
    }

    fn column(&mut self, column: usize) -> Option<&mut u32> {
        if column >= COLUMNS {
            return None;
        }
        if column >= self.held.len() {
            self.held.resize(column + 1, 0);
        }
        self.held.get_mut(column)
    }
}

/// Elements that stand on lines of their own.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
            | "ucaptitle"
            | "ucapcontent"
    )
}
