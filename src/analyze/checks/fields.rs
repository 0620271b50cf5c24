//! The header against itself and the text: years, dates, addressees, signature, attachments.

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Header, Notice};
use crate::span::Span;
use crate::text::Locator;

/// Kinds of document that are sent to somebody (《党政机关公文处理工作条例》 第九条: 主送机关).
const ADDRESSED: [&str; 5] = ["通知", "函", "批复", "请示", "通报"];

/// Checks the header.
pub fn check(locator: &Locator<'_>, notice: &Notice, found: &mut Vec<Diagnostic>) {
    let header = &notice.header;
    missing(header, notice.body.is_empty(), found);
    number_year(header, found);
    index_year(header, found);
    written_after_published(header, found);
    addressees(header, found);
    title_kind(header, found);
    signature(header, found);
    attachments(locator, notice, found);
}

fn span_of(header: &Header, key: &str) -> Option<Span> {
    header.spans.get(key).copied()
}

/// What a reader would have expected.
fn missing(header: &Header, empty: bool, found: &mut Vec<Diagnostic>) {
    if empty && header.title.is_none() {
        found.push(Diagnostic::new(Code::EmptyText, None, &[]));
        return;
    }
    if header.title.is_none() {
        found.push(Diagnostic::new(Code::TitleMissing, None, &[]));
    }
    if header.doc_number.is_none() {
        found.push(Diagnostic::new(Code::DocNumberMissing, None, &[]));
    }
    if header.written_on.is_none() {
        found.push(Diagnostic::new(Code::DateMissing, None, &[]));
    }
}

/// The year of the number is the year of writing. Quiet in January, when numbers of the old year are still given out.
fn number_year(header: &Header, found: &mut Vec<Diagnostic>) {
    let (Some(number), Some(date)) = (&header.doc_number, header.written_on) else {
        return;
    };
    let Some(year) = number.year.and_then(|y| i32::try_from(y).ok()) else {
        return;
    };
    let last_year = date.month() == 1 && year == date.year() - 1;
    if year != date.year() && !last_year {
        found.push(Diagnostic::new(
            Code::DocNumberYear,
            span_of(header, "doc_number"),
            &[&year.to_string(), &date.year().to_string()],
        ));
    }
}

/// An index number is given when a paper is written or when it is published: its year, and month where it has one, lie
/// between the two.
fn index_year(header: &Header, found: &mut Vec<Diagnostic>) {
    let given = header
        .index_number
        .as_ref()
        .and_then(|n| n.year_month.as_deref());
    let (Some(given), Some(written)) = (given, header.written_on) else {
        return;
    };
    let digits: String = given.chars().filter(char::is_ascii_digit).collect();
    // By year where no month stands.
    let day = |date: Date| match digits.len() {
        4 => format!("{:04}", date.year()),
        _ => format!("{:04}{:02}", date.year(), date.month()),
    };
    let late = header
        .published_on
        .is_some_and(|published| digits > day(published));
    if matches!(digits.len(), 4 | 6) && (digits < day(written) || late) {
        found.push(Diagnostic::new(
            Code::IndexNumberYear,
            span_of(header, "index_number"),
            &[given, &written.to_string()],
        ));
    }
}

/// What the titles of papers without a statutory kind end in.
const OTHER_KINDS: [&str; 22] = [
    "办法", "规定", "细则", "条例", "方案", "规划", "计划", "措施", "要点", "清单", "制度", "指南",
    "标准", "规程", "规则", "目录", "预案", "章程", "政策", "名单", "讲话", "任务",
];

/// 关于… without a kind at its end. Quiet for titles of enclosed papers (方案, 措施 …), which have none by right, and
/// for papers without a number.
fn title_kind(header: &Header, found: &mut Vec<Diagnostic>) {
    if let Some(title) = &header.title
        && header.kind.is_none()
        && header.doc_number.is_some()
        && title.contains("关于")
        && !OTHER_KINDS.iter().any(|kind| bare(title).ends_with(kind))
    {
        found.push(Diagnostic::new(
            Code::TitleKind,
            span_of(header, "title"),
            &[],
        ));
    }
}

/// A title without （试行） and the like at its end.
fn bare(title: &str) -> &str {
    match title.rfind(['（', '(']) {
        Some(at) if title.ends_with(['）', ')']) => &title[..at],
        _ => title,
    }
}

fn written_after_published(header: &Header, found: &mut Vec<Diagnostic>) {
    if let (Some(written), Some(published)) = (header.written_on, header.published_on)
        && written > published
    {
        let dates: [&str; 2] = [&written.to_string(), &published.to_string()];
        found.push(Diagnostic::new(
            Code::SignOffAfterPublication,
            span_of(header, "written_on"),
            &dates,
        ));
    }
}

/// Quiet for documents without a number: those are drafts, excerpts and pages about notices.
fn addressees(header: &Header, found: &mut Vec<Diagnostic>) {
    if let Some(kind) = &header.kind
        && ADDRESSED.contains(&kind.as_str())
        && header.addressees.is_empty()
        && header.doc_number.is_some()
    {
        found.push(Diagnostic::new(
            Code::AddresseeMissing,
            span_of(header, "title"),
            &[kind],
        ));
    }
}

/// Quiet where the notice says anywhere who issued it: copies on the web often leave the signature out.
fn signature(header: &Header, found: &mut Vec<Diagnostic>) {
    if header.signed_by.is_empty() && header.issuers.is_empty() && header.doc_number.is_some() {
        found.push(Diagnostic::new(
            Code::SignOffMissing,
            span_of(header, "written_on"),
            &[],
        ));
    }
}

/// The text refers to 附件 N, and there are attachments, but not N.
///
/// Quiet where no attachment stands at all: copies on the web hang them up as files.
fn attachments(locator: &Locator<'_>, notice: &Notice, found: &mut Vec<Diagnostic>) {
    let most = notice.attachments.iter().filter_map(|a| a.number).max();
    let Some(most) = most else {
        return;
    };
    let text = locator.text();
    for (at, word) in text.match_indices("附件") {
        // At the head of a line it names the attachment itself, there or in the list of attachments.
        if text[..at]
            .trim_end_matches([' ', '\u{3000}', '\r'])
            .ends_with('\n')
        {
            continue;
        }
        let rest = &text[at + word.len()..];
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let number = rest[..digits].parse::<u32>().ok();
        if number.is_some_and(|n| n > most && n <= most + 20) {
            let reference = &text[at..at + word.len() + digits];
            found.push(Diagnostic::new(
                Code::AttachmentMissing,
                Some(locator.span(reference)),
                &[reference],
            ));
            return;
        }
    }
}

/// Whether a notice was published soon enough after it was written for the one to be measured by the other.
pub fn published_soon(written: Date, published: Date) -> bool {
    (0..=60).contains(&(published.to_days() - written.to_days()))
}
