package dev.pumphandle.trials;

import dev.pumphandle.stores.PlainStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

  /// One as if the process had used much more memory: with a hole of that many bytes in the middle
  /// of the file.
  ///
  /// Source: System V ABI, ELF-64: `e_phoff` at 32, `e_phnum` at 56, program headers of 56 bytes
  /// with `p_type` at 0 and `p_offset` at 8.
  static byte[] large(String name, int hole) throws IOException {
    byte[] core = plain(name);
    ByteBuffer header = ByteBuffer.wrap(core).order(ByteOrder.LITTLE_ENDIAN);
    int split = core.length;
    int table = (int) header.getLong(32);
    for (int i = 0; i < header.getShort(56); i++) {
      long at = header.getLong(table + 56 * i + 8);
      if (header.getInt(table + 56 * i) == 1 && at > core.length * 3L / 4) {
        split = (int) Math.min(split, at);
        header.putLong(table + 56 * i + 8, at + hole);
      }
    }
    byte[] larger = new byte[core.length + hole];
    System.arraycopy(core, 0, larger, 0, split);
    System.arraycopy(core, split, larger, split + hole, core.length - split);
    return larger;
  }

  /// One as it lies in the repository.
  static byte[] packed(String name) throws IOException {
    return Files.readAllBytes(PACKED.resolve(name + ".core.zst"));
  }
}
