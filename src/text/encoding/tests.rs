use super::*;

/// Sentences as notices have them, long to short.
const NOTICES: &[&str] = &[
    "市人民政府各部门：\n为进一步优化营商环境，现将《2024年重点工作方案》印发给你们，请认真贯彻执行。\n一、总体要求\n（一）力争全年新增企业300家以上。（责任单位：市发展改革委、市财政局）\n",
    "各县（市、区）人民政府，市政府有关部门：",
    "关于做好安全生产工作的通知",
    "2024年6月底前完成。",
    "国务院办公厅通知",
    "责任单位：市财政局",
];

/// Notices in traditional characters.
const TRADITIONAL: &[&str] = &[
    "各縣（市、區）人民政府：\n為進一步優化營商環境，現將《重點工作方案》印發給你們，請認真貫徹執行。\n一、總體要求。",
    "關於加強食品安全監督管理工作的通知",
    "香港特別行政區政府公報",
    "行政院環境部公告",
    "教育局通告第12號",
];

#[track_caller]
fn check(bytes: &[u8], encoding: Encoding, text: &str, replaced: usize) {
    let decoded = decode(bytes, None);
    assert_eq!(decoded.encoding, encoding, "{}", decoded.text);
    assert_eq!(decoded.text, text);
    assert_eq!(decoded.replaced, replaced);
    assert_eq!(decoded.first_replaced.is_some(), replaced > 0);
}

fn encode(text: &str, encoding: Encoding) -> Vec<u8> {
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect();
    match encoding {
        Encoding::Utf16Le => wide(u16::to_le_bytes),
        Encoding::Utf16Be => wide(u16::to_be_bytes),
        _ => {
            let (bytes, _, unmappable) = encoding.coding().encode(text);
            assert!(!unmappable, "{text} in {}", encoding.name());
            bytes.into_owned()
        }
    }
}

#[test]
fn every_encoding_is_told_from_the_others() {
    for text in NOTICES {
        for encoding in Encoding::ALL {
            if encoding != Encoding::Big5 {
                check(&encode(text, encoding), encoding, text, 0);
            }
        }
    }
    for text in TRADITIONAL {
        for encoding in Encoding::ALL {
            check(&encode(text, encoding), encoding, text, 0);
        }
    }
}

#[test]
fn marks_are_left_off() {
    for encoding in Encoding::ALL {
        let bytes = [encoding.mark(), &encode("關於通知\n", encoding)].concat();
        check(&bytes, encoding, "關於通知\n", 0);
        assert_eq!(decode(&bytes, Some(encoding)).text, "關於通知\n");
    }
}

#[test]
fn no_bytes_and_ascii_are_utf8() {
    for text in ["", "\n", "2024-06-30", "GB/T 9704", "a > b\n<c>"] {
        check(text.as_bytes(), Encoding::Utf8, text, 0);
    }
}

#[test]
fn latin_letters_in_utf16_without_a_mark() {
    let text = "Notice No. 4 of 2024\nAll departments\n";
    check(&encode(text, Encoding::Utf16Le), Encoding::Utf16Le, text, 0);
    check(&encode(text, Encoding::Utf16Be), Encoding::Utf16Be, text, 0);
}

#[test]
fn pairs_of_gbk_that_look_like_utf8() {
    check(b"\xc1\xaa\xcd\xa8", Encoding::Gb18030, "联通", 0);
    check("café".as_bytes(), Encoding::Utf8, "café", 0);
}

#[test]
fn broken_utf8_stays_utf8() {
    let text = NOTICES[0];
    for at in 1..text.len() {
        let head = &text.as_bytes()[..at];
        let decoded = decode(head, None);
        assert_eq!(decoded.encoding, Encoding::Utf8, "cut at {at}");
        let whole = text.is_char_boundary(at);
        assert_eq!(decoded.replaced, usize::from(!whole), "cut at {at}");
        // From behind, too: what is left of a character is no reason either.
        let tail = &text.as_bytes()[at..];
        if tail.len() > 24 {
            assert_eq!(decode(tail, None).encoding, Encoding::Utf8, "from {at}");
        }
    }
    let mut bytes = text.as_bytes().to_vec();
    bytes[10] = 0xff;
    bytes[60] = b'?';
    let decoded = decode(&bytes, None);
    assert_eq!(decoded.encoding, Encoding::Utf8);
    assert!(decoded.replaced >= 2);
    assert!(decoded.text.ends_with("财政局）\n"));
}

#[test]
fn gb18030_cut_or_broken() {
    let mut bytes = encode(NOTICES[0], Encoding::Gb18030);
    bytes.pop();
    bytes.pop();
    let cut = decode(&bytes, None);
    assert_eq!((cut.encoding, cut.replaced), (Encoding::Gb18030, 1));
    bytes[4] = 0xff;
    let broken = decode(&bytes, None);
    assert_eq!(broken.encoding, Encoding::Gb18030);
    assert_eq!(broken.first_replaced, broken.text.find('\u{fffd}'));
}

#[test]
fn what_the_input_holds_is_not_counted() {
    let text = "甲\u{fffd}乙";
    check(text.as_bytes(), Encoding::Utf8, text, 0);
    for encoding in [Encoding::Gb18030, Encoding::Utf16Le] {
        let bytes = encode(text, encoding);
        let decoded = decode(&bytes, Some(encoding));
        assert_eq!((&*decoded.text, decoded.replaced), (text, 0));
    }
    let mut bytes = text.as_bytes().to_vec();
    bytes.push(0xe4);
    let decoded = decode(&bytes, Some(Encoding::Utf8));
    assert_eq!(decoded.replaced, 1);
    assert_eq!(decoded.first_replaced, Some(text.len()));
}

#[test]
fn what_is_asked_for_is_done() {
    let decoded = decode("通知".as_bytes(), Some(Encoding::Gb18030));
    assert_eq!(decoded.encoding, Encoding::Gb18030);
    assert_ne!(decoded.text, "通知");
    let decoded = decode(b"\xff\xfe\x1a\x90", Some(Encoding::Utf8));
    assert_eq!(decoded.replaced, 3);
}

#[test]
fn rare_hanzi_of_gb18030() {
    let text = "关于龑𠮷镇政府有关工作的通知";
    check(&encode(text, Encoding::Gb18030), Encoding::Gb18030, text, 0);
}

#[test]
fn ascii_before_the_first_hanzi() {
    let script = "var a = \"b\";\n".repeat(4000);
    for encoding in [Encoding::Utf8, Encoding::Gb18030] {
        let text = format!("{script}{}", NOTICES[0]);
        check(&encode(&text, encoding), encoding, &text, 0);
    }
    let line = format!("<p>{}</p>{}", "a".repeat(100_000), NOTICES[1]);
    check(
        &encode(&line, Encoding::Gb18030),
        Encoding::Gb18030,
        &line,
        0,
    );
}

#[test]
fn what_a_page_declares() {
    let gbk = "<meta charset=gb2312><p>㈱㎎</p>";
    check(&encode(gbk, Encoding::Gb18030), Encoding::Gb18030, gbk, 0);
    // A page that was saved anew keeps its old declaration.
    let saved = "<html><meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\"><p>关于通知</p>";
    check(saved.as_bytes(), Encoding::Utf8, saved, 0);
    let wrong = "<html><meta charset=\"utf-8\"><p>各县（市、区）人民政府，市政府有关部门：</p>";
    check(
        &encode(wrong, Encoding::Gb18030),
        Encoding::Gb18030,
        wrong,
        0,
    );
    for (page, label) in [
        (
            "<?xml version=\"1.0\" encoding='GBK'?>",
            Some(Encoding::Gb18030),
        ),
        (
            "\n <META content=\"text/html; Charset = big5 \">",
            Some(Encoding::Big5),
        ),
        ("<meta charset=>", None),
        ("charset=gbk", None),
        ("<p>", None),
        ("", None),
    ] {
        assert_eq!(declared(page.as_bytes()), label, "{page}");
    }
}

#[test]
fn labels() {
    for (label, encoding) in [
        ("utf-8", Some(Encoding::Utf8)),
        ("GB2312", Some(Encoding::Gb18030)),
        ("gbk", Some(Encoding::Gb18030)),
        ("gb18030", Some(Encoding::Gb18030)),
        ("Big5-HKSCS", Some(Encoding::Big5)),
        ("utf-16", Some(Encoding::Utf16Le)),
        ("utf-16be", Some(Encoding::Utf16Be)),
        ("latin1", None),
        ("许昌", None),
    ] {
        assert_eq!(Encoding::from_label(label), encoding, "{label}");
    }
}

#[test]
fn line_ends() {
    for (text, unified) in [
        ("", ""),
        ("甲\r\n乙\r\n", "甲\r\n乙\r\n"),
        ("甲\r乙\r", "甲\n乙\n"),
        ("甲\r\r\n乙", "甲\n\r\n乙"),
    ] {
        assert_eq!(unify_line_ends(Cow::Borrowed(text)), unified);
    }
}

#[test]
fn what_is_no_text() {
    let noise: Vec<u8> = (0..4000u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
        .collect();
    for (bytes, kind) in [
        (&b"%PDF-1.7\n"[..], Some(NotText::Pdf)),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
            Some(NotText::OldOffice),
        ),
        (
            b"PK\x03\x04\x14\0\0\0[Content_Types].xml word/document.xml",
            Some(NotText::Docx),
        ),
        (b"PK\x03\x04\x14\0\0\0xl/workbook.xml", Some(NotText::Xlsx)),
        (b"PK\x03\x04\x14\0\0\0OFD.xml", Some(NotText::Ofd)),
        (b"PK\x03\x04\x14\0\0\0a.txt", Some(NotText::Zip)),
        (b"\x89PNG\r\n\x1a\n", Some(NotText::Picture)),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", Some(NotText::Picture)),
        (b"{\\rtf1\\ansi", Some(NotText::Rtf)),
        (
            b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0",
            Some(NotText::Binary),
        ),
        (&[0; 100], Some(NotText::Binary)),
        (&noise, Some(NotText::Binary)),
        (b"", None),
        (b"BM", None),
        (b"\xff\xfe", None),
        ("关于通知".as_bytes(), None),
        (b"PK-4", None),
    ] {
        assert_eq!(
            not_text(bytes),
            kind,
            "{:?}",
            String::from_utf8_lossy(bytes)
        );
    }
    for text in NOTICES {
        for encoding in [
            Encoding::Utf8,
            Encoding::Gb18030,
            Encoding::Utf16Le,
            Encoding::Utf16Be,
        ] {
            assert_eq!(not_text(&encode(text, encoding)), None, "{text}");
        }
    }
    // A stray control or two is no reason to refuse a text.
    let stray = format!("{}\0{}\u{7}", NOTICES[0], NOTICES[0]);
    assert_eq!(not_text(stray.as_bytes()), None);
}
