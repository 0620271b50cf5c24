//! 发文机关, 主送机关, 发文机关署名, 抄送.

use super::{Field, Reader, shape, tidy};
use crate::analyze::frame::Role;
use crate::text::chars;
use crate::vocab::bodies;
use crate::vocab::labels::Key;

impl Reader<'_, '_> {
    /// Reads the keys whose values are bodies.
    pub(super) fn names(&mut self) {
        let signed = self.signed();
        self.header.signed_by = signed.clone();
        for field in self.fields(|r| r == Role::Speaker) {
            self.header.signed_by.push(tidy(field.text));
            self.mark("signed_by", field.text);
        }
        let mut marks = Vec::new();
        for field in self.fields(|r| r == Role::Mark || r == Role::BareIssuer) {
            let words = shape::marked_body(field.text);
            if !words.is_empty() {
                marks.extend(signers(words));
            }
            self.mark("issuers", field.text);
        }
        let titled = self.title_words.map(title_issuers).unwrap_or_default();
        let labelled = self.card_names(Key::Issuers, "issuers");
        let publishers = self.card_names(Key::Publisher, "issuers.publisher");
        // 发文机关 on the page's card goes first, but where it only shortens what the sign-off writes out: 市政府.
        let shortened = !signed.is_empty()
            && labelled
                .iter()
                .all(|short| signed.iter().any(|full| is_short_for(short, full)));
        let labelled = if shortened { Vec::new() } else { labelled };
        if let (false, false, Some(field)) = (
            labelled.is_empty(),
            signed.is_empty(),
            self.first(Role::SignOff),
        ) {
            self.disagree(field.text, &labelled.join("、"), &signed.join("、"));
        }
        self.header.issuers = [labelled, signed, marks, titled, publishers]
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

    /// Those that sign, line by line; a name may be wrapped.
    fn signed(&mut self) -> Vec<String> {
        let mut signed: Vec<String> = Vec::new();
        let mut broken = String::new();
        let lines = self.fields(|r| r == Role::SignOff);
        let count = lines.len();
        let is_name = |field: &Field<'_>| shape::is_bodies(shape::unsealed(field.text));
        // Of several lines that are no names, the characters are misread: each is one all the same.
        let whole = lines.iter().filter(|line| is_name(line)).count() + 1 < count;
        for (n, field) in lines.into_iter().enumerate() {
            self.mark("signed_by", field.text);
            let words = shape::unsealed(field.text);
            if !whole && !is_name(&field) && n + 1 < count && is_wrapped(words) {
                // …审批制度改革 / 工作领导小组办公室
                broken = shape::squeeze(words);
                continue;
            }
            let mut names = signers(words);
            if let Some(first) = names.first_mut() {
                first.insert_str(0, &std::mem::take(&mut broken));
                // 中国银行保险监督管理委员会 / 某某监管局
                let branch = first.ends_with("监管局") && first.chars().count() <= 8;
                if let Some(last) = signed.last_mut()
                    && branch
                    && last.starts_with("中国")
                    && last.ends_with("委员会")
                {
                    last.push_str(first);
                    names.remove(0);
                }
            }
            signed.extend(names);
        }
        signed
    }

    /// The bodies in the cells of a card.
    fn card_names(&mut self, key: Key, name: &str) -> Vec<String> {
        let mut names = Vec::new();
        for field in self.card(key) {
            if names.is_empty() || key == Key::Issuers {
                names.extend(list(field.text));
            }
            self.mark(name, field.text);
        }
        names
    }

    /// `某某办公室 2024年7月29日印发`.
    fn imprint(&mut self) {
        if let Some(field) = self.card(Key::PrintedBy).first().copied() {
            self.mark("printed_by", field.text);
            self.header.printed_by = Some(tidy(field.text));
        }
        for field in self.fields(|r| r == Role::Imprint) {
            let words = field.text;
            let end = words.rfind("印发").unwrap_or(words.len());
            let Some((at, day)) = words.get(..end).and_then(shape::day_at_end) else {
                continue;
            };
            self.header.printed_on = self.day_of(day);
            self.mark("printed_on", day);
            let body = chars::trim(words.get(..at).unwrap_or(""));
            // Where other words run into the name, it begins as the issuer's does.
            let sure = !body.contains(chars::is_digit) && !body.contains("附件");
            let body = if sure {
                Some(body)
            } else {
                let issuer = self.header.issuers.first();
                let at = issuer.and_then(|issuer| body.rfind(issuer.as_str()));
                at.and_then(|at| body.get(at..))
            };
            if let Some(body) = body.filter(|body| !body.is_empty()) {
                self.mark("printed_by", body);
                self.header.printed_by = Some(tidy(body));
            }
        }
    }
}

/// Whether a name is another in short, its characters in the same order: `市政府` of `某某市人民政府`.
fn is_short_for(short: &str, full: &str) -> bool {
    let mut rest = full.chars();
    short.chars().all(|c| rest.any(|other| other == c))
}

/// Whether a line may be the first part of a wrapped name.
fn is_wrapped(words: &str) -> bool {
    words.chars().all(|c| {
        chars::is_han(c)
            || chars::is_open_bracket(c)
            || chars::is_close_bracket(c)
            || matches!(c, '“' | '”')
    })
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

/// Names that lost the gap between them: one that begins as the first does (`某市财政局某市商务局`), with the first one's
/// place (`某市商务局某海关`) or as names of the state's bodies do starts anew.
fn glued(words: &str) -> Vec<&str> {
    let Some((at, _)) = words.char_indices().nth(3) else {
        return vec![words];
    };
    let start = words.get(..at).unwrap_or("");
    let place = start
        .ends_with(['省', '市', '州', '县', '区'])
        .then(|| start.char_indices().nth(2))
        .flatten()
        .and_then(|(at, _)| start.get(..at));
    let mut pieces = Vec::new();
    let mut from = 0;
    for (at, _) in words.char_indices().skip(5) {
        let (before, rest) = (
            words.get(from..at).unwrap_or(""),
            words.get(at..).unwrap_or(""),
        );
        let anew = rest.starts_with(start) || STATE.iter().any(|state| rest.starts_with(state));
        let local = place.is_some_and(|place| rest.starts_with(place));
        if !anew && !local || !bodies::is_body_end(before) || before.chars().count() <= 4 {
            continue;
        }
        // 国家税务总局某市税务局 and 中国…委员会某地监管局 are one name.
        let branch = before.ends_with("总局")
            || local
                && STATE.iter().any(|state| before.starts_with(state))
                && place.is_some_and(|place| !before.contains(place));
        let whole = rest.chars().nth(3).is_some();
        if !branch && whole {
            pieces.push(before);
            from = at;
        }
    }
    pieces.push(words.get(from..).unwrap_or(""));
    pieces
}

/// What names of the state's bodies begin with.
const STATE: [&str; 6] = ["中国", "国家", "中共", "中华人民共和国", "共青团", "国网"];

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
    let bare = bare_places(&members);
    // From the back, so that each place takes the ending of the next name that has one.
    let mut names: Vec<String> = Vec::new();
    let mut ending: Option<String> = None;
    for (n, member) in members.into_iter().enumerate().rev() {
        match &ending {
            Some(ending) if bare.contains(&n) => names.push(format!("{member}市{ending}")),
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

/// The members before a name of a city that share its 市 too: `济南、青岛、菏泽市水务局`.
fn bare_places(members: &[String]) -> std::ops::Range<usize> {
    let last = members.iter().rposition(|member| {
        place_ending(member).is_some_and(|ending| {
            member
                .strip_suffix(ending)
                .is_some_and(|place| place.ends_with('市') && place.chars().count() <= 5)
        })
    });
    let Some(last) = last else {
        return 0..0;
    };
    let is_bare = |member: &String| {
        let length = member.chars().count();
        (2..=4).contains(&length)
            && member.chars().all(chars::is_han)
            && !member.starts_with(['各', '市', '省'])
            && (!member.ends_with(is_place_end) || length == 2)
            && !bodies::is_body_end(member)
    };
    let first = members.get(..last).unwrap_or(&[]);
    let count = first.iter().rev().take_while(|m| is_bare(m)).count();
    last - count..last
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
