//! Which numbers are targets: the line between a commitment and a mention.
//!
//! The tables say what each word does; the rules here say where it must stand.

use super::conditions::head;
use super::dates::{ends_with_any, starts_with_any, tail};
use super::part::{Item, Part};
use super::values::{Bound, Group};
use crate::model::{Change, Comparator, MentionKind, QuantityKind};
use crate::text::chars;
use crate::vocab::words::{Roles, Word};

/// What governs a group of values that is a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grip {
    /// The governing verb.
    pub verb: Option<Word>,
    /// Whether the verb stands right before the number: 推动300家.
    pub adjacent: bool,
    /// Level or change.
    pub change: Change,
}

/// What the reader knows about the place of a group.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// The clause.
    pub clause: usize,
    /// The group before it in the clause ended here; else the clause's start.
    pub floor: usize,
    /// What governed the group before it in the clause, where a list mark joins the two.
    pub carried: Option<Grip>,
    /// A date ahead, a modality or a goal governs.
    pub ahead: bool,
    /// 确保 or 力争 stands in the clause before it, or reaches over.
    pub modal: bool,
    /// A date stands in the clause itself.
    pub dated: bool,
    /// Another group follows in the clause.
    pub followed: bool,
    /// The bounds of its members.
    pub bounds: &'a [Bound],
}

/// Roles that make a word a candidate for governing a number.
const GOVERNING: Roles = Roles::ALL_VERBS;

/// Words between verb and number that part them no further.
const PARTICLES: &[&str] = &[
    "了",
    "好",
    "出",
    "成",
    "过",
    "约",
    "近",
    "共",
    "各",
    "有",
    "全市",
    "全省",
    "全县",
    "全区",
    "全国",
    "本市",
    "我市",
    "我省",
    "市级",
    "省级",
    "国家级",
    "重点",
    "第一批",
    "首批",
    "新一批",
    "累计",
    "不少于",
    "至少",
    "超过",
    "达到",
    "达",
    "将",
    "的",
    "再",
    "新",
    "优质",
    "“",
    "一次性",
    "每年",
    "年均",
    "完成",
    "力争",
    "实现",
    "总计",
    "合计",
    "每家",
    "每户",
    "每人",
    "每项",
    "每个",
    "至",
    "到",
    "为",
    "不低于",
    "按",
    "其中",
    "全年",
    "最高",
    "我县",
    "我区",
    "全州",
    "全乡",
    "全镇",
    "一般",
    "原则上",
    "最多",
    "最低",
    "上",
    "下",
    "分别",
];

/// Decides whether a group of values is committed to, and by which word.
pub fn grip(part: &Part<'_>, group: &Group, place: &Place<'_>) -> Option<Grip> {
    let first = part.items.get(*group.members.first()?)?;
    let bound = place.bounds.iter().find_map(|b| b.comparator);
    let bound = bound.filter(|c| *c != Comparator::Eq);
    let before = part.slice(place.floor, group.start);
    let after = skip_brackets(part.after(place.clause, group.end));
    if never(first, bound, before, after) {
        return None;
    }
    let verb = governing(part, place, group.core);
    let adjacent = verb.is_some_and(|v| is_adjacent(part.slice(v.end, group.core)));
    if adjacent
        && verb.is_some_and(|v| {
            ends_with_any(part.slice(place.floor, v.start), &["每", "每个新", "每多"])
        })
    {
        // 每引进1家: a rate's base.
        return None;
    }
    // 每获得金牌1枚: a rate's base, the noun before the number.
    if bound.is_none() && !adjacent && is_base(part, place, group.start) {
        return None;
    }
    let granted =
        verb.is_some_and(|v| v.roles.any(Roles::GRANT)) || grants_before(part, place, group.core);
    if qualifies(first, place, granted, before, after) {
        return None;
    }
    let roles = verb.map_or(Roles::default(), |v| v.roles);
    let grip = Grip {
        verb,
        adjacent,
        change: change(verb, part, group, before),
    };
    let attends = roles.any(Roles::ATTEND) && !roles.any(Roles::DO | Roles::LIMIT | Roles::GRANT);
    if attends && (adjacent || bound.is_none()) && !place.modal {
        return None;
    }
    let heard = match first.atom.measures {
        QuantityKind::Count => count(part, group, place, bound, roles, adjacent, before, after),
        QuantityKind::Duration => duration(first, place, bound, roles, granted, before, after),
        QuantityKind::Percent
        | QuantityKind::PercentagePoint
        | QuantityKind::Multiple
        | QuantityKind::Ratio => rate(place, bound, roles, granted, before, after),
        _ => amount(place, bound, roles, granted, before, after),
    };
    if heard {
        return Some(grip);
    }
    // 头雁企业3家以上、省级单项冠军企业3家: the verb reaches over the list mark.
    place.carried.filter(|_| {
        let gap = part.slice(place.floor, group.start);
        (gap.contains(['、', '和', '及', '与', '，']) || gap.is_empty()) && !attends
    })
}

/// Forms that are never targets.
fn never(first: &Item<'_>, bound: Option<Comparator>, before: &str, after: &str) -> bool {
    let unit = first.atom.unit.as_deref().unwrap_or("");
    if first.quoted || matches!(unit, "岁" | "周岁" | "届" | "期" | "号" | "年级") {
        return true;
    }
    if matches!(first.atom.kind, MentionKind::Ordinal) {
        return bound.is_none();
    }
    if matches!(unit, "大" | "级" | "分钟" | "维" | "位") && is_name(after) && bound.is_none()
    {
        return true;
    }
    if bound.is_some() {
        return false;
    }
    if matches!(unit, "大" | "级" | "类" | "批" | "套") && is_chinese(first) {
        return true;
    }
    // 三方机制, 两部门, 前100项, 近两个年度.
    let of_words = starts_with_any(after, &["门", "年度", "会计年度", "月", "协议", "合作"])
        && is_chinese(first);
    let ranked = first
        .atom
        .text
        .split(first.atom.core)
        .next()
        .is_some_and(|lead| lead.ends_with('前'));
    if of_words || ranked || is_chinese(first) && first.atom.core.ends_with('方') {
        return true;
    }
    if first.atom.measures == QuantityKind::Duration && is_name(after) {
        return true;
    }
    if is_some_one(first) {
        return true;
    }
    !before.ends_with("提前")
        && ends_with_any(
            before,
            &[
                "等", "这", "上述", "该", "前", "其余", "第", "此", "另外", "每满", "每隔", "另",
                "同", "某", "任", "哪",
            ],
        )
        || (before.ends_with("各") && first.atom.measures == QuantityKind::Count)
        || before.ends_with('每') && !is_rate(first)
}

fn is_rate(first: &Item<'_>) -> bool {
    !matches!(
        first.atom.measures,
        QuantityKind::Count | QuantityKind::Duration
    )
}

/// What makes a count before it a name: 三年行动, 15分钟生活圈, 四级体系.
fn is_name(after: &str) -> bool {
    starts_with_any(
        after,
        &[
            "行动",
            "计划",
            "攻坚",
            "规划",
            "方案",
            "体系",
            "联动",
            "生活圈",
            "服务圈",
            "养老",
            "便民",
            "医疗",
            "阅读圈",
            "健身圈",
            "商圈",
            "品质",
            "社区",
            "战略",
            "格局",
            "机制",
            "网络",
            "工程",
            "制",
            "架构",
            "协同",
            "书记",
            "医院",
            "公立",
            "以上公立",
            "响应",
            "建筑",
            "财政",
            "政府",
            "园区",
            "文化",
            "任务",
            "城市",
            "重大",
            "重点",
            "滚动",
            "期",
            "一体",
            "融合",
            "公路",
            "客运",
            "平台",
            "应急",
        ],
    )
}

/// 一批, 一套, 一家: "some".
fn is_some_one(first: &Item<'_>) -> bool {
    first
        .atom
        .numerals
        .first()
        .is_some_and(|n| n.text == "一" || n.text == "半" || n.text == "双")
        && first.atom.numerals.len() == 1
        && matches!(
            first.atom.measures,
            QuantityKind::Count | QuantityKind::Duration
        )
}

fn is_chinese(first: &Item<'_>) -> bool {
    first
        .atom
        .numerals
        .iter()
        .all(|n| !n.text.chars().any(chars::is_digit))
}

/// A threshold that says which: 2000万元以上的项目, 3年以上工作经历.
fn qualifies(
    first: &Item<'_>,
    place: &Place<'_>,
    granted: bool,
    before: &str,
    after: &str,
) -> bool {
    if let Some(rest) = after.strip_prefix('的') {
        if starts_with_any(
            rest,
            &[
                "比例", "标准", "幅度", "速度", "额度", "份额", "水平", "规模", "目标", "要求",
                "任务", "增速",
            ],
        ) {
            return false;
        }
        if granted && !rest.is_empty() {
            return !is_grant(rest);
        }
        if place.bounds.first().is_some_and(|b| b.apart) {
            return false;
        }
        // 推广到95%以上的社区: a share of what is to be reached is a target of its own.
        let share = matches!(
            first.atom.measures,
            QuantityKind::Percent | QuantityKind::Ratio
        );
        return !(share && place.ahead && !place.followed);
    }
    let classes = matches!(
        first.atom.measures,
        QuantityKind::Money
            | QuantityKind::Duration
            | QuantityKind::Length
            | QuantityKind::Area
            | QuantityKind::Power
            | QuantityKind::Mass
            | QuantityKind::Volume
            | QuantityKind::Energy
            | QuantityKind::Other
    );
    // 2000万元以上项目: a bound number right before a noun, and no verb that it is the object of.
    if classes && first.is_bound() && after.chars().next().is_some_and(chars::is_han) && !granted {
        let ends_before_noun = first.atom.text.ends_with(['上', '下', '内', '）', ')']);
        let ends_with_verb = starts_with_any(after, &["完成", "办结", "作出", "予以", "给予"]);
        if ends_before_noun
            && !ends_with_verb
            && (place.followed
                || !ends_with_any(before, &["投资", "完成", "争取", "实现", "新增", "建成"]))
        {
            return true;
        }
    }
    false
}

/// The words of what is granted behind its amount: 30万元的一次性奖励.
fn is_grant(rest: &str) -> bool {
    let near: String = rest.chars().take(24).collect();
    [
        "补",
        "奖",
        "资助",
        "贷款",
        "预付款",
        "费",
        "额",
        "扣除",
        "优惠",
        "利率",
        "贴息",
        "支持",
        "资金",
        "罚款",
        "保费",
        "津贴",
        "折扣",
        "减免",
        "份额",
        "价格",
        "月",
        "期限",
    ]
    .iter()
    .any(|word| near.contains(word))
}

/// The nearest word that may govern a number, after the group before it.
fn governing(part: &Part<'_>, place: &Place<'_>, at: usize) -> Option<Word> {
    part.words_before(place.clause, at)
        .take_while(|w| w.start >= place.floor)
        .find(|w| {
            w.roles.any(GOVERNING) && (w.end - w.start > 3 || is_adjacent(part.slice(w.end, at)))
        })
}

/// Whether granting is what the clause does before a number.
fn grants_before(part: &Part<'_>, place: &Place<'_>, at: usize) -> bool {
    part.words_before(place.clause, at)
        .any(|w| w.roles.any(Roles::GRANT) && w.end - w.start > 3)
        || head(part.slice(place.floor, at)).starts_with('按')
        || ends_with_any(
            tail(part.slice(place.floor, at), 36),
            &["标准为", "金额为", "补贴为", "奖励", "补助", "补贴", "资助"],
        )
}

/// 每获得…: what stands before a number is what something else is granted for.
fn is_base(part: &Part<'_>, place: &Place<'_>, at: usize) -> bool {
    let text = part.slice(place.floor, at);
    let lead = text.len() - head(text).len();
    let verb = place.floor + lead + '每'.len_utf8();
    head(text).starts_with('每')
        && part
            .words_before(place.clause, at)
            .any(|w| w.start == verb && w.roles.any(Roles::DO | Roles::UP))
}

fn is_adjacent(gap: &str) -> bool {
    let mut rest = gap.trim_matches(|c: char| c == ' ' || c == '　');
    // Each round takes a particle off.
    while let Some(particle) = PARTICLES.iter().find(|p| rest.starts_with(**p)) {
        rest = rest.get(particle.len()..).unwrap_or("");
    }
    rest.is_empty()
}

fn change(verb: Option<Word>, part: &Part<'_>, group: &Group, before: &str) -> Change {
    let Some(verb) = verb else {
        return if before.ends_with("增速") || before.ends_with("增幅") {
            Change::Increase
        } else {
            Change::Level
        };
    };
    let said = part.slice(verb.start, verb.end);
    let to = said.ends_with(['至', '到', '为'])
        || part
            .slice(verb.end, group.start)
            .contains(['至', '到', '为']);
    if to || verb.roles.any(Roles::DO) && !verb.roles.any(Roles::UP | Roles::DOWN) {
        return Change::Level;
    }
    if verb.roles.any(Roles::DOWN) {
        Change::Decrease
    } else if verb.roles.any(Roles::UP) && said != "新增" {
        Change::Increase
    } else {
        Change::Level
    }
}

/// Prepositions: a number behind them is no object of the verb before them.
fn is_oblique(gap: &str) -> bool {
    let near = tail(gap, 18);
    ends_with_any(
        near,
        &[
            "在", "于", "对", "从", "由", "将", "把", "向", "与", "以", "比", "较", "涉及", "跨",
            "距", "离", "满", "经", "全部", "针对", "为", "到",
        ],
    )
}

#[allow(clippy::too_many_arguments)] // one rule, many circumstances; they are plain values
fn count(
    part: &Part<'_>,
    group: &Group,
    place: &Place<'_>,
    bound: Option<Comparator>,
    roles: Roles,
    adjacent: bool,
    before: &str,
    after: &str,
) -> bool {
    let does = roles.any(Roles::DO | Roles::LIMIT | Roles::UP | Roles::DOWN | Roles::GRANT);
    let closes = closes(after);
    if bound.is_some() {
        return does
            || place.ahead
            || place.modal
            || closes
            || before.trim().is_empty() && place.dated
            || has_noun(before);
    }
    // 前期工作、施工建设、竣工验收3个阶段 counts what was listed.
    let parts = ["阶段", "方面", "环节", "主要", "领域", "步骤", "部分"];
    if before.matches('、').count() >= 2 && starts_with_any(after, &parts) {
        return false;
    }
    if adjacent {
        return does || roles.any(Roles::ENSURE | Roles::STRIVE);
    }
    if is_oblique(before) || before.matches('、').count() >= 2 && !closes {
        return false;
    }
    if closes {
        // 新增规上工业企业180家: the first verb rules.
        let attends = first_verb(part, place, group.start)
            .is_some_and(|w| w.roles.any(Roles::ATTEND) && !w.roles.any(Roles::DO));
        return !attends && (does || place.ahead && has_noun(before));
    }
    if place.modal && before.trim().is_empty() && !place.followed {
        return true;
    }
    // 支持有条件的10个县, 完成中心城区20个小区改造: a noun stands between; what governs must be a verb of doing.
    if roles.any(Roles::DO) && !place.followed {
        return true;
    }
    place.dated
        && !place.followed
        && before.trim().is_empty()
        && part
            .words_after(place.clause, group.end)
            .any(|w| w.roles.any(Roles::STRONG_END))
}

fn duration(
    first: &Item<'_>,
    place: &Place<'_>,
    bound: Option<Comparator>,
    roles: Roles,
    granted: bool,
    before: &str,
    after: &str,
) -> bool {
    let limits = roles.any(Roles::LIMIT | Roles::UP | Roles::DOWN);
    let valid = [
        "有效期",
        "试行期",
        "服务期",
        "任期",
        "见习期",
        "合同期",
        "过渡期",
        "为期",
        "有效期为",
    ];
    if ends_with_any(before.trim_end(), &valid) {
        return false;
    }
    let term = ends_with_any(
        tail(before, 18),
        &[
            "期限",
            "时限",
            "周期",
            "时间",
            "期限为",
            "时限为",
            "时间为",
            "周期为",
            "用时",
            "期",
            "最长",
            "期限最长",
        ],
    );
    if first.atom.time.is_some() {
        // 在5个工作日内办结: a limit of procedure that binds the doer.
        let unit = first.atom.unit.as_deref().unwrap_or("");
        return !matches!(unit, "年" | "个月") && !after.starts_with('的');
    }
    if bound.is_some() {
        let obliges = before.trim().is_empty() && first.atom.text.starts_with('不');
        return obliges
            || limits
            || term
            || granted
            || has_noun(before)
            || place.modal
            || closes(after);
    }
    limits || term && closes(after) || granted && closes_or_grants(after)
}

fn rate(
    place: &Place<'_>,
    bound: Option<Comparator>,
    roles: Roles,
    granted: bool,
    before: &str,
    after: &str,
) -> bool {
    if bound.is_some() {
        return true;
    }
    if before.contains("同比") && !place.ahead && !place.modal {
        return false;
    }
    if is_oblique(before) && !granted && !roles.any(Roles::UP | Roles::DOWN | Roles::LIMIT) {
        return false;
    }
    granted
        || roles
            .any(Roles::LIMIT | Roles::UP | Roles::DOWN | Roles::ENSURE | Roles::STRIVE | Roles::DO)
            && (has_noun(before) || !before.is_empty())
        || place.ahead
        || place.modal
        || (is_measured(before) && closes(after))
}

fn amount(
    place: &Place<'_>,
    bound: Option<Comparator>,
    roles: Roles,
    granted: bool,
    before: &str,
    after: &str,
) -> bool {
    if bound.is_some() {
        return true;
    }
    if is_oblique(before) && !granted && !roles.any(Roles::LIMIT) {
        return false;
    }
    granted
        || roles
            .any(Roles::LIMIT | Roles::UP | Roles::DOWN | Roles::DO | Roles::ENSURE | Roles::STRIVE)
        || (place.ahead
            || ends_with_any(before.trim_end(), &["规模", "额度", "总额", "金额", "标准"]))
            && has_noun(before)
            && closes(after)
}

/// Nouns that name a rate: 覆盖率100%.
fn is_measured(before: &str) -> bool {
    ends_with_any(
        before.trim_end(),
        &[
            "率",
            "比例",
            "比重",
            "占比",
            "率为",
            "比例为",
            "幅度",
            "增速",
            "度",
            "份额",
            "合格率",
        ],
    )
}

/// Whether nothing but marks follow: the number closes its phrase.
fn closes(after: &str) -> bool {
    let after = after.trim_start();
    match after.chars().next() {
        None => true,
        Some(c) => {
            !c.is_alphanumeric() && c != '“' && c != '《'
                || starts_with_any(
                    after,
                    &[
                        "和",
                        "及",
                        "以及",
                        "与",
                        "或",
                        "用于",
                        "并",
                        "的目标",
                        "左右",
                    ],
                )
        }
    }
}

fn closes_or_grants(after: &str) -> bool {
    closes(after) || is_grant(after)
}

/// Whether a noun stands in a stretch: anything but marks and particles.
fn has_noun(before: &str) -> bool {
    before.chars().filter(|c| chars::is_han(*c)).count() >= 2
}

fn first_verb(part: &Part<'_>, place: &Place<'_>, at: usize) -> Option<Word> {
    part.words_before(place.clause, at)
        .take_while(|w| w.start >= place.floor)
        .filter(|w| w.end - w.start > 3 && w.roles.any(Roles::DO | Roles::ATTEND | Roles::GRANT))
        .last()
}

/// A text without the bracket it starts with: （含）.
pub fn skip_brackets(text: &str) -> &str {
    let trimmed = text.trim_start_matches([' ', '　']);
    if !trimmed.starts_with(chars::is_open_bracket) {
        return trimmed;
    }
    match trimmed
        .char_indices()
        .find(|&(_, c)| chars::is_close_bracket(c))
    {
        Some((at, c)) => trimmed.get(at + c.len_utf8()..).unwrap_or(""),
        None => trimmed,
    }
}
