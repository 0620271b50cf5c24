//! Which encoding bytes are in.

use super::Encoding;
use super::common::weight;

/// How many bytes are decoded to tell encodings apart.
const SAMPLE: usize = 16 * 1024;

/// How far into a page its declaration is looked for.
const DECLARATION: usize = 4 * 1024;

/// The encoding of bytes: what their mark says, else UTF-8 where they are that, else what scores best.
pub(super) fn detect(bytes: &[u8]) -> Encoding {
    if let Some(marked) = marked(bytes) {
        return marked;
    }
    let valid = simdutf8::basic::from_utf8(bytes);
    if let Ok(text) = valid
        && is_surely_utf8(text)
    {
        return Encoding::Utf8;
    }
    best(bytes, valid.is_ok())
}

fn marked(bytes: &[u8]) -> Option<Encoding> {
    Encoding::ALL
        .into_iter()
        .find(|e| !e.mark().is_empty() && bytes.starts_with(e.mark()))
}

/// Valid UTF-8 is UTF-8, but for text with controls (UTF-16 of Latin letters is valid too) and for text whose only
/// characters beyond ASCII are of two bytes (a few pairs of GBK look like that: 联通).
fn is_surely_utf8(text: &str) -> bool {
    let bytes = text.as_bytes();
    if memchr::memchr(0, bytes).is_some() {
        return false;
    }
    let head = bytes.get(..SAMPLE).unwrap_or(bytes);
    let of_three = |b: &u8| *b >= 0xe2;
    if text.is_ascii() {
        !head.iter().any(|b| *b < b'\t')
    } else {
        head.iter().any(of_three) || bytes.iter().any(of_three)
    }
}

fn best(bytes: &[u8], is_utf8: bool) -> Encoding {
    let sample = sample(bytes);
    let said = declared(bytes);
    let bonus = 8 + (sample.len() / 4) as i64;
    let mut best = (Encoding::Utf8, i64::MIN);
    for encoding in Encoding::ALL {
        let mut score = match encoding {
            Encoding::Utf16Le | Encoding::Utf16Be => match wide_score(bytes, encoding) {
                Some(score) => score,
                None => continue,
            },
            _ => score(&sample, encoding),
        };
        if encoding == Encoding::Utf8 && is_utf8 {
            score += 4;
        }
        if Some(encoding) == said {
            score += bonus;
        }
        if score > best.1 {
            best = (encoding, score);
        }
    }
    best.0
}

/// How much a sample looks like Chinese prose when read in an encoding.
fn score(sample: &[u8], encoding: Encoding) -> i64 {
    let (text, _) = encoding.coding().decode_without_bom_handling(sample);
    let score: i64 = text.chars().map(weight).sum();
    // A character cut at either end of the sample is no error of the encoding.
    let mut forgiven = i64::from(text.ends_with('\u{fffd}'));
    if encoding == Encoding::Utf8 {
        let torn = text.chars().take(3).take_while(|c| *c == '\u{fffd}');
        forgiven += torn.count() as i64;
    }
    score + 12 * forgiven
}

/// The same for UTF-16 without a mark, where the text makes it sure: Latin letters with a zero byte each, or hanzi that
/// read well. Units of two bytes stand where they stand, so the head of the input is the sample.
fn wide_score(bytes: &[u8], encoding: Encoding) -> Option<i64> {
    let head = bytes.get(..SAMPLE).unwrap_or(bytes);
    let (text, _) = encoding.coding().decode_without_bom_handling(head);
    let (mut score, mut units) = (0, 0);
    for c in text.chars() {
        score += weight(c) + i64::from(c.is_ascii_graphic() || c == ' ');
        units += 1;
    }
    (score > units / 2).then_some(score)
}

/// The pieces that hold bytes beyond ASCII, or controls, as many as fit: only they tell anything. Pieces end at line
/// ends and tags, and begin at their first such byte, where no multi-byte encoding can have cut a character.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::with_capacity(SAMPLE.min(bytes.len()));
    for piece in bytes.split_inclusive(|b| matches!(b, b'\n' | b'>')) {
        let telling = |b: &u8| *b >= 0x80 || *b < b'\t';
        let Some(piece) = piece
            .iter()
            .position(telling)
            .and_then(|at| piece.get(at..))
        else {
            continue;
        };
        let room = SAMPLE - sample.len();
        sample.extend_from_slice(piece.get(..room).unwrap_or(piece));
        if sample.len() >= SAMPLE {
            break;
        }
    }
    sample
}

/// The encoding that a page declares (`<meta charset>`, `<meta http-equiv>` or an XML declaration).
pub fn declared(bytes: &[u8]) -> Option<Encoding> {
    let head = bytes.get(..DECLARATION).unwrap_or(bytes);
    let first = head
        .iter()
        .find(|b| !b.is_ascii_whitespace() && **b < 0x80)?;
    if *first != b'<' {
        return None;
    }
    let lower = head.to_ascii_lowercase();
    let mut labels = memchr::memmem::find_iter(&lower, b"charset")
        .map(|at| at + b"charset".len())
        .chain(memchr::memmem::find_iter(&lower, b"encoding").map(|at| at + b"encoding".len()));
    labels.find_map(|at| label(lower.get(at..)?))
}

/// The label behind `charset`: `=gb2312`, `="utf-8"`, ` = 'gbk'`.
fn label(rest: &[u8]) -> Option<Encoding> {
    let rest = rest
        .trim_ascii_start()
        .strip_prefix(b"=")?
        .trim_ascii_start();
    let rest = match rest {
        [b'"' | b'\'', rest @ ..] => rest,
        _ => rest,
    };
    let end = rest
        .iter()
        .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':')))
        .unwrap_or(rest.len());
    Encoding::from_label(std::str::from_utf8(rest.get(..end)?).ok()?)
}
