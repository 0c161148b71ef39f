#!/bin/sh
# What it costs to keep the observations of sessions; see ../README.md.
# usage: run.sh --compile-only | run.sh [FOLDER|postgres] [SESSIONS] [OBSERVATIONS_A_SECOND] [SECONDS]
set -eu
scope=test
. "$(dirname "$0")/../program.sh"

printf '%s\n' "$machine" "$version" "$commit"
folder=${1:-"$built/data-$$"}
[ $# -gt 0 ] || trap 'rm -rf "$folder"' EXIT
"$jdk/bin/java" -Xmx2g -cp "$classpath" \
    io.foretide.streaming.JournalBench "$folder" "${2:-100000}" "${3:-150000}" "${4:-600}" | grep --line-buffered -v ' DEBUG \| INFO '
