# Read by the run.sh of a bench that is a program over the classes of the service: compiles it, and ends where it is asked for
# --compile-only. Sets root, jdk, classpath, and what stands above a table: machine, version and commit.
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
built="$root/target/bench/$(basename "$here")"
mkdir -p "$built"

(cd "$root" && ./mvnw -q -B compile dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile="$built/classpath")
classpath="$built:$root/target/classes:$(cat "$built/classpath")"
jdk=$(awk -F '[<>]' '/<version>/ { version = $3 } /<jdkHome>/ && version ~ /^25/ { print $3; exit }' "$root/target/installed-jdks.xml")
"$jdk/bin/javac" -proc:none -cp "$classpath" -d "$built" "$here"/*.java
[ "${1:-}" != --compile-only ] || exit 0

changed=$(git -C "$root" status --porcelain --untracked-files=no | head -n 1)
machine="machine   $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores"
version="JDK       $("$jdk/bin/java" -version 2>&1 | sed -n 2p)"
commit="commit    $(git -C "$root" rev-parse --short HEAD)${changed:+ with changes}"
