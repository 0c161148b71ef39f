#!/bin/sh
# How many bytes a kept walk takes; see ../README.md.
# usage: run.sh --compile-only | run.sh
set -eu
. "$(dirname "$0")/../program.sh"

printf '%s\n' "$machine" "$version" "$commit"
exec "$jdk/bin/java" @"$root/src/main/jvm/java.args" -Dlogback.configurationFile=none -cp "$classpath" StateBytes
