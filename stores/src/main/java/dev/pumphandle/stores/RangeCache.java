package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// Ranges of objects that were fetched once, kept in a directory of this machine.
///
/// One file a range, named by a digest of the object, its version and the range, written under
/// another name and then renamed, with a checksum at its end. So any number of processes may share
/// a directory: none ever sees half a range, and a range that is damaged or has been removed is
/// just fetched again. The directory is kept below its bound by removing what was used longest ago;
/// one process at a time does that. Trouble with the directory never fails a read.
public final class RangeCache {

  private static final int CHECKSUM = 8;

  /// Removing goes on until this share of the bound is left, so that it is not done for each range.
  private static final double ROOM = 0.9;

  private final Path directory;
  private final long bound;
  private final AtomicLong written = new AtomicLong();

  private RangeCache(Path directory, long bound) {
    this.directory = directory;
    this.bound = bound;
  }

  /// Opens a cache, making its directory.
  ///
  /// @param bound how much it may hold (bytes)
  /// @throws IOException where the directory cannot be made or written
  public static RangeCache open(Path directory, long bound) throws IOException {
    Files.createDirectories(directory);
    if (!Files.isWritable(directory)) {
      throw new IOException(directory + ": expected a directory that can be written");
    }
    RangeCache cache = new RangeCache(directory, bound);
    cache.tidy();
    return cache;
  }

  /// A range that is kept.
  ///
  /// @param object the object's address
  /// @param version its version
  public Optional<ByteView> get(String object, String version, long offset, int length) {
    Path file = file(object, version, offset, length);
    try {
      byte[] all = Files.readAllBytes(file);
      if (all.length != length + CHECKSUM
          || ByteBuffer.wrap(all).getLong(length) != checksum(all, length)) {
        Files.deleteIfExists(file);
        return Optional.empty();
      }
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return Optional.of(ByteView.of(java.util.Arrays.copyOf(all, length)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException _) {
      return Optional.empty(); // as good as not kept: it is fetched
    }
  }

  /// Keeps a range, if that can be done.
  public void put(String object, String version, long offset, ByteView bytes) {
    int length = bytes.length();
    if (length + CHECKSUM > bound) {
      return;
    }
    Path file = file(object, version, offset, length);
    Path temporary =
        file.resolveSibling(
            "."
                + file.getFileName()
                + "."
                + Long.toHexString(ThreadLocalRandom.current().nextLong()));
    try {
      Files.createDirectories(file.resolveSibling("."));
      byte[] all = new byte[length + CHECKSUM];
      bytes.copyTo(0, all, 0, length);
      ByteBuffer.wrap(all).putLong(length, checksum(all, length));
      Files.write(temporary, all);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      if (written.addAndGet(all.length) > bound * (1 - ROOM)) {
        written.set(0);
        tidy();
      }
    } catch (IOException _) {
      discard(temporary); // a full disk, most likely: nothing is kept, nothing fails
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // Another run's tidying will find it.
    }
  }

  private static long checksum(byte[] all, int length) {
    CRC32C sum = new CRC32C();
    sum.update(all, 0, length);
    return sum.getValue();
  }

  private Path file(String object, String version, long offset, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          (object + '\n' + version + '\n' + offset + '+' + length)
              .getBytes(StandardCharsets.UTF_8));
      String name = HexFormat.of().formatHex(digest.digest(), 0, 20);
      return directory.resolve(name.substring(0, 2)).resolve(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// Removes what was used longest ago until there is room; left to whoever does it already.
  private void tidy() throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel)) {
      if (lock == null) {
        return;
      }
      List<Kept> kept = kept();
      long all = kept.stream().mapToLong(Kept::bytes).sum();
      if (all <= bound) {
        return;
      }
      for (Kept each : kept) {
        if (all <= bound * ROOM) {
          break;
        }
        Files.deleteIfExists(each.file());
        all -= each.bytes();
      }
    }
  }

  private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (java.nio.channels.OverlappingFileLockException _) {
      return null; // another thread of this process is at it
    }
  }

  private record Kept(Path file, long bytes, FileTime used) {}

  private List<Kept> kept() throws IOException {
    List<Kept> kept = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        try {
          BasicFileAttributes about = Files.readAttributes(file, BasicFileAttributes.class);
          if (about.isRegularFile() && !directory.equals(file.getParent())) {
            kept.add(new Kept(file, about.size(), about.lastModifiedTime()));
          }
        } catch (NoSuchFileException _) {
          // Removed meanwhile, or renamed to its own name.
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    kept.sort(Comparator.comparing(Kept::used));
    return kept;
  }
}
