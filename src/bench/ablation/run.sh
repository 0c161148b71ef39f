#!/bin/sh
# What each part of the forecasting method is worth; see ../README.md.
# usage: run.sh --compile-only | run.sh DATA [m3_yearly,tourism_quarterly,classics_r,nn5_weekly] [SEED]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
built="$root/target/bench/ablation"
mkdir -p "$built"

(cd "$root" && ./mvnw -q -B compile dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$built/classpath")
classpath="$root/target/classes:$(cat "$built/classpath")"
jdk=$(awk -F '[<>]' '/<version>/ { version = $3 } /<jdkHome>/ && version ~ /^25/ { print $3; exit }' "$root/target/installed-jdks.xml")
"$jdk/bin/javac" -proc:none -cp "$classpath" -d "$built" "$here"/*.java
[ "${1:-}" != --compile-only ] || exit 0

data=$1
shift
changed=$(git -C "$root" status --porcelain --untracked-files=no | head -n 1)
echo "machine   $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores"
echo "JDK       $("$jdk/bin/java" -version 2>&1 | sed -n 2p)"
echo "commit    $(git -C "$root" rev-parse --short HEAD)${changed:+ with changes}"
exec "$jdk/bin/java" @"$root/src/main/jvm/java.args" -Dlogback.configurationFile=none -cp "$built:$classpath" \
    io.foretide.network.Ablations "$data" "${1:-m3_yearly,tourism_quarterly,classics_r,nn5_weekly}" "${2:-42}"
