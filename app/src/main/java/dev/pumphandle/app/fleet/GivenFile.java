package dev.pumphandle.app.fleet;

import dev.pumphandle.app.Session;
import dev.pumphandle.registry.ForeignTable;
import dev.pumphandle.registry.Workspace;
import dev.pumphandle.stores.PlainStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;

/// A file that the user named, read once, with a digest of what was read and of what else its
/// meaning depends on. Not safe for several threads.
final class GivenFile {

  private static final byte[] PARQUET = {'P', 'A', 'R', '1'};

  private final String name;
  private final Path file;
  private final MessageDigest digest;

  /// The file.
  ///
  /// @param workspace where it goes
  /// @param name as the user named it
  /// @throws IOException if it is not there, is a directory, or was written by the workspace itself
  GivenFile(Session session, Workspace workspace, String name) throws IOException {
    this.name = name;
    this.file = session.path(name);
    if (Files.isDirectory(file)) {
      throw new IOException(name + ": expected a file, found a directory");
    }
    // What was worked out from files and is read as one of them would count everything twice.
    Path data = workspace.root().resolve("data");
    if (Files.isDirectory(data) && file.toRealPath().startsWith(data.toRealPath())) {
      throw new IOException(
          name + ": expected a file from elsewhere, found one that this workspace wrote");
    }
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// When it was written.
  Instant modified() throws IOException {
    return Files.getLastModifiedTime(file).toInstant();
  }

  /// Whether it is a Parquet file.
  boolean parquet() throws IOException {
    try (InputStream bytes = Files.newInputStream(file)) {
      return Arrays.equals(bytes.readNBytes(PARQUET.length), PARQUET);
    }
  }

  /// Reads it as a Parquet file.
  void rows(ForeignTable.Rows rows) throws IOException {
    ForeignTable.read(file, name, rows);
    try (InputStream bytes = new DigestInputStream(Files.newInputStream(file), digest)) {
      bytes.transferTo(OutputStream.nullOutputStream());
    }
  }

  /// What reads its bytes.
  interface Reading<T> {
    /// Reads them.
    T read(InputStream bytes) throws IOException;
  }

  /// Reads its bytes, unpacked where they are compressed.
  <T> T bytes(Reading<T> reading) throws IOException {
    try (InputStream bytes = new DigestInputStream(PlainStream.open(file), digest)) {
      return reading.read(bytes);
    }
  }

  /// The digest of what was read alone, in hex.
  String digest() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /// The digest, in hex.
  ///
  /// @param otherwise what else the meaning of the file depends on
  String digest(Object otherwise) {
    digest.update(otherwise.toString().getBytes(StandardCharsets.UTF_8));
    return digest();
  }
}
