#!/bin/sh
# MASE of the ETS of R's package forecast over rolling origins of a data set; see ../README.md.
# usage: ets.sh DATA [SET] [WINDOWS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
set_name=${2:-us_births}
windows=${3:-10}

values=$(mktemp)
trap 'rm -f "$values"' EXIT
PYTHONPATH="$here" python3 -B - "$1/forecast/$set_name.jsonl.gz" > "$values" <<'PYTHON'
import sys
import foretide

# A line a series: horizon, season length, values.
for item in foretide.read_series(sys.argv[1]):
    season = foretide.SEASON_LENGTHS.get(item["freq"], 1)
    print(item["horizon"], season, *("NA" if value is None else value for value in item["target"]))
PYTHON
Rscript "$here/ets.R" "$values" "$set_name" "$windows"
