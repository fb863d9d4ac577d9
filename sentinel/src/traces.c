#include "traces.h"

#if defined(__x86_64__)

// Source: Linux arch/x86/include/uapi/asm/sigcontext.h, struct _fpx_sw_bytes; arch/x86/kernel/signal_64.c,
// struct rt_sigframe: the return address, then struct ucontext with 23 registers of 8 bytes from byte 40, a pointer to the
// extended state after them, the mask, and the siginfo.
enum { MAGIC = 0x46505853, MAGIC_AT = 464, EXTENDED_AT = 468, SIZE_AT = 480 };
enum { RSP = 8 + 40 + 15 * 8, RIP = 8 + 40 + 16 * 8, SEGMENTS = 8 + 40 + 18 * 8, STATE = 8 + 40 + 23 * 8, INFO = 312 };
enum { FRAME = 440 };

static uint64_t word(const struct traces *traces, uint64_t from, uint64_t address) {
  return traces->below[(address - from) / 8];
}

static void frame_with_state(struct traces *traces, uint64_t from, uint64_t to, uint64_t state) {
  uint64_t sizes = word(traces, from, state + SIZE_AT);
  uint32_t extended = (uint32_t)(word(traces, from, state + MAGIC_AT) >> 32);
  if ((uint32_t)sizes > extended || (uint32_t)sizes < 512 || extended > 64 << 10) return;
  // The frame is the nearest place below the state that points to it: frame = ((state - 440) & ~15) - 8.
  uint64_t at = ((state - FRAME) & ~15ull) - 8;
  if (at < from || at + FRAME > to || word(traces, from, at + STATE) != state) return;
  if ((word(traces, from, at + SEGMENTS) & 0xffff) != 0x33) return;
  uint64_t info = word(traces, from, at + INFO), code = word(traces, from, at + INFO + 8);
  struct trace_frame *frame = &traces->frames[traces->frame_count++];
  frame->signo = (uint32_t)info < 65 ? (int)(uint32_t)info : 0;
  frame->code = frame->signo ? (int)(uint32_t)code : 0;
  frame->pc = word(traces, from, at + RIP);
  frame->sp = word(traces, from, at + RSP);
}

void traces_find(struct traces *traces, struct memory *memory, uint64_t sp, uint64_t object) {
  traces->frame_count = traces->context_count = 0;
  uint64_t to = sp & ~7ull, from = to - TRACES_BELOW;
  if (sp < TRACES_BELOW) return;
  // Only what is next to sp without a gap counts, so the pages are read from above.
  uint64_t lowest = to;
  while (lowest > from) {
    uint64_t page = (lowest - 1) & ~4095ull;
    if (page < from) page = from;
    size_t n = (size_t)(lowest - page);
    if (memory_read(memory, page, (char *)traces->below + (page - from), n) != n) break;
    lowest = page;
  }
  for (uint64_t at = to - 8; at >= lowest && at < to; at -= 8) {
    uint64_t value = word(traces, from, at);
    if ((uint32_t)value == MAGIC && ((at - MAGIC_AT) & 63) == 0 && at - MAGIC_AT >= lowest + FRAME + 24 &&
        at + 16 < to && traces->frame_count < TRACES_MOST)
      frame_with_state(traces, from, to, at - MAGIC_AT);
    if (value == sp && object != 0 && at - 16 >= lowest && at + 8 < to && word(traces, from, at - 16) == object &&
        traces->context_count < TRACES_MOST)
      traces->contexts[traces->context_count++] = at - 16;
  }
}

#else

void traces_find(struct traces *traces, struct memory *memory, uint64_t sp, uint64_t object) {
  (void)memory, (void)sp, (void)object;
  traces->frame_count = traces->context_count = 0;
}

#endif
