package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.Sighting;
import dev.pumphandle.linelist.LogColumns;

/// AArch64's exception syndrome: the class of the exception and, for an abort, the kind of fault.
///
/// Source: Arm ARM D24.2.40, ESR_EL1: EC in bits 31 to 26, DFSC or IFSC in bits 5 to 0; Linux v6.12
/// arch/arm64/mm/fault.c, fault_info[]: which signal and si_code each kind raises.
final class Syndrome {

  private static final int FETCH = 0x20;
  private static final int DATA = 0x24;
  private static final int UNKNOWN = 0x00;
  private static final int PC_ALIGNMENT = 0x22;
  private static final int SP_ALIGNMENT = 0x26;
  private static final int BREAKPOINT = 0x3c;

  private Syndrome() {}

  /// Puts the signal and its code into a sighting.
  static void of(long esr, Sighting sighting) {
    int kind = (int) (esr >> 26) & 0x3f;
    switch (kind) {
      case FETCH, DATA -> abort((int) esr & 0x3f, sighting);
      case PC_ALIGNMENT, SP_ALIGNMENT -> sighting.signal(7).code(1);
      case UNKNOWN -> sighting.signal(4).code(1);
      case BREAKPOINT -> sighting.signal(5).code(1);
      default -> {}
    }
    if (kind == FETCH) {
      // The faulting address is the instruction pointer's own, and only the registers tell it.
      sighting.row().put(LogColumns.TERMINATION_REASON, "instruction abort");
    }
  }

  /// Whether the processor was fetching an instruction.
  static boolean isFetch(Sighting sighting) {
    return sighting
        .row()
        .get(LogColumns.TERMINATION_REASON)
        .filter(word -> word.equals("instruction abort"))
        .isPresent();
  }

  private static void abort(int status, Sighting sighting) {
    if (status >= 4 && status <= 7) {
      sighting.signal(11).code(1); // translation fault, level 0 to 3
    } else if (status >= 8 && status <= 15) {
      sighting.signal(11).code(2); // access flag and permission faults
    } else if (status == 0x21) {
      sighting.signal(7).code(1); // alignment fault
    } else if (status == 0x11) {
      sighting.signal(11); // tag check fault
    } else {
      sighting.signal(7); // external aborts and what the kernel does not know
    }
  }
}
