//! Whether a text is a page.

use crate::text::chars;

/// How much of a text is looked at.
const SAMPLE: usize = 64 * 1024;

/// Elements that a page begins with.
const OPENERS: &[&str] = &["html", "head", "body", "meta", "title", "base", "link"];

/// Elements that hold lines.
const LINES: &[&str] = &[
    "p", "div", "br", "table", "tr", "td", "th", "tbody", "li", "ul", "ol", "h1", "h2", "h3", "h4",
    "section", "article", "center", "dl", "dt", "dd", "pre",
];

/// Elements inside lines.
const INSIDE: &[&str] = &[
    "span", "a", "b", "strong", "font", "i", "u", "em", "img", "sub", "sup", "o:p", "input",
    "script", "style",
];

/// Whether a text is a page rather than plain text, by its content.
///
/// It is where it begins like one (`<!doctype html>`, `<html>`, `<meta>`), and where tags make its lines rather than
/// line ends do. Text that merely names a tag, or holds a `<`, is text.
pub fn is_html(text: &str) -> bool {
    let Some(start) = memchr::memchr(b'<', text.as_bytes()) else {
        return false;
    };
    let head = chars::front(text, SAMPLE);
    if chars::trim(text.get(..start).unwrap_or_default()).is_empty() && opens_page(head) {
        return true;
    }
    let count = Count::of(head);
    // Two tags may be quoted; a page has them all over, and its lines end in them.
    count.lines >= 2
        && count.closed
        && (count.lines * 2 >= count.written || count.tag_bytes * 4 >= head.len())
}

/// Whether a text begins, behind comments and declarations, with what only a page begins with.
fn opens_page(head: &str) -> bool {
    let mut rest = head;
    for _ in 0..64 {
        rest = rest.trim_start_matches(chars::is_space);
        let Some(inside) = rest.strip_prefix('<') else {
            return false;
        };
        let closer = match inside.as_bytes() {
            [b'!', b'-', b'-', ..] => "-->",
            [b'%', ..] => "%>",
            [b'?', ..] => ">",
            [b'!', word @ ..] => {
                return word
                    .get(..7)
                    .is_some_and(|w| w.eq_ignore_ascii_case(b"doctype"));
            }
            _ => return OPENERS.contains(&&*name(inside)),
        };
        match inside.find(closer) {
            Some(at) => rest = inside.get(at + closer.len()..).unwrap_or_default(),
            None => return false,
        }
    }
    false
}

/// The name that a tag begins with, in small letters; empty where none does.
fn name(inside: &str) -> String {
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let length = inside
        .bytes()
        .take(12)
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b':')
        .count();
    let (name, behind) = inside.split_at(length);
    let ends = behind
        .bytes()
        .next()
        .is_some_and(|b| matches!(b, b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'));
    if ends {
        name.to_ascii_lowercase()
    } else {
        String::new()
    }
}

#[derive(Debug, Default)]
struct Count {
    /// Tags of elements that hold lines.
    lines: usize,
    /// Lines as the text itself has them, blank ones left out.
    written: usize,
    /// Bytes inside tags.
    tag_bytes: usize,
    /// An element is closed, or one that needs no closing stands there.
    closed: bool,
}

impl Count {
    fn of(head: &str) -> Count {
        let mut count = Count {
            written: head
                .lines()
                .filter(|line| !chars::trim(line).is_empty())
                .count(),
            ..Count::default()
        };
        let mut rest = head;
        while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
            let inside = rest.get(at + 1..).unwrap_or_default();
            rest = inside;
            let name = name(inside);
            let holds_lines = LINES.contains(&&*name);
            if !holds_lines && !INSIDE.contains(&&*name) && !OPENERS.contains(&&*name) {
                continue;
            }
            let Some(end) = memchr::memchr(b'>', inside.as_bytes()) else {
                break;
            };
            count.lines += usize::from(holds_lines);
            count.closed |= inside.starts_with('/') || name == "br";
            count.tag_bytes += end + 2;
            rest = inside.get(end..).unwrap_or_default();
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_and_texts() {
        #[track_caller]
        fn check(text: &str, is_page: bool) {
            assert_eq!(is_html(text), is_page, "{text}");
        }
        check("<!DOCTYPE html><title>通知</title>", true);
        check("\u{feff}\n<!-- 保存 -->\n<html>", true);
        check("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC>", true);
        check("<%@ page language=\"java\" %>\n<html>", true);
        check("<META charset=gbk>", true);
        check("<p>各县人民政府：</p><p>一、总体要求</p>", true);
        check("各县人民政府：<br>一、总体要求<br/>二、重点任务", true);
        check("<div class=\"a\">通知</div>", true);
        check("<table><tr><td>索引号</td><td>1</td></tr></table>", true);
        check("", false);
        check("各县人民政府：\n一、总体要求\n", false);
        check("单位能耗<0.5吨标准煤，>0.3吨标准煤", false);
        check("&lt;p&gt;通知&lt;/p&gt;", false);
        check(
            "网页代码中的<p>和</p>标签\n应当成对出现。\n一、要求\n二、任务\n三、保障\n四、附则\n",
            false,
        );
        check("<关于印发方案的通知>\n各县人民政府：\n", false);
        check("<<政府工作报告>>", false);
        check("<html", false);
        check("<p", false);
        check("PM<2.5 a<b c<p d", false);
    }
}
