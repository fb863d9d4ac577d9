package dev.pumphandle.stores.bucket;

import dev.pumphandle.corefile.ByteView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The parts of one object that were fetched lately: always its beginning, and of the rest as much
/// as a bound allows. Safe for many threads; never held over a fetch.
final class Pieces {
  /// What is kept beside the beginning (bytes).
  static final int KEPT = 1 << 20;

  record Piece(long offset, ByteView bytes) {
    long end() {
      return offset + bytes.length();
    }
  }

  // A lock, not a monitor: virtual threads may wait here.
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Piece> pieces = new ArrayList<>();
  private long kept;

  /// A piece that holds the byte at an offset.
  Optional<Piece> at(long offset) {
    lock.lock();
    try {
      for (int i = pieces.size() - 1; i >= 0; i--) {
        Piece piece = pieces.get(i);
        if (piece.offset() <= offset && offset < piece.end()) {
          return Optional.of(piece);
        }
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// Where the next piece after an offset begins; `most` where none does before that.
  long nextAfter(long offset, long most) {
    lock.lock();
    try {
      long next = most;
      for (Piece piece : pieces) {
        if (piece.offset() > offset) {
          next = Math.min(next, piece.offset());
        }
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /// Keeps a piece, and lets go of the oldest ones where it becomes too much.
  void keep(Piece piece) {
    lock.lock();
    try {
      if (!pieces.isEmpty() && piece.bytes().length() > KEPT) {
        return;
      }
      pieces.add(piece);
      if (pieces.size() > 1) {
        kept += piece.bytes().length();
      }
      while (kept > KEPT && pieces.size() > 2) {
        kept -= pieces.remove(1).bytes().length();
      }
    } finally {
      lock.unlock();
    }
  }
}
