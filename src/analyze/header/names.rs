//! 发文机关, 主送机关, 发文机关署名, 抄送.

use super::{Reader, shape, tidy};
use crate::analyze::frame::Role;
use crate::text::chars;
use crate::vocab::bodies;
use crate::vocab::labels::Key;

impl Reader<'_, '_> {
    /// Reads the keys whose values are bodies.
    pub(super) fn names(&mut self) {
        let mut signed = Vec::new();
        for field in self.fields(|r| r == Role::SignOff) {
            signed.extend(signers(field.text));
            self.mark("signed_by", field.text);
        }
        self.header.signed_by = signed.clone();
        let mut marks = Vec::new();
        for field in self.fields(|r| r == Role::Mark || r == Role::BareIssuer) {
            let words = field.text.strip_suffix("文件").unwrap_or(field.text);
            marks.extend(signers(words));
            self.mark("issuers", field.text);
        }
        let titled = self
            .header
            .title
            .as_deref()
            .map(title_issuers)
            .unwrap_or_default();
        let mut cards = Vec::new();
        for key in [Key::Issuers, Key::Publisher] {
            for field in self.card(key) {
                let found = list(field.text);
                if cards.is_empty() || key == Key::Issuers {
                    cards.extend(found);
                }
                self.mark(
                    if key == Key::Issuers {
                        "issuers"
                    } else {
                        "issuers.publisher"
                    },
                    field.text,
                );
            }
        }
        self.header.issuers = [signed, marks, titled, cards]
            .into_iter()
            .find(|names| !names.is_empty())
            .unwrap_or_default();
        let fields = [
            self.fields(|r| r == Role::Addressees),
            self.card(Key::Addressees),
        ]
        .concat();
        for field in fields {
            self.mark("addressees", field.text);
            if self.header.addressees.is_empty() {
                self.header.addressees = addressees(field.text);
            }
        }
        for field in self.fields(|r| r == Role::Cc || r == Role::Card(Key::Cc)) {
            self.mark("cc", field.text);
            let words = field.text.trim_end_matches(chars::is_full_stop);
            self.header.cc.extend(list(words));
        }
        self.imprint();
    }

    /// `某某办公室 2024年7月29日印发`.
    fn imprint(&mut self) {
        if let Some(field) = self.card(Key::PrintedBy).first().copied() {
            self.mark("printed_by", field.text);
            self.header.printed_by = Some(tidy(field.text));
        }
        for field in self.fields(|r| r == Role::Imprint) {
            let at = field
                .text
                .find(|c: char| chars::is_digit(c) || "二〇○".contains(c));
            let (body, day) = field
                .text
                .split_at_checked(at.unwrap_or(0))
                .unwrap_or(("", ""));
            let body = chars::trim(body);
            self.header.printed_on = self.day_of(day);
            self.mark("printed_on", day);
            if !body.is_empty() {
                self.mark("printed_by", body);
                self.header.printed_by = Some(tidy(body));
            }
        }
    }
}

/// The bodies of a line of a sign-off: parted by wide gaps; a single name may be padded (`国　务　院`).
fn signers(words: &str) -> Vec<String> {
    let parts: Vec<&str> = words
        .split(|c: char| chars::is_space(c) || chars::is_enumeration_comma(c) || chars::is_comma(c))
        .filter(|part| !part.is_empty())
        .collect();
    if parts.len() > 1 && parts.iter().all(|part| shape::is_body(part)) {
        return parts.into_iter().map(str::to_owned).collect();
    }
    vec![shape::squeeze(words)]
}

/// Bodies of a card's cell.
fn list(words: &str) -> Vec<String> {
    split_outside(words, |c| {
        chars::is_comma(c)
            || chars::is_enumeration_comma(c)
            || chars::is_semicolon(c)
            || chars::is_space(c)
    })
    .into_iter()
    .map(tidy)
    .filter(|name| !name.is_empty())
    .collect()
}

/// Words of 主题词.
pub(super) fn words(text: &str) -> Vec<String> {
    list(text)
}

/// The bodies that a title begins with: `某某市人民政府关于…`.
fn title_issuers(title: &str) -> Vec<String> {
    let at = ["关于", "印发", "转发", "批转"]
        .iter()
        .filter_map(|word| title.find(word))
        .min();
    let Some(head) = at.and_then(|at| title.get(..at)) else {
        return Vec::new();
    };
    let names = list(head);
    if !names.is_empty() && names.iter().all(|name| shape::is_body(name)) {
        names
    } else {
        Vec::new()
    }
}

/// The pieces of a text between separators that stand outside brackets.
fn split_outside(text: &str, separator: impl Fn(char) -> bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut depth = 0usize;
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if chars::is_open_bracket(c) {
            depth += 1;
        } else if chars::is_close_bracket(c) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 && separator(c) {
            pieces.push(text.get(start..at).unwrap_or(""));
            start = at + c.len_utf8();
        }
    }
    pieces.push(text.get(start..).unwrap_or(""));
    pieces
        .into_iter()
        .map(chars::trim)
        .filter(|p| !p.is_empty())
        .collect()
}

/// The bodies that a notice goes to; shared endings are spelled out, shared beginnings are not.
pub(super) fn addressees(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    for group in split_outside(text, |c| chars::is_comma(c) || chars::is_semicolon(c)) {
        names.extend(group_names(group));
    }
    names
}

/// The names of one group, members parted by 、.
fn group_names(group: &str) -> Vec<String> {
    let members: Vec<String> = split_outside(group, chars::is_enumeration_comma)
        .into_iter()
        .map(tidy)
        .collect();
    let Some(last) = members.last() else {
        return Vec::new();
    };
    if members.len() > 1
        && members.iter().all(|m| m == last || is_grade(m))
        && ends_in_grade_list(last)
    {
        return vec![members.join("、")];
    }
    // From the back, so that each member without an ending takes that of the next one that has it.
    let mut names: Vec<String> = Vec::new();
    let mut ending: Option<String> = None;
    for member in members.into_iter().rev() {
        if is_place(&member) {
            match &ending {
                Some(ending) => names.push(format!("{member}{ending}")),
                None => names.push(member),
            }
        } else {
            ending = place_ending(&member);
            names.push(member);
        }
    }
    names.reverse();
    names
}

/// A grade of division, alone: `各市`, `州`, `县（市、区）`; several before one ending are one name.
fn is_grade(member: &str) -> bool {
    let member = member.strip_prefix('各').unwrap_or(member);
    let plain: String = strip_brackets(member);
    matches!(
        plain.as_str(),
        "市" | "州"
            | "县"
            | "区"
            | "旗"
            | "盟"
            | "市州"
            | "区县"
            | "县区"
            | "市区"
            | "设区市"
            | "乡"
            | "镇"
            | "街道"
            | "乡镇"
            | "自治州"
            | "自治县"
    )
}

/// Whether the last member of a list of grades is one too, with its ending: `县（市、区）人民政府`.
fn ends_in_grade_list(member: &str) -> bool {
    let plain = strip_brackets(member.strip_prefix('各').unwrap_or(member));
    ["市", "州", "县", "区", "旗", "盟", "乡", "镇"]
        .iter()
        .any(|grade| {
            plain.strip_prefix(grade).is_some_and(|rest| {
                bodies::is_body_end(rest) && !rest.contains(['市', '州', '县', '区'])
            })
        })
}

fn strip_brackets(text: &str) -> String {
    let mut depth = 0usize;
    text.chars()
        .filter(|&c| {
            if chars::is_open_bracket(c) {
                depth += 1;
                return false;
            }
            if chars::is_close_bracket(c) {
                depth = depth.saturating_sub(1);
                return false;
            }
            depth == 0
        })
        .collect()
}

/// Whether a member names a place and no body: it wants an ending.
fn is_place(member: &str) -> bool {
    let plain = strip_brackets(member);
    plain.ends_with(['省', '市', '区', '县', '州', '旗', '盟', '团', '镇', '乡'])
        && !plain.ends_with("集团")
}

/// What follows the place in a name: `东城区管委会` has `管委会`.
fn place_ending(member: &str) -> Option<String> {
    let mut depth = 0usize;
    let mut found = None;
    for (at, c) in member.char_indices() {
        if chars::is_open_bracket(c) {
            depth += 1;
        } else if chars::is_close_bracket(c) {
            depth = depth.saturating_sub(1);
        }
        let end = at + c.len_utf8();
        let rest = member.get(end..).unwrap_or("");
        let place = matches!(c, '省' | '市' | '区' | '县' | '州' | '旗' | '盟' | '团')
            || chars::is_close_bracket(c);
        if depth == 0
            && place
            && !rest.is_empty()
            && !rest.starts_with(['场', '政', '容', '域', '级'])
            && bodies::is_body_end(rest)
        {
            found = Some(rest.to_owned());
            if !matches!(c, '省') {
                break;
            }
        }
    }
    found
}
