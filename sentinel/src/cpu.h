// What differs between processors: how a signal's context is laid out, and what the registers are called.
#ifndef PUMPHANDLE_CPU_H
#define PUMPHANDLE_CPU_H

#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

struct cpu_register {
  const char *name;
  uint64_t value;
};

enum { CPU_MOST_REGISTERS = 40 };

// The registers of the fault, copied out of the context, pc, sp and fp first.
struct cpu_state {
  struct cpu_register registers[CPU_MOST_REGISTERS];
  int count;
  uint64_t pc, sp, fp;
  // The processor's trap number and error code (x86-64), or the syndrome (AArch64); false where the context has none.
  bool has_trap, has_error;
  uint64_t trap, error;
};

extern const char cpu_name[];

// The kernel lets a handler run with the alignment check that the program switched on.
void cpu_allow_unaligned(void);
void cpu_read(struct cpu_state *state, const ucontext_t *context);
uint64_t cpu_pc(const ucontext_t *context);
uint64_t cpu_sp(const ucontext_t *context);
// By the register numbers of an x86-64 instruction's encoding: rax is 0, r15 is 15.
uint64_t cpu_x86(const ucontext_t *context, int number);

#endif
