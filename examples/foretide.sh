# Read by the scripts beside it: where the service is, and how to read its answers with nothing but grep, sed and awk.
set -euo pipefail
shopt -s inherit_errexit # what fails within $(…) ends the script as well

foretide=${FORETIDE:-http://localhost:8080}
api=$foretide/api/v1
here=$(cd "$(dirname "$0")" && pwd)

case "${1:-}" in
  "") short=false ;;
  --short) short=true ;; # as in CI: a few epochs, so that only the clearest of claims holds
  *) echo "usage: $0 [--short]" >&2; exit 2 ;;
esac

# The first value, or with --short the second one.
unless_short() { if $short; then echo "$2"; else echo "$1"; fi; }

# As ever, but a problem that the service answers with is shown and ends the script.
curl() {
  local answer
  answer=$(command curl --silent --show-error --fail-with-body "$@") || { echo "$answer" >&2; exit 1; }
  printf '%s\n' "$answer"
}

# The first value of a field in the JSON that comes in.
field() { grep -o "\"$1\":\(\"[^\"]*\"\|[^,}]*\)" | awk 'NR == 1' | sed 's/^[^:]*://; s/"//g'; }

# Waits for the job that comes in, and gives the number of the version that it has made.
finished() {
  local id job
  id=$(field id)
  while :; do
    job=$(curl "$api/jobs/$id") || exit 1
    case $(field state <<<"$job") in
      succeeded) field version <<<"$job"; return ;;
      failed | cancelled) echo "$job" >&2; exit 1 ;;
    esac
    sleep 0.3
  done
}

# losses MODEL VERSION: what the record of the version tells of each epoch: its number and its mean loss.
losses() {
  curl "$api/models/$1/versions/$2" | grep -o '"losses":\[[^]]*\]' | grep -o '{[^}]*}' |
    sed 's/.*"epoch":\([0-9]*\),"train_loss":\([^,}]*\).*/\1 \2/'
}

# Draws losses as a curve, of sixteen epochs at most.
curve() {
  awk '{ epoch[NR] = $1; loss[NR] = $2; if ($2 > most) most = $2 }
    END {
      count = NR < 16 ? NR : 16
      for (i = 1; i <= count; i++) {
        at = count == 1 ? 1 : int(1 + (i - 1) * (NR - 1) / (count - 1) + 0.5)
        bar = ""
        for (k = 0; k < 50 * loss[at] / most; k++) bar = bar "▇"
        printf "  epoch %4d  loss %-9.4g %s\n", epoch[at], loss[at], bar
      }
    }'
}

# The first and the last of losses.
ends() { awk 'NR == 1 { first = $2 } { last = $2 } END { print first, last }'; }

# claim WHAT CONDITION: says what was shown, or fails where the condition, which awk computes, does not hold.
claim() {
  if awk "BEGIN { exit !($2) }" </dev/null; then
    echo "  ✓ $1"
  else
    echo "  ✗ $1: $2" >&2
    exit 1
  fi
}
