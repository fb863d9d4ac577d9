package dev.pumphandle.stores.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// The bytes that a JSON array of numbers from 0 to 255 stands for.
final class NumberArray extends InputStream {
  private final InputStream text;
  private boolean broken;

  NumberArray(InputStream text) {
    this.text = new BufferedInputStream(text, 1 << 16);
  }

  @Override
  public int read() throws IOException {
    if (broken) {
      throw new IOException("expected a number from 0 to 255");
    }
    int next = text.read();
    while (next == '[' || next == ',' || next == ' ') {
      next = text.read();
    }
    if (next < 0 || next == ']') {
      return -1;
    }
    int value = 0;
    for (; next >= '0' && next <= '9' && value < 256; next = text.read()) {
      value = 10 * value + next - '0';
    }
    if (value > 255 || (next != ',' && next != ']' && next != ' ')) {
      broken = true;
      throw new IOException("expected a number from 0 to 255");
    }
    return value;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, target.length);
    int count = 0;
    while (count < length) {
      int next;
      try {
        next = read();
      } catch (IOException e) {
        if (count > 0) {
          break; // told again at the next read
        }
        throw e;
      }
      if (next < 0) {
        break;
      }
      target[from + count++] = (byte) next;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
