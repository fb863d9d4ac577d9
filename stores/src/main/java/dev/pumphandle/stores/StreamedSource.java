package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The decompressed bytes of a compressed object, read from front to back and kept in a bounded
/// cache of pages.
///
/// Nothing is unpacked to disk. A read further on moves the stream forward; a read of a page that
/// is neither cached nor ahead begins again at the front. The stream is followed for [#scanLimit]
/// bytes at most, and a broken or cut stream yields what could be unpacked: in both cases the
/// source simply ends there, as a cut core does, and [#shortfall] says why.
public final class StreamedSource implements ByteSource {
  /// How far to look into a compressed object unless told otherwise (bytes, decompressed).
  public static final long DEFAULT_SCAN_LIMIT = 256L << 20;

  private final ByteSource packed;
  private final Compression kind;
  private final long scanLimit;
  private final PageCache pages = new PageCache();
  // A lock, not a monitor: many virtual threads may wait here while one unpacks.
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable InputStream stream;
  private long position;
  private long end = -1;
  private @Nullable String shortfall;

  StreamedSource(ByteSource packed, Compression kind, long scanLimit) {
    this.packed = packed;
    this.kind = kind;
    this.scanLimit = scanLimit;
  }

  @Override
  public String name() {
    return packed.name();
  }

  /// The number of decompressed bytes, up to the scan limit (bytes). The first call follows the
  /// stream to its end, because what a compressed file says about its own size cannot be trusted.
  @Override
  public long length() throws IOException {
    lock.lock();
    try {
      while (end < 0) {
        advance();
      }
      return end;
    } finally {
      lock.unlock();
    }
  }

  /// Why the source ends before the object does; empty when it does not.
  public Optional<String> shortfall() {
    lock.lock();
    try {
      return Optional.ofNullable(shortfall);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ByteView read(long offset, int length) throws IOException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("offset " + offset + ", length " + length);
    }
    if (length == 0) {
      return ByteView.EMPTY;
    }
    lock.lock();
    try {
      ByteView first = page(offset / PageCache.PAGE);
      int skip = (int) (offset % PageCache.PAGE);
      if (skip + (long) length <= first.length()) {
        return first.slice(skip, length);
      }
      return across(offset, length);
    } finally {
      lock.unlock();
    }
  }

  private ByteView across(long offset, int length) throws IOException {
    // The end is found before anything of the asked length is allocated: the length may be a
    // hostile file's.
    long last = (offset + length - 1) / PageCache.PAGE;
    while (end < 0 && position <= last * PageCache.PAGE) {
      advance();
    }
    long stop = end < 0 ? offset + length : Math.min(end, offset + length);
    if (stop <= offset) {
      return ByteView.EMPTY;
    }
    byte[] bytes = new byte[(int) (stop - offset)];
    int filled = 0;
    while (filled < bytes.length) {
      long at = offset + filled;
      ByteView page = page(at / PageCache.PAGE);
      int from = (int) (at % PageCache.PAGE);
      int count = Math.min(page.length() - from, bytes.length - filled);
      if (count <= 0) {
        break;
      }
      page.copyTo(from, bytes, filled, count);
      filled += count;
    }
    return ByteView.ofOwned(bytes, filled);
  }

  /// The page of this number; shorter, or empty, where the source ends.
  private ByteView page(long number) throws IOException {
    long from = number * PageCache.PAGE;
    if (end >= 0 && from >= end) {
      return ByteView.EMPTY;
    }
    Optional<ByteView> cached = pages.find(number);
    if (cached.isPresent()) {
      return cached.get();
    }
    if (from < position) {
      restart();
    }
    while (position <= from && (end < 0 || position < end)) {
      ByteView page = advance();
      if (position > from || (end >= 0 && from + page.length() == end)) {
        return page;
      }
    }
    return ByteView.EMPTY;
  }

  /// Unpacks the next page, remembers it, and notices the end.
  private ByteView advance() throws IOException {
    byte[] bytes = new byte[PageCache.PAGE];
    int filled = 0;
    long room = Math.min(PageCache.PAGE, (end < 0 ? scanLimit : end) - position);
    boolean over = false;
    try {
      InputStream from = opened();
      while (filled < room && !over) {
        int count = from.read(bytes, filled, (int) room - filled);
        over = count < 0;
        filled += Math.max(0, count);
      }
      if (!over && end < 0 && position + filled >= scanLimit) {
        over = true;
        if (from.read() >= 0) {
          shortfall = kind + " stream followed for " + scanLimit + " bytes only (--scan-limit)";
        }
      }
    } catch (IOException | RuntimeException e) {
      // The decoders answer hostile input with exceptions of every kind; what was unpacked until
      // then is good.
      over = true;
      shortfall =
          kind + " stream broken after " + (position + filled) + " bytes: " + e.getMessage();
    }
    ByteView page = ByteView.ofOwned(bytes, filled);
    if (filled > 0) {
      pages.keep(position / PageCache.PAGE, page);
    }
    position += filled;
    if (over) {
      end = position;
    }
    return page;
  }

  private InputStream opened() throws IOException {
    InputStream open = stream;
    if (open == null) {
      open = kind.stream(new SourceStream(packed));
      stream = open;
    }
    return open;
  }

  private void restart() throws IOException {
    InputStream open = stream;
    stream = null;
    position = 0;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      restart();
    } finally {
      lock.unlock();
      packed.close();
    }
  }
}
