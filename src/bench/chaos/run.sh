#!/bin/sh
# Clients of sessions while the service is killed, drained and cut off; see ../README.md. Starts all that it needs. Linux.
# usage: run.sh --compile-only | run.sh [--quick] [--minutes 10] [--seed 1] [--database h2|postgres]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
built="$root/target/bench/chaos"
mkdir -p "$built/classes"

# The clients stand on the libraries of the tests: PostgreSQL and the JSON of the service.
(cd "$root" && ./mvnw -q -B compile dependency:build-classpath -Dmdep.outputFile="$built/test-classpath")
(cd "$root" && ./mvnw -q -B validate dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$built/classpath")
jdk=$(awk -F '[<>]' '/<version>/ { version = $3 } /<jdkHome>/ && version ~ /^25/ { print $3; exit }' "$root/target/installed-jdks.xml")
"$jdk/bin/javac" -proc:none -cp "$(cat "$built/test-classpath")" -d "$built/classes" "$here"/*.java
[ "${1:-}" != --compile-only ] || exit 0

# Processes outlive the next build of the working tree.
rm -rf "$built/service"
cp -r "$root/target/classes" "$built/service"
machine=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
changed=$(git -C "$root" status --porcelain --untracked-files=no | head -n 1)
cd "$root"
exec "$jdk/bin/java" -Xmx1g -cp "$built/classes:$(cat "$built/test-classpath")" chaos.ChaosBench \
    --about "machine   $machine, $(nproc) cores; clients, processes and database share them" \
    --about "JDK       $("$jdk/bin/java" -version 2>&1 | sed -n 2p)" \
    --about "commit    $(git rev-parse --short HEAD)${changed:+ with changes}" \
    "$@" \
    -- "$jdk/bin/java" @src/main/jvm/java.args -Xmx512m -cp "$built/service:$(cat "$built/classpath")" io.foretide.ForetideApplication
