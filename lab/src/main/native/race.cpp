// A thread that throws and catches, for the observer to interrupt inside the unwinder (observer --race):
//
//   race --list
//   race race-GAP [HANDLER [THREADS [main|thread]]]
//
// GAP is the depth in 112-byte frames between the throw and its catch. It decides where in the signal frame the
// context lies that the unwinder has just left unprotected, and so what the lost return address becomes.
// Built with -lunwind it throws with GNU libunwind; built with -DREPLICA it carries its own setcontext with the same
// defect, for machines without libunwind.
#include <climits>
#include <cstddef>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <pthread.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "patient.h"

namespace {

constexpr int kGaps = 64;

pthread_barrier_t everyone;
const char *handler = "none";
int gap;
volatile int seen;

struct Guard {
  int *count;
  explicit Guard(int *c) : count(c) {}
  ~Guard() { *count += 1; }
};

// The alarm of a sampling profiler: harmless, were it not for the moment at which it comes.
void on_alarm(int) {
  volatile char sample[1024];
  for (size_t i = 0; i < sizeof sample; i++) sample[i] = static_cast<char>(i * 29);
  seen = seen + sample[7];
}

#ifdef REPLICA

// As libunwind's: the offsets are those of ucontext_t on x86-64, the last ten instructions are its own.
struct Context {
  uint64_t unused[5], r8, r9, r10, r11, r12, r13, r14, r15, rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip;
};
static_assert(offsetof(Context, rsp) == 0xa0 && offsetof(Context, rip) == 0xa8, "ucontext_t");

NAKED void replica_setcontext(const Context *) {
  asm("mov 0x28(%rdi), %r8\n\tmov 0x30(%rdi), %r9\n\tmov 0x80(%rdi), %rbx\n\tmov 0x78(%rdi), %rbp\n\t"
      "mov 0x48(%rdi), %r12\n\tmov 0x50(%rdi), %r13\n\tmov 0x58(%rdi), %r14\n\tmov 0x60(%rdi), %r15\n\t"
      "mov 0x70(%rdi), %rsi\n\tmov 0x88(%rdi), %rdx\n\tmov 0x90(%rdi), %rax\n\tmov 0x98(%rdi), %rcx\n\t"
      "mov 0xa0(%rdi), %rsp\n\tmov 0xa8(%rdi), %rcx\n\tpush %rcx\n\tmov 0x98(%rdi), %rcx\n\t"
      "mov 0x68(%rdi), %rdi\n\tret");
}

// Fills the context so that setcontext makes this function return 1 a second time.
NAKED int replica_getcontext(Context *) {
  asm("mov %rbx, 0x80(%rdi)\n\tmov %rbp, 0x78(%rdi)\n\tmov %r12, 0x48(%rdi)\n\tmov %r13, 0x50(%rdi)\n\t"
      "mov %r14, 0x58(%rdi)\n\tmov %r15, 0x60(%rdi)\n\tlea 8(%rsp), %rax\n\tmov %rax, 0xa0(%rdi)\n\t"
      "mov (%rsp), %rax\n\tmov %rax, 0xa8(%rdi)\n\txor %eax, %eax\n\tret");
}

// What a thrown object looks like to a landing pad: the class, a destructor, and where the search stopped.
struct Thrown {
  char exception_class[8];
  void (*cleanup)();
  uint64_t private_1, private_2;
};

Context *landing;

NOINLINE void raise_replica() {
  static Thrown thrown;
  std::memcpy(thrown.exception_class, "GNUCC++", 8);
  thrown.private_2 = landing->rip;
  Context context = *landing;  // on the stack of the thrower, as the cursor of an unwinder
  context.rax = reinterpret_cast<uint64_t>(&thrown);
  context.rdx = 1;
  replica_setcontext(&context);
}
#define THROW() raise_replica()
#else
#define THROW() throw gap
#endif

// 64 to 112 bytes a frame; the guard gives each a landing pad that a real unwinder must skip or visit.
#pragma GCC diagnostic ignored "-Winfinite-recursion"
NOINLINE int descend(int levels, volatile int *above) {
  volatile int here[16] = {levels, *above};
  if (levels == 0) THROW();
  return descend(levels - 1, here) + here[1];
}

NOINLINE void attempt() {
  int destroyed = 0;
  volatile int top = 1;
#ifdef REPLICA
  Context context = {};
  landing = &context;
  if (replica_getcontext(&context) == 0) {
    live_a_little();
    descend(gap, &top);
  }
#else
  try {
    Guard guard(&destroyed);
    live_a_little();
    descend(gap, &top);
  } catch (int &) {
    destroyed += 1;
  }
#endif
  seen = seen + destroyed;
}

NOINLINE void work() {
  // The signal frame is laid out in steps of 64 bytes: from a fixed place in the page the gap alone decides what is lost.
  alignas(4096) volatile char place[64];
  place[0] = 1;
  seen = place[0];
  attempt();      // the first throw loads and binds whatever it needs
  raise(SIGURG);  // from here on the observer is invited
  for (int i = 0; i < 8; i++) attempt();
}

void *work_in_thread(void *) {
  prctl(PR_SET_NAME, "ward-worker");
  install_handler(handler);
  pthread_barrier_wait(&everyone);
  work();
  _exit(99);
}

void *wait_quietly(void *) {
  pthread_barrier_wait(&everyone);
  for (;;) pause();
}

void start(void *(*run)(void *), size_t stack) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack);
  pthread_t thread;
  if (pthread_create(&thread, &attributes, run, nullptr) != 0) std::exit(97);
}

}  // namespace

NOINLINE void live_a_little() {
  volatile char room[768];
  for (size_t i = 0; i < sizeof room; i++) room[i] = static_cast<char>(i * 37 + 1);
  seen = room[9];
}

int main(int argc, char **argv) {
  if (argc == 2 && std::strcmp(argv[1], "--list") == 0) {
    for (int i = 0; i < kGaps; i++) std::printf("race-%d\tunwinder-race\treturned\taligned\t%d\n", i, SIGSEGV);
    return 0;
  }
  if (argc < 2 || argc > 5 || std::strncmp(argv[1], "race-", 5) != 0) return 2;
  gap = std::atoi(argv[1] + 5);
  if (argc > 2) handler = argv[2];
  int threads = argc > 3 ? std::atoi(argv[3]) : 1;
  bool in_thread = argc > 4 && std::strcmp(argv[4], "thread") == 0;
  if (gap < 0 || gap >= kGaps || threads < (in_thread ? 2 : 1) || !install_handler(handler)) return 2;

  struct sigaction action = {};
  action.sa_handler = on_alarm;
  action.sa_flags = SA_RESTART;
  sigaction(SIGUSR2, &action, nullptr);

  pthread_barrier_init(&everyone, nullptr, static_cast<unsigned>(threads));
  for (int i = 0; i < threads - (in_thread ? 2 : 1); i++) start(wait_quietly, PTHREAD_STACK_MIN);
  if (in_thread) start(work_in_thread, 64 * 1024);
  pthread_barrier_wait(&everyone);
  if (in_thread)
    for (;;) pause();
  work();
  return 99;
}
