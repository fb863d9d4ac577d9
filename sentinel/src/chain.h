// Who had the signals before, or would have them were it not for the sentinel; and how a signal is handed on to them.
#ifndef PUMPHANDLE_CHAIN_H
#define PUMPHANDLE_CHAIN_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <ucontext.h>

bool chain_guards(int signo);
// What the program wants to be done. A read is async-signal-safe; so is a write, as sigaction(2) is.
struct sigaction chain_wanted(int signo);
void chain_want(int signo, const struct sigaction *action);
// Whether the calling thread is in a handler that a fatal signal was handed on to: a place on the stack that is below the
// handler's. (One that jumped out of its handler is not any more.) Async-signal-safe.
bool chain_is_dying(uint64_t sp);
// Hands the signal on. Returns where the handler does, or so that the kernel's own action strikes at the return. Async-signal-safe.
void chain_on(int signo, siginfo_t *info, void *context);

#endif
