package dev.pumphandle.fieldwork.exam;

import java.util.Optional;
import java.util.OptionalLong;

/// How control got to the place of death, and how the stack stood.
///
/// @param arrived how
/// @param evidence the rule that decided it, in words
/// @param target where control was sent
/// @param alignment how the stack pointer stands against the calling convention
/// @param alignmentEvidence what tells
/// @param intended where control should have gone
record Control(
    Arrived arrived,
    String evidence,
    OptionalLong target,
    Alignment alignment,
    Optional<String> alignmentEvidence,
    OptionalLong intended) {

  /// How control can get somewhere.
  enum Arrived {
    RETURNED("returned"),
    CALLED("called"),
    JUMPED("jumped"),
    RAN("ran"),
    UNKNOWN("unknown");

    private final String word;

    Arrived(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /// How the stack pointer can stand.
  enum Alignment {
    ALIGNED("aligned"),
    SHIFTED_LOW("shifted-8"),
    SHIFTED_HIGH("shifted+8"),
    UNKNOWN("unknown");

    private final String word;

    Alignment(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static Control of(Arrived arrived, String evidence, OptionalLong target) {
    return new Control(
        arrived, evidence, target, Alignment.UNKNOWN, Optional.empty(), OptionalLong.empty());
  }

  Control with(Alignment alignment, String evidence) {
    return new Control(arrived, this.evidence, target, alignment, Optional.of(evidence), intended);
  }

  Control intending(long address) {
    return new Control(
        arrived, evidence, target, alignment, alignmentEvidence, OptionalLong.of(address));
  }
}
