//! Slips of the pen inside a line: lost characters, stray spaces, marks and words that stand twice, days that do not exist.

use crate::date::days_in_month;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{Locator, chars};

/// More spaces than this between Chinese characters are the layout's, not a slip.
const FEW_SPACES: usize = 3;

/// `“1 6”方案`: a space between the digits of a quoted name, where a sign was lost; `rest` follows the opening mark.
pub fn lost_character(locator: &Locator<'_>, rest: &str, found: &mut Vec<Diagnostic>) {
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
        found.push(Diagnostic::new(
            Code::LostCharacter,
            Some(locator.span(name)),
            &[name],
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
fn is_function_word(c: char) -> bool {
    matches!(c, '的' | '和' | '与' | '及' | '将' | '在' | '对')
}

/// `的的`, `进一步进一步`: a word that stands twice in a row.
///
/// Quiet for words of one or two characters but for function words: 人人, 常常, 研究研究 are good Chinese.
#[derive(Debug, Default)]
pub struct Doubles {
    /// The last four characters, the latest last.
    last: [char; 4],
    /// For how many characters the text has been the same as three, and as four, characters before.
    runs: [u32; 2],
}

impl Doubles {
    /// Takes the next character, which ends at byte `end` of the line.
    pub fn next(
        &mut self,
        locator: &Locator<'_>,
        line: &str,
        end: usize,
        c: char,
        found: &mut Vec<Diagnostic>,
    ) {
        let [fourth, third, second, before] = self.last;
        if chars::is_han(c) {
            if c == before && is_function_word(c) {
                report(locator, &line[end - 2 * c.len_utf8()..end], found);
            }
            for (run, (length, earlier)) in self.runs.iter_mut().zip([(3, third), (4, fourth)]) {
                *run = if earlier == c { *run + 1 } else { 0 };
                if *run == length {
                    // A character alone four times over is no word.
                    if !(c == before && before == second) {
                        report(locator, tail(&line[..end], 2 * length as usize), found);
                    }
                    *run = 0;
                }
            }
        } else {
            self.runs = [0; 2];
        }
        self.last = [third, second, before, c];
    }
}

fn report(locator: &Locator<'_>, twice: &str, found: &mut Vec<Diagnostic>) {
    let word = twice.get(..twice.len() / 2).unwrap_or(twice);
    let span = locator.span(twice);
    found.push(Diagnostic::new(Code::RepeatedWord, Some(span), &[word]).with_fix(span, word));
}

/// The last `n` characters of a text.
fn tail(text: &str, n: usize) -> &str {
    let start = text.char_indices().rev().nth(n - 1).map_or(0, |(at, _)| at);
    &text[start..]
}

/// Spaces between two Chinese characters inside sentences.
///
/// Quiet in headings and fields, where spaces set parts off (only lines that hold a sentence count), and where there are
/// many, which are the layout's.
#[derive(Debug, Default)]
pub struct Spaces<'s> {
    of_line: Vec<&'s str>,
    all: Vec<&'s str>,
    has_sentence: bool,
}

impl<'s> Spaces<'s> {
    /// A space between two Chinese characters.
    pub fn space(&mut self, text: &'s str) {
        if self.of_line.len() + self.all.len() <= FEW_SPACES {
            self.of_line.push(text);
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
        if self.all.len() <= FEW_SPACES {
            found.extend(self.all.iter().map(|space| {
                let span = locator.span(space);
                Diagnostic::new(Code::StraySpace, Some(span), &[]).with_fix(span, "")
            }));
        }
    }
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
