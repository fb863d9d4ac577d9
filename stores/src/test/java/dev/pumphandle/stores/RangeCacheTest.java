package dev.pumphandle.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangeCacheTest {

  private static final String CORE = "s3://cores/core.1";

  @TempDir Path directory;

  private static ByteView bytes(int length, int seed) {
    byte[] bytes = new byte[length];
    new java.util.Random(seed).nextBytes(bytes);
    return ByteView.of(bytes);
  }

  private long held() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }

  @Test
  void whatWasFetchedOnceIsThereForTheNextProcess() throws IOException {
    RangeCache.open(directory, 1 << 20).put(CORE, "v1", 4096, bytes(1000, 1));

    assertThat(RangeCache.open(directory, 1 << 20).get(CORE, "v1", 4096, 1000))
        .contains(bytes(1000, 1));
  }

  @Test
  void anotherVersionOrRangeIsAnotherThing() throws IOException {
    RangeCache cache = RangeCache.open(directory, 1 << 20);
    cache.put(CORE, "v1", 4096, bytes(1000, 1));

    assertThat(cache.get(CORE, "v2", 4096, 1000)).isEmpty();
    assertThat(cache.get(CORE, "v1", 4095, 1000)).isEmpty();
    assertThat(cache.get(CORE, "v1", 4096, 999)).isEmpty();
    assertThat(cache.get("s3://cores/core.2", "v1", 4096, 1000)).isEmpty();
  }

  @Test
  void aDamagedRangeIsFetchedAgain() throws IOException {
    RangeCache cache = RangeCache.open(directory, 1 << 20);
    cache.put(CORE, "v1", 0, bytes(1000, 1));
    Path file;
    try (Stream<Path> files = Files.walk(directory)) {
      file =
          files
              .filter(f -> Files.isRegularFile(f) && f.toFile().length() > 1000)
              .findFirst()
              .orElseThrow();
    }
    byte[] all = Files.readAllBytes(file);
    all[500] ^= 1;
    Files.write(file, all);

    assertThat(cache.get(CORE, "v1", 0, 1000)).isEmpty();
    assertThat(file).doesNotExist();

    Files.write(file, new byte[7]);
    assertThat(cache.get(CORE, "v1", 0, 1000)).isEmpty();
  }

  @Test
  void itStaysBelowItsBoundAndKeepsWhatWasUsedLast() throws IOException {
    long bound = 100_000;
    RangeCache cache = RangeCache.open(directory, bound);
    cache.put(CORE, "used", 0, bytes(5000, 7));
    for (int i = 0; i < 100; i++) {
      cache.put(CORE, "v" + i, 0, bytes(5000, i));
      assertThat(cache.get(CORE, "used", 0, 5000)).as("after %d", i).isPresent();
      age();
    }

    assertThat(held()).isLessThanOrEqualTo((long) (bound * 1.1));
    assertThat(cache.get(CORE, "v0", 0, 5000)).isEmpty();
  }

  /// Everything that is kept was used an hour earlier than it says: clocks of file systems may be
  /// too coarse to tell two writes apart.
  private void age() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(
            file, FileTime.fromMillis(Files.getLastModifiedTime(file).toMillis() - 3_600_000));
      }
    }
  }

  @Test
  void whatIsLargerThanAllOfItIsNotKept() throws IOException {
    RangeCache cache = RangeCache.open(directory, 1000);
    cache.put(CORE, "v1", 0, bytes(5000, 1));

    assertThat(cache.get(CORE, "v1", 0, 5000)).isEmpty();
    assertThat(held()).isZero();
  }

  @Test
  void manyMayUseItAtOnceAndNoneSeesAHalfOne() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Boolean>> users =
          IntStream.range(0, 8)
              .<Callable<Boolean>>mapToObj(
                  user ->
                      () -> {
                        RangeCache cache = RangeCache.open(directory, 200_000);
                        for (int i = 0; i < 200; i++) {
                          int which = (i * 7 + user) % 40;
                          ByteView expected = bytes(8000, which);
                          if (!cache
                              .get(CORE, "v" + which, 0, 8000)
                              .map(expected::equals)
                              .orElse(true)) {
                            return false;
                          }
                          cache.put(CORE, "v" + which, 0, expected);
                        }
                        return true;
                      })
              .toList();
      for (Future<Boolean> each : threads.invokeAll(users)) {
        assertThat(each.get()).isTrue();
      }
    }
    assertThat(held()).isLessThanOrEqualTo(2 * 200_000);
  }
}
