// What the library and the preloaded object share.
#ifndef PUMPHANDLE_INSTALL_H
#define PUMPHANDLE_INSTALL_H

#include <signal.h>
#include <stdbool.h>

typedef int (*install_sigaction)(int, const struct sigaction *, struct sigaction *);

// The C library's sigaction; the preloaded object puts the one behind its own here.
extern install_sigaction install_real_sigaction;
// Whether the handlers are in place.
bool install_done(void);

#endif
