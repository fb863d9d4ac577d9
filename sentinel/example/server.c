// A server that installs the sentinel by itself, after its own handler:
//   cc server.c $(pkg-config --cflags --libs pumphandle-sentinel) -o server && ./server
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sentinel.h"

static void our_own_handler(int signo) {
  static const char words[] = "server: closing the journal\n";
  if (write(STDERR_FILENO, words, sizeof words - 1) < 0) _exit(1);
  signal(signo, SIG_DFL);
  raise(signo);
}

static void *serve(void *request) {
  pumphandle_sentinel_thread();  // so that a stack overflow in here leaves a line too
  return (void *)(long)((char *)request)[3];
}

int main(void) {
  signal(SIGSEGV, our_own_handler);
  struct pumphandle_sentinel_options options = {.service_version = "1.4.2"};
  int problem = pumphandle_sentinel_install(&options);
  if (problem != 0) fprintf(stderr, "server: no sentinel: %s\n", strerror(-problem));
  pthread_t worker;
  pthread_create(&worker, NULL, serve, NULL);  // a request that never came
  pthread_join(worker, NULL);
  return 0;
}
