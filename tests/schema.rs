//! The schema and the model say the same: every sample's output validates, and every key, value of an
//! enumeration and required mark of one is in the other.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

fn schema() -> Value {
    let text = fs::read_to_string("schemas/notice.schema.json").unwrap();
    serde_json::from_str(&text).unwrap()
}

fn samples() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir("samples")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt" || e == "html"))
        .collect();
    files.sort();
    files
}

fn parsed(file: &PathBuf) -> Value {
    let options = gongwen::Options {
        name: Some(file.display().to_string()),
        ..Default::default()
    };
    let notice = gongwen::parse_bytes(&fs::read(file).unwrap(), &options);
    serde_json::from_str(&gongwen::to_json(&notice)).unwrap()
}

#[test]
fn the_schema_is_one() {
    jsonschema::draft202012::meta::validate(&schema()).unwrap();
}

#[test]
fn every_sample_validates() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    assert!(!samples().is_empty());
    for file in samples() {
        let output = parsed(&file);
        let errors: Vec<String> = validator
            .iter_errors(&output)
            .map(|e| format!("{}: {e}", e.instance_path))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", file.display());
    }
}

/// Every object of the schema is closed and requires all its keys, so that a key the model gains or loses fails
/// [`every_sample_validates`]; this test holds the schema to that.
#[test]
fn every_object_is_closed() {
    fn walk(at: &str, value: &Value) {
        if let Some(properties) = value.get("properties").and_then(Value::as_object) {
            assert_eq!(
                value.get("additionalProperties"),
                Some(&json!(false)),
                "{at}"
            );
            let required = value["required"].as_array().unwrap();
            assert_eq!(required.len(), properties.len(), "{at}");
        }
        match value {
            Value::Object(map) => map.iter().for_each(|(k, v)| walk(&format!("{at}/{k}"), v)),
            Value::Array(list) => list.iter().for_each(|v| walk(at, v)),
            _ => {}
        }
    }
    walk("", &schema());
}

/// A notice with something in every place validates, so that no definition is only ever met empty.
#[test]
fn a_full_notice_validates() {
    let span = json!({"start": 0, "end": 1, "line": 1});
    let period = json!({"text": "上半年", "start": "2024-01-01", "end": "2024-06-30"});
    let deadline = json!({"text": "度夏前", "date": null, "event": "度夏"});
    let node = json!({
        "id": "1", "kind": "measure", "marker": "1.", "number": 1, "title": "甲", "text": "乙", "span": span,
        "responsibilities": [{"role": "lead", "unit": "市商务局", "text": "市商务局", "inherited_from": "1", "span": span}],
        "targets": [{
            "text": "培训600人次", "action": "培训", "indicator": "企业家",
            "quantity": {"text": "600人次以上", "comparator": "ge", "value": 600.5, "upper": 700, "unit": "人次", "kind": "count", "span": span},
            "modality": "ensure", "change": "level", "baseline": {"text": "比2020年", "span": span},
            "period": period, "deadline": deadline, "due": "2024-06-30", "span": span
        }],
        "milestones": [{"text": "完成", "modality": "strive", "period": period, "deadline": deadline, "due": null, "span": span}],
        "mentions": [{"kind": "ordinal", "text": "第3期", "value": 3, "unit": "期", "span": span}],
        "children": []
    });
    let mut notice = json!({
        "schema_version": "1.0",
        "source": {"name": "x", "format": "html", "encoding": "UTF-8", "bytes": 1, "sha256": "0".repeat(64)},
        "header": parsed(&PathBuf::from("samples/xuchang.txt"))["header"],
        "body": [node], "attachments": [{"number": 1, "title": "甲", "span": span, "body": [node]}],
        "units": [{"name": "市商务局", "level": "prefecture", "kind": "department", "written_as": ["市商务局"], "nodes": [{"id": "1", "role": "lead"}]}],
        "diagnostics": [{"code": "numbering-gap", "severity": "warning", "message": "x", "span": span, "args": ["3"], "fix": {"span": span, "replacement": "3"}, "related": [span]}],
        "unplaced": [{"text": "x", "span": span}]
    });
    notice["header"]["doc_number"] =
        json!({"text": "x", "normalized": "x", "agency": "x", "year": 2024, "serial": 4});
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&notice)
        .map(|e| format!("{}: {e}", e.instance_path))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    // And the model reads what the schema allows, to the last key.
    let back: gongwen::Notice = serde_json::from_str(&notice.to_string()).unwrap();
    let again: Value = serde_json::from_str(&gongwen::to_json(&back)).unwrap();
    assert_eq!(again, notice);
}

/// Every value of every enumeration of the schema is one of the model's, and the other way round.
#[test]
fn enumerations_agree() {
    use gongwen::model::{
        Change, Comparator, Format, Level, MentionKind, Modality, NodeKind, QuantityKind, Role,
        UnitKind,
    };

    fn agree<T: serde::de::DeserializeOwned + serde::Serialize>(pointer: &str, variants: usize) {
        let schema = schema();
        let values = schema
            .pointer(pointer)
            .unwrap_or_else(|| panic!("{pointer}"))
            .as_array()
            .unwrap();
        let named: Vec<&Value> = values.iter().filter(|v| !v.is_null()).collect();
        for value in &named {
            let read: T = serde_json::from_value((*value).clone())
                .unwrap_or_else(|e| panic!("{pointer}: {e}"));
            assert_eq!(serde_json::to_value(read).unwrap(), **value);
        }
        assert_eq!(named.len(), variants, "{pointer}");
    }
    fn count<T: serde::de::DeserializeOwned + std::fmt::Debug>() -> usize {
        // serde names the variants it would have taken.
        let error = serde_json::from_str::<T>("\"\\u0000\"")
            .unwrap_err()
            .to_string();
        error.matches('`').count() / 2 - 1
    }
    let kinds = "/$defs/node/properties/kind/enum";
    agree::<NodeKind>(kinds, count::<NodeKind>());
    agree::<Role>("/$defs/role/enum", count::<Role>());
    agree::<Comparator>("/$defs/comparator/enum", count::<Comparator>());
    agree::<QuantityKind>("/$defs/quantity_kind/enum", count::<QuantityKind>());
    agree::<Modality>("/$defs/modality/enum", count::<Modality>());
    agree::<Change>("/$defs/target/properties/change/enum", count::<Change>());
    agree::<MentionKind>(
        "/$defs/mention/properties/kind/enum",
        count::<MentionKind>(),
    );
    agree::<Level>("/$defs/unit/properties/level/enum", count::<Level>());
    agree::<UnitKind>("/$defs/unit/properties/kind/enum", count::<UnitKind>());
    agree::<Format>("/$defs/source/properties/format/enum", count::<Format>());
}
