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
    squeezed.chars().all(|c| !chars::is_word(c)) || noise::is_noise(&squeezed)
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
        NumberForm::Bracketed => is_agency(number.agency),
        NumberForm::YearPlain | NumberForm::Serial => {
            ["令", "公告", "通告", "通报", "公报", "决定"]
                .iter()
                .any(|word| number.agency.ends_with(word))
                || number.agency.is_empty()
                    && (inner.starts_with('第') || number.form == NumberForm::YearPlain)
        }
    };
    (whole && sensible).then_some(number)
}

/// Whether words may be 发文机关代字: no title runs into them (`关于…的复函国办函`, `的函国办函`).
fn is_agency(words: &str) -> bool {
    !words.contains("关于") && !words.trim_start().starts_with('的')
}

/// A number that was left blank for the printed copy: `某发〔〕号`, `某发〔2024〕`.
pub fn is_blank_number(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    let squeezed = squeeze(text);
    let Some(open) = squeezed.find(chars::is_open_bracket) else {
        return false;
    };
    let (agency, rest) = squeezed.split_at(open);
    let mut rest = rest.chars().skip(1);
    let year = rest.find(|c| !chars::is_digit(*c));
    agency.chars().all(chars::is_han)
        && (1..=10).contains(&agency.chars().count())
        && year.is_some_and(chars::is_close_bracket)
        && matches!(rest.next(), None | Some('号' | '第'))
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

/// A day at the end of a text, and where it begins.
pub fn day_at_end(text: &str) -> Option<(usize, &str)> {
    let text = chars::trim(text);
    text.char_indices()
        .rev()
        .take(24)
        .filter_map(|(at, _)| {
            let (rest, day) = day(text.get(at..)?).ok()?;
            chars::trim(rest).is_empty().then_some((at, day.text))
        })
        .next()
        .filter(|(at, _)| {
            // Not the tail of a longer number.
            text.get(..*at)
                .is_some_and(|before| !before.ends_with(chars::is_digit))
        })
}

/// The day of the calendar that a written day is.
pub fn date(day: &Day<'_>) -> Option<Date> {
    Date::new(i32::try_from(day.year).ok()?, day.month, day.day)
}

/// Whether a line is the mark of an order or announcement: `某某省人民政府令`, `某某市人大常委会公告`, `公告（第18号）`.
pub fn is_order(text: &str) -> bool {
    order(text).is_some()
}

/// The mark of an order taken apart: the word with the body before it, and the number in brackets behind it, if one is there.
pub fn order(text: &str) -> Option<(&str, Option<&str>)> {
    if text.len() > SHORT {
        return None;
    }
    let text = chars::trim(text);
    let (mark, number) = match text.find(chars::is_open_round) {
        Some(at) => {
            let (mark, rest) = text.split_at_checked(at)?;
            let number = bracketed(rest)?;
            number_line(number)?;
            (chars::trim(mark), Some(number))
        }
        None => (text, None),
    };
    let squeezed = squeeze(mark);
    let body = ORDERS.iter().find_map(|word| squeezed.strip_suffix(word))?;
    (is_body(body) || body.is_empty() && !squeezed.ends_with('令')).then_some((mark, number))
}

/// The words that the mark of an order ends in.
const ORDERS: [&str; 3] = ["令", "公告", "通告"];

/// The body that the mark of an order or of a notice names: `某某省人民政府令`, `某某市人民政府文件` without its last word.
pub fn marked_body(mark: &str) -> &str {
    let mark = chars::trim(mark);
    let mark = order(mark).map_or(mark, |(mark, _)| mark);
    let words = ORDERS.iter().chain(&["文件"]);
    let body = words
        .filter_map(|word| mark.strip_suffix(word))
        .find(|body| !body.ends_with("命"));
    chars::trim(body.unwrap_or(mark))
}

/// Whether a line is 发文机关标志: `某某市人民政府文件`.
pub fn is_mark(text: &str) -> bool {
    text.ends_with("文件") && text.len() > 12 && !text.contains("关于")
}

/// The office and the name of whoever signs or speaks: `省长　王某`, `市　长：李某某`, `某某市市长 王某`.
pub fn signatory(text: &str) -> bool {
    if text.len() > 120 {
        return false;
    }
    let mut words = text
        .split(|c| chars::is_space(c) || chars::is_colon(c))
        .filter(|word| !word.is_empty());
    let mut office = String::new();
    for word in words.by_ref() {
        office.push_str(word);
        if is_office(&office) {
            break;
        }
    }
    is_office(&office) && is_person(&words.collect::<String>())
}

/// Whether words end in the office of one who signs.
pub fn is_office(words: &str) -> bool {
    [
        "省长", "市长", "县长", "区长", "州长", "主席", "总理", "部长", "主任", "局长", "署长",
        "行长", "盟长", "旗长", "乡长", "镇长",
    ]
    .iter()
    .any(|end| words.ends_with(end))
}

/// Whether words may be a person's name: `王某`, `李　某`, `某某·某某某`.
pub fn is_person(words: &str) -> bool {
    let name = squeeze(words);
    let parts = name.split('·').count();
    let length = name.chars().count();
    (2..=if parts > 1 { 14 } else { 4 }).contains(&length)
        && name.chars().all(|c| chars::is_han(c) || c == '·')
}

/// Whether a line says before whom a report was given: `2026年1月14日在某省第十四届人民代表大会第四次会议上`.
pub fn is_venue(text: &str) -> bool {
    let text = text.trim_start_matches(|c| c == '—' || chars::is_space(c));
    text.len() < SHORT
        && (text.contains("会议上") || text.contains("大会上"))
        && day(text).is_ok_and(|(rest, _)| chars::trim(rest).starts_with('在'))
}

/// Whether what stands in brackets is a part of the title before it: 试行, 草案征求意见稿, 2023年版.
pub fn is_title_suffix(inner: &str) -> bool {
    inner.len() <= 60
        && !is_note(inner)
        && ["稿", "试行", "暂行", "草案", "修订", "修正", "版", "修正案"]
            .iter()
            .any(|end| inner.ends_with(end))
}

/// Whether a bracketed line names whose seal stands in for the signers': `（某某局代章）`.
pub fn is_seal(text: &str) -> bool {
    text.len() < SHORT * 2 && ends_seal(text) && bracketed(text).is_some()
}

/// Whether a line ends in the note on whose seal stands in.
pub fn ends_seal(text: &str) -> bool {
    text.strip_suffix(chars::is_close_round)
        .is_some_and(|text| text.ends_with("代章"))
}

/// A name without the note on its seal: `某某办公室（代章）`.
pub fn unsealed(name: &str) -> &str {
    let name = chars::trim(name);
    ["代章", "盖章", "印章", "公章", "章"]
        .iter()
        .find_map(|word| {
            let rest = name.strip_suffix(chars::is_close_round)?;
            chars::trim(rest.strip_suffix(word)?).strip_suffix(chars::is_open_round)
        })
        .map_or(name, chars::trim)
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
    let plain = unsealed(name).trim_end_matches(chars::is_close_round);
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
    let title = chars::trim(title);
    let padded = || {
        title
            .char_indices()
            .rev()
            .take(6)
            .any(|(_, c)| chars::is_space(c))
    };
    // 通　知
    title_end(title).or_else(|| padded().then(|| title_end(&squeeze(title))).flatten())
}

fn title_end(mut title: &str) -> Option<(&'static str, Option<&'static str>)> {
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
        || list.chars().any(|c| matches!(c, '。' | '《' | '》' | '“'))
        || list.starts_with("各位")
    {
        return false;
    }
    let (mut named, mut all) = (0, 0);
    for group in list.split(|c| chars::is_comma(c) || chars::is_semicolon(c)) {
        let bare =
            |name: &str| is_addressee(chars::trim(name).trim_end_matches(chars::is_close_round));
        // Members that share the last one's ending are named too: 甲、乙、丙市财政局.
        let shared = group
            .rsplit(chars::is_enumeration_comma)
            .next()
            .is_some_and(bare);
        for member in group.split(chars::is_enumeration_comma) {
            all += 1;
            let short = shared && member.len() <= 30 && group.len() > member.len();
            named += usize::from(short || bare(member));
        }
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
            "委员",
            "代表",
            "先生",
            "女士",
            "处室",
            "科室",
            "机关",
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
