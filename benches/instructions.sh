#!/usr/bin/env bash
# Instructions per byte, from bytes to JSON on one thread. Unlike time, the count repeats whatever else the machine does. Needs valgrind.
#
#   benches/instructions.sh [FILE | FOLDER]     defaults to samples/xuchang.txt
#
# A file is read 50 times, and once; the difference leaves the start of the program out. A folder is read as it is.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo build --release --quiet
bin=$PWD/target/release/gongwen
input=${1:-samples/xuchang.txt}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# count FOLDER: the instructions that converting it takes.
count() {
    valgrind --tool=callgrind --callgrind-out-file="$work/out" \
        "$bin" convert --threads 1 --progress none "$1" --to jsonl --out - 2>/dev/null >/dev/null
    awk '/^summary:/ { print $2 } /^totals:/ { total = $2 } END { if (total) print total }' "$work/out" | tail -1
}

if [ -d "$input" ]; then
    bytes=$(find "$input" -type f -exec cat {} + | wc -c)
    instructions=$(count "$input")
else
    mkdir "$work/one" "$work/many"
    cp "$input" "$work/one/"
    for n in $(seq 50); do cp "$input" "$work/many/$n.${input##*.}"; done
    bytes=$((49 * $(wc -c <"$input")))
    instructions=$(($(count "$work/many") - $(count "$work/one")))
fi
awk -v i="$instructions" -v b="$bytes" 'BEGIN { printf "%d instructions for %d bytes: %.0f a byte\n", i, b, i / b }'
