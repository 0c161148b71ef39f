#!/usr/bin/env bash
# Runs all examples against a service that is up, one after the other, and ends at the first claim that does not hold.
# usage: run-all.sh [--short]
set -euo pipefail
cd "$(dirname "$0")"

for script in */run.sh; do
  begun=$SECONDS
  echo "== ${script%/run.sh}"
  "./$script" "$@"
  echo "   $((SECONDS - begun)) s"
done
