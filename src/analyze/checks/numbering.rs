//! Numbers that are missing, stand twice, or start again.

use crate::diagnostic::{Code, Diagnostic};
use crate::span::{Range, between};
use crate::syntax::tree::{Marker, Node, OddityKind, Tree};
use crate::text::{Locator, chars};

/// What is odd about the numbers of a tree.
pub fn check(locator: &Locator<'_>, tree: &Tree<'_>, found: &mut Vec<Diagnostic>) {
    for oddity in &tree.oddities {
        let Some((node, marker)) = tree
            .nodes
            .get(oddity.node)
            .and_then(|node| Some((node, node.marker?)))
        else {
            continue;
        };
        let finding = match oddity.kind {
            OddityKind::Gap { expected } => gap(locator, tree, oddity.node, &marker, expected),
            OddityKind::Repeat => Some(repeat(locator, tree, oddity.node, &marker)),
            OddityKind::StyleChange { before } => {
                let before = tree.nodes.get(before).and_then(|node| node.marker);
                let before = before.map_or("", |m| m.text).to_owned();
                Some((Code::NumberingStyle, vec![before, marker.text.to_owned()]))
            }
            OddityKind::TooDeep => None,
        };
        // A row of a table numbers by its cells, and behind 第 the number cites: a line was broken there.
        let quiet = node.line.contains('\t') || is_cited(locator.text(), node.line);
        if let Some((code, args)) = finding.filter(|_| !quiet) {
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            let span = locator.span(marker.text);
            found.push(Diagnostic::new(code, Some(span), &args));
        }
    }
}

/// Numbers are missing before this one.
///
/// Quiet where the missing number stands in the text all the same: a line break was lost before it, or it could not be
/// told from something else.
fn gap(
    locator: &Locator<'_>,
    tree: &Tree<'_>,
    at: usize,
    marker: &Marker<'_>,
    expected: u32,
) -> Option<(Code, Vec<String>)> {
    let node = tree.nodes.get(at)?;
    let Some(before) = sibling_before(tree, at).filter(|_| expected > 1) else {
        return Some((Code::NumberingStart, vec![marker.number.to_string()]));
    };
    let passed = passed(locator.text(), before.line, node.line);
    (expected < marker.number && !stands_in(passed, marker, expected)).then(|| {
        let args = vec![expected.to_string(), marker.number.to_string()];
        (Code::NumberingGap, args)
    })
}

/// The same number twice in a row is a slip; a smaller one starts the sequence again, and so does the second of a list
/// whose first stands inside a line.
fn repeat(
    locator: &Locator<'_>,
    tree: &Tree<'_>,
    at: usize,
    marker: &Marker<'_>,
) -> (Code, Vec<String>) {
    let siblings = tree.nodes.get(at).zip(sibling_before(tree, at));
    let twice = siblings.is_some_and(|(node, before)| {
        let passed = passed(locator.text(), before.line, node.line);
        marker.number > 1
            && before.marker.is_some_and(|m| m.number == marker.number)
            && !stands_in(passed, marker, marker.number - 1)
    });
    let code = if twice {
        Code::NumberingRepeat
    } else {
        Code::NumberingRestart
    };
    (code, vec![marker.number.to_string()])
}

/// The text from the start of a line to a later one.
fn passed<'s>(text: &'s str, from: &'s str, to: &'s str) -> &'s str {
    let whole = between(text, from, to);
    whole.strip_suffix(to).unwrap_or(whole)
}

/// Whether 第 ends the line before.
fn is_cited(text: &str, line: &str) -> bool {
    Range::of(text, line)
        .and_then(|range| text.get(..range.start as usize))
        .is_some_and(|before| before.trim_end().ends_with('第'))
}

/// The numbered node of the same parent that stands before node `at`.
fn sibling_before<'t, 's>(tree: &'t Tree<'s>, at: usize) -> Option<&'t Node<'s>> {
    let parent = tree.nodes.get(at)?.parent;
    let mut before = at.checked_sub(1);
    // Climbs from the node read last to a child of the parent: at most as many steps as the tree has levels.
    while let Some(i) = before {
        let node = tree.nodes.get(i)?;
        if node.parent == parent {
            return node.marker.map(|_| node);
        }
        before = node.parent;
    }
    None
}

/// Whether a number stands in a text in the way that a marker writes it: `（二）` of `（三）`, `12.` of `13、`.
fn stands_in(text: &str, marker: &Marker<'_>, number: u32) -> bool {
    let is_chinese = marker.text.contains(is_chinese_digit);
    let words = if is_chinese {
        chinese(number)
    } else {
        number.to_string()
    };
    let is_numeral = |c: char| {
        if is_chinese {
            is_chinese_digit(c)
        } else {
            chars::is_digit(c)
        }
    };
    let bracketed = marker.text.starts_with(chars::is_open_bracket);
    let article = marker.text.starts_with('第');
    text.match_indices(&words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        if bracketed {
            before.is_some_and(chars::is_open_bracket) && after.is_some_and(chars::is_close_bracket)
        } else if article {
            before == Some('第') && after.is_some_and(|c| marker.text.ends_with(c))
        } else {
            // At the head of a line, or of what was one, the mark behind it may be lost.
            let at_head = before.is_none_or(|c| matches!(c, '\n' | '。' | '；'));
            !before.is_some_and(is_numeral)
                && after.is_some_and(|c| {
                    "、.．，,".contains(c)
                        || at_head && (chars::is_space(c) || !is_chinese && chars::is_han(c))
                })
        }
    })
}

fn is_chinese_digit(c: char) -> bool {
    "一二三四五六七八九十百零〇".contains(c)
}

/// A number below a hundred in Chinese, above it in digits: so long are no sequences.
fn chinese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10 % 10, DIGITS[(number % 10) as usize]);
    match tens {
        _ if number >= 100 => number.to_string(),
        0 => ones.to_owned(),
        1 => format!("十{ones}"),
        _ => format!("{}十{ones}", DIGITS[tens as usize]),
    }
}
