#!/bin/sh
# Bad requests by the thousand; see ../README.md. Starts a service of its own.
# usage: run.sh --compile-only | run.sh [--quick] [--requests 12000] [--seed 1] [--only SEED]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
built="$root/target/bench"
mkdir -p "$built"
cd "$root"

./mvnw -q -B test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$built/fuzz-classpath"
[ "${1:-}" != --compile-only ] || exit 0
jdk=$(awk -F '[<>]' '/<version>/ { version = $3 } /<jdkHome>/ && version ~ /^25/ { print $3; exit }' target/installed-jdks.xml)
changed=$(git status --porcelain --untracked-files=no | head -n 1)
echo "machine   $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores; clients and service share them"
echo "JDK       $("$jdk/bin/java" -version 2>&1 | sed -n 2p)"
echo "commit    $(git rev-parse --short HEAD)${changed:+ with changes}"
export OMP_NUM_THREADS=1 # trainings leave a core to the requests
exec "$jdk/bin/java" -cp "target/test-classes:target/classes:$(cat "$built/fuzz-classpath")" io.foretide.fuzz.FuzzBench "$@"
