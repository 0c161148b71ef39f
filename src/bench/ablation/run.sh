#!/bin/sh
# What each part of the forecasting method is worth; see ../README.md.
# usage: run.sh --compile-only | run.sh DATA [m3_yearly,tourism_quarterly,classics_r,nn5_weekly] [SEED]
set -eu
. "$(dirname "$0")/../program.sh"

data=$1
shift
printf '%s\n' "$machine" "$version" "$commit"
exec "$jdk/bin/java" @"$root/src/main/jvm/java.args" -Dlogback.configurationFile=none -cp "$classpath" \
    io.foretide.network.Ablations "$data" "${1:-m3_yearly,tourism_quarterly,classics_r,nn5_weekly}" "${2:-42}"
