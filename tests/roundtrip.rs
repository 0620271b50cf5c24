//! A notice that is made up, written out in each of the three layouts, reads as what it was made of.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;

use gongwen::model::{Node, NodeKind, Notice, Role};
use gongwen::text::reflow::Layout;

const ISSUERS: &[(&str, &str)] = &[
    ("云州市人民政府办公室", "云政办发"),
    ("青石县人民政府", "青政发"),
    ("江东省人民政府办公厅", "江政办规"),
];
const SUBJECTS: &[&str] = &[
    "促进服务业高质量发展若干措施",
    "优化营商环境行动方案",
    "加快制造业转型升级实施方案",
];
const SECTIONS: &[&str] = &[
    "优化审批服务",
    "加强要素保障",
    "推动产业升级",
    "扩大有效投资",
    "完善基础设施",
    "强化金融支持",
];
const MEASURES: &[&str] = &[
    "推进项目建设",
    "培育市场主体",
    "健全工作机制",
    "提高办事效率",
    "支持科技创新",
    "稳定外贸外资",
    "规范行业管理",
    "夯实安全基础",
];
const SENTENCES: &[&str] = &[
    "坚持问题导向，着力破解企业发展中的堵点难点。",
    "建立部门联动机制，形成齐抓共管的工作合力。",
    "引导各类主体加大投入，持续激发市场活力，带动上下游企业协同发展。",
    "完善政策措施，优化办理流程，切实提升群众获得感，为经济社会发展营造良好氛围。",
];
const UNITS: &[&str] = &[
    "市发展改革委",
    "市财政局",
    "市商务局",
    "市住房城乡建设局",
    "市人力资源社会保障局",
    "市工业和信息化局",
    "市市场监管局",
];
/// What is written before the number, the unit that is written, and by what a number in it is multiplied.
const AIMS: &[(&str, &str, &str, i64)] = &[
    ("新增规上工业企业", "家", "家", 1),
    ("完成工业项目投资", "亿元", "元", 100_000_000),
    ("改造老旧小区", "个", "个", 1),
    ("培训技能人才", "万人次", "人次", 10_000),
];
const DATES: &[(&str, &str)] = &[
    ("2024年6月底前", "2024-06-30"),
    ("2025年底前", "2025-12-31"),
    ("到2026年，", "2026-12-31"),
];

#[derive(Debug, Clone)]
struct Aim {
    what: (&'static str, &'static str, &'static str, i64),
    number: u32,
    date: (&'static str, &'static str),
}

#[derive(Debug, Clone)]
struct Measure {
    title: &'static str,
    sentence: &'static str,
    aim: Option<Aim>,
    units: Vec<&'static str>,
    led: bool,
}

#[derive(Debug, Clone)]
struct Model {
    issuer: (&'static str, &'static str),
    subject: &'static str,
    serial: u32,
    day: (u32, u32),
    sections: Vec<(&'static str, Vec<Measure>)>,
}

fn aim() -> impl Strategy<Value = Aim> {
    (select(AIMS), 2u32..5000, select(DATES)).prop_map(|(what, number, date)| Aim {
        what,
        number,
        date,
    })
}

fn measure() -> impl Strategy<Value = Measure> {
    let units = proptest::sample::subsequence(UNITS, 1..4);
    let aim = prop::option::of(aim());
    (
        select(MEASURES),
        select(SENTENCES),
        aim,
        units,
        any::<bool>(),
    )
        .prop_map(|(title, sentence, aim, units, led)| Measure {
            title,
            sentence,
            aim,
            led: led && units.len() > 1,
            units,
        })
}

fn model() -> impl Strategy<Value = Model> {
    let section = (select(SECTIONS), prop::collection::vec(measure(), 1..4));
    (
        select(ISSUERS),
        select(SUBJECTS),
        1u32..200,
        (1u32..13, 1u32..29),
        prop::collection::vec(section, 2..5),
    )
        .prop_map(|(issuer, subject, serial, day, sections)| Model {
            issuer,
            subject,
            serial,
            day,
            sections,
        })
}

const HAN: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

impl Aim {
    fn text(&self) -> String {
        format!(
            "{}{}{}{}。",
            self.date.0, self.what.0, self.number, self.what.1
        )
    }
}

impl Measure {
    fn line(&self, number: usize) -> String {
        let aim = self.aim.as_ref().map_or(String::new(), Aim::text);
        let duty = if self.led {
            format!(
                "（{}牵头，{}配合）",
                self.units[0],
                self.units[1..].join("、")
            )
        } else {
            format!("（责任单位：{}）", self.units.join("、"))
        };
        format!(
            "（{}）{}。{}{aim}{duty}",
            HAN[number], self.title, self.sentence
        )
    }
}

impl Model {
    fn title(&self) -> String {
        format!("{}关于印发{}的通知", self.issuer.0, self.subject)
    }

    fn lines(&self) -> Vec<String> {
        let mut lines = vec![
            self.title(),
            format!("{}〔2024〕{}号", self.issuer.1, self.serial),
            "各县（市、区）人民政府，市政府各部门：".to_owned(),
            "为贯彻落实党中央、国务院决策部署，推动经济持续健康发展，现将有关事项通知如下。"
                .to_owned(),
        ];
        for (number, (title, measures)) in self.sections.iter().enumerate() {
            lines.push(format!("{}、{title}", HAN[number]));
            lines.extend(measures.iter().enumerate().map(|(n, m)| m.line(n)));
        }
        lines.push(self.issuer.0.to_owned());
        lines.push(format!("2024年{}月{}日", self.day.0, self.day.1));
        lines
    }

    fn write(&self, layout: Layout) -> String {
        let lines = self.lines();
        match layout {
            Layout::OneLine => lines.concat(),
            Layout::HardWrapped => lines.iter().map(|line| page(line)).collect(),
            _ => lines.iter().map(|line| format!("{line}\n")).collect(),
        }
    }
}

/// A paragraph as a page sets it: lines of thirty characters, the first indented by two. In quarters of a character: four for a
/// Chinese one, two for a digit, one for the gap between the two. Numbers are not parted, and no line begins with a mark that
/// closes.
fn page(paragraph: &str) -> String {
    let (mut out, mut room, mut filled) = (String::new(), 28 * 4, 0);
    let mut before = ' ';
    for c in paragraph.chars() {
        let closes = "，。、；：）》〕".contains(c);
        let parts = c.is_ascii_digit() && before.is_ascii_digit();
        let gap = u32::from(before != ' ' && c.is_ascii_digit() != before.is_ascii_digit());
        let width = gap + if c.is_ascii_digit() { 2 } else { 4 };
        if filled + width > room && !closes && !parts {
            out.push('\n');
            (room, filled) = (30 * 4, 0);
        }
        out.push(c);
        filled += width;
        before = c;
    }
    out.push('\n');
    out
}

fn measures(nodes: &[Node]) -> Vec<&Node> {
    let mut found = Vec::new();
    for node in nodes {
        if node.kind == NodeKind::Measure {
            found.push(node);
        }
        found.extend(measures(&node.children));
    }
    found
}

fn same(model: &Model, notice: &Notice) -> Result<(), TestCaseError> {
    let header = &notice.header;
    prop_assert_eq!(header.title.clone(), Some(model.title()));
    let number = format!("{}〔2024〕{}号", model.issuer.1, model.serial);
    let normalized = header.doc_number.as_ref().map(|n| n.normalized.clone());
    prop_assert_eq!(normalized, Some(number));
    prop_assert_eq!(&header.issuers, &[model.issuer.0]);
    prop_assert_eq!(&header.signed_by, &[model.issuer.0]);
    prop_assert_eq!(
        &header.addressees,
        &["各县（市、区）人民政府", "市政府各部门"]
    );
    let day = format!("2024-{:02}-{:02}", model.day.0, model.day.1);
    prop_assert_eq!(header.written_on.map(|d| d.to_string()), Some(day));

    let sections: Vec<&Node> = notice
        .body
        .iter()
        .filter(|n| n.kind == NodeKind::Section)
        .collect();
    prop_assert_eq!(sections.len(), model.sections.len());
    for (section, (title, made)) in sections.into_iter().zip(&model.sections) {
        prop_assert_eq!(&section.title, title);
        let read = measures(&section.children);
        prop_assert_eq!(read.len(), made.len());
        for (read, made) in read.into_iter().zip(made) {
            same_measure(made, read)?;
        }
    }
    Ok(())
}

fn same_measure(made: &Measure, read: &Node) -> Result<(), TestCaseError> {
    prop_assert_eq!(&read.title, made.title);
    let units: Vec<(Role, &str)> = read
        .responsibilities
        .iter()
        .map(|r| (r.role, r.unit.as_str()))
        .collect();
    let expected: Vec<(Role, &str)> = (made.units.iter().enumerate())
        .map(|(n, unit)| {
            let role = match (made.led, n) {
                (true, 0) => Role::Lead,
                (true, _) => Role::Cooperating,
                (false, _) => Role::Responsible,
            };
            (role, *unit)
        })
        .collect();
    prop_assert_eq!(units, expected);
    let targets: Vec<(String, Option<String>, Option<String>)> = read
        .targets
        .iter()
        .map(|t| {
            let unit = t.quantity.unit.clone();
            (
                t.quantity.value.to_string(),
                unit,
                t.due.map(|d| d.to_string()),
            )
        })
        .collect();
    let expected: Vec<_> = made
        .aim
        .iter()
        .map(|aim| {
            let value = i64::from(aim.number) * aim.what.3;
            (
                value.to_string(),
                Some(aim.what.2.to_owned()),
                Some(aim.date.1.to_owned()),
            )
        })
        .collect();
    prop_assert_eq!(targets, expected);
    Ok(())
}

fn holds(model: &Model, layout: Layout) -> Result<(), TestCaseError> {
    let text = model.write(layout);
    same(model, &gongwen::parse(&text))
        .map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn a_line_to_a_paragraph(model in model()) {
        holds(&model, Layout::Paragraphs)?;
    }

    #[test]
    fn hard_wrapped(model in model()) {
        holds(&model, Layout::HardWrapped)?;
    }

    #[test]
    fn all_in_one_line(model in model()) {
        holds(&model, Layout::OneLine)?;
    }
}
