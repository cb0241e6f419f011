#!/usr/bin/env bash
# Builds what is compared, makes a Python environment with statsforecast where there is none, and writes one Markdown table:
#   Benchmarks/Comparisons/run.sh PATH/m3-monthly.csv.gz [--sample 200] [--with-r] ...
# STATSFORECAST_PYTHON names a Python that has statsforecast; OUTPUT the file to write.
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: run.sh DATA [options]; run.sh --help shows them" >&2; exit 64; }
[ ! -f "$1" ] || set -- "$(realpath "$1")" "${@:2}"
cd "$(dirname "${BASH_SOURCE[0]}")/.."

python=${STATSFORECAST_PYTHON:-}
if [ -z "$python" ]; then
  python=$PWD/.venv/bin/python
  if [ ! -x "$python" ]; then
    python3 -m venv .venv
    "$python" -m pip install --quiet statsforecast==2.1.1 pandas
  fi
fi

swift build --quiet --configuration release --product ComparisonRunner >&2
runner=$(swift build --configuration release --show-bin-path)/ComparisonRunner
swift build --quiet --package-path .. --configuration release --product tradewind >&2
tool=$(swift build --package-path .. --configuration release --show-bin-path)/tradewind

exec python3 Comparisons/compare.py "$@" --python "$python" --runner "$runner" --tool "$tool" \
  --output "${OUTPUT:-Results/comparison-$(date +%F).md}"
