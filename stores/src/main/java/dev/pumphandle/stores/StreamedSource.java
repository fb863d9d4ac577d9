package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The decompressed bytes of a compressed object, read from front to back and kept in a bounded
/// cache of pages.
///
/// Nothing is unpacked to disk, and nothing beyond what is asked for. A read further on moves the
/// stream forward; a read of a page that is neither cached nor ahead begins again at the front, or
/// at the nearest frame where the object has an index of its frames. The index is looked for when
/// a read first goes far ahead or back.
///
/// A stream without an index is followed for a limit of bytes, and what is unpacked in all, over
/// and over, is limited too. A broken or cut stream yields what could be unpacked. In all these
/// cases reads end early, as those of a cut core do, and [#shortfall] says why. A store that fails
/// is another matter: that is thrown.
public final class StreamedSource implements ByteSource {
  /// How far to look into a compressed object unless told otherwise (bytes, decompressed).
  public static final long DEFAULT_SCAN_LIMIT = 256L << 20;

  /// A read this far ahead of the stream is worth looking for an index (bytes).
  private static final long FAR = 4L << 20;

  /// How often the scan limit may be unpacked in all.
  private static final int TIMES = 4;

  private final FaultNote packed;
  private final Opening opening;
  private final long scanLimit;
  private final long budget;
  private final PageCache pages = new PageCache();
  // A lock, not a monitor: many virtual threads may wait here while one unpacks.
  private final ReentrantLock lock = new ReentrantLock();
  private Unpacking way;
  private boolean soughtIndex;
  private @Nullable InputStream stream;
  private long position;
  private long spent;
  private long end = -1;
  private @Nullable String shortfall;

  /// The content of a source: itself, or unpacked where its first bytes say that it is packed.
  ///
  /// @param source closed with the result
  /// @param scanLimit how far to follow a stream (bytes, unpacked)
  /// @throws IOException where the store cannot deliver
  public static ByteSource unpacked(ByteSource source, long scanLimit) throws IOException {
    return Compression.of(source)
        .<ByteSource>map(kind -> new StreamedSource(source, kind, scanLimit))
        .orElse(source);
  }

  /// Unpacks a source that is packed in a way of its own, from the front.
  ///
  /// @param packed closed with the result
  /// @param kind what kind of packing it is, for messages
  /// @param decoder unpacks a stream
  /// @param scanLimit how far to follow the stream (bytes, unpacked)
  public static StreamedSource over(
      ByteSource packed, String kind, Decoder decoder, long scanLimit) {
    return new StreamedSource(packed, new FrontOnly(kind, decoder), scanLimit);
  }

  /// Why reads from a source ended before what it is made of does; empty when none did, or when it
  /// is no stream.
  static Optional<String> shortfallOf(ByteSource source) {
    return switch (source) {
      case StreamedSource streamed -> streamed.shortfall();
      case HeadedSource headed -> shortfallOf(headed.below());
      default -> Optional.empty();
    };
  }

  private record FrontOnly(String kind, Decoder decoder) implements Opening {
    @Override
    public Unpacking front(ByteSource packed) {
      return new FrontUnpacking(packed, kind, decoder);
    }

    @Override
    public Optional<Unpacking> byIndex(ByteSource packed) {
      return Optional.empty();
    }
  }

  /// @param packed closed with this
  /// @param opening the ways to unpack it
  /// @param scanLimit how far to follow a stream (bytes, unpacked)
  StreamedSource(ByteSource packed, Opening opening, long scanLimit) {
    this.packed = new FaultNote(packed);
    this.opening = opening;
    this.way = opening.front(this.packed);
    this.scanLimit = scanLimit;
    this.budget = scanLimit > Long.MAX_VALUE / TIMES ? Long.MAX_VALUE : TIMES * scanLimit;
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
      if (end < 0 && stream == null) {
        restart(0);
      }
      while (end < 0 && advance().length() > 0) {
        // Following the stream is all there is to do.
      }
      return end < 0 ? Math.min(position, scanLimit) : end;
    } finally {
      lock.unlock();
    }
  }

  /// The length once the stream has come to its end, or as an index declares it.
  @Override
  public OptionalLong knownLength() {
    lock.lock();
    try {
      return end >= 0 ? OptionalLong.of(end) : OptionalLong.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Why reads ended before the object does; empty when none did.
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
      if (skip >= first.length()) {
        return ByteView.EMPTY;
      }
      int inFirst = first.length() - skip;
      return length <= inFirst || first.length() < PageCache.PAGE
          ? first.slice(skip, Math.min(length, inFirst))
          : across(first.slice(skip, inFirst), offset, length);
    } finally {
      lock.unlock();
    }
  }

  /// Grows with what comes: the length may be a hostile file's.
  private ByteView across(ByteView first, long offset, int length) throws IOException {
    byte[] bytes = new byte[Math.min(length, 4 * PageCache.PAGE)];
    first.copyTo(0, bytes, 0, first.length());
    int filled = first.length();
    while (filled < length) {
      ByteView page = page((offset + filled) / PageCache.PAGE);
      int count = Math.min(page.length(), length - filled);
      if (filled + count > bytes.length) {
        int room = (int) Math.min(length, Math.max(2L * bytes.length, (long) filled + count));
        bytes = Arrays.copyOf(bytes, room);
      }
      page.copyTo(0, bytes, filled, count);
      filled += count;
      if (page.length() < PageCache.PAGE) {
        break;
      }
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
    if (!moved(from)) {
      return ByteView.EMPTY;
    }
    while (true) {
      boolean last = position == from;
      ByteView page = advance();
      if (last) {
        return page;
      }
      if (page.length() < PageCache.PAGE) {
        return ByteView.EMPTY;
      }
    }
  }

  /// Brings the stream to `from` or before; false where it may not be followed so far.
  private boolean moved(long from) throws IOException {
    boolean open = stream != null;
    if (from < position || from - position >= FAR) {
      seekIndex();
    }
    if (from >= scanLimit && !way.jumps()) {
      limited();
      return false;
    }
    long entry = way.entry(from);
    if (!open || from < position || entry > position) {
      restart(entry);
    }
    return true;
  }

  private void limited() {
    if (shortfall == null) {
      shortfall = way.kind() + " stream followed for " + scanLimit + " bytes only (--scan-limit)";
    }
  }

  private void restart(long entry) throws IOException {
    close(stream);
    stream = null;
    position = entry;
    // Pages begin at multiples of their size, frames anywhere.
    long skip = Math.floorMod(-entry, PageCache.PAGE);
    if (skip > 0) {
      unpack(new byte[(int) skip], (int) skip);
    }
  }

  /// Unpacks the next page, remembers it, and notices the end.
  private ByteView advance() throws IOException {
    long room = way.jumps() ? PageCache.PAGE : Math.min(PageCache.PAGE, scanLimit - position);
    if (room <= 0) {
      limited();
      return ByteView.EMPTY;
    }
    long from = position;
    byte[] bytes = new byte[PageCache.PAGE];
    int filled = unpack(bytes, (int) room);
    ByteView page = ByteView.ofOwned(bytes, filled);
    if (filled > 0) {
      pages.keep(from / PageCache.PAGE, page);
    }
    if (end < 0 && !way.jumps() && position >= scanLimit && unpack(new byte[1], 1) > 0) {
      limited();
      close(stream);
      stream = null;
    }
    return page;
  }

  /// Fills `bytes` from the stream; fewer where it ends, breaks, or costs too much.
  private int unpack(byte[] bytes, int wanted) throws IOException {
    int filled = 0;
    try {
      InputStream from = opened();
      while (filled < wanted) {
        int count = spent >= budget ? -1 : from.read(bytes, filled, wanted - filled);
        if (count < 0) {
          ended(position + filled);
          break;
        }
        filled += count;
        spent += count;
      }
    } catch (IOException | RuntimeException e) {
      Optional<IOException> fault = packed.takeFault();
      if (fault.isPresent()) {
        close(stream);
        stream = null;
        throw fault.get();
      }
      // The decoders answer hostile input with exceptions of every kind; what was unpacked until
      // then is good.
      broken(position + filled, e);
    }
    position += filled;
    return filled;
  }

  private void ended(long at) {
    if (spent >= budget) {
      shortfall = way.kind() + " stream unpacked for " + spent + " bytes in all, no further";
    } else if (!way.jumps()) {
      end = at;
    }
  }

  private void broken(long at, Exception why) throws IOException {
    shortfall = way.kind() + " stream broken after " + at + " bytes: " + why.getMessage();
    if (!way.jumps()) {
      end = at;
    }
    close(stream);
    stream = null; // other frames may be whole
  }

  private InputStream opened() throws IOException {
    InputStream open = stream;
    if (open == null) {
      open = way.from(position);
      stream = open;
    }
    return open;
  }

  private void seekIndex() throws IOException {
    if (soughtIndex) {
      return;
    }
    soughtIndex = true;
    Optional<Unpacking> indexed = opening.byIndex(packed);
    if (indexed.isPresent()) {
      way = indexed.get();
      end = way.declaredLength().orElse(-1);
    }
  }

  private static void close(@Nullable InputStream open) throws IOException {
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      close(stream);
      stream = null;
    } finally {
      lock.unlock();
      packed.close();
    }
  }
}
