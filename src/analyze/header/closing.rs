//! The notice's own term, as its last sentences state it: 自2022年9月28日起施行，有效期5年.

use super::Reader;
use crate::analyze::frame::Part;
use crate::model::Date;
use crate::syntax::grammar::day;
use crate::text::chars;

/// What closes a term stands in the last so many lines of the text.
const CLOSING_LINES: usize = 12;

impl Reader<'_, '_> {
    /// Reads 生效日期 and 失效日期 out of the closing sentences.
    pub(super) fn terms(&mut self) {
        let lines: Vec<&str> = self
            .frame
            .lines
            .iter()
            .zip(&self.frame.parts)
            .filter(|(_, part)| matches!(part, Part::Body | Part::Attachment(_)))
            .map(|(line, _)| line.text)
            .collect();
        let from = lines.len().saturating_sub(CLOSING_LINES);
        for line in lines.get(from..).unwrap_or(&[]).iter().rev() {
            for sentence in line.split(chars::is_full_stop) {
                if is_own_term(sentence) {
                    self.term(sentence);
                }
            }
            if self.header.effective_on.is_some() || self.header.expires_on.is_some() {
                return;
            }
        }
    }

    fn term(&mut self, sentence: &str) {
        if self.header.effective_on.is_none()
            && let Some((date, words)) = effective(sentence)
        {
            self.header.effective_on = Some(date);
            self.mark("effective_on", words);
        }
        if self.header.expires_on.is_none()
            && let Some((date, words)) = expires(sentence, self.header.effective_on)
        {
            self.header.expires_on = Some(date);
            self.mark("expires_on", words);
        }
    }
}

/// Whether a sentence speaks of the notice itself: 本办法自…, 本通知….
fn is_own_term(sentence: &str) -> bool {
    (sentence.contains("施行")
        || sentence.contains("实施")
        || sentence.contains("执行")
        || sentence.contains("生效")
        || sentence.contains("有效期"))
        && (sentence.contains('本') || sentence.trim_start().starts_with('自'))
}

/// `自2022年9月28日起施行`.
fn effective(sentence: &str) -> Option<(Date, &str)> {
    for (at, _) in sentence.match_indices('自') {
        let rest = sentence.get(at + '自'.len_utf8()..)?;
        let rest = rest.trim_start_matches(chars::is_space);
        if let Ok((after, found)) = day::day(rest) {
            let after = after.trim_start_matches(chars::is_space);
            if after.starts_with('起')
                || after.starts_with("开始")
                || after.starts_with("施行")
                || after.starts_with('至')
            {
                return Some((super::shape::date(&found)?, found.text));
            }
        }
    }
    None
}

/// `有效期至2027年12月31日`, `有效期5年`, `施行至…`.
fn expires(sentence: &str, from: Option<Date>) -> Option<(Date, &str)> {
    let at = sentence.find("有效期").map(|at| at + "有效期".len());
    let rest = sentence.get(at.or_else(|| until(sentence))?..)?;
    let rest = rest.trim_start_matches(|c| {
        chars::is_space(c) || matches!(c, '为' | '限' | '至' | '到' | '：' | ':' | '自')
    });
    if let Ok((_, found)) = day::day(rest) {
        return Some((super::shape::date(&found)?, found.text));
    }
    let (after, years) = day::years(rest).ok()?;
    let words = rest.get(..rest.len() - after.len())?;
    let last = from?.add_months(i32::try_from(years).ok()?.checked_mul(12)?)?;
    Some((last.add_days(-1)?, words))
}

/// `施行至`, `执行至`: where the day begins.
fn until(sentence: &str) -> Option<usize> {
    ["施行至", "执行至", "实施至", "起至"]
        .iter()
        .filter_map(|words| sentence.find(words).map(|at| at + words.len()))
        .next()
}
