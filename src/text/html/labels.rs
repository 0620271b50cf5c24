//! The labels that stand around a notice on its page, and how `label：value` is taken out of a line.

use crate::text::chars;

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
    /// The page's own: 浏览次数, 字体.
    Frame,
}

/// Labels without their inner spaces.
const LABELS: &[(&str, Meaning)] = &[
    ("标题", Meaning::Title),
    ("名称", Meaning::Title),
    ("信息名称", Meaning::Title),
    ("文件名称", Meaning::Title),
    ("公文名称", Meaning::Title),
    ("发布日期", Meaning::Published),
    ("发布时间", Meaning::Published),
    ("发文日期", Meaning::Other),
    ("发表时间", Meaning::Published),
    ("发表日期", Meaning::Published),
    ("公开日期", Meaning::Published),
    ("公开时间", Meaning::Published),
    ("公布日期", Meaning::Published),
    ("上网时间", Meaning::Published),
    ("发稿时间", Meaning::Published),
    ("日期", Meaning::Published),
    ("时间", Meaning::Published),
    ("来源", Meaning::Source),
    ("信息来源", Meaning::Source),
    ("文章来源", Meaning::Source),
    ("稿件来源", Meaning::Source),
    ("内容来源", Meaning::Source),
    ("栏目", Meaning::Column),
    ("所属栏目", Meaning::Column),
    ("栏目名称", Meaning::Column),
    ("网站名称", Meaning::Site),
    ("关键词", Meaning::Keywords),
    ("关键字", Meaning::Keywords),
    ("主题词", Meaning::Keywords),
    ("索引号", Meaning::Other),
    ("索引码", Meaning::Other),
    ("信息索引号", Meaning::Other),
    ("统一编号", Meaning::Other),
    ("统一登记号", Meaning::Other),
    ("登记号", Meaning::Other),
    ("信息类别", Meaning::Other),
    ("信息分类", Meaning::Other),
    ("主题分类", Meaning::Other),
    ("组配分类", Meaning::Other),
    ("体裁分类", Meaning::Other),
    ("主题", Meaning::Other),
    ("体裁", Meaning::Other),
    ("分类", Meaning::Other),
    ("类别", Meaning::Other),
    ("文种", Meaning::Other),
    ("公文种类", Meaning::Other),
    ("文件类型", Meaning::Other),
    ("发文机关", Meaning::Other),
    ("发文机构", Meaning::Other),
    ("发文单位", Meaning::Other),
    ("发文部门", Meaning::Other),
    ("发布机构", Meaning::Other),
    ("发布机关", Meaning::Other),
    ("发布单位", Meaning::Other),
    ("发布部门", Meaning::Other),
    ("公开机构", Meaning::Other),
    ("公开单位", Meaning::Other),
    ("制发机关", Meaning::Other),
    ("制定机关", Meaning::Other),
    ("责任部门", Meaning::Other),
    ("成文日期", Meaning::Other),
    ("成文时间", Meaning::Other),
    ("生成日期", Meaning::Other),
    ("印发日期", Meaning::Other),
    ("签发日期", Meaning::Other),
    ("实施日期", Meaning::Other),
    ("施行日期", Meaning::Other),
    ("生效日期", Meaning::Other),
    ("生效时间", Meaning::Other),
    ("失效日期", Meaning::Other),
    ("失效时间", Meaning::Other),
    ("废止日期", Meaning::Other),
    ("废止时间", Meaning::Other),
    ("有效期", Meaning::Other),
    ("有效期至", Meaning::Other),
    ("发文字号", Meaning::Other),
    ("发文文号", Meaning::Other),
    ("发布文号", Meaning::Other),
    ("文件编号", Meaning::Other),
    ("文件文号", Meaning::Other),
    ("公文文号", Meaning::Other),
    ("文号", Meaning::Other),
    ("有效性", Meaning::Other),
    ("时效性", Meaning::Other),
    ("时效", Meaning::Other),
    ("效力状态", Meaning::Other),
    ("文件状态", Meaning::Other),
    ("公开方式", Meaning::Other),
    ("公开属性", Meaning::Other),
    ("公开形式", Meaning::Other),
    ("公开范围", Meaning::Other),
    ("公开时限", Meaning::Other),
    ("公开类别", Meaning::Other),
    ("公开程序", Meaning::Other),
    ("政策级别", Meaning::Other),
    ("政策主题", Meaning::Other),
    ("服务对象", Meaning::Other),
    ("适用对象", Meaning::Other),
    ("内容概述", Meaning::Other),
    ("签发人", Meaning::Other),
    ("密级", Meaning::Other),
    ("紧急程度", Meaning::Other),
    ("浏览次数", Meaning::Frame),
    ("浏览量", Meaning::Frame),
    ("阅读次数", Meaning::Frame),
    ("阅读量", Meaning::Frame),
    ("阅读", Meaning::Frame),
    ("点击数", Meaning::Frame),
    ("点击量", Meaning::Frame),
    ("点击次数", Meaning::Frame),
    ("点击率", Meaning::Frame),
    ("访问量", Meaning::Frame),
    ("访问次数", Meaning::Frame),
    ("字体", Meaning::Frame),
    ("字号", Meaning::Frame),
    ("文字大小", Meaning::Frame),
    ("字体大小", Meaning::Frame),
    ("浏览字号", Meaning::Frame),
    ("视力保护色", Meaning::Frame),
    ("保护视力色", Meaning::Frame),
    ("背景色", Meaning::Frame),
    ("分享", Meaning::Frame),
    ("分享到", Meaning::Frame),
    ("分享至", Meaning::Frame),
    ("打印", Meaning::Frame),
    ("责任编辑", Meaning::Frame),
    ("作者", Meaning::Frame),
    ("编辑", Meaning::Frame),
];

/// The longest label, in characters.
const LONGEST: usize = 5;

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
    let folded: String = label
        .chars()
        .filter(|c| !chars::is_space(*c))
        .take(LONGEST + 1)
        .collect();
    LABELS
        .iter()
        .find(|(name, _)| *name == folded)
        .map(|(_, meaning)| *meaning)
}

/// Whether words are a label of a notice, not of the page.
pub(super) fn is_label(words: &str) -> bool {
    meaning(words).is_some_and(|m| m != Meaning::Frame)
}

/// Whether words begin `label：`.
pub(super) fn starts_with_label(words: &str) -> bool {
    let head = words
        .char_indices()
        .nth(2 * LONGEST)
        .map_or(words, |(at, _)| &words[..at]);
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
        check("联系电话：123", &[]);
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
    fn no_label_is_longer_than_the_longest() {
        for (label, _) in LABELS {
            assert!(label.chars().count() <= LONGEST, "{label}");
        }
    }
}
