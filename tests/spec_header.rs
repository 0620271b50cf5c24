//! Spec tables of the header: document numbers, index numbers, addressees, rows of cards, small notices whole.

use gongwen::model::{Header, Notice};
use gongwen::parse;

const TEXT: &str = "关于做好某项工作的通知";

/// Two paragraphs, so that the text is laid out a line to a paragraph.
const BODY: &str = "为进一步做好某项工作，切实解决工作中存在的突出问题，推动各项任务落到实处，经市人民政府研究同意，现就有关事项通知如下，请各单位结合实际认真抓好落实。\n\
各单位要高度重视，加强领导，明确分工，压实责任，按照要求抓紧开展工作，及时总结经验做法，遇到的重大问题要随时报告，确保工作取得实效，不走过场。\n";

/// The rows of a table, its comments left out.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map_or("-".to_owned(), |value| value.to_string())
}

#[test]
fn doc_numbers() {
    for row in rows(include_str!("spec/doc_numbers.tsv")) {
        let notice = parse(&format!("{TEXT}\n{}\n各有关单位：\n{BODY}", row[0]));
        let number = notice.header.doc_number.clone();
        let form = has(&notice, "doc-number-form").then_some("form");
        let found = [
            shown(number.as_ref().map(|n| n.normalized.clone())),
            shown(number.as_ref().and_then(|n| n.agency.clone())),
            shown(number.as_ref().and_then(|n| n.year)),
            shown(number.as_ref().and_then(|n| n.serial)),
            shown(form),
        ];
        assert_eq!(found.as_slice(), &row[1..], "{}", row[0]);
    }
}

#[test]
fn index_numbers() {
    for row in rows(include_str!("spec/index_numbers.tsv")) {
        let notice = parse(&format!("索引号：{}\n{TEXT}\n各有关单位：\n{BODY}", row[0]));
        let wrong = has(&notice, "index-number-check");
        let number = notice.header.index_number.expect(row[0]);
        assert_eq!(number.text, row[0]);
        assert_eq!(wrong, row[2] == "false", "{}", row[0]);
        let found = [
            shown(number.organization),
            shown(number.organization_valid),
            shown(number.division),
            shown(number.year_month),
            shown(number.serial),
        ];
        assert_eq!(found.as_slice(), &row[1..], "{}", row[0]);
    }
}

#[test]
fn addressees() {
    for row in rows(include_str!("spec/addressees.tsv")) {
        let header = parse(&format!("{TEXT}\n{}\n{BODY}", row[0])).header;
        assert_eq!(header.addressees.join("|"), row[1], "{}", row[0]);
    }
}

#[test]
fn cards() {
    for row in rows(include_str!("spec/cards.tsv")) {
        let header = parse(&format!("{}\n各有关单位：\n{BODY}", row[0])).header;
        for pair in row[1].split('|') {
            let (key, value) = pair.split_once('=').expect("key=value");
            assert_eq!(of(&header, key), value, "{key} of {}", row[0]);
        }
    }
}

#[test]
fn notices() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("spec/notices.tsv")) {
        let text = row[0].replace('⏎', "\n").replace('¶', BODY.trim_end());
        let notice = parse(&text);
        for pair in &row[1..] {
            let (key, value) = pair.split_once('=').expect("key=value");
            let found = match key {
                "unplaced" => notice.unplaced.len().to_string(),
                "finding" if has(&notice, value) => value.to_owned(),
                "finding" => String::new(),
                _ => of(&notice.header, key),
            };
            if found != value {
                wrong.push(format!("{key} is {found:?}, not {value:?}, of {}", row[0]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn has(notice: &Notice, code: &str) -> bool {
    notice.diagnostics.iter().any(|d| d.code.id() == code)
}

fn of(header: &Header, key: &str) -> String {
    match key {
        "title" => shown(header.title.clone()),
        "kind" => shown(header.kind.clone()),
        "doc_number" => shown(header.doc_number.as_ref().map(|n| n.normalized.clone())),
        "issuers" => header.issuers.join("|"),
        "signed_by" => header.signed_by.join("|"),
        "addressees" => header.addressees.join("|"),
        "cc" => header.cc.join("|"),
        "approver" => shown(header.approver.clone()),
        "note" => shown(header.note.clone()),
        "printed_by" => shown(header.printed_by.clone()),
        "printed_on" => shown(header.printed_on),
        "index_number" => shown(header.index_number.as_ref().map(|n| n.text.clone())),
        "topic" => shown(header.topic.clone()),
        "category" => shown(header.category.clone()),
        "validity" => shown(header.validity.clone()),
        "disclosure" => shown(header.disclosure.clone()),
        "origin" => shown(header.origin.clone()),
        "written_on" => shown(header.written_on),
        "published_on" => shown(header.published_on),
        "effective_on" => shown(header.effective_on),
        "expires_on" => shown(header.expires_on),
        _ => panic!("no such key: {key}"),
    }
}
