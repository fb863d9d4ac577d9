// System calls without the C library: no errno, no lazy binding, no lock. Everything in here is async-signal-safe.
#ifndef PUMPHANDLE_SYSTEM_H
#define PUMPHANDLE_SYSTEM_H

#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>

// A negative result is a negative errno.
static inline long system_call(long number, long a, long b, long c, long d, long e, long f) {
#if defined(__x86_64__)
  long result;
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
#elif defined(__aarch64__)
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  register long x5 __asm__("x5") = f;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
  return x0;
#else
#error "the sentinel knows x86-64 and AArch64"
#endif
}

static inline int system_gettid(void) { return (int)system_call(SYS_gettid, 0, 0, 0, 0, 0, 0); }
static inline int system_getpid(void) { return (int)system_call(SYS_getpid, 0, 0, 0, 0, 0, 0); }

static inline int system_cpu(void) {
  unsigned cpu = 0;
  return system_call(SYS_getcpu, (long)&cpu, 0, 0, 0, 0, 0) == 0 ? (int)cpu : -1;
}

static inline struct timespec system_now(void) {
  struct timespec now = {0, 0};
  system_call(SYS_clock_gettime, CLOCK_REALTIME, (long)&now, 0, 0, 0, 0);
  return now;
}

static inline int system_open(const char *path) {
  return (int)system_call(SYS_openat, AT_FDCWD, (long)path, O_RDONLY | O_CLOEXEC, 0, 0, 0);
}
static inline void system_close(int fd) { system_call(SYS_close, fd, 0, 0, 0, 0, 0); }
static inline long system_read(int fd, void *to, size_t n) { return system_call(SYS_read, fd, (long)to, (long)n, 0, 0, 0); }
static inline long system_write(int fd, const void *from, size_t n) {
  return system_call(SYS_write, fd, (long)from, (long)n, 0, 0, 0);
}

// Whether something can be written within a time, without waiting for ever on a pipe that nobody reads.
static inline int system_writable(int fd, long milliseconds) {
  struct pollfd one = {fd, POLLOUT, 0};
  struct timespec limit = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  return system_call(SYS_ppoll, (long)&one, 1, (long)&limit, 0, 0, 0) == 1 && (one.revents & POLLOUT) != 0 && (one.revents & POLLERR) == 0;
}

// Takes back blocked signals that are pending for this thread.
static inline void system_forget(uint64_t signals) {
  struct timespec now = {0, 0};
  while (system_call(SYS_rt_sigtimedwait, (long)&signals, 0, (long)&now, sizeof signals, 0, 0) > 0) continue;
}

static inline void system_pause(long milliseconds) {
  struct timespec rest = {0, milliseconds * 1000000};
  system_call(SYS_nanosleep, (long)&rest, 0, 0, 0, 0, 0);
}

#endif
