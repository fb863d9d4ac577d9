package dev.pumphandle.registry;

import dev.pumphandle.linelist.LineListSchema;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.duckdb.DuckDBConnection;

/// The Parquet files of one line list: their names, how they come to be, and which can be read.
///
/// A file is written under a temporary name in the same directory, synced, and renamed, so that a
/// reader sees whole files only. The temporary name tells who writes it: what a killed writer left
/// behind can be told from what a living one is still writing.
final class DataFiles {

  /// The oldest schema that this reader understands.
  static final int LEAST_SCHEMA = 1;

  private static final Pattern TEMPORARY = Pattern.compile("\\.[a-z_]+-.*\\.(\\d+)@(.+)\\.tmp");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// Long after the slowest writer would have finished one file.
  private static final Duration ABANDONED = Duration.ofDays(1);

  private final Path directory;

  DataFiles(Path directory) {
    this.directory = directory;
  }

  /// Makes the directory where it is missing, and clears away what killed writers left behind.
  ///
  /// @throws RegistryException.NotWritten if it cannot be made
  void prepare() throws IOException {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw notWritten(e);
    }
    sweep();
  }

  /// Why nothing can be written here.
  RegistryException.NotWritten notWritten(Exception why) {
    return RegistryException.NotWritten.because(directory, why);
  }

  /// What writes a file, under its temporary name.
  interface Writing {
    /// Writes it.
    void to(Path temporary) throws SQLException;
  }

  /// Writes a file, whole or not at all.
  ///
  /// @throws RegistryException.NotWritten if it cannot; nothing is left of it then
  void write(Path file, Writing writing) throws IOException {
    Path temporary = temporary(file);
    try {
      writing.to(temporary);
      publish(temporary, file);
    } catch (SQLException | IOException e) {
      Files.deleteIfExists(temporary);
      throw notWritten(e);
    }
  }

  /// A name that no other writer will choose.
  Path fresh(Instant now) {
    byte[] random = new byte[6];
    ThreadLocalRandom.current().nextBytes(random);
    return directory.resolve(
        directory.getFileName()
            + "-"
            + STAMP.format(now)
            + "-"
            + HexFormat.of().formatHex(random)
            + ".parquet");
  }

  /// Where a file is written before it gets its name.
  Path temporary(Path file) {
    return directory.resolve(
        "." + file.getFileName() + "." + ProcessHandle.current().pid() + "@" + host() + ".tmp");
  }

  /// Gives a written file its name, once its bytes are on the disk.
  void publish(Path temporary, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Removes what killed writers left behind: of this host when the process is gone, of another
  /// host when a day has passed.
  void sweep() throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Matcher name = TEMPORARY.matcher(file.getFileName().toString());
        if (name.matches() && abandoned(file, Long.parseLong(name.group(1)), name.group(2))) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static boolean abandoned(Path file, long pid, String writer) throws IOException {
    if (writer.equals(host())) {
      return ProcessHandle.of(pid).isEmpty();
    }
    try {
      return Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(ABANDONED));
    } catch (NoSuchFileException e) {
      return false; // its writer has just finished
    }
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "_");
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /// Which files can be read, and what is wrong with the others.
  ///
  /// @param readable the files that can be read, by name; among them those that [#replaced] names
  /// @param problems the others
  record Inventory(List<DataFile> readable, List<FileProblem> problems) {

    /// The files that are the line list: all rows stand in them.
    List<DataFile> live() {
      Set<String> replaced = new HashSet<>();
      readable.forEach(file -> replaced.addAll(file.replaces()));
      return readable.stream().filter(file -> !replaced.contains(name(file.path()))).toList();
    }

    /// The files whose rows stand in another file too, if they are still there.
    List<Path> replaced() {
      Set<Path> there = new HashSet<>();
      readable.forEach(file -> there.add(file.path()));
      return readable.stream()
          .flatMap(file -> file.replaces().stream().map(name -> file.path().resolveSibling(name)))
          .filter(there::contains)
          .toList();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /// How many files there are, whether they can be read or not.
  int count() throws IOException {
    return files().size();
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> name(file).endsWith(".parquet"))
          .filter(file -> !name(file).startsWith("."))
          .sorted()
          .toList();
    }
  }

  Inventory inventory(DuckDBConnection engine) throws IOException {
    return Footers.of(files(), engine);
  }

  /// The last bytes of a Parquet file: the length of its footer and the magic.
  ///
  /// Source: Apache Parquet format, File Format: `PAR1 … footer, 4-byte length, PAR1`.
  static String shape(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      long length = bytes.length();
      if (length < 12) {
        return length + " bytes";
      }
      byte[] magic = new byte[4];
      bytes.readFully(magic);
      String head = new String(magic, StandardCharsets.ISO_8859_1);
      bytes.seek(length - 8);
      long footer = Integer.toUnsignedLong(Integer.reverseBytes(bytes.readInt()));
      bytes.readFully(magic);
      String tail = new String(magic, StandardCharsets.ISO_8859_1);
      if (!head.equals("PAR1") || !tail.equals("PAR1")) {
        return head.equals("PAR1") ? "one that is cut short" : "another kind of file";
      }
      return footer > length - 12 ? "a footer longer than the file" : "";
    }
  }

  static int currentSchema() {
    return LineListSchema.VERSION;
  }
}
