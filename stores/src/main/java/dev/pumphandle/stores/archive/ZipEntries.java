package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.stores.Decoder;
import dev.pumphandle.stores.PlainStream;
import dev.pumphandle.stores.StreamedSource;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// The files in a zip archive: by its directory, or, where the end is cut off, by the headers
/// before each file.
///
/// Folklore: a core-dump-handler that is killed after its ten minutes leaves a zip without a
/// directory, whose last entry, the core, says that it has no bytes: sizes are written into the
/// header when an entry is finished. It is read to the end of what is there. Seen in IBM
/// core-dump-handler, FAQ.md, "Why is my zip file corrupted?". Test: `aZipThatWasCutWhileWritten`.
final class ZipEntries implements Entries {
  private static final int HEADER_AT_MOST = 4 << 10;
  private static final int LARGEST_STEP_OVER = 64 << 20;

  private final Window window;
  private final long scanLimit;
  private final String archive;
  private final @Nullable Iterator<ZipHeader> directory;
  private long at;
  private long packedTo;
  private boolean over;
  private @Nullable String shortfall;

  private ZipEntries(ByteSource zip, long scanLimit, @Nullable Iterator<ZipHeader> directory) {
    this.window = new Window(zip);
    this.archive = zip.name();
    this.scanLimit = scanLimit;
    this.directory = directory;
    if (directory == null) {
      shortfall = "zip archive without its directory, which is cut off";
    }
  }

  static boolean begins(ByteView head) {
    return head.length() >= 4 && (head.u32(0) == ZipHeader.LOCAL || head.u32(0) == 0x0605_4b50L);
  }

  /// @param directory what to read, in the order of the archive; empty where there is none and
  ///   headers are followed
  static ZipEntries of(ByteSource zip, long scanLimit, Optional<List<ZipHeader>> directory) {
    return new ZipEntries(zip, scanLimit, directory.map(List::iterator).orElse(null));
  }

  @Override
  public Optional<Entry> next() throws IOException {
    Iterator<ZipHeader> listed = directory;
    if (over) {
      return Optional.empty();
    }
    if (listed == null) {
      return following();
    }
    return listed.hasNext() ? Optional.of(listed(listed.next())) : Optional.empty();
  }

  @Override
  public Optional<String> shortfall() {
    return Optional.ofNullable(shortfall);
  }

  private Entry listed(ZipHeader entry) throws IOException {
    Optional<ZipHeader> local = localHeader(entry.localAt());
    if (local.isEmpty()) {
      return entry(
          entry, new Entry.Content.Illegible("its header is not where the directory says"));
    }
    long from = entry.localAt() + local.get().length();
    // Members that share their bytes make a small archive out of a huge one.
    if (entry.localAt() < packedTo) {
      over = true;
      shortfall = "zip archive whose members overlap at byte " + entry.localAt();
      return entry(entry, new Entry.Content.Illegible("it overlaps the one before"));
    }
    packedTo = from + entry.packedBytes();
    return entry(entry, content(entry, from, entry.packedBytes()));
  }

  /// The file whose header is next, where there is no directory.
  private Optional<Entry> following() throws IOException {
    Optional<ZipHeader> header = localHeader(at);
    if (header.isEmpty()) {
      over = true;
      return Optional.empty();
    }
    ZipHeader entry = header.get();
    long from = at + entry.length();
    long end = end(entry, from);
    over = end < 0;
    at = end;
    long bytes = over ? Long.MAX_VALUE - from : end - from;
    if (!over && entry.sizesFollow()) {
      at = behindDescriptor(end);
    }
    return Optional.of(entry(entry, content(entry, from, bytes)));
  }

  /// Where an entry's bytes end; -1 where nobody can tell, as for one that was being written.
  private long end(ZipHeader entry, long from) throws IOException {
    if (entry.packedBytes() > 0 && !entry.sizesFollow()) {
      long end = from + entry.packedBytes();
      return end < from || window.read(end - 1, 1).length() == 0 ? -1 : end;
    }
    if (entry.method() == 0) {
      return entry.sizesFollow() || window.read(from, 4).length() < 4
          ? -1
          : window.read(from, 4).u32(0) == ZipHeader.LOCAL ? from : -1;
    }
    return entry.method() == 8 ? inflatedTo(from) : -1;
  }

  /// Where deflated bytes say themselves that they end; -1 where that is too far away.
  private long inflatedTo(long from) throws IOException {
    Inflater inflater = new Inflater(true);
    try {
      byte[] waste = new byte[1 << 16];
      long fed = from;
      while (!inflater.finished() && inflater.getBytesWritten() < LARGEST_STEP_OVER) {
        if (inflater.needsInput()) {
          ByteView more = window.read(fed, 1 << 16);
          if (more.length() == 0) {
            return -1;
          }
          fed += more.length();
          inflater.setInput(more.toArray());
        }
        if (inflater.inflate(waste) == 0 && inflater.needsDictionary()) {
          return -1;
        }
      }
      return inflater.finished() ? from + inflater.getBytesRead() : -1;
    } catch (DataFormatException _) {
      return -1;
    } finally {
      inflater.end();
    }
  }

  /// The sizes that stand behind an entry have 12 to 24 bytes.
  private long behindDescriptor(long end) throws IOException {
    ByteView behind = window.read(end, 28);
    for (int skip = 12; skip <= 24 && skip + 4 <= behind.length(); skip += 4) {
      if (behind.u32(skip) == ZipHeader.LOCAL) {
        return end + skip;
      }
    }
    return end;
  }

  private Optional<ZipHeader> localHeader(long from) throws IOException {
    return from < 0 ? Optional.empty() : ZipHeader.local(window.read(from, HEADER_AT_MOST), from);
  }

  private Entry entry(ZipHeader header, Entry.Content content) {
    return new Entry(header.name(), header.packedBytes(), header.modifiedAt(), content);
  }

  private Entry.Content content(ZipHeader entry, long from, long bytes) throws IOException {
    if (entry.encrypted()) {
      return new Entry.Content.Illegible("encrypted");
    }
    ByteSource stored =
        new SliceSource(window.source(), from, bytes, archive + "!/" + entry.name());
    if (entry.method() == 0) {
      return new Entry.Content.Legible(stored, window.read(from, (int) Math.min(bytes, 64 << 10)));
    }
    Optional<Decoder> decoder = decoder(entry.method());
    return decoder.isPresent()
        ? new Entry.Content.Legible(
            StreamedSource.over(stored, "zip", decoder.get(), scanLimit), ByteView.EMPTY)
        : new Entry.Content.Illegible("packed by method " + entry.method() + " of zip");
  }

  /// Source: PKWARE APPNOTE 6.3.10, §4.4.5: 8 deflate, 12 bzip2, 93 zstd, 95 xz.
  private static Optional<Decoder> decoder(int method) {
    return switch (method) {
      case 8 -> Optional.of(packed -> new InflaterInputStream(packed, new Inflater(true), 1 << 16));
      case 12, 93, 95 -> Optional.of(PlainStream::of);
      default -> Optional.empty();
    };
  }
}
