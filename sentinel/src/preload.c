// The object for LD_PRELOAD: installs before main, gives every thread an alternate stack, and stands before sigaction(2), so
// that a handler that the program installs later does not replace the sentinel but is called by it.
//
// PUMPHANDLE_SENTINEL=off: does nothing.
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "chain.h"
#include "install.h"
#include "sentinel.h"

// Older names of the C library for the same, which some headers no longer declare.
int __sigaction(int signo, const struct sigaction *action, struct sigaction *before);
sighandler_t bsd_signal(int signo, sighandler_t handler);

#define EXPORT __attribute__((visibility("default")))

static install_sigaction real_sigaction(void) {
  static install_sigaction real;
  if (!real) real = (install_sigaction)dlsym(RTLD_NEXT, "sigaction");
  return real;
}

__attribute__((constructor)) static void begin(void) {
  const char *word = secure_getenv("PUMPHANDLE_SENTINEL");
  install_real_sigaction = real_sigaction();
  if (!word || strcmp(word, "off") != 0) pumphandle_sentinel_install(NULL);
}

// --- Handlers ------------------------------------------------------------------------------------------------------

// A handler that resets the signal and raises it means it: then the kernel has to know.
static int change(int signo, const struct sigaction *action, struct sigaction *before) {
  if (!install_done() || !chain_guards(signo)) return real_sigaction()(signo, action, before);
  struct sigaction wanted = chain_wanted(signo);
  if (action) {
    struct sigaction copy = *action;  // the caller may give one place for both
    chain_want(signo, &copy);
    bool reset = !(copy.sa_flags & SA_SIGINFO) && copy.sa_handler == SIG_DFL;
    if (reset && chain_is_dying((uint64_t)__builtin_frame_address(0))) real_sigaction()(signo, &copy, NULL);
  }
  if (before) *before = wanted;
  return 0;
}

static sighandler_t change_simply(int signo, sighandler_t handler, int flags) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = flags}, before;
  sigemptyset(&action.sa_mask);
  if (!(flags & SA_NODEFER)) sigaddset(&action.sa_mask, signo);
  return change(signo, &action, &before) == 0 ? before.sa_handler : SIG_ERR;
}

EXPORT int sigaction(int signo, const struct sigaction *action, struct sigaction *before) {
  return change(signo, action, before);
}
EXPORT int __sigaction(int signo, const struct sigaction *action, struct sigaction *before) {
  return change(signo, action, before);
}
EXPORT sighandler_t signal(int signo, sighandler_t handler) { return change_simply(signo, handler, SA_RESTART); }
EXPORT sighandler_t bsd_signal(int signo, sighandler_t handler) { return change_simply(signo, handler, SA_RESTART); }
EXPORT sighandler_t ssignal(int signo, sighandler_t handler) { return change_simply(signo, handler, SA_RESTART); }
EXPORT sighandler_t sysv_signal(int signo, sighandler_t handler) {
  return change_simply(signo, handler, (int)SA_RESETHAND | SA_NODEFER);
}
EXPORT sighandler_t __sysv_signal(int signo, sighandler_t handler) {
  return change_simply(signo, handler, (int)SA_RESETHAND | SA_NODEFER);
}

// --- Threads -------------------------------------------------------------------------------------------------------

struct beginning {
  void *(*run)(void *);
  void *argument;
};

static void *begin_thread(void *given) {
  struct beginning beginning = *(struct beginning *)given;
  free(given);
  pumphandle_sentinel_thread();
  return beginning.run(beginning.argument);
}

EXPORT int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument) {
  typedef int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  static create real;
  if (!real) real = (create)dlsym(RTLD_NEXT, "pthread_create");
  if (!install_done()) return real(thread, attributes, run, argument);
  struct beginning *beginning = malloc(sizeof *beginning);
  if (!beginning) return EAGAIN;
  *beginning = (struct beginning){run, argument};
  int problem = real(thread, attributes, begin_thread, beginning);
  if (problem != 0) free(beginning);
  return problem;
}
