// Who this process is and where it runs: asked while nothing is wrong, so anything may be called.
#ifndef PUMPHANDLE_IDENTITY_H
#define PUMPHANDLE_IDENTITY_H

#include "record.h"
#include "sentinel.h"

// A variable of the environment that has a value; none in a set-user-ID program.
const char *identity_environment(const char *name);

void identity_learn(struct record_setting *setting, const struct pumphandle_sentinel_options *options);

#endif
