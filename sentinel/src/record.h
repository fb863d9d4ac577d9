// The record: everything a line holds, and how it is put together. Async-signal-safe.
#ifndef PUMPHANDLE_RECORD_H
#define PUMPHANDLE_RECORD_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

#include "cpu.h"
#include "line.h"
#include "maps.h"
#include "memory.h"
#include "traces.h"

enum {
  RECORD_BELOW = 128,  // the red zone (bytes). Source: AMD64 System V ABI §3.2.2
  RECORD_ABOVE = 512,
  RECORD_WORDS = (RECORD_BELOW + RECORD_ABOVE) / 8,
  RECORD_MOST_FRAMES = 6,
  RECORD_MOST_OPERANDS = 4,
  RECORD_MOST_TEXTS = 12,
};

// What is known before anything has gone wrong.
struct record_setting {
  // Fields that do not change, with a space before each.
  char identity[1024];
  // Where the kernel says that the program's headers are: an address of the program itself.
  uint64_t program;
  // The address of the C library's pointer to its last words, or 0. Source: glibc 2.36 include/stdlib.h, __abort_msg
  uint64_t abort_message;
  bool retain_words;
};

struct record_words {
  uint64_t from;
  int count;
  uint64_t words[RECORD_WORDS];
  bool present[RECORD_WORDS];
};

struct record_text {
  uint64_t from;
  uint64_t within;  // an address that must be in code, or nothing is said
  size_t bytes;
};

// Room for one record: no stack is large enough to be sure of.
struct record {
  struct memory memory;
  struct cpu_state state;
  struct maps maps;
  struct traces traces;
  struct record_words stack, frames[RECORD_MOST_FRAMES], operands[RECORD_MOST_OPERANDS], exception, contexts[TRACES_MOST];
  int frame_count, operand_count, context_count;
  struct record_text texts[RECORD_MOST_TEXTS];
  int text_count;
  // The words at sp and below it, where control went to what is no code or was refused, and the one that a refused call
  // read: they decide what happened.
  uint64_t deciding[3];
  int deciding_count;
  struct line line;
};

// Puts the line together in record->line.
void record_make(struct record *record, const struct record_setting *setting, int signo, const siginfo_t *info,
                 const ucontext_t *context, int cpu);
// Ends a line that could not be put together to its end.
void record_cut(struct record *record);
// Whether a signal was raised by what an instruction did, and not sent by somebody.
bool record_is_fault(int signo, const siginfo_t *info);

#endif
