#!/usr/bin/env bash
# A model that starts from the parameters of an earlier version. usage: run.sh [--short]
. "$(dirname "$0")/../foretide.sh"

years() { head -n $((1 + 12 * $1)) "$here/../air-passengers.csv"; } # so many years from 1949 on

train() { curl "$api/models/$1/train?$2&horizon=12&freq=M&seed=1&promote=always" -H 'Content-Type: text/csv' --data-binary @-; }

first=$(years 8 | train continued "epochs=$(unless_short 40 10)" | finished)
echo "version $first: trained on 1949 to 1956"
losses continued "$first" | curve

settings='epochs=4&patience=4&learning_rate=0.002'
second=$(years 11 | train continued "$settings&start_from=continued:$first" | finished)
echo "version $second: trained on to 1959, from the parameters of version $first"
losses continued "$second" | curve

fresh=$(years 11 | train continued "$settings" | finished)
echo "version $fresh: the same training from parameters that are drawn"
losses continued "$fresh" | curve

record=$(curl "$api/models/continued/versions/$second")
parent=$(grep -o '"parent":[^,}]*' <<<"$record" | grep -o '[0-9]*' | tail -n 1)
claim "the record of version $second names version ${parent:-0} as its parent" "${parent:-0} == $first"
read -r begins ends < <(losses continued "$second" | ends)
read -r begins_fresh ends_fresh < <(losses continued "$fresh" | ends)
claim "it begins with a lower loss than a fresh network: $begins, not $begins_fresh" "$begins < $begins_fresh"
claim "and is ahead after as many epochs: $ends, not $ends_fresh" "$ends < $ends_fresh"
