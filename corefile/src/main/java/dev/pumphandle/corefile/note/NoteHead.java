package dev.pumphandle.corefile.note;

import dev.pumphandle.corefile.ByteView;

/// What every note has.
///
/// @param owner who defined the type number, without the trailing NUL
/// @param type the type number (32 bits, unsigned)
/// @param fileOffset where the contents begin (bytes from the start of the core)
/// @param contents the contents
public record NoteHead(String owner, int type, long fileOffset, ByteView contents) {

  /// Owner and type as messages write them: `CORE/NT_PRSTATUS`, `ACME/0x7`.
  @Override
  public String toString() {
    return owner + "/" + NoteType.nameOf(owner, type);
  }
}
