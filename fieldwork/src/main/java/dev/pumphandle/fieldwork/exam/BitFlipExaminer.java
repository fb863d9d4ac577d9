package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.FaultColumns;
import java.util.OptionalLong;

/// Would one flipped bit make the faulting address valid? A single address proves nothing; a
/// population of them, on one host, does.
final class BitFlipExaminer implements Examiner {

  /// Bits below are within a page and change nothing; above, an address is not canonical anyway.
  private static final int FIRST_BIT = 12;

  private static final int LAST_BIT = 63;

  @Override
  public String name() {
    return "bit flip";
  }

  @Override
  public void examine(Evidence evidence, CaseRow.Builder row, MissingFacts missing) {
    if (!evidence.struck()) {
      return;
    }
    OptionalLong address = suspect(evidence);
    if (address.isEmpty()) {
      return;
    }
    boolean wantsCode = evidence.control().target().isPresent();
    int found = -1;
    int count = 0;
    for (int bit = FIRST_BIT; bit <= LAST_BIT; bit++) {
      WordKind kind = evidence.kind(address.getAsLong() ^ 1L << bit);
      boolean valid =
          wantsCode
              ? kind == WordKind.CODE
              : kind == WordKind.STACK || kind == WordKind.HEAP || kind == WordKind.FILE;
      if (valid) {
        found = bit;
        count++;
      }
    }
    if (count == 1) {
      row.put(FaultColumns.ONE_BIT_FLIP, found);
    }
  }

  /// The address that was no good: where control was sent, or where data was sought; not one near
  /// NULL, which is wrong in too many bits.
  private static OptionalLong suspect(Evidence evidence) {
    OptionalLong address =
        evidence.control().target().isPresent()
            ? evidence.control().target()
            : evidence.fault().address();
    if (address.isEmpty()) {
      return address;
    }
    WordKind kind = evidence.kind(address.getAsLong());
    return kind == WordKind.UNMAPPED || kind == WordKind.NON_CANONICAL
        ? address
        : OptionalLong.empty();
  }
}
