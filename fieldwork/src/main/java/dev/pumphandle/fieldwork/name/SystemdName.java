package dev.pumphandle.fieldwork.name;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names that systemd-coredump gives: `core.<comm>.<uid>.<boot id>.<pid>.<microseconds>`, with
/// `\xNN` for what it will not put into a name, and a compression suffix.
///
/// Source: systemd 257 src/coredump/coredump.c, make_filename(), filename_escape().
final class SystemdName {

  private static final Pattern NAME =
      Pattern.compile(
          "core\\.(.+)\\.(\\d+)\\.([0-9a-f]{32})\\.(\\d+)\\.(\\d{16})(?:\\.(?:zst|lz4|xz))?");

  private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-fA-F]{2})");

  private SystemdName() {}

  /// What a name tells, under the names of columns but for `observed_at`, which is in microseconds.
  static Optional<Map<String, String>> match(String name) {
    Matcher matcher = NAME.matcher(name.substring(name.lastIndexOf('/') + 1));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Map<String, String> found = new LinkedHashMap<>();
    found.put("%e", unescape(matcher.group(1)));
    found.put("%u", matcher.group(2));
    found.put("host_boot_id", matcher.group(3));
    found.put("%P", matcher.group(4));
    found.put("microseconds", matcher.group(5));
    return Optional.of(found);
  }

  private static String unescape(String text) {
    Matcher escapes = ESCAPE.matcher(text);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int done = 0;
    while (escapes.find()) {
      bytes.writeBytes(text.substring(done, escapes.start()).getBytes(StandardCharsets.UTF_8));
      bytes.write(Integer.parseInt(escapes.group(1), 16));
      done = escapes.end();
    }
    bytes.writeBytes(text.substring(done).getBytes(StandardCharsets.UTF_8));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
