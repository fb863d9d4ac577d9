package dev.pumphandle.stores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamedSourceTest {
  private static final int N = PageCache.PAGE;
  private static final long NO_LIMIT = 1L << 40;

  private static StreamedSource open(byte[] packed, long scanLimit) {
    Compression kind = Compression.of(ByteView.of(Arrays.copyOf(packed, 6))).orElseThrow();
    return new StreamedSource(ByteSource.of("packed", packed), kind, scanLimit);
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void everySizeAroundAPageIsReadWhole(Compression kind) throws IOException {
    for (int size : new int[] {0, 1, N - 1, N, N + 1, 3 * N}) {
      byte[] plain = Packed.content(size);
      try (StreamedSource source = open(Packed.pack(kind, plain), NO_LIMIT)) {
        assertThat(source.read(0, size + 10).toArray()).as(kind + " " + size).isEqualTo(plain);
        assertThat(source.length()).isEqualTo(size);
        assertThat(source.read(size, 1).length()).isZero();
        assertThat(source.read(size + 12_345L, 1).length()).isZero();
        assertThat(source.shortfall()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void lengthFirstThenAnyRangeInAnyOrder(Compression kind) throws IOException {
    byte[] plain = Packed.content(20 * N + 77);
    try (StreamedSource source = open(Packed.pack(kind, plain), NO_LIMIT)) {
      assertThat(source.length()).isEqualTo(plain.length);
      Random random = new Random(7);
      for (int round = 0; round < 200; round++) {
        int from = random.nextInt(plain.length);
        int length = random.nextInt(3 * N);
        int to = Math.min(plain.length, from + length);
        assertThat(source.read(from, length).toArray())
            .isEqualTo(Arrays.copyOfRange(plain, from, to));
      }
    }
  }

  @Test
  void pagesThatFellOutOfTheCacheAreUnpackedAgain() throws IOException {
    byte[] plain = new byte[40 << 20];
    new Random(1).nextBytes(plain);
    try (StreamedSource source = open(Packed.pack(Compression.ZSTD, plain), NO_LIMIT)) {
      assertThat(source.length()).isEqualTo(plain.length);
      for (int from : new int[] {10 << 20, 30 << 20, 5 << 20, 0, 39 << 20}) {
        assertThat(source.read(from, 100_000).toArray())
            .isEqualTo(Arrays.copyOfRange(plain, from, from + 100_000));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void aCutStreamYieldsWhatItHasAndSaysWhy(Compression kind) throws IOException {
    byte[] plain = Packed.content(2_500_000);
    byte[] packed = Packed.pack(kind, plain);
    byte[] cut = Arrays.copyOf(packed, packed.length * 3 / 4);
    try (StreamedSource source = open(cut, NO_LIMIT)) {
      long length = source.length();
      assertThat(length).isBetween(200_000L, plain.length - 1L);
      assertThat(source.shortfall().orElseThrow()).contains("broken after");
      assertThat(source.read(0, (int) length + 50).toArray())
          .isEqualTo(Arrays.copyOf(plain, (int) length));
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void corruptBytesEndTheSourceAndNothingElse(Compression kind) throws IOException {
    byte[] packed = Packed.pack(kind, Packed.content(600_000));
    Random random = new Random(3);
    for (int round = 0; round < 40; round++) {
      byte[] hostile = packed.clone();
      for (int hit = 0; hit < 20; hit++) {
        hostile[6 + random.nextInt(hostile.length - 6)] = (byte) random.nextInt();
      }
      try (StreamedSource source = open(hostile, 1 << 20)) {
        long length = source.length();
        assertThat(length).isBetween(0L, 1L << 20);
        assertThat(source.read(0, 1 << 20).length()).isLessThanOrEqualTo((int) length);
        assertThat(source.read(length / 2, 1 << 20).length()).isLessThanOrEqualTo((int) length);
      }
    }
  }

  @Test
  void theScanLimitEndsTheSourceAndIsNamed() throws IOException {
    byte[] plain = Packed.content(4 * N);
    try (StreamedSource source = open(Packed.pack(Compression.GZIP, plain), N + 100)) {
      assertThat(source.length()).isEqualTo(N + 100);
      assertThat(source.read(N, N).length()).isEqualTo(100);
      assertThat(source.shortfall().orElseThrow()).contains("--scan-limit");
    }
    try (StreamedSource source = open(Packed.pack(Compression.GZIP, plain), plain.length)) {
      assertThat(source.length()).isEqualTo(plain.length);
      assertThat(source.shortfall()).isEmpty();
    }
  }

  @Test
  void aBombOfZerosNeedsNoMemory() throws IOException {
    byte[] frame = Packed.pack(Compression.ZSTD, new byte[8 << 20]);
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int each = 0; each < 64; each++) {
      frames.write(frame);
    }
    try (StreamedSource source = open(frames.toByteArray(), NO_LIMIT)) {
      assertThat(source.length()).isEqualTo(512L << 20);
      assertThat(source.read(300 << 20, 8).u64(0)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Compression.class,
      names = {"ZSTD", "GZIP", "LZ4", "BZIP2", "XZ"})
  void severalFramesInARowAreOneStream(Compression kind) throws IOException {
    byte[] first = Packed.content(N + 5);
    byte[] second = Packed.content(2 * N);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    packed.write(Packed.pack(kind, first));
    packed.write(Packed.pack(kind, second));
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(first);
    both.write(second);
    try (StreamedSource source = open(packed.toByteArray(), NO_LIMIT)) {
      assertThat(source.read(0, 1 << 20).toArray()).isEqualTo(both.toByteArray());
    }
  }

  @Test
  void manyThreadsReadOneSource() throws Exception {
    byte[] plain = Packed.content(30 * N);
    try (StreamedSource source = open(Packed.pack(Compression.ZSTD, plain), NO_LIMIT);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int each = 0; each < 64; each++) {
        int from = each * 13_331;
        answers.add(
            threads.submit(
                () ->
                    Arrays.equals(
                        source.read(from, 50_000).toArray(),
                        Arrays.copyOfRange(plain, from, from + 50_000))));
      }
      for (Future<Boolean> answer : answers) {
        assertThat(answer.get()).isTrue();
      }
    }
  }

  @Test
  void whatIsNotCompressedIsToldFromItsFirstBytes() {
    assertThat(Compression.of(ByteView.of(new byte[] {0x7f, 'E', 'L', 'F', 2, 1}))).isEmpty();
    assertThat(Compression.of(ByteView.of(new byte[0]))).isEmpty();
    assertThat(Compression.of(ByteView.of(new byte[] {'B', 'Z'}))).isEmpty();
    assertThat(Compression.of(ByteView.of(new byte[] {'B', 'Z', 'h', '0'}))).isEmpty();
  }
}
