// What the parts of a patient share: how an illness is declared, and the few tricks that keep a compiler from curing it.
#pragma once

#include <cstddef>
#include <cstdint>

#define NOINLINE __attribute__((noinline, noclone))
// x86-64 only: a function whose every instruction we choose, for faults that no compiler promises to make.
#define NAKED __attribute__((naked, noinline))

// How an illness strikes, and what a good doctor should say of it. The words are the line list's own.
struct Illness {
  const char *name;
  const char *label;      // the case definition that must be met
  const char *control;    // returned | called | jumped | ran | none
  const char *alignment;  // aligned | shifted-8 | shifted+8, by how the stack was treated
  int signal;             // the first fatal signal
  void (*strike)();
};

struct Family {
  const Illness *first;
  size_t count;
};

template <size_t N>
constexpr Family family(const Illness (&all)[N]) {
  return {all, N};
}

Family returns();
Family shifts();
Family calls();
Family memory();
Family overflows();
Family aborts();
Family traps();
Family senders();

// Installs the process's fatal-signal handler, and the calling thread's alternate stack where the kind asks for one.
// Returns false when there is no handler of that name.
bool install_handler(const char *kind);

// A few frames' worth of dirt below the stack pointer, so that what lies there is not all zeros as in a young process.
void live_a_little();

// An address in the lower half that nothing maps: below every mapping that Linux makes on its own choice.
constexpr uint64_t kUnmapped = 0x0000123456789a10;
constexpr uint64_t kNonCanonical = 0xdeadbeefcafef00d;
constexpr uint64_t kSmall = 0xa8;
constexpr uint64_t kKernel = 0xffffffff81000040;
constexpr uint64_t kText = 0x0000216f6c6c6548;  // "Hello!" read as a word

// Keeps a value out of the optimiser's sight.
template <class T>
inline T hidden(T value) {
  asm volatile("" : "+r"(value));
  return value;
}
