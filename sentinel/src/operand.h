// Where an x86-64 call or jump through memory finds its target. Async-signal-safe.
#ifndef PUMPHANDLE_OPERAND_H
#define PUMPHANDLE_OPERAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <ucontext.h>

struct operand {
  size_t length;      // of the instruction (bytes)
  bool jump;          // a jump, not a call
  bool direct;        // the address is the target itself, from the instruction or from a register
  uint64_t address;   // where the target stands
};

// Decodes calls and jumps, direct or through a register or memory, at the beginning of the bytes, with an `endbr64` before it.
// pc is the address of the first byte; sp stands for rsp.
bool operand_decode(const uint8_t *code, size_t n, uint64_t pc, uint64_t sp, const ucontext_t *context, struct operand *found);

#endif
