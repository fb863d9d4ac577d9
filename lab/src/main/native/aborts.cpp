// Deaths that a library or the program itself decides on.
// The compiler sees through some of these and says so, rightly.
#pragma GCC diagnostic ignored "-Wterminate"
#pragma GCC diagnostic ignored "-Wuse-after-free"
#undef NDEBUG
#include <cassert>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <stdexcept>

#include "patient.h"

extern "C" void *__memcpy_chk(void *, const void *, size_t, size_t);

// Visible outside, so that the compiler cannot prove that nobody describes an unfinished shape.
struct Shape {
  Shape();
  virtual ~Shape();
  virtual void area() = 0;
};
NOINLINE void describe(Shape *shape) { hidden(shape)->area(); }
Shape::Shape() { describe(this); }
Shape::~Shape() = default;
struct Square : Shape {
  void area() override;
};
void Square::area() {}

namespace {

void double_free() {
  void *p = hidden(std::malloc(24));
  std::free(p);
  std::free(hidden(p));
}

void corrupted_top() {
  auto p = static_cast<uint64_t *>(hidden(std::malloc(24)));
  hidden(p)[3] = ~uint64_t{0};  // the size of what is left of the heap stands right behind the last chunk
  std::free(hidden(std::malloc(hidden(size_t{100000}))));
}

void free_invalid() { std::free(hidden(static_cast<char *>(std::malloc(64)) + 8)); }

void free_stack() {
  alignas(16) char local[64] = {1};
  std::free(hidden(&local[16]));
}

void broken_size() {
  auto p = static_cast<uint64_t *>(hidden(std::malloc(2000)));
  void *q = hidden(std::malloc(2000));
  hidden(p)[2000 / 8] = 0x21;  // the neighbour's size field
  hidden(p)[-1] = 0x1000001;
  std::free(hidden(static_cast<void *>(p)));
  std::free(q);
}

void plain_abort() {
  live_a_little();
  std::abort();
}

void failed_assert() { assert(hidden(1) == 2); }
void uncaught() { throw std::runtime_error("nobody catches this"); }
void terminated() { std::terminate(); }
NOINLINE void promises_not_to() noexcept { throw hidden(3); }

void pure_virtual() { Square square; }

__attribute__((noinline, optimize("stack-protector-all"))) void smash() {
  char room[32];
  std::memset(hidden(&room[0]), 'A', hidden(size_t{80}));
  asm volatile("" ::"r"(room) : "memory");
}

void fortified() {
  static char small[16], large[64];
  __memcpy_chk(small, hidden(&large[0]), hidden(size_t{32}), sizeof small);
}

const Illness kAll[] = {
    {"heap-double-free", "heap-corruption-abort", "none", "aligned", SIGABRT, double_free},
    {"heap-corrupted-top", "heap-corruption-abort", "none", "aligned", SIGABRT, corrupted_top},
    {"heap-free-invalid", "heap-corruption-abort", "none", "aligned", SIGABRT, free_invalid},
    {"heap-free-stack", "heap-corruption-abort", "none", "aligned", SIGABRT, free_stack},
    {"heap-broken-size", "heap-corruption-abort", "none", "aligned", SIGABRT, broken_size},
    {"abort", "deliberate-abort", "none", "aligned", SIGABRT, plain_abort},
    {"abort-assert", "deliberate-abort", "none", "aligned", SIGABRT, failed_assert},
    {"abort-uncaught", "deliberate-abort", "none", "aligned", SIGABRT, uncaught},
    {"abort-terminate", "deliberate-abort", "none", "aligned", SIGABRT, terminated},
    {"abort-noexcept", "deliberate-abort", "none", "aligned", SIGABRT, promises_not_to},
    {"abort-pure-virtual", "deliberate-abort", "none", "aligned", SIGABRT, pure_virtual},
    {"abort-stack-smashed", "deliberate-abort", "none", "aligned", SIGABRT, smash},
    {"abort-fortified", "deliberate-abort", "none", "aligned", SIGABRT, fortified},
};

}  // namespace

Family aborts() { return family(kAll); }
