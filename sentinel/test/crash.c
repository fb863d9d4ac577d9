// Dies as it is told, under a handler that is told too: crash DEATH [HANDLER]. With -DLINKED it installs the sentinel itself,
// behind the handler; else it is run with the preloaded object, which was there before.
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(LINKED)
#include "sentinel.h"
#endif

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP};
enum { FATAL = sizeof fatal / sizeof fatal[0] };

static void say(const char *text) {
  if (write(2, text, strlen(text)) < 0) _exit(98);
}

// --- Handlers as others write them ---------------------------------------------------------------------------------

static struct sigaction before[NSIG];

// As folly does: one thread speaks, then whoever was there before, then the signal again.
static void like_folly(int signo, siginfo_t *info, void *context) {
  (void)info, (void)context;
  say("handler: like folly\n");
  struct sigaction reset = {.sa_handler = SIG_DFL};
  sigaction(signo, &reset, NULL);
  raise(signo);
}

// As glog does: speaks, waits for other threads, and sends the signal to the process.
static void like_glog(int signo, siginfo_t *info, void *context) {
  (void)info, (void)context;
  say("handler: like glog\n");
  signal(signo, SIG_DFL);
  kill(getpid(), signo);
}

// As abseil does: on its own stack, an alarm against hanging, then the action from before it, and the signal again.
static void like_abseil(int signo, siginfo_t *info, void *context) {
  (void)info, (void)context;
  alarm(3);
  say("handler: like abseil\n");
  sigaction(signo, &before[signo], NULL);
  raise(signo);
}

static void plain(int signo) {
  say("handler: plain\n");
  signal(signo, SIG_DFL);
  raise(signo);
}

static void once(int signo) {
  (void)signo;
  say("handler: once\n");
}

// Its own crash is what the process dies of, but the first one is on record.
static void broken(int signo, siginfo_t *info, void *context) {
  (void)signo, (void)info, (void)context;
  say("handler: broken\n");
  *(volatile int *)64 = 1;
}

static void slow(int signo, siginfo_t *info, void *context) {
  (void)info, (void)context;
  usleep(300000);
  signal(signo, SIG_DFL);
  raise(signo);
}

static sigjmp_buf back;
static void jump_back(int signo) {
  (void)signo;
  siglongjmp(back, 1);
}

static void install(const char *name) {
  static char room[64 << 10];
  struct sigaction action = {.sa_flags = SA_SIGINFO};
  if (strcmp(name, "none") == 0) return;
  if (strcmp(name, "folly") == 0) action.sa_sigaction = like_folly;
  if (strcmp(name, "slow") == 0) action.sa_sigaction = slow;
  if (strcmp(name, "broken") == 0) action.sa_sigaction = broken;
  if (strcmp(name, "glog") == 0) action.sa_sigaction = like_glog;
  if (strcmp(name, "abseil") == 0) {
    stack_t stack = {.ss_sp = room, .ss_size = sizeof room};
    sigaltstack(&stack, NULL);
    action.sa_sigaction = like_abseil;
    action.sa_flags |= SA_ONSTACK | SA_NODEFER;
  }
  if (strcmp(name, "once") == 0) {
    action.sa_handler = once;
    action.sa_flags = (int)SA_RESETHAND;
  }
  for (int i = 0; i < FATAL; i++) {
    if (strcmp(name, "plain") == 0)
      signal(fatal[i], plain);
    else if (strcmp(name, "ignore") == 0)
      signal(fatal[i], SIG_IGN);
    else
      sigaction(fatal[i], &action, &before[fatal[i]]);
  }
}

// --- Deaths --------------------------------------------------------------------------------------------------------

static volatile int depth;
__attribute__((noinline)) static int deeper(volatile char *above) {
  volatile char room[200];
  room[0] = above[0];
  depth++;
  return deeper(room) + room[0];
}

static void *overflow(void *unused) {
  (void)unused;
  volatile char top = 1;
  depth = deeper(&top);
  return NULL;
}

static pthread_barrier_t together;
static void *load_null(void *offset) {
  pthread_barrier_wait(&together);
  depth = *(volatile int *)offset;
  return NULL;
}

static void *do_nothing(void *unused) { return unused; }

static void bad_stack_pointer(uint64_t sp) {
#if defined(__x86_64__)
  __asm__ volatile("mov %0, %%rsp\n push %%rax" ::"r"(sp) : "memory");
#else
  __asm__ volatile("mov sp, %0\n str x0, [sp, #-16]!" ::"r"(sp) : "memory");
#endif
}

static void in_thread(void *(*run)(void *)) {
  pthread_t thread;
  pthread_create(&thread, NULL, run, NULL);
  pthread_join(thread, NULL);
}

// A file that is mapped and then cut short.
static void past_end(void) {
  char name[] = "/tmp/sentinel-test-XXXXXX";
  int fd = mkstemp(name);
  unlink(name);
  if (fd < 0 || ftruncate(fd, 8192) != 0) _exit(97);
  volatile char *room = mmap(NULL, 8192, PROT_READ, MAP_SHARED, fd, 0);
  if (ftruncate(fd, 0) != 0) _exit(97);
  depth = room[4096];
}

static int count_mappings(void) {
  FILE *maps = fopen("/proc/self/maps", "r");
  int lines = 0;
  for (int c; maps && (c = fgetc(maps)) != EOF;) lines += c == '\n';
  return lines;
}

static void die(const char *how) {
  pthread_barrier_init(&together, NULL, 2);
  if (strcmp(how, "null") == 0) depth = *(volatile int *)24;
  if (strcmp(how, "call") == 0) ((void (*volatile)(void))0)();
  if (strcmp(how, "abort") == 0) abort();
  if (strcmp(how, "trap") == 0) {
#if defined(__x86_64__)
    __asm__ volatile("int3");
#else
    __asm__ volatile("brk #1");
#endif
  }
  if (strcmp(how, "ill") == 0) __builtin_trap();
  if (strcmp(how, "fpe") == 0) {
    volatile int seven = 7, zero = 0;
    depth = seven / zero;
  }
  if (strcmp(how, "bus") == 0) past_end();
  if (strcmp(how, "overflow") == 0) overflow(NULL);
  if (strcmp(how, "overflow-thread") == 0) in_thread(overflow);
#if defined(__x86_64__)
  if (strcmp(how, "unaligned") == 0) {
    static uint64_t words[2];
    __asm__ volatile("pushfq; orq $0x40000, (%%rsp); popfq; movq 1(%0), %%rax" ::"r"(words) : "rax", "memory", "cc");
  }
#endif
  if (strcmp(how, "bad-sp") == 0) bad_stack_pointer(0x10);
  if (strcmp(how, "wild-sp") == 0) bad_stack_pointer(0x0000123456780000);
  if (strcmp(how, "sent") == 0) {
    if (fork() == 0) {
      kill(getppid(), SIGSEGV);
      _exit(0);
    }
    for (;;) pause();
  }
  if (strcmp(how, "raise") == 0) raise(SIGSEGV);
  if (strcmp(how, "two") == 0) {
    pthread_t one, other;
    pthread_create(&one, NULL, load_null, (void *)8);
    pthread_create(&other, NULL, load_null, (void *)16);
    pthread_join(one, NULL);
    pthread_join(other, NULL);
  }
  if (strcmp(how, "ignored-abort") == 0) {
    signal(SIGABRT, SIG_IGN);
    raise(SIGABRT);
    exit(0);
  }
  if (strcmp(how, "recovers") == 0) {
    for (int i = 0; i < 40; i++) {
      signal(SIGSEGV, jump_back);
      if (sigsetjmp(back, 1) == 0) depth = ((volatile int *)24)[i];
    }
    exit(0);
  }
  if (strcmp(how, "asks") == 0) {
    struct sigaction now;
    signal(SIGSEGV, plain);
    sigaction(SIGSEGV, NULL, &now);
    exit(now.sa_handler == plain && signal(SIGSEGV, SIG_DFL) == plain ? 0 : 1);
  }
  if (strcmp(how, "threads") == 0) {
    for (int i = 0; i < 500; i++) {
      pthread_t thread;
      if (pthread_create(&thread, NULL, do_nothing, NULL) != 0) exit(1);
      pthread_join(thread, NULL);
    }
    exit(count_mappings() < 200 ? 0 : 1);
  }
}

int main(int argc, char **argv) {
  if (argc < 2) return 2;
  struct rlimit none = {0, 0};
  setrlimit(RLIMIT_CORE, &none);
  install(argc > 2 ? argv[2] : "none");
#if defined(LINKED)
  int problem = pumphandle_sentinel_install(NULL);
  if (problem != 0) {
    fprintf(stderr, "pumphandle_sentinel_install: %s\n", strerror(-problem));
    return 96;
  }
#endif
  die(argv[1]);
  return 99;
}
