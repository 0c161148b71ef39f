#!/bin/sh
# How good classifiers are on labelled sets; see ../README.md.
# usage: run.sh --compile-only | run.sh FOLDER [SEEDS] [SET]…
set -eu
. "$(dirname "$0")/../program.sh"

folder=$1
seeds=${2:-3}
shift $(($# < 2 ? $# : 2))
if [ $# = 0 ]; then
    set -- $(cd "$folder" && ls -- *.jsonl.gz | sed 's/\.jsonl\.gz$//')
fi
printf '%s\n' "$machine" "$version" "$commit"
cd "$root"
exec "$jdk/bin/java" @src/main/jvm/java.args -Xmx4g -cp "$classpath" ClassifyBench "$folder" "$seeds" "$@"
