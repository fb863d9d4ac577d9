package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Lines of text out of bytes that may be none.
final class Texts {

  private Texts() {}

  /// Whether bytes begin with a text.
  static boolean begins(ByteView head, String text) {
    byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
    if (head.length() < wanted.length) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (head.u8(i) != (wanted[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  /// The next line without its end; its beginning where it is longer than `most`; empty at the end.
  static Optional<String> line(InputStream in, int most) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    while (next >= 0 && next != '\n') {
      if (line.size() < most) {
        line.write(next);
      }
      next = in.read();
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8));
  }
}
