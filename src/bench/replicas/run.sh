#!/bin/sh
# Jobs of two processes over one PostgreSQL, one of them disturbed; see ../README.md. Starts all that it needs.
# usage: run.sh --compile-only | run.sh [--quick] [--out file]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
built="$root/target/bench/replicas"
mkdir -p "$built"

# The processes and the PostgreSQL are those of the tests.
(cd "$root" && ./mvnw -q -B test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$built/classpath")
classpath="$built:$root/target/test-classes:$root/target/classes:$(cat "$built/classpath")"
jdk=$(awk -F '[<>]' '/<version>/ { version = $3 } /<jdkHome>/ && version ~ /^25/ { print $3; exit }' "$root/target/installed-jdks.xml")
"$jdk/bin/javac" -proc:none -cp "$classpath" -d "$built" "$here"/*.java
[ "${1:-}" != --compile-only ] || exit 0

machine=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
changed=$(git -C "$root" status --porcelain --untracked-files=no | head -n 1)
cd "$root"
"$jdk/bin/java" -cp "$classpath" ReplicasBench \
    --about "machine   $machine, $(nproc) cores; both processes and PostgreSQL share them" \
    --about "JDK       $("$jdk/bin/java" -version 2>&1 | sed -n 2p)" \
    --about "commit    $(git rev-parse --short HEAD)${changed:+ with changes}" \
    "$@"
