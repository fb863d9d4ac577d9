#!/usr/bin/env bash
# Makes the small real cores in src/main/resources/cores anew, with their truth, the executables behind them, and what
# gdb and eu-readelf say of them. Everything runs in PLACE with an empty environment, because a core holds the
# environment, the arguments and the paths of its process. Needs x86-64 Linux with kernel.core_pattern=core, g++,
# libunwind, gdb, elfutils, zstd; the AArch64 cores also need the cross compiler and qemu-user.
#
#   lab/make-fixtures.sh            PLACE=/srv/lab lab/make-fixtures.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
place=${PLACE:-/srv/lab}
out=$here/src/main/resources/cores
most=100000 # bytes of a compressed core

bin=$place/bin
cores=$place/fixtures
rm -rf "$cores"
mkdir -p "$bin" "$cores"
env -i PATH=/usr/bin:/bin make -s -C "$here/src/main/native" OUT="$bin"

rm -rf "$out"
mkdir -p "$out/executables" "$out/oracle"
cd "$place"

observe() { # name program illness handler threads place filter → the core's file name
  local options=(--into "$cores" --case "$1" --filter "$7" --host lab)
  case $2 in
    race-*) options+=(--race) ;;
    patient-aarch64) options+=(--emulator /usr/bin/qemu-aarch64) ;;
  esac
  [ "$3" != healthy ] || options+=(--gcore /usr/bin/gdb)
  env -i PATH=/usr/bin:/bin "$bin/observer" "${options[@]}" -- "$bin/$2" "$3" "$4" "$5" "$6"
}

while read -r name program illness handler threads where filter; do
  case $name in '' | '#'*) continue ;; esac
  core=$(observe "$name" "$program" "$illness" "$handler" "$threads" "$where" "$filter")
  if strings -n 5 "$cores/$core" | grep -E "$here|$HOME/|/tmp/|/home/|^[A-Z_]+=/|^$(hostname)\$" >"$cores/leak"; then
    echo "make-fixtures: $name: the core holds something of this machine:" >&2
    head -5 "$cores/leak" >&2
    exit 1
  fi
  zstd -q -20 --ultra -f "$cores/$core" -o "$out/$name.core.zst"
  chmod 644 "$out/$name.core.zst"
  cp "$cores/truth/$core.json" "$out/$name.truth.json"
  size=$(stat -c %s "$out/$name.core.zst")
  [ "$size" -le "$most" ] || { echo "make-fixtures: $name: $size bytes, expected at most $most" >&2; exit 1; }
  # The tools speak of one thread as of a thousand, so for many threads the first lines are enough. Debian's gdb knows
  # no AArch64.
  if [ "$program" != patient-aarch64 ]; then
    env -i PATH=/usr/bin:/bin gdb -nx -batch -ex 'set width 0' -ex 'info registers' -ex bt -ex 'x/8gx $sp' \
      "$bin/$program" "$cores/$core" 2>&1 </dev/null | head -120 >"$out/oracle/$name.gdb.txt" || true
  fi
  env -i PATH=/usr/bin:/bin eu-readelf -n "$cores/$core" 2>&1 | head -200 >"$out/oracle/$name.eu-readelf.txt" || true
  if [ ! -e "$out/executables/$program.zst" ] && [ "$(stat -c %s "$bin/$program")" -lt 120000 ]; then
    zstd -q -19 -f "$bin/$program" -o "$out/executables/$program.zst"
  fi
done <"$here/fixtures.txt"

{
  echo "Made by lab/make-fixtures.sh in $place. The build-ids of the executables stand in the cores."
  echo "Linux $(uname -r | cut -d- -f1) $(uname -m)"
  gcc --version | head -1
  ldd --version | head -1
  gdb --version | head -1
  eu-readelf --version | head -1
  dpkg-query -W -f 'libunwind ${Version}\n' libunwind8 2>/dev/null || true
  qemu-aarch64 --version 2>/dev/null | head -1 || true
  zstd --version
} >"$out/PROVENANCE.txt"
du -sh "$out" | cut -f1
