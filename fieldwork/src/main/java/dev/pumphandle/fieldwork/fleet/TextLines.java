package dev.pumphandle.fieldwork.fleet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The lines of a text in UTF-8, as it is.
///
/// Java's own readers put a replacement character where bytes are no UTF-8: two nodes would get one
/// name, and no core would ever be joined to it. Here such a file is refused, with the place.
final class TextLines {

  private static final int LONGEST = 1 << 20;

  private final InputStream bytes;
  private final String source;
  private final byte[] block = new byte[1 << 16];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int at;
  private int end;
  private long number;

  /// The lines of a stream.
  ///
  /// @param source its name, for messages
  TextLines(InputStream bytes, String source) {
    this.bytes = bytes;
    this.source = source;
  }

  /// The next line without its end (a line feed, a carriage return or both); none after the last.
  ///
  /// @throws FleetFormatException if it is no UTF-8, or longer than 1 MiB
  Optional<String> next() throws IOException {
    if (!filled()) {
      return Optional.empty();
    }
    number++;
    line.reset();
    while (filled()) {
      int from = at;
      while (at < end && block[at] != '\n' && block[at] != '\r') {
        at++;
      }
      line.write(block, from, at - from);
      if (line.size() > LONGEST) {
        throw FleetFormatException.at(
            source, number, "expected lines of at most 1 MiB, found a longer one");
      }
      if (at < end) {
        pass();
        break;
      }
    }
    return Optional.of(utf8(line.toByteArray(), source + ":" + number));
  }

  private void pass() throws IOException {
    if (block[at++] == '\r' && filled() && block[at] == '\n') {
      at++;
    }
  }

  private boolean filled() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, bytes.read(block));
    }
    return at < end;
  }

  /// Bytes as the text that they are in UTF-8.
  ///
  /// @param place where they stand, for messages
  /// @throws FleetFormatException if they are none
  private static String utf8(byte[] bytes, String place) throws FleetFormatException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw new FleetFormatException(
          "%s: expected text in UTF-8, found the byte 0x%02x as number %d"
              .formatted(place, bytes[in.position()], in.position() + 1));
    }
    return out.flip().toString();
  }
}
