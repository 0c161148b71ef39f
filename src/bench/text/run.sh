#!/bin/sh
# How well a language model learns a text in a given time, and how fast it writes; see ../README.md.
# usage: run.sh --compile-only | run.sh --train FILE --test FILE [--time PT5M] [--threads 1] [--out FILE] …
set -eu
. "$(dirname "$0")/../program.sh"

cd "$root"
exec "$jdk/bin/java" @src/main/jvm/java.args -Xmx4g -cp "$classpath" TextBench "$@" \
    --about "$machine" --about "$version" --about "$commit"
