package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files in a tar archive: ustar, pax and GNU, with long names and sparse files.
///
/// Source: IEEE Std 1003.1-2017, pax, "pax Header File Format"; GNU tar 1.35 manual, "Sparse
/// Formats" and src/tar.h, struct oldgnu_header.
final class TarEntries implements Entries {
  private static final int LONGEST_EXTENSION = 1 << 20;
  private static final int MOST_STRETCHES = 1 << 20;
  private static final int SKIPS_AT_ONCE = 1000;

  private final Window window;
  private final String archive;
  private long at;
  private boolean over;
  private @Nullable String shortfall;
  private Optional<String> longName = Optional.empty();
  private Map<String, String> extended = Map.of();

  TarEntries(ByteSource tar) {
    this.window = new Window(tar);
    this.archive = tar.name();
  }

  /// Whether a tar archive begins so.
  static boolean begins(ByteView head) {
    if (head.length() < TarHeader.BYTES) {
      return false;
    }
    TarHeader header = new TarHeader(head.slice(0, TarHeader.BYTES));
    return header.named() && header.valid();
  }

  @Override
  public Optional<Entry> next() throws IOException {
    while (!over) {
      TarHeader header = new TarHeader(window.read(at, TarHeader.BYTES));
      if (header.zeros()) {
        over = true;
      } else if (!header.valid() || header.size() < 0) {
        over = true;
        shortfall =
            header.bytes().length() < TarHeader.BYTES
                ? "tar archive cut at byte " + (at + header.bytes().length())
                : "tar archive broken at byte " + at + ": expected a header, found none";
      } else {
        Optional<Entry> entry = entry(header);
        if (entry.isPresent()) {
          return entry;
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> shortfall() {
    return Optional.ofNullable(shortfall);
  }

  /// Takes in one header and what belongs to it; an entry where it is of a file.
  private Optional<Entry> entry(TarHeader header) throws IOException {
    long dataAt = at + TarHeader.BYTES;
    long size = header.size();
    switch (header.type()) {
      case 'L' -> longName = Optional.of(extension(dataAt, size).cString(0, LONGEST_EXTENSION));
      case 'x' -> extended = records(extension(dataAt, size));
      case '0', '\0', '7', 'S' -> {
        return file(header, dataAt);
      }
      default -> {
        // A directory, a link, a device, a global header: nothing that could be a core.
        longName = Optional.empty();
        extended = Map.of();
      }
    }
    skip(dataAt, size);
    return Optional.empty();
  }

  private Optional<Entry> file(TarHeader header, long dataAt) throws IOException {
    Map<String, String> more = extended;
    String name =
        Optional.ofNullable(more.get("GNU.sparse.name"))
            .or(() -> Optional.ofNullable(more.get("path")))
            .or(() -> longName)
            .orElseGet(header::name);
    long size = number(more, "size", header.size());
    Optional<Instant> modified = header.modifiedAt();
    longName = Optional.empty();
    extended = Map.of();
    if (header.type() == 'S') {
      return Optional.of(sparse(header, name, dataAt, modified));
    }
    skip(dataAt, size);
    ByteSource source = new SliceSource(window.source(), dataAt, size, named(name));
    if (more.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."))) {
      return Optional.of(
          new Entry(name, size, modified, paxSparse(more, dataAt, size, named(name))));
    }
    return Optional.of(
        new Entry(name, size, modified, new Entry.Content.Legible(source, head(dataAt, size))));
  }

  /// The first bytes of a file, which the look at its header has brought along.
  private ByteView head(long dataAt, long size) throws IOException {
    return window.read(dataAt, (int) Math.min(size, 64 << 10));
  }

  /// GNU's own format: four stretches in the header, more in blocks behind it.
  private Entry sparse(TarHeader header, String name, long headerEnd, Optional<Instant> modified)
      throws IOException {
    List<long[]> map = new ArrayList<>();
    stretches(header, 386, 4, map);
    boolean more = header.bytes().u8(482) != 0;
    long from = headerEnd;
    while (more && map.size() < MOST_STRETCHES) {
      TarHeader block = new TarHeader(window.read(from, TarHeader.BYTES));
      if (block.bytes().length() < TarHeader.BYTES) {
        break;
      }
      stretches(block, 0, 21, map);
      more = block.bytes().u8(504) != 0;
      from += TarHeader.BYTES;
    }
    skip(from, header.size());
    long real = header.number(483, 12);
    ByteSource stored = new SliceSource(window.source(), from, header.size(), named(name));
    return new Entry(name, header.size(), modified, whole(stored, map, real));
  }

  private static void stretches(TarHeader block, int from, int count, List<long[]> map) {
    for (int i = 0; i < count; i++) {
      long bytes = block.number(from + 24 * i + 12, 12);
      if (bytes != 0) {
        map.add(new long[] {block.number(from + 24 * i, 12), bytes});
      }
    }
  }

  /// The format of pax: version 1.0 has the map before the data, in lines of decimal digits.
  private Entry.Content paxSparse(Map<String, String> more, long dataAt, long size, String source)
      throws IOException {
    if (!"1".equals(more.get("GNU.sparse.major"))) {
      return new Entry.Content.Illegible("a sparse file in the old format of pax");
    }
    ByteView text = window.source().read(dataAt, (int) Math.min(size, LONGEST_EXTENSION));
    List<Long> numbers = new ArrayList<>();
    int at = 0;
    long wanted = 1;
    while (numbers.size() < wanted) {
      int end = at;
      while (end < text.length() && end - at < 20 && text.u8(end) != '\n') {
        end++;
      }
      long value =
          decimal(new String(text.slice(at, end - at).toArray(), StandardCharsets.US_ASCII));
      if (value < 0 || end >= text.length() || (numbers.isEmpty() && value > MOST_STRETCHES / 8)) {
        return new Entry.Content.Illegible("a sparse file whose map makes no sense");
      }
      wanted = numbers.isEmpty() ? 1 + 2 * value : wanted;
      numbers.add(value);
      at = end + 1;
    }
    List<long[]> map = new ArrayList<>();
    for (int i = 1; i < numbers.size(); i += 2) {
      map.add(new long[] {numbers.get(i), numbers.get(i + 1)});
    }
    long skipped = (at + TarHeader.BYTES - 1L) / TarHeader.BYTES * TarHeader.BYTES;
    ByteSource stored =
        new SliceSource(window.source(), dataAt + skipped, Math.max(0, size - skipped), source);
    return whole(stored, map, number(more, "GNU.sparse.realsize", -1));
  }

  private static Entry.Content whole(ByteSource stored, List<long[]> map, long real) {
    long end = 0;
    for (long[] each : map) {
      if (each[0] < end || each[1] < 0 || each[0] + each[1] < 0) {
        return new Entry.Content.Illegible("a sparse file whose map makes no sense");
      }
      end = each[0] + each[1];
    }
    if (real < end) {
      return new Entry.Content.Illegible("a sparse file whose map makes no sense");
    }
    return new Entry.Content.Legible(SparseSource.of(stored, map, real), ByteView.EMPTY);
  }

  private ByteView extension(long from, long size) throws IOException {
    return window.read(from, (int) Math.min(size, LONGEST_EXTENSION));
  }

  /// `length key=value` in lines, the length counting all of the line.
  private static Map<String, String> records(ByteView text) {
    Map<String, String> found = new HashMap<>();
    int at = 0;
    for (int count = 0; count < SKIPS_AT_ONCE && at < text.length(); count++) {
      int space = at;
      while (space < text.length() && space - at < 10 && text.u8(space) != ' ') {
        space++;
      }
      long length =
          decimal(new String(text.slice(at, space - at).toArray(), StandardCharsets.US_ASCII));
      if (length < space - at + 2 || length > text.length() - at) {
        return found;
      }
      String record =
          new String(
              text.slice(space + 1, (int) length - (space - at) - 2).toArray(),
              StandardCharsets.UTF_8);
      int equals = record.indexOf('=');
      if (equals > 0) {
        found.put(record.substring(0, equals), record.substring(equals + 1));
      }
      at += (int) length;
    }
    return found;
  }

  private static long number(Map<String, String> from, String key, long otherwise) {
    String text = from.get(key);
    return text == null ? otherwise : decimal(text);
  }

  private static long decimal(String digits) {
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
  }

  /// Moves to the next header. A size that leads around the end of all numbers leads to no header.
  private void skip(long dataAt, long size) {
    long blocks = (size + TarHeader.BYTES - 1) / TarHeader.BYTES;
    long next = dataAt + blocks * TarHeader.BYTES;
    if (size < 0 || next < dataAt) {
      over = true;
      shortfall = "tar archive broken at byte " + at + ": expected a size, found " + size;
    } else {
      at = next;
    }
  }

  private String named(String name) {
    return archive + "!/" + name;
  }
}
