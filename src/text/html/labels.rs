//! The labels that stand around a notice on its page, and how `label：value` is taken out of a line.

use crate::text::chars;
use crate::vocab::labels::{Key, key};

/// What a label asks for, as far as a page's own `<meta>` names say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Meaning {
    /// 标题.
    Title,
    /// 发布日期.
    Published,
    /// 来源.
    Source,
    /// 栏目.
    Column,
    /// 网站名称.
    Site,
    /// 主题词.
    Keywords,
    /// Another field of a notice.
    Other,
    /// Who to ask, who edited: in an article a line as any other, around it none of the notice.
    Aside,
    /// The page's own: 浏览次数, 字体.
    Frame,
}

/// Labels that are known, but name nothing of the notice where they stand around it.
const ASIDES: &[&str] = &[
    "责任编辑",
    "编辑",
    "审核",
    "校对",
    "作者",
    "联系人",
    "联系电话",
    "联系单位",
    "联系方式",
    "咨询电话",
    "网址",
    "信息来源网址",
    "原文链接",
    "位置",
    "主办单位",
    "备注",
];

/// The longest label that is known, in characters.
const LONGEST: usize = 9;

/// A labelled value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    /// The label as written, without colon.
    pub label: String,
    /// The value; not empty.
    pub value: String,
    /// What the label asks for.
    pub meaning: Meaning,
}

impl Field {
    /// A field of a label and a value as they stand; `None` where there is no value.
    pub fn new(label: &str, value: &str) -> Option<Field> {
        let label = chars::trim(label).trim_end_matches(chars::is_colon);
        let value = clean(value);
        let known = meaning(label);
        (!value.is_empty() && !label.is_empty()).then(|| Field {
            label: chars::trim(label).to_owned(),
            value: value.to_owned(),
            meaning: known.unwrap_or(Meaning::Other),
        })
    }

    /// `label：value`.
    pub fn line(&self) -> String {
        format!("{}：{}", self.label, self.value)
    }
}

/// A value without the spaces, bars and opened brackets that stand between it and the next.
fn clean(value: &str) -> &str {
    let between = |c: char| chars::is_space(c) || matches!(c, '|' | '｜' | '•');
    let value = value.trim_matches(between);
    let value = value.trim_end_matches(|c| between(c) || chars::is_open_bracket(c));
    if matches!(value, "-" | "--" | "—" | "/" | "无" | "null" | "undefined") {
        return "";
    }
    value
}

/// What a label asks for, where it is one that is known; spaces inside do not count.
pub(super) fn meaning(label: &str) -> Option<Meaning> {
    let mut folded = String::with_capacity(4 * LONGEST);
    for c in label.chars().filter(|c| !chars::is_space(*c)) {
        if folded.len() > 3 * LONGEST {
            return None;
        }
        folded.push(c);
    }
    let key = key(&folded)?;
    Some(match &*folded {
        "栏目名称" | "所属栏目" | "栏目" => Meaning::Column,
        "网站名称" => Meaning::Site,
        folded if ASIDES.contains(&folded) => Meaning::Aside,
        _ => match key {
            Key::Title => Meaning::Title,
            Key::PublishedOn => Meaning::Published,
            Key::Origin => Meaning::Source,
            Key::Keywords => Meaning::Keywords,
            Key::Noise => Meaning::Frame,
            _ => Meaning::Other,
        },
    })
}

/// Whether words are a label of a notice, not of the page.
pub(super) fn is_label(words: &str) -> bool {
    meaning(words).is_some_and(|m| !matches!(m, Meaning::Frame | Meaning::Aside))
}

/// Whether words begin `label：`.
pub(super) fn starts_with_label(words: &str) -> bool {
    let head = chars::first(words, 2 * LONGEST);
    head.find(chars::is_colon)
        .and_then(|at| words.get(..at))
        .is_some_and(is_label)
}

/// Takes a line of `label：value` apart, one or several; empty where a known label stands nowhere.
///
/// `2022-11-16 来源: 市民政局 【字号:大 中 小】` gives the source and the frame's size of letters.
///
/// At a seam, where an element begins or ends, a label may follow other words without a space.
pub(super) fn fields(line: &str, seams: &[u32]) -> Vec<Field> {
    let mut starts: Vec<(usize, usize, usize)> = Vec::new(); // label from, to, value from
    let colons = line.char_indices().filter(|(_, c)| chars::is_colon(*c));
    for (at, colon) in colons {
        let after = starts.last().map_or(0, |(_, _, value)| *value);
        if let Some(from) = label_before(line, seams, after, at) {
            starts.push((from, at, at + colon.len_utf8()));
        }
    }
    let mut fields = Vec::new();
    for (n, (from, to, value)) in starts.iter().enumerate() {
        let end = starts.get(n + 1).map_or(line.len(), |next| next.0);
        let part = |from: usize, to: usize| line.get(from..to).unwrap_or_default();
        let label = part(*from, *to);
        if meaning(label) == Some(Meaning::Frame) {
            fields.push(Field {
                label: label.to_owned(),
                value: clean(part(*value, end)).to_owned(),
                meaning: Meaning::Frame,
            });
        } else {
            fields.extend(Field::new(label, part(*value, end)));
        }
    }
    fields
}

/// Where the label begins that ends at a colon: the longest known one that no other word runs into.
fn label_before(line: &str, seams: &[u32], after: usize, colon: usize) -> Option<usize> {
    let before = line.get(after..colon)?;
    let mut folded: Vec<(usize, char)> = before
        .char_indices()
        .rev()
        .filter(|(_, c)| !chars::is_space(*c))
        .take(LONGEST)
        .collect();
    folded.reverse();
    (0..folded.len()).find_map(|skip| {
        let label: String = folded.iter().skip(skip).map(|(_, c)| *c).collect();
        let start = folded.get(skip)?.0;
        let previous = before.get(..start)?.chars().next_back();
        let is_apart = previous.is_none_or(|c| !chars::is_han(c) && !c.is_ascii_alphabetic())
            || seams.contains(&((after + start) as u32));
        (is_apart && meaning(&label).is_some()).then_some(after + start)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_fields() {
        #[track_caller]
        fn check(line: &str, expected: &[(&str, &str)]) {
            let found = fields(line, &[]);
            let found: Vec<_> = found
                .iter()
                .filter(|f| f.meaning != Meaning::Frame)
                .map(|f| (&*f.label, &*f.value))
                .collect();
            assert_eq!(found, expected, "{line}");
        }
        check("索引号：X/2024-1", &[("索引号", "X/2024-1")]);
        check(
            "索 引 号： X/2024-1 主题分类：",
            &[("索 引 号", "X/2024-1")],
        );
        check(
            "发布时间：2023-10-23 08:59 浏览次数：12 信息来源： 市府办",
            &[("发布时间", "2023-10-23 08:59"), ("信息来源", "市府办")],
        );
        check(
            "2022-11-16 来源: 市民政局 【字号:大 中 小】",
            &[("来源", "市民政局")],
        );
        check("浏览次数：", &[]);
        check("政策文号：1", &[]);
        check("联系部门：某局", &[]);
        check(
            "文　　号：某政发〔2024〕1号",
            &[("文　　号", "某政发〔2024〕1号")],
        );
        check(
            "发布机构：市政府|成文日期：2024-01-02",
            &[("发布机构", "市政府"), ("成文日期", "2024-01-02")],
        );
        check("", &[]);
        check("：", &[]);
    }

    #[test]
    fn labels_of_every_length() {
        assert_eq!(meaning("规范性文件统一编号"), Some(Meaning::Other));
        assert_eq!(meaning("索  引\u{3000}号"), Some(Meaning::Other));
        assert_eq!(meaning("规范性文件统一编号号"), None);
        assert_eq!(meaning(""), None);
    }
}
