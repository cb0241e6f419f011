#!/usr/bin/env bash
# Builds the package and runs its tests. Arguments go to `swift test`, e.g. Scripts/test.sh --filter Period
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

say "Building the package and its tests (some minutes the first time) ..."
build --build-tests
swift test --skip-build "$@"
