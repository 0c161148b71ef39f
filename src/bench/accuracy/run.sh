#!/bin/sh
# Accuracy over data sets, of a service of its own; see ../README.md.
# usage: run.sh DATA SCORER [--quick] [--sets a,b] [--seeds 42,7] [--coverage] [--out file] | run.sh --table [--out file]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)

case " $* " in
*" --table "*) exec python3 -B "$here/accuracy.py" "$@" ;;
esac
(cd "$root" && ./mvnw -q -B package -DskipTests)
JDK=$(awk -F '[<>]' '/<version>/ { version = $3 } /<jdkHome>/ && version ~ /^25/ { print $3; exit }' "$root/target/installed-jdks.xml")
export JDK
exec python3 -B "$here/accuracy.py" "$@"
