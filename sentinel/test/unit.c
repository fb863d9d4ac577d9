// The parts of the recorder by themselves, on memory that is and is not there.
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "cpu.h"
#include "line.h"
#include "maps.h"
#include "memory.h"
#include "operand.h"

static int failures;

static void expect(bool holds, const char *what) {
  if (holds) return;
  failures++;
  printf("unit: %s does not hold\n", what);
}

static void memory_reads_up_to_what_is_not_there(const char *way) {
  char *room = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(room + 4096, 4096, PROT_NONE);
  memset(room, 'x', 4096);
  struct memory memory;
  char copy[64];
  uint64_t word;
  memory_begin(&memory);
  expect(memory_read(&memory, (uint64_t)room + 4086, copy, sizeof copy) == 10, way);
  expect(memory_read(&memory, (uint64_t)room + 4096, copy, sizeof copy) == 0, way);
  expect(!memory_word(&memory, 0, &word), way);
  expect(!memory_word(&memory, 0xdeadbeefcafef00d, &word), way);
  expect(!memory_word(&memory, UINT64_MAX - 3, &word), way);
  expect(memory_word(&memory, (uint64_t)room, &word) && word == 0x7878787878787878, way);
  memory_end(&memory);
  munmap(room, 8192);
}

static void a_line_is_bounded_and_plain(void) {
  static struct line line;
  line_begin(&line, 40);
  put_hex(&line, 0);
  put_hex(&line, UINT64_MAX);
  put_decimal(&line, INT64_MIN + 1);
  expect(line.length == 1 + 16 + 20, "numbers of every length");
  expect(memcmp(line.text, "0ffffffffffffffff-9223372036854775807", line.length) == 0, "their digits");
  size_t before = line.length;
  put_escaped(&line, "a b", 3);
  expect(!line_keep(&line, before) && line.length == before, "what does not fit is taken back");
  line_begin(&line, 100);
  put_escaped(&line, "a b%=;\n\xff", 8);
  line.text[line.length] = 0;
  expect(strcmp(line.text, "a%20b%25%3d%3b%0a%ff") == 0, "separators and bytes are escaped");
}

static void the_maps_say_what_holds_an_address(void) {
  static struct maps maps;
  struct memory memory;
  int local = 0;
  memory_begin(&memory);
  maps_begin(&maps, (uint64_t)&local);
  maps_want(&maps, (uint64_t)&failures);
  maps_want(&maps, (uint64_t)&the_maps_say_what_holds_an_address);
  maps_read(&maps, &memory);
  memory_end(&memory);
  const struct mapping *data = maps_at(&maps, (uint64_t)&failures);
  const struct mapping *code = maps_at(&maps, (uint64_t)&the_maps_say_what_holds_an_address);
  const struct mapping *stack = maps_at(&maps, (uint64_t)&local);
  expect(data && data->writable && !data->executable, "data can be written");
  expect(code && code->executable && code->file >= 0, "code can be executed and is a file's");
  expect(code && maps.files[code->file].build_id_bytes == 20, "the file has its build-id");
  expect(stack && stack->writable && stack->file < 0, "the stack is found by the stack pointer");
  expect(!maps_at(&maps, 24), "nothing holds a NULL pointer's neighbour");
  expect(maps.whole, "the list was read to its end");
}

#if defined(__x86_64__)
static void operands_are_evaluated(void) {
  ucontext_t context = {0};
  context.uc_mcontext.gregs[REG_RBX] = 0x1000;
  context.uc_mcontext.gregs[REG_R12] = 0x2000;
  context.uc_mcontext.gregs[REG_RAX] = 3;
  static const struct {
    uint8_t code[8];
    size_t n;
    uint64_t address;
    bool jump, direct;
  } all[] = {
      {{0xff, 0x53, 0x18}, 3, 0x1018, false, false},                          // call *0x18(%rbx)
      {{0x41, 0xff, 0x54, 0x24, 0xf8}, 5, 0x1ff8, false, false},              // call *-8(%r12)
      {{0xff, 0x14, 0xc3}, 3, 0x1018, false, false},                          // call *(%rbx,%rax,8)
      {{0xff, 0x14, 0x24}, 3, 0x7000, false, false},                          // call *(%rsp)
      {{0xff, 0x25, 0x10, 0, 0, 0}, 6, 0x400016, true, false},                // jmp *0x10(%rip)
      {{0xff, 0x14, 0xc5, 0x00, 0x20, 0, 0}, 7, 0x2018, false, false},        // call *0x2000(,%rax,8)
      {{0xe8, 0xfb, 0xff, 0xff, 0xff}, 5, 0x400000, false, true},             // call .
      {{0xff, 0xd3}, 2, 0x1000, false, true},                                 // call *%rbx
      {{0xf3, 0x0f, 0x1e, 0xfa, 0xff, 0x63, 0x08}, 7, 0x1008, true, false},   // endbr64; jmp *8(%rbx)
  };
  for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
    struct operand found;
    bool is = operand_decode(all[i].code, all[i].n, 0x400000, 0x7000, &context, &found);
    expect(is && found.length == all[i].n && found.address == all[i].address && found.jump == all[i].jump &&
               found.direct == all[i].direct,
           "an operand's address");
    for (size_t cut = 0; cut < all[i].n; cut++)
      expect(!operand_decode(all[i].code, cut, 0x400000, 0x7000, &context, &found), "half an instruction is none");
  }
}
#endif

int main(void) {
  memory_reads_up_to_what_is_not_there("process_vm_readv");
  memory_pipe_only = true;
  memory_reads_up_to_what_is_not_there("a pipe");
  memory_pipe_only = false;
  a_line_is_bounded_and_plain();
  the_maps_say_what_holds_an_address();
#if defined(__x86_64__)
  operands_are_evaluated();
#endif
  return failures > 0;
}
