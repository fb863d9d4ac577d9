package dev.pumphandle.app.patient;

import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/// Says what a word found in a register or on the stack points to, as far as the row knows.
final class WordReader {
  private static final long STACK_REACH = 128L << 10;
  private static final long NULL_PAGE = 0x1000;
  private static final long SMALL = 0x1_0000;

  /// The kinds of word that lie in a loaded file, as the line list names them.
  private static final Set<String> IN_FILE = Set.of("code", "file", "return-address");

  private final OptionalLong sp;
  private final boolean aarch64;
  private final TreeMap<Long, String> loaded = new TreeMap<>(Long::compareUnsigned);
  private final Map<Long, String> functions = new HashMap<>();
  private final Map<Long, String> kinds = new HashMap<>();

  WordReader(PatientRow row) {
    this.sp = row.address("fault_sp");
    this.aarch64 = row.aarch64();
    for (Value each : row.several("modules")) {
      if (each instanceof Value.Named(var fields)) {
        String path = Words.printable(Words.of(fields.getOrDefault("path", Value.MISSING)));
        PatientRow.bits(fields.getOrDefault("base", Value.MISSING))
            .ifPresent(base -> loaded.put(base, path.substring(path.lastIndexOf('/') + 1)));
      }
    }
    for (Value each : row.several("frames")) {
      if (each instanceof Value.Named(var fields)) {
        PatientRow.bits(fields.getOrDefault("pc", Value.MISSING))
            .ifPresent(pc -> functions.put(pc, Frames.name(fields)));
      }
    }
    List<Value> words = row.several("stack_words");
    List<Value> wordKinds = row.several("stack_word_kinds");
    for (int at = 0; at < Math.min(words.size(), wordKinds.size()); at++) {
      learn(PatientRow.bits(words.get(at)), Optional.of(Words.of(wordKinds.get(at))));
    }
    learn(row.address("fault_pc"), row.words("pc_in"));
    learn(row.address("fault_sp"), row.words("sp_in"));
    learn(row.address("fault_fp"), row.words("fp_in"));
    learn(row.address("fault_address"), row.words("fault_address_in"));
  }

  /// Remembers of which kind a word is: the collector looked it up in the core's mappings.
  private void learn(OptionalLong word, Optional<String> kind) {
    if (word.isPresent() && kind.isPresent()) {
      kinds.put(word.getAsLong(), kind.get());
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
        .map(name -> kind(word).equals("return-address") ? "↩ " + name : name)
        .or(() -> Optional.ofNullable(kinds.get(word)))
        .or(() -> text(word))
        .orElse(canonical(word) ? "" : "non-canonical");
  }

  private String kind(long word) {
    return kinds.getOrDefault(word, "");
  }

  private Optional<String> stack(long word) {
    if (sp.isEmpty()) {
      return Optional.empty();
    }
    long distance = word - sp.getAsLong();
    String kind = kind(word);
    boolean near = distance < STACK_REACH && distance > -STACK_REACH;
    // Another thread's stack, the vDSO or a library may lie next to this one.
    if (!kind.equals("stack") && !(kind.isEmpty() && near)) {
      return Optional.empty();
    }
    String sign = distance < 0 ? "-" : "+";
    return Optional.of(
        distance == 0 ? "stack, sp" : "stack, sp" + sign + Words.hex(Math.abs(distance)));
  }

  /// The loaded file that holds a word of which the collector said that one does: the nearest
  /// below.
  private Optional<String> file(long word) {
    Map.Entry<Long, String> below = loaded.floorEntry(word);
    if (below == null || !IN_FILE.contains(kind(word))) {
      return Optional.empty();
    }
    return Optional.of(below.getValue() + "+" + Words.hex(word - below.getKey()));
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
