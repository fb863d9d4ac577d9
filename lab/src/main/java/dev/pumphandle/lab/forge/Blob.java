package dev.pumphandle.lab.forge;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// A growing run of little-endian bytes whose numbers have names.
///
/// Numbers written with a name are remembered as [Field]s relative to the start of the blob;
/// [#append(String, Blob)] carries them over
/// under a prefix. Numbers written without a name are only bytes.
public final class Blob {

  private byte[] bytes = new byte[64];
  private int size;
  private final List<Field> fields = new ArrayList<>();

  /// Writes one byte under a name.
  public Blob u8(String name, long value) {
    return number(name, value, 1);
  }

  /// Writes two bytes under a name.
  public Blob u16(String name, long value) {
    return number(name, value, 2);
  }

  /// Writes four bytes under a name.
  public Blob u32(String name, long value) {
    return number(name, value, 4);
  }

  /// Writes eight bytes under a name.
  public Blob u64(String name, long value) {
    return number(name, value, 8);
  }

  /// Writes four bytes that need no name.
  public Blob u32(long value) {
    return put(value, 4);
  }

  /// Writes eight bytes that need no name.
  public Blob u64(long value) {
    return put(value, 8);
  }

  /// Writes bytes as they are.
  public Blob bytes(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
    return this;
  }

  /// Writes bytes given in hexadecimal; blanks between them are for the reader.
  public Blob hex(String text) {
    return bytes(HexFormat.of().parseHex(text.replace(" ", "")));
  }

  /// Writes a text and its closing zero.
  public Blob cString(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8)).zeros(1);
  }

  /// Writes a text into a fixed width, cut or filled with zeros.
  public Blob text(String text, int width) {
    return bytes(Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), width));
  }

  /// Writes so many zeros.
  public Blob zeros(int count) {
    room(count);
    Arrays.fill(bytes, size, size + count, (byte) 0);
    size += count;
    return this;
  }

  /// Fills with zeros up to a multiple of `alignment`.
  public Blob align(int alignment) {
    return zeros((alignment - size % alignment) % alignment);
  }

  /// Fills with zeros up to `offset`, which must not lie behind what is written.
  public Blob upTo(int offset) {
    if (offset < size) throw new IllegalArgumentException("already at " + size + ", not " + offset);
    return zeros(offset - size);
  }

  /// Appends another blob; its fields get `prefix` before their names.
  public Blob append(String prefix, Blob other) {
    other.fields.forEach(f -> fields.add(f.moved(prefix, size)));
    return bytes(other.toArray());
  }

  /// A copy of some of the bytes, with the names of the numbers that lie wholly in it.
  public Blob slice(int from, int to) {
    Blob part = new Blob().bytes(Arrays.copyOfRange(toArray(), from, to));
    for (Field f : fields)
      if (f.offset() >= from && f.offset() + f.width() <= to) part.fields.add(f.moved("", -from));
    return part;
  }

  /// Overwrites four bytes that are already written.
  public Blob setU32(int at, long value) {
    view().putInt(at, (int) value);
    return this;
  }

  /// Overwrites eight bytes that are already written.
  public Blob setU64(int at, long value) {
    view().putLong(at, value);
    return this;
  }

  /// Length so far (bytes).
  public int size() {
    return size;
  }

  /// The named numbers, in the order in which they were written.
  public List<Field> fields() {
    return List.copyOf(fields);
  }

  /// A copy of the bytes.
  public byte[] toArray() {
    return Arrays.copyOf(bytes, size);
  }

  private Blob number(String name, long value, int width) {
    fields.add(new Field(name, size, width));
    return put(value, width);
  }

  private Blob put(long value, int width) {
    room(width);
    for (int i = 0; i < width; i++) bytes[size + i] = (byte) (value >>> (8 * i));
    size += width;
    return this;
  }

  private void room(int more) {
    if (size + more > bytes.length)
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
  }

  private ByteBuffer view() {
    return ByteBuffer.wrap(bytes, 0, size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
