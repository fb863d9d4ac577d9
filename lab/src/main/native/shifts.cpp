// A stack pointer that is 8 bytes off, as by one lost or doubled push: the epilogue then pops its neighbours' words.
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "patient.h"

namespace {

// Both callees save rbp and rbx and make room for a local, as a compiler would; E is rsp at entry, where the return
// address stands. Down: the epilogue runs 8 lower, so ret takes the word at E-8, the saved rbp.
NAKED void leave_low() {
  asm("push %rbp\n\t.cfi_def_cfa_offset 16\n\t.cfi_offset 6, -16\n\t"
      "push %rbx\n\t.cfi_def_cfa_offset 24\n\t.cfi_offset 3, -24\n\t"
      "sub $8, %rsp\n\t.cfi_def_cfa_offset 32\n\t"
      "movq $77, (%rsp)\n\tmov $5, %ebx\n\t"
      "sub $8, %rsp\n\t"  // the fault in the machine; the unwind table rightly knows nothing of it
      "add $8, %rsp\n\t.cfi_def_cfa_offset 24\n\t"
      "pop %rbx\n\t.cfi_def_cfa_offset 16\n\tpop %rbp\n\t.cfi_def_cfa_offset 8\n\tret");
}

// Up: the epilogue runs 8 higher, so ret takes the word at E+8, the last one that the caller stored.
NAKED void leave_high() {
  asm("push %rbp\n\t.cfi_def_cfa_offset 16\n\t.cfi_offset 6, -16\n\t"
      "push %rbx\n\t.cfi_def_cfa_offset 24\n\t.cfi_offset 3, -24\n\t"
      "sub $8, %rsp\n\t.cfi_def_cfa_offset 32\n\t"
      "movq $77, (%rsp)\n\tmov $5, %ebx\n\t"
      "add $8, %rsp\n\t"
      "add $8, %rsp\n\t.cfi_def_cfa_offset 24\n\t"
      "pop %rbx\n\t.cfi_def_cfa_offset 16\n\tpop %rbp\n\t.cfi_def_cfa_offset 8\n\tret");
}

// rbp is a general register here, as without frame pointers, and holds the word when the callee saves it.
NAKED void word_in_rbp(uint64_t) {
  asm("push %%rbp\n\t.cfi_def_cfa_offset 16\n\t.cfi_offset 6, -16\n\t"
      "mov %%rdi, %%rbp\n\tcall %P0\n\tpop %%rbp\n\t.cfi_def_cfa_offset 8\n\tret" ::"i"(leave_low));
}

// rbp is a frame pointer here, so the word is an address on the stack.
NAKED void frame_in_rbp() {
  asm("push %%rbp\n\t.cfi_def_cfa_offset 16\n\t.cfi_offset 6, -16\n\t"
      "mov %%rsp, %%rbp\n\t.cfi_def_cfa_register 6\n\tcall %P0\n\tpop %%rbp\n\t.cfi_def_cfa 7, 8\n\tret" ::"i"(leave_low));
}

// A local of the caller stands right above the return address.
NAKED void word_above(uint64_t) {
  asm("push %%rbp\n\t.cfi_def_cfa_offset 16\n\t.cfi_offset 6, -16\n\t"
      "mov %%rsp, %%rbp\n\t.cfi_def_cfa_register 6\n\tsub $16, %%rsp\n\t"
      "mov %%rdi, (%%rsp)\n\tmovq $9, 8(%%rsp)\n\tcall %P0\n\tleave\n\t.cfi_def_cfa 7, 8\n\tret" ::"i"(leave_high));
}

// Aligned stores and loads that the ABI's promise about rsp makes legal, and a shifted stack does not.
NAKED void store_aligned() { asm("sub $24, %rsp\n\t.cfi_def_cfa_offset 32\n\tmovaps %xmm0, (%rsp)\n\tadd $24, %rsp\n\tret"); }
NAKED void load_aligned() { asm("sub $24, %rsp\n\t.cfi_def_cfa_offset 32\n\tmovdqa (%rsp), %xmm1\n\tadd $24, %rsp\n\tret"); }

// Calls f on a stack that is 8 too low or 8 too high; rbp keeps the way back.
NAKED void call_low(void (*)()) {
  asm("push %rbp\n\t.cfi_def_cfa_offset 16\n\t.cfi_offset 6, -16\n\t"
      "mov %rsp, %rbp\n\t.cfi_def_cfa_register 6\n\tsub $32, %rsp\n\tsub $8, %rsp\n\t"
      "call *%rdi\n\tleave\n\t.cfi_def_cfa 7, 8\n\tret");
}
NAKED void call_high(void (*)()) {
  asm("push %rbp\n\t.cfi_def_cfa_offset 16\n\t.cfi_offset 6, -16\n\t"
      "mov %rsp, %rbp\n\t.cfi_def_cfa_register 6\n\tsub $32, %rsp\n\tadd $8, %rsp\n\t"
      "call *%rdi\n\tleave\n\t.cfi_def_cfa 7, 8\n\tret");
}

// The C library's own victim: a variadic function spills the vector registers with movaps when al says there are some.
char printed[64];
NAKED void print_on_low_stack(int (*)(char *, size_t, const char *, ...), const char *) {
  asm("push %%rbp\n\t.cfi_def_cfa_offset 16\n\t.cfi_offset 6, -16\n\t"
      "mov %%rsp, %%rbp\n\t.cfi_def_cfa_register 6\n\tsub $8, %%rsp\n\t"
      "mov %%rdi, %%r10\n\tmov %%rsi, %%rdx\n\tlea %c0(%%rip), %%rdi\n\tmov $64, %%esi\n\t"
      "mov $1, %%eax\n\tcall *%%r10\n\tleave\n\t.cfi_def_cfa 7, 8\n\tret" ::"i"(printed));
}

void low_null() { word_in_rbp(hidden(uint64_t{0})); }
void low_small() { word_in_rbp(hidden(kSmall)); }
void low_unmapped() { word_in_rbp(hidden(kUnmapped)); }
void low_noncanonical() { word_in_rbp(hidden(kNonCanonical)); }
void low_heap() { word_in_rbp(reinterpret_cast<uint64_t>(hidden(std::malloc(64)))); }
void low_frame() { frame_in_rbp(); }
void high_null() { word_above(hidden(uint64_t{0})); }
void high_small() { word_above(hidden(kSmall)); }
void high_unmapped() { word_above(hidden(kUnmapped)); }
void high_noncanonical() { word_above(hidden(kNonCanonical)); }
void high_heap() { word_above(reinterpret_cast<uint64_t>(hidden(std::malloc(64)))); }
void sse_low_store() { call_low(hidden(&store_aligned)); }
void sse_low_load() { call_low(hidden(&load_aligned)); }
void sse_high_store() { call_high(hidden(&store_aligned)); }
void sse_high_load() { call_high(hidden(&load_aligned)); }
void sse_low_libc() { print_on_low_stack(hidden(&std::snprintf), "%f"); }

const Illness kAll[] = {
    {"shift-low-null", "misaligned-stack", "returned", "shifted-8", SIGSEGV, low_null},
    {"shift-low-small", "misaligned-stack", "returned", "shifted-8", SIGSEGV, low_small},
    {"shift-low-unmapped", "misaligned-stack", "returned", "shifted-8", SIGSEGV, low_unmapped},
    {"shift-low-noncanonical", "misaligned-stack", "returned", "shifted-8", SIGSEGV, low_noncanonical},
    {"shift-low-heap", "misaligned-stack", "returned", "shifted-8", SIGSEGV, low_heap},
    {"shift-low-frame", "misaligned-stack", "returned", "shifted-8", SIGSEGV, low_frame},
    {"shift-high-null", "misaligned-stack", "returned", "shifted+8", SIGSEGV, high_null},
    {"shift-high-small", "misaligned-stack", "returned", "shifted+8", SIGSEGV, high_small},
    {"shift-high-unmapped", "misaligned-stack", "returned", "shifted+8", SIGSEGV, high_unmapped},
    {"shift-high-noncanonical", "misaligned-stack", "returned", "shifted+8", SIGSEGV, high_noncanonical},
    {"shift-high-heap", "misaligned-stack", "returned", "shifted+8", SIGSEGV, high_heap},
    {"shift-low-sse-store", "misaligned-stack", "ran", "shifted-8", SIGSEGV, sse_low_store},
    {"shift-low-sse-load", "misaligned-stack", "ran", "shifted-8", SIGSEGV, sse_low_load},
    {"shift-high-sse-store", "misaligned-stack", "ran", "shifted+8", SIGSEGV, sse_high_store},
    {"shift-high-sse-load", "misaligned-stack", "ran", "shifted+8", SIGSEGV, sse_high_load},
    {"shift-low-sse-libc", "misaligned-stack", "ran", "shifted-8", SIGSEGV, sse_low_libc},
};

}  // namespace

Family shifts() { return family(kAll); }
