//! What a line looks like by itself: a number, a day, addressees, a body's name, running text.

use crate::date::Date;
use crate::syntax::grammar::day::{Day, day};
use crate::syntax::grammar::identity::{
    DocNumber, IndexNumber, NumberForm, doc_number, index_number,
};
use crate::syntax::grammar::label::{Pair, pairs};
use crate::text::chars;
use crate::vocab::labels::Key;
use crate::vocab::{bodies, kinds, labels, noise};

/// A line of a title, a name or a card is at most so many bytes long.
const SHORT: usize = 240;

/// The text without any spaces.
pub fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !chars::is_space(*c)).collect()
}

/// Whether a line is the furniture of a page.
pub fn is_noise(text: &str) -> bool {
    if text.len() > SHORT {
        return false;
    }
    let squeezed = squeeze(text);
    squeezed
        .chars()
        .all(|c| !chars::is_han(c) && !c.is_alphanumeric())
        || noise::is_noise(&squeezed)
}

/// The text inside the one pair of round brackets that is the whole of a line.
pub fn bracketed(text: &str) -> Option<&str> {
    let inner = text
        .strip_prefix(chars::is_open_round)?
        .strip_suffix(chars::is_close_round)?;
    let mut depth = 0;
    for c in inner.chars() {
        if chars::is_open_round(c) {
            depth += 1;
        } else if chars::is_close_round(c) {
            depth -= 1;
            if depth < 0 {
                return None;
            }
        }
    }
    (depth == 0).then(|| chars::trim(inner))
}

/// A document number that is the whole of a line, perhaps in brackets.
pub fn number_line(text: &str) -> Option<DocNumber<'_>> {
    if text.len() > SHORT {
        return None;
    }
    let inner = bracketed(text).unwrap_or(text);
    let (rest, number) = doc_number(inner).ok()?;
    let whole = chars::trim(rest).is_empty();
    let sensible = match number.form {
        NumberForm::Bracketed => true,
        NumberForm::YearPlain | NumberForm::Serial => {
            ["令", "公告", "通告", "通报", "公报", "决定"]
                .iter()
                .any(|word| number.agency.ends_with(word))
                || number.agency.is_empty() && inner.starts_with('第')
        }
    };
    (whole && sensible).then_some(number)
}

/// An index number that is the whole of a line.
pub fn index_line(text: &str) -> Option<IndexNumber<'_>> {
    let (rest, number) = index_number(text).ok()?;
    chars::trim(rest).is_empty().then_some(number)
}

/// A day that is the whole of a line, perhaps with the time of day behind it.
pub fn day_line(text: &str) -> Option<Day<'_>> {
    if text.len() > 80 {
        return None;
    }
    let (rest, day) = day(text).ok()?;
    let rest = chars::trim(rest);
    rest.chars()
        .all(|c| chars::is_digit(c) || chars::is_colon(c) || matches!(c, '.' | '．' | '。'))
        .then_some(day)
}

/// The day of the calendar that a written day is.
pub fn date(day: &Day<'_>) -> Option<Date> {
    Date::new(i32::try_from(day.year).ok()?, day.month, day.day)
}

/// Whether a line is the mark of an order: `某某省人民政府令`.
pub fn is_order(text: &str) -> bool {
    squeeze(text).strip_suffix('令').is_some_and(is_body)
}

/// Whether a line says whether the notice is in force, and nothing else.
pub fn is_validity(text: &str) -> bool {
    matches!(
        text,
        "有效"
            | "失效"
            | "废止"
            | "已失效"
            | "已废止"
            | "现行有效"
            | "部分有效"
            | "部分失效"
            | "已修改"
            | "无效"
            | "继续有效"
            | "全文有效"
            | "全文失效"
            | "全文废止"
            | "尚未生效"
            | "宣布失效"
    )
}

/// Whether a line runs on as text does: a sentence, not a name or a title.
pub fn is_running(text: &str) -> bool {
    let text = chars::trim(text);
    if text.len() > SHORT * 2 {
        return true;
    }
    let ends = text.ends_with(|c| {
        chars::is_full_stop(c) || chars::is_semicolon(c) || chars::is_comma(c) || chars::is_colon(c)
    });
    let stops = text.chars().any(|c| matches!(c, '。' | '；' | ';'));
    ends || stops
}

/// Whether a line is the name of a body, or of several.
pub fn is_bodies(text: &str) -> bool {
    if text.is_empty() || text.len() > SHORT || is_running(text) {
        return false;
    }
    let mut parts = text
        .split(|c: char| chars::is_space(c) || chars::is_enumeration_comma(c))
        .filter(|part| !part.is_empty())
        .peekable();
    parts.peek().is_some() && parts.all(is_body) || is_body(&squeeze(text))
}

/// Whether a word is the name of a body.
pub fn is_body(name: &str) -> bool {
    let plain = name.trim_end_matches(|c| chars::is_close_round(c) || c == '章');
    let length = name.chars().count();
    (2..=45).contains(&length)
        && !name.contains("关于")
        && !name.contains(|c| {
            chars::is_digit(c) || matches!(c, '。' | '，' | ',' | '；' | '：' | ':' | '《' | '》')
        })
        && bodies::is_body_end(plain)
}

/// The ending of a title, brackets and quotation marks at its end left out.
pub fn title_ending(title: &str) -> Option<(&'static str, Option<&'static str>)> {
    let mut title = chars::trim(title);
    if title.len() < 16 && squeeze(title) == "目录" {
        return None;
    }
    loop {
        if let Some(found) = kinds::ending(title) {
            return Some(found);
        }
        let cut = match title.chars().next_back() {
            Some(c) if chars::is_close_round(c) => {
                title.rfind(chars::is_open_round).filter(|at| *at > 0)
            }
            Some('》' | '”' | '"' | '〉') => title.char_indices().next_back().map(|(at, _)| at),
            _ => None,
        };
        match cut {
            Some(at) => title = chars::trim(title.get(..at).unwrap_or("")),
            None => return None,
        }
    }
}

/// Whether a line that ends in a colon names those to whom a notice goes.
pub fn is_addressees(text: &str) -> bool {
    let Some(list) = text.strip_suffix(chars::is_colon) else {
        return false;
    };
    if list.len() > 3000
        || list
            .chars()
            .any(|c| matches!(c, '。' | '；' | '《' | '》' | '“'))
        || list.starts_with("各位")
    {
        return false;
    }
    let (mut named, mut all) = (0, 0);
    for part in list.split(|c| chars::is_comma(c) || chars::is_enumeration_comma(c) || c == ';') {
        let part = chars::trim(part).trim_end_matches(chars::is_close_round);
        all += 1;
        named += usize::from(is_addressee(part));
    }
    all > 0 && named * 2 >= all && !list.ends_with(['下', '是', '为', '有'])
}

fn is_addressee(name: &str) -> bool {
    bodies::is_body_end(name)
        || [
            "单位",
            "部门",
            "机构",
            "企业",
            "高校",
            "院校",
            "团体",
            "省",
            "市",
            "区",
            "县",
            "自治区",
            "直辖市",
            "镇",
            "乡",
            "街道",
            "厂",
            "商会",
            "平台",
            "组织",
            "兵团",
            "同志",
        ]
        .iter()
        .any(|end| name.ends_with(end))
}

/// Whether a bracketed line is a note on the notice (附注), and not one on its text.
pub fn is_note(inner: &str) -> bool {
    inner.len() < SHORT
        && (inner.starts_with("此件")
            || inner.starts_with("本文有删减")
            || inner.starts_with("此文")
            || [
                "公开发布",
                "主动公开",
                "依申请公开",
                "不予公开",
                "有删减",
                "发至",
                "登报",
                "此件",
            ]
            .iter()
            .any(|words| inner.contains(words)))
}

/// The pairs of a card's row, where a line is one.
pub fn card(text: &str) -> Vec<Pair<'_, Key>> {
    if text.len() > SHORT * 4 {
        return Vec::new();
    }
    let found = pairs(bracketed(text).unwrap_or(text), labels::key);
    let Some(first) = found.first() else {
        return found;
    };
    let sure = first.label.colon
        || first.label.padded
        || found.len() > 1
        || first.value.is_empty()
        || is_strong(first.key());
    if sure { found } else { Vec::new() }
}

/// Whether a label needs no colon to be one.
fn is_strong(key: Key) -> bool {
    matches!(
        key,
        Key::IndexNumber
            | Key::DocNumber
            | Key::Disclosure
            | Key::WrittenOn
            | Key::PublishedOn
            | Key::Publisher
    )
}

trait Keyed {
    fn key(&self) -> Key;
}

impl Keyed for Pair<'_, Key> {
    fn key(&self) -> Key {
        self.label.key
    }
}
