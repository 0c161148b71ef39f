#!/bin/sh
# What it costs to keep the observations of sessions; see ../README.md.
# usage: run.sh --compile-only | run.sh [FOLDER|postgres] [SESSIONS] [OBSERVATIONS_A_SECOND] [SECONDS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
built="$root/target/bench"
mkdir -p "$built"
cd "$root"

./mvnw -q -B test-compile dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$built/journal-classpath"
[ "${1:-}" != --compile-only ] || exit 0
jdk=$(awk -F '[<>]' '/<version>/ { version = $3 } /<jdkHome>/ && version ~ /^25/ { print $3; exit }' target/installed-jdks.xml)
changed=$(git status --porcelain --untracked-files=no | head -n 1)
echo "machine   $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores; the sessions, the journal and the database share them"
echo "JDK       $("$jdk/bin/java" -version 2>&1 | sed -n 2p)"
echo "commit    $(git rev-parse --short HEAD)${changed:+ with changes}"
folder=${1:-"$built/journal-$$"}
[ $# -gt 0 ] || trap 'rm -rf "$folder"' EXIT
"$jdk/bin/java" -Xmx2g -cp "target/test-classes:target/classes:$(cat "$built/journal-classpath")" \
    io.foretide.streaming.JournalBench "$folder" "${2:-100000}" "${3:-150000}" "${4:-600}" | grep -v ' DEBUG \| INFO '
