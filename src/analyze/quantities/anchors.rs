//! Where to start reading: one finder over digits, Chinese numerals, words of the calendar, and the set words
//! that only look like numbers.

use std::sync::LazyLock;

use crate::vocab::calendar;
use crate::vocab::finder;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// A digit, half- or full-width.
    Digit,
    /// A Chinese numeral, or a word that starts a quantity without one (翻番, 对折).
    Chinese,
    /// A word of the calendar.
    Period,
    /// An event.
    Event,
    /// 每年, 每季度.
    Every,
    /// A Roman numeral in one character: Ⅲ.
    Roman,
    /// A word that counts nothing.
    SetWord,
}

#[derive(Debug)]
struct Finder {
    words: finder::Finder,
    anchors: Vec<Anchor>,
}

const CHINESE: &str =
    "零〇一二三四五六七八九十百千万亿两廿卅壹贰叁肆伍陆柒捌玖拾佰仟萬億兩貳參陸倆俩半";
const CHINESE_WORDS: &[&str] = &[
    "数十", "数百", "数千", "数万", "数亿", "几十", "几百", "几千", "几万", "几亿", "翻番", "翻倍",
    "对折", "對折",
];
const BOTH: &[&str] = &["今明两年", "今明两天", "今明后三天"];
const EVERY: &[&str] = &[
    "每年",
    "每年度",
    "每季度",
    "每半年",
    "每月",
    "每个月",
    "每周",
    "每日",
    "每天",
    "每学期",
    "每学年",
    "每季",
    "每两年",
    "每三年",
    "每五年",
];

static FINDER: LazyLock<Finder> = LazyLock::new(|| {
    let mut words: Vec<(String, Anchor)> = Vec::new();
    words.extend(
        ('0'..='9')
            .chain('０'..='９')
            .map(|c| (c.to_string(), Anchor::Digit)),
    );
    words.extend(('Ⅰ'..='Ⅻ').map(|c| (c.to_string(), Anchor::Roman)));
    words.extend(BOTH.iter().map(|w| ((*w).to_owned(), Anchor::Period)));
    words.extend(CHINESE.chars().map(|c| (c.to_string(), Anchor::Chinese)));
    words.extend(
        CHINESE_WORDS
            .iter()
            .map(|w| ((*w).to_owned(), Anchor::Chinese)),
    );
    words.extend(EVERY.iter().map(|w| ((*w).to_owned(), Anchor::Every)));
    words.extend(calendar::periods().map(|w| (w.to_owned(), Anchor::Period)));
    words.extend(calendar::events().map(|w| (w.to_owned(), Anchor::Event)));
    words.extend(calendar::set_words().map(|w| (w.to_owned(), Anchor::SetWord)));
    Finder {
        words: finder::Finder::new(words.iter().map(|(word, _)| word)),
        anchors: words.into_iter().map(|(_, anchor)| anchor).collect(),
    }
});

/// The next anchor at or after `from`: what it is, where it starts and ends.
pub fn next(text: &str, from: usize) -> Option<(Anchor, usize, usize)> {
    let finder = &*FINDER;
    let found = finder.words.next(text, from)?;
    let anchor = *finder.anchors.get(found.word)?;
    Some((anchor, found.start, found.end))
}
