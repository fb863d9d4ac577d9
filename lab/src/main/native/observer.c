// Watches one patient die, and writes down what was true at the moment of the first fatal signal, before any handler
// ran. Everything in the truth comes from ptrace, from /proc, or from how the program was built (its --list), and
// nothing from a core file.
//
//   observer [options] -- PROGRAM ILLNESS [HANDLER [THREADS [main|thread]]]
//     --into DIR       where the core and truth/ go (made when absent); the scratch directory is made there too
//     --host NAME      host in the core's file name (lab)
//     --at SECONDS     Unix time in the core's file name (the time of death)
//     --case NAME      name of the case in the truth (the illness)
//     --filter HEX     /proc/self/coredump_filter of the patient (33)
//     --stack-kib N    RLIMIT_STACK of the patient (256)
//     --timeout S      after so many seconds the patient is killed (20)
//     --race           inject SIGUSR2 behind the load of rsp in the unwinder's setcontext, at each throw
//     --preload OBJECT the patient runs with it, and what it appends to PUMPHANDLE_SENTINEL_FILE goes beside the core as .log
//     --gcore GDB      let GDB write the core of the living patient
//     --emulator QEMU  run PROGRAM by a user-mode emulator, unobserved: the truth is then what its construction says
//
// On success one line on standard output: the core's file name. Exit codes: 0 a core and its truth; 1 failure of the
// lab; 2 usage; 3 died without a core; 4 timeout; 5 lived.
// Source of the ptrace protocol: ptrace(2), section "Stopped states".
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { BELOW = 16, ABOVE = 64, CODE_BEFORE = 16, CODE_AFTER = 16 };

static struct {
  const char *into, *host, *name, *filter, *gcore, *emulator, *preload;
  long at, stack_kib, timeout;
  bool race;
  char **program;  // PROGRAM ILLNESS …, as the patient gets them
} order = {.into = ".", .host = "lab", .filter = "33", .stack_kib = 256, .timeout = 20};

static struct {
  char label[64], control[32], alignment[32], registers[1024];
  int signal;
} construction;

static struct {
  bool seen;
  pid_t tid;
  int threads;
  siginfo_t info;
  struct user_regs_struct regs;
  char pc_in[512], sp_in[512], address_in[512], thread_name[32];
  uint64_t stack_from, stack[BELOW + ABOVE];
  bool stack_present[BELOW + ABOVE];
  uint8_t code[CODE_BEFORE + CODE_AFTER];
  bool code_present[CODE_BEFORE + CODE_AFTER];
  int injections;
  uint64_t injected_pc, injected_sp, intended_pc;
  int death_signal;
} truth;

static char scratch[4096];
static pid_t patient;
static volatile sig_atomic_t timed_out;

static void remove_scratch(void) {
  if (!scratch[0]) return;
  DIR *d = opendir(scratch);
  for (struct dirent *e; d && (e = readdir(d));)
    if (e->d_name[0] != '.') unlinkat(dirfd(d), e->d_name, 0);
  if (d) closedir(d);
  rmdir(scratch);
}

static void die(int code, const char *format, ...) {
  va_list args;
  va_start(args, format);
  fprintf(stderr, "observer: ");
  vfprintf(stderr, format, args);
  fprintf(stderr, "\n");
  va_end(args);
  if (patient > 0) kill(patient, SIGKILL);
  remove_scratch();
  exit(code);
}

// --- What the program says of itself -------------------------------------------------------------------------------

static void ask_construction(void) {
  char command[8192];
  snprintf(command, sizeof command, "%s %s --list", order.emulator ? order.emulator : "", order.program[0]);
  FILE *list = popen(command, "r");
  if (!list) die(1, "%s: %s", command, strerror(errno));
  char line[2048];
  bool found = false;
  while (fgets(line, sizeof line, list)) {
    char name[64], registers[1024] = "";
    line[strcspn(line, "\n")] = 0;
    int signal;
    char label[64], control[32], alignment[32];
    if (sscanf(line, "%63[^\t]\t%63[^\t]\t%31[^\t]\t%31[^\t]\t%d\t%1023[^\t]", name, label, control, alignment, &signal,
               registers) < 5)
      continue;
    if (strcmp(name, order.program[1]) != 0) continue;
    found = true;
    strcpy(construction.label, label);
    strcpy(construction.control, control);
    strcpy(construction.alignment, alignment);
    strcpy(construction.registers, registers);
    construction.signal = signal;
  }
  pclose(list);
  if (!found) die(2, "%s: no illness %s in its --list", order.program[0], order.program[1]);
}

// --- What the kernel says of the patient ---------------------------------------------------------------------------

static void mapping_of(uint64_t address, char *out, size_t size) {
  char path[64], line[1024];
  snprintf(path, sizeof path, "/proc/%d/maps", patient);
  snprintf(out, size, "unmapped");
  FILE *maps = fopen(path, "r");
  while (maps && fgets(line, sizeof line, maps)) {
    unsigned long from, to;
    char perms[8], file[512] = "";
    if (sscanf(line, "%lx-%lx %7s %*s %*s %*s %511[^\n]", &from, &to, perms, file) < 3) continue;
    if (address >= from && address < to) snprintf(out, size, "%s %s", perms, file);
  }
  if (maps) fclose(maps);
}

static bool peek(uint64_t address, void *to, size_t n) {
  struct iovec local = {to, n}, remote = {(void *)address, n};
  return process_vm_readv(patient, &local, 1, &remote, 1, 0) == (ssize_t)n;
}

static int count_threads(void) {
  char path[64];
  int n = 0;
  snprintf(path, sizeof path, "/proc/%d/task", patient);
  DIR *d = opendir(path);
  for (struct dirent *e; d && (e = readdir(d));) n += isdigit((unsigned char)e->d_name[0]) != 0;
  if (d) closedir(d);
  return n;
}

static void look_at(pid_t tid) {
  truth.seen = true;
  truth.tid = tid;
  truth.threads = count_threads();
  if (ptrace(PTRACE_GETREGS, tid, 0, &truth.regs) != 0) die(1, "PTRACE_GETREGS: %s", strerror(errno));
  mapping_of(truth.regs.rip, truth.pc_in, sizeof truth.pc_in);
  mapping_of(truth.regs.rsp, truth.sp_in, sizeof truth.sp_in);
  mapping_of((uint64_t)truth.info.si_addr, truth.address_in, sizeof truth.address_in);
  truth.stack_from = truth.regs.rsp - 8 * BELOW;
  for (int i = 0; i < BELOW + ABOVE; i++)
    truth.stack_present[i] = peek(truth.stack_from + 8 * (uint64_t)i, &truth.stack[i], 8);
  for (int i = 0; i < CODE_BEFORE + CODE_AFTER; i++)
    truth.code_present[i] = peek(truth.regs.rip - CODE_BEFORE + (uint64_t)i, &truth.code[i], 1);
  char path[96];
  snprintf(path, sizeof path, "/proc/%d/task/%d/comm", patient, tid);
  FILE *comm = fopen(path, "r");
  if (comm && fgets(truth.thread_name, sizeof truth.thread_name, comm))
    truth.thread_name[strcspn(truth.thread_name, "\n")] = 0;
  if (comm) fclose(comm);
}

// --- The race ------------------------------------------------------------------------------------------------------

// mov 0xa0(%rdi),%rsp · mov 0xa8(%rdi),%rcx · push %rcx: the end of libunwind's x86-64 setcontext, and of our replica.
static const uint8_t kSetcontext[] = {0x48, 0x8b, 0xa7, 0xa0, 0, 0, 0, 0x48, 0x8b, 0x8f, 0xa8, 0, 0, 0, 0x51};
static uint64_t trap_at;
static uint8_t under_trap;

static uint64_t find_setcontext(void) {
  char path[64], line[1024];
  snprintf(path, sizeof path, "/proc/%d/maps", patient);
  FILE *maps = fopen(path, "r");
  uint64_t found = 0;
  while (maps && !found && fgets(line, sizeof line, maps)) {
    unsigned long from, to;
    char perms[8];
    if (sscanf(line, "%lx-%lx %7s", &from, &to, perms) < 3 || perms[2] != 'x' || to - from > (16ul << 20)) continue;
    uint8_t *text = malloc(to - from);
    if (text && peek(from, text, to - from)) {
      uint8_t *hit = memmem(text, to - from, kSetcontext, sizeof kSetcontext);
      if (hit) found = from + (uint64_t)(hit - text) + 7;
    }
    free(text);
  }
  if (maps) fclose(maps);
  return found;
}

static void poke_byte(pid_t tid, uint64_t address, uint8_t byte) {
  errno = 0;
  long word = ptrace(PTRACE_PEEKTEXT, tid, address, 0);
  if (errno) die(1, "PTRACE_PEEKTEXT at %#lx: %s", address, strerror(errno));
  under_trap = (uint8_t)word;
  if (ptrace(PTRACE_POKETEXT, tid, address, (word & ~0xffl) | byte) != 0)
    die(1, "PTRACE_POKETEXT at %#lx: %s", address, strerror(errno));
}

static void arm(pid_t tid) {
  trap_at = find_setcontext();
  if (!trap_at) die(1, "%s: no setcontext with the known instructions is mapped, so there is no race to win", order.program[0]);
  poke_byte(tid, trap_at, 0xcc);
}

// The thread stands on the instruction behind the load of rsp; the context it restores now lies below rsp, unprotected.
static void inject(pid_t tid) {
  uint8_t original = under_trap;
  struct user_regs_struct regs;
  poke_byte(tid, trap_at, original);
  if (ptrace(PTRACE_GETREGS, tid, 0, &regs) != 0) die(1, "PTRACE_GETREGS: %s", strerror(errno));
  regs.rip = trap_at;
  ptrace(PTRACE_SETREGS, tid, 0, &regs);
  truth.injections++;
  truth.injected_pc = trap_at;
  truth.injected_sp = regs.rsp;
  peek(regs.rdi + 0xa8, &truth.intended_pc, 8);
  syscall(SYS_tgkill, patient, tid, SIGUSR2);
}

// --- Birth, life, death --------------------------------------------------------------------------------------------

static void become_patient(int go) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  int filter = open("/proc/self/coredump_filter", O_WRONLY);
  if (filter < 0 || dprintf(filter, "0x%s", order.filter) < 0) _exit(91);
  close(filter);
  struct rlimit core;
  getrlimit(RLIMIT_CORE, &core);
  core.rlim_cur = core.rlim_max;
  setrlimit(RLIMIT_CORE, &core);
  rlim_t bytes = (rlim_t)order.stack_kib * 1024;
  struct rlimit stack;
  getrlimit(RLIMIT_STACK, &stack);
  stack.rlim_cur = bytes;
  setrlimit(RLIMIT_STACK, &stack);
  int null = open("/dev/null", O_RDWR);
  dup2(null, 0), dup2(null, 1), dup2(null, 2);
  char byte;
  if (read(go, &byte, 1) != 1 || chdir(scratch) != 0) _exit(92);
  close(go), close(null);
  // The observer's environment is nobody's business, and a core shows it.
  char preload[4400], log[4400];
  char *environment[] = {"LANG=C", NULL, NULL, NULL};
  if (order.preload) {
    snprintf(preload, sizeof preload, "LD_PRELOAD=%s", order.preload);
    snprintf(log, sizeof log, "PUMPHANDLE_SENTINEL_FILE=%s/log", scratch);
    environment[1] = preload;
    environment[2] = log;
  }
  char *arguments[16] = {0};
  int n = 0;
  if (order.emulator) {  // -s: a small stack, for QEMU dumps all of it
    arguments[n++] = (char *)order.emulator;
    arguments[n++] = "-s";
    arguments[n++] = "262144";
  }
  for (char **a = order.program; *a && n < 15; a++) arguments[n++] = *a;
  execve(arguments[0], arguments, environment);
  _exit(93);
}

static bool is_fatal(int s) {
  return s == SIGSEGV || s == SIGBUS || s == SIGILL || s == SIGFPE || s == SIGABRT || s == SIGTRAP || s == SIGSYS ||
         s == SIGQUIT;
}

static void ask_gdb(void) {
  char command[8192];
  ptrace(PTRACE_DETACH, patient, 0, 0);
  snprintf(command, sizeof command, "exec timeout -s KILL %ld %s -nx -batch -p %d -ex 'generate-core-file %s/core' >/dev/null 2>&1 </dev/null",
           order.timeout, order.gcore, patient, scratch);
  int status = system(command);
  kill(patient, SIGKILL);
  if (status != 0) die(1, "%s: ended with status %d", order.gcore, status);
}

// Returns the wait status of the patient's end.
static int attend(void) {
  for (;;) {
    int status;
    pid_t tid = waitpid(-1, &status, __WALL);
    if (tid < 0 && errno == EINTR) continue;
    if (tid < 0) die(1, "waitpid: %s", strerror(errno));
    if (WIFEXITED(status) || WIFSIGNALED(status)) {
      if (tid == patient) return status;
      continue;
    }
    int signal = WSTOPSIG(status), event = status >> 16;
    if (event != 0) {  // birth of a thread, exec, group stop: nothing to hand on
      ptrace(PTRACE_CONT, tid, 0, 0);
      continue;
    }
    siginfo_t info = {0};
    ptrace(PTRACE_GETSIGINFO, tid, 0, &info);
    uint64_t pc = (uint64_t)ptrace(PTRACE_PEEKUSER, tid, offsetof(struct user_regs_struct, rip), 0);
    if (signal == SIGURG && order.race) {
      arm(tid);
      signal = 0;
    } else if (signal == SIGURG && order.gcore) {
      truth.info = info;
      look_at(tid);
      memset(&truth.info, 0, sizeof truth.info);
      ask_gdb();
      continue;
    } else if (signal == SIGTRAP && trap_at && pc == trap_at + 1) {
      inject(tid);
      signal = 0;
    } else if (is_fatal(signal) && !truth.seen) {
      truth.info = info;
      look_at(tid);
    }
    ptrace(PTRACE_CONT, tid, 0, signal);
  }
}

static void on_alarm(int signal) {
  (void)signal;
  timed_out = 1;
  if (patient > 0) kill(patient, SIGKILL);
}

// --- The record ----------------------------------------------------------------------------------------------------

static void put_hex(FILE *out, const char *key, uint64_t value) { fprintf(out, ",\n  \"%s\": \"0x%lx\"", key, value); }

static void put_text(FILE *out, const char *key, const char *value) {
  fprintf(out, ",\n  \"%s\": \"", key);
  for (const char *c = value; *c; c++) {
    if (*c == '"' || *c == '\\') fputc('\\', out);
    if ((unsigned char)*c >= 0x20) fputc(*c, out);
  }
  fputc('"', out);
}

static void put_registers(FILE *out) {
  if (order.emulator) {  // name=0x… name=0x…, as far as the construction fixes them
    fprintf(out, ",\n  \"registers\": {");
    const char *comma = "";
    char copy[1024];
    strcpy(copy, construction.registers);
    for (char *save, *w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
      char *eq = strchr(w, '=');
      if (!eq) continue;
      *eq = 0;
      fprintf(out, "%s\"%s\": \"%s\"", comma, w, eq + 1);
      comma = ", ";
    }
    fprintf(out, "}");
    return;
  }
  const struct user_regs_struct *r = &truth.regs;
  const struct { const char *name; uint64_t value; } all[] = {
      {"rax", r->rax}, {"rbx", r->rbx}, {"rcx", r->rcx}, {"rdx", r->rdx}, {"rsi", r->rsi}, {"rdi", r->rdi},
      {"rbp", r->rbp}, {"rsp", r->rsp}, {"r8", r->r8}, {"r9", r->r9}, {"r10", r->r10}, {"r11", r->r11},
      {"r12", r->r12}, {"r13", r->r13}, {"r14", r->r14}, {"r15", r->r15}, {"rip", r->rip}, {"eflags", r->eflags},
      {"cs", r->cs}, {"ss", r->ss}, {"fs_base", r->fs_base}, {"gs_base", r->gs_base}};
  fprintf(out, ",\n  \"registers\": {");
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    fprintf(out, "%s\"%s\": \"0x%lx\"", i ? ", " : "", all[i].name, all[i].value);
  fprintf(out, "},\n  \"stack_from\": \"0x%lx\",\n  \"stack\": [", truth.stack_from);
  for (int i = 0; i < BELOW + ABOVE; i++) {
    if (truth.stack_present[i]) fprintf(out, "%s\"0x%lx\"", i ? ", " : "", truth.stack[i]);
    else fprintf(out, "%snull", i ? ", " : "");
  }
  fprintf(out, "],\n  \"code_bytes_from\": \"0x%lx\",\n  \"code_bytes\": [", (uint64_t)r->rip - CODE_BEFORE);
  for (int i = 0; i < CODE_BEFORE + CODE_AFTER; i++) {
    if (truth.code_present[i]) fprintf(out, "%s%d", i ? ", " : "", truth.code[i]);
    else fprintf(out, "%snull", i ? ", " : "");
  }
  fprintf(out, "]");
}

// The race may leave the address of the signal trampoline where the return address was: then a sigreturn of what is no
// signal frame loads every register with what lay there, and nothing in them tells how control came.
static bool registers_are_meaningless(void) { return truth.injections && !truth.stack_present[BELOW]; }

static void write_truth(const char *path, const char *core) {
  FILE *out = fopen(path, "w");
  if (!out) die(1, "%s: %s", path, strerror(errno));
  const char *base = strrchr(order.program[0], '/');
  int arguments = 0;
  while (order.program[arguments]) arguments++;
  fprintf(out, "{\n  \"core\": \"%s\"", core);
  put_text(out, "program", base ? base + 1 : order.program[0]);
  put_text(out, "case", order.name ? order.name : order.program[1]);
  put_text(out, "illness", order.program[1]);
  put_text(out, "handler", arguments > 2 ? order.program[2] : "none");
  put_text(out, "where", arguments > 4 ? order.program[4] : "main");
  put_text(out, "filter", order.filter);
  put_text(out, "machine", order.emulator ? "aarch64" : "x86-64");
  put_text(out, "label", construction.label);
  put_text(out, "control", registers_are_meaningless() ? "unknown" : construction.control);
  put_text(out, "alignment", registers_are_meaningless() ? "unknown" : construction.alignment);
  bool born = order.emulator != NULL;
  fprintf(out, ",\n  \"signal\": %d", born ? construction.signal : truth.info.si_signo);
  fprintf(out, ",\n  \"pid\": %d,\n  \"tid\": %d,\n  \"threads\": %d", patient, born ? patient : truth.tid,
          born ? 1 : truth.threads);
  if (!born) {
    fprintf(out, ",\n  \"code\": %d", truth.info.si_code);
    if (truth.info.si_code <= 0 && truth.info.si_signo)
      fprintf(out, ",\n  \"sender_pid\": %d,\n  \"sender_uid\": %u", truth.info.si_pid, truth.info.si_uid);
    else if (truth.info.si_signo)
      put_hex(out, "address", (uint64_t)truth.info.si_addr);
    put_text(out, "thread_name", truth.thread_name);
    put_text(out, "pc_in", truth.pc_in);
    put_text(out, "sp_in", truth.sp_in);
    put_text(out, "address_in", truth.address_in);
    fprintf(out, ",\n  \"death_signal\": %d", truth.death_signal);
  }
  if (truth.injections) {
    fprintf(out, ",\n  \"injections\": %d", truth.injections);
    put_hex(out, "injected_pc", truth.injected_pc);
    put_hex(out, "injected_sp", truth.injected_sp);
    put_hex(out, "intended_pc", truth.intended_pc);
  }
  put_registers(out);
  put_text(out, "notes", order.emulator ? "by construction; the emulator wrote the core"
                         : order.gcore  ? "alive; the debugger wrote the core"
                         : registers_are_meaningless() ? "ptrace; after a sigreturn of what was no signal frame"
                                        : "ptrace, at the first fatal signal, before any handler");
  fprintf(out, "\n}\n");
  if (fclose(out) != 0) die(1, "%s: %s", path, strerror(errno));
}

// Moves the one core in the scratch directory to its name among the others.
static bool collect(int status) {
  char from[4600] = "", to[8192], base[1024];
  DIR *d = opendir(scratch);
  for (struct dirent *e; d && (e = readdir(d));)
    if (strncmp(e->d_name, order.emulator ? "qemu_" : "", order.emulator ? 5 : 0) == 0 && e->d_name[0] != '.' &&
        strstr(e->d_name, "core"))  // an emulator's own death may leave a core beside its guest's
      snprintf(from, sizeof from, "%s/%s", scratch, e->d_name);
  if (d) closedir(d);
  if (!from[0]) return false;
  if (!truth.seen && !order.emulator) die(1, "%s %s: a core, but the observer saw no fatal signal", order.program[0], order.program[1]);
  truth.death_signal = WIFSIGNALED(status) && !order.gcore ? WTERMSIG(status) : 0;
  const char *exe = strrchr(order.program[0], '/');
  long at = order.at ? order.at : (long)time(NULL);
  snprintf(base, sizeof base, "core.%s.%d.%ld.%s", exe ? exe + 1 : order.program[0], patient, at, order.host);
  snprintf(to, sizeof to, "%s/truth", order.into);
  mkdir(to, 0777);
  snprintf(to, sizeof to, "%s/truth/%s.json", order.into, base);
  write_truth(to, base);
  snprintf(to, sizeof to, "%s/%s", order.into, base);
  if (rename(from, to) != 0) die(1, "%s: %s", to, strerror(errno));
  if (order.preload) {
    snprintf(from, sizeof from, "%s/log", scratch);
    snprintf(to, sizeof to, "%s/%s.log", order.into, base);
    if (rename(from, to) != 0 && errno != ENOENT) die(1, "%s: %s", to, strerror(errno));
  }
  printf("%s\n", base);
  return true;
}

static long number(const char *text, int base) {
  char *end;
  long n = strtol(text, &end, base);
  if (*end || n < 0) die(2, "%s: expected a number", text);
  return n;
}

static void read_order(int argc, char **argv) {
  int i = 1;
  for (; i < argc && strcmp(argv[i], "--") != 0; i++) {
    const char *o = argv[i];
    if (strcmp(o, "--race") == 0) {
      order.race = true;
      continue;
    }
    if (i + 1 >= argc) die(2, "%s: expected a value", o);
    const char *v = argv[++i];
    if (strcmp(o, "--into") == 0) order.into = v;
    else if (strcmp(o, "--host") == 0) order.host = v;
    else if (strcmp(o, "--case") == 0) order.name = v;
    else if (strcmp(o, "--filter") == 0) order.filter = v, number(v, 16);
    else if (strcmp(o, "--gcore") == 0) order.gcore = v;
    else if (strcmp(o, "--preload") == 0) order.preload = v;
    else if (strcmp(o, "--emulator") == 0) order.emulator = v;
    else if (strcmp(o, "--at") == 0) order.at = number(v, 10);
    else if (strcmp(o, "--stack-kib") == 0) order.stack_kib = number(v, 10);
    else if (strcmp(o, "--timeout") == 0) order.timeout = number(v, 10);
    else die(2, "%s: no such option", o);
  }
  if (argc - i < 3 || argc - i > 7) die(2, "expected -- PROGRAM ILLNESS [HANDLER [THREADS [main|thread]]]");
  order.program = argv + i + 1;
}

int main(int argc, char **argv) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  read_order(argc, argv);
  mkdir(order.into, 0777);
  char *absolute = realpath(order.into, NULL);
  if (!absolute) die(1, "%s: %s", order.into, strerror(errno));
  order.into = absolute;
  char *program = realpath(order.program[0], NULL);  // the patient starts in another directory
  if (!program) die(2, "%s: %s", order.program[0], strerror(errno));
  order.program[0] = program;
  ask_construction();
  char place[4000];
  snprintf(place, sizeof place, "%s/.ward-XXXXXX", order.into);
  if (!mkdtemp(place)) die(1, "%s: %s", place, strerror(errno));
  strcpy(scratch, place);

  int go[2];
  if (pipe(go) != 0) die(1, "pipe: %s", strerror(errno));
  patient = fork();
  if (patient < 0) die(1, "fork: %s", strerror(errno));
  if (patient == 0) become_patient(go[0]);
  struct sigaction action = {.sa_handler = on_alarm};
  sigaction(SIGALRM, &action, NULL);
  alarm((unsigned)order.timeout);
  // A debugger that is to write the core must find every thread free: then only the first one is watched until then.
  long options = PTRACE_O_EXITKILL | PTRACE_O_TRACEEXEC | (order.gcore ? 0 : PTRACE_O_TRACECLONE);
  if (!order.emulator && ptrace(PTRACE_SEIZE, patient, 0, options) != 0)
    die(1, "PTRACE_SEIZE: %s", strerror(errno));
  if (write(go[1], "!", 1) != 1) die(1, "pipe: %s", strerror(errno));
  int status = attend();
  alarm(0);
  const char *what = order.program[1];
  if (timed_out) die(4, "%s %s: still alive after %ld s", order.program[0], what, order.timeout);
  bool collected = collect(status);
  pid_t was = patient;
  patient = 0;
  if (!collected && WIFEXITED(status)) die(5, "%s %s: lived and exited with status %d", order.program[0], what, WEXITSTATUS(status));
  if (!collected) die(3, "%s %s (%d): died of signal %d and left no core", order.program[0], what, was, WTERMSIG(status));
  remove_scratch();
  return 0;
}
