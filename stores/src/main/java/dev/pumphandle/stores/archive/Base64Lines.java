package dev.pumphandle.stores.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// The bytes of lines in base64 that each begin with a space, up to the first line that does not.
/// Each line may end with padding of its own.
///
/// Source: RFC 4648 §4; apport 2.28 problem_report.py, write(): each compressed block is encoded
/// for itself.
final class Base64Lines extends InputStream {
  private static final int PAD = -2;
  private static final int NONE = -1;

  private final InputStream lines;
  private final byte[] three = new byte[3];
  private int at;
  private int filled;
  private boolean lineBegins = true;
  private boolean over;

  Base64Lines(InputStream lines) {
    this.lines = lines;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, target.length);
    int count = 0;
    while (count < length) {
      if (at == filled && !decoded()) {
        break;
      }
      target[from + count++] = three[at++];
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  /// What stands behind a member of gzip may be another: say that there may be more.
  @Override
  public int available() throws IOException {
    return at < filled || decoded() ? Math.max(1, filled - at) : 0;
  }

  private boolean decoded() throws IOException {
    int bits = 0;
    int digits = 0;
    int padding = 0;
    at = 0;
    filled = 0;
    while (digits + padding < 4 && !over) {
      int next = lines.read();
      if (next == '\n') {
        lineBegins = true;
        continue;
      }
      if (next < 0 || (lineBegins && next != ' ')) {
        over = true;
        break;
      }
      lineBegins = false;
      int digit = digit(next);
      if (digit == PAD) {
        padding++;
      } else if (digit >= 0) {
        bits = bits << 6 | digit;
        digits++;
      } else if (next != ' ' && next != '\r') {
        throw new IOException("expected base64, found the byte 0x" + Integer.toHexString(next));
      }
    }
    bits <<= 6 * (4 - digits);
    filled = Math.max(0, digits - 1);
    for (int i = 0; i < filled; i++) {
      three[i] = (byte) (bits >> (16 - 8 * i));
    }
    return filled > 0;
  }

  private static int digit(int c) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return switch (c) {
      case '+' -> 62;
      case '/' -> 63;
      case '=' -> PAD;
      default -> NONE;
    };
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
