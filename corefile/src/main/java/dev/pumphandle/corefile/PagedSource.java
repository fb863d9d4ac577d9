package dev.pumphandle.corefile;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// A source that keeps some pages of another in memory, for files that are asked again and again
/// for
/// a few bytes: the unwind tables and symbols of an executable that many cores share.
///
/// Each page has one place in the cache, which a newer page takes from an older: no locks, no
/// bookkeeping, a bound that cannot be passed. Two threads that miss the same page both read it.
public final class PagedSource implements ByteSource {

  /// The size of a page (bytes).
  static final int PAGE = 8 << 10;

  /// A read longer than this goes past the cache (bytes).
  private static final int LONGEST = 8 * PAGE;

  private record Page(long number, ByteView bytes) {}

  private final ByteSource below;
  private final AtomicReferenceArray<@Nullable Page> pages;

  /// Puts a cache before a source.
  ///
  /// @param below where pages come from; closed with this
  /// @param bytes the most to keep in memory (bytes)
  public PagedSource(ByteSource below, long bytes) {
    this.below = below;
    this.pages = new AtomicReferenceArray<>(Math.toIntExact(Math.max(1, bytes / PAGE)));
  }

  @Override
  public String name() {
    return below.name();
  }

  @Override
  public long length() throws IOException {
    return below.length();
  }

  @Override
  public ByteView read(long offset, int length) throws IOException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("read(" + offset + ", " + length + ")");
    }
    if (length > LONGEST) {
      return below.read(offset, length);
    }
    ByteView first = page(offset / PAGE);
    int into = (int) (offset % PAGE);
    if (into >= first.length() || length == 0) {
      return ByteView.EMPTY;
    }
    if (length <= first.length() - into) {
      return first.slice(into, length);
    }
    byte[] joined = new byte[length];
    int done = 0;
    while (done < length) {
      ByteView page = page((offset + done) / PAGE);
      int at = (int) ((offset + done) % PAGE);
      int part = Math.min(length - done, page.length() - at);
      if (part <= 0) {
        break;
      }
      page.copyTo(at, joined, done, part);
      done += part;
    }
    return ByteView.ofOwned(joined, done);
  }

  private ByteView page(long number) throws IOException {
    int place = (int) (number % pages.length());
    Page known = pages.get(place);
    if (known != null && known.number() == number) {
      return known.bytes();
    }
    ByteView bytes = below.read(number * PAGE, PAGE);
    pages.set(place, new Page(number, bytes));
    return bytes;
  }

  @Override
  public void close() throws IOException {
    below.close();
  }
}
