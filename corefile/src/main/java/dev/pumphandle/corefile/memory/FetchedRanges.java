package dev.pumphandle.corefile.memory;

import dev.pumphandle.corefile.ByteView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ranges of a file that are already in memory, by offset. Immutable: adding makes a new one.
public final class FetchedRanges {

  /// No ranges.
  public static final FetchedRanges NONE = new FetchedRanges(List.of());

  private record Piece(long offset, ByteView bytes) {
    long end() {
      return offset + bytes.length();
    }
  }

  private final List<Piece> pieces;

  private FetchedRanges(List<Piece> pieces) {
    this.pieces = pieces;
  }

  /// These ranges and one more.
  ///
  /// @param offset where it begins (bytes from the start of the file)
  public FetchedRanges with(long offset, ByteView bytes) {
    if (bytes.length() == 0) {
      return this;
    }
    List<Piece> more = new ArrayList<>(pieces.size() + 1);
    more.addAll(pieces);
    more.add(new Piece(offset, bytes));
    if (!pieces.isEmpty() && pieces.getLast().offset() > offset) {
      more.sort(Comparator.comparingLong(Piece::offset));
    }
    return new FetchedRanges(more);
  }

  /// The bytes `[offset, offset + length)` where one range, or several that join, have them all.
  public @Nullable ByteView find(long offset, int length) {
    int at = lastBeginningAtOrBefore(offset);
    // A later, shorter range may hide an earlier, longer one: look at a few.
    for (int i = at; i >= 0 && i > at - 4; i--) {
      Piece piece = pieces.get(i);
      if (offset + length <= piece.end()) {
        return piece.bytes().slice((int) (offset - piece.offset()), length);
      }
    }
    return at < 0 || pieces.get(at).end() <= offset ? null : joined(at, offset, length);
  }

  private @Nullable ByteView joined(int first, long offset, int length) {
    long end = pieces.get(first).end();
    int last = first;
    while (end < offset + length && last + 1 < pieces.size()) {
      if (pieces.get(last + 1).offset() > end) {
        return null;
      }
      last++;
      end = Math.max(end, pieces.get(last).end());
    }
    if (end < offset + length) {
      return null;
    }
    byte[] bytes = new byte[length];
    for (int i = first; i <= last; i++) {
      Piece piece = pieces.get(i);
      long from = Math.max(offset, piece.offset());
      long to = Math.min(offset + length, piece.end());
      if (from < to) {
        piece
            .bytes()
            .copyTo((int) (from - piece.offset()), bytes, (int) (from - offset), (int) (to - from));
      }
    }
    return ByteView.ofOwned(bytes, length);
  }

  private int lastBeginningAtOrBefore(long offset) {
    int low = 0;
    int high = pieces.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (pieces.get(middle).offset() <= offset) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }
}
