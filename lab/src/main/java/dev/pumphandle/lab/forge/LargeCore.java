package dev.pumphandle.lab.forge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A core as if its process had used much more memory: with a hole in the middle of the file, which
/// belongs to no segment.
public final class LargeCore {

  private LargeCore() {}

  /// Moves the segments in the last quarter of a core away from the others.
  ///
  /// Source: System V ABI, ELF-64: `e_phoff` at 32, `e_phnum` at 56; program headers of 56 bytes
  /// with `p_type` at 0 and `p_offset` at 8.
  ///
  /// @param core a core with fewer than 65,535 segments; not changed
  /// @param hole how far (bytes)
  public static byte[] of(byte[] core, int hole) {
    byte[] larger = new byte[core.length + hole];
    ByteBuffer header = ByteBuffer.wrap(core.clone()).order(ByteOrder.LITTLE_ENDIAN);
    int split = core.length;
    int table = (int) header.getLong(32);
    for (int i = 0; i < header.getShort(56); i++) {
      int entry = table + 56 * i;
      long at = header.getLong(entry + 8);
      if (header.getInt(entry) == 1 && at > core.length * 3L / 4) {
        split = (int) Math.min(split, at);
        header.putLong(entry + 8, at + hole);
      }
    }
    header.get(0, larger, 0, split);
    header.get(split, larger, split + hole, core.length - split);
    return larger;
  }
}
