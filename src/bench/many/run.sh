#!/bin/sh
# How long and how much memory one model of many series takes; see ../README.md. Starts all that it needs.
# usage: run.sh --compile-only | run.sh [--series 10000] [--length 200] [--heap 1g] [--query max_duration=PT30S]… [--out file]
set -eu
. "$(dirname "$0")/../program.sh"

cd "$root"
exec "$jdk/bin/java" @src/main/jvm/java.args -Xmx512m -cp "$classpath" ManySeriesBench "$@" \
    --about "$machine" --about "$version" --about "$commit"
