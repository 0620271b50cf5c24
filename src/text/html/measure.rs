//! What the elements of a page are: hidden, frame, title, table of fields or of data; measured once, bottom up.

use super::frame;
use super::labels;
use super::tree::{Element, Step, Tree};
use crate::text::chars;

/// What is known of a node.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Measured {
    /// Visible characters under it, spaces left out.
    pub chars: u32,
    /// Not shown, or no text: scripts, controls.
    pub hidden: bool,
    /// Its name says that it is navigation, a footer, a share bar.
    pub frame: bool,
    /// Its name says that it is the title.
    pub title: bool,
    /// What a table holds.
    pub table: Table,
}

/// What a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Table {
    /// Parts of the page, or nothing: no table.
    #[default]
    Layout,
    /// A label, its value; the card of a notice.
    Fields,
    /// Data in rows and columns.
    Data,
}

/// Measures every node. Where `hidden` is false, styles that hide are not believed: some pages show themselves by a
/// script only.
pub(super) fn measure(tree: &Tree, hidden: bool) -> Vec<Measured> {
    let mut measured = vec![Measured::default(); tree.len()];
    let mut tables: Vec<Open> = Vec::new();
    tree.walk(Tree::ROOT, |step| match step {
        Step::Enter(id) => {
            let Some(at) = measured.get_mut(id as usize) else {
                return false;
            };
            if let Some(text) = tree.text(id) {
                at.chars = visible(text);
                if let Some(open) = tables.last_mut() {
                    open.text(text);
                }
                return false;
            }
            let Some(element) = tree.element(id) else {
                return true;
            };
            at.hidden = is_silent(&element.name) || hidden && is_hidden(element);
            at.frame = frame::is_frame_element(element);
            at.title = frame::is_title_element(element);
            if at.hidden {
                return false;
            }
            match &*element.name {
                "table" => {
                    if let Some(outer) = tables.last_mut() {
                        outer.nested = true;
                    }
                    tables.push(Open::default());
                }
                "tr" => tables.last_mut().into_iter().for_each(Open::row),
                "td" | "th" => tables.last_mut().into_iter().for_each(Open::cell),
                _ => {}
            }
            true
        }
        Step::Leave(id) => {
            let of_this = measured.get(id as usize).copied().unwrap_or_default();
            if let Some(parent) = tree.parent(id)
                && let Some(parent) = measured.get_mut(parent as usize)
            {
                parent.chars += of_this.chars;
            }
            if of_this.hidden {
                return true;
            }
            match tree.name(id) {
                "td" | "th" => {
                    if let Some(open) = tables.last_mut() {
                        open.end_cell(of_this.chars);
                    }
                }
                "table" => {
                    if let Some(open) = tables.pop()
                        && let Some(at) = measured.get_mut(id as usize)
                    {
                        at.table = open.kind(of_this.chars);
                    }
                }
                _ => {}
            }
            true
        }
    });
    unframe(&mut measured);
    measured
}

/// A name may promise a frame where the page stands inside; what holds much of the text is no frame and no title.
fn unframe(measured: &mut [Measured]) {
    let total = measured.first().map_or(0, |root| root.chars);
    for at in measured {
        at.frame &= u64::from(at.chars) * 10 <= u64::from(total) * 3;
        at.title &= at.chars <= 150;
    }
}

fn visible(text: &str) -> u32 {
    text.chars().filter(|c| !chars::is_space(*c)).count() as u32
}

/// Elements that hold no words of the page.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "template"
            | "noscript"
            | "head"
            | "title"
            | "select"
            | "option"
            | "button"
            | "textarea"
            | "iframe"
            | "object"
            | "embed"
            | "audio"
            | "video"
            | "canvas"
            | "svg"
            | "math"
            | "map"
            | "input"
            | "dialog"
    )
}

fn is_hidden(element: &Element) -> bool {
    // A page that a script shows when it is ready.
    if matches!(&*element.name, "body" | "html") {
        return false;
    }
    if element.attr("hidden").is_some() {
        return true;
    }
    let Some(style) = element.attr("style") else {
        return false;
    };
    let style: String = style
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| c.to_ascii_lowercase())
        .collect();
    [
        "display:none",
        "visibility:hidden",
        "opacity:0;",
        "mso-hide:all",
    ]
    .iter()
    .any(|hide| style.contains(hide))
        || style.ends_with("opacity:0")
}

/// A table that is being walked through.
#[derive(Debug, Default)]
struct Open {
    nested: bool,
    rows: u32,
    cells: u32,
    widest: u32,
    biggest: u32,
    labels: u32,
    /// The first words of the open cell.
    words: String,
}

impl Open {
    fn text(&mut self, text: &str) {
        for c in text.chars() {
            if self.words.len() > 64 {
                break;
            }
            if !chars::is_space(c) {
                self.words.push(c);
            }
        }
    }

    fn row(&mut self) {
        self.rows += 1;
        self.cells = 0;
    }

    fn cell(&mut self) {
        self.cells += 1;
        self.widest = self.widest.max(self.cells);
        self.words.clear();
    }

    fn end_cell(&mut self, chars: u32) {
        self.biggest = self.biggest.max(chars);
        let label = self.words.trim_end_matches(chars::is_colon);
        if labels::is_label(label) || labels::starts_with_label(&self.words) {
            self.labels += 1;
        }
        self.words.clear();
    }

    fn kind(&self, chars: u32) -> Table {
        let is_small = chars < 3000 && self.biggest < 1000;
        let is_page = self.rows == 1 && self.biggest > 200
            || self.biggest > 1500 && self.biggest * 10 > chars * 7;
        if self.nested || self.rows == 0 || self.widest == 0 {
            Table::Layout
        } else if is_small && self.labels >= self.rows.min(2) && self.labels * 4 >= self.rows {
            Table::Fields
        } else if self.widest == 1 || is_page {
            Table::Layout
        } else {
            Table::Data
        }
    }
}
