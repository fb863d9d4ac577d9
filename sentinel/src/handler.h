// The handler itself.
#ifndef PUMPHANDLE_HANDLER_H
#define PUMPHANDLE_HANDLER_H

#include <signal.h>

#include "record.h"

// Set before the handlers are installed, never after.
extern struct record_setting handler_setting;
extern int handler_fd;

void handler_on_fatal_signal(int signo, siginfo_t *info, void *context);

#endif
