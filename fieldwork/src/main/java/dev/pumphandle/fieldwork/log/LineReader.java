package dev.pumphandle.fieldwork.log;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Passes over the bytes of a log once and stops at lines that somebody wants.
///
/// Memory is one buffer, however large the file. A line longer than [#LONGEST] is handed over
/// without its end.
final class LineReader {

  /// The longest line that is seen whole (bytes).
  static final int LONGEST = 4 << 20;

  private static final int BUFFER = 2 * LONGEST;

  /// How much is read at a time, where there is so much (bytes).
  private static final int STEP = 1 << 20;

  /// How far back the lines before a wanted one can be seen (bytes).
  private static final int BEHIND = 64 << 10;

  private final InputStream in;
  private final Literals literals;
  private final byte[] buffer = new byte[BUFFER];
  private final Literals.Found found = new Literals.Found();
  private byte[] line = buffer;
  private int at;
  private int filled;
  private boolean ended;
  private long number;
  private long bytes;
  private long cut;
  private int lineFrom;
  private int lineTo;

  /// @param before lines that stand before the first of these
  LineReader(InputStream in, long before, Literals literals) {
    this.in = in;
    this.number = before;
    this.literals = literals;
  }

  /// Goes to the next line that holds a literal, or to the next line at all.
  ///
  /// @param every whether every line is wanted
  /// @return false at the end
  boolean next(boolean every) throws IOException {
    return every ? nextLine() : nextHit();
  }

  private boolean nextLine() throws IOException {
    int end = lineEnd(at);
    if (end < 0) {
      return false;
    }
    hand(at, end);
    return true;
  }

  private boolean nextHit() throws IOException {
    while (true) {
      found.lines = 0;
      found.lineFrom = at;
      int hit = literals.scan(buffer, at, filled, found);
      number += found.lines;
      at = found.lineFrom;
      if (found.literal) {
        int end = lineEndAfter(at, hit - at); // may fill the buffer, and move the line in it
        hand(at, end);
        return true;
      }
      if (filled - at >= LONGEST) {
        skipRestOfLine();
      } else if (!fill()) {
        return false;
      }
    }
  }

  /// A line without any literal in its first bytes: passed over to its end.
  private void skipRestOfLine() throws IOException {
    cut++;
    number++;
    passOver();
  }

  private void passOver() throws IOException {
    while (true) {
      int end = indexOfLineEnd(at, filled);
      if (end >= 0) {
        at = end + 1;
        return;
      }
      at = filled;
      if (!fill()) {
        return;
      }
    }
  }

  private int lineEndAfter(int from, int into) throws IOException {
    int end = indexOfLineEnd(from + into, filled);
    return end >= 0 ? end : lineEnd(from);
  }

  /// The end of the line that begins at `from`, which is `at`; −1 where nothing is left.
  private int lineEnd(int from) throws IOException {
    int searched = from;
    while (true) {
      int end = indexOfLineEnd(searched, filled);
      if (end >= 0) {
        return end;
      }
      if (filled - at >= LONGEST) {
        return filled;
      }
      int before = filled - at;
      if (!fill()) {
        return filled > at ? filled : -1;
      }
      searched = at + before;
    }
  }

  private void hand(int from, int end) throws IOException {
    number++;
    line = buffer;
    lineFrom = from;
    lineTo = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
    if (end < filled) {
      at = end + 1;
    } else {
      at = end;
      if (!ended) {
        cut++;
        keepThenPassOver();
      }
    }
  }

  /// The line was longer than we hold: its beginning is kept aside, its end passed over.
  private void keepThenPassOver() throws IOException {
    line = Arrays.copyOfRange(buffer, lineFrom, Math.min(lineTo, lineFrom + LONGEST));
    lineFrom = 0;
    lineTo = line.length;
    passOver();
  }

  private int indexOfLineEnd(int from, int to) {
    for (int i = from; i < to; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /// Reads more behind what is there; what lies before `at`, but for a little, goes.
  private boolean fill() throws IOException {
    if (ended) {
      return false;
    }
    int keepFrom = Math.max(0, at - BEHIND);
    if (filled == buffer.length || keepFrom > BUFFER / 2) {
      System.arraycopy(buffer, keepFrom, buffer, 0, filled - keepFrom);
      filled -= keepFrom;
      at -= keepFrom;
    }
    int before = filled;
    do {
      int read = in.read(buffer, filled, buffer.length - filled);
      if (read <= 0) {
        ended = true;
        break;
      }
      bytes += read;
      filled += read;
    } while (filled - before < STEP && filled < buffer.length && in.available() > 0);
    return filled > before;
  }

  /// The bytes that hold the line: valid until the next line is asked for.
  byte[] line() {
    return line;
  }

  /// Where the line begins in them.
  int lineFrom() {
    return lineFrom;
  }

  /// Where it ends, without its line end.
  int lineTo() {
    return lineTo;
  }

  /// The number of the line, from 1.
  long number() {
    return number;
  }

  /// Bytes read so far.
  long bytes() {
    return bytes;
  }

  /// Lines that were longer than [#LONGEST].
  long cut() {
    return cut;
  }
}
