package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The small files that a crash handler put beside a core in the same archive, by the ends of their
/// names: `core-dump-handler/dump-info.json` and so on.
///
/// Source: IBM core-dump-handler v8.10.0 core-dump-composer/src/config.rs, get_dump_info_filename()
/// and the functions behind it.
final class HandlerFiles {
  private static final String HANDLER = "core-dump-handler/";
  private static final int LARGEST = 256 << 10;

  private static final List<String> ENDS =
      List.of(
          "dump-info.json",
          "pod-info.json",
          "runtime-info.json",
          "ps-info.json",
          "image-info.json");

  private final Map<String, String> said = new HashMap<>();

  /// Whether a file of this name is one of those.
  static boolean isOne(String name) {
    return ENDS.stream().anyMatch(end -> name.endsWith("-" + end));
  }

  /// Takes a file, where it is one of those.
  boolean take(String name, ByteSource content) throws IOException {
    for (String end : ENDS) {
      if (name.endsWith("-" + end)) {
        String text = new String(content.read(0, LARGEST).toArray(), StandardCharsets.UTF_8);
        said.putIfAbsent(HANDLER + end, text);
        return true;
      }
    }
    return false;
  }

  Map<String, String> said() {
    return said;
  }
}
