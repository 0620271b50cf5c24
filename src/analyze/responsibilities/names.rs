//! The names of a clause, spelled out: beginnings and endings that several share are given to each.

use std::sync::LazyLock;

use crate::span;
use crate::syntax::grammar::responsibility::{Before, Duty, Name};
use crate::text::chars;
use crate::vocab::finder::Finder;
use crate::vocab::unit_names::{self as units, Sort};

/// A unit of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelled<'s> {
    /// As written.
    pub text: &'s str,
    /// Spelled out.
    pub name: String,
    /// In which group of its list it stands; groups are parted by ，.
    pub group: usize,
    /// The duty that a bracket behind it gives.
    pub own: Option<Duty>,
}

impl Spelled<'_> {
    /// Whether the name stands for many: 各有关部门, 各省级人民政府.
    pub fn is_collective(&self) -> bool {
        is_collective(&self.name)
    }
}

/// What the names of many hold.
static COLLECTIVE: LazyLock<Finder> =
    LazyLock::new(|| Finder::new(["有关", "相关", "成员单位", "各"]));

/// What no name of a department holds that shares its beginning with others.
static OTHER_BODIES: LazyLock<Finder> =
    LazyLock::new(|| Finder::new(["驻", "总局", "总署", "分局", "分公司", "分中心"]));

/// Whether a name stands for many.
pub fn is_collective(name: &str) -> bool {
    Sort::Many.words().at_start(name).is_some()
        || COLLECTIVE.next(name, 0).is_some()
        || matches!(units::ending(name), Some((_, "collective")))
}

/// Spells the names of one clause; remembers the beginning that later names of the clause may share.
#[derive(Debug, Clone)]
pub struct Speller<'s> {
    /// The text that the names are slices of.
    whole: &'s str,
    /// 市 of 市发展改革委.
    beginning: Option<&'s str>,
    /// Whether the beginning is that of an office's parts: 厅 of 厅法规处.
    in_house: bool,
    /// Whether the last name with a beginning was one of the party: 市委组织部.
    party: bool,
}

/// A name that stands alone, before anything is shared.
#[derive(Debug, Clone, Copy)]
struct Part<'s> {
    text: &'s str,
    comma: bool,
    /// 等 stands before it.
    etc: bool,
    own: Option<Duty>,
}

impl<'s> Speller<'s> {
    /// For the names of a clause in `whole`.
    pub fn new(whole: &'s str) -> Speller<'s> {
        Speller {
            whole,
            beginning: None,
            in_house: false,
            party: false,
        }
    }

    /// The units that a list of names says.
    pub fn spell(&mut self, names: &[Name<'s>]) -> Vec<Spelled<'s>> {
        let parts = self.merge_classes(parts(names));
        let mut group = 0;
        let mut spelled: Vec<Spelled<'s>> = parts
            .iter()
            .map(|part| {
                group += usize::from(part.comma);
                Spelled {
                    text: part.text,
                    name: self.with_beginning(part.text),
                    group,
                    own: part.own,
                }
            })
            .collect();
        share_endings(&mut spelled);
        share_class(&parts, &mut spelled);
        spelled
    }

    /// 各市、县（区）人民政府 is one name, though 、 stands in it.
    fn merge_classes(&self, parts: Vec<Part<'s>>) -> Vec<Part<'s>> {
        let mut merged: Vec<Part<'s>> = Vec::with_capacity(parts.len());
        for part in parts {
            match merged.last_mut() {
                Some(last)
                    if is_open_description(last.text)
                        || (!part.comma
                            && !part.etc
                            && is_class_list(last.text)
                            && goes_on_class(part.text)) =>
                {
                    last.text = span::between(self.whole, last.text, part.text);
                    last.own = last.own.or(part.own);
                }
                _ => merged.push(part),
            }
        }
        merged
    }

    fn with_beginning(&mut self, text: &'s str) -> String {
        let core = without_bracket(text);
        if let Some(beginning) = self.beginning {
            if self.in_house {
                if is_office(core) && !core.starts_with(beginning) {
                    return format!("{beginning}{text}");
                }
            } else if units::stem(core).party && (self.party || !is_department(core)) {
                return format!("{beginning}委{text}");
            } else if is_department(core) {
                return format!("{beginning}{text}");
            }
        }
        if !is_department(core)
            && let Some((beginning, in_house)) = beginning_of(core)
            && (self.beginning.is_none() || beginning.chars().count() == 1)
        {
            self.beginning = Some(beginning);
            self.in_house = in_house;
            self.party = core[beginning.len()..].starts_with('委');
        }
        text.to_owned()
    }
}

/// A name without an alias behind it: 市场监管局（知识产权局） → 市场监管局.
pub fn without_bracket(text: &str) -> &str {
    if !text.ends_with(chars::is_close_bracket) {
        return text;
    }
    match text.find(chars::is_open_bracket) {
        Some(at) if at > 0 => &text[..at],
        _ => text,
    }
}

/// Whether a name is that of a department but for its place: 财政局, 总工会.
fn is_department(name: &str) -> bool {
    let stem = units::stem(name);
    if stem.whole {
        return true;
    }
    let Some(field) = units::field(name) else {
        return false;
    };
    // 市政务服务局 is that of 市, though 市政 is a field.
    if let Some(rest) = name.strip_prefix(['市', '县', '区', '省'])
        && is_department(rest)
    {
        return false;
    }
    if field.len() == name.len()
        || name.chars().count() > 20
        || OTHER_BODIES.next(name, 0).is_some()
    {
        return false;
    }
    match units::ending(name) {
        Some((
            "部" | "大学" | "学院" | "学校" | "医院" | "银行" | "保险" | "企业" | "分行" | "支行"
            | "高校" | "院校",
            _,
        )) => false,
        Some((
            _,
            "department"
            | "vertical"
            | "public_institution"
            | "social_organization"
            | "enterprise"
            | "party",
        )) => true,
        _ => false,
    }
}

/// Whether a name is that of a part of a department: 法规处.
fn is_office(name: &str) -> bool {
    matches!(units::ending(name), Some((_, "office")))
}

/// The beginning that a name may share with the names behind it, and whether it is that of one house.
fn beginning_of(name: &str) -> Option<(&str, bool)> {
    let first = name.chars().next()?;
    let rest = &name[first.len_utf8()..];
    if let Some(rest) = name.strip_prefix("自治区") {
        return is_departmental(rest).then_some(("自治区", false));
    }
    if let Some(rest) = name.strip_prefix("兵团") {
        return is_departmental(rest).then_some(("兵团", false));
    }
    match first {
        '省' | '市' | '县' | '区' | '州' | '盟' | '旗' if is_departmental(rest) => {
            Some((&name[..first.len_utf8()], false))
        }
        '厅' | '局' if is_office(rest) => Some((&name[..first.len_utf8()], true)),
        _ => name
            .char_indices()
            .take(16)
            .filter(|&(at, c)| {
                at > 0
                    && (matches!(c, '省' | '市' | '县' | '区' | '州' | '盟' | '旗')
                        || (first == '各' && chars::is_close_bracket(c)))
            })
            .map(|(at, c)| at + c.len_utf8())
            .find(|&end| is_department(&name[end..]))
            .map(|end| (&name[..end], false)),
    }
}

/// What follows 省, 市, 县 in the name of a department, known or not.
fn is_departmental(rest: &str) -> bool {
    if is_department(rest) {
        return true;
    }
    if let Some(of_party) = rest.strip_prefix('委') {
        return of_party.is_empty()
            || units::stem(of_party).party
            || matches!(units::ending(of_party), Some((_, "department" | "party")));
    }
    // 市场…, 区域…, 县域… are words of their own.
    !rest.starts_with([
        '场', '域', '划', '容', '际', '民', '情', '里', '辖', '级', '直',
    ]) && matches!(
        units::ending(rest),
        Some((ending, "department" | "party" | "public_institution" | "social_organization")) if ending.len() < rest.len()
    )
}

/// Gives 管委会 of 经开区、高新区管委会 to both, and 人民政府 of 甲区、乙市人民政府.
fn share_endings(units: &mut [Spelled<'_>]) {
    let mut shared: Option<(String, Seat)> = None;
    let mut group = None;
    for unit in units.iter_mut().rev() {
        if group.replace(unit.group) != Some(unit.group) {
            shared = None;
        }
        if let Some((ending, seat)) = seat_ending(&unit.name) {
            shared = Some((ending.to_owned(), seat));
        } else if let Some((ending, seat)) = &shared {
            if takes(&unit.name, *seat) {
                unit.name.push_str(ending);
            } else {
                shared = None;
            }
        }
    }
}

/// Gives 市人民政府 of 甲、乙等市人民政府 to both.
fn share_class(parts: &[Part<'_>], units: &mut Vec<Spelled<'_>>) {
    let Some(last) = parts.iter().position(|part| part.etc) else {
        return;
    };
    let class = parts[last].text;
    let rest = class_rest(class);
    if rest.len() == class.len()
        || seat_ending(rest).is_none_or(|(ending, _)| ending.len() < rest.len())
    {
        return;
    }
    let before = units[..last].iter_mut().rev();
    let places = before
        .take_while(|unit| unit.name.chars().count() <= 5 && units::ending(&unit.name).is_none());
    let mut any = false;
    for unit in places {
        unit.name.push_str(class);
        any = true;
    }
    if any {
        units.remove(last);
    }
}

/// What sits in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Seat {
    /// 人民政府, of a division.
    Government,
    /// 管委会, of a zone.
    Zone,
    /// 政府〔管委会〕, of either.
    Either,
}

/// The ending that names a government or the administration of a zone, with a bracket behind it.
fn seat_ending(name: &str) -> Option<(&str, Seat)> {
    const ENDINGS: [(&str, Seat); 6] = [
        ("人民政府", Seat::Government),
        ("政府", Seat::Government),
        ("管理委员会", Seat::Zone),
        ("管委会", Seat::Zone),
        ("管委", Seat::Zone),
        ("党工委", Seat::Zone),
    ];
    let core = match name
        .char_indices()
        .rev()
        .take(12)
        .find(|&(_, c)| chars::is_open_bracket(c))
    {
        Some((at, _)) if name.ends_with(chars::is_close_bracket) => &name[..at],
        _ => name,
    };
    ENDINGS
        .iter()
        .find(|(ending, _)| core.ends_with(ending))
        .map(|&(ending, seat)| {
            let bracket = core.len() < name.len();
            let start = core.len() - ending.len();
            (&name[start..], if bracket { Seat::Either } else { seat })
        })
}

/// Whether a name lacks the ending of such a seat.
fn takes(name: &str, seat: Seat) -> bool {
    let core = without_bracket(name);
    let zone = Sort::Zone.words().at_end(core).is_some();
    let division = core.ends_with(['省', '市', '县', '区', '州', '旗', '盟', '乡', '镇']) && !zone;
    let many = class_rest(name.trim_start_matches('各')).is_empty();
    match seat {
        Seat::Government => division,
        Seat::Zone => zone || (division && core.ends_with('区') && !many),
        Seat::Either => zone || division,
    }
}

/// What follows the words for classes at the start of a name: 县（市、区）人民政府 → 人民政府.
fn class_rest(mut text: &str) -> &str {
    while let Some(rest) = after_class(text) {
        text = rest;
    }
    text
}

/// What follows one word for a class, or a bracket that holds some: 县 or （市、区）.
fn after_class(text: &str) -> Option<&str> {
    if let Some(class) = Sort::Class.words().at_start(text) {
        return text.get(class.len()..);
    }
    if !text.starts_with(chars::is_open_bracket) {
        return None;
    }
    let (close, c) = text
        .char_indices()
        .take(24)
        .find(|&(_, c)| chars::is_close_bracket(c))?;
    let inside = text[..close].trim_start_matches(chars::is_open_bracket);
    inside
        .split(chars::is_enumeration_comma)
        .all(class_word)
        .then(|| &text[close + c.len_utf8()..])
}

/// 市, 区, 市区: one or two classes.
fn class_word(word: &str) -> bool {
    let classes = Sort::Class.words();
    classes.is(word)
        || classes.all().iter().any(|class| {
            word.strip_prefix(class)
                .is_some_and(|rest| classes.is(rest))
        })
}

/// 各市, 县（市、区）: classes and nothing else.
fn is_class_list(text: &str) -> bool {
    // After a merge the text holds 、 between classes.
    let text = text
        .trim_start_matches("全省")
        .trim_start_matches("全市")
        .trim_start_matches('各');
    let last = text
        .rsplit(chars::is_enumeration_comma)
        .next()
        .unwrap_or(text);
    !text.is_empty()
        && (class_rest(text).is_empty()
            || (class_rest(text).starts_with(chars::is_enumeration_comma)
                && class_rest(last).is_empty()))
}

/// A description that 、 or 和 cut in two: 有许可、监管职能的处室.
fn is_open_description(text: &str) -> bool {
    (text.starts_with("有") && !text.starts_with("有关")
        || text.starts_with("具有")
        || text.starts_with("负有"))
        && text.chars().count() < 30
        && !text.contains('的')
}

/// Whether a name goes on a list of classes: 县（区）人民政府 after 各市.
fn goes_on_class(text: &str) -> bool {
    let mut rest = text;
    while let Some(after) = after_class(rest) {
        rest = after;
        let governs = seat_ending(rest).is_some_and(|(ending, _)| ending.len() == rest.len());
        if rest.is_empty() || governs || (is_department(rest) && !text.starts_with(['市', '省']))
        {
            return true;
        }
    }
    false
}

/// Takes names apart at 和, 及, 等 and 会同 where those stand between names.
fn parts<'s>(names: &[Name<'s>]) -> Vec<Part<'s>> {
    let mut parts = Vec::with_capacity(names.len());
    for name in names {
        let first = parts.len();
        split(name.text, &mut parts);
        if let Some(part) = parts.get_mut(first) {
            part.comma = name.before == Before::Comma;
        }
        if parts.len() > first
            && let Some(part) = parts.last_mut()
        {
            part.own = name.own;
        }
    }
    parts
}

fn split<'s>(text: &'s str, parts: &mut Vec<Part<'s>>) {
    let mut push = |text: &'s str, etc: bool| {
        let text = tidy(text);
        if !text.is_empty() {
            parts.push(Part {
                text,
                comma: false,
                etc,
                own: None,
            });
        }
    };
    let mut etc = false;
    let mut start = 0;
    let mut depth = 0usize;
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        if chars::is_open_bracket(c) {
            depth += 1;
        } else if chars::is_close_bracket(c) {
            depth = depth.saturating_sub(1);
        }
        if depth > 0 {
            continue;
        }
        let (left, right) = (&text[start..at], &text[at..]);
        if let Some(word) = joint(left, right) {
            push(left, etc);
            etc = c == '等';
            skip = at + word;
            start = skip;
        }
    }
    push(&text[start..], etc);
}

/// The length of the word at the start of `right` where it stands between two names.
fn joint(left: &str, right: &str) -> Option<usize> {
    if left.is_empty() {
        return None;
    }
    if let Some(rest) = right.strip_prefix("会同") {
        return (!rest.is_empty()).then_some("会同".len());
    }
    if let Some(rest) = right.strip_prefix('等') {
        return stands_for_rest(left, rest).then_some('等'.len_utf8());
    }
    let word = ["以及", "和", "及", "与", "暨"]
        .into_iter()
        .find(|word| right.starts_with(word))?;
    parts_names(left, word, &right[word.len()..]).then_some(word.len())
}

/// Whether 等 after `left` and before `rest` ends a list: not in 高等院校.
fn stands_for_rest(left: &str, rest: &str) -> bool {
    !left.ends_with([
        '高', '中', '初', '平', '同', '均', '特', '优', '对', '上', '下',
    ]) && !rest.starts_with(['级', '次', '额', '效', '候', '待'])
}

/// Whether 和 parts two names.
fn parts_names(left: &str, word: &str, right: &str) -> bool {
    let strong = Sort::Head.words().at_start(right).is_some();
    // 有关部门和单位 is one, also before 及各地区.
    if !right.starts_with('各') && is_rest_of_name(right) {
        return false;
    }
    if let Some((ending, _)) = units::ending(without_bracket(left)) {
        return (ending.len() < left.len() || strong) && !is_slip(left, word, right);
    }
    // 各县（市、区）和市直有关部门; 甲经开区和乙新区管委会.
    let core = without_bracket(left);
    let place = core.ends_with(['省', '市', '县', '区', '州', '旗', '盟', '镇', '乡']);
    let of_many = strong && left.starts_with(['各', '有', '相']);
    place && (of_many || (core.chars().count() > 2 && seat_ending(right).is_some()))
}

/// Whether nothing but a bare ending stands up to the next joint: 单位 in 有关部门和单位及各地区.
fn is_rest_of_name(right: &str) -> bool {
    let end = right
        .char_indices()
        .take(8)
        .skip(1)
        .find(|&(at, _)| {
            ["以及", "及", "和", "与", "（", "("]
                .iter()
                .any(|word| right[at..].starts_with(word))
        })
        .map_or(right.len(), |(at, _)| at);
    let word = &right[..end];
    word.is_empty() || units::is_bare_ending(word) || matches!(word, "人员" | "个人")
}

/// 市自然资源局和规划局 is a slip for 市自然资源和规划局, not two names.
fn is_slip(left: &str, word: &str, right: &str) -> bool {
    let mut body = left.chars();
    if !matches!(body.next_back(), Some('局' | '委' | '厅')) {
        return false;
    }
    let body = body.as_str();
    let bare = body
        .trim_start_matches("自治区")
        .trim_start_matches(['省', '市', '县', '区', '州']);
    let joined = format!("{bare}{word}{right}");
    units::field(&joined).is_some_and(|field| field.len() > bare.len() + word.len())
}

/// A name without what stands around it: 由, 等, 等部门, a bracket without its partner.
fn tidy(text: &str) -> &str {
    let mut text = chars::trim(text).trim_start_matches(['和', '及', '与', '由']);
    text = text.strip_prefix("以及").unwrap_or(text);
    if let Some(rest) = text.strip_suffix('等')
        && !rest.ends_with(['高', '中', '初'])
    {
        text = rest;
    }
    if text.ends_with(chars::is_close_bracket) && !text.contains(chars::is_open_bracket) {
        text = text.trim_end_matches(chars::is_close_bracket);
    }
    let bare = text
        .trim_start_matches(|c: char| chars::is_digit(c) || "一二三四五六七八九十多余".contains(c));
    let bare = bare.trim_start_matches(['个', '家']);
    if bare.is_empty() || Sort::Bare.words().is(bare) {
        return "";
    }
    chars::trim(text)
}
