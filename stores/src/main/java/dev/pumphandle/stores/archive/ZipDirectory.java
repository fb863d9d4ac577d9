package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The directory at the end of a zip archive.
///
/// Source: PKWARE APPNOTE 6.3.10, §4.3.16 "End of central directory record", §4.3.14 and §4.3.15
/// for Zip64.
final class ZipDirectory {
  private static final long END = 0x0605_4b50L;
  private static final long END64 = 0x0606_4b50L;
  private static final long LOCATOR64 = 0x0706_4b50L;
  private static final int END_BYTES = 22;
  private static final int TAIL = 64 << 10;

  /// A directory larger than this is not read (bytes): some 300,000 entries.
  private static final long LARGEST = 32L << 20;

  private ZipDirectory() {}

  /// The entries in the order of the archive; empty where the archive is cut, or has no directory
  /// that can be used.
  static Optional<List<ZipHeader>> read(ByteSource zip) throws IOException {
    OptionalLong length = zip.knownLength();
    if (length.isEmpty() || length.getAsLong() < END_BYTES) {
      return Optional.empty(); // a stream is read from the front
    }
    long tailAt = Math.max(0, length.getAsLong() - TAIL);
    ByteView tail = zip.read(tailAt, TAIL);
    for (int at = tail.length() - END_BYTES; at >= 0; at--) {
      if (tail.u32(at) == END && at + END_BYTES + tail.u16(at + 20) <= tail.length()) {
        return entries(zip, tail, tailAt, at);
      }
    }
    return Optional.empty();
  }

  private static Optional<List<ZipHeader>> entries(
      ByteSource zip, ByteView tail, long tailAt, int end) throws IOException {
    long bytes = tail.u32(end + 12);
    long from = tail.u32(end + 16);
    if (from == 0xffff_ffffL && end >= 20 && tail.u32(end - 20) == LOCATOR64) {
      ByteView wide = zip.read(Math.max(0, tail.u64(end - 12)), 56);
      if (wide.length() < 56 || wide.u32(0) != END64) {
        return Optional.empty();
      }
      bytes = wide.u64(40);
      from = wide.u64(48);
    }
    if (bytes < 0 || bytes > LARGEST || from < 0 || from > tailAt + end - bytes) {
      return Optional.empty();
    }
    ByteView directory =
        from >= tailAt
            ? tail.slice((int) (from - tailAt), (int) bytes)
            : zip.read(from, (int) bytes);
    List<ZipHeader> entries = new ArrayList<>();
    int at = 0;
    while (at < directory.length()) {
      Optional<ZipHeader> entry = ZipHeader.central(directory, at);
      if (entry.isEmpty()) {
        return Optional.empty();
      }
      entries.add(entry.get());
      at += entry.get().length();
    }
    entries.sort((a, b) -> Long.compare(a.localAt(), b.localAt()));
    return Optional.of(entries);
  }
}
