//! Where a heading ends that runs into its text without a stop: `三、扶持政策按照分级联动培育原则，…`.

use std::sync::LazyLock;

use super::marker::{Marker, Style};
use crate::text::chars;
use crate::vocab::finder::Finder;

/// A heading has at least and at most so many characters.
const SHORTEST: usize = 4;
const LONGEST: usize = 34;
/// So many characters are looked at: what a heading may take, and a little more.
const WINDOW: usize = LONGEST + 16;

/// The words that headings end with.
const ENDINGS: &str = "\
    ” 示范区 先行区 区域 园区 基地 高地 中心 目标 要求 思想 原则 任务 措施 政策 范围 对象 内容 程序 流程 时间 步骤 保障 机制 体系 \
    力度 能力 水平 建设 发展 管理 服务 监管 工作 制度 环境 创新 改革 责任 组织 领导 宣传 \
    方式 条件 标准 总则 附则 概况 简介 背景 意义 形势 现状 分工 职责 人员 机构 安排 事项 \
    重点 方法 方案 计划 规划 项目 工程 行动 作用 合力 队伍 平台 市场 产业 企业 主体 渠道 \
    空间 基础 结构 功能 质量 效率 效能 效益 资金 投入 支持 保护 治理 安全 监督 考核 检查 \
    评估 落实 实施 推进 对接 协调 协同 合作 培训 培育 培养 引进 应用 推广 融合 升级 转型 \
    布局 优化 规定 待遇 结算 补贴 奖励 资格 申报 审核 审批 认定 办理 报名 公示 经费 依据 \
    情况 问题 关系 文化 素质 技术 人才 就业 创业 消费 活力 动力 优势 特色 品牌 格局 秩序 \
    权益 需求 供给 成果 成效 宗旨 定位 路径 举措 处罚 追究 义务 纪律 便利度 便利化 规范化 \
    标准化 现代化 一体化 有效衔接 负担 成本 门槛 长效 规则 方面 生活 贷款 关怀 产业链 收入 \
    模式 权限 审查 监测 统计 公开 宣讲 竞争力 影响力 氛围 网络 设施 服务业 试点 示范";

/// The words that the text after a heading opens with.
const OPENERS: &str = "\
    深入实施 深入推进 为了 为 按照 根据 依据 依照 以 坚持 深入贯彻 全面贯彻 认真贯彻 贯彻 认真 深入学习 全面落实 \
    到20 20 各 对 在 从 通过 围绕 聚焦 紧扣 紧紧围绕 鼓励 支持 建立 市 省 县 区 本 自 \
    凡 由 《 “ 积极 充分 严格 落实 推动 加快 加大 加强 进一步 要 将 利用 依托 发挥 完善 \
    健全 强化 切实 大力 着力 结合 针对 成立 组建 明确 申请 企业 有关 相关 符合 我 全市 全省 \
    全区 全县 国家 国务院 立足 实施 开展 力争 把 统筹 组织 引导 实行 优化 推进 参加 参保 经 \
    除 继续 到年底 包括 抓住 抓好 广泛 高度重视 高举";

/// The words that show a sentence with a subject of its own: `人力资源社会保障部门要统筹…`.
const SUBJECTS: &str = "\
    部门要 部门负责 部门应 部门会同 局要 局负责 委要 政府要 政府负责 企业要 单位要 单位应 人员可 \
    企业可 单位可 公司要 牵头 人员应";

/// Adds the ends of headings that run into their text.
///
/// A style is one of headings where one of its members is followed by a number without a sentence between, or where
/// most of its members open with what reads like a heading; its other members are then headings too.
pub(super) fn cuts(line: &str, markers: &[(usize, Marker)], cuts: &mut Vec<usize>) {
    let mut breaks = cuts.clone();
    breaks.sort_unstable();
    let mut styles = [Members::default(); 9];
    let mut found: Vec<(usize, Style, Option<usize>, bool)> = Vec::new();
    for (i, &(at, marker)) in markers.iter().enumerate() {
        let from = at + marker.len;
        let next = markers.get(i + 1).map_or(line.len(), |next| next.0);
        // Where the line is broken anyway.
        let broken = breaks
            .get(breaks.partition_point(|&cut| cut <= from))
            .filter(|&&cut| cut < next);
        let end = broken.map_or(next, |&cut| cut.min(next));
        let text = line.get(from..end).unwrap_or("");
        let Some(members) = styles.get_mut(marker.style as usize) else {
            continue;
        };
        if marker.style >= Style::Dot || marker.style == Style::Article {
            continue;
        }
        members.all += 1;
        let text = chars::first(text, WINDOW);
        let whole = from + text.len() == end;
        if whole
            && chars::trim(text)
                .ends_with(|c| chars::is_semicolon(c) || chars::is_comma(c) || chars::is_colon(c))
        {
            continue;
        }
        if whole && broken.is_some_and(|&cut| cut == end) {
            members.broken += 1;
        }
        if whole && !text.contains(chars::is_full_stop) {
            // A heading and nothing else.
            if end < line.len() {
                members.bare += 1;
                let len = chars::trim(text).chars().count();
                members.length = match members.length {
                    Length::Unknown => Length::Always(len),
                    Length::Always(l) if l == len => Length::Always(l),
                    _ => Length::Varies,
                };
            }
            continue;
        }
        let run_in = text.chars().take(LONGEST + 1).any(chars::is_full_stop);
        let cut = heading_end(text, None);
        found.push((from, marker.style, cut, run_in));
        members.likely += u32::from(cut.is_some() && !run_in);
    }
    for (from, style, cut, run_in) in found {
        let members = styles.get(style as usize).copied().unwrap_or_default();
        if members.broken > 0 || (members.bare == 0 && members.likely * 10 < members.all * 6) {
            continue;
        }
        // A short sentence is a run-in heading, except between headings without a stop.
        if run_in && (style != Style::Han || members.bare == 0) {
            continue;
        }
        let Length::Always(length) = members.length else {
            cuts.extend(cut.map(|cut| from + cut));
            continue;
        };
        let text = line.get(from..).unwrap_or("");
        let text = chars::first(text, WINDOW);
        cuts.extend(heading_end(text, Some(length)).map(|cut| from + cut));
    }
}

/// What is known of the members of a style.
#[derive(Debug, Clone, Copy, Default)]
struct Members {
    all: u32,
    bare: u32,
    /// How many end where the line is broken anyway: no ends need to be guessed.
    broken: u32,
    likely: u32,
    length: Length,
}

/// How long the headings of a style are: where all are of one length, another is likely to be so too.
#[derive(Debug, Clone, Copy, Default)]
enum Length {
    #[default]
    Unknown,
    Always(usize),
    Varies,
}

/// How many bytes of a text are a heading without a stop.
fn heading_end(text: &str, length: Option<usize>) -> Option<usize> {
    let mut best: Option<(i32, usize)> = None;
    let mut comma = 0;
    let ends = word_ends(text);
    for (n, (at, c)) in text.char_indices().enumerate() {
        if n > LONGEST || chars::is_full_stop(c) || chars::is_semicolon(c) || chars::is_colon(c) {
            break;
        }
        if chars::is_comma(c) {
            comma += 1;
        }
        if n < SHORTEST {
            continue;
        }
        let (left, right) = text.split_at(at);
        let bare = left.trim_end_matches(chars::is_space);
        if !ends.contains(&bare.len()) {
            continue;
        }
        let mut score = opener(left, right);
        if length == Some(n) {
            score += 3;
        }
        if bare.len() < left.len() {
            score += 4;
        }
        score -= comma;
        if score > 0 && best.is_none_or(|best| best.0 < score) {
            best = Some((score, at));
        }
    }
    best.map(|best| best.1)
}

/// Where in a text words end that headings end with.
fn word_ends(text: &str) -> Vec<usize> {
    let starts = text.char_indices();
    starts
        .flat_map(|(at, _)| ENDING_WORDS.all_at(text, at))
        .map(|(_, end)| end)
        .collect()
}

/// How much a text reads like the start of what follows a heading.
fn opener(left: &str, right: &str) -> i32 {
    if right.starts_with(['和', '与', '及', '、', '的', '等', '或', '暨'])
        || right.starts_with(chars::is_space)
    {
        return -9;
    }
    let opener = OPENING_WORDS.longest_at(right, 0);
    let opener = opener.and_then(|(_, end)| right.get(..end));
    let noun = |text: &str| ENDING_WORDS.longest_at(text, 0).is_some();
    let mut score = match opener {
        None if noun(right) || right.starts_with("部门") || right.starts_with("单位") => {
            return -2;
        }
        None => 0,
        // 支持力度, 实施方案, 各项制度: the heading goes on.
        Some(word @ ("支持" | "实施" | "要" | "组织" | "市" | "省" | "区" | "县"))
            if right.get(word.len()..).is_some_and(noun) =>
        {
            -2
        }
        Some("要" | "区" | "县" | "省" | "市" | "自" | "在") if noun(right) => -2,
        Some(word) if word.chars().count() == 1 => 2,
        Some(_) => 3,
    };
    if words(SUBJECTS).any(|word| chars::first(right, 16).contains(word)) {
        score += 2;
    }
    // The text often says again what the heading says.
    if left.starts_with(chars::first(right, 2)) {
        score += 3;
    } else if left.contains(chars::first(right, 2)) {
        score += 2;
    }
    score
}

static ENDING_WORDS: LazyLock<Finder> = LazyLock::new(|| Finder::new(words(ENDINGS)));
static OPENING_WORDS: LazyLock<Finder> = LazyLock::new(|| Finder::new(words(OPENERS)));

fn words(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split(' ')
}
