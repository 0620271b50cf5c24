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
            let words = ["文件", "令"]
                .iter()
                .find_map(|word| field.text.strip_suffix(word))
                .unwrap_or(field.text);
            marks.extend(signers(words));
            self.mark("issuers", field.text);
        }
        let titled = self.title_words.map(title_issuers).unwrap_or_default();
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
        return parts
            .into_iter()
            .flat_map(glued)
            .map(str::to_owned)
            .collect();
    }
    let whole = shape::squeeze(words);
    glued(&whole).into_iter().map(str::to_owned).collect()
}

/// Names that lost the gap between them: a name that begins as the first one does (`某市财政局某市商务局`) starts anew.
fn glued(words: &str) -> Vec<&str> {
    let Some((at, _)) = words.char_indices().nth(3) else {
        return vec![words];
    };
    let start = words.get(..at).unwrap_or("");
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, _) in words.match_indices(start).skip(1) {
        let before = words.get(from..at).unwrap_or("");
        if bodies::is_body_end(before) && !before.ends_with("总局") && before.chars().count() > 4
        {
            pieces.push(before);
            from = at;
        }
    }
    pieces.push(words.get(from..).unwrap_or(""));
    pieces
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
    let at = ["关于", "印发", "转发", "批转", "《"]
        .iter()
        .filter_map(|word| title.find(word))
        .min();
    let Some(head) = at.and_then(|at| title.get(..at)).map(chars::trim) else {
        return Vec::new();
    };
    let names = signers(head);
    if names.iter().all(|name| shape::is_body(name)) {
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
    let members = whole_members(split_outside(group, chars::is_enumeration_comma));
    // From the back, so that each place takes the ending of the next name that has one.
    let mut names: Vec<String> = Vec::new();
    let mut ending: Option<String> = None;
    for member in members.into_iter().rev() {
        match &ending {
            Some(ending) if is_place(&member) => names.push(format!("{member}{ending}")),
            _ => {
                if let Some(found) = place_ending(&member) {
                    ending = Some(found.to_owned());
                }
                names.push(member);
            }
        }
    }
    names.reverse();
    names
}

/// The members of a group as names: grades of division before one ending (`各市、县（市、区）人民政府`), and a bare word
/// behind a name (`市政府各委、办、局`, `市直有关部门、单位`), are one name with their neighbours.
fn whole_members(parts: Vec<&str>) -> Vec<String> {
    let mut members: Vec<String> = Vec::new();
    let mut grades = false;
    for part in parts {
        let part = tidy(part);
        match members.last_mut() {
            Some(last) if grades && starts_with_grade(&part) || is_bare(&part) => {
                last.push('、');
                last.push_str(&part);
            }
            _ => members.push(part.clone()),
        }
        grades = is_grade(&part) && (grades || part.starts_with('各'));
    }
    members
}

/// A word that names no body by itself.
fn is_bare(member: &str) -> bool {
    matches!(
        member,
        "办" | "厅"
            | "局"
            | "委"
            | "部"
            | "院"
            | "行"
            | "单位"
            | "部门"
            | "机构"
            | "企业"
            | "团体"
            | "各单位"
    ) && member != "各单位"
}

/// A grade of division, alone: `各市`, `州`, `县（市、区）`.
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
            | "乡"
            | "镇"
            | "街道"
            | "乡镇"
            | "自治州"
            | "自治县"
            | "地区"
            | "地级市"
    )
}

/// Whether a name is a grade with its ending: `县（市、区）人民政府`.
fn starts_with_grade(member: &str) -> bool {
    if is_grade(member) {
        return true;
    }
    let plain = strip_brackets(member.strip_prefix('各').unwrap_or(member));
    [
        "市",
        "州",
        "县",
        "区",
        "旗",
        "盟",
        "乡",
        "镇",
        "自治州",
        "街道",
        "地区",
        "区县",
    ]
    .iter()
    .any(|grade| {
        plain.strip_prefix(grade).is_some_and(|rest| {
            is_ending(rest)
                && !rest.contains(['市', '州', '县', '区', '级', '直'])
                && !rest.starts_with('各')
        })
    })
}

/// What names share at their end: `人民政府`, `管委会`, `财政厅（局）`, `主管部门`.
fn is_ending(words: &str) -> bool {
    let plain = words.trim_end_matches(chars::is_close_round);
    bodies::is_body_end(plain) || ["部门", "机构"].iter().any(|end| plain.ends_with(end))
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

/// The last character of a place's name.
fn is_place_end(c: char) -> bool {
    matches!(
        c,
        '省' | '市' | '区' | '县' | '州' | '旗' | '盟' | '团' | '镇' | '乡'
    )
}

/// Whether a member names a place and no body: it wants an ending.
fn is_place(member: &str) -> bool {
    let plain = strip_brackets(member);
    plain.ends_with(is_place_end)
        && !plain.ends_with("集团")
        && !plain.ends_with("社团")
        && !plain.ends_with("人民团")
}

/// What follows the place in a name: `东城区管委会` has `管委会`, `省直管县（市）人民政府` has `人民政府`. A place that the name
/// begins with in one character (`省财政厅`, `市直各部门`) is none.
fn place_ending(member: &str) -> Option<&str> {
    let mut depth = 0usize;
    let mut place = false;
    for (at, c) in member.char_indices() {
        let end = at + c.len_utf8();
        if chars::is_open_bracket(c) {
            depth += 1;
            continue;
        }
        if chars::is_close_bracket(c) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 {
            place = at > 0 && is_place_end(c);
        }
        let rest = member.get(end..).unwrap_or("");
        let goes_on = rest.starts_with(chars::is_open_bracket)
            || rest.starts_with([
                '场', '政', '容', '域', '级', '直', '属', '辖', '县', '区', '市', '乡', '镇',
            ])
            || rest.starts_with("人大");
        if depth == 0 && place && !goes_on && is_ending(rest) {
            return Some(rest);
        }
    }
    None
}
