#!/bin/sh
# Sessions under load: throughput, latency, memory and durability; see ../README.md. Starts all that it needs. Linux.
# usage: run.sh --compile-only | run.sh [--quick] [--rows PATTERN] [--minutes 30] [--out target/bench/stream.jsonl] [--table]
set -eu
. "$(dirname "$0")/../program.sh"

cd "$root"
exec "$jdk/bin/java" -Xmx1g -Dserver.java="$jdk/bin/java" -Dserver.classpath="$classpath" -Dserver.folder="$built/data" \
    -cp "$built" stream.StreamBench "$@" --about "$machine" --about "$version" --about "$commit"
