// Patients for AArch64, run by qemu-aarch64 where there is no such machine: freestanding, so that a core is small and
// every register at the fault is known from the source. Nobody can watch inside the emulator by ptrace, so the truth
// is what the construction fixes: x19 to x28 hold marks, and the list says what else.
//
//   patient-aarch64 --list
//   patient-aarch64 ILLNESS [HANDLER [THREADS [main|thread]]]     HANDLER: none, return, raise, nodefer; THREADS: 1
#include <stddef.h>
#include <stdint.h>

enum { SYS_write = 64, SYS_exit = 93, SYS_tgkill = 131, SYS_rt_sigaction = 134, SYS_getpid = 172, SYS_gettid = 178 };
enum { SIGILL = 4, SIGTRAP = 5, SIGABRT = 6, SIGBUS = 7, SIGFPE = 8, SIGSEGV = 11 };
enum { SA_SIGINFO = 4, SA_NODEFER = 0x40000000 };

static long call(long number, long a, long b, long c, long d) {
  register long x8 asm("x8") = number, x0 asm("x0") = a, x1 asm("x1") = b, x2 asm("x2") = c, x3 asm("x3") = d;
  asm volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
  return x0;
}

static size_t length(const char *s) {
  size_t n = 0;
  while (s[n]) n++;
  return n;
}

static int same(const char *a, const char *b) {
  while (*a && *a == *b) a++, b++;
  return *a == *b;
}

static void say(const char *s) { call(SYS_write, 1, (long)s, (long)length(s), 0); }

// --- Illnesses -----------------------------------------------------------------------------------------------------

#define MARKS                                                                                                     \
  "mov x19, #0x1900\n\tmov x20, #0x2000\n\tmov x21, #0x2100\n\tmov x22, #0x2200\n\tmov x23, #0x2300\n\t"          \
  "mov x24, #0x2400\n\tmov x25, #0x2500\n\tmov x26, #0x2600\n\tmov x27, #0x2700\n\tmov x28, #0x2800\n\t"
#define MARKED "x19=0x1900 x20=0x2000 x21=0x2100 x22=0x2200 x23=0x2300 x24=0x2400 x25=0x2500 x26=0x2600 x27=0x2700 x28=0x2800"
#define STRIKE(name, code) \
  static void name(void) { asm volatile(MARKS code ::: "memory", "x0", "x1", "x30"); }
#define GARBAGE "movz x0, #0x9a10\n\tmovk x0, #0x5678, lsl #16\n\tmovk x0, #0x1234, lsl #32\n\t"

STRIKE(return_null, "mov x30, #0\n\tret")
STRIKE(return_unmapped, GARBAGE "mov x30, x0\n\tret")
STRIKE(call_null, "mov x0, #0\n\tblr x0")
STRIKE(call_unmapped, GARBAGE "blr x0")
STRIKE(jump_null, "mov x0, #0\n\tadr x30, .\n\tbr x0")
STRIKE(null_load, "mov x0, #0\n\tldr x1, [x0, #0x18]")
STRIKE(null_store, "mov x0, #0\n\tstr x1, [x0]")
STRIKE(wild_load, GARBAGE "ldr x1, [x0]")
STRIKE(undefined, "udf #7")
STRIKE(breakpoint, "brk #1")
static void aborted(void) { call(SYS_tgkill, call(SYS_getpid, 0, 0, 0, 0), call(SYS_gettid, 0, 0, 0, 0), SIGABRT, 0); }

#pragma GCC diagnostic ignored "-Winfinite-recursion"
__attribute__((noinline)) static int recurse(volatile char *above) {
  volatile char room[2000];
  room[0] = above[0];
  return recurse(room) + room[0];
}
static void overflow(void) {
  volatile char top = 1;
  recurse(&top);
}

static const struct {
  const char *name, *label, *control, *signal, *registers;
  void (*strike)(void);
} illnesses[] = {
    {"return-null", "return-to-null", "returned", "11", MARKED " pc=0x0 x30=0x0", return_null},
    {"return-unmapped", "return-to-garbage", "returned", "11", MARKED " pc=0x123456789a10 x30=0x123456789a10", return_unmapped},
    {"call-null", "call-through-null", "called", "11", MARKED " pc=0x0 x0=0x0", call_null},
    {"call-unmapped", "call-to-garbage", "called", "11", MARKED " pc=0x123456789a10 x0=0x123456789a10", call_unmapped},
    {"jump-null", "jump-to-null", "jumped", "11", MARKED " pc=0x0 x0=0x0", jump_null},
    {"null-load", "null-dereference", "ran", "11", MARKED " x0=0x0", null_load},
    {"null-store", "null-dereference", "ran", "11", MARKED " x0=0x0", null_store},
    {"wild-load", "wild-pointer", "ran", "11", MARKED " x0=0x123456789a10", wild_load},
    {"overflow-recursion", "stack-overflow", "ran", "11", "", overflow},
    {"abort", "deliberate-abort", "none", "6", "", aborted},
    {"illegal-udf", "illegal-instruction", "ran", "4", MARKED, undefined},
    {"trap-brk", "trap", "ran", "5", MARKED, breakpoint},
};
enum { ILLNESSES = sizeof illnesses / sizeof *illnesses };

// --- Handlers ------------------------------------------------------------------------------------------------------

static int raises;
static volatile int alive;

static void set_action(int signal, void *handler, unsigned long flags) {
  struct { void *handler; unsigned long flags; void *restorer; uint64_t mask; } action = {handler, flags, 0, 0};
  call(SYS_rt_sigaction, signal, (long)&action, 0, 8);
}

static void handle(int signal) {
  volatile char room[512];
  for (int i = 0; i < 512; i++) room[i] = (char)(i * 37);
  alive = room[9];
  set_action(signal, 0, 0);
  if (raises) call(SYS_tgkill, call(SYS_getpid, 0, 0, 0, 0), call(SYS_gettid, 0, 0, 0, 0), signal, 0);
}

static int install(const char *kind) {
  if (same(kind, "none")) return 1;
  raises = same(kind, "raise") || same(kind, "nodefer");
  if (!raises && !same(kind, "return")) return 0;
  static const int fatal[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV};
  for (int i = 0; i < 6; i++) set_action(fatal[i], (void *)handle, SA_SIGINFO | (same(kind, "nodefer") ? SA_NODEFER : 0));
  return 1;
}

// --- Admission -----------------------------------------------------------------------------------------------------

__attribute__((noinline)) static void operate(int i) {
  illnesses[i].strike();
  alive = 1;
}
__attribute__((noinline)) static void admit(int i) {
  operate(i);
  alive = 2;
}

__attribute__((used)) int begin(const uint64_t *stack) {
  long argc = (long)stack[0];
  char **argv = (char **)(stack + 1);
  if (argc < 2) return 2;
  if (same(argv[1], "--list")) {
    for (int i = 0; i < ILLNESSES; i++) {
      say(illnesses[i].name), say("\t"), say(illnesses[i].label), say("\t"), say(illnesses[i].control), say("\taligned\t");
      say(illnesses[i].signal), say("\t"), say(illnesses[i].registers), say("\n");
    }
    return 0;
  }
  if (argc > 2 && !install(argv[2])) return 2;
  for (int i = 0; i < ILLNESSES; i++)
    if (same(argv[1], illnesses[i].name)) admit(i);
  return 99;
}

asm(".globl _start\n_start:\n\tmov x29, #0\n\tmov x30, #0\n\tmov x0, sp\n\tbl begin\n\tmov x8, #93\n\tsvc #0\n");
