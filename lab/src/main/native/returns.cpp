// Returns to where nobody should return: the popped word is what the illness is about.
#include <csignal>
#include <cstdlib>
#include <ucontext.h>

#include "patient.h"

namespace {

// As a buffer overrun does it: the slot above the saved frame pointer gets another word, and the epilogue runs on.
NOINLINE void overrun(uint64_t word) {
  live_a_little();
  auto slot = static_cast<volatile uint64_t *>(__builtin_frame_address(0)) + 1;
  *slot = word;
}

// A leaf without a frame, and the three encodings of a near return.
NAKED void leaf(uint64_t) { asm("mov %rdi, (%rsp)\n\tret"); }
NAKED void leaf_imm(uint64_t) { asm("mov %rdi, (%rsp)\n\tret $16"); }
NAKED void leaf_rep(uint64_t) { asm("mov %rdi, (%rsp)\n\trep ret"); }

// Sends control away as context switches and trampolines do: the function's own return address stays where it is.
NAKED void pushed(uint64_t) { asm("push %rdi\n\tret"); }

// The same, by a pointer that it forgets.
NAKED void pushed_forgetful(uint64_t) { asm("push %rdi\n\txor %eax, %eax\n\tret"); }
NAKED void call_by_rax(uint64_t, void (*)(uint64_t)) {
  asm("sub $8, %rsp\n\t.cfi_def_cfa_offset 16\n\tmov %rsi, %rax\n\tcall *%rax\n\tadd $8, %rsp\n\t.cfi_def_cfa_offset 8\n\tret");
}

NAKED void tail_to(uint64_t, void (*)(uint64_t)) { asm("jmp *%rsi"); }

// Releases two words more, as a callee does that was handed arguments on the stack; and pops a code segment too.
NAKED void leaf_releasing(uint64_t) { asm("mov %rdi, (%rsp)\n\tret $16"); }
NAKED void leaf_far(uint64_t) { asm("sub $8, %rsp\n\tmov %rdi, (%rsp)\n\tmovq $0x33, 8(%rsp)\n\tlretq"); }

// Returns to the word while rax still holds what the unwinder puts there for a landing pad.
NAKED void leaf_with_rax(uint64_t, void *) { asm("mov %rsi, %rax\n\tmov %rdi, (%rsp)\n\tret"); }

NOINLINE void to_null_from_catch() {
  try {
    throw hidden(7);
  } catch (int &thrown) {
    // _Unwind_Exception lies right before the thrown object (Itanium C++ ABI: Exception Handling, 2.2.1).
    leaf_with_rax(0, reinterpret_cast<char *>(&thrown) - 32);
  }
}

uint64_t data_page[64];

void to_null() { overrun(0); }
void to_null_leaf() { leaf(hidden(uint64_t{0})); }
void to_small() { overrun(kSmall); }
void to_small_leaf() { leaf(hidden(kSmall)); }
void to_unmapped() { overrun(kUnmapped); }
void to_unmapped_leaf() { leaf(hidden(kUnmapped)); }
void to_text() { overrun(kText); }
void to_kernel() { overrun(kKernel); }
void to_heap() { overrun(reinterpret_cast<uint64_t>(hidden(std::malloc(64)))); }
void to_data() { overrun(reinterpret_cast<uint64_t>(&data_page[3])); }
void to_stack() {
  volatile uint64_t here = 1;
  overrun(reinterpret_cast<uint64_t>(&here));
}
void to_noncanonical() { overrun(kNonCanonical); }
void to_noncanonical_imm() { leaf_imm(hidden(kNonCanonical)); }
// The barrier keeps the call from becoming a jump.
void push_and_return(uint64_t word) {
  pushed(hidden(word));
  asm volatile("" ::: "memory");
}
// Through a pointer, and through one by way of a jump.
NOINLINE void push_by_pointer(void (*f)(uint64_t), uint64_t word) {
  f(hidden(word));
  asm volatile("" ::: "memory");
}
NOINLINE void push_by_tail(uint64_t word) {
  tail_to(hidden(word), hidden(&pushed));
  asm volatile("" ::: "memory");
}
NOINLINE void release(uint64_t word) {
  leaf_releasing(hidden(word));
  asm volatile("" ::: "memory");
}
NOINLINE void go_far(uint64_t word) {
  leaf_far(hidden(word));
  asm volatile("" ::: "memory");
}

// A coroutine whose function was never set: setcontext() returns into it, on a stack as after a call.
char coroutine_stack[32768];
NOINLINE void enter_coroutine(uint64_t word) {
  static ucontext_t made, here;
  getcontext(&made);
  made.uc_stack.ss_sp = coroutine_stack;
  made.uc_stack.ss_size = sizeof coroutine_stack;
  made.uc_link = &here;
  makecontext(&made, reinterpret_cast<void (*)()>(hidden(word)), 0);
  swapcontext(&here, &made);
}

void to_null_pushed_pointer() {
  push_by_pointer(hidden(&pushed), 0);
  asm volatile("" ::: "memory");
}
void to_unmapped_pushed_pointer() {
  push_by_pointer(hidden(&pushed), kUnmapped);
  asm volatile("" ::: "memory");
}
void to_noncanonical_pushed_pointer() {
  push_by_pointer(hidden(&pushed), kNonCanonical);
  asm volatile("" ::: "memory");
}
void to_small_pushed_forgotten() {
  call_by_rax(hidden(kSmall), hidden(&pushed_forgetful));
  asm volatile("" ::: "memory");
}
void to_unmapped_pushed_forgotten() {
  call_by_rax(hidden(kUnmapped), hidden(&pushed_forgetful));
  asm volatile("" ::: "memory");
}
void to_null_pushed_tail() {
  push_by_tail(0);
  asm volatile("" ::: "memory");
}
void to_unmapped_pushed_tail() {
  push_by_tail(kUnmapped);
  asm volatile("" ::: "memory");
}
void to_null_releasing() {
  release(0);
  asm volatile("" ::: "memory");
}
void to_null_far() { go_far(0); }
void to_unmapped_far() { go_far(kUnmapped); }
void to_unmapped_made() { enter_coroutine(kUnmapped); }
void to_null_pushed() { push_and_return(0); }
void to_unmapped_pushed() { push_and_return(kUnmapped); }
void to_noncanonical_pushed() { push_and_return(kNonCanonical); }
void to_noncanonical_rep() { leaf_rep(hidden(kNonCanonical)); }

const Illness kAll[] = {
    {"return-null", "return-to-null", "returned", "aligned", SIGSEGV, to_null},
    {"return-null-leaf", "return-to-null", "returned", "aligned", SIGSEGV, to_null_leaf},
    {"return-null-pushed", "return-to-null", "returned", "aligned", SIGSEGV, to_null_pushed},
    {"return-unmapped-pushed", "return-to-garbage", "returned", "aligned", SIGSEGV, to_unmapped_pushed},
    {"return-noncanonical-pushed", "return-to-garbage", "returned", "aligned", SIGSEGV, to_noncanonical_pushed},
    {"return-null-pushed-pointer", "return-to-null", "returned", "aligned", SIGSEGV, to_null_pushed_pointer},
    {"return-unmapped-pushed-pointer", "return-to-garbage", "returned", "aligned", SIGSEGV, to_unmapped_pushed_pointer},
    {"return-noncanonical-pushed-pointer", "return-to-garbage", "returned", "aligned", SIGSEGV, to_noncanonical_pushed_pointer},
    {"return-small-pushed-forgotten", "return-to-garbage", "returned", "aligned", SIGSEGV, to_small_pushed_forgotten},
    {"return-unmapped-pushed-forgotten", "return-to-garbage", "returned", "aligned", SIGSEGV, to_unmapped_pushed_forgotten},
    {"return-null-pushed-tail", "return-to-null", "returned", "aligned", SIGSEGV, to_null_pushed_tail},
    {"return-unmapped-pushed-tail", "return-to-garbage", "returned", "aligned", SIGSEGV, to_unmapped_pushed_tail},
    {"return-unmapped-pushed-made", "return-to-garbage", "returned", "aligned", SIGSEGV, to_unmapped_made},
    {"return-null-releasing", "return-to-null", "returned", "aligned", SIGSEGV, to_null_releasing},
    {"return-null-far", "return-to-null", "returned", "aligned", SIGSEGV, to_null_far},
    {"return-unmapped-far", "return-to-garbage", "returned", "aligned", SIGSEGV, to_unmapped_far},
    {"return-null-catch", "return-to-null", "returned", "aligned", SIGSEGV, to_null_from_catch},
    {"return-small", "return-to-garbage", "returned", "aligned", SIGSEGV, to_small},
    {"return-small-leaf", "return-to-garbage", "returned", "aligned", SIGSEGV, to_small_leaf},
    {"return-unmapped", "return-to-garbage", "returned", "aligned", SIGSEGV, to_unmapped},
    {"return-unmapped-leaf", "return-to-garbage", "returned", "aligned", SIGSEGV, to_unmapped_leaf},
    {"return-text", "return-to-garbage", "returned", "aligned", SIGSEGV, to_text},
    {"return-kernel", "return-to-garbage", "returned", "aligned", SIGSEGV, to_kernel},
    {"return-heap", "return-to-garbage", "returned", "aligned", SIGSEGV, to_heap},
    {"return-data", "return-to-garbage", "returned", "aligned", SIGSEGV, to_data},
    {"return-stack", "return-to-garbage", "returned", "aligned", SIGSEGV, to_stack},
    {"return-noncanonical", "return-to-garbage", "returned", "aligned", SIGSEGV, to_noncanonical},
    {"return-noncanonical-imm", "return-to-garbage", "returned", "aligned", SIGSEGV, to_noncanonical_imm},
    {"return-noncanonical-rep", "return-to-garbage", "returned", "aligned", SIGSEGV, to_noncanonical_rep},
};

}  // namespace

Family returns() { return family(kAll); }
