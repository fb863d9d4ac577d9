package dev.pumphandle.lab.forge;

import java.util.ArrayList;
import java.util.List;

/// `.eh_frame` and `.eh_frame_hdr` for code written with [Code]: how each function's caller is
/// found.
///
/// Source: LSB Core 5.0, §10.6 "Exception Frames"; DWARF 5, §6.4.2 "Call Frame Instructions" and
/// §6.4.3; register numbers: System V ABI AMD64 figure 3.36,
/// DWARF for the Arm 64-bit Architecture §4.1.
final class CallFrames {

  private final ForgedMachine machine;
  private final Code code;

  CallFrames(ForgedMachine machine, Code code) {
    this.machine = machine;
    this.code = code;
  }

  /// `.eh_frame_hdr` at `address`, directly followed by `.eh_frame`.
  Blob write(long address) {
    List<String> functions = List.copyOf(code.functions().keySet());
    int headerBytes = 12 + 8 * functions.size();
    long framesAt = address + headerBytes;
    Blob frames = new Blob();
    List<Long> entries = new ArrayList<>();
    frames.append("cie.", record(0, cie()));
    for (String f : functions) {
      entries.add(framesAt + frames.size());
      Blob body =
          new Blob()
              .u32("pc_begin", code.at(f) - (framesAt + frames.size() + 8))
              .u32("pc_range", code.end(f) - code.at(f))
              .u8("augmentation_length", 0)
              .bytes(rules(f));
      frames.append("fde[" + (entries.size() - 1) + "].", record(frames.size() + 4, body));
    }
    Blob header =
        new Blob()
            .u8("version", 1)
            .u8("eh_frame_ptr_enc", 0x1b)
            .u8("fde_count_enc", 0x03)
            .u8("table_enc", 0x3b)
            .u32("eh_frame_ptr", framesAt - (address + 4))
            .u32("fde_count", functions.size());
    for (int i = 0; i < functions.size(); i++)
      header
          .u32("table[" + i + "].pc", code.at(functions.get(i)) - address)
          .u32("table[" + i + "].fde", entries.get(i) - address);
    return new Blob()
        .append("eh_frame_hdr.", header)
        .append("eh_frame.", frames.u32("terminator", 0));
  }

  /// A CIE or FDE with its length in front, padded to 8.
  private static Blob record(long id, Blob body) {
    int padded = (4 + body.size() + 4 + 7) / 8 * 8 - 4;
    return new Blob().u32("length", padded).u32("id", id).append("", body).upTo(4 + padded);
  }

  private Blob cie() {
    Blob b = new Blob().u8("version", 1).cString("zR");
    return machine == ForgedMachine.X86_64
        ? b.hex("01 78 10 01 1b 0c 07 08 90 01")
        : b.hex("01 78 1e 01 1b 0c 1f 00");
  }

  private byte[] rules(String function) {
    byte[] bytes = code.bytes();
    int from = (int) (code.at(function) - code.start());
    int size = (int) (code.end(function) - code.at(function));
    if (machine == ForgedMachine.AARCH64)
      return startsWith(bytes, from, 0xfd, 0x7b, 0xbe, 0xa9)
          ? new Blob().hex("44 0e 20 9d 04 9e 03").toArray()
          : new byte[0];
    if (!startsWith(bytes, from, 0x55, 0x48, 0x89, 0xe5)) return new byte[0];
    Blob b = new Blob().hex("41 0e 10 86 02 43 0d 06");
    int last = lastReturn(bytes, from, size);
    // behind `leave` or `pop %rbp` only the return address is left
    if (last > 4) b.hex("02").u8("advance", last - 4).hex("0c 07 08");
    return b.toArray();
  }

  /// Offset in the function of the byte behind the last `leave` or `pop %rbp`, 0 when there is
  /// none.
  private static int lastReturn(byte[] bytes, int from, int size) {
    for (int i = size - 2; i > 4; i--) {
      int b = bytes[from + i] & 0xff;
      int next = bytes[from + i + 1] & 0xff;
      if ((b == 0xc9 || b == 0x5d) && (next == 0xc3 || next == 0xff)) return i + 1;
    }
    return 0;
  }

  private static boolean startsWith(byte[] bytes, int from, int... what) {
    for (int i = 0; i < what.length; i++)
      if (from + i >= bytes.length || (bytes[from + i] & 0xff) != what[i]) return false;
    return true;
  }
}
