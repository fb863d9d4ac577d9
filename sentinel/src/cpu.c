#include "cpu.h"

#include <signal.h>

#include "system.h"

static void add(struct cpu_state *state, const char *name, uint64_t value) {
  struct cpu_register *next = &state->registers[state->count++];
  next->name = name;
  next->value = value;
}

#if defined(__x86_64__)

const char cpu_name[] = "x86-64";

static const int encoded[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                                REG_R8,  REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};

// Source: AMD64 Architecture Programmer's Manual vol. 2 §3.1.6, rFLAGS.AC; Linux arch/x86/kernel/signal.c,
// handle_signal(), which clears DF, RF and TF only.
void cpu_allow_unaligned(void) {
  __asm__ volatile("sub $128, %%rsp\n pushfq\n andq $~0x40000, (%%rsp)\n popfq\n add $128, %%rsp" ::: "cc", "memory");
}

uint64_t cpu_x86(const ucontext_t *context, int number) {
  return (uint64_t)context->uc_mcontext.gregs[encoded[number & 15]];
}

uint64_t cpu_pc(const ucontext_t *context) { return (uint64_t)context->uc_mcontext.gregs[REG_RIP]; }
uint64_t cpu_sp(const ucontext_t *context) { return (uint64_t)context->uc_mcontext.gregs[REG_RSP]; }

static uint64_t base(int which) {
  uint64_t address = 0;
  system_call(SYS_arch_prctl, which, (long)&address, 0, 0, 0, 0);
  return address;
}

void cpu_read(struct cpu_state *state, const ucontext_t *context) {
  // Source: Linux arch/x86/include/uapi/asm/prctl.h
  enum { GET_FS = 0x1003, GET_GS = 0x1004 };
  const long long *g = context->uc_mcontext.gregs;
  static const struct {
    const char *name;
    int at;
  } all[] = {
      {"rip", REG_RIP}, {"rsp", REG_RSP}, {"rbp", REG_RBP}, {"rax", REG_RAX}, {"rbx", REG_RBX}, {"rcx", REG_RCX},
      {"rdx", REG_RDX}, {"rsi", REG_RSI}, {"rdi", REG_RDI}, {"r8", REG_R8},   {"r9", REG_R9},   {"r10", REG_R10},
      {"r11", REG_R11}, {"r12", REG_R12}, {"r13", REG_R13}, {"r14", REG_R14}, {"r15", REG_R15}, {"eflags", REG_EFL},
  };
  state->count = 0;
  for (unsigned i = 0; i < sizeof all / sizeof all[0]; i++) add(state, all[i].name, (uint64_t)g[all[i].at]);
  // Source: Linux arch/x86/include/uapi/asm/sigcontext.h, struct sigcontext_64: cs, gs, fs, ss, 16 bits each.
  add(state, "cs", (uint64_t)g[REG_CSGSFS] & 0xffff);
  add(state, "ss", (uint64_t)g[REG_CSGSFS] >> 48);
  add(state, "fs_base", base(GET_FS));
  add(state, "gs_base", base(GET_GS));
  state->pc = cpu_pc(context);
  state->sp = cpu_sp(context);
  state->fp = (uint64_t)g[REG_RBP];
  state->has_trap = state->has_error = true;
  state->trap = (uint64_t)g[REG_TRAPNO];
  state->error = (uint64_t)g[REG_ERR];
}

#else

const char cpu_name[] = "aarch64";

void cpu_allow_unaligned(void) {}

uint64_t cpu_x86(const ucontext_t *context, int number) {
  (void)context, (void)number;
  return 0;
}

uint64_t cpu_pc(const ucontext_t *context) { return context->uc_mcontext.pc; }
uint64_t cpu_sp(const ucontext_t *context) { return context->uc_mcontext.sp; }

// Source: Linux arch/arm64/include/uapi/asm/sigcontext.h, struct _aarch64_ctx and ESR_MAGIC
static void syndrome(struct cpu_state *state, const mcontext_t *machine) {
  enum { ESR = 0x45535201 };
  const unsigned char *at = (const unsigned char *)machine->__reserved;
  const unsigned char *end = at + sizeof machine->__reserved;
  while (end - at >= 16) {
    const uint32_t *head = (const uint32_t *)(const void *)at;
    if (head[0] == ESR) {
      state->has_error = true;
      state->error = *(const uint64_t *)(const void *)(at + 8);
      return;
    }
    if (head[0] == 0 || head[1] < 16 || head[1] > (uint32_t)(end - at)) return;
    at += head[1];
  }
}

void cpu_read(struct cpu_state *state, const ucontext_t *context) {
  static const char *const names[31] = {"x0",  "x1",  "x2",  "x3",  "x4",  "x5",  "x6",  "x7",  "x8",  "x9",  "x10",
                                        "x11", "x12", "x13", "x14", "x15", "x16", "x17", "x18", "x19", "x20", "x21",
                                        "x22", "x23", "x24", "x25", "x26", "x27", "x28", "x29", "x30"};
  const mcontext_t *machine = &context->uc_mcontext;
  state->count = 0;
  add(state, "pc", machine->pc);
  add(state, "sp", machine->sp);
  for (int i = 0; i < 31; i++) add(state, names[i], machine->regs[i]);
  add(state, "pstate", machine->pstate);
  state->pc = cpu_pc(context);
  state->sp = cpu_sp(context);
  state->fp = machine->regs[29];
  state->has_trap = state->has_error = false;
  syndrome(state, machine);
}

#endif
