package dev.pumphandle.corefile.code;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import java.util.Optional;

/// Who can write an instruction as an assembler would read it. Nothing that is decided here hangs
/// on
/// one: it is for people.
public interface Disassembler {

  /// None at hand.
  Disassembler NONE = (_, _, _) -> Optional.empty();

  /// The instruction at the beginning of some bytes; empty where they are none, or nobody can tell.
  ///
  /// @param machine whose instruction
  /// @param bytes its bytes, and perhaps those after it
  /// @param address where it stands (address), for operands that are relative to it
  Optional<String> text(Machine machine, ByteView bytes, long address);

  /// The one that this machine has: Capstone where its library is installed and native access is
  /// allowed, else [#NONE].
  static Disassembler ofThisMachine() {
    return Capstone.INSTALLED;
  }
}
