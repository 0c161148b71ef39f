#!/bin/bash
# What the layout of the image is worth at start-up, and a proof that it runs as the image does; see ../README.md.
# Needs root, for a root folder of its own.
# usage: run.sh [--quick] [--runs 5]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
built="$root/target/bench/image"
runs=5
port=${PORT:-18090}
while [ $# -gt 0 ]; do
  case "$1" in
    --quick) runs=1 ;;
    --runs) runs=$2; shift ;;
    *) sed -n 4p "$0" >&2; exit 2 ;;
  esac
  shift
done
[ "$(id -u)" = 0 ] || { echo "run.sh: needs root, for a root folder of its own" >&2; exit 2; }

cd "$root"
./mvnw -q -B -DskipTests package
jdk=$(awk -F '[<>]' '/<version>/ { version = $3 } /<jdkHome>/ && version ~ /^25/ { print $3; exit }' target/installed-jdks.xml)
export PATH="$jdk/bin:$PATH"

# The files of the image, made by the commands of the Dockerfile.
rm -rf "$built" && mkdir -p "$built/foretide" "$built/data"
chmod 755 "$built" && chown 10001:10001 "$built/data"
java -Djarmode=tools -jar target/foretide-*.jar extract --layers --application-filename foretide.jar \
  --destination "$built/layers" >"$built/extract.log"
src/main/docker/unpack-natives "$built/layers/dependencies/lib" "$built/foretide/natives"
cp -rp "$built"/layers/*/. src/main/jvm/java.args src/main/docker/{image.args,start,ready} "$built/foretide/"
cp -p target/foretide-*.jar "$built/foretide/nested.jar"

# Runs a command as the image would: as user 10001 without capabilities, on a root that is read-only but for /data and /tmp.
# It takes the place of the shell that calls it. With the variable writable set: as root, with a writable /opt/foretide, as while the image is built.
confined() {
  exec unshare --mount --fork --kill-child bash -euc '
    new=$1 foretide=$2 data=$3 jdk=$4; shift 4
    mount -t tmpfs tmpfs "$new"
    for folder in /bin /lib /lib64 /usr /etc /dev /proc "$jdk"; do
      mkdir -p "$new$folder"
      mount --bind "$folder" "$new$folder"
    done
    mkdir -p "$new"/{opt/foretide,data,tmp}
    mount --bind "$foretide" "$new/opt/foretide"
    mount --bind "$data" "$new/data"
    mount -t tmpfs -o mode=1777 tmpfs "$new/tmp"
    cd "$new/opt/foretide"
    if [ -n "${writable:-}" ]; then
      exec chroot "$new" env --chdir=/opt/foretide "$@"
    fi
    for folder in /bin /lib /lib64 /usr /etc "$jdk" /opt/foretide; do
      mount -o remount,bind,ro "$new$folder"
    done
    mount -o remount,ro "$new"
    exec chroot "$new" setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --bounding-set=-all "$@"
  ' confined "$built/root" "$built/foretide" "$built/data" "$jdk" "$@"
}
mkdir -p "$built/root"

echo "making the cache of loaded classes" >&2
(writable=yes confined java @java.args @image.args -XX:AOTCacheOutput=foretide.aot -Dspring.context.exit=onRefresh \
  -jar /opt/foretide/foretide.jar --foretide.storage.path=/tmp/foretide) >"$built/cache.log" 2>&1 || { tail "$built/cache.log"; exit 1; }

flags="@/opt/foretide/java.args @/opt/foretide/image.args"
declare -A command=(
  [nested]="java @/opt/foretide/java.args -Dorg.bytedeco.javacpp.cachedir=/data/cache -jar /opt/foretide/nested.jar"
  [extracted]="java $flags -jar /opt/foretide/foretide.jar"
  [image]="/opt/foretide/start"
)
url="http://127.0.0.1:$port"
api() { curl -sf --noproxy '*' "$@"; }
resident() { awk '/^VmRSS/ { print int($2 / 1024) }' "/proc/$1/status"; }
processor() { awk '{ print ($14 + $15) / 100 }' "/proc/$1/stat"; }

# One start, one training and one prediction: prints seconds to ready, processor seconds, MiB after start and after work.
measure() {
  rm -rf "$built/data"/*
  local begin ready process java first second
  begin=$(date +%s.%N)
  # -XX:AOTMode=on would end a start that cannot use the cache, where the default only goes on without.
  JDK_JAVA_OPTIONS="$([ "$1" != image ] || echo -XX:AOTMode=on)" SERVER_PORT=$port FORETIDE_STORAGE_PATH=/data \
    confined ${command[$1]} >"$built/$1.log" 2>&1 &
  process=$!
  until api -o /dev/null "$url/actuator/health/readiness"; do
    kill -0 "$process" 2>/dev/null || { tail "$built/$1.log" >&2; return 1; }
    sleep 0.02
  done
  ready=$(date +%s.%N)
  java=$(pgrep -P "$process")
  [ "$(awk '/^CapEff/ { print $2 }' "/proc/$java/status")" = 0000000000000000 ] || { echo "has capabilities" >&2; return 1; }
  first="$(echo "$ready - $begin" | bc) $(processor "$java") $(resident "$java")"
  api --data-binary @examples/air-passengers.csv -H 'Content-Type: text/csv' -o /dev/null \
    "$url/api/v1/models/air/train?horizon=12&freq=M&epochs=3"
  until api "$url/api/v1/jobs?model=air&limit=1" | grep -q '"state":"succeeded"'; do sleep 0.2; done
  api --data-binary @examples/air-passengers.csv -H 'Content-Type: text/csv' -o /dev/null "$url/api/v1/models/air/predict?horizon=3&freq=M"
  second=$(resident "$java")
  echo "$1 $first $second" >>"$built/measured"
  # What it wrote beside its database, in files that hold something.
  [ "$1" = nested ] || find "/proc/$java/root/tmp" -type f -size +0 -not -path '*/hsperfdata_*' >>"$built/written"
  kill -TERM "$java"
  wait "$process" || [ $? = 143 ]
}
: >"$built/measured" >"$built/written"
trap 'kill $(jobs -p) 2>/dev/null || true' EXIT
for run in $(seq "$runs"); do
  for layout in nested extracted image; do
    echo "run $run of $runs: $layout" >&2
    measure "$layout"
  done
done

median() { awk -v layout="$1" -v column="$2" '$1 == layout { print $column }' "$built/measured" | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }
changed=$(git status --porcelain --untracked-files=no | head -n 1)
{
  echo "machine   $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores, load $(cut -d' ' -f1 /proc/loadavg)"
  echo "JDK       $(java -version 2>&1 | sed -n 2p)"
  echo "commit    $(git rev-parse --short HEAD)${changed:+ with changes}"
  echo "median of $runs; read-only root, user 10001, no capabilities"
  printf '%-10s %10s %14s %18s %22s\n' layout "ready s" "processor s" "resident MiB" "after training MiB"
  for layout in nested extracted image; do
    printf '%-10s %10.2f %14.2f %18d %22d\n' "$layout" "$(median "$layout" 2)" "$(median "$layout" 3)" "$(median "$layout" 4)" "$(median "$layout" 5)"
  done
  echo "files written beside /data: $(wc -l <"$built/written")"
} | tee "$built/table"
sort -u "$built/written" >&2
[ ! -s "$built/written" ]
