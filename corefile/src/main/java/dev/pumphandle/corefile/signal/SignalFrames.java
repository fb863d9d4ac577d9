package dev.pumphandle.corefile.signal;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Mapping;
import dev.pumphandle.corefile.memory.MemoryImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The signal frames of a stretch of memory.
public final class SignalFrames {

  private SignalFrames() {}

  /// The frames that lie wholly within the bytes, lowest first.
  ///
  /// @param machine whose frames
  /// @param bytes memory
  /// @param from the address of its first byte (unsigned)
  public static List<SignalFrame> in(Machine machine, ByteView bytes, long from) {
    List<SignalFrame> found = new ArrayList<>();
    switch (machine) {
      case X86_64 -> X86Frames.find(bytes, from, found);
      case AARCH64 -> Aarch64Frames.find(bytes, from, found);
    }
    return found;
  }

  /// The frames that lie wholly within `[from, to)` and within the mapping that `within` lies in;
  /// none where that memory is absent. What is absent in between ends the stretch.
  ///
  /// @throws IOException where the store cannot deliver
  public static List<SignalFrame> around(
      Machine machine, MemoryImage memory, long within, long from, long to) throws IOException {
    Mapping mapping = memory.mappingAt(within).orElse(null);
    if (mapping == null) {
      return List.of();
    }
    long low = Long.compareUnsigned(from, mapping.from()) < 0 ? mapping.from() : from;
    long high = Long.compareUnsigned(to, mapping.to()) > 0 ? mapping.to() : to;
    if (Long.compareUnsigned(low, high) >= 0) {
      return List.of();
    }
    int length = (int) Math.min(high - low, Integer.MAX_VALUE - 64);
    return in(machine, memory.readUpTo(low, length).bytes(), low);
  }
}
