//! What holds of every text: each digit lies in an atom, atoms stand in order and apart, and hostile text takes linear time.

use std::time::{Duration, Instant};

use gongwen::analyze::quantities::{self, Atom, Reference};
use gongwen::date::Date;
use proptest::prelude::*;

fn atoms(text: &str) -> Vec<Atom<'_>> {
    let reference = Reference {
        year: None,
        written_on: Date::new(2024, 5, 29),
    };
    quantities::atoms_of_any_text(text, &reference);
    quantities::atoms(text, &reference)
}

fn place(text: &str, part: &str) -> (usize, usize) {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    (start, start + part.len())
}

/// Holds the laws for one text.
fn hold(text: &str) {
    let atoms = atoms(text);
    let mut last = 0;
    let mut covered = vec![false; text.len()];
    for atom in &atoms {
        let (start, end) = place(text, atom.text);
        assert!(
            start >= last && start < end,
            "{text}: {:?} overlaps",
            atom.text
        );
        last = end;
        covered[start..end].fill(true);
        let (core_start, core_end) = place(text, atom.core);
        assert!(
            start <= core_start && core_end <= end,
            "{text}: {:?} outside {:?}",
            atom.core,
            atom.text
        );
        for numeral in &atom.numerals {
            let (from, to) = place(text, numeral.text);
            assert!(
                start <= from && to <= end,
                "{text}: numeral {:?} outside",
                numeral.text
            );
        }
        if let (Some(low), Some(high)) = (atom.value, atom.upper) {
            assert!(low <= high, "{text}: {low} to {high}");
        }
    }
    for (at, c) in text.char_indices() {
        let digit = c.is_ascii_digit() || ('０'..='９').contains(&c);
        assert!(
            !digit || covered[at],
            "{text}: {c} at {at} lies in no atom: {atoms:?}"
        );
    }
}

/// Pieces that numbers and dates are made of, and what stands between them.
const PIECES: &[&str] = &[
    "1",
    "2",
    "7",
    "12",
    "30",
    "31",
    "2023",
    "2024",
    "０",
    "３",
    "１２",
    "一",
    "二",
    "三",
    "十",
    "百",
    "千",
    "万",
    "亿",
    "两",
    "零",
    "半",
    "第",
    "前",
    "后",
    "年",
    "月",
    "日",
    "号",
    "季度",
    "上半年",
    "年底",
    "每",
    "每月",
    "旬",
    "周",
    "世纪",
    "年代",
    "至",
    "到",
    "—",
    "-",
    "~",
    ".",
    ",",
    "，",
    "、",
    ":",
    "：",
    "/",
    "+",
    "%",
    "％",
    "‰",
    "个百分点",
    "元",
    "万元",
    "家",
    "个",
    "个工作日",
    "分之",
    "又",
    "成",
    "折",
    "倍",
    "翻",
    "番",
    "余",
    "多",
    "几",
    "数",
    "内",
    "以上",
    "以下",
    "左右",
    "不低于",
    "超过",
    "约",
    "在",
    "之间",
    "和",
    "与",
    "〔",
    "〕",
    "（",
    "）",
    "“",
    "”",
    "。",
    " ",
    "　",
    "\n",
    "A",
    "GB/T ",
    "http://",
    "@",
    "k",
    "e",
    "^",
    "￥",
    "人民币",
    "春节",
    "Ⅲ",
    "负",
    "的",
    "打",
    "𠀀",
    "é",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pieces_in_any_order(picks in prop::collection::vec(0..PIECES.len(), 0..24)) {
        let text: String = picks.iter().map(|&i| PIECES[i]).collect();
        hold(&text);
    }

    #[test]
    fn any_characters(text in "\\PC{0,60}") {
        hold(&text);
    }
}

#[test]
fn every_truncation_of_the_sample() {
    let text = std::fs::read_to_string("samples/xuchang.txt").unwrap();
    for paragraph in text.lines() {
        hold(paragraph);
    }
    let start: String = text.chars().take(1500).collect();
    for (end, _) in start.char_indices() {
        hold(&start[..end]);
    }
}

/// Hostile text: a piece over and over again takes no more than its length calls for.
#[test]
fn repetition_takes_linear_time() {
    let pieces = [
        "1",
        "零",
        "一",
        "1—",
        "1-",
        "1、",
        "1:",
        "1.",
        "1/",
        "1+",
        "1,000",
        "1，",
        "1 ",
        "a1",
        "1a",
        "十",
        "万",
        "第",
        "第1",
        "每",
        "每月",
        "1月",
        "1月、",
        "1日、",
        "6月1日，",
        "2024年",
        "2024—",
        "三分之",
        "百分之",
        "1又",
        "翻",
        "半",
        "1个半",
        "负",
        "-",
        "大于1",
        "大于1且",
        "不低于",
        "1和",
        "5元3",
        "5元3角",
        "http://1",
        "@1",
        "1@",
        "〔2023〕",
        "〔2023",
        "1年内",
        "近1年",
        "1^",
        "1e",
        "十四五",
        "“十四五",
        "一千多万",
        "1万",
        "二〇",
        "，12日",
        "Ⅲ",
        "1——",
    ];
    for piece in pieces {
        let text = piece.repeat(200_000 / piece.len());
        let started = Instant::now();
        atoms(&text);
        let took = started.elapsed();
        assert!(took < Duration::from_secs(4), "{piece:?} took {took:?}");
    }
    hold(&"1".repeat(1_000_000));
    hold(&"零".repeat(100_000));
    hold(&"1—".repeat(20_000));
}
