/*
 * The floor: a program that does nothing but the reads that any honest reader of a core must do, once per core:
 * the ELF header with the program headers, the notes, the first NT_PRSTATUS, and 4 KiB of stack around its rsp.
 * It checks nothing and keeps nothing. bench divides Pumphandle's time by this one's.
 *
 * Usage: pread_baseline DIR ROUNDS     reads every regular file of DIR whose name begins with "core", ROUNDS times
 * Prints: cores, seconds (wall), user+system seconds, bytes read, requests
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <elf.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FIRST = 64 * 1024, NOTES_MAX = 16 * 1024 * 1024, STACK = 4096 };
/* Source: Linux include/linux/elfcore.h, struct elf_prstatus: pr_reg at 112; arch/x86 user_regs_struct: rsp is the 20th word. */
enum { PR_REG = 112, RSP_WORD = 19 };

static uint64_t bytes_read, requests;

static ssize_t fetch(int fd, void *to, size_t n, off_t at) {
  ssize_t got = pread(fd, to, n, at);
  requests++;
  if (got > 0) bytes_read += (uint64_t)got;
  return got;
}

static uint64_t word(const unsigned char *p) {
  uint64_t v;
  memcpy(&v, p, sizeof v);
  return v;
}

/* Returns rsp of the first NT_PRSTATUS, or 0. */
static uint64_t first_rsp(const unsigned char *notes, size_t n) {
  size_t at = 0;
  while (at + 12 <= n) {
    Elf64_Nhdr h;
    memcpy(&h, notes + at, sizeof h);
    size_t desc = at + 12 + ((h.n_namesz + 3u) & ~3u);
    if (desc + h.n_descsz > n || desc < at) return 0;
    if (h.n_type == NT_PRSTATUS && h.n_descsz >= PR_REG + 27 * 8) return word(notes + desc + PR_REG + RSP_WORD * 8);
    at = desc + ((h.n_descsz + 3u) & ~3u);
  }
  return 0;
}

static int one(const char *path, unsigned char *first, unsigned char *notes, unsigned char *stack) {
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t got = fetch(fd, first, FIRST, 0);
  Elf64_Ehdr e;
  if (got < (ssize_t)sizeof e) { close(fd); return 0; }
  memcpy(&e, first, sizeof e);
  size_t table = (size_t)e.e_phnum * sizeof(Elf64_Phdr);
  if (memcmp(e.e_ident, ELFMAG, SELFMAG) || e.e_phoff + table > (size_t)got) { close(fd); return 0; }
  const Elf64_Phdr *ph = (const Elf64_Phdr *)(const void *)(first + e.e_phoff);
  uint64_t rsp = 0;
  for (int i = 0; i < e.e_phnum && !rsp; i++) {
    if (ph[i].p_type != PT_NOTE || ph[i].p_filesz > NOTES_MAX) continue;
    if (ph[i].p_offset + ph[i].p_filesz <= (uint64_t)got) {
      rsp = first_rsp(first + ph[i].p_offset, ph[i].p_filesz);
    } else {
      ssize_t n = fetch(fd, notes, ph[i].p_filesz, (off_t)ph[i].p_offset);
      if (n > 0) rsp = first_rsp(notes, (size_t)n);
    }
  }
  for (int i = 0; i < e.e_phnum; i++) {
    if (ph[i].p_type != PT_LOAD || rsp < ph[i].p_vaddr || rsp >= ph[i].p_vaddr + ph[i].p_filesz) continue;
    uint64_t into = rsp - ph[i].p_vaddr, back = into < 128 ? into : 128;
    fetch(fd, stack, STACK, (off_t)(ph[i].p_offset + into - back));
    break;
  }
  close(fd);
  return 1;
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fprintf(stderr, "usage: %s DIR ROUNDS\n", argv[0]);
    return 2;
  }
  int rounds = atoi(argv[2]);
  unsigned char *first = malloc(FIRST), *notes = malloc(NOTES_MAX), *stack = malloc(STACK);
  if (!first || !notes || !stack || rounds < 1) return 1;
  long cores = 0;
  struct timespec t0, t1;
  clock_gettime(CLOCK_MONOTONIC, &t0);
  for (int r = 0; r < rounds; r++) {
    DIR *d = opendir(argv[1]);
    if (!d) { perror(argv[1]); return 1; }
    for (struct dirent *f; (f = readdir(d));) {
      size_t n = strlen(f->d_name);
      if (strncmp(f->d_name, "core", 4) || (n > 5 && !strcmp(f->d_name + n - 5, ".json"))) continue;
      char path[8192];
      snprintf(path, sizeof path, "%s/%s", argv[1], f->d_name);
      cores += one(path, first, notes, stack);
    }
    closedir(d);
  }
  clock_gettime(CLOCK_MONOTONIC, &t1);
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  double wall = (double)(t1.tv_sec - t0.tv_sec) + 1e-9 * (double)(t1.tv_nsec - t0.tv_nsec);
  double cpu = (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + 1e-6 * (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
  printf("cores=%ld seconds=%.6f cpu=%.6f bytes=%llu requests=%llu\n", cores, wall, cpu, (unsigned long long)bytes_read,
         (unsigned long long)requests);
  return 0;
}
