//! A notice reads the same from its page as from its text: same JSON, but for `source` and spans.

use std::fs;

use serde_json::Value;

fn parse(file: &str) -> Value {
    let bytes = fs::read(format!("samples/{file}")).unwrap();
    let notice = gongwen::parse_bytes(&bytes, &gongwen::Options::default());
    serde_json::from_str(&gongwen::to_json(&notice)).unwrap()
}

/// Leaves out what may differ.
fn without_places(mut value: Value) -> Value {
    match &mut value {
        Value::Object(map) => {
            map.retain(|key, _| !matches!(key.as_str(), "source" | "span" | "spans"));
            for inner in map.values_mut() {
                *inner = without_places(inner.take());
            }
        }
        Value::Array(list) => {
            for inner in list {
                *inner = without_places(inner.take());
            }
        }
        _ => {}
    }
    value
}

#[track_caller]
fn check(page: &str, text: &str) {
    let (page, text) = (parse(page), parse(text));
    assert_eq!(page["source"]["format"], "html");
    assert_eq!(text["source"]["format"], "text");
    let pretty = |value| serde_json::to_string_pretty(&without_places(value)).unwrap();
    let (page, text) = (pretty(page), pretty(text));
    for (n, (a, b)) in page.lines().zip(text.lines()).enumerate() {
        assert_eq!(a, b, "line {n}");
    }
    assert_eq!(page.lines().count(), text.lines().count());
}

#[test]
fn a_page_with_a_header_table() {
    check("page-header-table.html", "labelled-header.txt");
}

#[test]
fn a_page_in_gb2312() {
    check("page-gb2312.html", "gb18030.txt");
    assert_eq!(parse("page-gb2312.html")["source"]["encoding"], "gb18030");
}

#[test]
fn a_page_with_meta_names_only() {
    let page = parse("page-meta-only.html");
    let header = &page["header"];
    assert_eq!(
        header["title"],
        "临河县人民政府关于加强农村公路养护管理工作的意见"
    );
    assert_eq!(header["kind"], "意见");
    assert_eq!(header["published_on"], "2023-09-11");
    assert_eq!(header["written_on"], "2023-09-08");
    assert_eq!(header["origin"], "临河县交通运输局");
    assert_eq!(
        header["keywords"],
        serde_json::json!(["农村公路", "养护", "意见"])
    );
    assert_eq!(header["other"]["网站名称"], "临河县人民政府");
    assert_eq!(header["other"]["栏目名称"], "县政府文件");
    let codes: Vec<_> = page["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["code"].as_str().unwrap())
        .collect();
    assert!(codes.contains(&"flattened-table"), "{codes:?}");
    assert!(codes.contains(&"picture-left-out"), "{codes:?}");
}
