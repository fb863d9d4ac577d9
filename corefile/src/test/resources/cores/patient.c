/* Dies of a store to address 8, with as many idle threads beside it as the argument says. */
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#ifdef WITH_LIBRARY
int library_answer(void);
#endif

static void *idle(void *unused) {
  pause();
  return unused;
}

int main(int count, char **arguments) {
  int threads = count > 1 ? atoi(arguments[1]) : 0;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 65536);
  for (int i = 0; i < threads; i++) {
    pthread_t thread;
    pthread_create(&thread, &attributes, idle, NULL);
  }
  if (threads) usleep(200000);
#ifdef WITH_LIBRARY
  threads = library_answer();
#endif
  *(volatile int *)8 = threads;
  return 0;
}
