//! Where the parts of a notice meet in a line that holds them all: title, number, addressees, the words that promulgate,
//! sign-off, date, note, enclosed title, attachments.

use std::sync::LazyLock;

use regex::Regex;

use super::marker::Marker;
use super::split::End;
use crate::text::chars;
use crate::vocab::finder::Endings;

/// What titles of notices and of what they enclose end with.
const TITLE_ENDINGS: &[&str] = &[
    "通知",
    "意见",
    "决定",
    "决议",
    "通报",
    "公告",
    "通告",
    "公报",
    "批复",
    "报告",
    "请示",
    "议案",
    "复函",
    "函",
    "纪要",
    "令",
    "方案",
    "办法",
    "细则",
    "规定",
    "规则",
    "条例",
    "措施",
    "规划",
    "计划",
    "政策",
    "要点",
    "预案",
    "清单",
    "制度",
    "标准",
    "指南",
    "指引",
    "规范",
    "名单",
    "目录",
    "章程",
    "准则",
    "条件",
    "程序",
    "若干政策",
    "十条",
    "工作安排",
    "任务分工",
    "实施意见",
];

static TITLES: LazyLock<Endings> = LazyLock::new(|| Endings::new(TITLE_ENDINGS));

/// What the names of bodies end with that sign notices.
const BODY_ENDINGS: &[char] = &[
    '府', '室', '局', '厅', '委', '会', '部', '院', '署', '处', '办', '行', '组', '司', '校', '心',
    '社',
];

/// The words that open the text behind a title.
const TEXT_OPENERS: &[&str] = &[
    "为",
    "根据",
    "按照",
    "第一章",
    "第一条",
    "一、",
    "（一）",
    "目录",
    "目　录",
    "近年来",
    "依据",
    "经",
    "各",
    "（20",
    "总则",
];

/// Adds the places where parts meet, given the numbers of the outline and where sentences end.
pub(super) fn cuts(line: &str, markers: &[(usize, Marker)], ends: &[End], cuts: &mut Vec<usize>) {
    let body = markers.first().map_or(line.len(), |m| m.0);
    gaps(line, markers, cuts);
    let head = head(line, ends, cuts);
    let titles = named_titles(line.get(..body).unwrap_or(line));
    dates(line, head, ends, &titles, cuts);
    unstopped(line, head, cuts);
    openers(line, ends, cuts);
    tables(line, cuts);
}

/// The heads of tables that were flattened into the line: `…分工表序号工作任务责任单位完成时限1…`.
fn tables(line: &str, cuts: &mut Vec<usize>) {
    const COLUMNS: &[&str] = &[
        "任务", "单位", "部门", "时限", "时间", "内容", "事项", "措施", "备注",
    ];
    for at in memchr::memmem::find_iter(line.as_bytes(), "序号") {
        let head: String = line
            .get(at..)
            .unwrap_or("")
            .chars()
            .take(60)
            .take_while(|&c| !chars::is_digit(c) && !chars::is_full_stop(c))
            .filter(|&c| !chars::is_space(c))
            .collect();
        if COLUMNS.iter().filter(|c| head.contains(*c)).count() >= 2 {
            cuts.push(at);
        }
    }
}

/// Whether a text ends with a title: its last words name a kind of document, and no stop stands close before.
pub(super) fn ends_with_title(text: &str) -> bool {
    let text = text.trim_end_matches(chars::is_space);
    let bare = without_round_tail(text);
    TITLES.longest(bare).is_some()
}

/// Whether a text ends with a date.
pub(super) fn ends_with_date(text: &str) -> bool {
    let text = text.trim_end_matches(chars::is_space);
    text.ends_with('日')
        && text
            .chars()
            .rev()
            .nth(1)
            .is_some_and(|c| chars::is_digit(c) || "一二三四五六七八九十".contains(c))
}

/// The text without a bracket at its end: `…行动计划（2024—2026年）`.
fn without_round_tail(text: &str) -> &str {
    if !text.ends_with(chars::is_close_round) {
        return text;
    }
    let tail: usize = text
        .chars()
        .rev()
        .take(24)
        .take_while(|&c| !chars::is_open_round(c))
        .map(char::len_utf8)
        .sum();
    let bare = text.get(..text.len() - tail).unwrap_or(text);
    bare.strip_suffix(chars::is_open_round).unwrap_or(text)
}

/// Breaks at wide gaps: two spaces and more, where no short field stands at either side.
fn gaps(line: &str, markers: &[(usize, Marker)], cuts: &mut Vec<usize>) {
    let mut places: Vec<(usize, usize)> = Vec::new();
    let (mut start, mut wide) = (None, 0);
    for (at, c) in line.char_indices() {
        if chars::is_space(c) {
            start.get_or_insert(at);
            wide += if c == ' ' { 1 } else { 2 };
        } else if let Some(from) = start.take() {
            let before = line.get(..from).and_then(|t| t.chars().next_back());
            let after_sentence =
                before.is_some_and(|c| chars::is_full_stop(c) || chars::is_semicolon(c));
            if wide >= 3 || (wide >= 1 && after_sentence) {
                places.push((from, at));
            }
            wide = 0;
        }
    }
    for (i, &(from, to)) in places.iter().enumerate() {
        let before = i
            .checked_sub(1)
            .and_then(|i| places.get(i))
            .map_or(0, |p| p.1);
        let after = places.get(i + 1).map_or(line.len(), |p| p.0);
        // What follows a number belongs to it.
        let numbered = markers
            .get(..markers.partition_point(|m| m.0 < from))
            .and_then(|m| m.last())
            .is_some_and(|(at, marker)| at + marker.len >= from);
        if !numbered && from - before.min(from) > 9 && after - to > 9 {
            cuts.push(to);
        }
    }
}

/// Title, number and addressees, up to the first colon; returns where they end.
fn head(line: &str, ends: &[End], cuts: &mut Vec<usize>) -> usize {
    let limit = ends
        .iter()
        .find(|end| end.stop)
        .map_or(line.len(), |end| end.at)
        .min(1500);
    let area = chars::front(line, limit);
    // The number: 渝府发〔2019〕17号.
    let number = number(area);
    if let Some((from, to)) = number {
        cuts.push(from);
        cuts.push(to);
    }
    let from = number.map_or(0, |n| n.1);
    let Some(colon) = colon_outside(area, from) else {
        return from;
    };
    let addressees = area.get(from..colon).unwrap_or("");
    // A title stands before the addressees where no number parts them.
    if let Some(end) = title_end(addressees) {
        cuts.push(from + end);
    }
    if is_addressees(addressees) {
        cuts.push(colon);
        return colon;
    }
    from
}

/// The end of a document number, from the bracket before its year: 〔2019〕17号. Brackets come mixed, and spaces anywhere.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let number =
        r"[〔\[［﹝【][0-9０-９ ]{4,13}[〕\]］﹞】）)][0-9０-９ ]*[0-9０-９][0-9０-９ ]*号";
    Regex::new(number).unwrap_or_else(|_| unreachable!("a fixed expression, as a test shows"))
});

/// A document number in the head of a text: where it starts and ends.
fn number(area: &str) -> Option<(usize, usize)> {
    let head = area.split(['：', '。']).next()?;
    let found = NUMBER.find(head)?;
    Some((agency_start(area, found.start())?, found.end()))
}

/// `许政办〔2024〕4号`, `国办发〔2023〕 12 号` and nothing else.
pub(super) fn is_document_number(text: &str) -> bool {
    text.ends_with('号')
        && NUMBER.find(text).is_some_and(|found| {
            let agency = text.get(..found.start()).unwrap_or("");
            found.end() == text.len()
                && agency
                    .chars()
                    .all(|c| chars::is_han(c) || chars::is_space(c))
        })
}

/// Where the agency code before a number starts: behind a title, 文件, a space or the start of the text.
fn agency_start(area: &str, open: usize) -> Option<usize> {
    let before = area.get(..open)?;
    let mut at = open;
    for (n, c) in before.chars().rev().enumerate() {
        let left = before.get(..at)?;
        if n > 1
            && (chars::is_space(c)
                || left.ends_with("文件")
                || TITLE_ENDINGS.iter().any(|w| left.ends_with(w))
                    && !left.ends_with('函')
                    && !left.ends_with('令'))
        {
            return Some(at);
        }
        if n > 14 || matches!(c, '（' | '(' | '《' | '》' | '、' | '，') {
            return None;
        }
        at -= c.len_utf8();
    }
    Some(0)
}

/// The end of the first colon outside brackets and titles, from a place on.
fn colon_outside(area: &str, from: usize) -> Option<usize> {
    let mut depth = 0u32;
    for (at, c) in area.get(from..)?.char_indices() {
        if chars::is_open_bracket(c) || c == '《' {
            depth += 1;
        } else if chars::is_close_bracket(c) || c == '》' {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && chars::is_colon(c) {
            return Some(from + at + c.len_utf8());
        }
    }
    None
}

/// Where a title ends in what stands before a colon: `…的通知各区县…`.
fn title_end(text: &str) -> Option<usize> {
    let mut depth = 0u32;
    for (at, c) in text.char_indices() {
        if chars::is_open_bracket(c) || c == '《' {
            depth += 1;
        } else if chars::is_close_bracket(c) || c == '》' {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && c == '的' {
            let rest = text.get(at + c.len_utf8()..)?;
            if let Some(word) = TITLE_ENDINGS
                .iter()
                .take(15)
                .find(|word| rest.starts_with(**word))
            {
                let end = at + c.len_utf8() + word.len();
                return (text
                    .get(end..)
                    .is_some_and(|t| !t.is_empty() && !t.starts_with(chars::is_colon)))
                .then_some(end);
            }
        }
    }
    None
}

/// Whether what stands before a colon names whom a notice is sent to.
fn is_addressees(text: &str) -> bool {
    let name = chars::trim(text.trim_end_matches(chars::is_colon));
    name.starts_with('各')
        || name.ends_with(BODY_ENDINGS)
        || [
            "单位",
            "部门",
            "机构",
            "企业",
            "同志",
            "公司",
            "学校",
            "院校",
            "团体",
            "组织",
            "政府）",
            "科室",
            "委员会",
        ]
        .iter()
        .any(|word| name.ends_with(word))
}

/// What stands in 《》: titles that may come again behind the sign-off.
fn named_titles(head: &str) -> Vec<&str> {
    let mut titles = Vec::new();
    let mut rest = head;
    while let Some((_, after)) = rest.split_once('《') {
        let Some((title, behind)) = after.split_once('》') else {
            break;
        };
        if title.len() <= 300 {
            titles.push(title);
        }
        rest = behind;
        if titles.len() == 8 {
            break;
        }
    }
    titles
}

/// Sign-off, date, note and enclosed title.
fn dates(line: &str, head: usize, ends: &[End], titles: &[&str], cuts: &mut Vec<usize>) {
    for end in ends.iter().map(|end| end.at).filter(|&end| end >= head) {
        let Some(sentence) = line.get(end..) else {
            continue;
        };
        let Some(signed) = sign_off(sentence) else {
            continue;
        };
        cuts.push(end);
        cuts.push(end + signed.date);
        cuts.push(end + signed.end);
        let mut at = end + signed.end;
        let after = line.get(at..).unwrap_or("");
        if let Some(note) = note_len(after) {
            at += note;
            cuts.push(at);
        }
        at += enclosed_title(line.get(at..).unwrap_or(""), titles).unwrap_or(0);
        cuts.push(at);
    }
}

/// Sign-offs that no sentence ends before: `附件：1.任务分工表2.进度安排表某某市人民政府办公室2020年9月10日`.
fn unstopped(line: &str, head: usize, cuts: &mut Vec<usize>) {
    for (at, _) in line.match_indices("年").filter(|&(at, _)| at > head) {
        let before = line.get(..at).unwrap_or("");
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let name = before.get(..at - digits).unwrap_or("");
        if digits != 4 || !name.ends_with(['府', '室', '局', '厅', '委', '会']) {
            continue;
        }
        let Some(date) = date_len(line.get(at - 4..).unwrap_or("")) else {
            continue;
        };
        let end = at - 4 + date;
        let after = chars::trim(line.get(end..).unwrap_or(""));
        let near = chars::tail(name, 360);
        let listed = near
            .rsplit_once("附件")
            .is_some_and(|(_, title)| !title.contains(chars::is_full_stop));
        if !listed && !after.is_empty() && !opens_part(after) {
            continue;
        }
        let start = near
            .char_indices()
            .rev()
            .take(40)
            .map(|(at, c)| (at + c.len_utf8(), c))
            .find(|&(at, c)| !chars::is_word(c) || near.get(..at).is_some_and(ends_list))
            .map(|(at, _)| at)
            .filter(|&at| near.get(..at).is_some_and(ends_list));
        let Some(start) = start else { continue };
        cuts.push(name.len() - near.len() + start);
        if after.starts_with("印发") {
            cuts.push(end + "印发".len());
        } else {
            cuts.extend([name.len(), end]);
        }
    }
}

/// Whether a text ends like the title of an attachment.
fn ends_list(text: &str) -> bool {
    text.ends_with(['表', '单', '册', '图', '书', '》'])
        || text.ends_with("分工")
        || text.ends_with(chars::is_close_bracket)
        || TITLE_ENDINGS
            .iter()
            .any(|word| word.len() > 3 && text.ends_with(word))
}

/// A sign-off at the start of a text: where its date starts and ends.
struct SignOff {
    date: usize,
    end: usize,
}

/// `重庆市人民政府2019年6月28日`: names without punctuation and a date; or a date alone that nothing is joined to.
fn sign_off(text: &str) -> Option<SignOff> {
    let mut name_end = None;
    for (n, (at, c)) in text.char_indices().enumerate() {
        if n > 120 {
            return None;
        }
        if let Some(len) = date_len(text.get(at..)?) {
            let name = chars::trim(text.get(..at)?);
            let after = chars::trim(text.get(at + len..)?);
            let signed = !name.is_empty() && is_signer(name) && !name.starts_with("附件");
            let alone = name.is_empty() && (after.is_empty() || opens_part(after));
            if let Some(rest) = after.strip_prefix("印发") {
                // The imprint: printer and date are one line.
                let end = text.len() - text.get(at + len..)?.len();
                let end = end + (text.get(end..)?.len() - rest.len()).min(text.len() - end);
                return signed.then_some(SignOff { date: 0, end });
            }
            return (signed || alone).then_some(SignOff {
                date: at,
                end: at + len,
            });
        }
        name_end.get_or_insert(at);
        if !(chars::is_word(c)
            || chars::is_space(c)
            || chars::is_open_round(c)
            || chars::is_close_round(c)
            || chars::is_colon(c))
        {
            return None;
        }
    }
    None
}

fn is_signer(name: &str) -> bool {
    let mut office = name.chars().filter(|&c| !chars::is_space(c));
    let (first, second) = (office.next(), office.next());
    name.ends_with(BODY_ENDINGS)
        || matches!(
            (first, second),
            (
                Some('省' | '市' | '县' | '区' | '州' | '部' | '局'),
                Some('长')
            ) | (Some('主'), Some('席' | '任'))
        )
}

fn opens_part(text: &str) -> bool {
    text.starts_with(chars::is_open_bracket)
        || text.starts_with("附件")
        || text.starts_with("相关附件")
}

/// `2019年6月28日`, `二〇一九年六月二十八日`: its bytes.
fn date_len(text: &str) -> Option<usize> {
    let mut stage = 0;
    let mut digits = 0;
    for (n, (at, c)) in text.char_indices().enumerate() {
        if n > 24 {
            return None;
        }
        if chars::is_digit(c)
            || matches!(
                c,
                '〇' | '○'
                    | '零'
                    | '一'
                    | '二'
                    | '三'
                    | '四'
                    | '五'
                    | '六'
                    | '七'
                    | '八'
                    | '九'
                    | '十'
            )
        {
            digits += 1;
        } else if chars::is_space(c) && n > 0 {
        } else {
            let sign = ['年', '月', '日'].get(stage).copied()?;
            let enough = if stage == 0 {
                digits == 4
            } else {
                (1..=3).contains(&digits)
            };
            if c != sign || !enough {
                return None;
            }
            if stage == 2 {
                return Some(at + c.len_utf8());
            }
            stage += 1;
            digits = 0;
        }
    }
    None
}

/// `（此件公开发布）`: its bytes, spaces before it included.
fn note_len(text: &str) -> Option<usize> {
    let inner = text.trim_start_matches(chars::is_space);
    let lead = text.len() - inner.len();
    if !inner.starts_with(chars::is_open_bracket) {
        return None;
    }
    let close = inner
        .char_indices()
        .take(40)
        .find(|(_, c)| chars::is_close_bracket(*c))?;
    let words = inner.get(..close.0)?;
    (words.contains("公开")
        || words.contains("此件")
        || words.contains("本文")
        || words.contains("联系人"))
    .then_some(lead + close.0 + close.1.len_utf8())
}

/// The title of what a notice encloses, at the start of a text: one that was named before, or what reads like one.
fn enclosed_title(text: &str, titles: &[&str]) -> Option<usize> {
    let inner = text.trim_start_matches(chars::is_space);
    let lead = text.len() - inner.len();
    if let Some(title) = titles
        .iter()
        .filter(|title| inner.starts_with(**title))
        .max_by_key(|t| t.len())
    {
        return Some(lead + title.len());
    }
    let mut before = None;
    for (n, (at, c)) in inner.char_indices().enumerate() {
        if n > 90
            || chars::is_full_stop(c)
            || chars::is_comma(c)
            || chars::is_semicolon(c)
            || chars::is_colon(c)
        {
            return None;
        }
        if n > 5
            && before != Some('关')
            && TEXT_OPENERS
                .iter()
                .any(|word| inner.get(at..).is_some_and(|t| t.starts_with(word)))
            && ends_with_title(inner.get(..at)?)
        {
            return Some(lead + at);
        }
        before = Some(c);
    }
    None
}

/// Paragraphs that open with words of their own: attachments, the copy list, the clause on validity, dashes.
fn openers(line: &str, ends: &[End], cuts: &mut Vec<usize>) {
    for &End { at, stop } in ends {
        let Some(rest) = line.get(at..) else { continue };
        let rest = rest.trim_start_matches(chars::is_space);
        if ["附件", "相关附件", "抄送"]
            .iter()
            .any(|word| rest.starts_with(word))
            || (stop && rest.starts_with("——"))
            || is_validity(rest)
        {
            cuts.push(at);
        }
    }
    for word in ["相关附件：", "附件1", "附件：", "附件:"] {
        for (at, _) in line.match_indices(word) {
            let before = line.get(..at).unwrap_or("");
            if before.ends_with(chars::is_close_bracket) || ends_with_date(before) {
                cuts.push(at);
            }
        }
    }
}

/// `本行动方案自2022年10月29日起施行`, `本通知自印发之日起执行`.
fn is_validity(text: &str) -> bool {
    if !text.starts_with('本') {
        return false;
    }
    let head = chars::front(text, 150);
    let head = head.split(chars::is_full_stop).next().unwrap_or(head);
    head.char_indices().take(14).any(|(_, c)| c == '自')
        && ["施行", "实施", "执行", "生效"]
            .iter()
            .any(|word| head.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers() {
        for text in [
            "许政办〔2024〕4号",
            "国办发[2023] 12 号",
            "青政发【2021】１２号",
        ] {
            assert!(is_document_number(text), "{text}");
            let area = format!("某某市人民政府关于某事的通知{text}各县");
            let (start, end) = number(&area).unwrap();
            assert_eq!(&area[start..end], text);
        }
        for text in [
            "许政办〔2024〕4号文件",
            "按许政办〔2024〕4号。",
            "〔2024〕号",
            "第4号",
        ] {
            assert!(!is_document_number(text), "{text}");
        }
        assert_eq!(number("各县：许政办〔2024〕4号"), None);
    }
}
