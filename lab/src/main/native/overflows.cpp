// Stacks that end. The observer keeps the main stack small (RLIMIT_STACK), so that the cores are small too.
#pragma GCC diagnostic ignored "-Winfinite-recursion"
#include <csignal>

#include "patient.h"

namespace {

volatile int depth;

NOINLINE int recurse(volatile char *above) {
  volatile char room[240];
  room[0] = above[0];
  depth = depth + 1;
  int below = recurse(room);
  return below + room[0];
}

NOINLINE int even(volatile int *n);
NOINLINE int odd(volatile int *n) {
  volatile int mine = *n + 1;
  return even(&mine) + mine;
}
NOINLINE int even(volatile int *n) {
  volatile int mine = *n + 1;
  return odd(&mine) + mine;
}

// One frame larger than the whole stack: the first touch is far below what is mapped.
NOINLINE int large_frame() {
  volatile char room[1 << 20];
  room[8] = 1;
  return room[8];
}

void recursion() {
  volatile char top = 1;
  depth = recurse(&top);
}
void mutual() {
  volatile int n = 0;
  depth = odd(&n);
}
void frame() { depth = large_frame(); }

const Illness kAll[] = {
    {"overflow-recursion", "stack-overflow", "ran", "aligned", SIGSEGV, recursion},
    {"overflow-mutual", "stack-overflow", "ran", "aligned", SIGSEGV, mutual},
    {"overflow-frame", "stack-overflow", "ran", "aligned", SIGSEGV, frame},
};

}  // namespace

Family overflows() { return family(kAll); }
