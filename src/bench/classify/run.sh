#!/bin/sh
# How good classifiers are that a service of its own trains with defaults; see ../README.md.
# usage: run.sh --compile-only | run.sh DATA [--quick] [--sets a,b] [--seeds 1,2,3] [--out file] | run.sh --table [--out file]
set -eu
. "$(dirname "$0")/../program.sh"

cd "$root"
exec "$jdk/bin/java" @src/main/jvm/java.args -Xmx3g -cp "$classpath" ClassifyBench "$@" \
    --about "$machine" --about "$version" --about "$commit"
