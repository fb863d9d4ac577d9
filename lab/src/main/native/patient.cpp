// A program that falls ill on demand:
//
//   patient --list                                        one line per illness: name, label, control, alignment, signal
//   patient ILLNESS [HANDLER [THREADS [main|thread]]]     dies of it (x86-64 Linux)
//
// HANDLER is none, or return, raise, nodefer, abort, kill, pidfd, crash, plain or plain-abort, with -alt for an alternate stack.
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <initializer_list>
#include <pthread.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "patient.h"

namespace {

struct Order {
  const Illness *illness;
  const char *handler;
  pthread_barrier_t everyone;
};

Order order;

// A short chain of real frames above every fault, each with something left to do after its call.
volatile int alive;
NOINLINE int operate(const Illness *illness) {
  live_a_little();
  illness->strike();
  alive = 3;
  return alive;
}
NOINLINE int examine(const Illness *illness) { return operate(illness) + alive; }
NOINLINE int admit(const Illness *illness) { return examine(illness) + alive; }

void *fall_ill(void *) {
  prctl(PR_SET_NAME, "ward-worker");
  install_handler(order.handler);
  pthread_barrier_wait(&order.everyone);
  admit(order.illness);
  _exit(99);
}

void *wait_quietly(void *) {
  pthread_barrier_wait(&order.everyone);
  for (;;) pause();
}

// Small stacks and nothing in them, so that a thousand threads make a small core.
pthread_t start(void *(*run)(void *), size_t stack) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, stack);
  pthread_t thread;
  if (pthread_create(&thread, &attributes, run, nullptr) != 0) {
    std::perror("pthread_create");
    std::exit(97);
  }
  return thread;
}

template <class Visit>
void each_illness(Visit visit) {
  for (Family f : {returns(), shifts(), calls(), memory(), overflows(), aborts(), traps(), senders()})
    for (size_t i = 0; i < f.count; i++) visit(f.first[i]);
}

int list() {
  each_illness([](const Illness &i) {
    std::printf("%s\t%s\t%s\t%s\t%d\n", i.name, i.label, i.control, i.alignment, i.signal);
  });
  return 0;
}

int usage() {
  std::fprintf(stderr, "usage: patient --list | patient ILLNESS [HANDLER [THREADS [main|thread]]]\n");
  return 2;
}

}  // namespace

NOINLINE void live_a_little() {
  volatile char room[768];
  for (size_t i = 0; i < sizeof room; i++) room[i] = static_cast<char>(i * 37 + 1);
  alive = room[9];
}

int main(int argc, char **argv) {
  if (argc == 2 && std::strcmp(argv[1], "--list") == 0) return list();
  if (argc < 2 || argc > 5) return usage();
  each_illness([&](const Illness &i) {
    if (std::strcmp(i.name, argv[1]) == 0) order.illness = &i;
  });
  order.handler = argc > 2 ? argv[2] : "none";
  int threads = argc > 3 ? std::atoi(argv[3]) : 1;
  bool in_thread = argc > 4 && std::strcmp(argv[4], "thread") == 0;
  if (order.illness == nullptr || threads < (in_thread ? 2 : 1) || threads > 100000) return usage();
  if (!install_handler(order.handler)) return usage();

  pthread_barrier_init(&order.everyone, nullptr, static_cast<unsigned>(threads));
  int quiet = threads - (in_thread ? 2 : 1);
  for (int i = 0; i < quiet; i++) start(wait_quietly, PTHREAD_STACK_MIN);
  if (in_thread) start(fall_ill, 64 * 1024);
  pthread_barrier_wait(&order.everyone);
  if (in_thread)
    for (;;) pause();
  admit(order.illness);
  return 99;  // cured, which is a failure of the lab
}
