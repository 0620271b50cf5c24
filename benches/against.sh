#!/usr/bin/env bash
# Pairs `gongwen convert` against `wc -m` and `iconv` on the same files, turn by turn on one core, and prints the ratios.
#
#   benches/against.sh [FOLDER] [ROUNDS]     FOLDER defaults to 2000 copies of samples/xuchang.txt
#
# Times are the least of ROUNDS (default 7) runs each; the tools take turns, so that a busy machine is busy for all.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
bin=$PWD/target/release/gongwen
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

folder=${1:-}
rounds=${2:-7}
if [ -z "$folder" ]; then
    folder=$work/in
    mkdir "$folder"
    for n in $(seq 2000); do cp samples/xuchang.txt "$folder/$n.txt"; done
fi
find "$folder" -type f -name '*.txt' -print0 | sort -z >"$work/files"
bytes=$(xargs -0 cat <"$work/files" | wc -c)
gb=$work/gb18030.txt
xargs -0 cat <"$work/files" | iconv -c -f utf-8 -t gb18030 >"$gb"

pin=(); command -v taskset >/dev/null && pin=(taskset -c 0)
now() { date +%s%N; }
# run NAME COMMAND...: keeps the least time of NAME.
declare -A least
run() {
    local name=$1 start took; shift
    start=$(now); "${pin[@]}" "$@" >/dev/null 2>&1; took=$(($(now) - start))
    if [ -z "${least[$name]:-}" ] || [ "$took" -lt "${least[$name]}" ]; then least[$name]=$took; fi
}
export LC_ALL=C.UTF-8
for _ in $(seq "$rounds"); do
    run "wc -m" xargs -0 -a "$work/files" wc -m
    run iconv iconv -f gb18030 -t utf-8 "$gb"
    run gongwen "$bin" convert --threads 1 --progress none --files-from "$work/files" --null --to jsonl --out -
done

printf '%d bytes of text\n' "$bytes"
for name in "wc -m" iconv gongwen; do
    awk -v n="$name" -v t="${least[$name]}" -v b="$bytes" 'BEGIN { printf "%-10s %9.1f ms  %8.1f MB/s\n", n, t / 1e6, b * 1e3 / t }'
done
awk -v g="${least[gongwen]}" -v w="${least["wc -m"]}" -v i="${least[iconv]}" \
    'BEGIN { printf "gongwen takes %.2f times as long as wc -m, %.2f times as long as iconv\n", g / w, g / i }'
