//! Slips of the pen inside a line: lost characters, stray spaces, marks and words that stand twice.

use crate::date::days_in_month;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{Locator, chars};

/// More spaces than this between Chinese characters are the layout's, not a slip.
const FEW_SPACES: usize = 3;

/// Checks the words of every line.
pub fn check(locator: &Locator<'_>, found: &mut Vec<Diagnostic>) {
    let mut spaces = Vec::new();
    for line in locator.text().split('\n') {
        lost_characters(locator, line, found);
        repeated_marks(locator, line, found);
        repeated_words(locator, line, found);
        stray_spaces(line, &mut spaces);
        days(locator, line, found);
    }
    if spaces.len() <= FEW_SPACES {
        for space in spaces {
            let span = locator.span(space);
            found.push(Diagnostic::new(Code::StraySpace, Some(span), &[]).with_fix(span, ""));
        }
    }
}

/// `“1 6”方案`: a space between the digits of a quoted name, where a sign was lost.
fn lost_characters(locator: &Locator<'_>, line: &str, found: &mut Vec<Diagnostic>) {
    for (at, open) in line.match_indices('“') {
        let rest = &line[at + open.len()..];
        // Names are short: a quotation that runs on is left alone.
        let Some(end) = rest.find('”').filter(|end| *end <= 30) else {
            continue;
        };
        let name = &rest[..end];
        let parts: Vec<&str> = name.split(chars::is_space).collect();
        let digits = |part: &&str| !part.is_empty() && part.chars().all(chars::is_digit);
        if parts.len() > 1 && parts.iter().all(digits) {
            found.push(Diagnostic::new(
                Code::LostCharacter,
                Some(locator.span(name)),
                &[name],
            ));
        }
    }
}

/// `。。`, `，，`, `、，`: a mark that stands twice, or two that cannot stand together.
fn repeated_marks(locator: &Locator<'_>, line: &str, found: &mut Vec<Diagnostic>) {
    let mut before: Option<(usize, char)> = None;
    for (at, c) in line.char_indices() {
        if let Some((start, mark)) = before
            && is_stop(mark)
            && is_stop(c)
        {
            let text = &line[start..at + c.len_utf8()];
            let span = locator.span(text);
            let diagnostic = Diagnostic::new(Code::RepeatedPunctuation, Some(span), &[text]);
            found.push(if c == mark {
                diagnostic.with_fix(span, &line[start..start + c.len_utf8()])
            } else {
                diagnostic
            });
        }
        before = Some((at, c));
    }
}

/// The marks of which two never stand side by side.
fn is_stop(c: char) -> bool {
    matches!(c, '。' | '，' | '、' | '；' | '：')
}

/// Function words of which two never stand side by side.
const SINGLE: [&str; 8] = [
    "的的",
    "和和",
    "与与",
    "及及",
    "将将",
    "在在",
    "对对",
    "等等等",
];

/// `的的`, `进一步进一步`: a word that stands twice in a row.
///
/// Quiet for words of one or two characters but the function words above: 人人, 常常, 研究研究 are good Chinese.
fn repeated_words(locator: &Locator<'_>, line: &str, found: &mut Vec<Diagnostic>) {
    for word in SINGLE {
        if let Some(at) = line.find(word) {
            let text = &line[at..at + word.len()];
            let once = &text[..3];
            let span = locator.span(text);
            found.push(
                Diagnostic::new(Code::RepeatedWord, Some(span), &[once]).with_fix(span, once),
            );
        }
    }
    // Chinese characters are three bytes each, so a word of n characters stands 3n bytes before its double.
    let bytes = line.as_bytes();
    for length in [3 * 3, 4 * 3] {
        let mut at = 0;
        while at + 2 * length <= bytes.len() {
            // One character is compared before the word is: most places end here.
            if bytes[at..at + 3] == bytes[at + length..at + length + 3]
                && let Some(word) = doubled(line, at, length)
            {
                let text = &line[at..at + 2 * length];
                let span = locator.span(text);
                found.push(
                    Diagnostic::new(Code::RepeatedWord, Some(span), &[word]).with_fix(span, word),
                );
                at += 2 * length;
            } else {
                at += 1;
                while at < bytes.len() && !line.is_char_boundary(at) {
                    at += 1;
                }
            }
        }
    }
}

/// The word of `length` bytes at `at`, where it stands there twice in a row.
fn doubled(line: &str, at: usize, length: usize) -> Option<&str> {
    let word = line.get(at..at + length)?;
    let again = line.get(at + length..at + 2 * length)?;
    (word == again && word.chars().all(chars::is_han) && has_different_characters(word))
        .then_some(word)
}

fn has_different_characters(word: &str) -> bool {
    let mut all = word.chars();
    let first = all.next();
    all.any(|c| Some(c) != first)
}

/// A space between two Chinese characters inside a sentence.
///
/// Quiet in headings and fields, where spaces set parts off: only lines that hold a sentence count.
fn stray_spaces<'s>(line: &'s str, spaces: &mut Vec<&'s str>) {
    let line = chars::trim(line);
    if !line.contains('。') || spaces.len() > FEW_SPACES {
        return;
    }
    let mut before = None;
    let mut rest = line.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        if c == ' '
            && before.is_some_and(chars::is_han)
            && rest.peek().is_some_and(|&(_, next)| chars::is_han(next))
        {
            spaces.push(&line[at..at + 1]);
        }
        before = Some(c);
    }
}

/// `2月30日`: a day that no calendar has. The 29th of February is left alone where no year stands before it.
fn days(locator: &Locator<'_>, line: &str, found: &mut Vec<Diagnostic>) {
    for (at, word) in line.match_indices('月') {
        let (month, month_text) = number_before(&line[..at]);
        let rest = &line[at + word.len()..];
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let day = rest[..digits].parse::<u32>().ok();
        let (Some(month), Some(day)) = (month, day) else {
            continue;
        };
        if !rest[digits..].starts_with(['日', '号']) {
            continue;
        }
        let before = &line[..at - month_text.len()];
        let year = before.strip_suffix('年').and_then(|b| number_before(b).0);
        // 2024 is a leap year: without a year every day that some year has will do.
        let year = year.filter(|y| (1000..3000).contains(y)).unwrap_or(2024);
        if day == 0 || day > days_in_month(year as i32, month) {
            let end = at + word.len() + digits + '日'.len_utf8();
            let text = &line[at - month_text.len()..end];
            found.push(Diagnostic::new(
                Code::NoSuchDay,
                Some(locator.span(text)),
                &[text],
            ));
        }
    }
}

/// The number of at most four digits at the end of a text.
fn number_before(text: &str) -> (Option<u32>, &str) {
    let start = text.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let digits = &text[start..];
    let number = if digits.len() <= 4 {
        digits.parse().ok()
    } else {
        None
    };
    (number, digits)
}
