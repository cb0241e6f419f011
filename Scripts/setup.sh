# Shared by the scripts beside it: `source` it. It goes to the package's folder, makes sure that what the build needs is there
# (installing LAPACK and BLAS where they are missing), and offers `say` and `build`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null # nothing here asks questions

say() { printf '%s\n' "$*" >&2; }
die() {
  say "error: $*"
  exit 1
}

# The manifest's own tools-version is the oldest Swift that can read this package.
require_swift() {
  local needed found
  needed=$(sed -n '1s|^// swift-tools-version: *||p' Package.swift)
  command -v swift >/dev/null || die "no 'swift' on the PATH. Install Swift $needed or later: https://www.swift.org/install"
  found=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1) || true
  [ -n "$found" ] || die "'swift --version' does not work here: $(swift --version 2>&1 | tail -n 1)"
  [ "$(printf '%s\n%s\n' "$needed" "$found" | sort -V | head -n 1)" = "$needed" ] ||
    die "Swift $found is too old: this package needs $needed or later (https://www.swift.org/install)"
  command -v git >/dev/null || die "no 'git' on the PATH: Swift fetches the packages this one depends on with it"
}

# Where the toolchain's other programs lie; `swift` itself may be a link or a proxy that stands elsewhere.
toolchain() {
  swift -print-target-info | sed -n 's|.*"runtimeResourcePath": "\(.*\)/lib/swift[^/]*".*|\1/bin|p'
}

# True if the toolchain's C compiler can link a program with these libraries.
links_with() {
  printf 'int main(void) { return 0; }\n' | "$(toolchain)/clang" -x c - -o /dev/null "$@" 2>/dev/null
}

# Installs Debian packages, saying what for; false if that is not possible here.
install_packages() {
  local what=$1 as_root=()
  shift
  command -v apt-get >/dev/null || return 1
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || return 1
    as_root=(sudo)
  fi
  say "$what: missing; ${as_root[*]:+${as_root[*]} }apt-get install $* ..."
  "${as_root[@]}" apt-get update -qq >&2 || say "apt-get update failed; going on with the package lists that are here"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

require_lapack() {
  [ "$(uname -s)" = Linux ] || return 0 # Apple platforms have Accelerate
  links_with -llapack -lblas && return 0
  links_with || die "the Swift toolchain cannot link even an empty C program: the system's own development files are missing.
  On Debian and Ubuntu: apt-get install build-essential (see https://www.swift.org/install/linux)"

  command -v apt-get >/dev/null ||
    die "LAPACK and BLAS are missing, and so is apt-get: install their development packages by hand (e.g. lapack-devel, blas-devel)"
  install_packages "LAPACK and BLAS" liblapack-dev libblas-dev ||
    die "LAPACK and BLAS are missing. As root: apt-get install liblapack-dev libblas-dev"
  links_with -llapack -lblas || die "LAPACK and BLAS are installed, but the toolchain cannot link with them"
}

# Builds with the given options: with Swift's own progress line on a terminal, else only what goes wrong.
build() {
  if [ -t 2 ]; then swift build "$@" >&2; else swift build --quiet "$@" >&2; fi
}

require_swift
require_lapack
