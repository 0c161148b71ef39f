#!/bin/sh
# Against a running service; see ../README.md, or run with --help.
set -eu
exec python3 -B "$(dirname "$0")/score_agreement.py" "$@"
