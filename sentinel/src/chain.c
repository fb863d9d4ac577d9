#include "chain.h"

#include <stdatomic.h>
#include <stdint.h>

#include "record.h"
#include "system.h"

enum { SIGNALS = 32, MOST_DYING = 16 };

// The kernel's set of signals is 64 bits, the C library's 1024 (sigprocmask(2), "C library/kernel differences").
enum { SET = 8 };

bool chain_guards(int signo) {
  return signo == SIGSEGV || signo == SIGBUS || signo == SIGILL || signo == SIGFPE || signo == SIGABRT || signo == SIGTRAP;
}

// A writer leaves the version odd while it writes; a reader that was overtaken reads again.
static struct {
  atomic_uint version;
  struct sigaction action;
} wanted[SIGNALS];

static struct {
  atomic_int tid;
  atomic_ullong frame;  // where the stack stood when the handler was called
} dying[MOST_DYING];

// A handler's frames reach no further (bytes).
enum { DEEPEST = 8 << 20 };

struct sigaction chain_wanted(int signo) {
  struct sigaction action;
  for (int tries = 0; tries < 1000; tries++) {
    unsigned before = atomic_load_explicit(&wanted[signo].version, memory_order_acquire);
    action = wanted[signo].action;
    atomic_thread_fence(memory_order_acquire);
    if ((before & 1) == 0 && atomic_load_explicit(&wanted[signo].version, memory_order_relaxed) == before) return action;
  }
  return action;
}

void chain_want(int signo, const struct sigaction *action) {
  unsigned even;
  do even = atomic_load_explicit(&wanted[signo].version, memory_order_relaxed) & ~1u;
  while (!atomic_compare_exchange_weak(&wanted[signo].version, &even, even + 1));
  wanted[signo].action = *action;
  atomic_store_explicit(&wanted[signo].version, even + 2, memory_order_release);
}

bool chain_is_dying(uint64_t sp) {
  int tid = system_gettid();
  for (int i = 0; i < MOST_DYING; i++)
    if (atomic_load(&dying[i].tid) == tid && atomic_load(&dying[i].frame) - sp < DEEPEST) return true;
  return false;
}

static int begin_dying(uint64_t frame) {
  int tid = system_gettid();
  for (int i = 0; i < MOST_DYING; i++) {
    int nobody = 0;
    if (atomic_load(&dying[i].tid) != tid && !atomic_compare_exchange_strong(&dying[i].tid, &nobody, tid)) continue;
    atomic_store(&dying[i].frame, frame);
    return i;
  }
  return -1;
}

static void set_mask(const void *set) { system_call(SYS_rt_sigprocmask, SIG_SETMASK, (long)set, 0, SET, 0, 0); }

static void kernel_default(int signo) {
  // Source: Linux include/linux/signal_types.h, struct sigaction: handler, flags, restorer, mask.
  struct {
    void (*handler)(int);
    unsigned long flags;
    void (*restorer)(void);
    uint64_t mask;
  } action = {SIG_DFL, 0, 0, 0};
  system_call(SYS_rt_sigaction, signo, (long)&action, 0, SET, 0, 0);
}

// Whether the same instruction would fault again. A breakpoint has been passed already; a memory error that was only
// noticed (BUS_MCEERR_AO) belongs to no instruction; what was sent was not raised by any.
static bool recurs(int signo, const siginfo_t *info) {
  if (!record_is_fault(signo, info) || signo == SIGTRAP) return false;
  return signo != SIGBUS || info->si_code != BUS_MCEERR_AO;
}

// The signal once more, as it was: blocked now, it strikes when this handler has returned, where the first one did.
// The kernel lets a thread send itself any siginfo. Source: Linux kernel/signal.c, do_rt_tgsigqueueinfo()
static void resend(int signo, siginfo_t *info) {
  uint64_t all = ~0ull;
  set_mask(&all);
  int pid = system_getpid(), tid = system_gettid();
  if (system_call(SYS_rt_tgsigqueueinfo, pid, tid, signo, (long)info, 0, 0) < 0)
    system_call(SYS_tgkill, pid, tid, signo, 0, 0, 0);
}

// As the kernel would call it: with the same signals blocked, and on this stack.
static void call(int signo, siginfo_t *info, void *context, const struct sigaction *action) {
  uint64_t mask = *(const uint64_t *)&((const ucontext_t *)context)->uc_sigmask | *(const uint64_t *)&action->sa_mask;
  if (!(action->sa_flags & SA_NODEFER)) mask |= 1ull << (signo - 1);
  int mark = begin_dying((uint64_t)__builtin_frame_address(0));
  set_mask(&mask);
  if (action->sa_flags & SA_SIGINFO)
    action->sa_sigaction(signo, info, context);
  else
    action->sa_handler(signo);
  // What the handler raised while it was blocked strikes at the return, and not here.
  uint64_t all = ~0ull;
  set_mask(&all);
  if (mark >= 0) atomic_store(&dying[mark].tid, 0);
}

void chain_on(int signo, siginfo_t *info, void *context) {
  struct sigaction action = chain_wanted(signo);
  bool handled = (action.sa_flags & SA_SIGINFO) || (action.sa_handler != SIG_DFL && action.sa_handler != SIG_IGN);
  if (!handled) {
    // The kernel does not let a fault be ignored. Source: Linux kernel/signal.c, force_sig_info_to_task()
    if (action.sa_handler == SIG_IGN && !record_is_fault(signo, info)) return;
    kernel_default(signo);
    if (!recurs(signo, info)) resend(signo, info);
    return;
  }
  if (action.sa_flags & SA_RESETHAND) {
    struct sigaction once = {.sa_handler = SIG_DFL};
    chain_want(signo, &once);
    kernel_default(signo);
  }
  call(signo, info, context, &action);
}
