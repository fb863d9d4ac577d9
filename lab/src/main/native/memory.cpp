// Code that runs where it should and touches what it must not.
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

#include "patient.h"

// Visible outside, so that the compiler cannot know that there is no other kind of document and call it directly.
struct Document {
  virtual int pages() const;
  uint64_t size[3];
};
int Document::pages() const { return 1; }

namespace {

volatile uint64_t sink;

template <class T>
volatile uint64_t *pointer(T address) {
  return (volatile uint64_t *)hidden(address);  // from a number or a pointer, const or not: wild is wild
}

NOINLINE void load(volatile uint64_t *p) {
  live_a_little();
  sink = *p;
}

NOINLINE void store(volatile uint64_t *p) {
  live_a_little();
  *p = 42;
}

NOINLINE void ask(const Document *d) {
  live_a_little();
  sink = static_cast<uint64_t>(d->pages());
}

// A handler that asked for no siginfo, for a signal that was sent: the frame has none, and the trap number is stale.
void die_in_handler(int) { load(pointer(0)); }
void null_in_handler() {
  std::signal(SIGUSR1, die_in_handler);
  std::raise(SIGUSR1);
}

NAKED void call_memory(uint64_t) { asm("sub $8, %rsp\n\tcall *(%rdi)\n\tadd $8, %rsp\n\tret"); }
// rbp as a base selects the stack segment, so that a non-canonical address raises #SS, which Linux sends as SIGBUS.
// Source: Linux arch/x86/kernel/traps.c, exc_stack_segment.
NAKED void load_through_rbp(uint64_t) {
  asm("push %rbp\n\tmov %rdi, %rbp\n\tmov (%rbp), %rax\n\tpop %rbp\n\tret");
}
NAKED void aligned_load(const void *) { asm("movaps (%rdi), %xmm0\n\tret"); }

volatile uint64_t *unmapped_page() {
  void *page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  munmap(page, 4096);
  return static_cast<volatile uint64_t *>(page) + 4;
}

const uint64_t constant[8] = {1, 2, 3};

void null_load() { load(pointer(uint64_t{0})); }
void null_store() { store(pointer(uint64_t{0})); }
void null_offset() { load(pointer(uint64_t{0x18})); }
void null_offset_store() { store(pointer(uint64_t{0xff8})); }
void null_virtual() { ask(reinterpret_cast<const Document *>(hidden(uint64_t{0}))); }
void null_strlen() { sink = std::strlen(hidden(static_cast<const char *>(nullptr))) + 1; }
void noncanonical_load() { load(pointer(kNonCanonical)); }
void noncanonical_store() { store(pointer(uint64_t{0x4141414141414141})); }
void noncanonical_call() { call_memory(hidden(kNonCanonical)); }
void noncanonical_strlen() { sink = std::strlen(reinterpret_cast<const char *>(hidden(kNonCanonical))) + 1; }
void noncanonical_rbp() { load_through_rbp(hidden(kNonCanonical)); }
void wild_load() { load(pointer(kUnmapped)); }
void wild_store() { store(pointer(kUnmapped)); }
void wild_kernel() { load(pointer(kKernel)); }
void wild_read_only() { store(pointer(&constant[2])); }
void wild_unmapped() { load(unmapped_page()); }
void wild_strlen() { sink = std::strlen(reinterpret_cast<const char *>(hidden(kUnmapped))) + 1; }
// One bit of a good heap pointer turned over, as by a bad memory cell.
void wild_bit() { load(pointer(reinterpret_cast<uint64_t>(std::malloc(64)) ^ (uint64_t{1} << 43))); }
void wild_virtual() {
  static uint64_t freed[4] = {kUnmapped, 0, 0, 0};
  ask(reinterpret_cast<const Document *>(hidden(&freed[0])));
}
// #GP like a non-canonical access, but neither the address nor the stack is to blame: only the alignment of the data.
void unaligned_vector() { aligned_load(hidden(reinterpret_cast<const char *>(&constant[0]) + 1)); }

const Illness kAll[] = {
    {"null-load", "null-dereference", "ran", "aligned", SIGSEGV, null_load},
    {"null-store", "null-dereference", "ran", "aligned", SIGSEGV, null_store},
    {"null-in-handler", "null-dereference", "ran", "aligned", SIGSEGV, null_in_handler},
    {"null-offset", "null-dereference", "ran", "aligned", SIGSEGV, null_offset},
    {"null-offset-store", "null-dereference", "ran", "aligned", SIGSEGV, null_offset_store},
    {"null-virtual", "null-dereference", "ran", "aligned", SIGSEGV, null_virtual},
    {"null-strlen", "null-dereference", "ran", "aligned", SIGSEGV, null_strlen},
    {"noncanonical-load", "non-canonical-access", "ran", "aligned", SIGSEGV, noncanonical_load},
    {"noncanonical-store", "non-canonical-access", "ran", "aligned", SIGSEGV, noncanonical_store},
    {"noncanonical-call", "non-canonical-access", "ran", "aligned", SIGSEGV, noncanonical_call},
    {"noncanonical-strlen", "non-canonical-access", "ran", "aligned", SIGSEGV, noncanonical_strlen},
    {"noncanonical-rbp", "non-canonical-access", "ran", "aligned", SIGBUS, noncanonical_rbp},
    {"wild-load", "wild-pointer", "ran", "aligned", SIGSEGV, wild_load},
    {"wild-store", "wild-pointer", "ran", "aligned", SIGSEGV, wild_store},
    {"wild-kernel", "wild-pointer", "ran", "aligned", SIGSEGV, wild_kernel},
    {"wild-read-only", "wild-pointer", "ran", "aligned", SIGSEGV, wild_read_only},
    {"wild-unmapped", "wild-pointer", "ran", "aligned", SIGSEGV, wild_unmapped},
    {"wild-strlen", "wild-pointer", "ran", "aligned", SIGSEGV, wild_strlen},
    {"wild-bit", "wild-pointer", "ran", "aligned", SIGSEGV, wild_bit},
    {"wild-virtual", "wild-pointer", "ran", "aligned", SIGSEGV, wild_virtual},
    {"unaligned-vector", "other", "ran", "aligned", SIGSEGV, unaligned_vector},
};

}  // namespace

Family memory() { return family(kAll); }
