package dev.pumphandle.stores.bucket;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.SourceChangedException;
import dev.pumphandle.corefile.StoreUnusableException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One version of one object, read in few and large requests.
///
/// A request costs more than the bytes that it brings: a miss fetches a window around what was
/// asked for, and the window grows while reading goes on ahead. What was fetched is kept, within a
/// bound.
///
/// All bytes are of the version that was listed. An object that was written anew since then ends in
/// [SourceChangedException], never in a mixture.
///
/// Folklore: whatever unpacks a stream is tempted to take a failure below for the stream's end, and
/// a broken connection would then look like a core cut short, for good. A source that has failed
/// therefore fails again when it is closed. Test: `aSourceThatFailedFailsAgainWhenItIsClosed`.
final class BucketSource implements ByteSource {
  /// What a miss fetches at least, where the object has as much (bytes).
  static final int WINDOW = 256 << 10;

  /// What a window grows to while reading goes on ahead (bytes).
  static final int WIDEST = 1 << 20;

  private final BucketAccess access;
  private final BucketObject object;
  private final Pieces pieces = new Pieces();
  private volatile @Nullable IOException failed;
  private volatile long lastEnd;
  private volatile int window = WINDOW / 2;
  private volatile long beginningNeeded;

  BucketSource(BucketAccess access, BucketObject object) {
    this.access = access;
    this.object = object;
  }

  @Override
  public String name() {
    return access.uri();
  }

  @Override
  public long length() {
    return object.bytes();
  }

  @Override
  public ByteView read(long offset, int length) throws IOException {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("read(" + offset + ", " + length + ")");
    }
    if (offset >= object.bytes() || length == 0) {
      return ByteView.EMPTY;
    }
    throwIfFailed();
    long end = Math.min(object.bytes(), offset + length);
    if (offset <= beginningNeeded) {
      beginningNeeded = Math.max(beginningNeeded, end);
    }
    Pieces.Piece first = piece(offset, end);
    if (end <= first.end()) {
      return first.bytes().slice((int) (offset - first.offset()), (int) (end - offset));
    }
    byte[] joined = new byte[(int) (end - offset)];
    Pieces.Piece piece = first;
    long at = offset;
    while (true) {
      int count = (int) (Math.min(end, piece.end()) - at);
      piece.bytes().copyTo((int) (at - piece.offset()), joined, (int) (at - offset), count);
      at += count;
      if (at == end) {
        return ByteView.ofOwned(joined, joined.length);
      }
      piece = piece(at, end);
    }
  }

  private Pieces.Piece piece(long offset, long end) throws IOException {
    var known = pieces.at(offset);
    if (known.isPresent()) {
      return known.get();
    }
    long stop = Math.min(object.bytes(), Math.max(end, offset + width(offset)));
    stop = pieces.nextAfter(offset, stop);
    Pieces.Piece fetched;
    try {
      fetched = new Pieces.Piece(offset, access.fetch(object, offset, (int) (stop - offset)));
    } catch (IOException e) {
      failed = e;
      throw e;
    }
    lastEnd = stop;
    pieces.keep(fetched);
    return fetched;
  }

  private int width(long offset) {
    if (offset == 0) {
      return access.firstRead().bytes(object.bytes());
    }
    boolean ahead = offset >= lastEnd && offset - lastEnd <= window;
    window = ahead ? Math.min(WIDEST, window * 2) : WINDOW;
    return window;
  }

  private void throwIfFailed() throws IOException {
    switch (failed) {
      case null -> {}
      case SourceChangedException _ -> throw new SourceChangedException(name());
      case StoreUnusableException e ->
          throw new StoreUnusableException(String.valueOf(e.getMessage()), e);
      case IOException e -> throw new IOException(e.getMessage(), e);
    }
  }

  /// @throws IOException where any read failed
  @Override
  public void close() throws IOException {
    if (beginningNeeded > 0) {
      access.firstRead().needed(beginningNeeded);
    }
    throwIfFailed();
  }
}
