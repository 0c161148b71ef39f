#!/bin/sh
# How well language models learn a text in a given time, and how fast they read and write; see ../README.md. Starts all that it needs.
# usage: run.sh --compile-only | run.sh [FOLDER] [--quick] [--rows PATTERN] [--out target/bench/text.jsonl] [--table]
set -eu
shared="stream/BenchServer.java stream/Socket.java"
. "$(dirname "$0")/../program.sh"

cd "$root"
exec "$jdk/bin/java" @src/main/jvm/java.args -Xmx4g -Dserver.java="$jdk/bin/java" -Dserver.classpath="$classpath" \
    -cp "$classpath" TextBench "$@" --about "$machine" --about "$version" --about "$commit"
