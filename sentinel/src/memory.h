// Reads of this process's own memory that cannot fault. Async-signal-safe.
//
// process_vm_readv(2) on itself is asked first; where a sandbox forbids it, the bytes go through a pipe: write(2) says
// EFAULT where a load would have been a second crash. Where neither works there are no bytes, and the line says less.
#ifndef PUMPHANDLE_MEMORY_H
#define PUMPHANDLE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum memory_way { BY_PROCESS_VM, BY_PIPE, BY_NOTHING };

struct memory {
  enum memory_way way;
  int pipe[2];
};

void memory_begin(struct memory *memory);
void memory_end(struct memory *memory);
// How many bytes from there on could be had, at most n: up to the first page that cannot be read.
size_t memory_read(struct memory *memory, uint64_t from, void *to, size_t n);
bool memory_word(struct memory *memory, uint64_t at, uint64_t *word);

// For tests: a sandbox that forbids process_vm_readv.
extern bool memory_pipe_only;

#endif
