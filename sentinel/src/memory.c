#include "memory.h"

#include "system.h"

bool memory_pipe_only;

void memory_begin(struct memory *memory) {
  memory->way = BY_PROCESS_VM;
  memory->pipe[0] = memory->pipe[1] = -1;
  uint64_t word;
  if (!memory_pipe_only && memory_word(memory, (uint64_t)memory, &word)) return;
  memory->way = system_call(SYS_pipe2, (long)memory->pipe, O_CLOEXEC | O_NONBLOCK, 0, 0, 0, 0) == 0 ? BY_PIPE : BY_NOTHING;
}

void memory_end(struct memory *memory) {
  if (memory->way != BY_PIPE) return;
  system_close(memory->pipe[0]);
  system_close(memory->pipe[1]);
  memory->way = BY_NOTHING;
}

static long one_page(struct memory *memory, uint64_t from, void *to, size_t n) {
  struct iovec local = {to, n}, remote = {(void *)from, n};
  long written;
  switch (memory->way) {
    case BY_PROCESS_VM:
      return system_call(SYS_process_vm_readv, system_getpid(), (long)&local, 1, (long)&remote, 1, 0);
    case BY_PIPE:
      written = system_write(memory->pipe[1], (const void *)from, n);
      return written > 0 ? system_read(memory->pipe[0], to, (size_t)written) : written;
    case BY_NOTHING:
      break;
  }
  return -1;
}

size_t memory_read(struct memory *memory, uint64_t from, void *to, size_t n) {
  size_t done = 0;
  while (done < n) {
    uint64_t at = from + done;
    size_t piece = 4096 - (size_t)(at & 4095);
    if (piece > n - done) piece = n - done;
    long got = one_page(memory, at, (char *)to + done, piece);
    if (got > 0) done += (size_t)got;
    if (got != (long)piece) break;
  }
  return done;
}

bool memory_word(struct memory *memory, uint64_t at, uint64_t *word) {
  uint64_t read = 0;
  if (memory_read(memory, at, &read, sizeof read) != sizeof read) return false;
  *word = read;
  return true;
}
