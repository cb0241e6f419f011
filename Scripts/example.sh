#!/usr/bin/env bash
# Builds the tool and projects China's imports of silver ores and concentrates in the first quarter of 2026 from what
# had been published up to December 2025. Arguments go to the tool, e.g. Scripts/example.sh --format json
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

say "Building the tool (some minutes the first time) ..."
build --configuration release --product tradewind
tool=$(swift build --configuration release --show-bin-path)/tradewind

say "tradewind project Examples/Data/silver-facts.csv --series silver-concentrate-imports --quarter 2026-Q1 $*"
"$tool" project Examples/Data/silver-facts.csv --series silver-concentrate-imports --quarter 2026-Q1 "$@"
