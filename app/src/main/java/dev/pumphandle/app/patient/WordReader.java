package dev.pumphandle.app.patient;

import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Says what a word found in a register or on the stack points to, as far as the row knows.
final class WordReader {
  private static final long STACK_REACH = 8L << 20;
  private static final long NULL_PAGE = 0x1000;
  private static final long SMALL = 0x1_0000;

  /// A loaded file of the dead process: where it begins and, where known, ends.
  private record Loaded(String name, long base, long end) {}

  private final OptionalLong sp;
  private final boolean aarch64;
  private final TreeMap<Long, Loaded> loaded = new TreeMap<>(Long::compareUnsigned);
  private final Map<Long, String> functions = new HashMap<>();

  WordReader(PatientRow row) {
    this.sp = row.address("fault_sp");
    this.aarch64 = row.aarch64();
    for (Value each : row.several("modules")) {
      if (each instanceof Value.Named(var fields)) {
        long base = PatientRow.bits(fields.getOrDefault("base", Value.MISSING)).orElse(0);
        long end = PatientRow.bits(fields.getOrDefault("end", Value.MISSING)).orElse(0);
        String path = Words.printable(Words.of(fields.getOrDefault("path", Value.MISSING)));
        loaded.put(base, new Loaded(path.substring(path.lastIndexOf('/') + 1), base, end));
      }
    }
    for (Value each : row.several("frames")) {
      if (each instanceof Value.Named(var fields)) {
        PatientRow.bits(fields.getOrDefault("pc", Value.MISSING))
            .ifPresent(pc -> functions.put(pc, Frames.name(fields)));
      }
    }
  }

  /// What `word` is, in few words; empty when nothing can be said.
  String describe(long word) {
    if (word == 0) {
      return "null";
    }
    if (Long.compareUnsigned(word, NULL_PAGE) < 0) {
      return "null page";
    }
    if (Long.compareUnsigned(word, SMALL) < 0 || (word >= -4096 && word < 0)) {
      return "small int";
    }
    return stack(word)
        .or(() -> Optional.ofNullable(functions.get(word)).filter(name -> !name.isBlank()))
        .or(() -> file(word))
        .or(() -> text(word))
        .orElse(canonical(word) ? "" : "non-canonical");
  }

  /// Whether `word` lies in a loaded file.
  boolean inFile(long word) {
    return file(word).isPresent();
  }

  private Optional<String> stack(long word) {
    if (sp.isEmpty()) {
      return Optional.empty();
    }
    long distance = word - sp.getAsLong();
    if (distance > STACK_REACH || distance < -STACK_REACH) {
      return Optional.empty();
    }
    String sign = distance < 0 ? "-" : "+";
    return Optional.of(
        distance == 0 ? "stack, sp" : "stack, sp" + sign + Words.hex(Math.abs(distance)));
  }

  private Optional<String> file(long word) {
    Map.Entry<Long, Loaded> below = loaded.floorEntry(word);
    if (below == null) {
      return Optional.empty();
    }
    Loaded file = below.getValue();
    boolean inside = file.end() != 0 && Long.compareUnsigned(word, file.end()) < 0;
    return inside
        ? Optional.of(file.name() + "+" + Words.hex(word - file.base()))
        : Optional.empty();
  }

  /// Eight bytes of printable characters are hardly an address.
  private static Optional<String> text(long word) {
    StringBuilder text = new StringBuilder();
    for (int shift = 0; shift < 64; shift += 8) {
      int letter = (int) (word >>> shift & 0xff);
      if (letter < 0x20 || letter > 0x7e) {
        return Optional.empty();
      }
      text.append((char) letter);
    }
    return Optional.of("text \"" + text + "\"");
  }

  /// Source: Intel SDM vol. 1 §3.3.7.1 (bits 63..47 equal); AArch64 with 48-bit addresses likewise,
  /// tags aside.
  private boolean canonical(long word) {
    long top = word >> 47;
    return aarch64 || top == 0 || top == -1;
  }

  /// The registers worth a line of their own on this machine: where it was, and where its stack
  /// was.
  List<String> leading() {
    return aarch64 ? List.of("pc", "sp", "x29", "x30") : List.of("rip", "rsp", "rbp");
  }
}
