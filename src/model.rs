//! What comes out: the notice as data, owned, in the names and the order of the contract.
//!
//! No logic lives here. Every type can be read back from the JSON it writes. What a notice does not
//! state is `None` or empty, never guessed; where a value was read stands in its [`Span`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use crate::date::Date;
pub use crate::decimal::Decimal;
pub use crate::diagnostic::Diagnostic;
pub use crate::span::Span;

/// The version of the JSON form that this library writes.
pub const SCHEMA_VERSION: &str = "1.0";

/// One notice (公文).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// [`SCHEMA_VERSION`].
    pub schema_version: String,
    /// What was read.
    pub source: Source,
    /// The metadata (公文要素).
    pub header: Header,
    /// The text as a tree of nodes.
    pub body: Vec<Node>,
    /// 附件, each with a tree of its own.
    pub attachments: Vec<Attachment>,
    /// Every responsible unit once: who must do what.
    pub units: Vec<Unit>,
    /// What is odd in the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Lines that belong to none of the above.
    pub unplaced: Vec<Unplaced>,
}

/// What a notice was read from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// The file's name, or `-` for standard input.
    pub name: Option<String>,
    /// How the input was laid out.
    pub format: Format,
    /// The character encoding that was found or asked for, by its WHATWG name; `null` for text handed in as such.
    pub encoding: Option<String>,
    /// The length of the input in bytes.
    pub bytes: u64,
    /// SHA-256 of the input's bytes, in hexadecimal.
    pub sha256: String,
}

/// The form of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Format {
    /// Plain text.
    #[default]
    Text,
    /// A web page.
    Html,
}

/// The metadata of a notice (GB/T 9704-2012, and the catalogue cards of government sites).
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Header {
    /// 标题, wrapped titles joined.
    pub title: Option<String>,
    /// 文种, one of the fifteen statutory kinds.
    pub kind: Option<String>,
    /// 发文机关; joint issue gives several.
    pub issuers: Vec<String>,
    /// 发文字号.
    pub doc_number: Option<DocNumber>,
    /// 索引号.
    pub index_number: Option<IndexNumber>,
    /// 信息类别, 体裁.
    pub category: Option<String>,
    /// 主题分类.
    pub topic: Option<String>,
    /// 有效性, as written.
    pub validity: Option<String>,
    /// 成文日期.
    pub written_on: Option<Date>,
    /// 发布日期.
    pub published_on: Option<Date>,
    /// 生效日期, 施行日期.
    pub effective_on: Option<Date>,
    /// 废止日期, 失效日期.
    pub expires_on: Option<Date>,
    /// 主送机关, shared endings spelled out.
    pub addressees: Vec<String>,
    /// 发文机关署名.
    pub signed_by: Vec<String>,
    /// 密级和保密期限.
    pub secrecy: Option<String>,
    /// 紧急程度.
    pub urgency: Option<String>,
    /// 份号.
    pub copy_number: Option<String>,
    /// 签发人.
    pub approver: Option<String>,
    /// 抄送.
    pub cc: Vec<String>,
    /// 印发机关.
    pub printed_by: Option<String>,
    /// 印发日期.
    pub printed_on: Option<Date>,
    /// 附注, without brackets.
    pub note: Option<String>,
    /// 主题词.
    pub keywords: Vec<String>,
    /// 来源.
    pub origin: Option<String>,
    /// 公开方式.
    pub disclosure: Option<String>,
    /// Labelled lines that we do not know.
    pub other: BTreeMap<String, String>,
    /// Where each of the above was read, by its key.
    pub spans: BTreeMap<String, Span>,
}

/// 发文字号, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocNumber {
    /// As written.
    pub text: String,
    /// `许政办〔2024〕4号`: tortoise-shell brackets, no white space, no leading noughts.
    pub normalized: String,
    /// 发文机关代字.
    pub agency: Option<String>,
    /// 年份.
    pub year: Option<u32>,
    /// 发文顺序号.
    pub serial: Option<u32>,
}

/// 索引号, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexNumber {
    /// As written.
    pub text: String,
    /// The part that names the organization (统一社会信用代码 or 组织机构代码).
    pub organization: Option<String>,
    /// Whether the check digit of a unified social credit code holds (GB 32100-2015); `null` where it is none.
    pub organization_valid: Option<bool>,
    /// 登记管理机关行政区划码 in the code (GB/T 2260).
    pub division_code: Option<String>,
    /// The division's name.
    pub division: Option<String>,
    /// `202406`, or the year alone.
    pub year_month: Option<String>,
    /// 流水号.
    pub serial: Option<String>,
}

/// A part of the text: a heading, a measure, an item or a paragraph.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// The path of the numbers as written, unique in the notice: `2.5`.
    pub id: String,
    /// What the node is.
    pub kind: NodeKind,
    /// The number as written: `5.`, `（一）`, `第三条`.
    pub marker: Option<String>,
    /// Its value.
    pub number: Option<u32>,
    /// The heading line or the run-in heading (小标题).
    pub title: String,
    /// What follows the title, without the responsibility clause.
    pub text: String,
    /// Marker, title, text and clauses.
    pub span: Span,
    /// Who answers for it.
    pub responsibilities: Vec<Responsibility>,
    /// Numbers to reach.
    pub targets: Vec<Target>,
    /// Dated commitments without a number.
    pub milestones: Vec<Milestone>,
    /// Every other number or date.
    pub mentions: Vec<Mention>,
    /// The nodes below.
    pub children: Vec<Node>,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NodeKind {
    /// A numbered heading above measures.
    Section,
    /// 措施: the unit of work that somebody answers for.
    Measure,
    /// A numbered part of a measure.
    Item,
    /// Running text without a number.
    Paragraph,
}

/// That a unit answers for a measure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Responsibility {
    /// How it answers.
    pub role: Role,
    /// The unit's name, spelled out.
    pub unit: String,
    /// As written.
    pub text: String,
    /// The measure whose rider says so (以下均需…不再列出).
    pub inherited_from: Option<String>,
    /// Where.
    pub span: Span,
}

/// How a unit answers for a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 牵头.
    Lead,
    /// 责任, 负责, 落实.
    Responsible,
    /// 配合, 参与, 协办.
    Cooperating,
    /// 督导, 指导, 监督.
    Supervising,
    /// 责任领导, 责任人: a person.
    Leader,
}

/// A number that somebody commits to reach.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// The clause it stands in.
    pub text: String,
    /// The governing verb: 推动, 新增, 培训.
    pub action: Option<String>,
    /// The words that name what is measured, as written.
    pub indicator: Option<String>,
    /// How much.
    pub quantity: Quantity,
    /// 确保 or 力争.
    pub modality: Option<Modality>,
    /// Whether the number is a level or a change.
    pub change: Change,
    /// What the number is compared with: 比2020年, 在2021年基础上.
    pub baseline: Option<Baseline>,
    /// 上半年, 全年, “十四五”期间.
    pub period: Option<Period>,
    /// 6月底前, 度夏前.
    pub deadline: Option<Deadline>,
    /// The deadline's date, else the period's end.
    pub due: Option<Date>,
    /// Where the clause stands.
    pub span: Span,
}

/// How much, and whether more or less will do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// As written, bound and all: `不低于390亿元`.
    pub text: String,
    /// The bound.
    pub comparator: Comparator,
    /// The number, fully scaled to `unit`.
    pub value: Decimal,
    /// The upper end of a range.
    pub upper: Option<Decimal>,
    /// `元`, `家`, `%`, `个百分点`, `ratio`.
    pub unit: Option<String>,
    /// What the unit measures.
    pub kind: QuantityKind,
    /// Where.
    pub span: Span,
}

/// How a number bounds what it is said of. By 民法典 第1259条, 以上, 以下, 以内 include the number; 超过, 不满 do not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparator {
    /// Just this.
    Eq,
    /// 不低于, 以上, 达到.
    Ge,
    /// 超过, 突破, 余.
    Gt,
    /// 不超过, 以内, 以下.
    Le,
    /// 低于, 不到.
    Lt,
    /// 左右, 约, 近.
    Approx,
    /// 3—5家: from `value` to `upper`.
    Range,
}

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuantityKind {
    /// 家, 个, 人次.
    Count,
    /// 元, 美元.
    Money,
    /// %.
    Percent,
    /// 个百分点.
    PercentagePoint,
    /// 1:1.5, 三分之一.
    Ratio,
    /// 倍, 番.
    Multiple,
    /// 天, 个工作日.
    Duration,
    /// 亩, 平方米.
    Area,
    /// 公里.
    Length,
    /// 吨.
    Mass,
    /// 立方米.
    Volume,
    /// 千瓦时, 吨标准煤.
    Energy,
    /// 千瓦.
    Power,
    /// ℃.
    Temperature,
    /// All else: 微克/立方米, 分贝, 字节.
    #[default]
    Other,
}

/// How firmly a commitment is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// 确保, 务必.
    Ensure,
    /// 力争, 争取.
    Strive,
}

/// Whether a number is a level or a change of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// 达到 390亿元.
    #[default]
    Level,
    /// 增长 5%.
    Increase,
    /// 下降 5%.
    Decrease,
}

/// What a change is measured against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// As written: 比2020年, 由16个工作日.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// A stretch of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// As written.
    pub text: String,
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
}

/// The time by which something is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// As written.
    pub text: String,
    /// The last day.
    pub date: Option<Date>,
    /// The event, where no calendar says when: 度夏前.
    pub event: Option<String>,
}

/// A dated commitment without a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// What is to be done.
    pub text: String,
    /// 确保 or 力争.
    pub modality: Option<Modality>,
    /// When it is done.
    pub period: Option<Period>,
    /// By when.
    pub deadline: Option<Deadline>,
    /// The deadline's date, else the period's end.
    pub due: Option<Date>,
    /// Where.
    pub span: Span,
}

/// A number or date that is neither target nor milestone: a fact, a name, a scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// What it is.
    pub kind: MentionKind,
    /// As written.
    pub text: String,
    /// The number, scaled to `unit`.
    pub value: Option<Decimal>,
    /// The unit.
    pub unit: Option<String>,
    /// Where.
    pub span: Span,
}

/// What kind of expression a number or a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    /// A bare number.
    Number,
    /// 5%, 三成, 八折.
    Percent,
    /// 2个百分点.
    PercentagePoint,
    /// 三分之一.
    Fraction,
    /// 1:1.5.
    Ratio,
    /// 2倍, 翻一番.
    Multiple,
    /// 第三.
    Ordinal,
    /// 390亿元.
    Money,
    /// 300家.
    Quantity,
    /// 20天.
    Duration,
    /// 6月底前, 上半年.
    Date,
}

/// 附件: an attachment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// 附件1 has 1; an only 附件 has none.
    pub number: Option<u32>,
    /// Its title.
    pub title: Option<String>,
    /// The whole of it.
    pub span: Span,
    /// Its tree; ids start with `a1:`.
    pub body: Vec<Node>,
}

/// A unit that answers for measures (责任单位).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The name, spelled out.
    pub name: String,
    /// At which level of administration it stands, where its name tells.
    pub level: Option<Level>,
    /// What sort of body it is, where its name tells.
    pub kind: Option<UnitKind>,
    /// The forms in which the notice writes it.
    pub written_as: Vec<String>,
    /// For what it answers.
    pub nodes: Vec<UnitNode>,
}

/// The level of administration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 国家, 中央.
    National,
    /// 省, 自治区, 直辖市.
    Province,
    /// 市, 州, 盟.
    Prefecture,
    /// 县, 区, 旗.
    County,
    /// 乡, 镇, 街道.
    Township,
}

/// The sort of body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UnitKind {
    /// 人民政府.
    Government,
    /// 局, 厅, 部, 委, 办: a department of government.
    Department,
    /// 党委 and its departments, 纪委.
    Party,
    /// 人大, 政协.
    Congress,
    /// 法院, 检察院.
    Judiciary,
    /// 管委会: the administration of a zone.
    ZoneAdministration,
    /// Set directly under a higher level: 海关, 税务局, 银行分行, 调查队.
    Vertical,
    /// 公司, 银行.
    Enterprise,
    /// 中心, 院, 学校.
    PublicInstitution,
    /// 总工会, 团市委, 妇联, 工商联, 协会.
    SocialOrganization,
    /// 领导小组, 专班, 指挥部.
    TaskForce,
    /// 处, 科: a part of a department.
    Office,
    /// 各有关部门, 各成员单位: a name for many.
    Collective,
    /// A person (责任人).
    Person,
}

/// That a unit answers for a node.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitNode {
    /// The node.
    pub id: String,
    /// How.
    pub role: Role,
}

/// A line that belongs to nothing else: a page number, a running head, the frame of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unplaced {
    /// The line.
    pub text: String,
    /// Where.
    pub span: Span,
}
