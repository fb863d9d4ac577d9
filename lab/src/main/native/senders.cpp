// Fatal signals that somebody sent, and a process that nothing is wrong with.
#include <csignal>
#include <cstdlib>
#include <sys/wait.h>
#include <unistd.h>

#include "patient.h"

namespace {

// A child sends the signal, so that its sender is another process, and is gone before anybody looks for it.
void from_another(int signal) {
  pid_t child = fork();
  if (child == 0) {
    kill(getppid(), signal);
    _exit(0);
  }
  for (;;) pause();
}

void segv_from_another() { from_another(SIGSEGV); }
void abrt_from_another() { from_another(SIGABRT); }
void quit_from_another() { from_another(SIGQUIT); }
void fpe_from_another() { from_another(SIGFPE); }
void segv_from_self() {
  kill(getpid(), SIGSEGV);
  for (;;) pause();
}
void segv_raised() {
  raise(SIGSEGV);
  for (;;) pause();
}
void segv_queued() {
  sigqueue(getpid(), SIGSEGV, sigval{});
  for (;;) pause();
}
// SIGURG tells the observer that this process is up; left alone it is ignored.
void healthy() {
  raise(SIGURG);
  for (;;) pause();
}

const Illness kAll[] = {
    {"sent-segv", "sent-by-user", "none", "aligned", SIGSEGV, segv_from_another},
    {"sent-abrt", "sent-by-user", "none", "aligned", SIGABRT, abrt_from_another},
    {"sent-quit", "sent-by-user", "none", "aligned", SIGQUIT, quit_from_another},
    {"sent-fpe", "sent-by-user", "none", "aligned", SIGFPE, fpe_from_another},
    {"sent-self", "sent-by-user", "none", "aligned", SIGSEGV, segv_from_self},
    {"sent-raise", "sent-by-user", "none", "aligned", SIGSEGV, segv_raised},
    {"sent-queue", "sent-by-user", "none", "aligned", SIGSEGV, segv_queued},
    {"healthy", "not-a-crash", "none", "aligned", 0, healthy},
};

}  // namespace

Family senders() { return family(kAll); }
