package dev.pumphandle.registry;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A small file that is replaced whole or not at all: a reader sees the former one or the new one,
/// and a full disk leaves the former one.
public final class WholeFile {

  private WholeFile() {}

  /// Puts a file in the place of the former one, once its bytes are on the disk.
  ///
  /// @throws RegistryException.NotWritten if it cannot; the former file is as it was
  public static void write(Path file, byte[] content) throws RegistryException.NotWritten {
    put(file, content, true);
  }

  /// Makes a file that can be made again, where none stands: without waiting for the disk.
  ///
  /// @return whether none stood there
  /// @throws RegistryException.NotWritten if it cannot; nothing is left of it then
  static boolean create(Path file, byte[] content) throws RegistryException.NotWritten {
    if (Files.exists(file)) {
      return false;
    }
    put(file, content, false);
    return true;
  }

  private static void put(Path file, byte[] content, boolean lasting)
      throws RegistryException.NotWritten {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      try {
        written(temporary, content, lasting);
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw RegistryException.NotWritten.because(file, e);
    }
  }

  private static void written(Path file, byte[] content, boolean lasting) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(content);
      while (left.hasRemaining()) {
        out.write(left); // on a disk that is nearly full only a part, without an error
      }
      if (lasting) {
        out.force(true);
      }
    }
  }
}
