// Instructions that the CPU refuses, numbers it cannot divide, files that end too early.
#include <cfenv>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "patient.h"

namespace {

volatile int whole;
volatile double real;

void past_the_end() {
  int fd = memfd_create("short", 0);
  void *page = mmap(nullptr, 4096, PROT_READ, MAP_SHARED, fd, 0);
  whole = static_cast<volatile char *>(page)[8];
}

// EFLAGS.AC makes the CPU check alignment of data in user mode (#AC, vector 17).
NAKED void strict_alignment(const void *) {
  asm("pushf\n\torl $0x40000, (%rsp)\n\tpopf\n\tmov 1(%rdi), %rax\n\tret");
}
void unaligned() {
  static const uint64_t words[4] = {1, 2, 3, 4};
  strict_alignment(words);
}

NOINLINE void undefined() { asm volatile("ud2"); }
NOINLINE void bad_opcode() { asm volatile(".byte 0x06"); }
NOINLINE void halt() { asm volatile("hlt"); }
// A library page that was overwritten: still executable, no longer code.
NOINLINE void overwritten_code() {
  void *page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  std::memset(page, 0xff, 4096);
  reinterpret_cast<int (*)()>(hidden(static_cast<char *>(page) + 64))();
  whole = 1;
}
NOINLINE void breakpoint() { asm volatile("int3"); }
NOINLINE void debug_trap() { asm volatile(".byte 0xf1"); }
NOINLINE void divide() { whole = hidden(1) / hidden(0); }
NOINLINE void divide_overflow() { whole = hidden(-2147483647 - 1) / hidden(-1); }
NOINLINE void divide_real() {
  feenableexcept(FE_DIVBYZERO);
  real = 1.0 / hidden(real);
}

void forbidden_call() {
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
  // Strict mode kills with SIGKILL and leaves no core; a filter can ask for SIGSYS.
  struct { unsigned short code; unsigned char jt, jf; unsigned k; } program[] = {
      {0x20, 0, 0, 0}, {0x15, 0, 1, SYS_getppid}, {0x06, 0, 0, SECCOMP_RET_TRAP}, {0x06, 0, 0, SECCOMP_RET_ALLOW}};
  struct { unsigned short length; void *filter; } wrapped = {4, program};
  prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &wrapped, 0, 0);
  whole = static_cast<int>(syscall(SYS_getppid));
}

const Illness kAll[] = {
    {"bus-past-end", "bus-error", "ran", "aligned", SIGBUS, past_the_end},
    {"bus-unaligned", "bus-error", "ran", "aligned", SIGBUS, unaligned},
    {"illegal-ud2", "illegal-instruction", "ran", "aligned", SIGILL, undefined},
    {"illegal-opcode", "illegal-instruction", "ran", "aligned", SIGILL, bad_opcode},
    {"illegal-overwritten", "illegal-instruction", "ran", "aligned", SIGILL, overwritten_code},
    {"privileged-hlt", "other", "ran", "aligned", SIGSEGV, halt},
    {"trap-int3", "trap", "ran", "aligned", SIGTRAP, breakpoint},
    {"trap-icebp", "trap", "ran", "aligned", SIGTRAP, debug_trap},
    {"divide-zero", "arithmetic", "ran", "aligned", SIGFPE, divide},
    {"divide-overflow", "arithmetic", "ran", "aligned", SIGFPE, divide_overflow},
    {"divide-real", "arithmetic", "ran", "aligned", SIGFPE, divide_real},
    {"forbidden-call", "other", "ran", "aligned", SIGSYS, forbidden_call},
};

}  // namespace

Family traps() { return family(kAll); }
