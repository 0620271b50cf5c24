//! `gongwen convert --from-jsonl - --to jsonl -`.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use crate::{NOTICE, ends, gongwen, lines};

fn command() -> Command {
    let mut command = gongwen();
    command
        .args(["convert", "--from-jsonl", "-", "--to", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn feed(command: &mut Command, input: Vec<u8>) -> Output {
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let feeder = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    output
}

fn record(id: Value, text: &str) -> Vec<u8> {
    let mut line = serde_json::to_vec(&json!({ "id": id, "text": text })).unwrap();
    line.push(b'\n');
    line
}

#[test]
fn a_notice_a_line_in_order() {
    let mut input = Vec::new();
    for i in 0..200 {
        // Long and short in turn, so that threads overtake each other.
        input.extend(record(json!(i), &NOTICE.repeat(1 + 30 * (i % 2))));
    }
    let one = feed(command().args(["--threads", "1"]), input.clone());
    let many = feed(command().args(["--threads", "5"]), input);
    assert_eq!(ends(&one, 0), "");
    assert!(one.stdout == many.stdout);
    for (i, notice) in lines(&one.stdout).iter().enumerate() {
        assert_eq!(notice["source"]["name"], i.to_string());
        assert_eq!(notice["schema_version"], "1.0");
    }
}

#[test]
fn a_bad_record_becomes_a_line_of_its_own() {
    let mut input = record(json!("甲"), NOTICE);
    input.extend(b"{\"id\": \"no text\"}\n");
    input.extend(b"not json\n\n");
    input.extend(b"{\"id\": [1], \"text\": 5}\n");
    input.extend(b"\xff\xfe\n");
    input.extend(record(json!("long"), &"长".repeat(2000)));
    input.extend(record(Value::Null, ""));
    input.pop();
    let output = feed(command().args(["--max-bytes", "4k"]), input);
    ends(&output, 1);
    let lines = lines(&output.stdout);
    assert_eq!(lines.len(), 7);
    assert_eq!(lines[0]["source"]["name"], "甲");
    let ids: Vec<&Value> = lines[1..6].iter().map(|l| &l["id"]).collect();
    assert_eq!(
        ids,
        [
            &json!("no text"),
            &Value::Null,
            &json!([1]),
            &Value::Null,
            &Value::Null
        ]
    );
    for line in &lines[1..6] {
        assert!(
            line["error"].as_str().is_some_and(|e| !e.is_empty()),
            "{line}"
        );
        assert_eq!(line.as_object().unwrap().len(), 2);
    }
    assert!(lines[5]["error"].as_str().unwrap().contains("--max-bytes"));
    // An empty text is a notice without anything in it.
    assert_eq!(lines[6]["source"]["bytes"], 0);
}

#[test]
fn each_answer_comes_at_once() {
    let mut child = command().spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    for i in 0..3 {
        stdin.write_all(&record(json!(i), NOTICE)).unwrap();
        stdin.flush().unwrap();
        // The next record is not sent before this one is answered.
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let notice: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(notice["source"]["name"], i.to_string());
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let mut child = command().spawn().unwrap();
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().unwrap();
    for i in 0..10_000 {
        if stdin.write_all(&record(json!(i), NOTICE)).is_err() {
            break;
        }
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_page_can_be_named_one() {
    let mut line = json!({ "id": "p", "text": "<p>一、措施</p>", "format": "html" }).to_string();
    line.push('\n');
    let output = feed(&mut command(), line.into_bytes());
    ends(&output, 0);
    assert_eq!(lines(&output.stdout)[0]["source"]["format"], "html");
}
