// Returns to where nobody should return: the popped word is what the illness is about.
#include <csignal>
#include <cstdlib>

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
