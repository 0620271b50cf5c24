//! 时间词: words of the calendar, and events that date things.

use super::rows;

/// Words of the calendar without a numeral: 上半年, 年底.
pub fn periods() -> impl Iterator<Item = &'static str> {
    rows(include_str!("periods.tsv")).filter_map(|row| row.first().copied())
}

/// Events: 度夏, 春节.
pub fn events() -> impl Iterator<Item = &'static str> {
    rows(include_str!("events.tsv")).filter_map(|row| row.first().copied())
}

/// The month and the day on which an event falls every year.
pub fn fixed_day(event: &str) -> Option<(u32, u32)> {
    let row = rows(include_str!("events.tsv")).find(|row| row.first() == Some(&event))?;
    let (month, day) = row.get(1)?.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}

/// Words with a numeral in them that count nothing: 一般, 统一.
pub fn set_words() -> impl Iterator<Item = &'static str> {
    rows(include_str!("set_words.tsv")).filter_map(|row| row.first().copied())
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_word_stands_twice_or_with_spaces() {
        for words in [
            super::periods().collect::<Vec<_>>(),
            super::events().collect(),
            super::set_words().collect(),
        ] {
            let mut sorted = words.clone();
            sorted.sort_unstable();
            sorted.dedup();
            assert_eq!(sorted.len(), words.len());
            assert!(words.iter().all(|w| w.trim() == *w && !w.is_empty()));
        }
    }
}
