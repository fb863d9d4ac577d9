package dev.pumphandle.fieldwork.log;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Reads registers out of text, whatever a program calls them: `RAX: 0000…`, `rax 0x0`,
/// ` ax: 0000…`, `R8 =0x…`, `x29: …`. They get the names that a core's row has them under.
public final class RegisterText {

  private static final Pattern PAIR =
      Pattern.compile(
          "(?<![\\w.])([A-Za-z][A-Za-z0-9]{0,6}) ?(?::|=|\\s) ?(?:[0-9a-fA-F]{2,4}:)?"
              + "(?:0x([0-9a-fA-F]{1,16})|([0-9a-fA-F]{16})|([0-9a-fA-F]{8}))(?![\\w.])");

  private static final List<String> X86 =
      List.of("ax", "bx", "cx", "dx", "si", "di", "bp", "sp", "ip");

  private static final Set<String> KNOWN =
      Stream.of(
              X86.stream().map(name -> "r" + name),
              IntStream.range(8, 16).mapToObj(n -> "r" + n),
              IntStream.range(0, 31).mapToObj(n -> "x" + n),
              Stream.of("eflags", "sp", "pc", "pstate"))
          .flatMap(names -> names)
          .collect(Collectors.toSet());

  private RegisterText() {}

  /// Puts the registers that a line names into a sighting, and beside them the error, the trap and
  /// the address of a page fault, where the line has them.
  ///
  /// @param arm whether `sp` and `pc` are registers of their own
  /// @return how many there were
  public static int read(String text, boolean arm, Sighting sighting) {
    int found = 0;
    Matcher pair = PAIR.matcher(text);
    while (pair.find()) {
      String label = pair.group(1).toLowerCase(Locale.ROOT);
      Optional<Long> value =
          Lines.hex(
              pair.group(2) != null
                  ? pair.group(2)
                  : pair.group(3) != null ? pair.group(3) : pair.group(4));
      if (value.isPresent() && put(label, value.get(), arm, sighting)) {
        found++;
      }
    }
    return found;
  }

  private static boolean put(String label, long value, boolean arm, Sighting sighting) {
    switch (label) {
      case "cr2" -> {
        return true; // stale unless it was a page fault: the dialect knows
      }
      case "err", "erf" -> sighting.error(value);
      case "trp", "trapno" -> sighting.trap((int) value);
      default -> {
        Optional<String> name = name(label, arm);
        name.ifPresent(known -> sighting.register(known, value));
        return name.isPresent();
      }
    }
    return true;
  }

  /// The name that a core's row has a register under.
  ///
  /// @param label what a program calls it, in lower case
  /// @param arm whether `sp` and `pc` are registers of their own
  static Optional<String> name(String label, boolean arm) {
    String name =
        switch (label) {
          case "efl", "eflags", "rflags" -> "eflags";
          case "lr" -> "x30";
          case "fp" -> "x29";
          case "r08" -> "r8";
          case "r09" -> "r9";
          default -> !arm && X86.contains(label) ? "r" + label : label;
        };
    return arm || !(name.equals("sp") || name.equals("pc"))
        ? Optional.of(name).filter(KNOWN::contains)
        : Optional.empty();
  }
}
