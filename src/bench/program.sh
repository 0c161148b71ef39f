# Read by the run.sh of a bench that is a program over the classes of the service: compiles it, and ends where it is asked for
# --compile-only. With scope=test it stands on the tests, too, and on their libraries; shared names files of other benches that
# it has beside its own. Sets root, built, jdk, classpath, and
# what stands above a table: machine, version and commit.
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
built="$root/target/bench/$(basename "$here")"
mkdir -p "$built"

# The libraries of a scope, after a phase of the build.
libraries() {
    (cd "$root" && ./mvnw -q -B "$2" dependency:build-classpath -DincludeScope="$1" -Dmdep.outputFile="$built/$1-libraries")
    cat "$built/$1-libraries"
}

if [ "${scope:-}" = test ]; then
    classpath="$built:$root/target/test-classes:$root/target/classes:$(libraries test test-compile)"
else
    classpath="$built:$root/target/classes:$(libraries runtime compile)"
fi
jdk=$(awk -F '[<>]' '/<version>/ { version = $3 } /<jdkHome>/ && version ~ /^25/ { print $3; exit }' "$root/target/installed-jdks.xml")
if [ -n "$(find "$here" -name '*.java')" ]; then
    "$jdk/bin/javac" -proc:none -cp "$classpath" -d "$built" "$here"/*.java $(for file in ${shared:-}; do echo "$here/../$file"; done)
fi
[ "${1:-}" != --compile-only ] || exit 0

changed=$(git -C "$root" status --porcelain --untracked-files=no | head -n 1)
machine="machine   $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores; all that is measured shares them"
version="JDK       $("$jdk/bin/java" -version 2>&1 | sed -n 2p)"
commit="commit    $(git -C "$root" rev-parse --short HEAD)${changed:+ with changes}"
