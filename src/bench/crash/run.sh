#!/bin/sh
# Kills the service with -9 over and over, and counts what that breaks; see ../README.md. Starts the service by itself.
# usage: run.sh --compile-only | run.sh [--quick] [--rounds 20] [--seed 1] [--database h2|postgres]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
built="$root/target/bench/crash"
mkdir -p "$built/classes"

# The clients stand on the libraries of the tests: PostgreSQL, H2 and the JSON of the service.
(cd "$root" && ./mvnw -q -B compile dependency:build-classpath -Dmdep.outputFile="$built/test-classpath")
(cd "$root" && ./mvnw -q -B validate dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$built/classpath")
jdk=$(awk -F '[<>]' '/<version>/ { version = $3 } /<jdkHome>/ && version ~ /^25/ { print $3; exit }' "$root/target/installed-jdks.xml")
"$jdk/bin/javac" -proc:none -cp "$(cat "$built/test-classpath")" -d "$built/classes" "$here"/*.java
[ "${1:-}" != --compile-only ] || exit 0

machine=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
changed=$(git -C "$root" status --porcelain --untracked-files=no | head -n 1)
cd "$root"
# Of the service, starts are most of the work: its compiler does the quick half alone, which makes vectors slower than loops.
exec "$jdk/bin/java" -cp "$built/classes:$(cat "$built/test-classpath")" CrashBench \
    --about "machine   $machine, $(nproc) cores" \
    --about "JDK       $("$jdk/bin/java" -version 2>&1 | sed -n 2p)" \
    --about "commit    $(git rev-parse --short HEAD)${changed:+ with changes}" \
    "$@" \
    -- "$jdk/bin/java" @src/main/jvm/java.args -XX:TieredStopAtLevel=1 -Dio.foretide.kernel.bits=0 \
    -cp "target/classes:$(cat "$built/classpath")" io.foretide.ForetideApplication
