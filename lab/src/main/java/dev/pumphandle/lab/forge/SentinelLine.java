package dev.pumphandle.lab.forge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/// The sentinel's line about a process of paper, on x86-64: what its handler would have found in
/// that memory, written as it writes.
///
/// Source: docs/reference/sentinel-record.md; sentinel/src/record.c and maps.c for what is looked
/// at.
final class SentinelLine {

  private static final int MOST = 4095;

  /// Kept free for the end (bytes).
  private static final int TAIL = 64;

  private static final int BELOW = 128;
  private static final int STACK_WORDS = (BELOW + 512) / 8;
  private static final int MOST_FRAMES = 6;
  private static final int MOST_TEXTS = 12;
  private static final int MOST_OPERANDS = 4;
  private static final long LEAST_MAPPED = 65_536;
  private static final long NEAR = 64L << 20;
  private static final int LONGEST_CALL = 10;
  private static final long GNU_CXX = 0x474e_5543_432b_2b00L;

  private static final Pattern NOT_PLAIN = Pattern.compile("[^A-Za-z0-9._/:+@\\[\\]-]");

  private static final List<String> ORDER =
      List.of(
          "rip", "rsp", "rbp", "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "r8", "r9", "r10", "r11",
          "r12", "r13", "r14", "r15", "eflags", "cs", "ss", "fs_base", "gs_base");

  private final Body body;
  private final Fault fault;
  private final LiveMemory memory;
  private final Map<String, Long> registers = new LinkedHashMap<>();
  private final long sp;
  private final Set<Long> places = new LinkedHashSet<>();
  private final Set<Long> deciding = new LinkedHashSet<>();
  private final List<Words> stretches = new ArrayList<>();
  private final List<Words> frames = new ArrayList<>();
  private final Map<Long, Text> texts = new LinkedHashMap<>();
  private final StringBuilder line = new StringBuilder();

  /// Words at an address; those that may be anybody's data are kept back unless it is bare.
  private record Words(long from, int count, boolean bare) {}

  private record Text(int bytes, long within) {}

  SentinelLine(Body body, Fault fault, LiveMemory memory) {
    this.body = body;
    this.fault = fault;
    this.memory = memory;
    ForgedThread thread = body.threads().getFirst();
    ORDER.forEach(name -> registers.put(name, thread.register(name)));
    this.sp = fault.reg("rsp");
  }

  /// The line, without its end of line.
  String write(Instant at, Map<String, String> identity) {
    header(at, identity);
    gather();
    List<Region> kept = kept();
    List<Region> headers = files(kept);
    keep(filesText(headers));
    keep(mapsText(kept, headers));
    boolean whole = keep(wordsText(" mem=", stretches, kept));
    for (Words frame : frames) whole = whole && keep(wordsText(";", List.of(frame), kept));
    keep(earlierText());
    String before = " txt=";
    for (Map.Entry<Long, Text> text : texts.entrySet())
      if (keep(codeText(before, text.getKey(), text.getValue(), kept))) before = ";";
    return line.append(" ***").toString();
  }

  private boolean keep(String piece) {
    if (piece.isEmpty() || line.length() + piece.length() > MOST - TAIL) return false;
    line.append(piece);
    return true;
  }

  private void header(Instant at, Map<String, String> identity) {
    SignalInfo info = fault.info();
    line.append(
        "*** pumphandle v1 arch=x86-64 t=%d.%09d sig=%d code=%d"
            .formatted(at.getEpochSecond(), at.getNano(), info.signo(), info.code()));
    if (isFault()) line.append(" addr=0x").append(Long.toHexString(info.first()));
    line.append(" trap=%d err=0x%x".formatted(fault.trap(), fault.error()));
    if (info.code() <= 0)
      line.append(" spid=%d suid=%d".formatted((int) info.first(), info.first() >>> 32));
    int pid = body.process().pid();
    line.append(
        " cpu=%d pid=%d tid=%d threads=%d comm=%s"
            .formatted(pid % 16, pid, pid, body.threads().size(), body.process().name()));
    registers.forEach((name, value) -> line.append(" %s=0x%x".formatted(name, value)));
    ForgedElf program = body.file("exe");
    line.append(" exe=").append(program.path());
    line.append(" build=").append(HexFormat.of().formatHex(program.buildId().orElseThrow()));
    identity.forEach(
        (name, value) -> line.append(' ').append(name).append('=').append(plain(value)));
    body.lastWords().ifPresent(said -> line.append(" said=").append(plain(said)));
  }

  // All texts here are ASCII: a character is a byte.
  private static String plain(String text) {
    return NOT_PLAIN
        .matcher(text)
        .replaceAll(other -> "%%%02x".formatted((int) other.group().charAt(0)));
  }

  private boolean isFault() {
    return fault.info().code() > 0 && fault.info().signo() != Fault.SIGABRT;
  }

  // A general protection fault: a `ret` to no address leaves that word where it was.
  private boolean refused() {
    return fault.trap() == 13;
  }

  private void gather() {
    long pc = fault.reg("rip");
    places.add(body.base("exe"));
    places.addAll(registers.values());
    if (isFault()) {
      places.add(fault.info().first());
      flips(fault.info().first());
    }
    flips(pc);
    words(stretches, new Words((sp & ~7L) - BELOW, STACK_WORDS, false));
    if (refused()) memory.word(sp).ifPresent(this::flips);
    text(pc - 16, 32, pc);
    for (long place : new long[] {0, 8, -16}) memory.word(sp + place).ifPresent(this::callsBefore);
    long object = fault.reg("rax");
    if (memory.word(object).orElse(0) == GNU_CXX) words(stretches, new Words(object, 4, true));
    body.interrupted().forEach(earlier -> text(earlier.pc() - 24, 32, earlier.pc()));
    followFrames();
    for (long place = 0; place >= -8 && (refused() || !executable(pc)); place -= 8)
      memory.word(sp + place).ifPresent(deciding::add);
  }

  private boolean executable(long address) {
    return memory.at(address).filter(region -> (region.flags() & 1) != 0).isPresent();
  }

  // Would one flipped bit make an address valid?
  private void flips(long address) {
    if (Long.compareUnsigned(address, LEAST_MAPPED) < 0) return;
    for (int bit = 12; bit < 64; bit++) places.add(address ^ 1L << bit);
  }

  private void words(List<Words> to, Words words) {
    to.add(words);
    for (int i = 0; i < words.count(); i++)
      memory.word(words.from() + 8L * i).ifPresent(places::add);
  }

  private boolean inStackWords(long address) {
    long from = (sp & ~7L) - BELOW;
    return address >= from && address + 8 <= from + 8 * STACK_WORDS;
  }

  private void text(long from, int bytes, long within) {
    if (texts.size() == MOST_TEXTS || texts.containsKey(from)) return;
    texts.put(from, new Text(bytes, within));
    places.add(within);
  }

  // Calls that may stand just before a return address, in the forms that this code has: what they
  // lead to is evidence.
  private void callsBefore(long address) {
    byte[] before = memory.read(address - LONGEST_CALL, LONGEST_CALL);
    if (before.length < LONGEST_CALL) return;
    text(address - LONGEST_CALL, LONGEST_CALL, address - 1);
    if (before[5] == (byte) 0xe8) stub(address + displacement(before));
    if (before[4] == (byte) 0xff && before[5] == 0x15) {
      long slot = address + displacement(before);
      if (!inStackWords(slot) && stretches.size() <= MOST_OPERANDS) {
        places.add(slot);
        words(stretches, new Words(slot, 1, false));
      }
      memory.word(slot).ifPresent(this::stub);
    }
  }

  private void stub(long called) {
    if (memory.read(called, 16).length == 16) text(called, 16, called);
  }

  private static int displacement(byte[] call) {
    int value = 0;
    for (int i = 9; i >= 6; i--) value = value << 8 | (call[i] & 0xff);
    return value;
  }

  private void followFrames() {
    long fp = fault.reg("rbp");
    long least = sp;
    while (frames.size() < MOST_FRAMES) {
      OptionalLong next = memory.word(fp);
      if ((fp & 7) != 0 || fp < least || fp - least > 1 << 20 || next.isEmpty()) return;
      if (!inStackWords(fp + 8)) words(frames, new Words(fp, 2, false));
      least = fp + 16;
      fp = next.getAsLong();
    }
  }

  private List<Region> kept() {
    List<Region> kept = new ArrayList<>();
    Optional<Region> stack =
        memory.regions().stream()
            .filter(r -> (r.flags() & 2) != 0 && Long.compareUnsigned(r.to(), sp) > 0)
            .findFirst()
            .filter(r -> r.from() - sp < NEAR);
    for (Region region : memory.regions())
      if (stack.filter(region::equals).isPresent() || places.stream().anyMatch(region::covers))
        kept.add(region);
    return kept;
  }

  // The first mapping of each file that is wanted, and of unwinders.
  private List<Region> files(List<Region> kept) {
    Set<String> wanted = new LinkedHashSet<>();
    kept.forEach(region -> wanted.add(region.path()));
    return memory.regions().stream()
        .filter(region -> !region.path().isEmpty() && region.fileOffset() == 0)
        .filter(region -> wanted.contains(region.path()) || region.path().contains("/libunwind.so"))
        .toList();
  }

  private String filesText(List<Region> headers) {
    StringBuilder text = new StringBuilder();
    for (Region header : headers) {
      text.append(text.isEmpty() ? " mod=" : ";");
      text.append(
          "%1$x-%2$x,%1$x,%3$s,%4$s"
              .formatted(
                  header.from(),
                  header.from() + ForgedElf.SIZE,
                  body.buildIdOf(header.path()),
                  plain(header.path())));
    }
    return text.toString();
  }

  private static String mapsText(List<Region> kept, List<Region> headers) {
    List<String> paths = headers.stream().map(Region::path).toList();
    StringBuilder text = new StringBuilder();
    for (Region region : kept) {
      text.append(text.isEmpty() ? " map=" : ";");
      text.append("%x-%x,".formatted(region.from(), region.to()));
      text.append(region.permissions().replace("-", ""));
      int file = paths.indexOf(region.path());
      if (file >= 0) text.append(",%d,%x".formatted(file, region.fileOffset()));
    }
    return text.toString();
  }

  // Stretches of words that are there; `~` stands for one that is kept back.
  private String wordsText(String before, List<Words> all, List<Region> kept) {
    StringBuilder text = new StringBuilder();
    for (Words words : all) {
      boolean open = false;
      for (int i = 0; i < words.count(); i++) {
        long at = words.from() + 8L * i;
        OptionalLong word = memory.word(at);
        if (word.isPresent()) {
          text.append(open ? "," : (text.isEmpty() ? before : ";") + Long.toHexString(at) + ":");
          text.append(
              words.bare() || mayBeWritten(word.getAsLong(), kept)
                  ? Long.toHexString(word.getAsLong())
                  : "~");
        }
        open = word.isPresent();
      }
    }
    return text.toString();
  }

  // What is neither an address nor small nor in a register may be a piece of somebody's data.
  private boolean mayBeWritten(long word, List<Region> kept) {
    return Long.compareUnsigned(word, LEAST_MAPPED) < 0
        || word == -1
        || deciding.contains(word)
        || registers.containsValue(word)
        || kept.stream().anyMatch(region -> region.covers(word));
  }

  private String earlierText() {
    StringBuilder text = new StringBuilder();
    for (Body.Interrupted earlier : body.interrupted()) {
      text.append(text.isEmpty() ? " res=" : ";");
      text.append(
          "%d,%d,%x,%x"
              .formatted(
                  earlier.info().signo(), earlier.info().code(), earlier.pc(), earlier.sp()));
    }
    return text.toString();
  }

  private String codeText(String before, long from, Text text, List<Region> kept) {
    Optional<Region> code =
        kept.stream()
            .filter(region -> region.covers(text.within()) && (region.flags() & 1) != 0)
            .findFirst();
    if (code.isEmpty()) return "";
    long begin = from < code.get().from() ? code.get().from() : from;
    byte[] bytes = memory.read(begin, text.bytes() - (int) (begin - from));
    return before + Long.toHexString(begin) + ":" + HexFormat.of().formatHex(bytes);
  }
}
