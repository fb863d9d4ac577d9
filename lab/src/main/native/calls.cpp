// Calls and jumps to where no code is, in the operand forms that compilers make.
#include <csignal>
#include <cstdlib>
#include <sys/mman.h>

#include "patient.h"

namespace {

using Function = int (*)(int);

struct Operations {
  Function open, close, read;
};

Function volatile hook;
Function volatile table[8];
Operations operations;
Operations *volatile backend = &operations;
volatile int answer;
uint64_t data_page[64];

// The result is used afterwards, so that the call cannot become a jump.
NOINLINE void call(Function f) {
  live_a_little();
  answer = f(3) + 1;
}

NOINLINE void call_table(int i) {
  live_a_little();
  answer = table[i](3) + 1;
}

NOINLINE void call_hook() {
  live_a_little();
  answer = hook(3) + 1;
}

NOINLINE void call_operation() {
  live_a_little();
  answer = backend->read(3) + 1;
}

NAKED void call_r11() { asm("sub $8, %rsp\n\txor %r11d, %r11d\n\tcall *%r11\n\tadd $8, %rsp\n\tret"); }
NAKED void call_on_stack() { asm("sub $24, %rsp\n\tmovq $0, 8(%rsp)\n\tcall *8(%rsp)\n\tadd $24, %rsp\n\tret"); }
NAKED void call_scaled(const void *) {
  asm("sub $8, %rsp\n\tmov $2, %ecx\n\tcall *8(%rdi,%rcx,8)\n\tadd $8, %rsp\n\tret");
}
NAKED void call_memory(const uint64_t *) { asm("sub $8, %rsp\n\tcall *(%rdi)\n\tadd $8, %rsp\n\tret"); }

// Below the stack pointer, where the call itself writes its return address: where it went to is gone.
NAKED void call_below(uint64_t) {
  asm("sub $8, %rsp\n\tmov %rdi, -8(%rsp)\n\txor %edi, %edi\n\tcall *-8(%rsp)\n\tadd $8, %rsp\n\tret");
}

// Tail jumps: at the fault rsp is as at the entry of the function that jumped, and what stands there follows a call to
// that function, not to the place of the fault.
NAKED void jump(uint64_t) { asm("jmp *%rdi"); }
NAKED void jump_memory(const uint64_t *) { asm("jmp *(%rdi)"); }
// From the middle of a frame, as a switch through a broken table does it.
NAKED void jump_inside(uint64_t, void (*)()) {
  asm("push %rbx\n\tmov %rdi, %rbx\n\tcall *%rsi\n\tjmp *%rbx");
}

// Takes its own return address off the stack and jumps to it: it looks like a return that was none.
NAKED void jump_popped(uint64_t) { asm("mov %rdi, (%rsp)\n\tpop %rcx\n\tjmp *%rcx"); }
NOINLINE void pop_and_jump(uint64_t word) {
  jump_popped(hidden(word));
  asm volatile("" ::: "memory");
}

template <class T>
Function at(T address) {
  return reinterpret_cast<Function>(hidden(address));
}

// A plug-in that was unloaded while somebody still held its address.
Function unloaded() {
  void *page = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  munmap(page, 4096);
  return at(page);
}

void null() { call(at(uint64_t{0})); }
void null_table() { call_table(hidden(5)); }
void null_hook() { call_hook(); }
void null_operation() { call_operation(); }
void null_r11() { call_r11(); }
void null_on_stack() { call_on_stack(); }
void null_scaled() { call_scaled(const_cast<Function *>(table)); }
void null_below() { call_below(hidden(uint64_t{0})); }
void unmapped_below() { call_below(hidden(kUnmapped)); }
void small() { call(at(kSmall)); }
void unmapped() { call(at(kUnmapped)); }
void gone() { call(unloaded()); }
void heap() { call(at(std::malloc(64))); }
void data() { call(at(&data_page[2])); }
void stack() {
  uint64_t here[2] = {1, 2};
  call(at(&here[0]));
}
void noncanonical() { call(at(kNonCanonical)); }
void noncanonical_memory() {
  static const uint64_t slot = kNonCanonical;
  call_memory(&slot);
}
void jump_null() { jump(hidden(uint64_t{0})); }
void jump_null_memory() {
  static const uint64_t slot = 0;
  jump_memory(&slot);
}
void jump_null_inside() { jump_inside(hidden(uint64_t{0}), live_a_little); }
void jump_null_popped() {
  pop_and_jump(0);
  asm volatile("" ::: "memory");
}
void jump_unmapped_popped() {
  pop_and_jump(kUnmapped);
  asm volatile("" ::: "memory");
}
void jump_unmapped() { jump(hidden(kUnmapped)); }
void jump_unmapped_inside() { jump_inside(hidden(kUnmapped), live_a_little); }
void jump_small() { jump(hidden(kSmall)); }
void jump_heap() { jump(reinterpret_cast<uint64_t>(hidden(std::malloc(64)))); }
void jump_noncanonical() { jump(hidden(kNonCanonical)); }

const Illness kAll[] = {
    {"call-null", "call-through-null", "called", "aligned", SIGSEGV, null},
    {"call-null-table", "call-through-null", "called", "aligned", SIGSEGV, null_table},
    {"call-null-hook", "call-through-null", "called", "aligned", SIGSEGV, null_hook},
    {"call-null-operation", "call-through-null", "called", "aligned", SIGSEGV, null_operation},
    {"call-null-r11", "call-through-null", "called", "aligned", SIGSEGV, null_r11},
    {"call-null-on-stack", "call-through-null", "called", "aligned", SIGSEGV, null_on_stack},
    {"call-null-scaled", "call-through-null", "called", "aligned", SIGSEGV, null_scaled},
    {"call-null-below", "call-through-null", "called", "aligned", SIGSEGV, null_below},
    {"call-unmapped-below", "call-to-garbage", "called", "aligned", SIGSEGV, unmapped_below},
    {"call-small", "call-to-garbage", "called", "aligned", SIGSEGV, small},
    {"call-unmapped", "call-to-garbage", "called", "aligned", SIGSEGV, unmapped},
    {"call-unloaded", "call-to-garbage", "called", "aligned", SIGSEGV, gone},
    {"call-heap", "call-to-garbage", "called", "aligned", SIGSEGV, heap},
    {"call-data", "call-to-garbage", "called", "aligned", SIGSEGV, data},
    {"call-stack", "call-to-garbage", "called", "aligned", SIGSEGV, stack},
    {"call-noncanonical", "call-to-garbage", "called", "aligned", SIGSEGV, noncanonical},
    {"call-noncanonical-memory", "call-to-garbage", "called", "aligned", SIGSEGV, noncanonical_memory},
    {"jump-null", "jump-to-null", "jumped", "aligned", SIGSEGV, jump_null},
    {"jump-null-memory", "jump-to-null", "jumped", "aligned", SIGSEGV, jump_null_memory},
    {"jump-null-inside", "jump-to-null", "jumped", "aligned", SIGSEGV, jump_null_inside},
    {"jump-null-popped", "jump-to-null", "jumped", "aligned", SIGSEGV, jump_null_popped},
    {"jump-unmapped-popped", "call-to-garbage", "jumped", "aligned", SIGSEGV, jump_unmapped_popped},
    {"jump-unmapped", "call-to-garbage", "jumped", "aligned", SIGSEGV, jump_unmapped},
    {"jump-unmapped-inside", "call-to-garbage", "jumped", "aligned", SIGSEGV, jump_unmapped_inside},
    {"jump-small", "call-to-garbage", "jumped", "aligned", SIGSEGV, jump_small},
    {"jump-heap", "call-to-garbage", "jumped", "aligned", SIGSEGV, jump_heap},
    {"jump-noncanonical", "call-to-garbage", "jumped", "aligned", SIGSEGV, jump_noncanonical},
};

}  // namespace

Family calls() { return family(kAll); }
