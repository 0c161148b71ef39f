#!/bin/sh
# Bad requests by the thousand; see ../README.md. Starts a service of its own.
# usage: run.sh --compile-only | run.sh [--quick] [--requests 12000] [--seed 1] [--only SEED]
set -eu
scope=test
. "$(dirname "$0")/../program.sh"

cd "$root"
printf '%s\n' "$machine" "$version" "$commit"
export OMP_NUM_THREADS=1 # trainings leave a core to the requests
exec "$jdk/bin/java" -cp "$classpath" io.foretide.fuzz.FuzzBench "$@"
