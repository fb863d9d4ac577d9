package dev.pumphandle.lab.forge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A forged file: runs of bytes at offsets, a length, and the names of its numbers.
///
/// Immutable: [#patch] and [#cutAt] answer another file that shares the bytes, so that a thousand
/// lying variants of one core cost little. Between
/// the runs lie holes that read as zero; [#write] leaves them sparse on disk.
public final class ForgedCore {

  private static final long MOST_IN_MEMORY = 256L << 20;

  /// Bytes at an offset of the file.
  private static final class Extent {
    private final long offset;
    private final byte[] bytes;

    Extent(long offset, byte[] bytes) {
      this.offset = offset;
      this.bytes = bytes;
    }

    long end() {
      return offset + bytes.length;
    }

    /// Copies what lies in the window that starts at `from`.
    void copy(byte[] window, long from) {
      long start = Math.max(from, offset);
      long end = Math.min(from + window.length, end());
      if (start < end)
        System.arraycopy(
            bytes, (int) (start - offset), window, (int) (start - from), (int) (end - start));
    }
  }

  /// In file order, none over another.
  private final List<Extent> extents;

  /// Over the extents, later ones over earlier ones.
  private final List<Extent> patches;

  private final long length;
  private final Map<String, Field> fields;

  private ForgedCore(
      List<Extent> extents, List<Extent> patches, long length, Map<String, Field> fields) {
    this.extents = extents;
    this.patches = patches;
    this.length = length;
    this.fields = fields;
  }

  /// A file that is only these bytes.
  public static ForgedCore of(byte[] bytes) {
    return new ForgedCore(List.of(new Extent(0, bytes.clone())), List.of(), bytes.length, Map.of());
  }

  /// A file that is only this blob, with its names.
  public static ForgedCore of(Blob blob) {
    Plan plan = new Plan();
    plan.put("", 0, blob);
    return plan.done(blob.size());
  }

  /// Length (bytes).
  public long length() {
    return length;
  }

  /// Every number that has a name and lies within the file, in file order of writing.
  public List<Field> fields() {
    return fields.values().stream().filter(f -> f.offset() + f.width() <= length).toList();
  }

  /// The number of that name.
  public Field field(String name) {
    Field field = fields.get(name);
    if (field == null) throw new IllegalArgumentException("no field " + name);
    return field;
  }

  /// The value of the number of that name (unsigned in a long).
  public long value(String name) {
    Field f = field(name);
    byte[] b = read(f.offset(), f.width());
    long value = 0;
    for (int i = f.width() - 1; i >= 0; i--) value = value << 8 | (b[i] & 0xff);
    return value;
  }

  /// The same file with one number replaced.
  public ForgedCore patch(String name, long value) {
    Field f = field(name);
    byte[] b = new byte[f.width()];
    for (int i = 0; i < b.length; i++) b[i] = (byte) (value >>> (8 * i));
    return patch(f.offset(), b);
  }

  /// The same file with some bytes replaced; it grows when they lie behind its end.
  public ForgedCore patch(long offset, byte[] bytes) {
    List<Extent> more = new ArrayList<>(patches);
    more.add(new Extent(offset, bytes.clone()));
    return new ForgedCore(
        extents, List.copyOf(more), Math.max(length, offset + bytes.length), fields);
  }

  /// The first `bytes` bytes of the file, as a full disk or a killed upload leaves it.
  public ForgedCore cutAt(long bytes) {
    return new ForgedCore(extents, patches, Math.min(length, bytes), fields);
  }

  /// Some bytes of the file.
  public byte[] read(long offset, int count) {
    int n = Math.clamp(length - offset, 0, count);
    byte[] out = new byte[n];
    for (int i = firstReaching(offset);
        i < extents.size() && extents.get(i).offset < offset + n;
        i++) extents.get(i).copy(out, offset);
    for (Extent patch : patches) patch.copy(out, offset);
    return out;
  }

  /// The first extent that ends behind `offset`.
  private int firstReaching(long offset) {
    int low = 0;
    int high = extents.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (extents.get(middle).end() <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /// The whole file; refused above 256 MiB, where [#write] is the way.
  public byte[] bytes() {
    if (length > MOST_IN_MEMORY)
      throw new IllegalStateException(length + " bytes are for a file, not for memory");
    return read(0, (int) length);
  }

  /// Writes the file, with holes where nothing was put.
  public void write(Path file) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      for (List<Extent> layer : List.of(extents, patches))
        for (Extent e : layer) {
          long n = Math.min(e.bytes.length, length - e.offset);
          if (n > 0) writeAll(out, ByteBuffer.wrap(e.bytes, 0, (int) n), e.offset);
        }
      if (length > 0) writeAll(out, ByteBuffer.wrap(read(length - 1, 1)), length - 1);
    }
    if (Files.size(file) != length) throw new IOException(file + ": wrote " + Files.size(file));
  }

  private static void writeAll(FileChannel out, ByteBuffer bytes, long at) throws IOException {
    long offset = at;
    while (bytes.hasRemaining()) offset += out.write(bytes, offset);
  }

  /// Where things will stand, while a file is being put together.
  static final class Plan {
    private final List<Extent> extents = new ArrayList<>();
    private final Map<String, Field> fields = new LinkedHashMap<>();

    void put(String prefix, long offset, Blob blob) {
      put(offset, blob.toArray());
      blob.fields().forEach(f -> name(f.moved(prefix, offset)));
    }

    void put(long offset, byte[] bytes) {
      extents.add(new Extent(offset, Arrays.copyOf(bytes, bytes.length)));
    }

    void name(Field field) {
      if (fields.putIfAbsent(field.name(), field) != null)
        throw new IllegalStateException("two fields named " + field.name());
    }

    ForgedCore done(long length) {
      extents.sort(Comparator.comparingLong(e -> e.offset));
      for (int i = 1; i < extents.size(); i++)
        if (extents.get(i - 1).end() > extents.get(i).offset)
          throw new IllegalStateException("two things at offset " + extents.get(i).offset);
      return new ForgedCore(List.copyOf(extents), List.of(), length, fields);
    }
  }
}
