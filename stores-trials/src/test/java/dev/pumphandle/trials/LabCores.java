package dev.pumphandle.trials;

import dev.pumphandle.stores.PlainStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The small real cores of the laboratory.
final class LabCores {
  private static final Path PACKED = Path.of("../lab/src/main/resources/cores");

  private LabCores() {}

  /// Their names.
  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(PACKED)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".core.zst"))
          .map(name -> name.substring(0, name.length() - ".core.zst".length()))
          .sorted()
          .toList();
    }
  }

  /// One as the kernel wrote it.
  static byte[] plain(String name) throws IOException {
    try (InputStream core = PlainStream.open(PACKED.resolve(name + ".core.zst"))) {
      return core.readAllBytes();
    }
  }

  /// One as it lies in the repository.
  static byte[] packed(String name) throws IOException {
    return Files.readAllBytes(PACKED.resolve(name + ".core.zst"));
  }
}
