package dev.pumphandle.fieldwork.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/// A file's bytes and the first of them, at most 4 KiB, by which its kind is told.
final class Content {

  private static final int HEAD = 4096;

  private final InputStream bytes;
  private final byte[] head;
  private final String source;

  private Content(InputStream bytes, byte[] head, String source) {
    this.bytes = bytes;
    this.head = head;
    this.source = source;
  }

  /// What reads a file, and answers something about it.
  interface Reading<T> {
    /// Reads it to its end.
    T read(Content content) throws IOException;
  }

  /// Reads a file; what is wrong with its form is told with its place.
  ///
  /// @param expected what it should hold
  static <T> T read(InputStream bytes, String source, String expected, Reading<T> reading)
      throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(bytes, 1 << 16);
    buffered.mark(HEAD);
    Content content = new Content(buffered, buffered.readNBytes(HEAD), source);
    buffered.reset();
    if (content.first() == content.head.length) {
      throw new FleetFormatException(source + ": expected " + expected + ", found an empty file");
    }
    try {
      return reading.read(content);
    } catch (JsonEOFException e) {
      throw FleetFormatException.at(
          source,
          e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
          "expected more JSON, found the end of the file: it is cut short");
    } catch (JsonProcessingException e) {
      throw FleetFormatException.at(
          source,
          e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
          "expected JSON, found " + e.getOriginalMessage());
    } catch (EOFException e) {
      throw new FleetFormatException(
          source + ": expected a whole file, found one that is cut short: " + e.getMessage());
    }
  }

  /// All its bytes.
  InputStream bytes() {
    return bytes;
  }

  /// Whether it is JSON.
  boolean json() {
    return head[first()] == '{' || head[first()] == '[';
  }

  /// Whether its first bytes are of a kind.
  boolean is(Predicate<byte[]> kind) {
    return kind.test(head);
  }

  /// Refuses what is no text.
  ///
  /// @param expected what it might have been
  void mustBeText(String expected) throws FleetFormatException {
    for (byte each : head) {
      if (each == 0) {
        throw new FleetFormatException(
            source + ": expected " + expected + ", found other binary data");
      }
    }
  }

  private int first() {
    int first = 0;
    while (first < head.length && head[first] <= ' ' && head[first] > 0) {
      first++;
    }
    return first;
  }
}
