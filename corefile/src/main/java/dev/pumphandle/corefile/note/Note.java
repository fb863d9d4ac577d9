package dev.pumphandle.corefile.note;

import dev.pumphandle.corefile.ByteView;

/// One note of a core. `switch` over it, or ask `CoreFile.notes(Class)`.
public sealed interface Note
    permits PrStatus,
        PrPsInfo,
        SigInfo,
        AuxVector,
        FileMap,
        FpRegSet,
        XState,
        PrXFpReg,
        ArmNote,
        UnknownNote {

  /// Who issued it, what number, where, and its bytes.
  NoteHead head();

  /// Who defined the type number: `CORE`, `LINUX`, …
  default String owner() {
    return head().owner();
  }

  /// The type number (32 bits, unsigned), unique per owner only.
  default int type() {
    return head().type();
  }

  /// The note's contents.
  default ByteView contents() {
    return head().contents();
  }

  /// Where its contents begin (bytes from the start of the core).
  default long fileOffset() {
    return head().fileOffset();
  }
}
