package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteView;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/// One header of a tar archive: 512 bytes.
///
/// Source: IEEE Std 1003.1-2017, pax, "ustar Interchange Format"; GNU tar 1.35 src/tar.h for
/// base-256 numbers, types `L` and `S`.
///
/// @param bytes the header
record TarHeader(ByteView bytes) {
  static final int BYTES = 512;

  /// Whether the checksum says that this is a header.
  boolean valid() {
    if (bytes.length() < BYTES) {
      return false;
    }
    long sum = 8 * ' ';
    for (int i = 0; i < BYTES; i++) {
      sum += i >= 148 && i < 156 ? 0 : bytes.u8(i);
    }
    return number(148, 8) == sum;
  }

  /// Whether this is the mark of the end.
  boolean zeros() {
    for (int i = 0; i < bytes.length(); i++) {
      if (bytes.u8(i) != 0) {
        return false;
      }
    }
    return bytes.length() == BYTES;
  }

  /// Whether it says that it is of the kind that POSIX or GNU define.
  boolean named() {
    return text(257, 5).equals("ustar");
  }

  char type() {
    return (char) bytes.u8(156);
  }

  long size() {
    return number(124, 12);
  }

  Optional<Instant> modifiedAt() {
    long seconds = number(136, 12);
    return seconds > 0 && seconds < 1L << 36
        ? Optional.of(Instant.ofEpochSecond(seconds))
        : Optional.empty();
  }

  /// The name in the header; a longer one stands in an entry before.
  String name() {
    String name = text(0, 100);
    // GNU keeps other things where POSIX has the prefix.
    String prefix = text(257, 8).startsWith("ustar  ") || !named() ? "" : text(345, 155);
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  String text(int from, int length) {
    int end = from;
    while (end < from + length && bytes.u8(end) != 0) {
      end++;
    }
    return StandardCharsets.UTF_8
        .decode(java.nio.ByteBuffer.wrap(bytes.slice(from, end - from).toArray()))
        .toString();
  }

  /// A number in octal, or in base 256 where the first bit is set; -1 where it is neither.
  long number(int from, int length) {
    int first = bytes.u8(from);
    if ((first & 0x80) != 0) {
      long value = first & 0x3f;
      for (int i = from + 1; i < from + length; i++) {
        if (value >>> 54 != 0) {
          return -1;
        }
        value = value << 8 | bytes.u8(i);
      }
      return (first & 0x40) != 0 ? -1 : value;
    }
    String digits = text(from, length).strip();
    try {
      return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    } catch (NumberFormatException _) {
      return -1;
    }
  }
}
