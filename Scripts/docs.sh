#!/usr/bin/env bash
# Builds the documentation of the three libraries into .build/documentation; any warning is an error.
source "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

tools=$(toolchain)
[ -x "$tools/docc" ] || die "the Swift toolchain has no docc in $tools"

say "Building the libraries ..."
build
modules=$(swift build --show-bin-path)
target=$(swift -print-target-info | sed -n 's/.*"triple": "\(.*\)".*/\1/p' | head -n 1)
output=$PWD/.build/documentation
rm -rf "$output"

for library in Tradewind TradeStatistics TradeReport; do
  graphs=$output/symbol-graphs/$library
  mkdir -p "$graphs"
  "$tools/swift-symbolgraph-extract" -module-name "$library" -target "$target" \
    -I "$modules/Modules" -Xcc "-fmodule-map-file=$modules/TradewindLAPACK.build/module.modulemap" \
    -I .build/checkouts/swift-numerics/Sources/_NumericsShims/include \
    -minimum-access-level public -skip-synthesized-members -omit-extension-block-symbols -output-dir "$graphs"
  catalog=()
  [ ! -d "Sources/$library/$library.docc" ] || catalog=("Sources/$library/$library.docc")
  "$tools/docc" convert ${catalog[@]+"${catalog[@]}"} --additional-symbol-graph-dir "$graphs" \
    --fallback-display-name "$library" --fallback-bundle-identifier "tradewind.$library" \
    --warnings-as-errors --output-path "$output/$library.doccarchive" >&2 ||
    die "the documentation of $library has errors or warnings"
  say "$library: $output/$library.doccarchive"
done
