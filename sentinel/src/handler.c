#include "handler.h"

#include <errno.h>
#include <stdatomic.h>

#include "chain.h"
#include "system.h"

// As many threads may crash at once and leave a line each; further ones wait a while for a place.
enum { PLACES = 4, PATIENCE = 100 };

// A program that lives on faults (a runtime that catches its own) shall not fill its log.
enum { MOST_RECORDS = 16 };

struct record_setting handler_setting;
int handler_fd = 2;

static struct place {
  atomic_int tid;
  void *escape[5];
  int escapes;
  struct record record;
} places[PLACES];

static atomic_int records;

// The fault that was written last: one that strikes again unchanged is the same.
static struct {
  atomic_int tid, signo;
  atomic_ullong pc, sp;
} last;

static struct place *place_of(int tid) {
  for (int i = 0; i < PLACES; i++)
    if (atomic_load(&places[i].tid) == tid) return &places[i];
  return 0;
}

static struct place *take_place(int tid) {
  for (int tries = 0; tries < PATIENCE; tries++) {
    for (int i = 0; i < PLACES; i++) {
      int nobody = 0;
      if (atomic_compare_exchange_strong(&places[i].tid, &nobody, tid)) return &places[i];
    }
    system_pause(10);
  }
  return 0;
}

static bool repeated(int tid, int signo, uint64_t pc, uint64_t sp) {
  return atomic_load(&last.tid) == tid && atomic_load(&last.signo) == signo && atomic_load(&last.pc) == pc &&
         atomic_load(&last.sp) == sp;
}

static void remember(int tid, int signo, uint64_t pc, uint64_t sp) {
  atomic_store(&last.tid, tid);
  atomic_store(&last.signo, signo);
  atomic_store(&last.pc, pc);
  atomic_store(&last.sp, sp);
}

static void write_line(const struct line *line) {
  if (!system_writable(handler_fd, 1000)) return;
  long written;
  do written = system_write(handler_fd, line->text, line->length);
  while (written == -EINTR);
  // A reader that has gone, or a file that is full, is no reason to die of another signal than the one that struck.
  if (written < 0) system_forget(1ull << (SIGPIPE - 1) | 1ull << (SIGXFSZ - 1));
}

// A crash in here comes back with the escape, and leaves the line as far as it had got.
static void write_record(struct place *mine, int signo, const siginfo_t *info, const ucontext_t *context, int cpu) {
  mine->escapes = 0;
  if (__builtin_setjmp(mine->escape) == 0) {
    record_make(&mine->record, &handler_setting, signo, info, context, cpu);
  } else if (mine->escapes++ > 0) {
    return;  // it was the writing that crashed
  } else {
    memory_end(&mine->record.memory);
    record_cut(&mine->record);
  }
  write_line(&mine->record.line);
}

__attribute__((noinline)) static void escape(struct place *mine) { __builtin_longjmp(mine->escape, 1); }

void handler_on_fatal_signal(int signo, siginfo_t *info, void *context) {
  cpu_allow_unaligned();
  int cpu = system_cpu();  // at once: a moment later this thread may run elsewhere
  int tid = system_gettid();
  struct place *mine = place_of(tid);
  if (mine) escape(mine);
  uint64_t pc = cpu_pc(context), sp = cpu_sp(context);
  bool ignored = chain_wanted(signo).sa_handler == SIG_IGN && !record_is_fault(signo, info);
  // A handler that crashes over what has crashed already is not what this process dies of.
  bool later = chain_is_dying(sp);
  if (!ignored && !later && !repeated(tid, signo, pc, sp) && atomic_fetch_add(&records, 1) < MOST_RECORDS) {
    mine = take_place(tid);
    if (mine) {
      write_record(mine, signo, info, context, cpu);
      remember(tid, signo, pc, sp);
      atomic_store(&mine->tid, 0);
    }
  }
  chain_on(signo, info, context);
}
