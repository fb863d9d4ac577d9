package dev.pumphandle.corefile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/// An immutable run of bytes with little-endian reads at positions.
///
/// There is no cursor: many readers may share one view. A read past the end throws
/// [IndexOutOfBoundsException], which is a bug of the caller: numbers found in a file are checked
/// first (see [NamedView] for reads that check and name themselves). Reads need no alignment.
public final class ByteView {

  /// The view of nothing.
  public static final ByteView EMPTY = new ByteView(new byte[0], 0, 0);

  private static final VarHandle U16 =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle U32 =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle U64 =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes;
  private final int start;
  private final int length;

  private ByteView(byte[] bytes, int start, int length) {
    this.bytes = bytes;
    this.start = start;
    this.length = length;
  }

  /// A view of a copy of `bytes`.
  public static ByteView of(byte[] bytes) {
    return new ByteView(bytes.clone(), 0, bytes.length);
  }

  /// A view of the bytes of `text`, each character (up to U+00FF) a byte: for magics.
  public static ByteView ofLatin1(String text) {
    return ofOwned(text.getBytes(StandardCharsets.ISO_8859_1), text.length());
  }

  /// A view of the first `length` of `bytes`, without a copy: the caller hands the array over and
  /// never writes to it again.
  ///
  /// This is for sources, which have just filled an array that nobody else knows.
  public static ByteView ofOwned(byte[] bytes, int length) {
    Objects.checkFromIndexSize(0, length, bytes.length);
    return new ByteView(bytes, 0, length);
  }

  /// The number of bytes (bytes).
  public int length() {
    return length;
  }

  /// The byte at `at` (unsigned).
  public int u8(int at) {
    return bytes[index(at, 1)] & 0xff;
  }

  /// The two bytes at `at` (unsigned).
  public int u16(int at) {
    return (short) U16.get(bytes, index(at, 2)) & 0xffff;
  }

  /// The four bytes at `at` (unsigned).
  public long u32(int at) {
    return (int) U32.get(bytes, index(at, 4)) & 0xffff_ffffL;
  }

  /// The four bytes at `at` (signed).
  public int s32(int at) {
    return (int) U32.get(bytes, index(at, 4));
  }

  /// The eight bytes at `at` (unsigned: compare with [Long#compareUnsigned]).
  public long u64(int at) {
    return (long) U64.get(bytes, index(at, 8));
  }

  /// The bytes `[at, at + length)`, sharing this view's storage.
  public ByteView slice(int at, int length) {
    Objects.checkFromIndexSize(at, length, this.length);
    return new ByteView(bytes, start + at, length);
  }

  /// The text from `at` up to the first NUL, the end of the view or `max` bytes, whichever comes
  /// first.
  ///
  /// Bytes that are not UTF-8 become U+FFFD: a path may hold any byte but NUL.
  ///
  /// @param at where the text begins (bytes); at the very end of the view the text is empty
  /// @param max how many bytes to look at (bytes)
  public String cString(int at, int max) {
    Objects.checkFromToIndex(at, length, length);
    int from = start + at;
    int end = from + Math.min(max, length - at);
    int to = from;
    while (to < end && bytes[to] != 0) {
      to++;
    }
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /// The first position at or after `from` that holds `value` (unsigned byte), or −1.
  public int indexOf(int value, int from) {
    for (int at = Math.max(0, from); at < length; at++) {
      if ((bytes[start + at] & 0xff) == value) {
        return at;
      }
    }
    return -1;
  }

  /// Whether the bytes at `at` are exactly `expected`; false where the view is too short for them.
  public boolean startsWith(int at, ByteView expected) {
    return at >= 0
        && at <= length - expected.length
        && Arrays.equals(
            bytes,
            start + at,
            start + at + expected.length,
            expected.bytes,
            expected.start,
            expected.start + expected.length);
  }

  /// A copy of the bytes.
  public byte[] toArray() {
    return Arrays.copyOfRange(bytes, start, start + length);
  }

  /// Copies the bytes `[at, at + count)` into `target` from `to` on.
  public void copyTo(int at, byte[] target, int to, int count) {
    Objects.checkFromIndexSize(at, count, length);
    System.arraycopy(bytes, start + at, target, to, count);
  }

  private int index(int at, int width) {
    if (at < 0 || at > length - width) {
      throw new IndexOutOfBoundsException(width + " bytes at " + at + " of " + length);
    }
    return start + at;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteView view
        && Arrays.equals(
            bytes, start, start + length, view.bytes, view.start, view.start + view.length);
  }

  @Override
  public int hashCode() {
    int hash = length;
    for (int at = start; at < start + Math.min(length, 64); at++) {
      hash = hash * 31 + bytes[at];
    }
    return hash;
  }

  /// The length and the first bytes in hex; never the whole content, which may be a person's data.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder().append(length).append(" bytes");
    for (int at = 0; at < Math.min(length, 8); at++) {
      text.append(at == 0 ? ": " : " ").append(Character.forDigit(u8(at) >> 4, 16));
      text.append(Character.forDigit(u8(at) & 15, 16));
    }
    return text.append(length > 8 ? " …" : "").toString();
  }
}
