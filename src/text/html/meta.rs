//! The `<meta>` names that 政府网站发展指引 (国办发〔2017〕47号) prescribes, as labelled fields.

use super::labels::{Field, Meaning};
use super::tree::{Step, Tree};
use crate::text::chars;

/// Name of the `<meta>`, the label that says the same, and what it means. SiteDomain, SiteIDCode, ColumnType, Image and
/// Url say nothing about the notice; Author and Description are empty or repeat the site.
const NAMES: &[(&str, &str, Meaning)] = &[
    ("articletitle", "标题", Meaning::Title),
    ("pubdate", "发布日期", Meaning::Published),
    ("contentsource", "来源", Meaning::Source),
    ("columnname", "栏目名称", Meaning::Column),
    ("sitename", "网站名称", Meaning::Site),
    ("keywords", "关键词", Meaning::Keywords),
];

/// What the `<meta>` elements and the `<title>` of a page say.
#[derive(Debug, Default)]
pub(super) struct Meta {
    /// The fields, in the order of the names; each once.
    pub fields: Vec<Field>,
    /// The title of the window, which names the site too.
    pub window: String,
}

impl Meta {
    /// Reads them.
    pub fn read(tree: &Tree) -> Meta {
        let mut found: Vec<(usize, Field)> = Vec::new();
        let mut window = String::new();
        let mut in_title = false;
        tree.walk(Tree::ROOT, |step| {
            match step {
                Step::Enter(id) => match (tree.name(id), tree.element(id)) {
                    ("title", _) => in_title = window.is_empty(),
                    ("meta", Some(element)) => {
                        let named = element.attr("name").zip(element.attr("content"));
                        let field = named.and_then(|(name, content)| field(name, content));
                        if let Some((n, field)) = field
                            && !found.iter().any(|(m, _)| *m == n)
                        {
                            found.push((n, field));
                        }
                    }
                    _ => {
                        if let (true, Some(text)) = (in_title, tree.text(id)) {
                            window.push_str(text);
                        }
                    }
                },
                Step::Leave(id) => in_title &= tree.name(id) != "title",
            }
            true
        });
        found.sort_by_key(|(n, _)| *n);
        Meta {
            fields: found.into_iter().map(|(_, field)| field).collect(),
            window: window.split_whitespace().collect::<Vec<_>>().join(" "),
        }
    }

    /// The field of a meaning.
    pub fn get(&self, meaning: Meaning) -> Option<&Field> {
        self.fields.iter().find(|f| f.meaning == meaning)
    }
}

fn field(name: &str, content: &str) -> Option<(usize, Field)> {
    let name = name.trim();
    let at = NAMES
        .iter()
        .position(|(known, _, _)| name.eq_ignore_ascii_case(known))?;
    let (_, label, meaning) = NAMES.get(at)?;
    let content: String = content.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut field = Field::new(label, chars::trim(&content))?;
    field.meaning = *meaning;
    Some((at, field))
}

/// Whether two values of a meaning are the same: spaces, brackets and marks apart; of dates the day counts.
pub(super) fn is_same(meaning: Meaning, a: &str, b: &str) -> bool {
    match (meaning, day(a), day(b)) {
        (Meaning::Published, Some(a), Some(b)) => a == b,
        _ => folded(a) == folded(b),
    }
}

/// The letters and digits of a text, of one width: what titles are compared by.
pub(super) fn folded(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .map(|c| match c {
            '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .collect()
}

/// Year, month and day that a value begins with.
fn day(text: &str) -> Option<(u32, u32, u32)> {
    let mut numbers = text
        .split(|c| !chars::is_digit(c))
        .filter(|run| !run.is_empty())
        .map(|run| {
            run.chars()
                .filter_map(chars::digit_value)
                .fold(0u32, |n, d| n.saturating_mul(10).saturating_add(d))
        });
    Some((
        numbers.next().filter(|y| *y > 1900)?,
        numbers.next()?,
        numbers.next()?,
    ))
}
