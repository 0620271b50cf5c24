//! JSON, by `schemas/notice.schema.json`: straight from the model into one buffer.
//!
//! The model can also be written by serde; this writer gives the same bytes (a test holds it to that) in a third of
//! the time: keys are copied whole, and a string without anything to escape is one copy.

use std::collections::BTreeMap;
use std::io::Write;

use crate::date::Date;
use crate::decimal::Decimal;
use crate::diagnostic::{Code, Diagnostic, Fix, Severity};
use crate::model::{
    Attachment, Baseline, Change, Comparator, Deadline, DocNumber, Format, Header, IndexNumber,
    Level, Mention, MentionKind, Milestone, Modality, Node, NodeKind, Notice, Period, Quantity,
    QuantityKind, Responsibility, Role, Source, Target, Unit, UnitKind, UnitNode, Unplaced,
};
use crate::span::Span;

/// Appends a notice as one line of JSON, without a line break at its end.
pub fn append_compact(notice: &Notice, out: &mut Vec<u8>) {
    notice.write(&mut Writer { out, indent: None });
}

/// Appends a notice as indented JSON, a line break at its end.
pub fn append_pretty(notice: &Notice, out: &mut Vec<u8>) {
    notice.write(&mut Writer {
        out,
        indent: Some(0),
    });
    out.push(b'\n');
}

struct Writer<'o> {
    out: &'o mut Vec<u8>,
    /// The depth, where the output is indented.
    indent: Option<usize>,
}

/// Whether a byte cannot stand in a string as it is.
fn is_escaped(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

impl Writer<'_> {
    fn raw(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
    }

    fn string(&mut self, text: &str) {
        self.out.push(b'"');
        let bytes = text.as_bytes();
        // Without a way out in the middle, so that many bytes are compared at once.
        if bytes.iter().fold(false, |any, &b| any | is_escaped(b)) {
            self.escaped(bytes);
        } else {
            self.raw(bytes);
        }
        self.out.push(b'"');
    }

    fn escaped(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if is_escaped(byte) {
                self.escape(byte);
            } else {
                self.out.push(byte);
            }
        }
    }

    fn escape(&mut self, byte: u8) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        match byte {
            b'"' => self.raw(b"\\\""),
            b'\\' => self.raw(b"\\\\"),
            b'\n' => self.raw(b"\\n"),
            b'\r' => self.raw(b"\\r"),
            b'\t' => self.raw(b"\\t"),
            8 => self.raw(b"\\b"),
            12 => self.raw(b"\\f"),
            _ => {
                self.raw(b"\\u00");
                self.raw(&[HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
            }
        }
    }

    fn number(&mut self, mut n: u64) {
        let mut digits = [0; 20];
        let mut at = digits.len();
        loop {
            at -= 1;
            digits[at] = b'0' + (n % 10) as u8;
            n /= 10;
            if n == 0 {
                break;
            }
        }
        self.raw(&digits[at..]);
    }

    fn open(&mut self, bracket: u8) {
        self.out.push(bracket);
        if let Some(depth) = &mut self.indent {
            *depth += 1;
        }
    }

    /// Before each member of a list or an object.
    fn member(&mut self, first: bool) {
        if !first {
            self.out.push(b',');
        }
        self.new_line();
    }

    fn close(&mut self, bracket: u8, empty: bool) {
        if let Some(depth) = &mut self.indent {
            *depth -= 1;
        }
        if !empty {
            self.new_line();
        }
        self.out.push(bracket);
    }

    fn new_line(&mut self) {
        if let Some(depth) = self.indent {
            self.out.push(b'\n');
            self.out.resize(self.out.len() + 2 * depth, b' ');
        }
    }

    fn colon(&mut self) {
        self.raw(if self.indent.is_some() { b": " } else { b":" });
    }
}

/// What can be written as JSON.
trait Json {
    fn write(&self, writer: &mut Writer<'_>);
}

impl Json for String {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.string(self);
    }
}

impl Json for u32 {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.number(u64::from(*self));
    }
}

impl Json for u64 {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.number(*self);
    }
}

impl Json for bool {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.raw(if *self { b"true" } else { b"false" });
    }
}

impl Json for Date {
    fn write(&self, writer: &mut Writer<'_>) {
        // Infallible: a Vec takes all.
        let _ = write!(writer.out, "\"{self}\"");
    }
}

impl Json for Decimal {
    fn write(&self, writer: &mut Writer<'_>) {
        let _ = write!(writer.out, "{self}");
    }
}

impl<T: Json> Json for Option<T> {
    fn write(&self, writer: &mut Writer<'_>) {
        match self {
            Some(value) => value.write(writer),
            None => writer.raw(b"null"),
        }
    }
}

impl<T: Json> Json for Vec<T> {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.open(b'[');
        for (n, value) in self.iter().enumerate() {
            writer.member(n == 0);
            value.write(writer);
        }
        writer.close(b']', self.is_empty());
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.open(b'{');
        for (n, (key, value)) in self.iter().enumerate() {
            writer.member(n == 0);
            writer.string(key);
            writer.colon();
            value.write(writer);
        }
        writer.close(b'}', self.is_empty());
    }
}

/// Objects: the keys in the order of the model.
macro_rules! objects {
    ($($type:ident { $first:ident $(, $key:ident)* })+) => {
        $(impl Json for $type {
            fn write(&self, writer: &mut Writer<'_>) {
                writer.open(b'{');
                writer.member(true);
                writer.raw(concat!("\"", stringify!($first), "\"").as_bytes());
                writer.colon();
                self.$first.write(writer);
                $(
                    writer.member(false);
                    writer.raw(concat!("\"", stringify!($key), "\"").as_bytes());
                    writer.colon();
                    self.$key.write(writer);
                )*
                writer.close(b'}', false);
            }
        })+
    };
}

objects! {
    Notice { schema_version, source, header, body, attachments, units, diagnostics, unplaced }
    Source { name, format, encoding, bytes, sha256 }
    Header {
        title, kind, issuers, doc_number, index_number, category, topic, validity, written_on, published_on,
        effective_on, expires_on, addressees, signed_by, secrecy, urgency, copy_number, approver, cc, printed_by,
        printed_on, note, keywords, origin, disclosure, other, spans
    }
    DocNumber { text, normalized, agency, year, serial }
    IndexNumber { text, organization, organization_valid, division_code, division, year_month, serial }
    Node {
        id, kind, marker, number, title, text, span, responsibilities, targets, milestones, mentions, children
    }
    Responsibility { role, unit, text, inherited_from, span }
    Target {
        text, action, indicator, quantity, modality, change, baseline, period, deadline, due, span
    }
    Quantity { text, comparator, value, upper, unit, kind, span }
    Baseline { text, span }
    Period { text, start, end }
    Deadline { text, date, event }
    Milestone { text, modality, period, deadline, due, span }
    Mention { kind, text, value, unit, span }
    Attachment { number, title, span, body }
    Unit { name, level, kind, written_as, nodes }
    UnitNode { id, role }
    Diagnostic { code, severity, message, span, args, fix, related }
    Fix { span, replacement }
    Unplaced { text, span }
}

impl Json for Span {
    fn write(&self, writer: &mut Writer<'_>) {
        if writer.indent.is_some() {
            writer.open(b'{');
            for (n, (key, value)) in [
                ("start", self.start),
                ("end", self.end),
                ("line", self.line),
            ]
            .into_iter()
            .enumerate()
            {
                writer.member(n == 0);
                writer.string(key);
                writer.colon();
                value.write(writer);
            }
            writer.close(b'}', false);
            return;
        }
        // The commonest object by far: written flat.
        writer.raw(b"{\"start\":");
        self.start.write(writer);
        writer.raw(b",\"end\":");
        self.end.write(writer);
        writer.raw(b",\"line\":");
        self.line.write(writer);
        writer.raw(b"}");
    }
}

impl Json for Code {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.string(self.id());
    }
}

impl Json for Severity {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.string(self.as_str());
    }
}

/// Enumerations: the words of the contract.
macro_rules! words {
    ($($type:ident { $($variant:ident = $word:literal),+ })+) => {
        $(impl Json for $type {
            fn write(&self, writer: &mut Writer<'_>) {
                writer.raw(match self {
                    $($type::$variant => concat!("\"", $word, "\"")),+
                }.as_bytes());
            }
        })+
    };
}

words! {
    Format { Text = "text", Html = "html" }
    NodeKind { Section = "section", Measure = "measure", Item = "item", Paragraph = "paragraph" }
    Role {
        Lead = "lead", Responsible = "responsible", Cooperating = "cooperating",
        Supervising = "supervising", Leader = "leader"
    }
    Comparator { Eq = "eq", Ge = "ge", Gt = "gt", Le = "le", Lt = "lt", Approx = "approx", Range = "range" }
    QuantityKind {
        Count = "count", Money = "money", Percent = "percent", PercentagePoint = "percentage_point",
        Ratio = "ratio", Multiple = "multiple", Duration = "duration", Area = "area", Length = "length",
        Mass = "mass", Volume = "volume", Energy = "energy", Power = "power", Temperature = "temperature",
        Other = "other"
    }
    Modality { Ensure = "ensure", Strive = "strive" }
    Change { Level = "level", Increase = "increase", Decrease = "decrease" }
    MentionKind {
        Number = "number", Percent = "percent", PercentagePoint = "percentage_point", Fraction = "fraction",
        Ratio = "ratio", Multiple = "multiple", Ordinal = "ordinal", Money = "money", Quantity = "quantity",
        Duration = "duration", Date = "date"
    }
    Level {
        National = "national", Province = "province", Prefecture = "prefecture", County = "county",
        Township = "township"
    }
    UnitKind {
        Government = "government", Department = "department", Party = "party", Congress = "congress",
        Judiciary = "judiciary", ZoneAdministration = "zone_administration", Vertical = "vertical",
        Enterprise = "enterprise", PublicInstitution = "public_institution",
        SocialOrganization = "social_organization", TaskForce = "task_force", Office = "office",
        Collective = "collective", Person = "person"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both ways of writing agree, to the byte.
    #[track_caller]
    fn check(notice: &Notice) {
        let mut compact = Vec::new();
        append_compact(notice, &mut compact);
        assert_eq!(
            String::from_utf8(compact).unwrap(),
            serde_json::to_string(notice).unwrap()
        );
        let mut pretty = Vec::new();
        append_pretty(notice, &mut pretty);
        assert_eq!(
            String::from_utf8(pretty).unwrap(),
            serde_json::to_string_pretty(notice).unwrap() + "\n"
        );
    }

    fn node() -> Node {
        let span = Span {
            start: 1,
            end: 20,
            line: 300,
        };
        let period = Period {
            text: "上半年".into(),
            start: Date::new(2024, 1, 1),
            end: None,
        };
        let deadline = Deadline {
            text: "度夏前".into(),
            date: None,
            event: Some("度夏".into()),
        };
        Node {
            id: "1".into(),
            kind: NodeKind::Measure,
            marker: Some("1.".into()),
            number: Some(1),
            title: "\"引号\"\\\t\n\r\u{1}\u{8}\u{c}\u{1f}".into(),
            text: String::new(),
            span,
            responsibilities: vec![Responsibility {
                role: Role::Lead,
                unit: "市商务局".into(),
                text: "市商务局".into(),
                inherited_from: None,
                span,
            }],
            targets: vec![Target {
                text: "x".into(),
                action: None,
                indicator: Some("y".into()),
                quantity: Quantity {
                    text: "6.5%".into(),
                    comparator: Comparator::Range,
                    value: "6.5".parse().unwrap(),
                    upper: "7".parse().ok(),
                    unit: Some("%".into()),
                    kind: QuantityKind::Percent,
                    span,
                },
                modality: Some(Modality::Strive),
                change: Change::Decrease,
                baseline: Some(Baseline {
                    text: "比2020年".into(),
                    span,
                }),
                period: Some(period.clone()),
                deadline: Some(deadline.clone()),
                due: Date::new(2024, 6, 30),
                span,
            }],
            milestones: vec![Milestone {
                text: "z".into(),
                modality: None,
                period: Some(period),
                deadline: Some(deadline),
                due: None,
                span,
            }],
            mentions: vec![Mention {
                kind: MentionKind::Ordinal,
                text: "第3".into(),
                value: "-0.05".parse().ok(),
                unit: None,
                span,
            }],
            children: Vec::new(),
        }
    }

    #[test]
    fn the_same_bytes_as_serde() {
        let mut notice = Notice {
            schema_version: crate::model::SCHEMA_VERSION.into(),
            source: Source::default(),
            header: Header::default(),
            body: Vec::new(),
            attachments: Vec::new(),
            units: Vec::new(),
            diagnostics: Vec::new(),
            unplaced: Vec::new(),
        };
        check(&notice);
        let span = node().span;
        notice.body = vec![Node {
            children: vec![node(), node()],
            ..node()
        }];
        notice.attachments = vec![Attachment {
            number: Some(1),
            title: None,
            span,
            body: vec![node()],
        }];
        notice.units = vec![Unit {
            name: "市商务局".into(),
            level: Some(Level::Prefecture),
            kind: Some(UnitKind::Department),
            written_as: vec!["市商务局".into(), "商务局".into()],
            nodes: vec![UnitNode {
                id: "1".into(),
                role: Role::Lead,
            }],
        }];
        notice.diagnostics =
            vec![Diagnostic::new(Code::NumberingGap, Some(span), &["3", "4"]).with_fix(span, "3")];
        notice.unplaced = vec![Unplaced {
            text: "— 1 —".into(),
            span,
        }];
        notice.header.doc_number = Some(DocNumber {
            text: "x".into(),
            normalized: "y".into(),
            agency: None,
            year: Some(2024),
            serial: None,
        });
        notice.header.index_number = Some(IndexNumber {
            text: "x".into(),
            organization: None,
            organization_valid: Some(false),
            division_code: None,
            division: None,
            year_month: None,
            serial: None,
        });
        notice.header.other.insert("文件登记号".into(), "1".into());
        notice.header.spans.insert("title".into(), span);
        check(&notice);
    }

    #[test]
    fn enumerations_have_their_words() {
        fn word<T: Json + serde::Serialize>(value: &T) {
            let mut out = Vec::new();
            value.write(&mut Writer {
                out: &mut out,
                indent: None,
            });
            assert_eq!(out, serde_json::to_vec(value).unwrap());
        }
        [
            NodeKind::Section,
            NodeKind::Measure,
            NodeKind::Item,
            NodeKind::Paragraph,
        ]
        .iter()
        .for_each(word);
        [
            Role::Lead,
            Role::Responsible,
            Role::Cooperating,
            Role::Supervising,
            Role::Leader,
        ]
        .iter()
        .for_each(word);
        [
            Comparator::Eq,
            Comparator::Ge,
            Comparator::Gt,
            Comparator::Le,
            Comparator::Lt,
            Comparator::Approx,
            Comparator::Range,
        ]
        .iter()
        .for_each(word);
        [
            QuantityKind::PercentagePoint,
            QuantityKind::Count,
            QuantityKind::Temperature,
            QuantityKind::Other,
        ]
        .iter()
        .for_each(word);
        [
            UnitKind::ZoneAdministration,
            UnitKind::PublicInstitution,
            UnitKind::SocialOrganization,
            UnitKind::TaskForce,
        ]
        .iter()
        .for_each(word);
        [Level::National, Level::Township].iter().for_each(word);
        [Format::Text, Format::Html].iter().for_each(word);
        for code in Code::ALL {
            word(code);
        }
    }
}
