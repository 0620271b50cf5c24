//! One benchmark a stage on the Xuchang circular: decode, reflow, outline, analyse, emit, and the whole way.
//!
//! `cargo bench` prints time and throughput in bytes of input; `benches/against.sh` pairs the binary with `wc -m` and `iconv`.

#![allow(missing_docs)] // criterion's macro makes a public function.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gongwen::Options;
use gongwen::emit::json;
use gongwen::text::{encoding, reflow};

fn stages(criterion: &mut Criterion) {
    let bytes = std::fs::read("samples/xuchang.txt").expect("run from the project's root");
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    let (gb18030, _, _) = encoding_rs::GB18030.encode(&text);
    let notice = gongwen::parse(&text);
    assert!(!notice.body.is_empty());

    let mut group = criterion.benchmark_group("circular");
    group.throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("decode UTF-8", |b| {
        b.iter(|| encoding::decode(black_box(&bytes), None));
    });
    group.bench_function("decode GB18030", |b| {
        b.iter(|| encoding::decode(black_box(&gb18030), None));
    });
    group.bench_function("reflow", |b| b.iter(|| reflow::reflow(black_box(&text))));
    group.bench_function("outline", |b| {
        b.iter(|| {
            let lines = gongwen::syntax::line::lines(black_box(&text));
            gongwen::syntax::outline::outline(lines)
        });
    });
    group.bench_function("analyse", |b| b.iter(|| gongwen::parse(black_box(&text))));
    group.bench_function("emit JSON", |b| {
        let mut out = Vec::new();
        b.iter(|| {
            out.clear();
            json::append_compact(black_box(&notice), &mut out);
            out.len()
        });
    });
    group.bench_function("bytes to JSON", |b| {
        let mut out = Vec::new();
        b.iter(|| {
            out.clear();
            let notice = gongwen::parse_bytes(black_box(&bytes), &Options::default());
            json::append_compact(&notice, &mut out);
            out.len()
        });
    });
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
