//! The three layouts → one paragraph a line, with a map back to the offsets of the decoded text.
//!
//! `layout` tells how a text is laid out, `unwrap` joins what a page or a line broke, `split` breaks what runs
//! on in one line. A text that is a line to a paragraph already is borrowed as it is, unless some of its
//! paragraphs were torn apart (`mend`).

mod build;
mod furniture;
mod heading;
mod joint;
mod layout;
mod marker;
mod mend;
mod parts;
mod split;
mod unwrap;

use std::borrow::Cow;

use crate::span::Range;

/// How a text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Layout {
    /// A line to a paragraph.
    Paragraphs,
    /// A paragraph over many lines.
    HardWrapped,
    /// All in one line.
    OneLine,
}

/// A text with one paragraph a line.
#[derive(Debug, Clone)]
pub struct Flow<'s> {
    /// The paragraphs, each ended by `\n`.
    pub text: Cow<'s, str>,
    /// How the source was laid out.
    pub layout: Layout,
    /// Where the flow and the source part ways: (offset in the flow, offset in the source), ascending;
    /// between two such points both run on byte by byte. Empty where the flow is the source.
    pub joints: Vec<(u32, u32)>,
    /// What was left out of the flow: page numbers, running heads; ranges of the source.
    pub dropped: Vec<Range>,
}

impl<'s> Flow<'s> {
    /// The range of the source that a range of the flow was made from.
    pub fn source_range(&self, range: Range) -> Range {
        if self.joints.is_empty() {
            return range;
        }
        let start = self.source_offset(range.start);
        if range.start == range.end {
            return Range { start, end: start };
        }
        // The end is where the last byte came from, so that what was dropped behind it stays out.
        let end = self.source_offset(range.end - 1) + 1;
        Range { start, end }
    }

    fn source_offset(&self, offset: u32) -> u32 {
        let after = self.joints.partition_point(|&(flow, _)| flow <= offset);
        match after.checked_sub(1).and_then(|i| self.joints.get(i)) {
            Some(&(flow, source)) => source + (offset - flow),
            None => offset,
        }
    }

    /// The text as it is.
    fn borrowed(source: &'s str, layout: Layout) -> Flow<'s> {
        Flow {
            text: Cow::Borrowed(source),
            layout,
            joints: Vec::new(),
            dropped: Vec::new(),
        }
    }
}

/// Brings a text to one paragraph a line.
pub fn reflow(source: &str) -> Flow<'_> {
    let found = layout::layout(source);
    split::split(match found.layout {
        Layout::HardWrapped => unwrap::unwrap(source, found.width),
        Layout::Paragraphs => mend::mend(source),
        Layout::OneLine => Flow::borrowed(source, Layout::OneLine),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::chars;

    /// A page 40 characters wide, its lines broken as page setting does it.
    fn page(paragraphs: &[&str]) -> String {
        let mut out = String::new();
        for paragraph in paragraphs {
            let (mut room, mut line) = (38, 0);
            for c in paragraph.chars() {
                if line >= room && !"，。、；：）》".contains(c) {
                    out.push('\n');
                    (room, line) = (40, 0);
                }
                out.push(c);
                line += 1;
            }
            out.push('\n');
        }
        out
    }

    #[track_caller]
    fn laws(source: &str) -> Flow<'_> {
        let flow = reflow(source);
        let mut parts: Vec<(u32, &str)> = Vec::new();
        let mut at = 0;
        for line in flow.text.split('\n') {
            let end = at + line.len() as u32;
            let range = flow.source_range(Range { start: at, end });
            let words = source.get(range.start as usize..range.end as usize);
            assert!(line.is_empty() || words.is_some(), "{source}");
            at = end + 1;
        }
        for (i, c) in flow
            .text
            .char_indices()
            .filter(|(_, c)| !chars::is_space(*c))
        {
            let end = (i + c.len_utf8()) as u32;
            let range = flow.source_range(Range {
                start: i as u32,
                end,
            });
            let word = source.get(range.start as usize..range.end as usize);
            assert_eq!(word, Some(&flow.text[i..end as usize]), "{source}");
            assert!(
                parts.last().is_none_or(|last| last.0 < range.start),
                "{source}"
            );
            parts.push((range.start, &flow.text[i..end as usize]));
        }
        parts.extend(
            flow.dropped
                .iter()
                .map(|range| (range.start, range.slice(source))),
        );
        parts.sort_by_key(|part| part.0);
        let bare = |text: &str| {
            text.chars()
                .filter(|c| !chars::is_space(*c))
                .collect::<String>()
        };
        let kept: String = parts.iter().map(|part| part.1).collect();
        assert_eq!(bare(&kept), bare(source));
        flow
    }

    #[track_caller]
    fn check(source: &str, want: &[&str]) {
        let flow = laws(source);
        let got: Vec<&str> = flow.text.lines().collect();
        assert_eq!(got, want);
    }

    const TEXT: &[&str] = &[
        "各县（市、区）人民政府，市政府有关部门，各有关单位：",
        "《某某市优化营商环境推进项目审批提速增效工作方案》已经市政府同意，现印发给你们，请认真抓好贯彻落实。",
        "某某市人民政府办公室",
        "2023年6月1日",
        "某某市优化营商环境推进项目审批提速增效工作方案",
        "为深化简政放权、放管结合、优化服务改革，进一步提升投资营商环境，推进项目审批提速增效，结合本市实际，制定本方案。",
        "一、总体要求",
        "坚持稳中求进工作总基调，完整、准确、全面贯彻新发展理念，围绕全面改善投资环境，聚焦项目投资建设全过程，进一步规范审批行为、精简审批环节、优化审批流程。",
        "二、主要举措",
        "（一）前期工作阶段。",
        "本阶段包括政府投资项目建议书审批、用地预审与选址意见书核发、政府投资项目可行性研究报告审批和招投标等八个办理事项。",
        "1.明确主体责任。审批部门统筹协调开展各类评估评审和审查工作，指导督促中介服务机构加强技术力量配置，提升服务效能。（责任单位：市发展改革委、市规划自然资源局、市生态环境局、市住房城乡建设局）",
        "2.推行并联审批。将项目开工前须具备的节能审查、水土保持方案审批、环境影响评价审批等事项纳入并联审批范围，形成市级预审意见。",
    ];

    #[test]
    fn a_page_is_unwrapped() {
        check(&page(TEXT), TEXT);
    }

    /// The same notice, all in one line.
    const RUN_ON: &[&str] = &[
        "某某市人民政府关于加快某某产业发展的意见",
        "某府发〔2019〕17号",
        "各县（区）人民政府，市直各部门，各有关企业：",
        "近年来，某某产业持续快速发展。为促进高质量发展，现提出如下意见。",
        "一、总体要求",
        "（一）指导思想。坚持集中统一、分级负责，推动高质量发展。",
        "（二）发展目标。到2022年，交易额突破1.8万亿元，市场主体包括：（1）有专职人员的企业；（2）有场地的企业。",
        "二、主要任务",
        "（一）壮大集群。按照第二条第（一）项的规定，建设一批园区。（责任单位：市商务委、市财政局）",
        "（二）加强培育。培育企业30家。（责任单位：市商务委）",
        "三、扶持政策",
        "按照分级联动原则，对企业给予奖补。",
        "1.给予一次性补助。",
        "2.给予贷款贴息。",
        "本意见自2019年7月1日起施行。",
        "某某市人民政府",
        "2019年6月28日",
        "（此件公开发布）",
    ];

    #[test]
    fn a_line_that_runs_on_is_split() {
        check(&RUN_ON.concat(), RUN_ON);
    }

    #[test]
    fn any_prefix_keeps_the_laws() {
        for text in [page(TEXT), RUN_ON.concat()] {
            for (at, _) in text.char_indices() {
                laws(&text[..at]);
            }
        }
    }
}
