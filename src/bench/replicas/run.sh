#!/bin/sh
# Jobs of two processes over one PostgreSQL, one of them disturbed; see ../README.md. Starts all that it needs.
# usage: run.sh --compile-only | run.sh [--quick] [--out file]
set -eu
scope=test # the processes and the PostgreSQL are those of the tests
. "$(dirname "$0")/../program.sh"

cd "$root"
"$jdk/bin/java" -cp "$classpath" ReplicasBench --about "$machine" --about "$version" --about "$commit" "$@"
