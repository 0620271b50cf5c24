//! Responsibility clauses (责任单位): who answers for a measure, as the words in the clause say it.
//!
//! A clause is read in two steps. Here its words are taken apart into [`Statement`]s: the names as written, the
//! label before them, the verb behind them, dates, and rules for later clauses. Which names share a beginning or an
//! ending, and what the rules do, the analysis says.

mod label;
mod rule;
mod verb;

use nom::Parser;
use nom::combinator::all_consuming;

use crate::text::chars;

pub use label::{closing_label, label, opening_label};
pub use rule::{lead_rule, rider_head};
pub use verb::ends_with_verb;

use rule::{not_listed, rest_rule, without_end};
use verb::{trailing_verb, verb};

/// How a name answers, by the word that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Duty {
    /// 牵头.
    Lead,
    /// 责任, 负责, 落实, 主办.
    Responsible,
    /// 配合, 参与, 协办, 支持.
    Cooperating,
    /// 督导, 指导, 监督.
    Supervising,
    /// 责任领导, 责任人: a person.
    Leader,
}

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Names that answer in this way.
    Duty(Duty),
    /// By when: 完成时限, 时限要求.
    Deadline,
    /// A field that names nobody: 目标位置, 适用范围.
    Other,
}

/// Who leads, where a rule says so for a clause or for all that follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LeadRule {
    /// 列第一位者为牵头单位.
    First,
    /// 逗号前为牵头单位.
    BeforeComma,
}

/// The mark before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Before {
    /// Nothing, or a mark between statements.
    Start,
    /// 、
    EnumerationComma,
    /// ，
    Comma,
}

/// A name as written, with the mark before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name<'s> {
    /// The mark before it.
    pub before: Before,
    /// The name, without the verb behind it.
    pub text: &'s str,
    /// The duty that a bracket behind this one name gives: `市民政局（牵头）`.
    pub own: Option<Duty>,
}

/// A part of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement<'s> {
    /// Names, and how they answer.
    Names {
        /// The names.
        names: Vec<Name<'s>>,
        /// What the label says.
        label: Option<Duty>,
        /// What the verb says.
        verb: Option<Duty>,
    },
    /// Names that answer for all that follows too: 以下均需…负责，不再列出.
    Rider(Vec<Name<'s>>),
    /// Who leads.
    Lead(LeadRule),
    /// 下同: the rules of this clause hold for all that follow.
    Below,
    /// By when.
    Deadline(&'s str),
    /// Words that say nothing of who: 长期坚持, 目标位置：全省前5, 未明确牵头单位的按职责分工负责.
    Aside,
}

/// Words that say by when, and no name: `2023年10月底前完成`, `6月底前`, `年底前完成`.
fn is_deadline(text: &str) -> bool {
    let core = text.trim_start_matches(chars::is_open_bracket);
    let core = core.strip_suffix("完成").unwrap_or(core);
    let core = core.trim_start_matches("于").trim_start_matches("在");
    let starts = core.starts_with(chars::is_digit)
        || [
            "年底",
            "年内",
            "上半年",
            "下半年",
            "今年",
            "明年",
            "每年",
            "“十",
            "到20",
            "至20",
            "一季度",
            "二季度",
            "三季度",
            "四季度",
            "本年",
        ]
        .iter()
        .any(|word| core.starts_with(word));
    let has_time = core.contains(['年', '月', '日', '季']);
    starts && has_time && text.chars().count() <= 30
}

/// Reads the words of a clause, without its brackets.
///
/// ```ebnf
/// clause = part { mark part } ;
/// part = [ label ] ( deadline | rule | rider | names [ verb ] ) ;
/// mark = "、" | "，" | "；" | "。" | space ;
/// ```
///
/// `责任单位:市科学技术局、市工业和信息化局。以下均需各县〔市、区〕政府〔管委会〕负责,不再列出`
pub fn clause(text: &str) -> Vec<Statement<'_>> {
    statements(text, true)
}

/// The statements of a clause; a bracket behind a name may hold more of them (`（逗号前为牵头单位，下同）`), once.
fn statements(text: &str, outer: bool) -> Vec<Statement<'_>> {
    let mut reader = Reader {
        outer,
        ..Reader::default()
    };
    let mut before = Before::Start;
    for part in Parts::of(text) {
        reader.part(before, part.text);
        match part.mark {
            Some(c) if chars::is_enumeration_comma(c) => before = Before::EnumerationComma,
            Some(c) if chars::is_comma(c) => before = Before::Comma,
            _ => {
                before = Before::Start;
                reader.end_of_statement(part.mark);
            }
        }
    }
    reader.finish()
}

/// Collects the parts of a clause into statements.
#[derive(Default)]
struct Reader<'s> {
    done: Vec<Statement<'s>>,
    names: Vec<Name<'s>>,
    label: Option<Field>,
    rider: bool,
    outer: bool,
}

impl<'s> Reader<'s> {
    /// A part up to a mark.
    fn part(&mut self, before: Before, text: &'s str) {
        let mut text = chars::trim(text);
        // A label may follow a name without any mark: 市人社局责任单位：….
        while let Some(colon) = top_level(text, chars::is_colon) {
            let after = colon + text[colon..].chars().next().map_or(0, char::len_utf8);
            match closing_label(&text[..after]) {
                Some((at, field)) => {
                    // What stands before the first label says which label it is: 指标牵头单位.
                    if !self.is_fresh() {
                        self.name(before, &text[..at]);
                    }
                    self.flush(None);
                    self.label = Some(field);
                }
                None => {
                    self.flush(None);
                    self.label = Some(Field::Other);
                }
            }
            text = chars::trim(&text[after..]);
        }
        if !text.is_empty() {
            self.words(before, text);
        }
    }

    /// A part without labels.
    fn words(&mut self, before: Before, text: &'s str) {
        if self.label == Some(Field::Deadline) {
            self.done.push(match without_end(text) {
                Ok(_) => Statement::Aside,
                Err(_) => Statement::Deadline(text),
            });
            return;
        }
        if let Ok((_, rule)) = all_consuming(lead_rule).parse(text) {
            self.flush(None);
            self.done.push(Statement::Lead(rule));
        } else if text == "下同" || text == "以下同" || text == "以下相同" {
            self.below();
        } else if all_consuming(not_listed).parse(text).is_ok() {
            self.not_listed();
        } else if all_consuming(rest_rule).parse(text).is_ok()
            || all_consuming(without_end).parse(text).is_ok()
        {
            self.flush(None);
            self.done.push(Statement::Aside);
        } else if is_deadline(text) {
            self.flush(None);
            self.done.push(Statement::Deadline(text));
        } else if let Ok((rest, _)) = rider_head(text) {
            self.flush(None);
            self.rider = true;
            self.label = None;
            self.duty_names(Before::Start, rest);
        } else {
            self.duty_names(before, text);
        }
    }

    fn is_fresh(&self) -> bool {
        self.done.is_empty() && self.names.is_empty() && self.label.is_none()
    }

    /// A name, or the last name before a verb.
    fn duty_names(&mut self, before: Before, text: &'s str) {
        let Some((name, inside)) = trailing_bracket(text) else {
            return self.verbs(before, text);
        };
        if let Ok((_, duty)) = all_consuming(verb).parse(inside) {
            self.names.push(Name {
                before,
                text: chars::trim(name),
                own: Some(duty),
            });
        } else if self.outer && is_rule(inside) {
            self.verbs(before, name);
            self.flush(None);
            self.done.extend(statements(inside, false));
        } else {
            self.verbs(before, text);
        }
    }

    /// Names with the verbs behind them: 省商务厅牵头会同省财政厅负责.
    fn verbs(&mut self, mut before: Before, mut text: &'s str) {
        if self.is_fresh() {
            text = text.strip_prefix('由').unwrap_or(text);
        }
        while let Some((name, rest)) = lead_inside(text) {
            self.name(before, name);
            self.flush(Some(Duty::Lead));
            before = Before::Start;
            text = rest;
        }
        match trailing_verb(text) {
            Some((at, duty)) => {
                self.name(before, &text[..at]);
                self.flush(Some(duty));
            }
            None => self.name(before, text),
        }
    }

    fn name(&mut self, before: Before, text: &'s str) {
        let text = chars::trim(text);
        if !text.is_empty() {
            self.names.push(Name {
                before,
                text,
                own: None,
            });
        }
    }

    /// Ends a run of names.
    fn flush(&mut self, verb: Option<Duty>) {
        if self.names.is_empty() {
            return;
        }
        let names = std::mem::take(&mut self.names);
        let label = match self.label {
            Some(Field::Duty(duty)) => Some(duty),
            Some(Field::Other) if verb.is_none() => {
                self.done.push(Statement::Aside);
                return;
            }
            _ => None,
        };
        if self.rider {
            self.rider = false;
            self.done.push(Statement::Rider(names));
        } else {
            self.done.push(Statement::Names { names, label, verb });
        }
    }

    /// 下同: behind names that answer, they answer below too; behind a rule, the rule holds below.
    fn below(&mut self) {
        self.flush(None);
        self.done.push(Statement::Below);
    }

    /// 以下不再列出: what was said last is a rider.
    fn not_listed(&mut self) {
        self.flush(None);
        if let Some(Statement::Names { names, .. }) = self.done.last_mut() {
            let names = std::mem::take(names);
            self.done.pop();
            self.done.push(Statement::Rider(names));
        }
    }

    /// A mark that ends a statement.
    fn end_of_statement(&mut self, mark: Option<char>) {
        if mark.is_some_and(|c| chars::is_full_stop(c) || chars::is_semicolon(c)) {
            self.flush(None);
            if mark.is_some_and(chars::is_full_stop) {
                self.label = None;
            }
        }
    }

    fn finish(mut self) -> Vec<Statement<'s>> {
        self.flush(None);
        self.done
    }
}

/// A part of a clause up to a mark outside brackets.
struct Part<'s> {
    text: &'s str,
    mark: Option<char>,
}

/// The parts of a clause. Brackets that nothing closes hold nothing together.
struct Parts<'s> {
    rest: &'s str,
    at: usize,
    unclosed: std::iter::Peekable<std::vec::IntoIter<usize>>,
    ended: bool,
}

impl<'s> Parts<'s> {
    fn of(text: &'s str) -> Parts<'s> {
        let mut open = Vec::new();
        for (at, c) in chars::marks(text) {
            if opens(c) {
                open.push(at);
            } else if closes(c) {
                open.pop();
            }
        }
        Parts {
            rest: text,
            at: 0,
            unclosed: open.into_iter().peekable(),
            ended: false,
        }
    }
}

impl<'s> Iterator for Parts<'s> {
    type Item = Part<'s>;

    fn next(&mut self) -> Option<Part<'s>> {
        if self.ended {
            return None;
        }
        let mut depth = 0usize;
        for (i, c) in chars::marks(self.rest) {
            if opens(c) {
                if self.unclosed.next_if_eq(&(self.at + i)).is_none() {
                    depth += 1;
                }
            } else if closes(c) {
                depth = depth.saturating_sub(1);
            } else if depth == 0 && is_mark(&self.rest[..i], c, &self.rest[i + c.len_utf8()..]) {
                let end = i + c.len_utf8();
                let part = Part {
                    text: &self.rest[..i],
                    mark: Some(if chars::is_space(c) { '、' } else { c }),
                };
                self.rest = &self.rest[end..];
                self.at += end;
                return Some(part);
            }
        }
        self.ended = true;
        Some(Part {
            text: self.rest,
            mark: None,
        })
    }
}

/// Brackets and quotation marks keep a name together: 市“双随机、一公开”联席会议.
fn opens(c: char) -> bool {
    chars::is_open_bracket(c) || matches!(c, '“' | '「' | '《')
}

fn closes(c: char) -> bool {
    chars::is_close_bracket(c) || matches!(c, '”' | '」' | '》')
}

/// A mark between parts; a space is one where a name ends before it and Chinese follows.
fn is_mark(before: &str, c: char, rest: &str) -> bool {
    chars::is_enumeration_comma(c)
        || chars::is_comma(c)
        || chars::is_semicolon(c)
        || chars::is_full_stop(c)
        || (chars::is_space(c)
            && before.ends_with([
                '局', '委', '办', '厅', '部', '会', '院', '心', '府', '司', '处', '行', '队', '室',
                '科', '组', '位', '门', '区',
            ])
            && rest.starts_with(chars::is_han))
}

/// The first mark of a kind outside brackets.
fn top_level(text: &str, is: fn(char) -> bool) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in chars::marks(text) {
        if chars::is_open_bracket(c) {
            depth += 1;
        } else if chars::is_close_bracket(c) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && is(c) {
            return Some(at);
        }
    }
    None
}

/// `市民政局（牵头）` → 市民政局, 牵头.
fn trailing_bracket(text: &str) -> Option<(&str, &str)> {
    let close = text
        .chars()
        .next_back()
        .filter(|c| chars::is_close_bracket(*c))?;
    let body = &text[..text.len() - close.len_utf8()];
    let mut depth = 1usize;
    for (at, c) in body.char_indices().rev() {
        if chars::is_close_bracket(c) {
            depth += 1;
        } else if chars::is_open_bracket(c) {
            depth -= 1;
            if depth == 0 {
                return Some((&body[..at], &body[at + c.len_utf8()..]));
            }
        }
    }
    None
}

/// Whether words in a bracket behind a name are a rule and no alias.
fn is_rule(text: &str) -> bool {
    rider_head(text).is_ok()
        || Parts::of(text).take(2).any(|part| {
            let part = chars::trim(part.text);
            part == "下同" || all_consuming(lead_rule).parse(part).is_ok()
        })
}

/// A lead in the middle of a part, and what follows it: 省商务厅 牵头会同 省财政厅负责.
fn lead_inside(text: &str) -> Option<(&str, &str)> {
    for (at, word) in text.match_indices("牵头") {
        let rest = &text[at + word.len()..];
        let rest = rest.strip_prefix("负责").unwrap_or(rest);
        let rest = ["会同", "联合", "组织"]
            .iter()
            .find_map(|w| rest.strip_prefix(w))
            .unwrap_or(rest);
        if rest.starts_with(['省', '市', '县', '区', '州', '厅', '各', '相', '有', '其'])
        {
            return Some((&text[..at], rest));
        }
    }
    None
}
