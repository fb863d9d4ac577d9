// The fatal-signal handlers that servers install, by what they do when they have written their line.
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "patient.h"

namespace {

const int kFatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS, SIGQUIT};

// What every such handler does first: format a line, look at some of the stack, write.
NOINLINE void report(int signal, const siginfo_t *info) {
  char line[512];
  int n = std::snprintf(line, sizeof line, "*** Aborted: signal %d (code %d, address %p) in thread %ld\n", signal,
                        info->si_code, info->si_addr, syscall(SYS_gettid));
  int fd = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (fd >= 0 && write(fd, line, static_cast<size_t>(n)) < 0) _exit(90);
  if (fd >= 0) close(fd);
}

void reset(int signal) { std::signal(signal, SIG_DFL); }

// The fault happens again when the instruction runs again.
void reset_and_return(int signal, siginfo_t *info, void *) {
  report(signal, info);
  reset(signal);
}

// With the signal blocked, as it is inside its handler by default, raise() only leaves it pending: it strikes at the
// return, and the core shows the registers of the fault. With SA_NODEFER it strikes here.
void reset_and_raise(int signal, siginfo_t *info, void *) {
  report(signal, info);
  reset(signal);
  raise(signal);
}

void give_up(int signal, siginfo_t *info, void *) {
  report(signal, info);
  reset(SIGABRT);
  std::abort();
}

// Google's way: the signal goes to the process, so that another thread may be the one that dies of it.
void reset_and_kill(int signal, siginfo_t *info, void *) {
  report(signal, info);
  reset(signal);
  kill(getpid(), signal);
}

// folly's way: hand on the siginfo itself, which works in the main thread only; elsewhere pidfd_open refuses.
void reset_and_forward(int signal, siginfo_t *info, void *) {
  report(signal, info);
  reset(signal);
  long fd = syscall(SYS_pidfd_open, syscall(SYS_gettid), 0);
  if (fd < 0 || syscall(SYS_pidfd_send_signal, fd, signal, info, 0) != 0) raise(signal);
}

// The handler needs what the fault has destroyed.
void crash_again(int signal, siginfo_t *info, void *) {
  report(signal, info);
  *hidden(reinterpret_cast<volatile int *>(0x40)) = 1;
}

// Handlers of the older kind, installed without SA_SIGINFO: the kernel then writes no siginfo into the frame.
void plain_raise(int signal) {
  siginfo_t none = {};
  report(signal, &none);
  reset(signal);
  raise(signal);
}

void plain_abort(int signal) {
  siginfo_t none = {};
  report(signal, &none);
  reset(SIGABRT);
  std::abort();
}

struct PlainKind {
  const char *name;
  void (*act)(int);
  int flags;
};

const PlainKind kPlainKinds[] = {{"plain", plain_raise, SA_NODEFER}, {"plain-abort", plain_abort, 0}};

struct Kind {
  const char *name;
  void (*act)(int, siginfo_t *, void *);
  int flags;
};

const Kind kKinds[] = {
    {"return", reset_and_return, 0}, {"raise", reset_and_raise, 0}, {"nodefer", reset_and_raise, SA_NODEFER},
    {"abort", give_up, 0},           {"kill", reset_and_kill, 0},   {"pidfd", reset_and_forward, 0},
    {"crash", crash_again, 0},
};

void give_alternate_stack() {
  // MINSIGSTKSZ is no constant on CPUs with wide vectors, so be generous.
  constexpr size_t kSize = 64 * 1024;
  void *room = mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  stack_t stack = {};
  stack.ss_sp = room;
  stack.ss_size = kSize;
  sigaltstack(&stack, nullptr);
}

}  // namespace

bool install_handler(const char *kind) {
  if (std::strcmp(kind, "none") == 0) return true;
  size_t length = std::strlen(kind);
  bool alternate = length > 4 && std::strcmp(kind + length - 4, "-alt") == 0;
  if (alternate) length -= 4;
  for (const PlainKind &k : kPlainKinds) {
    if (std::strlen(k.name) != length || std::strncmp(k.name, kind, length) != 0) continue;
    if (alternate) give_alternate_stack();
    struct sigaction action = {};
    action.sa_handler = k.act;
    action.sa_flags = k.flags | (alternate ? SA_ONSTACK : 0);
    for (int s : kFatal) sigaction(s, &action, nullptr);
    return true;
  }
  for (const Kind &k : kKinds) {
    if (std::strlen(k.name) != length || std::strncmp(k.name, kind, length) != 0) continue;
    if (alternate) give_alternate_stack();
    struct sigaction action = {};
    action.sa_sigaction = k.act;
    action.sa_flags = SA_SIGINFO | k.flags | (alternate ? SA_ONSTACK : 0);
    for (int s : kFatal) sigaction(s, &action, nullptr);
    return true;
  }
  return false;
}
