// Pumphandle's sentinel: when this process dies of a fatal signal, its log has one line that is as good as a core.
//
// It installs on SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT and SIGTRAP, writes one line (docs/reference/sentinel-record.md),
// and then hands the signal on to whoever had it before, or to the kernel, so that the core is made as if it were not there.
//
// A program that cannot be rebuilt: LD_PRELOAD=libpumphandle-sentinel-preload.so program.
#ifndef PUMPHANDLE_SENTINEL_H
#define PUMPHANDLE_SENTINEL_H

#include <stddef.h>

#define PUMPHANDLE_EXPORT __attribute__((visibility("default")))

#ifdef __cplusplus
extern "C" {
#endif

// Everything may be left zero: then the environment decides, and then the default.
struct pumphandle_sentinel_options {
  // Appended to, and made when absent. PUMPHANDLE_SENTINEL_FILE.
  const char *file;
  // Where the line goes when there is no file. PUMPHANDLE_SENTINEL_FD; 0 means the default, which is standard error.
  int fd;
  // What the orchestrator calls this machine. PUMPHANDLE_NODE, NODE_NAME, `node=` in /etc/pumphandle/host.
  const char *node;
  // What the cloud calls the machine below it. PUMPHANDLE_PHYSICAL_HOST, `phys=` in /etc/pumphandle/host, Hyper-V's pool.
  const char *physical_host;
  // What release this is. PUMPHANDLE_SERVICE_VERSION.
  const char *service_version;
  // Non-zero: words of the stack that may be people's data are written too. PUMPHANDLE_SENTINEL_WORDS=1.
  int retain_words;
  // How large the alternate stacks are (bytes); handlers behind this one run on them. PUMPHANDLE_SENTINEL_STACK_KIB; 64 KiB.
  size_t stack_bytes;
};

// Installs the handlers, and gives the calling thread an alternate stack. Once is enough; what comes later does nothing.
// Call it after whatever else installs handlers for these signals: they are remembered, and called. (The preloaded object
// does not mind the order.) Returns 0, or a negative errno: -EBADF, -ENOMEM, or what open(2) said of the file.
PUMPHANDLE_EXPORT int pumphandle_sentinel_install(const struct pumphandle_sentinel_options *options);

// Gives the calling thread an alternate stack, if it has none: without one a stack overflow leaves no line. The preloaded
// object does it for each thread. Given back when the thread ends. Returns 0 or a negative errno.
PUMPHANDLE_EXPORT int pumphandle_sentinel_thread(void);

#ifdef __cplusplus
}
#endif
#endif
