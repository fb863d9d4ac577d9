package dev.pumphandle.corefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every byte source promises; each kind's test extends this.
abstract class ByteSourceContract {

  /// 100,000 bytes, each of which tells its place.
  static final byte[] CONTENT = new byte[100_000];

  static {
    for (int i = 0; i < CONTENT.length; i++) {
      CONTENT[i] = (byte) (i * 31 + (i >> 8));
    }
  }

  /// A new source of [#CONTENT].
  abstract ByteSource open() throws IOException;

  @Test
  void rangesAnswerWithTheirBytes() throws IOException {
    try (ByteSource source = open()) {
      ByteView whole = ByteView.of(CONTENT);
      assertThat(source.length()).isEqualTo(CONTENT.length);
      for (int length : new int[] {0, 1, 4095, 4096, 4097, CONTENT.length - 7}) {
        assertThat(source.read(7, length)).isEqualTo(whole.slice(7, length));
      }
    }
  }

  @Test
  void onlyTheEndMakesAViewShorter() throws IOException {
    try (ByteSource source = open()) {
      int n = CONTENT.length;
      assertThat(source.read(n - 1, 1).length()).isEqualTo(1);
      assertThat(source.read(n - 1, 2).length()).isEqualTo(1);
      assertThat(source.read(0, n + 1).length()).isEqualTo(n);
      assertThat(source.read(n, 1).length()).isZero();
      assertThat(source.read(Long.MAX_VALUE, Integer.MAX_VALUE).length()).isZero();
    }
  }

  @Test
  void negativeRangesAreACallersBug() throws IOException {
    try (ByteSource source = open()) {
      assertThatThrownBy(() -> source.read(-1, 1)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> source.read(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void manyThreadsReadAtOnce() throws Exception {
    try (ByteSource source = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> reads =
          IntStream.range(0, 500)
              .<Callable<Boolean>>mapToObj(
                  i -> () -> source.read(i * 151L, 64).u8(0) == (CONTENT[i * 151] & 0xff))
              .toList();
      for (Future<Boolean> read : threads.invokeAll(reads)) {
        assertThat(read.get()).isTrue();
      }
    }
  }

  @Test
  void closingTwiceDoesNothing() throws IOException {
    ByteSource source = open();
    source.close();
    source.close();
  }
}
