#!/bin/sh
# Our kernels beside Deeplearning4j, libtorch and ONNX Runtime; see ../README.md. Linux.
# usage: run.sh --compile-only | run.sh [--quick] [--rows PATTERN] [--out target/bench/engine.jsonl] [--table]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
built="$root/target/bench/engine"
rm -rf "$built/project" "$built/peers"
mkdir -p "$built/project" "$built/peers"

(cd "$root" && ./mvnw -q -B compile dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$built/classpath")
(cd "$root" && ./mvnw -q -B -f "$here/peers.xml" dependency:build-classpath -Dmdep.outputFile="$built/peers-classpath")
classpath="$built/project:$root/target/classes:$(cat "$built/classpath")"
peers="$built/peers:$(cat "$built/peers-classpath")"
jdk=$(awk -F '[<>]' '/<version>/ { version = $3 } /<jdkHome>/ && version ~ /^25/ { print $3; exit }' "$root/target/installed-jdks.xml")
cd "$here"
"$jdk/bin/javac" -nowarn -proc:none --add-modules jdk.incubator.vector -cp "$classpath" -d "$built/project" \
    Contender.java EngineBench.java Kernels.java Machine.java Result.java Rival.java Row.java Stock.java Table.java \
    Targets.java Worker.java
"$jdk/bin/javac" -proc:none -cp "$peers" -d "$built/peers" \
    Contender.java Libtorch.java OnnxModel.java OnnxRuntime.java Row.java Worker.java
[ "${1:-}" != --compile-only ] || exit 0

machine=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
changed=$(git -C "$root" status --porcelain --untracked-files=no | head -n 1)
cd "$root"
exec "$jdk/bin/java" --add-modules jdk.incubator.vector -Dpeers="$peers" -Darguments="$root/src/main/jvm/java.args" \
    -cp "$classpath" engine.EngineBench \
    --about machine "$machine, $(nproc) cores" \
    --about JDK "$("$jdk/bin/java" -version 2>&1 | sed -n 2p)" \
    --about commit "$(git rev-parse --short HEAD)${changed:+ with changes}" \
    "$@"
