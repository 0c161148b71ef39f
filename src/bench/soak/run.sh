#!/bin/sh
# Whether memory stays flat over millions of steps and over many trainings; see ../README.md. Starts all that it needs.
# usage: run.sh --compile-only | run.sh walk|training [--quick] [--steps 2000000] [--minutes 20] [--out file]
set -eu
. "$(dirname "$0")/../program.sh"

cd "$root"
# The heap is there from the start: what grows beside it shows in the resident memory.
exec "$jdk/bin/java" @src/main/jvm/java.args -Xms128m -Xmx128m -XX:+AlwaysPreTouch -cp "$classpath" SoakBench "$@" \
    --about "$machine" --about "$version" --about "$commit"
