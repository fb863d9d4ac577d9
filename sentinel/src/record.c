#include "record.h"

#include <sys/prctl.h>
#include <sys/stat.h>

#include "operand.h"
#include "system.h"

// Kept free for what must come last.
enum { TAIL = 64 };

// Words below are no addresses: Linux maps nothing there (vm.mmap_min_addr).
enum { LEAST_MAPPED = 65536 };

bool record_is_fault(int signo, const siginfo_t *info) { return info->si_code > 0 && signo != SIGABRT; }

#if defined(PUMPHANDLE_SENTINEL_STUMBLES)
// The test's build: a recorder that is broken itself.
static volatile int *volatile nowhere;
static void stumble(void) { *nowhere = 1; }
#else
static void stumble(void) {}
#endif

// --- Gathering -----------------------------------------------------------------------------------------------------

static void read_words(struct record *record, struct record_words *words, uint64_t from, int count) {
  words->from = from;
  words->count = count;
  for (int i = 0; i < count; i++) {
    words->present[i] = memory_word(&record->memory, from + 8 * (uint64_t)i, &words->words[i]);
    if (words->present[i]) maps_want(&record->maps, words->words[i]);
  }
}

static bool in_stack_words(const struct record *record, uint64_t at) {
  return at >= record->stack.from && at + 8 <= record->stack.from + 8 * RECORD_WORDS;
}

static bool stack_word(const struct record *record, int64_t from_sp, uint64_t *word) {
  int64_t i = (RECORD_BELOW + from_sp) / 8;
  if (i < 0 || i >= RECORD_WORDS || !record->stack.present[i]) return false;
  *word = record->stack.words[i];
  return true;
}

static void want_text(struct record *record, uint64_t from, size_t bytes, uint64_t within) {
  for (int i = 0; i < record->text_count; i++)
    if (record->texts[i].from == from) return;
  if (record->text_count == RECORD_MOST_TEXTS) return;
  record->texts[record->text_count++] = (struct record_text){from, within, bytes};
  maps_want(&record->maps, within);
}

// The frames that rbp leads to, where they are not among the stack's words anyway: each its caller's rbp and return address.
static void follow_frames(struct record *record) {
  uint64_t fp = record->state.fp, least = record->state.sp;
  for (record->frame_count = 0; record->frame_count < RECORD_MOST_FRAMES;) {
    if ((fp & 7) != 0 || fp < least || fp - least > 1 << 20) return;
    uint64_t next;
    if (!memory_word(&record->memory, fp, &next)) return;
    if (!in_stack_words(record, fp + 8)) read_words(record, &record->frames[record->frame_count++], fp, 2);
    least = fp + 16;
    fp = next;
  }
}

#if defined(__x86_64__)

static void operand_of(struct record *record, const struct operand *operand) {
  uint64_t at = operand->address;
  if (operand->direct || in_stack_words(record, at) || record->operand_count == RECORD_MOST_OPERANDS) return;
  maps_want(&record->maps, at);
  read_words(record, &record->operands[record->operand_count++], at, 1);
}

// Calls that may stand just before a return address: what they read is evidence, and so is a stub that they lead to.
static void calls_before(struct record *record, uint64_t address, const ucontext_t *context) {
  enum { LONGEST = 10 };
  uint8_t text[LONGEST], stub[16];
  if (address < LONGEST || memory_read(&record->memory, address - LONGEST, text, LONGEST) != LONGEST) return;
  want_text(record, address - LONGEST, LONGEST, address - 1);
  for (size_t length = 2; length <= LONGEST; length++) {
    struct operand call, jump;
    uint64_t pc = address - length;
    if (!operand_decode(text + LONGEST - length, length, pc, record->state.sp + 8, context, &call)) continue;
    if (call.length != length || call.jump) continue;
    operand_of(record, &call);
    uint64_t called = call.address;
    if (!call.direct && !memory_word(&record->memory, call.address, &called)) continue;
    if (memory_read(&record->memory, called, stub, sizeof stub) != sizeof stub) continue;
    want_text(record, called, sizeof stub, called);
    if (operand_decode(stub, sizeof stub, called, record->state.sp, context, &jump) && jump.jump)
      operand_of(record, &jump);
  }
}

// Source: Itanium C++ ABI, Exception Handling §1.2: class "GNUCC++\0" (or \1), cleanup, two private words.
static void exception_object(struct record *record, uint64_t rax) {
  const uint64_t cxx = 0x474e5543432b2b00;
  uint64_t class;
  if (memory_word(&record->memory, rax, &class) && (class & ~0xffull) == cxx) read_words(record, &record->exception, rax, 4);
}

// A general protection fault, or a stack fault: a `ret` to no address leaves that word where it was.
static bool refused(const struct record *record) { return record->state.trap == 13 || record->state.trap == 12; }

static void look_around(struct record *record, const ucontext_t *context) {
  uint64_t pc = record->state.pc, rax = cpu_x86(context, 0), word;
  uint8_t text[16];
  struct operand transfer;
  if (memory_read(&record->memory, pc, text, sizeof text) == sizeof text &&
      operand_decode(text, sizeof text, pc, record->state.sp, context, &transfer)) {
    operand_of(record, &transfer);
    if (refused(record) && !transfer.direct && memory_word(&record->memory, transfer.address, &word))
      record->deciding[record->deciding_count++] = word;
  }
  static const int64_t places[] = {0, 8, -16};
  for (unsigned i = 0; i < sizeof places / sizeof places[0]; i++)
    if (stack_word(record, places[i], &word)) calls_before(record, word, context);
  exception_object(record, rax);
  traces_find(&record->traces, &record->memory, record->state.sp, rax);
  for (int i = 0; i < record->traces.context_count; i++)
    read_words(record, &record->contexts[record->context_count++], record->traces.contexts[i], 4);
  for (int i = 0; i < record->traces.frame_count; i++)
    want_text(record, record->traces.frames[i].pc - 24, 32, record->traces.frames[i].pc);
}

#else

static void look_around(struct record *record, const ucontext_t *context) {
  traces_find(&record->traces, &record->memory, record->state.sp, 0);
  uint64_t link = context->uc_mcontext.regs[30];
  want_text(record, link - 4, 4, link - 4);
}

static bool refused(const struct record *record) {
  (void)record;
  return false;
}

#endif

// Would one flipped bit make an address valid? The mappings that would hold it are evidence.
static void want_flips(struct record *record, uint64_t address) {
  if (address < LEAST_MAPPED) return;
  for (int bit = 12; bit < 64; bit++) maps_want(&record->maps, address ^ 1ull << bit);
}

static void gather(struct record *record, const struct record_setting *setting, int signo, const siginfo_t *info,
                   const ucontext_t *context) {
  record->frame_count = record->operand_count = record->context_count = record->text_count = 0;
  record->exception.count = 0;
  record->traces.frame_count = record->traces.context_count = 0;
  maps_begin(&record->maps, record->state.sp);
  maps_want(&record->maps, setting->program);
  for (int i = 0; i < record->state.count; i++) maps_want(&record->maps, record->state.registers[i].value);
  if (record_is_fault(signo, info)) {
    maps_want(&record->maps, (uint64_t)info->si_addr);
    want_flips(record, (uint64_t)info->si_addr);
  }
  read_words(record, &record->stack, (record->state.sp & ~7ull) - RECORD_BELOW, RECORD_WORDS);
  uint64_t target;
  if (refused(record) && stack_word(record, 0, &target)) want_flips(record, target);
  want_text(record, record->state.pc - 16, 32, record->state.pc);
  look_around(record, context);
  follow_frames(record);
  want_flips(record, record->state.pc);
  maps_read(&record->maps, &record->memory);
  const struct mapping *code = maps_at(&record->maps, record->state.pc);
  for (int64_t place = 0; place >= -8 && (refused(record) || !code || !code->executable); place -= 8)
    if (stack_word(record, place, &record->deciding[record->deciding_count])) record->deciding_count++;
}

// --- Writing -------------------------------------------------------------------------------------------------------

static void put_number(struct line *line, const char *name, uint64_t number) {
  put_text(line, name);
  put_text(line, "0x");
  put_hex(line, number);
}

static void put_count(struct line *line, const char *name, int64_t number) {
  put_text(line, name);
  put_decimal(line, number);
}

static void put_time(struct line *line) {
  struct timespec now = system_now();
  put_count(line, " t=", now.tv_sec);
  put_char(line, '.');
  for (long unit = 100000000; unit > 0; unit /= 10) put_char(line, (char)('0' + now.tv_nsec / unit % 10));
}

static void put_process(struct line *line) {
  char name[17] = {0};
  struct stat tasks;
  put_count(line, " pid=", system_getpid());
  put_count(line, " tid=", system_gettid());
  if (system_call(SYS_newfstatat, AT_FDCWD, (long)"/proc/self/task", (long)&tasks, 0, 0, 0) == 0)
    put_count(line, " threads=", (int64_t)tasks.st_nlink - 2);
  if (system_call(SYS_prctl, PR_GET_NAME, (long)name, 0, 0, 0, 0) == 0 && name[0]) {
    put_text(line, " comm=");
    put_escaped(line, name, sizeof name);
  }
}

// What is neither an address nor small nor in a register may be a piece of somebody's data.
static bool may_be_written(const struct record *record, const struct record_setting *setting, uint64_t word) {
  if (setting->retain_words || word < LEAST_MAPPED || word == ~0ull) return true;
  for (int i = 0; i < record->deciding_count; i++)
    if (record->deciding[i] == word) return true;
  for (int i = 0; i < record->state.count; i++)
    if (record->state.registers[i].value == word) return true;
  return maps_at(&record->maps, word) != 0;
}

// Stretches of words that are there, each `address:word,word`; `~` stands for one that is kept back.
static void put_words(struct record *record, const struct record_setting *setting, const struct record_words *words,
                      bool *first, bool bare) {
  struct line *line = &record->line;
  bool open = false;
  for (int i = 0; i < words->count; i++) {
    if (!words->present[i]) {
      open = false;
      continue;
    }
    if (open) {
      put_char(line, ',');
    } else {
      put_text(line, *first ? " mem=" : ";");
      put_hex(line, words->from + 8 * (uint64_t)i);
      put_char(line, ':');
    }
    open = true;
    *first = false;
    if (bare || may_be_written(record, setting, words->words[i]))
      put_hex(line, words->words[i]);
    else
      put_char(line, '~');
  }
}

static void put_memory(struct record *record, const struct record_setting *setting) {
  size_t before = record->line.length;
  bool first = true;
  put_words(record, setting, &record->stack, &first, false);
  for (int i = 0; i < record->operand_count; i++) put_words(record, setting, &record->operands[i], &first, false);
  put_words(record, setting, &record->exception, &first, true);
  for (int i = 0; i < record->context_count; i++) put_words(record, setting, &record->contexts[i], &first, false);
  bool kept = line_keep(&record->line, before);
  for (int i = 0; kept && i < record->frame_count; i++) {
    before = record->line.length;
    put_words(record, setting, &record->frames[i], &first, false);
    kept = line_keep(&record->line, before);
  }
}

static void put_files(struct record *record) {
  struct line *line = &record->line;
  size_t before = line->length;
  for (int i = 0; i < record->maps.file_count; i++) {
    const struct mapped_file *file = &record->maps.files[i];
    put_text(line, i == 0 ? " mod=" : ";");
    put_hex(line, file->from);
    put_char(line, '-');
    put_hex(line, file->to);
    put_char(line, ',');
    put_hex(line, file->bias);
    put_char(line, ',');
    put_dump(line, file->build_id, file->build_id_bytes);
    put_char(line, ',');
    put_escaped(line, file->path, MAPS_PATH);
  }
  line_keep(line, before);
}

static void put_maps(struct record *record) {
  struct line *line = &record->line;
  size_t before = line->length;
  for (int i = 0; i < record->maps.kept_count; i++) {
    const struct mapping *mapping = &record->maps.kept[i];
    put_text(line, i == 0 ? " map=" : ";");
    put_hex(line, mapping->from);
    put_char(line, '-');
    put_hex(line, mapping->to);
    put_char(line, ',');
    if (mapping->readable) put_char(line, 'r');
    if (mapping->writable) put_char(line, 'w');
    if (mapping->executable) put_char(line, 'x');
    if (mapping->file >= 0) {
      put_char(line, ',');
      put_decimal(line, mapping->file);
      put_char(line, ',');
      put_hex(line, mapping->offset);
    }
  }
  line_keep(line, before);
}

static void put_texts(struct record *record) {
  struct line *line = &record->line;
  bool first = true;
  for (int i = 0; i < record->text_count; i++) {
    const struct record_text *text = &record->texts[i];
    const struct mapping *code = maps_at(&record->maps, text->within);
    if (!code || !code->executable) continue;
    uint64_t from = text->from < code->from ? code->from : text->from;
    size_t bytes = text->bytes - (size_t)(from - text->from);
    uint8_t copy[32];
    size_t n = memory_read(&record->memory, from, copy, bytes < sizeof copy ? bytes : sizeof copy);
    if (n == 0) continue;
    size_t before = line->length;
    put_text(line, first ? " txt=" : ";");
    put_hex(line, from);
    put_char(line, ':');
    put_dump(line, copy, n);
    if (!line_keep(line, before)) return;
    first = false;
  }
}

static void put_traces(struct record *record) {
  struct line *line = &record->line;
  size_t before = line->length;
  for (int i = 0; i < record->traces.frame_count; i++) {
    const struct trace_frame *frame = &record->traces.frames[i];
    put_text(line, i == 0 ? " res=" : ";");
    put_decimal(line, frame->signo);
    put_char(line, ',');
    put_decimal(line, frame->code);
    put_char(line, ',');
    put_hex(line, frame->pc);
    put_char(line, ',');
    put_hex(line, frame->sp);
  }
  line_keep(line, before);
}

// The C library's last words. Source: glibc 2.36 include/stdlib.h, struct abort_msg_s { unsigned size; char msg[]; }
static void put_last_words(struct record *record, const struct record_setting *setting) {
  uint64_t at;
  char words[256];
  if (!setting->abort_message || !memory_word(&record->memory, setting->abort_message, &at) || at == 0) return;
  size_t n = memory_read(&record->memory, at + 4, words, sizeof words - 1);
  words[n] = 0;
  while (n > 0 && text_length(words) > 0 && words[text_length(words) - 1] == '\n') words[text_length(words) - 1] = 0;
  size_t before = record->line.length;
  put_text(&record->line, " said=");
  put_escaped(&record->line, words, sizeof words);
  line_keep(&record->line, before);
}

void record_make(struct record *record, const struct record_setting *setting, int signo, const siginfo_t *info,
                 const ucontext_t *context, int cpu) {
  struct line *line = &record->line;
  line_begin(line, LINE_MOST - TAIL);
  cpu_read(&record->state, context);
  put_text(line, "*** pumphandle v1 arch=");
  put_text(line, cpu_name);
  put_time(line);
  put_count(line, " sig=", signo);
  put_count(line, " code=", info->si_code);
  if (record_is_fault(signo, info)) put_number(line, " addr=", (uint64_t)info->si_addr);
  if (record->state.has_trap) put_count(line, " trap=", (int64_t)record->state.trap);
  if (record->state.has_error) put_number(line, " err=", record->state.error);
  if (info->si_code <= 0) {
    put_count(line, " spid=", info->si_pid);
    put_count(line, " suid=", (int64_t)info->si_uid);
  }
  if (cpu >= 0) put_count(line, " cpu=", cpu);
  put_process(line);
  for (int i = 0; i < record->state.count; i++) {
    put_char(line, ' ');
    put_text(line, record->state.registers[i].name);
    put_number(line, "=", record->state.registers[i].value);
  }
  put_text(line, setting->identity);
  record->deciding_count = 0;
  memory_begin(&record->memory);
  if (signo == SIGABRT) put_last_words(record, setting);
  gather(record, setting, signo, info, context);
  stumble();
  put_files(record);
  put_maps(record);
  put_memory(record, setting);
  put_traces(record);
  put_texts(record);
  memory_end(&record->memory);
  line->most = LINE_MOST;
  put_text(line, record->maps.whole ? " ***\n" : " maps=some ***\n");
}

void record_cut(struct record *record) {
  record->line.most = LINE_MOST;
  put_text(&record->line, " cut=1 ***\n");
}
