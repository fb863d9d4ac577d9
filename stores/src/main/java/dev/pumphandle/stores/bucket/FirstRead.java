package dev.pumphandle.stores.bucket;

import java.util.Arrays;

/// How much to ask for at the beginning of an object: what nine of ten recent objects of the same
/// bucket needed there, so that headers and notes come with one request. Safe for many threads.
///
/// A core of a process with a thousand threads has megabytes of notes, one of a small process a few
/// kilobytes; cores of one bucket are mostly of one kind.
final class FirstRead {
  /// What is asked for while nothing is known (bytes).
  static final int LEAST = 64 << 10;

  /// The most that is asked for (bytes).
  static final int MOST = 1 << 20;

  /// Objects up to this size are read whole at once (bytes): a second request would take longer
  /// than the rest of the first.
  static final int WHOLE = 1 << 20;

  private static final int REMEMBERED = 64;

  private final int[] needs = new int[REMEMBERED];
  private int count;

  /// How much to ask for.
  ///
  /// @param objectBytes the object's size (bytes)
  synchronized int bytes(long objectBytes) {
    if (objectBytes <= WHOLE) {
      return (int) objectBytes;
    }
    int known = Math.min(count, REMEMBERED);
    int need = LEAST;
    if (known > 0) {
      int[] sorted = Arrays.copyOf(needs, known);
      Arrays.sort(sorted);
      need = Math.clamp(sorted[(known - 1) * 9 / 10], LEAST, MOST);
    }
    int rounded = (need + LEAST - 1) / LEAST * LEAST;
    return (int) Math.min(objectBytes, rounded);
  }

  /// What an object needed at its beginning (bytes).
  synchronized void needed(long bytes) {
    needs[count++ % REMEMBERED] = (int) Math.min(bytes, MOST);
    if (count == 2 * REMEMBERED) {
      count = REMEMBERED; // stays a count of a full ring
    }
  }
}
