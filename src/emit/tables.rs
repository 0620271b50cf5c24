//! The tables as data: names, columns, types, keys. Described once; CSV, the data package, the table schemas,
//! the database and the workbook all read it from here.

use serde_json::{Value, json};

/// A table of the contract, in the order in which they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TableId {
    /// One row a notice.
    Notices,
    /// One row a node of the text.
    Nodes,
    /// One row a unit and node.
    Responsibilities,
    /// One row a target.
    Targets,
    /// One row a milestone.
    Milestones,
    /// One row a finding.
    Diagnostics,
    /// 任务台账: one row a measure.
    Ledger,
}

impl TableId {
    /// Every table.
    pub const ALL: [TableId; 7] = [
        TableId::Notices,
        TableId::Nodes,
        TableId::Responsibilities,
        TableId::Targets,
        TableId::Milestones,
        TableId::Diagnostics,
        TableId::Ledger,
    ];

    /// The table's CSV file: `ledger.csv`.
    pub fn file_name(self) -> &'static str {
        match self {
            TableId::Notices => "notices.csv",
            TableId::Nodes => "nodes.csv",
            TableId::Responsibilities => "responsibilities.csv",
            TableId::Targets => "targets.csv",
            TableId::Milestones => "milestones.csv",
            TableId::Diagnostics => "diagnostics.csv",
            TableId::Ledger => "ledger.csv",
        }
    }

    /// The table's description.
    pub fn table(self) -> &'static Table {
        &TABLES[self as usize]
    }
}

/// A table: what it holds and how it hangs together with the others.
#[derive(Debug)]
pub struct Table {
    /// The name, and the stem of its files.
    pub name: &'static str,
    /// The name in Chinese.
    pub title: &'static str,
    /// What one row is.
    pub description: &'static str,
    /// The columns, in their stable order.
    pub columns: &'static [Column],
    /// The columns that name a row.
    pub key: &'static [&'static str],
    /// Columns here, the table they point to (empty for this one), columns there.
    pub foreign: &'static [(
        &'static [&'static str],
        &'static str,
        &'static [&'static str],
    )],
}

/// A column.
#[derive(Debug)]
pub struct Column {
    /// The name in files.
    pub name: &'static str,
    /// The heading in Chinese.
    pub title: &'static str,
    /// What its cells hold.
    pub kind: Kind,
    /// Whether every row has it.
    pub required: bool,
    /// What it means, where the name does not say it all.
    pub description: &'static str,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Several values, joined by `；` in a file.
    List,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A whole number.
    Integer,
    /// An exact decimal number.
    Number,
    /// A day.
    Date,
}

/// What stands between the values of a list in one cell.
pub const SEPARATOR: &str = "；";

const fn column(
    name: &'static str,
    title: &'static str,
    kind: Kind,
    description: &'static str,
) -> Column {
    Column {
        name,
        title,
        kind,
        required: false,
        description,
    }
}

const fn required(
    name: &'static str,
    title: &'static str,
    kind: Kind,
    description: &'static str,
) -> Column {
    Column {
        name,
        title,
        kind,
        required: true,
        description,
    }
}

const NOTICE: Column = required(
    "notice",
    "文件",
    Kind::Text,
    "The notice: the input's path below the folder that holds all inputs, or the record's id",
);
const NODE: Column = required(
    "node",
    "编号",
    Kind::Text,
    "The node's id: the path of its numbers as written",
);
const POSITION: Column = required(
    "position",
    "序号",
    Kind::Integer,
    "Place among its like, from 1",
);
const SPAN_START: Column = column(
    "span_start",
    "起始字符",
    Kind::Integer,
    "First code point in the decoded text",
);
const SPAN_END: Column = column(
    "span_end",
    "结束字符",
    Kind::Integer,
    "One past the last code point",
);
const LINE: Column = column(
    "line",
    "行号",
    Kind::Integer,
    "Line of the first code point, from 1",
);
const MODALITY: Column = column(
    "modality",
    "力度",
    Kind::Word(&["ensure", "strive"]),
    "确保 or 力争",
);
const PERIOD: Column = column("period", "时段", Kind::Text, "As written: 上半年");
const PERIOD_START: Column = column("period_start", "时段起", Kind::Date, "");
const PERIOD_END: Column = column("period_end", "时段止", Kind::Date, "");
const DEADLINE: Column = column("deadline", "时限原文", Kind::Text, "As written: 6月底前");
const DEADLINE_ON: Column = column(
    "deadline_on",
    "时限日期",
    Kind::Date,
    "The deadline's last day",
);
const EVENT: Column = column(
    "event",
    "时限事件",
    Kind::Text,
    "The event, where no calendar says when: 度夏前",
);
const DUE: Column = column(
    "due",
    "完成时限",
    Kind::Date,
    "The deadline's date, else the period's end",
);

const TO_NOTICES: (&[&str], &str, &[&str]) = (&["notice"], "notices", &["notice"]);
const TO_NODES: (&[&str], &str, &[&str]) = (&["notice", "node"], "nodes", &["notice", "node"]);

/// The tables, in the order of [`TableId::ALL`].
static TABLES: [Table; 7] = [
    Table {
        name: "notices",
        title: "文件信息",
        description: "One row a notice: its metadata, and what was found in it",
        key: &["notice"],
        foreign: &[],
        columns: &[
            NOTICE,
            required(
                "format",
                "格式",
                Kind::Word(&["text", "html"]),
                "The input's form",
            ),
            column(
                "encoding",
                "编码",
                Kind::Text,
                "The input's encoding, by its WHATWG name",
            ),
            required("bytes", "字节数", Kind::Integer, "The input's length"),
            required(
                "sha256",
                "校验值",
                Kind::Text,
                "SHA-256 of the input, in hexadecimal",
            ),
            column("title", "标题", Kind::Text, ""),
            column(
                "kind",
                "文种",
                Kind::Text,
                "One of the fifteen statutory kinds",
            ),
            column("issuers", "发文机关", Kind::List, ""),
            column(
                "doc_number",
                "发文字号",
                Kind::Text,
                "In standard form: 许政办〔2024〕4号",
            ),
            column("doc_number_text", "发文字号原文", Kind::Text, "As written"),
            column("doc_agency", "机关代字", Kind::Text, ""),
            column("doc_year", "发文年份", Kind::Integer, ""),
            column("doc_serial", "发文顺序号", Kind::Integer, ""),
            column("index_number", "索引号", Kind::Text, "As written"),
            column("category", "信息类别", Kind::Text, ""),
            column("topic", "主题分类", Kind::Text, ""),
            column("validity", "有效性", Kind::Text, ""),
            column("written_on", "成文日期", Kind::Date, ""),
            column("published_on", "发布日期", Kind::Date, ""),
            column("effective_on", "生效日期", Kind::Date, ""),
            column("expires_on", "废止日期", Kind::Date, ""),
            column("addressees", "主送机关", Kind::List, ""),
            column("signed_by", "发文机关署名", Kind::List, ""),
            column("secrecy", "密级和保密期限", Kind::Text, ""),
            column("urgency", "紧急程度", Kind::Text, ""),
            column("copy_number", "份号", Kind::Text, ""),
            column("approver", "签发人", Kind::Text, ""),
            column("cc", "抄送", Kind::List, ""),
            column("printed_by", "印发机关", Kind::Text, ""),
            column("printed_on", "印发日期", Kind::Date, ""),
            column("note", "附注", Kind::Text, ""),
            column("keywords", "主题词", Kind::List, ""),
            column("origin", "来源", Kind::Text, ""),
            column("disclosure", "公开方式", Kind::Text, ""),
            column("attachments", "附件", Kind::List, "The attachments' titles"),
            required("n_measures", "措施数", Kind::Integer, ""),
            required("n_units", "责任单位数", Kind::Integer, ""),
            required("n_targets", "量化目标数", Kind::Integer, ""),
            required("n_milestones", "时间节点数", Kind::Integer, ""),
            required(
                "n_warnings",
                "提示数",
                Kind::Integer,
                "Findings of severity error or warning",
            ),
        ],
    },
    Table {
        name: "nodes",
        title: "条目",
        description: "One row a node of the text: section, measure, item or paragraph, in the order of the text",
        key: &["notice", "node"],
        foreign: &[TO_NOTICES, (&["notice", "parent"], "", &["notice", "node"])],
        columns: &[
            NOTICE,
            NODE,
            column("parent", "上级编号", Kind::Text, "The id of the node above"),
            required(
                "position",
                "序号",
                Kind::Integer,
                "Place in the notice, from 1",
            ),
            required("depth", "层级", Kind::Integer, "0 for a root"),
            required(
                "kind",
                "类别",
                Kind::Word(&["section", "measure", "item", "paragraph"]),
                "",
            ),
            column(
                "attachment",
                "附件序号",
                Kind::Integer,
                "Which attachment it lies in, from 1; empty in the body",
            ),
            column("marker", "序号原文", Kind::Text, "As written: （一）"),
            column("number", "序号值", Kind::Integer, ""),
            column("title", "标题", Kind::Text, ""),
            column(
                "text",
                "正文",
                Kind::Text,
                "What follows the title, without the responsibility clause",
            ),
            SPAN_START,
            SPAN_END,
            LINE,
        ],
    },
    Table {
        name: "responsibilities",
        title: "责任分工",
        description: "One row a unit that answers for a node",
        key: &["notice", "node", "position"],
        foreign: &[TO_NODES],
        columns: &[
            NOTICE,
            NODE,
            POSITION,
            required(
                "role",
                "角色",
                Kind::Word(&[
                    "lead",
                    "responsible",
                    "cooperating",
                    "supervising",
                    "leader",
                ]),
                "牵头, 责任, 配合, 督导, 责任领导",
            ),
            required("unit", "责任单位", Kind::Text, "The name, spelled out"),
            column("unit_level", "单位层级", Kind::Text, ""),
            column("unit_kind", "单位性质", Kind::Text, ""),
            column("text", "原文", Kind::Text, "As written"),
            column(
                "inherited_from",
                "沿用自",
                Kind::Text,
                "The node whose rider says so (以下均需…不再列出)",
            ),
            SPAN_START,
            SPAN_END,
            LINE,
        ],
    },
    Table {
        name: "targets",
        title: "量化目标",
        description: "One row a number that somebody commits to reach",
        key: &["notice", "node", "position"],
        foreign: &[TO_NODES],
        columns: &[
            NOTICE,
            NODE,
            POSITION,
            column("text", "原文", Kind::Text, "The clause it stands in"),
            column("action", "动作", Kind::Text, "The governing verb"),
            column(
                "indicator",
                "指标",
                Kind::Text,
                "The words that name what is measured",
            ),
            required(
                "comparator",
                "要求",
                Kind::Word(&["eq", "ge", "gt", "le", "lt", "approx", "range"]),
                "The bound; 以上, 以下, 以内 include the number",
            ),
            required(
                "value",
                "数值",
                Kind::Number,
                "Fully scaled to the unit: 390亿元 is 39000000000",
            ),
            column("upper", "上限", Kind::Number, "The upper end of a range"),
            column("unit", "单位", Kind::Text, ""),
            column(
                "quantity_kind",
                "量的种类",
                Kind::Text,
                "count, money, percent …",
            ),
            column(
                "quantity_text",
                "数量原文",
                Kind::Text,
                "As written, bound and all",
            ),
            MODALITY,
            column(
                "change",
                "变化",
                Kind::Word(&["level", "increase", "decrease"]),
                "",
            ),
            column(
                "baseline",
                "比较基准",
                Kind::Text,
                "What a change is measured against",
            ),
            PERIOD,
            PERIOD_START,
            PERIOD_END,
            DEADLINE,
            DEADLINE_ON,
            EVENT,
            DUE,
            SPAN_START,
            SPAN_END,
            LINE,
        ],
    },
    Table {
        name: "milestones",
        title: "时间节点",
        description: "One row a dated commitment without a number",
        key: &["notice", "node", "position"],
        foreign: &[TO_NODES],
        columns: &[
            NOTICE,
            NODE,
            POSITION,
            column("text", "事项", Kind::Text, ""),
            MODALITY,
            PERIOD,
            PERIOD_START,
            PERIOD_END,
            DEADLINE,
            DEADLINE_ON,
            EVENT,
            DUE,
            SPAN_START,
            SPAN_END,
            LINE,
        ],
    },
    Table {
        name: "diagnostics",
        title: "校核提示",
        description: "One row a finding: what is odd in a text",
        key: &["notice", "position"],
        foreign: &[TO_NOTICES],
        columns: &[
            NOTICE,
            POSITION,
            required(
                "code",
                "代码",
                Kind::Text,
                "The stable id of the sort of finding",
            ),
            required(
                "severity",
                "级别",
                Kind::Word(&["error", "warning", "info"]),
                "",
            ),
            column("message", "说明", Kind::Text, "In English"),
            column("message_zh", "提示内容", Kind::Text, "In Chinese"),
            column(
                "fix",
                "建议改为",
                Kind::Text,
                "What the words at the place are to be replaced by, where that is certain",
            ),
            SPAN_START,
            SPAN_END,
            LINE,
        ],
    },
    Table {
        name: "ledger",
        title: "任务台账",
        description: "One row a measure: what, who, how much, until when",
        key: &["notice", "seq"],
        foreign: &[TO_NODES],
        columns: &[
            NOTICE,
            required(
                "seq",
                "序号",
                Kind::Integer,
                "Place among the notice's measures, from 1",
            ),
            NODE,
            column("title", "文件标题", Kind::Text, ""),
            column("doc_number", "发文字号", Kind::Text, ""),
            column(
                "issuers",
                "发文机关",
                Kind::List,
                "发文机关, else 发文机关署名",
            ),
            column("written_on", "成文日期", Kind::Date, ""),
            column(
                "section",
                "所属部分",
                Kind::Text,
                "The headings above, outermost first",
            ),
            column(
                "measure",
                "工作任务",
                Kind::Text,
                "The measure's title, else how its text begins",
            ),
            column(
                "task",
                "具体内容",
                Kind::Text,
                "Its text, with that of the items below it",
            ),
            column(
                "lead_units",
                "牵头单位",
                Kind::List,
                "Where the measure names nobody, whom the nearest heading above names",
            ),
            column("responsible_units", "责任单位", Kind::List, ""),
            column("cooperating_units", "配合单位", Kind::List, ""),
            column("supervising_units", "督导单位", Kind::List, ""),
            column("leaders", "责任领导", Kind::List, ""),
            column(
                "targets",
                "量化目标",
                Kind::List,
                "Indicator and quantity as written, and the due date",
            ),
            column(
                "milestones",
                "时间节点",
                Kind::List,
                "What is to be done, and the due date",
            ),
            column(
                "due_first",
                "最早时限",
                Kind::Date,
                "The earliest due date of its targets and milestones",
            ),
            column("due_last", "最终时限", Kind::Date, "The latest"),
            LINE,
        ],
    },
];

impl Table {
    /// The table's Frictionless Table Schema.
    pub fn schema(&self) -> Value {
        let fields: Vec<Value> = self.columns.iter().map(Column::field).collect();
        let mut schema = json!({ "fields": fields, "missingValues": [""], "primaryKey": self.key });
        // Frictionless has no keys that are absent in part, as a root's parent is.
        let others = self
            .foreign
            .iter()
            .filter(|(_, table, _)| !table.is_empty());
        let keys: Vec<Value> = others
            .map(|(here, table, there)| {
                json!({ "fields": here, "reference": { "resource": table, "fields": there } })
            })
            .collect();
        if !keys.is_empty() {
            schema["foreignKeys"] = json!(keys);
        }
        schema
    }

    /// Where a column stands.
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

impl Column {
    fn field(&self) -> Value {
        let kind = match self.kind {
            Kind::Text | Kind::List | Kind::Word(_) => "string",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Date => "date",
        };
        let mut field = json!({ "name": self.name, "type": kind, "title": self.title });
        let mut description = self.description.to_owned();
        if self.kind == Kind::List {
            let gap = if description.is_empty() { "" } else { "; " };
            description = format!("{description}{gap}several values are joined by {SEPARATOR}");
        }
        if !description.is_empty() {
            field["description"] = json!(description);
        }
        let mut constraints = serde_json::Map::new();
        if self.required {
            constraints.insert("required".to_owned(), json!(true));
        }
        if let Kind::Word(words) = self.kind {
            constraints.insert("enum".to_owned(), json!(words));
        }
        if !constraints.is_empty() {
            field["constraints"] = Value::Object(constraints);
        }
        field
    }
}

/// The Frictionless Data Package (version 1) of the tables, for files `NAME.csv` beside it.
pub fn data_package() -> Value {
    let resources: Vec<Value> = TableId::ALL
        .iter()
        .map(|id| {
            let table = id.table();
            json!({
                "profile": "tabular-data-resource",
                "name": table.name,
                "title": table.title,
                "description": table.description,
                "path": id.file_name(),
                "scheme": "file",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
                "schema": table.schema(),
            })
        })
        .collect();
    json!({
        "profile": "tabular-data-package",
        "name": "gongwen",
        "title": "公文结构化数据",
        "description": "Chinese government notices as tables, joined by notice and node. A cell of words that a spreadsheet would run as a formula starts with an apostrophe that is not in the text.",
        "resources": resources,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn tables_hang_together() {
        for id in TableId::ALL {
            let table = id.table();
            let names: BTreeSet<_> = table.columns.iter().map(|c| c.name).collect();
            assert_eq!(names.len(), table.columns.len(), "{}", table.name);
            assert!(table.key.iter().all(|k| names.contains(k)));
            for (here, target, there) in table.foreign {
                assert!(here.iter().all(|k| names.contains(k)), "{}", table.name);
                let other = TableId::ALL
                    .iter()
                    .map(|id| id.table())
                    .find(|t| t.name == *target || (target.is_empty() && t.name == table.name))
                    .unwrap();
                assert_eq!(*there, other.key);
            }
        }
        assert_eq!(TableId::Ledger.table().name, "ledger");
        assert_eq!(TableId::Notices.table().name, "notices");
    }
}
