#!/usr/bin/env bash
# How gradients vanish and explode on their way back through time. Needs no service, but its classes. usage: run.sh [--short]
set -euo pipefail
cd "$(dirname "$0")/../.."

[ -f target/classes/io/foretide/kernel/BatchGradient.class ] || ./mvnw -q -B compile
# The JDK that the build has found, as the one on the path may be older.
jdk=$(awk -F '[<>]' '/<version>/ { version = $3 } /<jdkHome>/ && version ~ /^25/ { print $3; exit }' target/installed-jdks.xml)
exec "$jdk/bin/java" @src/main/jvm/java.args -cp target/classes examples/gradients/GradientNorms.java
