#!/bin/sh
# Latency of a forecast beside a trivial endpoint; see ../README.md. Needs a running service.
# usage: run.sh --compile-only | run.sh [--quick] [--url http://127.0.0.1:8080] [--out file]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
built="$root/target/bench"
port=${TRIVIAL_PORT:-8081}
mkdir -p "$built/classes"

# The trivial endpoint runs on the libraries and the JVM flags of the service.
(cd "$root" && ./mvnw -q -B validate dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$built/classpath")
jdk=$(awk -F '[<>]' '/<version>/ { version = $3 } /<jdkHome>/ && version ~ /^25/ { print $3; exit }' "$root/target/installed-jdks.xml")
"$jdk/bin/javac" -proc:none -parameters -cp "$(cat "$built/classpath")" -d "$built/classes" "$here"/*.java
[ "${1:-}" != --compile-only ] || exit 0
"$jdk/bin/java" @"$root/src/main/jvm/java.args" -cp "$built/classes:$(cat "$built/classpath")" TrivialEndpoint \
    --server.address=127.0.0.1 --server.port="$port" >"$built/trivial.log" 2>&1 &
trivial=$!
trap 'kill "$trivial" 2>/dev/null || true' EXIT

tries=0
until curl -s --noproxy '*' -o "$built/ready" --json '{}' "http://127.0.0.1:$port/trivial?bytes=2"; do
    tries=$((tries + 1))
    if [ "$tries" -gt 120 ] || ! kill -0 "$trivial" 2>/dev/null; then
        cat "$built/trivial.log" >&2
        exit 1
    fi
    sleep 0.5
done

machine=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
changed=$(git -C "$root" status --porcelain --untracked-files=no | head -n 1)
cd "$root"
"$jdk/bin/java" -cp "$built/classes" LatencyBench --trivial-url "http://127.0.0.1:$port" \
    --about "machine   $machine, $(nproc) cores; clients and servers share them" \
    --about "JDK       $("$jdk/bin/java" -version 2>&1 | sed -n 2p)" \
    --about "commit    $(git rev-parse --short HEAD)${changed:+ with changes}" \
    "$@"
