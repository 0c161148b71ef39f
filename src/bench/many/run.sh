#!/bin/sh
# How long and how much memory one model of many series takes; see ../README.md. Starts all that it needs.
# usage: run.sh --compile-only | run.sh [--series 10000] [--length 200] [--heap 1g] [--query max_duration=PT30S]… [--out file]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
built="$root/target/bench/many"
mkdir -p "$built"

(cd "$root" && ./mvnw -q -B compile dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$built/classpath")
classpath="$root/target/classes:$(cat "$built/classpath")"
jdk=$(awk -F '[<>]' '/<version>/ { version = $3 } /<jdkHome>/ && version ~ /^25/ { print $3; exit }' "$root/target/installed-jdks.xml")
"$jdk/bin/javac" -proc:none -cp "$classpath" -d "$built" "$here"/*.java
[ "${1:-}" != --compile-only ] || exit 0

machine=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
changed=$(git -C "$root" status --porcelain --untracked-files=no | head -n 1)
cd "$root"
exec "$jdk/bin/java" @src/main/jvm/java.args -Xmx512m -cp "$built:$classpath" ManySeriesBench "$@" \
    --about "machine   $machine, $(nproc) cores" \
    --about "JDK       $("$jdk/bin/java" -version 2>&1 | sed -n 2p)" \
    --about "commit    $(git rev-parse --short HEAD)${changed:+ with changes}"
