// What lies below the stack pointer and says that an exception was being unwound. Async-signal-safe.
#ifndef PUMPHANDLE_TRACES_H
#define PUMPHANDLE_TRACES_H

#include <stddef.h>
#include <stdint.h>

#include "memory.h"

enum { TRACES_MOST = 3, TRACES_BELOW = 16 << 10 };

// A frame that the kernel pushed for an earlier signal; its handler has returned.
struct trace_frame {
  int signo;  // 0 where it was written over
  int code;
  uint64_t pc, sp;
};

struct traces {
  struct trace_frame frames[TRACES_MOST];
  int frame_count;
  // Where four words stand: an exception object, another, this very stack pointer, and an address to go on at.
  uint64_t contexts[TRACES_MOST];
  int context_count;
  uint64_t below[TRACES_BELOW / 8];
};

// Looks at 16 KiB below sp; nearest first. On x86-64 only: elsewhere it finds nothing.
void traces_find(struct traces *traces, struct memory *memory, uint64_t sp, uint64_t object);

#endif
