#!/usr/bin/env bash
# Builds the package and runs its tests. With --browser first, pages are also opened in a Chromium without window (installed
# where it is missing); with --release first, the tests run on optimized code, built in a folder of its own. Other arguments
# go to `swift test`, e.g. Scripts/test.sh --filter Period
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

with_browser=
options=()
case ${1:-} in
--browser)
  with_browser=yes
  shift
  ;;
--release)
  # A folder of its own, because code that tests can look into is not the code of the tool.
  options=(--configuration release -Xswiftc -enable-testing --scratch-path .build/release-tests)
  shift
  ;;
esac

say "Building the package and its tests (some minutes the first time) ..."
# Bash 3, which macOS has, takes an empty array for one that is not set.
build ${options[@]+"${options[@]}"} --build-tests
swift test ${options[@]+"${options[@]}"} --skip-build "$@"

if [ -z "$with_browser" ]; then
  say "Pages were not opened in a browser; Scripts/test.sh --browser does that."
elif ! command -v python3 >/dev/null; then
  say "Pages were not opened in a browser: there is no python3, which drives it."
else
  browser=
  for name in chromium chromium-browser google-chrome; do
    [ -n "$browser" ] || browser=$(command -v "$name" || true)
  done
  if [ -z "$browser" ]; then
    install_packages "Chromium, in which pages are opened" chromium fonts-dejavu-core ||
      die "there is no Chromium, and it cannot be installed here. On Debian, as root: apt-get install chromium"
  fi
  pages=$PWD/.build/pages
  rm -rf "$pages"
  mkdir -p "$pages"
  tool=$(swift build --show-bin-path)/tradewind
  data=Examples/Data
  "$tool" project "$data/silver-facts.csv" --quiet --report "$pages/projections.html" >/dev/null
  "$tool" project "$data/china-exports-imports-monthly-1983-2013.csv" --quiet --report "$pages/series.html" >/dev/null
  for language in en zh; do
    "$tool" project "$data/silver-facts.csv" --series silver-concentrate-imports --by all --quiet --language "$language" \
      --report "$pages/parts-$language.html" >/dev/null
    "$tool" brief "$data/silver-facts.csv" --period 2025 --language "$language" --quiet --output "$pages/brief-$language.html"
  done
  TRADEWIND_PAGES=$pages swift test --skip-build --filter Gallery >/dev/null
  say "Opening the pages in a browser ..."
  python3 Tests/Browser/check_pages.py "$pages"/*.html
fi
