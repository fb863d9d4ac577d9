package dev.pumphandle.fieldwork.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;

/// Finds lines that hold any of many literals, in one pass over the bytes.
///
/// An automaton steps once for each byte, whatever the number of literals. Its states are numbered
/// so that one comparison tells whether anything happened: a literal ended, or the line did.
///
/// Source: Aho and Corasick, Efficient String Matching, CACM 18(6), 1975, algorithms 2 to 4.
final class Literals {

  private static final int BYTES = 256;

  private final byte[] classOf = new byte[BYTES];
  private final int classes;
  private final int[] next;
  private final int firstTelling;
  private final int lineEnd;

  /// An automaton for these literals.
  Literals(Collection<String> literals) {
    int count = 2; // 0: bytes that stand in no literal; 1: the line end
    classOf['\n'] = 1;
    int most = 1;
    for (String literal : literals) {
      for (byte each : literal.getBytes(StandardCharsets.US_ASCII)) {
        if (classOf[each] == 0) {
          classOf[each] = (byte) count++;
        }
      }
      most += literal.length();
    }
    this.classes = count;
    Trie trie = new Trie(most, count);
    for (String literal : literals) {
      trie.add(literal.getBytes(StandardCharsets.US_ASCII), classOf);
    }
    trie.complete();
    int[] order = trie.quietFirst();
    int states = trie.states;
    int[] number = new int[states];
    for (int i = 0; i < states; i++) {
      number[order[i]] = i;
    }
    this.firstTelling = (states - trie.tellingCount()) * classes;
    this.lineEnd = states * classes;
    this.next = new int[(states + 1) * classes];
    for (int state = 0; state < states; state++) {
      int from = number[state] * classes;
      for (int c = 0; c < classes; c++) {
        next[from + c] = number[trie.next[state * classes + c]] * classes;
      }
      next[from + 1] = lineEnd;
    }
  }

  /// The first byte at or after `from` at which a literal or a line ends; `to` when there is none.
  /// Must begin at the beginning of a line.
  ///
  /// @param found told whether it is a literal
  int scan(byte[] bytes, int from, int to, Found found) {
    int[] table = next;
    byte[] kinds = classOf;
    int telling = firstTelling;
    int state = 0;
    for (int i = from; i < to; i++) {
      state = table[state + (kinds[bytes[i] & 0xff] & 0xff)];
      if (state >= telling) {
        if (state == lineEnd) {
          found.lines++;
          found.lineFrom = i + 1;
          state = 0;
        } else {
          found.literal = true;
          return i;
        }
      }
    }
    found.literal = false;
    return to;
  }

  /// Where a scan came to.
  static final class Found {
    /// Whether a literal was found.
    boolean literal;

    /// Lines that ended on the way.
    long lines;

    /// Where the line begins that the scan stands in.
    int lineFrom;
  }

  private static final class Trie {
    final int classes;
    final int[] next;
    final boolean[] telling;
    int states = 1;

    Trie(int most, int classes) {
      this.classes = classes;
      this.next = new int[most * classes];
      this.telling = new boolean[most];
    }

    void add(byte[] literal, byte[] classOf) {
      int state = 0;
      for (byte each : literal) {
        int at = state * classes + (classOf[each] & 0xff);
        if (next[at] == 0) {
          next[at] = states++;
        }
        state = next[at];
      }
      telling[state] = true;
    }

    /// Fills in where each state goes on a byte that continues no literal.
    void complete() {
      int[] fallback = new int[states];
      ArrayDeque<Integer> queue = new ArrayDeque<>();
      for (int c = 0; c < classes; c++) {
        if (next[c] != 0) {
          queue.add(next[c]);
        }
      }
      while (!queue.isEmpty()) {
        int state = queue.remove();
        telling[state] |= telling[fallback[state]];
        for (int c = 0; c < classes; c++) {
          int at = state * classes + c;
          int otherwise = next[fallback[state] * classes + c];
          if (next[at] == 0) {
            next[at] = otherwise;
          } else {
            fallback[next[at]] = otherwise;
            queue.add(next[at]);
          }
        }
      }
    }

    int tellingCount() {
      int count = 0;
      for (int state = 0; state < states; state++) {
        count += telling[state] ? 1 : 0;
      }
      return count;
    }

    int[] quietFirst() {
      int[] order = new int[states];
      int quiet = 0;
      int end = states - tellingCount();
      for (int state = 0; state < states; state++) {
        order[telling[state] ? end++ : quiet++] = state;
      }
      return order;
    }
  }
}
