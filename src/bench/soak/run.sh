#!/bin/sh
# Whether memory stays flat over millions of steps and over many trainings; see ../README.md. Starts all that it needs.
# usage: run.sh --compile-only | run.sh walk|training [--quick] [--steps 2000000] [--minutes 20] [--out file]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
built="$root/target/bench/soak"
mkdir -p "$built"

(cd "$root" && ./mvnw -q -B compile dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$built/classpath")
classpath="$root/target/classes:$(cat "$built/classpath")"
jdk=$(awk -F '[<>]' '/<version>/ { version = $3 } /<jdkHome>/ && version ~ /^25/ { print $3; exit }' "$root/target/installed-jdks.xml")
"$jdk/bin/javac" -proc:none -cp "$classpath" -d "$built" "$here"/*.java
[ "${1:-}" != --compile-only ] || exit 0

machine=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
changed=$(git -C "$root" status --porcelain --untracked-files=no | head -n 1)
cd "$root"
# The heap is there from the start: what grows beside it shows in the resident memory.
exec "$jdk/bin/java" @src/main/jvm/java.args -Xms128m -Xmx128m -XX:+AlwaysPreTouch -cp "$built:$classpath" SoakBench "$@" \
    --about "machine   $machine, $(nproc) cores" \
    --about "JDK       $("$jdk/bin/java" -version 2>&1 | sed -n 2p)" \
    --about "commit    $(git rev-parse --short HEAD)${changed:+ with changes}"
