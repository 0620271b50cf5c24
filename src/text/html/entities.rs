//! Character references: `&nbsp;`, `&#12288;`, `&#x3000;`, and the broken ones that pages have.

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// The longest name of a character reference, with its semicolon.
const LONGEST: usize = 33;

/// Replaces the character references of a text; what is none stays as it stands.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    let Some(mut next) = memchr::memchr(b'&', text.as_bytes()) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    loop {
        out.push_str(text.get(from..next).unwrap_or_default());
        let rest = text.get(next + 1..).unwrap_or_default();
        from = next + 1;
        match reference(rest) {
            Some((length, chars)) => {
                from += length;
                out.extend(chars.into_iter().flatten());
            }
            None => out.push('&'),
        }
        let rest = text.as_bytes().get(from..).unwrap_or_default();
        match memchr::memchr(b'&', rest) {
            Some(at) => next = from + at,
            None => break,
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Cow::Owned(out)
}

/// What stands behind an `&`: how many bytes of it are the reference, and its one or two characters.
fn reference(rest: &str) -> Option<(usize, [Option<char>; 2])> {
    if let Some(number) = rest.strip_prefix('#') {
        return numeric(number).map(|(length, c)| (length + 1, [Some(c), None]));
    }
    // `&amp;nbsp;`: a page whose text was escaped twice.
    if let Some(twice) = rest.strip_prefix("amp;")
        && let Some((length, chars)) = spelled(twice)
        && twice.get(..length).is_some_and(|name| name.ends_with(';'))
    {
        return Some((4 + length, chars));
    }
    spelled(rest)
}

fn numeric(number: &str) -> Option<(usize, char)> {
    let (skip, radix) = match number.as_bytes() {
        [b'x' | b'X', ..] => (1, 16),
        _ => (0, 10),
    };
    let digits = number.get(skip..)?;
    let length = digits
        .bytes()
        .take_while(|b| char::from(*b).is_digit(radix))
        .count();
    if length == 0 {
        return None;
    }
    let digits = digits.get(..length)?;
    let value = u32::from_str_radix(digits, radix).unwrap_or(u32::MAX);
    let c = match value {
        0x80..=0x9f => C1_REPLACEMENTS
            .get(value as usize - 0x80)
            .copied()
            .flatten()
            .unwrap_or('\u{fffd}'),
        0 => '\u{fffd}',
        _ => char::from_u32(value).unwrap_or('\u{fffd}'),
    };
    let semicolon = usize::from(number.as_bytes().get(skip + length) == Some(&b';'));
    Some((skip + length + semicolon, c))
}

/// A named reference; the longest name that is known counts. Names that need their semicolon are read without it too
/// where no letter follows, and with a full-width one: `&ldquo`, `&nbsp；`.
fn spelled(rest: &str) -> Option<(usize, [Option<char>; 2])> {
    let letters = rest
        .bytes()
        .take(LONGEST)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let name = rest.get(..letters)?;
    let behind = rest.get(letters..)?;
    let mut key = String::with_capacity(letters + 1);
    key.push_str(name);
    key.push(';');
    if let Some(chars) = known(&key) {
        let semicolon = ["；", ";"].iter().find(|s| behind.starts_with(**s));
        return Some((letters + semicolon.map_or(0, |s| s.len()), chars));
    }
    if is_lamed_space(name) && behind.starts_with(';') {
        return Some((letters + 1, [Some('\u{a0}'), None]));
    }
    // Old names count without a semicolon and with letters behind them: `&nbspa`, `&copy2019`.
    (2..letters).rev().find_map(|length| {
        let name = name.get(..length)?;
        known(name).map(|chars| (length, chars))
    })
}

/// `&nbsp;` with a letter lost: `&sp;`, `&nbs;`.
fn is_lamed_space(name: &str) -> bool {
    let mut whole = "nbsp".bytes();
    name.len() >= 2 && name.bytes().all(|b| whole.any(|w| w == b))
}

fn known(name: &str) -> Option<[Option<char>; 2]> {
    let (first, second) = *NAMED_ENTITIES.get(name)?;
    let first = char::from_u32(first).filter(|c| *c != '\0')?;
    Some([Some(first), char::from_u32(second).filter(|c| *c != '\0')])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        #[track_caller]
        fn check(text: &str, decoded: &str) {
            assert_eq!(decode(text), decoded, "{text}");
        }
        check("", "");
        check("甲乙", "甲乙");
        check("甲&nbsp;乙", "甲\u{a0}乙");
        check("&ldquo;无废城市&rdquo;", "“无废城市”");
        check("&#12288;&#x3000;&#X4E00;", "\u{3000}\u{3000}一");
        // Broken ones.
        check("&nbsp甲", "\u{a0}甲");
        check("&ldquo甲&rdquo", "“甲”");
        check("&nbsp；甲", "\u{a0}甲");
        check("&#20013国", "中国");
        check("&copy2019", "©2019");
        check("&amp;nbsp;甲", "\u{a0}甲");
        check("&amp;amp;", "&");
        check("&lt;p&gt;", "<p>");
        check("甲&sp;乙&nbs;", "甲\u{a0}乙\u{a0}");
        check("A&B", "A&B");
        check("&", "&");
        check("&;", "&;");
        check("&#;&#x;&#xg;", "&#;&#x;&#xg;");
        check("&#0;&#xd800;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}");
        check("&#150;&#151;", "–—");
        check("&甲;", "&甲;");
        check("&nosuchname;", "&nosuchname;");
        check("R&D投入", "R&D投入");
    }

    #[test]
    fn many_ampersands() {
        let text = "&".repeat(100_000);
        assert_eq!(decode(&text), text);
    }
}
