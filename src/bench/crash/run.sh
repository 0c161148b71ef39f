#!/bin/sh
# Kills the service with -9 over and over, and counts what that breaks; see ../README.md. Starts the service by itself.
# usage: run.sh --compile-only | run.sh [--quick] [--rounds 20] [--seed 1] [--database h2|postgres]
set -eu
scope=test # the clients stand on the libraries of the tests: PostgreSQL, H2 and the JSON of the service
. "$(dirname "$0")/../program.sh"

service="$root/target/classes:$(libraries runtime validate)"
cd "$root"
# Of the service, starts are most of the work: its compiler does the quick half alone, which makes vectors slower than loops.
exec "$jdk/bin/java" -cp "$classpath" CrashBench --about "$machine" --about "$version" --about "$commit" "$@" \
    -- "$jdk/bin/java" @src/main/jvm/java.args -XX:TieredStopAtLevel=1 -Dio.foretide.kernel.bits=0 \
    -cp "$service" io.foretide.ForetideApplication
