package dev.pumphandle.corefile.stack;

import dev.pumphandle.corefile.ByteView;

/// Reads DWARF's encodings one after the other. Local to one decoding; a read past the end throws
/// [IndexOutOfBoundsException], which the decoder turns into "no information".
///
/// Source: DWARF 5 §7.6 (LEB128); LSB Core 5.0 §10.5.1 (pointer encodings DW_EH_PE_*).
final class DwarfCursor {

  private final ByteView bytes;
  private final long address;
  private int at;

  /// @param address where the bytes are loaded, before any bias
  DwarfCursor(ByteView bytes, long address, int at) {
    this.bytes = bytes;
    this.address = address;
    this.at = at;
  }

  int position() {
    return at;
  }

  void seek(int position) {
    at = position;
  }

  boolean atEnd(int end) {
    return at >= end;
  }

  int u8() {
    return bytes.u8(at++);
  }

  int u16() {
    at += 2;
    return bytes.u16(at - 2);
  }

  int s32() {
    at += 4;
    return bytes.s32(at - 4);
  }

  long u32() {
    at += 4;
    return bytes.u32(at - 4);
  }

  long u64() {
    at += 8;
    return bytes.u64(at - 8);
  }

  long uleb() {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int b = u8();
      if (shift < 64) {
        value |= (long) (b & 127) << shift;
      }
      if (b < 128) {
        return value;
      }
    }
  }

  long sleb() {
    long value = 0;
    int shift = 0;
    while (true) {
      int b = u8();
      if (shift < 64) {
        value |= (long) (b & 127) << shift;
      }
      shift += 7;
      if (b < 128) {
        return (b & 64) != 0 && shift < 64 ? value | -1L << shift : value;
      }
    }
  }

  /// A pointer as `.eh_frame` encodes it. Indirect ones (0x80) answer where the pointer is kept.
  ///
  /// @param data what data-relative pointers (0x30) count from
  long pointer(int encoding, long data) {
    long here = address + at;
    long value =
        switch (encoding & 15) {
          case 0, 4, 12 -> u64();
          case 1 -> uleb();
          case 2 -> u16();
          case 3 -> u32();
          case 9 -> sleb();
          case 10 -> (short) u16();
          case 11 -> s32();
          default -> throw new IndexOutOfBoundsException("pointer encoding " + encoding);
        };
    return switch (encoding & 0x70) {
      case 0x10 -> value + here;
      case 0x30 -> value + data;
      default -> value;
    };
  }
}
