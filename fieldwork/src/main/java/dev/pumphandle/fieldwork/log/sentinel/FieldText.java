package dev.pumphandle.fieldwork.log.sentinel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/// How numbers and texts are written in a record's fields. What is not written so is empty, never
/// an exception.
final class FieldText {

  private FieldText() {}

  /// A whole number in decimal, perhaps negative.
  static OptionalLong decimal(String text) {
    try {
      return text.isEmpty() || text.length() > 20
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /// A number in hex of at most 64 bits, with or without `0x` (unsigned).
  static OptionalLong hex(String text) {
    String digits = text.startsWith("0x") ? text.substring(2) : text;
    if (digits.isEmpty() || digits.length() > 16 || !onlyHex(digits)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseUnsignedLong(digits, 16));
  }

  /// Whether a text has nothing but hexadecimal digits.
  static boolean onlyHex(String text) {
    return text.chars()
        .allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'));
  }

  /// `%XX` as the byte that it stands for; bytes are UTF-8. A `%` without two digits stands for
  /// itself.
  static String unescaped(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int at = 0; at < text.length(); at++) {
      String digits = at + 3 <= text.length() ? text.substring(at + 1, at + 3) : "";
      if (text.charAt(at) == '%' && digits.length() == 2 && onlyHex(digits)) {
        bytes.write(Integer.parseInt(digits, 16));
        at += 2;
      } else {
        byte[] itself = text.substring(at, at + 1).getBytes(StandardCharsets.UTF_8);
        bytes.write(itself, 0, itself.length);
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
