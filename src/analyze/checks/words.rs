//! Slips of the pen inside a line: lost characters, stray spaces, marks and words that stand twice, days that do not exist.

use std::sync::LazyLock;

use memchr::memmem;

use crate::date::days_in_month;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{Locator, chars};

/// More spaces than this between Chinese characters are the layout's, not a slip.
const FEW_SPACES: usize = 3;

/// Whether a line's head is a number and nothing else.
pub fn is_number(head: &str) -> bool {
    let is_numeral = |c: char| chars::is_digit(c) || "一二三四五六七八九十百".contains(c);
    !head.is_empty() && head.chars().all(is_numeral)
}

/// `“1 6”方案`: a space between the digits of a quoted name, where a sign was lost; `“”`: quotation marks with nothing in
/// them. The opening mark stands at byte `at`, `rest` follows it.
pub fn lost_character(
    locator: &Locator<'_>,
    line: &str,
    at: usize,
    rest: &str,
    found: &mut Vec<Diagnostic>,
) {
    if rest.starts_with('”') {
        lost(locator, &line[at..at + 2 * '“'.len_utf8()], found);
    }
    // Names are short, and only those that begin with a digit are looked at.
    if !rest.starts_with(chars::is_digit) {
        return;
    }
    let Some(end) = rest.char_indices().take(12).find(|&(_, c)| c == '”') else {
        return;
    };
    let name = &rest[..end.0];
    let parts: Vec<&str> = name.split(chars::is_space).collect();
    let digits = |part: &&str| !part.is_empty() && part.chars().all(chars::is_digit);
    if parts.len() > 1 && parts.iter().all(digits) {
        lost(locator, name, found);
    }
}

/// Something is lost in these words.
pub fn lost(locator: &Locator<'_>, words: &str, found: &mut Vec<Diagnostic>) {
    let span = locator.span(words);
    found.push(Diagnostic::new(Code::LostCharacter, Some(span), &[words]));
}

/// `〔2024〕号`, `《》`: brackets behind which, or in which, something is lost. The opening one stands at byte `at`.
pub fn lost_number(locator: &Locator<'_>, line: &str, at: usize, found: &mut Vec<Diagnostic>) {
    let rest = &line[at..];
    if rest.starts_with("《》") {
        lost(locator, &rest[..2 * '《'.len_utf8()], found);
        return;
    }
    let Some(inside) = rest.strip_prefix('〔') else {
        return;
    };
    let digits = inside
        .bytes()
        .take(5)
        .take_while(u8::is_ascii_digit)
        .count();
    // The agency stands before it: 〔2024〕号 alone is the blank of a form.
    if digits == 4 && inside[digits..].starts_with("〕号") && line[..at].ends_with(chars::is_han)
    {
        let end = '〔'.len_utf8() + digits + "〕号".len();
        lost(locator, &rest[..end], found);
    }
}

/// Words that ask.
const QUESTIONS: [&str; 12] = [
    "什么", "怎么", "如何", "是否", "哪", "谁", "几", "何时", "为何", "吗", "呢", "多少",
];

/// `红河?投资`, `前1?。`: a question mark inside a sentence that asks nothing stands for a character that some step of the
/// way could not write.
pub fn lost_to_mark(
    locator: &Locator<'_>,
    line: &str,
    at: usize,
    before: Option<char>,
    after: Option<char>,
    found: &mut Vec<Diagnostic>,
) {
    let goes_on = after.is_some_and(|c| chars::is_han(c) || is_stop(c));
    let in_chinese = before.is_some_and(|c| chars::is_han(c) || c.is_ascii_digit() || is_stop(c));
    if !goes_on || !in_chinese {
        return;
    }
    let sentence = chars::last(&line[..at], 30);
    let sentence = sentence.rsplit('。').next().unwrap_or(sentence);
    if QUESTIONS.iter().any(|word| sentence.contains(word)) || is_choice(sentence) {
        return;
    }
    let start = at - before.map_or(0, char::len_utf8);
    let end = at + 1 + after.map_or(0, char::len_utf8);
    lost(locator, &line[start..end], found);
}

/// 难不难, 行不行: a word and its denial.
fn is_choice(sentence: &str) -> bool {
    let mut last = sentence.chars().rev();
    let (end, not, start) = (last.next(), last.next(), last.next());
    end.is_some() && end == start && matches!(not, Some('不' | '没'))
}

/// Verbs whose object is a count.
const COUNTED: [&str; 8] = [
    "新增", "培育", "引进", "建成", "培训", "新建", "改造", "完成",
];

/// Bounds behind which a number stands.
const BOUNDS: [&str; 7] = [
    "达到",
    "不低于",
    "不少于",
    "不超过",
    "不高于",
    "控制在",
    "突破",
];

/// Measures that have no unit, and nouns that are counted by name.
const PURE: [&str; 19] = [
    "指数", "系数", "得分", "评分", "分值", "分数", "水平", "比", "值", "位", "第", "排名", "版",
    "附件", "表", "图", "号", "级", "类",
];

/// `新增规上企业180，`, `开工率达到78。`: a number with nothing behind it, where a verb of doing or a bound makes it a target.
/// `head` is what stands before the stop.
pub fn lost_unit(locator: &Locator<'_>, head: &str, found: &mut Vec<Diagnostic>) {
    let before = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let digits = &head[before.len()..];
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    // 1.5.2 numbers something.
    if is_year || digits.matches('.').count() > 1 || digits.starts_with('.') {
        return;
    }
    let clause = chars::last(before, 16);
    let han = clause.trim_end_matches(chars::is_han).len();
    let clause = &clause[han..];
    let said = match BOUNDS.iter().find_map(|bound| clause.strip_suffix(bound)) {
        Some(measured) => !measured.is_empty() && !PURE.iter().any(|pure| measured.contains(pure)),
        None => COUNTED.iter().any(|verb| {
            clause.rsplit_once(verb).is_some_and(|(_, object)| {
                object.chars().count() >= 2 && !PURE.iter().any(|pure| object.ends_with(pure))
            })
        }),
    };
    if said {
        let words = &head[before.len() - clause.len()..];
        let span = locator.span(words);
        found.push(Diagnostic::new(
            Code::TargetWithoutUnit,
            Some(span),
            &[words],
        ));
    }
}

/// `。。`, `，，`, `、，`: a mark that stands twice, or two that cannot stand together.
pub fn repeated_mark(locator: &Locator<'_>, text: &str, found: &mut Vec<Diagnostic>) {
    let mut marks = text.chars();
    let (Some(first), Some(second)) = (marks.next(), marks.next()) else {
        return;
    };
    if !is_stop(first) || !is_stop(second) {
        return;
    }
    let span = locator.span(text);
    let diagnostic = Diagnostic::new(Code::RepeatedPunctuation, Some(span), &[text]);
    found.push(if first == second {
        diagnostic.with_fix(span, &text[..first.len_utf8()])
    } else {
        diagnostic
    });
}

/// The marks of which two never stand side by side.
pub fn is_stop(c: char) -> bool {
    matches!(c, '。' | '，' | '、' | '；' | '：')
}

/// Function words of which two never stand side by side.
const FUNCTION_WORDS: [char; 7] = ['的', '和', '与', '及', '将', '在', '对'];

/// Whether the character before a function word makes a word with it: 目的 in 目的的, 实在 in 实实在在.
fn belongs_back(before: char, c: char) -> bool {
    let before_it = match c {
        '的' => "目标有",
        '在' => "实现存所正旨内外潜自还贵重意何",
        '及' => "以涉普顾危波提推触遍论言企",
        '与' => "参给赋赐",
        '将' => "即必大名老干主",
        '对' => "针面相绝应核校比反派结配敌查一",
        '和' => "共总饱温缓柔调随祥谦亲维求中平",
        _ => "",
    };
    before_it.contains(before)
}

/// Whether a function word makes a word with the character behind it: 和谐 in 正义和和谐.
fn belongs_on(c: char, after: char) -> bool {
    let behind_it = match c {
        '的' => "确士",
        '在' => "建线职岗校编册库途役研押位营地场校乡读世即此于手售籍园",
        '及' => "时早其格",
        '与' => "会否时",
        '将' => "来军近领士",
        '对' => "口方象接策付比照手立应外内标账话称抗冲等答岸侧讲公私",
        '和' => "谐平解睦美田县顺",
        _ => "",
    };
    behind_it.contains(after)
}

/// The function words of which two never stand side by side, doubled.
static DOUBLED: LazyLock<Vec<String>> = LazyLock::new(|| {
    let words = FUNCTION_WORDS.iter();
    words.map(|c| String::from_iter([*c, *c])).collect()
});

/// Whether a function word stands twice in a row in a text: most texts are told so without a look at each line.
pub fn has_doubled(text: &str) -> bool {
    let doubled = |word: &String| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    DOUBLED.iter().any(doubled)
}

/// `的的`: a function word that stands twice in a row.
pub fn doubled(locator: &Locator<'_>, line: &str, found: &mut Vec<Diagnostic>) {
    for (word, &c) in DOUBLED.iter().zip(&FUNCTION_WORDS) {
        let mut at = 0;
        while let Some(start) = line.get(at..).and_then(|rest| rest.find(word.as_str())) {
            let start = at + start;
            let end = start + word.len();
            at = start + c.len_utf8();
            let before = line[..start].chars().next_back();
            let after = line[end..].chars().next();
            let belongs = before.is_some_and(|b| belongs_back(b, c))
                || after.is_some_and(|a| belongs_on(c, a));
            if !belongs {
                report(locator, &line[start..end], found);
            }
        }
    }
}

/// `进一步进一步`: a longer word that stands twice in a row. Words of two characters may: 研究研究 is good Chinese.
pub fn doubles(locator: &Locator<'_>, line: &str, found: &mut Vec<Diagnostic>) {
    for n in [3, 4] {
        if repeats(line.as_bytes(), n * HAN) {
            long_doubles(locator, line, n, found);
        }
    }
}

/// The bytes of a Chinese character of the basic plane.
const HAN: usize = 3;

/// Whether so many bytes may stand twice in a row: eight of them are looked at from every other byte on, which no stretch of
/// nine escapes.
fn repeats(bytes: &[u8], lag: usize) -> bool {
    (0..8).step_by(2).any(|offset| {
        let (these, _) = bytes.get(offset..).unwrap_or(&[]).as_chunks::<8>();
        let (those, _) = bytes.get(offset + lag..).unwrap_or(&[]).as_chunks::<8>();
        let pairs = these.iter().zip(those);
        pairs.fold(false, |any, (a, b)| any | (a == b))
    })
}

/// Words of `n` Chinese characters that stand twice.
fn long_doubles(locator: &Locator<'_>, line: &str, n: usize, found: &mut Vec<Diagnostic>) {
    // For how many characters the text has been the same as `n` characters before.
    let mut run = 0;
    let earlier = line.chars();
    for ((at, c), before) in line.char_indices().skip(n).zip(earlier) {
        run = if c == before && chars::is_han(c) {
            run + 1
        } else {
            0
        };
        if run == n {
            run = 0;
            let end = at + c.len_utf8();
            let twice = chars::last(&line[..end], 2 * n);
            // A character alone four times over is no word.
            let mut back = twice.chars().rev();
            let is_one = back.next() == back.next() && back.next() == Some(c);
            if !is_one && stands_in_sentence(line, end, 2 * n) {
                report(locator, twice, found);
            }
        }
    }
}

/// Whether the last `n` characters before byte `end` stand in a sentence: the cells of a flattened table have no stops.
fn stands_in_sentence(line: &str, end: usize, n: usize) -> bool {
    let before = chars::last(&line[..end], n + 20);
    let n_before = before.chars().count();
    let stops = |text: &str| text.chars().any(is_stop);
    (n_before < n + 20 || stops(before)) && { stops(chars::first(&line[end..], 20)) }
}

fn report(locator: &Locator<'_>, twice: &str, found: &mut Vec<Diagnostic>) {
    let word = twice.get(..twice.len() / 2).unwrap_or(twice);
    let span = locator.span(twice);
    found.push(Diagnostic::new(Code::RepeatedWord, Some(span), &[word]).with_fix(span, word));
}

/// Spaces between two Chinese characters inside sentences, and beside their punctuation.
///
/// Quiet in headings and fields, where spaces set parts off (only lines that hold a sentence count), in quotation and
/// title marks, where they stand between the two halves of a slogan, between the names of bodies that issue together,
/// and where there are many, which are the layout's.
#[derive(Debug, Default)]
pub struct Spaces<'s> {
    of_line: Vec<Space<'s>>,
    all: Vec<Space<'s>>,
    /// How many there are, told or not.
    n: usize,
    has_sentence: bool,
}

#[derive(Debug)]
struct Space<'s> {
    text: &'s str,
    /// Beside punctuation it is surely wrong; between characters something else may be lost there.
    is_certain: bool,
}

impl<'s> Spaces<'s> {
    /// A space at byte `at` of a line, with its neighbours; `quoted` in quotation or title marks.
    pub fn space(
        &mut self,
        text: &'s str,
        line: &str,
        at: usize,
        before: Option<char>,
        after: Option<char>,
        quoted: bool,
    ) {
        let (Some(before), Some(after)) = (before, after) else {
            return;
        };
        let (han_before, han_after) = (chars::is_han(before), chars::is_han(after));
        let (stop_before, stop_after) = (is_stop(before), is_stop(after));
        if !(han_before && (han_after || stop_after) || stop_before && han_after) {
            return;
        }
        self.n += 1;
        // Behind 。 and ： a paragraph may have ended.
        let is_certain = stop_after || stop_before && !matches!(before, '。' | '：');
        let sets_off =
            !is_certain && (stop_before || quoted || sets_apart(line, at, before, after));
        if !sets_off && self.n <= FEW_SPACES {
            self.of_line.push(Space { text, is_certain });
        }
    }

    /// A full stop: the line holds a sentence.
    pub fn full_stop(&mut self) {
        self.has_sentence = true;
    }

    /// The line ends.
    pub fn end_line(&mut self) {
        if std::mem::take(&mut self.has_sentence) {
            self.all.append(&mut self.of_line);
        }
        self.of_line.clear();
    }

    /// What was found, once the last line is read.
    pub fn report(&self, locator: &Locator<'_>, found: &mut Vec<Diagnostic>) {
        if self.n > FEW_SPACES {
            return;
        }
        found.extend(self.all.iter().map(|space| {
            let span = locator.span(space.text);
            let finding = Diagnostic::new(Code::StraySpace, Some(span), &[]);
            if space.is_certain {
                finding.with_fix(span, "")
            } else {
                finding
            }
        }));
    }
}

/// Whether a space between two Chinese characters sets parts off: 第二条 本办法, 国务院办公厅 中央军委办公厅, 本报记者 某某 摄.
fn sets_apart(line: &str, at: usize, before: char, after: char) -> bool {
    let is_article = at < 30 && line.starts_with('第') && "条章节款".contains(before);
    is_article || "厅央委部局府院会署行社者长任".contains(before) || after == '摄'
}

/// `2月30日`: a day that no calendar has; 月 stands at byte `at`. The 29th of February is left alone where no year stands before it.
pub fn day(locator: &Locator<'_>, line: &str, at: usize, found: &mut Vec<Diagnostic>) {
    let (month, month_text) = number_before(&line[..at]);
    let rest = &line[at + '月'.len_utf8()..];
    let digits = rest.bytes().take(5).take_while(u8::is_ascii_digit).count();
    let day = rest[..digits].parse::<u32>().ok();
    let (Some(month), Some(day)) = (month, day) else {
        return;
    };
    if !rest[digits..].starts_with(['日', '号']) {
        return;
    }
    let before = &line[..at - month_text.len()];
    let year = before.strip_suffix('年').and_then(|b| number_before(b).0);
    // 2024 is a leap year: without a year every day that some year has will do.
    let year = year.filter(|y| (1000..3000).contains(y)).unwrap_or(2024);
    if day == 0 || day > days_in_month(year as i32, month) {
        let end = at + '月'.len_utf8() + digits + '日'.len_utf8();
        let text = &line[at - month_text.len()..end];
        found.push(Diagnostic::new(
            Code::NoSuchDay,
            Some(locator.span(text)),
            &[text],
        ));
    }
}

/// The number of at most four digits at the end of a text.
fn number_before(text: &str) -> (Option<u32>, &str) {
    let n = text
        .bytes()
        .rev()
        .take(5)
        .take_while(u8::is_ascii_digit)
        .count();
    let digits = &text[text.len() - n..];
    let number = if n <= 4 { digits.parse().ok() } else { None };
    (number, digits)
}
