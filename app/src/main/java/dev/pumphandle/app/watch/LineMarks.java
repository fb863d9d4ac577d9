package dev.pumphandle.app.watch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;

/// A stream that remembers where some of its lines begin, so that a later reading can begin near
/// its end.
final class LineMarks extends FilterInputStream {

  /// What a later reading reads again: longer than reports are (bytes).
  static final int OVERLAP = 256 << 10;

  private static final int APART = 32 << 10;

  /// The beginning of a line.
  ///
  /// @param offset bytes before it
  /// @param line lines before it
  record Mark(long offset, long line) {}

  private final Deque<Mark> marks = new ArrayDeque<>();
  private long offset;
  private long lines;
  private boolean fresh;

  /// @param from where the stream begins
  LineMarks(InputStream in, Mark from) {
    super(in);
    marks.add(from);
    offset = from.offset;
    lines = from.line;
    fresh = true;
  }

  /// A line that begins [#OVERLAP] or more before the end of what was read; the first one where
  /// there is none.
  Mark resume() {
    return marks.getFirst();
  }

  /// A line half as far from the end.
  Mark settled() {
    Mark last = marks.getFirst();
    for (Mark each : marks) {
      if (each.offset <= offset - OVERLAP / 2) {
        last = each;
      }
    }
    return last;
  }

  /// How many lines there were up to here, counting one without an end.
  long lines() {
    return fresh ? lines : lines + 1;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] to, int at, int length) throws IOException {
    int read = super.read(to, at, length);
    for (int i = at; i < at + read; i++) {
      offset++;
      fresh = to[i] == '\n';
      if (fresh) {
        lines++;
        mark();
      }
    }
    return read;
  }

  private void mark() {
    if (offset - marks.getLast().offset >= APART) {
      marks.add(new Mark(offset, lines));
      Mark first = marks.removeFirst();
      if (marks.getFirst().offset > offset - OVERLAP) {
        marks.addFirst(first);
      }
    }
  }

  @Override
  public long skip(long n) {
    throw new UnsupportedOperationException("lines would not be counted");
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
