//! Character classes, half- and full-width alike: the only place that knows both.

/// An opening bracket of any kind: ( （ 〔 [ ［ 【 ﹝ 〈 ﹙ {.
pub fn is_open_bracket(c: char) -> bool {
    matches!(
        c,
        '(' | '（' | '〔' | '[' | '［' | '【' | '﹝' | '〈' | '﹙' | '{' | '｛'
    )
}

/// A closing bracket of any kind.
pub fn is_close_bracket(c: char) -> bool {
    matches!(
        c,
        ')' | '）' | '〕' | ']' | '］' | '】' | '﹞' | '〉' | '﹚' | '}' | '｝'
    )
}

/// What sort of bracket a character is, whichever side and width; 0 for none.
pub fn bracket_kind(c: char) -> u8 {
    match c {
        '(' | '（' | '﹙' | ')' | '）' | '﹚' => 1,
        '〔' | '﹝' | '〕' | '﹞' => 2,
        '[' | '［' | ']' | '］' => 3,
        '【' | '】' => 4,
        '〈' | '〉' => 5,
        '{' | '｛' | '}' | '｝' => 6,
        _ => 0,
    }
}

/// A round bracket that opens: ( （ ﹙.
pub fn is_open_round(c: char) -> bool {
    matches!(c, '(' | '（' | '﹙')
}

/// A round bracket that closes.
pub fn is_close_round(c: char) -> bool {
    matches!(c, ')' | '）' | '﹚')
}

/// A colon: : ： ∶ ︰.
pub fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：' | '∶' | '︰' | '﹕')
}

/// A comma: , ，.
pub fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '﹐')
}

/// A semicolon: ; ；.
pub fn is_semicolon(c: char) -> bool {
    matches!(c, ';' | '；' | '﹔')
}

/// The mark between the members of a list: 、 (and ､).
pub fn is_enumeration_comma(c: char) -> bool {
    matches!(c, '、' | '､')
}

/// What ends a sentence: 。 ！ ？ ! ? ．at an end is not told apart here.
pub fn is_full_stop(c: char) -> bool {
    matches!(c, '。' | '｡' | '！' | '？' | '!' | '?')
}

/// White space as notices use it: also the full-width space, the no-break space and zero-width characters.
#[inline]
pub fn is_space(c: char) -> bool {
    match c {
        // What nearly all characters are, told without a table.
        '!'..='~' | '\u{3001}'..='\u{fefe}' => false,
        _ => c.is_whitespace() || is_invisible(c),
    }
}

/// A character without width: zero-width space and joiners, the byte-order mark, the soft hyphen.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}')
}

/// A decimal digit, half- or full-width.
#[inline]
pub fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// The value of a decimal digit, half- or full-width.
pub fn digit_value(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

/// A Chinese character (the unified ideographs of common use, and 〇).
#[inline]
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}' | '〇')
}

/// A letter or digit of any script: what [`char::is_alphanumeric`] says, Chinese characters told without a table.
#[inline]
pub fn is_word(c: char) -> bool {
    is_han(c) || c.is_alphanumeric()
}

/// The characters of a text that are neither Chinese nor letters or digits of ASCII, each with its byte: marks, spaces, what is
/// rare. Nearly all others are told by the first byte of their three, or by their one.
pub fn marks(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            match *bytes.get(at)? {
                // U+5000 and above: Chinese characters all.
                0xe5..=0xe9 => at += 3,
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => at += 1,
                _ => {
                    let c = text.get(at..)?.chars().next()?;
                    let start = at;
                    at += c.len_utf8();
                    if !is_han(c) {
                        return Some((start, c));
                    }
                }
            }
        }
    })
}

/// The text without the spaces at its ends, as [`is_space`] counts them.
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// The first characters of a text, at most so many.
pub fn first(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count);
    end.map_or(text, |(at, _)| text.get(..at).unwrap_or(text))
}

/// The last characters of a text, at most so many.
pub fn last(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().take(count).last();
    start.map_or("", |(at, _)| text.get(at..).unwrap_or(text))
}

/// The greatest boundary of a character at or below a byte.
pub fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The first bytes of a text, at most so many, no character cut.
pub fn front(text: &str, bytes: usize) -> &str {
    text.get(..floor(text, bytes)).unwrap_or(text)
}

/// The last bytes of a text, at most so many, no character cut.
pub fn tail(text: &str, bytes: usize) -> &str {
    let mut at = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    text.get(at..).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_what_is_neither_chinese_nor_a_letter_or_digit() {
        let text = "一、甲a1（丙）䷀〇㐀。𠀀é\u{fffd}Ａ９ ";
        let expected: Vec<(usize, char)> = text
            .char_indices()
            .filter(|&(_, c)| !is_han(c) && !c.is_ascii_alphanumeric())
            .collect();
        assert_eq!(marks(text).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn no_character_is_cut() {
        let text = "甲a乙丙";
        assert_eq!((first(text, 2), last(text, 2)), ("甲a", "乙丙"));
        assert_eq!((first(text, 9), last(text, 9)), (text, text));
        assert_eq!((first(text, 0), last(text, 0)), ("", ""));
        for (bytes, ahead, behind) in [(0, "", ""), (2, "", ""), (4, "甲a", "丙"), (99, text, text)]
        {
            assert_eq!(
                (front(text, bytes), tail(text, bytes)),
                (ahead, behind),
                "{bytes}"
            );
        }
        assert_eq!(floor(text, 5), 4);
    }
}
