package dev.pumphandle.stores;

import com.github.luben.zstd.ZstdInputStream;
import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// Frames of zstd with a table of them at the end: the seekable format.
///
/// Source: facebook/zstd v1.5.7 contrib/seekable_format/zstd_seekable_compression_format.md: a
/// skippable frame of magic 0x184D2A5E, entries of 8 or (with checksums) 12 bytes, and a footer of
/// 9: number of frames, descriptor, magic 0x8F92EAB1.
final class SeekableZstd implements Unpacking {
  private static final int FOOTER = 9;
  private static final long SEEKABLE = 0x8f92_eab1L;
  private static final long SKIPPABLE = 0x184d_2a5eL;

  /// A table larger than this is not read (frames): 4 MiB of entries.
  private static final int MOST_FRAMES = 1 << 19;

  private final ByteSource packed;
  private final long[] plainAt;
  private final long[] packedAt;

  private SeekableZstd(ByteSource packed, long[] plainAt, long[] packedAt) {
    this.packed = packed;
    this.plainAt = plainAt;
    this.packedAt = packedAt;
  }

  /// The way by a table, where there is one that agrees with the length of the source; two small
  /// reads at its end.
  static Optional<Unpacking> of(ByteSource packed) throws IOException {
    long length = packed.length();
    if (length < FOOTER + 8) {
      return Optional.empty();
    }
    ByteView footer = packed.read(length - FOOTER, FOOTER);
    if (footer.length() < FOOTER || footer.u32(5) != SEEKABLE) {
      return Optional.empty();
    }
    long frames = footer.u32(0);
    int entry = (footer.u8(4) & 0x80) == 0 ? 8 : 12;
    if (frames == 0 || frames > MOST_FRAMES) {
      return Optional.empty();
    }
    int tableBytes = (int) frames * entry + FOOTER;
    long tableAt = length - tableBytes - 8;
    if (tableAt < 0) {
      return Optional.empty();
    }
    ByteView table = packed.read(tableAt, tableBytes - FOOTER + 8);
    if (table.length() < tableBytes - FOOTER + 8
        || table.u32(0) != SKIPPABLE
        || table.u32(4) != tableBytes) {
      return Optional.empty();
    }
    return entries(packed, table, (int) frames, entry, tableAt);
  }

  private static Optional<Unpacking> entries(
      ByteSource packed, ByteView table, int frames, int entry, long tableAt) {
    long[] plainAt = new long[frames + 1];
    long[] packedAt = new long[frames + 1];
    for (int i = 0; i < frames; i++) {
      packedAt[i + 1] = packedAt[i] + table.u32(8 + i * entry);
      plainAt[i + 1] = plainAt[i] + table.u32(12 + i * entry);
    }
    return packedAt[frames] == tableAt
        ? Optional.of(new SeekableZstd(packed, plainAt, packedAt))
        : Optional.empty();
  }

  @Override
  public String kind() {
    return "zstd";
  }

  @Override
  public boolean jumps() {
    return true;
  }

  @Override
  public long entry(long offset) {
    return plainAt[frame(offset)];
  }

  private int frame(long offset) {
    int at = Arrays.binarySearch(plainAt, 0, plainAt.length - 1, offset);
    if (at < 0) {
      return Math.max(0, -at - 2);
    }
    // Empty frames begin where the next one does: the last of them leads on.
    while (at + 1 < plainAt.length - 1 && plainAt[at + 1] == offset) {
      at++;
    }
    return at;
  }

  @Override
  public InputStream from(long entry) throws IOException {
    return new ZstdInputStream(new SourceStream(packed, packedAt[frame(entry)]));
  }

  @Override
  public OptionalLong declaredLength() {
    return OptionalLong.of(plainAt[plainAt.length - 1]);
  }
}
