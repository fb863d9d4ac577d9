#include "install.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <unistd.h>

#include "chain.h"
#include "handler.h"
#include "identity.h"
#include "sentinel.h"

#ifndef AT_MINSIGSTKSZ
#define AT_MINSIGSTKSZ 51
#endif

enum { PAGE = 4096, LEAST_STACK = 16 << 10, USUAL_STACK = 64 << 10 };

static const int kSignals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP};

install_sigaction install_real_sigaction = sigaction;

static atomic_bool installing, done;
static size_t stack_bytes = USUAL_STACK;
static pthread_key_t stack_key;
static bool has_key;

bool install_done(void) { return atomic_load(&done); }

// --- Alternate stacks ----------------------------------------------------------------------------------------------

static void take_stack_back(void *room) {
  stack_t now;
  if (sigaltstack(NULL, &now) == 0 && now.ss_sp == (char *)room + PAGE) {
    stack_t none = {.ss_flags = SS_DISABLE};
    sigaltstack(&none, NULL);
  }
  munmap(room, stack_bytes + PAGE);
}

int pumphandle_sentinel_thread(void) {
  stack_t now;
  if (sigaltstack(NULL, &now) != 0) return -errno;
  if (!(now.ss_flags & SS_DISABLE) && now.ss_size >= LEAST_STACK) return 0;
  char *room = mmap(NULL, stack_bytes + PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK, -1, 0);
  if (room == MAP_FAILED) return -errno;
  stack_t ours = {.ss_sp = room + PAGE, .ss_size = stack_bytes};
  // The lowest page is a guard: who runs out of an alternate stack shall not write over something else.
  if (mprotect(room, PAGE, PROT_NONE) != 0 || sigaltstack(&ours, NULL) != 0) {
    int problem = -errno;
    munmap(room, stack_bytes + PAGE);
    return problem;
  }
  if (has_key) pthread_setspecific(stack_key, room);
  return 0;
}

// --- Options -------------------------------------------------------------------------------------------------------

static int choose_place(const struct pumphandle_sentinel_options *options) {
  const char *file = options->file ? options->file : identity_environment("PUMPHANDLE_SENTINEL_FILE");
  if (file) {
    int fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
    if (fd < 0) return -errno;
    handler_fd = fd;
    return 0;
  }
  const char *number = identity_environment("PUMPHANDLE_SENTINEL_FD");
  int fd = options->fd > 0 ? options->fd : number ? atoi(number) : STDERR_FILENO;
  if (fcntl(fd, F_GETFD) < 0) return -EBADF;
  handler_fd = fd;
  return 0;
}

static void choose_stack(const struct pumphandle_sentinel_options *options) {
  const char *kib = identity_environment("PUMPHANDLE_SENTINEL_STACK_KIB");
  size_t bytes = options->stack_bytes > 0 ? options->stack_bytes : kib ? (size_t)atol(kib) << 10 : USUAL_STACK;
  // The kernel's own part of a signal's frame grows with the processor's registers.
  size_t least = LEAST_STACK + getauxval(AT_MINSIGSTKSZ);
  stack_bytes = ((bytes > least ? bytes : least) + PAGE - 1) & ~(size_t)(PAGE - 1);
}

// --- Installation --------------------------------------------------------------------------------------------------

int pumphandle_sentinel_install(const struct pumphandle_sentinel_options *given) {
  static const struct pumphandle_sentinel_options nothing;
  const struct pumphandle_sentinel_options *options = given ? given : &nothing;
  if (atomic_exchange(&installing, true)) return 0;
  int problem = choose_place(options);
  if (problem != 0) {
    atomic_store(&installing, false);
    return problem;
  }
  choose_stack(options);
  handler_setting.retain_words = options->retain_words || identity_environment("PUMPHANDLE_SENTINEL_WORDS") != NULL;
  identity_learn(&handler_setting, options);
  has_key = pthread_key_create(&stack_key, take_stack_back) == 0;
  problem = pumphandle_sentinel_thread();
  // A crash of the handler itself comes to the handler, and nothing else does while it works.
  struct sigaction ours = {.sa_sigaction = handler_on_fatal_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
  sigfillset(&ours.sa_mask);
  static const int own[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE};
  for (size_t i = 0; i < sizeof own / sizeof own[0]; i++) sigdelset(&ours.sa_mask, own[i]);
  for (size_t i = 0; i < sizeof kSignals / sizeof kSignals[0]; i++) {
    struct sigaction before;
    if (install_real_sigaction(kSignals[i], NULL, &before) != 0) continue;
    chain_want(kSignals[i], &before);
    install_real_sigaction(kSignals[i], &ours, NULL);
  }
  atomic_store(&done, true);
  return problem;
}
