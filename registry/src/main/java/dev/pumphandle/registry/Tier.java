package dev.pumphandle.registry;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How sure a case definition is, surest first.
public enum Tier {
  /// Registers from a core, and the signs that decide.
  CONFIRMED,
  /// Registers from a log, or signs that fall short of proof.
  PROBABLE,
  /// A log line without registers.
  SUSPECT;

  /// The tier of this word.
  static Optional<Tier> named(String word) {
    return Stream.of(values()).filter(tier -> tier.word().equals(word)).findFirst();
  }

  /// The word in files, columns and on screen.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
