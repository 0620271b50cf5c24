//! Where clauses stand in a line: in brackets of every kind, matched or not, or behind a label without any.

use std::sync::LazyLock;

use super::names::without_bracket;
use crate::span;
use crate::syntax::grammar::responsibility::{self as grammar, Field, Statement};
use crate::text::chars;
use crate::vocab::finder::Finder;
use crate::vocab::unit_names::{self as units, Sort};

/// A clause in a line.
#[derive(Debug, Clone)]
pub struct Clause<'s> {
    /// All that belongs to it, brackets and all.
    pub cut: &'s str,
    /// What it says.
    pub statements: Vec<Statement<'s>>,
}

/// Words without which no line holds a clause.
const ANCHORS: [&str; 12] = [
    "单位", "部门", "牵头", "负责", "责任", "配合", "落实", "参与", "处室", "科室", "下同", "不再",
];

/// A deadline on a line of its own has at most so many bytes.
const DEADLINE_MAX: usize = 120;

/// A clause without a label whose bracket nothing closes has at most so many bytes.
const UNCLOSED_MAX: usize = 360;

static ANCHOR_WORDS: LazyLock<Finder> = LazyLock::new(|| Finder::new(ANCHORS));

/// The clauses of a line, in order; `head` is where the words after the marker start.
pub fn find<'s>(line: &'s str, head: usize) -> Vec<Clause<'s>> {
    if ANCHOR_WORDS.next(line, 0).is_none()
        && !line
            .trim_end_matches('。')
            .ends_with(chars::is_close_bracket)
    {
        return Vec::new();
    }
    let groups = groups(line);
    let mut clauses: Vec<(usize, usize, Clause<'s>)> = Vec::new();
    let mut at = head;
    for group in &groups {
        if group.start < at {
            continue;
        }
        at = labelled(line, at, group.start, &mut clauses);
        if group.start < at {
            continue;
        }
        if let Some(found) = bracketed(line, group, clauses.last().map(|(_, end, _)| *end)) {
            at = found.1;
            clauses.push(found);
        }
    }
    labelled(line, at, line.len(), &mut clauses);
    clauses.into_iter().map(|(_, _, clause)| clause).collect()
}

/// A line that says by when and nothing else: `完成时限：2024年6月底前`.
pub fn deadline(line: &str) -> Option<Clause<'_>> {
    let (words, field) = grammar::label(line).ok()?;
    let words = chars::trim(words.trim_end_matches(chars::is_full_stop));
    let one = !words.contains(|c| chars::is_full_stop(c) || chars::is_semicolon(c));
    (field == Field::Deadline && !words.is_empty() && words.len() <= DEADLINE_MAX && one).then(
        || Clause {
            cut: line,
            statements: vec![Statement::Deadline(words)],
        },
    )
}

/// A bracket and its partner, by offsets in the line.
#[derive(Debug, Clone, Copy)]
struct Group {
    start: usize,
    end: usize,
    /// Where what it holds starts and ends.
    inside: (usize, usize),
}

/// The outermost groups that may be clauses: one pass with a stack.
fn groups(line: &str) -> Vec<Group> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    for (at, c) in chars::marks(line) {
        if chars::is_open_bracket(c) {
            open.push((at, c));
        } else if chars::is_close_bracket(c) {
            let Some((start, opener)) = partner(&mut open, at, c) else {
                continue;
            };
            let group = Group {
                start,
                end: at + c.len_utf8(),
                inside: (start + opener.len_utf8(), at),
            };
            if may_be_clause(&line[group.inside.0..group.inside.1]) {
                while groups.last().is_some_and(|last| last.start > start) {
                    groups.pop();
                }
                groups.push(group);
            }
        }
    }
    // A clause at the end whose bracket nothing closes.
    let rest = |(at, c): &(usize, char)| &line[at + c.len_utf8()..];
    let labelled = open.iter().find(|open| starts_with_label(rest(open)));
    let last = || {
        let last = open.last()?;
        (rest(last).len() <= UNCLOSED_MAX && may_be_clause(rest(last))).then_some(last)
    };
    if let Some(&(start, opener)) = labelled.or_else(last) {
        groups.retain(|group| group.start < start);
        groups.push(Group {
            start,
            end: line.len(),
            inside: (start + opener.len_utf8(), line.len()),
        });
    }
    groups
}

/// The opening bracket that a closing one at `at` closes. Kinds may differ (`〔…]`), and brackets between may lack a partner.
fn partner(open: &mut Vec<(usize, char)>, at: usize, close: char) -> Option<(usize, char)> {
    let &(top, opener) = open.last()?;
    if chars::bracket_kind(opener) == chars::bracket_kind(close) || at - top < 18 {
        return open.pop();
    }
    let near = open
        .iter()
        .rev()
        .take(4)
        .position(|&(_, c)| chars::bracket_kind(c) == chars::bracket_kind(close));
    for _ in 0..near.unwrap_or(0) {
        open.pop();
    }
    open.pop()
}

/// A quick look at both ends, so that groups in groups in groups take no longer.
fn may_be_clause(inside: &str) -> bool {
    const VERBS: [&str; 9] = [
        "牵头", "负责", "配合", "落实", "完成", "实施", "参与", "下同", "不再",
    ];
    let tail = inside
        .char_indices()
        .rev()
        .take(40)
        .last()
        .map_or("", |(at, _)| &inside[at..]);
    starts_with_label(inside)
        || grammar::rider_head(inside).is_ok()
        || VERBS.iter().any(|word| tail.contains(word))
        || grammar::ends_with_verb(inside)
        || may_be_list(inside)
}

fn starts_with_label(inside: &str) -> bool {
    matches!(
        grammar::opening_label(inside),
        Some(Field::Duty(_) | Field::Deadline)
    )
}

/// Whether a text may be a list of names and nothing else, by its first name.
fn may_be_list(inside: &str) -> bool {
    // No further than a name is long, so that groups in groups take no longer.
    let mut near = inside.char_indices().take(NAME_MAX + 1);
    let mark = near.find(|&(_, c)| chars::is_enumeration_comma(c) || chars::is_comma(c));
    match mark {
        Some((at, _)) => is_unit(&inside[..at]) || stands_for_many(&inside[..at]),
        None => inside.chars().nth(NAME_MAX).is_none() && is_unit(inside),
    }
}

/// A name in a list without label and verb has at most so many characters.
const NAME_MAX: usize = 32;

/// Units and nothing else, without label and verb: 〔州发展改革委，州财政局〕, （市商务委、上海海关、东航物流）, （价格处）.
///
/// Most of the names are known for units by their endings, and one of them at least for a body of the state.
fn is_list_of_units(statements: &[Statement<'_>]) -> bool {
    let [Statement::Names { names, .. }] = statements else {
        return false;
    };
    let names = || names.iter().map(|name| name.text.trim_end_matches('等'));
    let known = names().filter(|name| is_unit(name) || stands_for_many(name));
    let may_be_name = |name: &str| {
        name.chars().count() <= NAME_MAX && !name.contains(chars::is_digit) && !is_prose(name)
    };
    let n = names().count();
    (1..60).contains(&n)
        && known.count() * 2 >= n
        && names().any(is_public_body)
        && names().all(may_be_name)
}

/// A name that the ending of a unit tells, with something before it: 上海海关, 机场集团, 价格处.
fn is_unit(name: &str) -> bool {
    let core = without_bracket(name);
    is_sure_unit(name)
        || (3..=NAME_MAX).contains(&core.chars().count())
            && units::ending(core).is_some_and(|(ending, _)| ending.len() < core.len())
}

/// A body of the state or the party, and no enterprise or school.
fn is_public_body(name: &str) -> bool {
    let core = without_bracket(name);
    is_unit(name)
        && units::ending(core).is_some_and(|(_, kind)| {
            !matches!(
                kind,
                "enterprise" | "public_institution" | "other" | "collective"
            )
        })
}

/// 各区, 有关部门.
fn stands_for_many(name: &str) -> bool {
    Sort::Many.words().at_start(name).is_some() && name.chars().count() <= NAME_MAX
}

fn is_sure_unit(name: &str) -> bool {
    let core = without_bracket(name);
    let length = name.chars().count();
    (3..=30).contains(&length)
        && core.starts_with(['省', '市', '县', '区', '州', '盟', '旗', '各', '人', '团'])
        && units::ending(core).is_some_and(|(ending, kind)| {
            ending.len() < core.len()
                && (ending == "中心"
                    || !matches!(kind, "enterprise" | "public_institution" | "office"))
        })
}

/// A clause in brackets, with the offsets of its cut.
fn bracketed<'s>(
    line: &'s str,
    group: &Group,
    last_end: Option<usize>,
) -> Option<(usize, usize, Clause<'s>)> {
    let inside = &line[group.inside.0..group.inside.1];
    let before = line[..group.start].trim_end_matches(chars::is_space);
    let after = line[group.end..].trim_start_matches(chars::is_space);
    let follows_clause = last_end == Some(before.len());
    let after_stop = before.is_empty()
        || follows_clause
        || before.ends_with(|c| {
            chars::is_full_stop(c)
                || chars::is_semicolon(c)
                || chars::is_close_bracket(c)
                || matches!(c, '”' | '"')
        });
    let at_end = after.is_empty()
        || after.starts_with(|c| {
            chars::is_full_stop(c) || chars::is_semicolon(c) || chars::is_open_bracket(c)
        });
    let statements = grammar::clause(inside);
    let labelled = statements
        .iter()
        .any(|statement| matches!(statement, Statement::Names { label: Some(_), .. }));
    // （完成时限：6月底前）: by when, and nobody.
    let dated = at_end && after_stop && is_deadline(inside, &statements);
    let only_names = !labelled && !dated && !has_verb_or_rule(&statements);
    // [返回顶部] is a page's: such lists stand in round brackets and 〔〕, behind a sentence.
    let listing = |c| chars::is_open_round(c) || matches!(c, '〔' | '﹝');
    let ends_sentence = after.is_empty()
        && after_stop
        && line[group.start..].starts_with(listing)
        && (follows_clause || !before.ends_with(chars::is_close_bracket));
    let listed = only_names && ends_sentence && is_list_of_units(&statements);
    let plausible = || (after_stop || at_end) && are_plausible(&statements);
    if !says_something(&statements, follows_clause || dated)
        || only_names && !listed
        || !(labelled || listed || plausible())
    {
        return None;
    }
    // The full stop behind a clause goes with it where one stands before it too.
    let mut end = group.end;
    if before.ends_with(chars::is_full_stop)
        && let Some(c) = line[group.end..]
            .chars()
            .next()
            .filter(|c| chars::is_full_stop(*c))
    {
        end += c.len_utf8();
    }
    Some((
        group.start,
        end,
        Clause {
            cut: &line[group.start..end],
            statements,
        },
    ))
}

/// Whether a clause says by when behind a label, and nothing else.
fn is_deadline(inside: &str, statements: &[Statement<'_>]) -> bool {
    matches!(statements, [Statement::Deadline(_)])
        && inside.len() <= DEADLINE_MAX
        && grammar::opening_label(inside) == Some(Field::Deadline)
}

fn says_something(statements: &[Statement<'_>], follows_clause: bool) -> bool {
    statements.iter().any(|statement| match statement {
        Statement::Names { .. } | Statement::Rider(_) | Statement::Lead(_) => true,
        Statement::Below | Statement::Deadline(_) => follows_clause,
        Statement::Aside => false,
    })
}

fn has_verb_or_rule(statements: &[Statement<'_>]) -> bool {
    statements.iter().any(|statement| match statement {
        Statement::Names { verb, names, .. } => {
            verb.is_some() || names.iter().any(|name| name.own.is_some())
        }
        Statement::Rider(_) | Statement::Lead(_) | Statement::Below => true,
        Statement::Deadline(_) | Statement::Aside => false,
    })
}

/// Whether the names of a clause without label may be names.
fn are_plausible(statements: &[Statement<'_>]) -> bool {
    statements.iter().all(|statement| match statement {
        Statement::Names { names, .. } | Statement::Rider(names) => {
            // 甲、乙等市人民政府: bare places.
            let places = names.iter().any(|name| {
                ["等市", "等县", "等区", "等州", "等地"]
                    .iter()
                    .any(|word| name.text.contains(word))
            });
            names
                .iter()
                .all(|name| is_plausible(name.text) || (places && name.text.chars().count() <= 4))
        }
        _ => true,
    })
}

/// Whether words may be a name: they end as names do, and hold no words of prose.
fn is_plausible(name: &str) -> bool {
    let core = name.trim_end_matches('等');
    let many = Sort::Many.words().at_start(core).is_some();
    name.chars().count() <= 48
        && !is_prose(core)
        && (many
            || units::ending(core).is_some()
            || core.ends_with(chars::is_close_bracket)
            || core.ends_with(['省', '市', '县', '区', '州', '旗', '盟', '镇', '乡', '户'])
            || core.contains('等'))
}

/// Whether words hold what no name does. 的 stands in descriptions only: 有监管职能的处室.
fn is_prose(name: &str) -> bool {
    let described = ["的处室", "的部门", "的单位", "的机构", "的市", "的县"]
        .iter()
        .any(|end| name.contains(end));
    let ought = name.contains('要')
        && !["主要", "重要", "要素", "需要"]
            .iter()
            .any(|word| name.contains(word));
    (name.contains('的') && !described) || ought || Sort::Prose.words().within(name)
}

/// Clauses behind labels without brackets, between `from` and `to`; gives where the last one ends.
fn labelled<'s>(
    line: &'s str,
    from: usize,
    to: usize,
    clauses: &mut Vec<(usize, usize, Clause<'s>)>,
) -> usize {
    let mut at = from;
    while let Some(start) = next_label(line, at, to) {
        let mut end = clause_end(line, start);
        let mut statements = grammar::clause(without_stop(&line[start..end]));
        // What follows the names without a mark is the next sentence, where a page lost its line breaks.
        if let Some(prose) = first_prose(&statements) {
            let cut = span::Range::of(line, prose).map_or(end, |range| range.start as usize);
            end = start + line[start..cut].trim_end_matches(is_separator).len();
            statements = grammar::clause(without_stop(&line[start..end]));
        }
        if says_something(&statements, false) {
            let cut = &line[start..end];
            clauses.push((start, end, Clause { cut, statements }));
        }
        at = end.max(start + line[start..].chars().next().map_or(1, char::len_utf8));
        if at >= to {
            break;
        }
    }
    at
}

fn without_stop(clause: &str) -> &str {
    clause.trim_end_matches(|c| chars::is_full_stop(c) || chars::is_semicolon(c))
}

fn is_separator(c: char) -> bool {
    chars::is_space(c)
        || chars::is_comma(c)
        || chars::is_semicolon(c)
        || chars::is_enumeration_comma(c)
}

/// The first name of a clause that can be none.
fn first_prose<'s>(statements: &[Statement<'s>]) -> Option<&'s str> {
    statements.iter().find_map(|statement| match statement {
        Statement::Names { names, .. } => names
            .iter()
            .map(|name| name.text)
            .find(|name| is_prose(name) || (name.chars().count() > 16 && !is_plausible(name))),
        _ => None,
    })
}

/// The next label without brackets.
fn next_label(line: &str, from: usize, to: usize) -> Option<usize> {
    let text = line.get(from..to)?;
    for (colon, c) in chars::marks(text).filter(|&(_, c)| chars::is_colon(c)) {
        let end = from + colon + c.len_utf8();
        let Some((start, Field::Duty(_))) = grammar::closing_label(&line[from..end]) else {
            continue;
        };
        let start = from + start;
        let before = &line[..start];
        let opens = start == from
            || before.ends_with(|c| {
                chars::is_full_stop(c)
                    || chars::is_semicolon(c)
                    || chars::is_space(c)
                    || chars::is_close_bracket(c)
                    || chars::is_open_bracket(c)
                    || matches!(c, '”' | '"' | '.' | '●' | '▲' | '■' | '◆')
            });
        if opens && starts_unbracketed(&line[start..end]) {
            return Some(start);
        }
    }
    None
}

/// Labels that announce units even without brackets; 主办单位 and 监督单位 do so in page frames and programmes too.
fn starts_unbracketed(label: &str) -> bool {
    [
        "牵头", "责任", "主责", "负责", "配合", "协办", "主要", "参与", "落实",
    ]
    .iter()
    .any(|word| label.starts_with(word))
}

/// Where a clause without brackets ends: behind its full stop, and behind the rules that follow it.
fn clause_end(line: &str, start: usize) -> usize {
    let text = &line[start..];
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        if chars::is_open_bracket(c) {
            if depth == 0 && is_marker(&text[at..]) {
                return start + at;
            }
            depth += 1;
        } else if chars::is_close_bracket(c) {
            if depth == 0 {
                return start + at + c.len_utf8();
            }
            depth -= 1;
        } else if depth == 0 && chars::is_full_stop(c) {
            let end = at + c.len_utf8();
            let next = text[end..].trim_start_matches(chars::is_space);
            if grammar::rider_head(next).is_err()
                && grammar::lead_rule(next).is_err()
                && !starts_with_label(next)
                && !matches!(grammar::opening_label(next), Some(Field::Deadline))
            {
                return start + end;
            }
        }
    }
    line.len()
}

/// `（93）`, `（二）`: the number of what follows.
fn is_marker(text: &str) -> bool {
    let inside = text.trim_start_matches(chars::is_open_bracket);
    let number = inside
        .trim_start_matches(|c: char| chars::is_digit(c) || "一二三四五六七八九十".contains(c));
    number.len() < inside.len() && number.starts_with(chars::is_close_bracket)
}

/// Whether nothing but clauses and marks stands in a line.
pub fn is_all(line: &str, clauses: &[Clause<'_>]) -> bool {
    let mut at = 0;
    for clause in clauses {
        let Some(range) = span::Range::of(line, clause.cut) else {
            return false;
        };
        if !is_empty(&line[at.min(range.start as usize)..range.start as usize]) {
            return false;
        }
        at = range.end as usize;
    }
    !clauses.is_empty() && is_empty(&line[at..])
}

fn is_empty(text: &str) -> bool {
    text.chars().all(|c| {
        chars::is_space(c) || chars::is_full_stop(c) || chars::is_semicolon(c) || chars::is_comma(c)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, words: Option<&str>) {
        let found = deadline(line).map(|clause| clause.statements);
        assert_eq!(found, words.map(|w| vec![Statement::Deadline(w)]), "{line}");
    }

    #[test]
    fn deadlines_on_lines_of_their_own() {
        check("完成时限：2024年6月底前", Some("2024年6月底前"));
        check("完成时间: 长期坚持。", Some("长期坚持"));
        check("责任单位：市财政局", None);
        check("完成时限：", None);
        check("完成时限：6月底前。逾期通报批评。", None);
        check("按照完成时限推进", None);
    }

    fn cut(line: &str) -> Option<&str> {
        find(line, 0).first().map(|clause| clause.cut)
    }

    #[test]
    fn deadlines_in_brackets_need_no_unit() {
        assert_eq!(
            cut("精简申请材料。（完成时限：6月底前）"),
            Some("（完成时限：6月底前）")
        );
        assert_eq!(cut("明确要求（完成时限：6月底前）的事项。"), None);
        assert_eq!(cut("精简申请材料。（试行至6月底）"), None);
    }

    #[test]
    fn a_bracket_that_nothing_closes_may_hold_a_clause() {
        assert_eq!(
            cut("维护权益。(市总工会、市人社局牵头，10月底前完成"),
            Some("(市总工会、市人社局牵头，10月底前完成")
        );
        assert_eq!(cut("维护权益(包括各类企业在内的用工单位"), None);
    }
}
