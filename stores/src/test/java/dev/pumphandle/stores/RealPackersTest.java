package dev.pumphandle.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.FileSource;
import dev.pumphandle.corefile.MeteredSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the tools that people have write, whole and cut. Tests whose tool is missing are skipped;
/// `.ci/run` installs them all.
class RealPackersTest {
  private static final byte[] PLAIN = content();

  @TempDir Path home;

  /// Like a core: noise, zeros, text that repeats itself within and across blocks.
  private static byte[] content() {
    byte[] bytes = Packed.content(11 << 20);
    byte[] text = new byte[70_000];
    new Random(9).nextBytes(text);
    for (int at = 1 << 20; at < 9 << 20; at += 300_007) {
      System.arraycopy(text, 0, bytes, at, text.length);
    }
    return bytes;
  }

  private Path packed(String command) throws IOException, InterruptedException {
    Path plain = Files.write(home.resolve("core"), PLAIN);
    Path packed = home.resolve("core.packed");
    String tool = command.substring(0, command.indexOf(' '));
    assumeTrue(
        List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(each -> Files.isExecutable(Path.of(each, tool))),
        tool + " is not installed");
    Process process =
        new ProcessBuilder(command.split(" "))
            .redirectInput(plain.toFile())
            .redirectOutput(packed.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).as(command).isZero();
    return packed;
  }

  private static StreamedSource open(ByteSource raw) throws IOException {
    Optional<Compression> kind = Compression.of(raw);
    return new StreamedSource(raw, kind.orElseThrow(), 1L << 30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "zstd -c", "zstd -c --long=27 -T2", "zstd -c --no-check -1", "pzstd -c", "lz4 -c",
        "lz4 -c -BD", "lz4 -c -BX -B4", "lz4 -c -l", "lz4 -c --no-frame-crc -B5 -BD", "xz -c -1",
        "xz -c -1 -T2 --block-size=1MiB", "bzip2 -c", "gzip -c", "gzip -c -1"
      })
  void wholeAndInAnyOrderAndCut(String command) throws Exception {
    Path packed = packed(command);
    try (StreamedSource source = open(FileSource.open(packed))) {
      assertThat(source.length()).isEqualTo(PLAIN.length);
      for (int from : new int[] {10 << 20, 0, 6_000_001, 3 << 20}) {
        assertThat(source.read(from, 300_000).toArray())
            .isEqualTo(Arrays.copyOfRange(PLAIN, from, from + 300_000));
      }
      assertThat(source.shortfall()).isEmpty();
    }
    byte[] bytes = Files.readAllBytes(packed);
    byte[] cut = Arrays.copyOf(bytes, bytes.length / 2);
    try (StreamedSource source = open(ByteSource.of("cut", cut))) {
      int length = (int) source.length();
      assertThat(length).isBetween(PLAIN.length / 8, PLAIN.length - 1);
      assertThat(source.read(0, PLAIN.length).toArray()).isEqualTo(Arrays.copyOf(PLAIN, length));
      assertThat(source.shortfall()).isPresent();
    }
  }

  @Test
  void lz4OfLinkedBlocks() throws Exception {
    Path packed = packed("lz4 -c -BD -B4");
    assertThat(Files.readAllBytes(packed)[4] & 0x20).as("block independence").isZero();
    try (StreamedSource source = open(FileSource.open(packed))) {
      assertThat(source.read(0, PLAIN.length).toArray()).isEqualTo(PLAIN);
    }
  }

  @Test
  void theIndexOfAnXzOfManyBlocksLeadsToTheBlock() throws Exception {
    Path packed = packed("xz -c -1 -T2 --block-size=256KiB");
    MeteredSource raw = new MeteredSource(FileSource.open(packed));
    try (StreamedSource source = open(raw)) {
      int from = 10 << 20;
      assertThat(source.read(from, 1000).toArray())
          .isEqualTo(Arrays.copyOfRange(PLAIN, from, from + 1000));
      assertThat(raw.bytesRead()).isLessThan(1 << 20);
    }
  }

  @Test
  void aWrongByteInAnLz4BlockIsNoticed() throws Exception {
    byte[] bytes = Files.readAllBytes(packed("lz4 -c -BX -B4"));
    bytes[bytes.length / 2] ^= 0x10;
    try (StreamedSource source = open(ByteSource.of("wrong", bytes))) {
      assertThat(source.length()).isBetween(1L << 20, PLAIN.length - 1L);
      assertThat(source.shortfall().orElseThrow()).contains("broken after");
    }
  }
}
