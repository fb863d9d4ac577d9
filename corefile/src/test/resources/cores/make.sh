#!/bin/sh
# Makes the cores in this directory and what other tools say about them.
# Needs: gcc, aarch64-linux-gnu-gcc, qemu-aarch64, gdb, eu-readelf, zstd; core_pattern "core"; root, for /opt/patient.
# The programs run without an environment, so that nobody's is in their stacks.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
bench=/opt/patient
mkdir -p $bench/run
cd $bench
ulimit -c unlimited

gcc -O1 -fno-omit-frame-pointer -o dynamic "$here/patient.c" -pthread
gcc -O1 -no-pie -s -o fixed "$here/patient.c" -pthread
gcc -O1 -static -o static "$here/patient.c" -pthread
gcc -O1 -static-pie -o static-pie "$here/patient.c" -pthread
gcc -O1 -shared -fPIC -Wl,-Ttext-segment=0x3000000000 -Wl,-soname,$bench/libpatient.so -o libpatient.so "$here/library.c"
gcc -O1 -DWITH_LIBRARY -o prelinked "$here/patient.c" $bench/libpatient.so -pthread
aarch64-linux-gnu-gcc -O1 -static -o arm "$here/patient.c" -pthread

# record NAME: packs run/core and writes down what eu-readelf says.
record() {
  eu-readelf -n run/core > "$here/$1.readelf"
  zstd -q -19 -f --no-progress run/core -o "$here/$1.core.zst"
  chmod 644 "$here/$1.core.zst"
  rm -f run/*
}
# die NAME FILTER PROGRAM ARGUMENTS…: a core by the kernel.
die() {
  name=$1 filter=$2
  shift 2
  rm -f run/*
  (cd run && echo "$filter" > /proc/self/coredump_filter && env -i "$@") || true
  record "$name"
}
die dynamic 0x33 $bench/dynamic
die threads 0x33 $bench/dynamic 12
die fixed 0x33 $bench/fixed
die static 0x33 $bench/static
die static-pie 0x33 $bench/static-pie
die prelinked 0x33 $bench/prelinked
die no-elf-headers 0x23 $bench/dynamic

rm -f run/*
(cd run && env -i qemu-aarch64 -s 65536 $bench/arm 2) || true
rm -f run/core && mv run/qemu_*.core run/core
record qemu-user

env -i sleep 60 &
sleeper=$!
sleep 1
gdb -batch -p $sleeper -ex 'generate-core-file run/core' > /dev/null 2>&1
kill $sleeper
record gcore-living

# gdb heeds the filter too, and its breakpoints make whole pages of the linker private: leave all memory but headers out.
(
  echo 0x10 > /proc/self/coredump_filter
  env -i gdb -nx -batch -ex 'set startup-with-shell off' -ex 'run 2' -ex 'generate-core-file run/core' $bench/dynamic
) > /dev/null 2>&1
record gcore-dying

{
  uname -sr | cut -d. -f1,2
  for tool in gcc aarch64-linux-gnu-gcc qemu-aarch64 gdb eu-readelf zstd; do $tool --version | head -1; done
  for program in dynamic fixed static static-pie prelinked libpatient.so arm; do
    echo "build-id $program $(eu-readelf -n $program | sed -n 's/.*Build ID: //p')"
  done
} > "$here/made-with.txt"
rm -r $bench
