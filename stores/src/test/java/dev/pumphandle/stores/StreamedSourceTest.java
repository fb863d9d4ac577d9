package dev.pumphandle.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.MeteredSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
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

  private static byte[] seekable(byte[] plain, int frameBytes) {
    ByteBuffer packed =
        ByteBuffer.allocate(2 * plain.length + 100_000).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer entries =
        ByteBuffer.allocate(16 * (plain.length / frameBytes + 2)).order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < plain.length; from += frameBytes) {
      byte[] frame =
          Zstd.compress(Arrays.copyOfRange(plain, from, Math.min(plain.length, from + frameBytes)));
      packed.put(frame);
      entries.putInt(frame.length).putInt(Math.min(frameBytes, plain.length - from));
    }
    int frames = entries.position() / 8;
    packed.putInt(0x184d2a5e).putInt(entries.position() + 9);
    packed.put(entries.flip()).putInt(frames).put((byte) 0).putInt(0x8f92eab1);
    return Arrays.copyOf(packed.array(), packed.position());
  }

  @Test
  void aSeekTableLeadsStraightToTheFrame() throws IOException {
    byte[] plain = Packed.content(30 << 20);
    byte[] packed = seekable(plain, 100_003);
    MeteredSource raw = new MeteredSource(ByteSource.of("seekable", packed));
    try (StreamedSource source = new StreamedSource(raw, Compression.ZSTD, NO_LIMIT)) {
      assertThat(source.read(29 << 20, 5000).toArray())
          .isEqualTo(Arrays.copyOfRange(plain, 29 << 20, (29 << 20) + 5000));
      assertThat(source.read(12_345_678, 200_000).toArray())
          .isEqualTo(Arrays.copyOfRange(plain, 12_345_678, 12_545_678));
      assertThat(source.knownLength()).hasValue(plain.length);
      assertThat(raw.bytesRead()).isLessThan(1 << 20);
      assertThat(raw.requests()).isLessThan(12);
    }
  }

  @Test
  void aSeekTableReachesBeyondTheScanLimit() throws IOException {
    byte[] plain = Packed.content(16 << 20);
    try (StreamedSource source = open(seekable(plain, 1 << 18), 1 << 20)) {
      assertThat(source.read(15 << 20, 100).toArray())
          .isEqualTo(Arrays.copyOfRange(plain, 15 << 20, (15 << 20) + 100));
      assertThat(source.shortfall()).isEmpty();
    }
  }

  @Test
  void aSeekTableThatLiesIsNoTable() throws IOException {
    byte[] plain = Packed.content(8 << 20);
    byte[] packed = seekable(plain, 1 << 18);
    packed[packed.length - 9]++; // one frame more than there are
    try (StreamedSource source = open(packed, NO_LIMIT)) {
      assertThat(source.read(7 << 20, 100).toArray())
          .isEqualTo(Arrays.copyOfRange(plain, 7 << 20, (7 << 20) + 100));
    }
  }

  @Test
  void aBrokenFrameBesideATableBreaksNoOther() throws IOException {
    byte[] plain = Packed.content(16 << 20);
    byte[] packed = seekable(plain, 1 << 20);
    int frame = packed.length / 2;
    while (packed[frame] != 0x28 || packed[frame + 1] != (byte) 0xb5 || packed[frame + 2] != 0x2f) {
      frame++;
    }
    packed[frame] = 0;
    try (StreamedSource source = open(packed, NO_LIMIT)) {
      assertThat(source.read(15 << 20, 100).length()).isEqualTo(100);
      int read = 0;
      for (int from = 0; from < plain.length; from += 1 << 20) {
        read += source.read(from, 1 << 20).length();
      }
      assertThat(read).isBetween(14 << 20, (16 << 20) - 1);
      assertThat(source.shortfall().orElseThrow()).contains("broken");
    }
  }

  @Test
  void whatLiesBeyondTheScanLimitIsNotStreamedFor() throws IOException {
    byte[] packed = Packed.pack(Compression.ZSTD, Packed.content(16 << 20));
    MeteredSource raw = new MeteredSource(ByteSource.of("packed", packed));
    try (StreamedSource source = new StreamedSource(raw, Compression.ZSTD, 8 << 20)) {
      assertThat(source.read(0, 100).length()).isEqualTo(100);
      assertThat(source.read(9 << 20, 100).length()).isZero();
      assertThat(source.shortfall().orElseThrow()).contains("--scan-limit");
      assertThat(source.knownLength()).isEmpty();
      assertThat(raw.bytesRead()).isLessThan(1 << 20);
    }
  }

  @Test
  void theLengthIsNotAskedOfTheStreamBeforeItsEnd() throws IOException {
    byte[] plain = Packed.content(5 * N);
    try (StreamedSource source = open(Packed.pack(Compression.XZ, plain), NO_LIMIT)) {
      source.read(0, 100);
      assertThat(source.knownLength()).isEmpty();
      assertThat(source.read(plain.length - 10, 100).length()).isEqualTo(10);
      assertThat(source.knownLength()).hasValue(plain.length);
    }
  }

  @Test
  void aStoreThatFailsIsNoBrokenStream() throws IOException {
    byte[] packed = Packed.pack(Compression.ZSTD, Packed.content(4 << 20));
    AtomicBoolean down = new AtomicBoolean();
    ByteSource whole = ByteSource.of("packed", packed);
    ByteSource shaky = new FailingSource(whole, down);
    try (StreamedSource source = new StreamedSource(shaky, Compression.ZSTD, NO_LIMIT)) {
      assertThat(source.read(0, 100).length()).isEqualTo(100);
      down.set(true);
      assertThatThrownBy(() -> source.read(3 << 20, 100))
          .isInstanceOf(IOException.class)
          .hasMessage("connection reset");
      down.set(false);
      assertThat(source.read(3 << 20, 100).length()).isEqualTo(100);
      assertThat(source.shortfall()).isEmpty();
    }
  }

  @Test
  void goingBackAndForthForEverComesToAnEnd() throws IOException {
    byte[] plain = new byte[60 << 20];
    new Random(5).nextBytes(plain);
    try (StreamedSource source = open(Packed.pack(Compression.ZSTD, plain), 60 << 20)) {
      int answered = 0;
      for (int turn = 0; turn < 100; turn++) {
        int from = (turn % 2 == 0 ? 50 << 20 : 20 << 20) - turn * N;
        answered += source.read(from, 10).length() > 0 ? 1 : 0;
      }
      assertThat(answered).isBetween(3, 30);
      assertThat(source.shortfall().orElseThrow()).contains("in all");
    }
  }

  private record FailingSource(ByteSource whole, AtomicBoolean down) implements ByteSource {
    @Override
    public String name() {
      return whole.name();
    }

    @Override
    public long length() throws IOException {
      return whole.length();
    }

    @Override
    public ByteView read(long offset, int length) throws IOException {
      if (down.get()) {
        throw new IOException("connection reset");
      }
      return whole.read(offset, length);
    }

    @Override
    public void close() {}
  }
}
