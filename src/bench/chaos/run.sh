#!/bin/sh
# Clients of sessions while the service is killed, drained and cut off; see ../README.md. Starts all that it needs. Linux.
# usage: run.sh --compile-only | run.sh [--quick] [--tasks] [--minutes 10] [--seed 1] [--database h2|postgres]
set -eu
shared=stream/Socket.java
scope=test # the clients stand on the libraries of the tests: PostgreSQL and the JSON of the service
. "$(dirname "$0")/../program.sh"

# Processes outlive the next build of the working tree.
service="$built/service:$(libraries runtime validate)"
rm -rf "$built/service"
cp -r "$root/target/classes" "$built/service"
cd "$root"
exec "$jdk/bin/java" -Xmx1g -cp "$classpath" chaos.ChaosBench --about "$machine" --about "$version" --about "$commit" "$@" \
    -- "$jdk/bin/java" @src/main/jvm/java.args -Xmx512m -cp "$service" io.foretide.ForetideApplication
