//! A web page → the text of its article, with the labelled fields that stand around it.

/// Whether a text is a page rather than plain text, by its content.
pub fn is_html(text: &str) -> bool {
    let head = text.trim_start_matches(super::chars::is_space);
    head.get(..1024.min(head.len()))
        .unwrap_or(head)
        .to_ascii_lowercase()
        .contains("<html")
}

/// What a page holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The article as text, a paragraph a line, labelled fields first (`索引号：…`): what spans point into.
    pub text: String,
    /// How many tables were kept as rows.
    pub tables: usize,
    /// How many pictures carry no words.
    pub pictures: usize,
}

/// Reads a page.
pub fn extract(html: &str) -> Page {
    Page {
        text: html.to_owned(),
        ..Page::default()
    }
}
