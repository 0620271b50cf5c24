//! Which part of a notice each line is: its card, title, number, addressees, body, sign-off, attachments.
//!
//! Every line has one part, so nothing is lost and nothing stands twice. Lines of the header are taken apart
//! into [`Field`]s, slices with a role, which [`header`](super::header) reads.
//!
//! Settled here:
//! - 附件说明, the list of attachments before the sign-off (or behind it, where no bodies follow), is header.
//! - A line in which title, number, addressees and text run on is cut into its pieces first.
//! - The title of an enclosed text (《…方案》 after 现印发给你们) is the notice's title where the transmittal has
//!   none of its own, else a paragraph of the body.

mod attachments;
mod closing;
mod files;
mod head;
pub(crate) mod shape;
mod signoff;
mod split;

use crate::syntax::line::Line;
use crate::vocab::labels::Key;

/// What a line is a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// A header field: a card's row, the title, the number, the addressees, the sign-off, the imprint.
    Header,
    /// The text.
    Body,
    /// The n-th attachment, counted from nought.
    Attachment(usize),
    /// The frame of a page and other lines that say nothing.
    Noise,
}

/// What a piece of a header line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// The value beside a label.
    Card(Key),
    /// 发文机关标志: `某某市人民政府文件`.
    Mark,
    /// The name of a body in a block of values without labels.
    BareIssuer,
    /// 信息类别 in a block of values without labels.
    BareCategory,
    /// 主题分类 in a block of values without labels.
    BareTopic,
    /// 有效 or 失效, without label.
    Validity,
    /// 发文字号.
    Number,
    /// 索引号.
    IndexNumber,
    /// A day before the text.
    HeadDay,
    /// A line of 标题.
    Title,
    /// What stands in brackets, or after a dash, under the title.
    Subtitle,
    /// Whoever gives a report: `某某市市长　王某` under the title.
    Speaker,
    /// A label whose value stands on the next line.
    Label(Key),
    /// A number that was left blank: `某发〔〕号`.
    BlankNumber,
    /// Whose seal stands in for the signers': （某某局代章）.
    Seal,
    /// 主送机关.
    Addressees,
    /// The notice's own title as the name of an attached file gives it.
    FileTitle,
    /// 发文字号 in the name of an attached file.
    FileNumber,
    /// The name of an attached file.
    File,
    /// A line of 附件说明.
    AttachmentList,
    /// 发文机关署名.
    SignOff,
    /// Whoever signs in person: `省长　王某`.
    Signatory,
    /// 成文日期 at the end.
    SignOffDay,
    /// 附注: （此件公开发布）.
    Note,
    /// Whom to ask: （联系人：…）.
    Contact,
    /// 抄送.
    Cc,
    /// `某某办公室 2024年7月29日印发`.
    Imprint,
    /// 密级.
    Secrecy,
    /// 紧急程度.
    Urgency,
    /// 份号.
    CopyNumber,
}

/// A piece of the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field<'s> {
    /// What it is.
    pub role: Role,
    /// The label beside it, or empty.
    pub label: &'s str,
    /// The words; empty for a label without value.
    pub text: &'s str,
    /// The line, by its place in the flow.
    pub line: usize,
}

/// Where an attachment begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AttachmentHead<'s> {
    /// `附件1` has 1.
    pub number: Option<u32>,
    /// The title, on the line of the number or on the next ones.
    pub title: Option<&'s str>,
    /// How many lines number and title take.
    pub lines: usize,
}

/// The parts of a notice's lines, one each, and what the header's lines hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame<'s> {
    /// The lines, those that several parts share cut into pieces.
    pub lines: Vec<Line<'s>>,
    /// The part of each line.
    pub parts: Vec<Part>,
    /// The header's pieces, in the order of the text.
    pub fields: Vec<Field<'s>>,
    /// The heads of the attachments.
    pub attachments: Vec<AttachmentHead<'s>>,
}

/// Tells the parts of the lines; `text` is the flow that they are slices of.
pub fn frame<'s>(text: &'s str, lines: Vec<Line<'s>>) -> Frame<'s> {
    let lines = split::split(lines);
    let mut framer = Framer {
        text,
        parts: vec![None; lines.len()],
        lines,
        fields: Vec::new(),
        attachments: Vec::new(),
    };
    let start = framer.head();
    let end = framer.tail(start);
    let after = framer
        .sign_off(start, end)
        .or_else(|| framer.promulgated(start, end));
    framer.attachments(after.unwrap_or(start), end, after.is_some());
    framer.finish()
}

/// The frame while it is being made.
struct Framer<'s> {
    text: &'s str,
    lines: Vec<Line<'s>>,
    parts: Vec<Option<Part>>,
    fields: Vec<Field<'s>>,
    attachments: Vec<AttachmentHead<'s>>,
}

impl<'s> Framer<'s> {
    /// The words of a line; empty past the end.
    fn line(&self, i: usize) -> &'s str {
        self.lines.get(i).map_or("", |line| line.text)
    }

    fn is_free(&self, i: usize) -> bool {
        matches!(self.parts.get(i), Some(None))
    }

    fn set(&mut self, i: usize, part: Part) {
        if let Some(slot) = self.parts.get_mut(i) {
            *slot = Some(part);
        }
    }

    /// Makes the whole of a line a field.
    fn field(&mut self, i: usize, role: Role) {
        self.piece(i, role, "", self.line(i));
    }

    /// Makes a piece of a line a field, and the line a part of the header.
    fn piece(&mut self, i: usize, role: Role, label: &'s str, text: &'s str) {
        self.set(i, Part::Header);
        self.fields.push(Field {
            role,
            label,
            text,
            line: i,
        });
    }

    fn has(&self, role: Role) -> bool {
        self.fields.iter().any(|f| f.role == role)
    }

    fn finish(mut self) -> Frame<'s> {
        self.fields.sort_by_key(|f| f.line);
        Frame {
            lines: self.lines,
            parts: self
                .parts
                .into_iter()
                .map(|part| part.unwrap_or(Part::Body))
                .collect(),
            fields: self.fields,
            attachments: self.attachments,
        }
    }
}
