package dev.pumphandle.stores.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.LayeredSource;
import dev.pumphandle.stores.Contents;
import dev.pumphandle.stores.OpenedArchive;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/// Archives that mean harm: lies about sizes, members without end, bombs, damage of all kinds.
/// Whatever they are, the walk ends, soon and with a reason.
class ArchivesTest {
  private static final Limits SMALL = new Limits(1 << 20, 16 << 20, 2_000, 100);

  /// The beginning of an ELF core, and something behind it.
  private static byte[] core(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    System.arraycopy(
        new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0},
        0,
        bytes,
        0,
        18);
    return bytes;
  }

  private static byte[] header(String name, String size) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 124, size);
    put(header, 136, "00000000000 ");
    put(header, 156, "0");
    put(header, 257, "ustar\00000");
    put(header, 148, "        ");
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xff;
    }
    put(header, 148, String.format("%06o\0 ", sum));
    return header;
  }

  private static void put(byte[] into, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, into, at, bytes.length);
  }

  private static byte[] tar(byte[]... parts) {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      tar.writeBytes(part);
      tar.writeBytes(new byte[-part.length & 511]);
    }
    tar.writeBytes(new byte[1024]);
    return tar.toByteArray();
  }

  private static byte[] zip(byte[]... contents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < contents.length; i++) {
        zip.putNextEntry(new ZipEntry("core." + i));
        zip.write(contents[i]);
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private record Walked(List<String> names, long bytes, Optional<String> shortfall) {}

  /// Walks an archive and reads all of each member, twice at its beginning.
  private static Walked walk(byte[] archive, Limits limits) throws IOException {
    return walk(ByteSource.of("archive", archive), limits);
  }

  private static Walked walk(ByteSource archive, Limits limits) throws IOException {
    return switch (Contents.open(archive, limits)) {
      case Contents.One(LayeredSource bytes) -> {
        long read = read(bytes);
        yield new Walked(List.of(), read, bytes.shortfall());
      }
      case Contents.Several(OpenedArchive several) -> {
        List<String> names = new ArrayList<>();
        long read = 0;
        Optional<Member> member = several.next();
        while (member.isPresent()) {
          names.add(member.get().name());
          if (member.get().body() instanceof Member.Body.Inside inside) {
            try (LayeredSource bytes = several.open(inside)) {
              read += read(bytes);
              bytes.read(0, 100);
            }
          }
          member = several.next();
        }
        several.close();
        yield new Walked(names, read, several.shortfall());
      }
    };
  }

  private static long read(ByteSource source) throws IOException {
    long at = 0;
    while (true) {
      int count = source.read(at, 1 << 16).length();
      if (count == 0) {
        return at;
      }
      at += count;
    }
  }

  @Test
  void aTarOfMembersWithoutEndIsLeftAtSomePoint() throws IOException {
    byte[] one = header("core.1", "00000000200\0");
    byte[] data = Arrays.copyOf(core(200), 512);
    ByteSource endless =
        new ByteSource() {
          @Override
          public String name() {
            return "endless";
          }

          @Override
          public long length() {
            return Long.MAX_VALUE;
          }

          @Override
          public ByteView read(long offset, int length) {
            byte[] bytes = new byte[length];
            for (int i = 0; i < length; i++) {
              int in = (int) ((offset + i) % 1024);
              bytes[i] = in < 512 ? one[in] : data[in - 512];
            }
            return ByteView.of(bytes);
          }

          @Override
          public void close() {}
        };
    Walked walked = walk(endless, SMALL);
    assertThat(walked.names()).hasSize(100).doesNotHaveDuplicates();
    assertThat(walked.shortfall().orElseThrow()).contains("100 cores, no further");
  }

  @Test
  void sizesThatLieEndTheWalkWithAReason() throws IOException {
    byte[] good = core(5000);
    for (String size :
        List.of(
            "77777777777\0",
            "-0000000001\0",
            "nonsense!!!\0",
            "\u0080\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff")) {
      Walked walked =
          walk(tar(header("core.1", "00000011610\0"), good, header("core.2", size), good), SMALL);
      assertThat(walked.names()).as(size).startsWith("core.1");
      assertThat(walked.shortfall()).as(size).isPresent();
    }
  }

  @Test
  void aCoreThatUnpacksWithoutEndIsReadUpToTheLimit() throws IOException {
    byte[] zeros = Arrays.copyOf(core(200), 64 << 20);
    byte[] archive = zip(zeros, core(3000));
    Walked walked = walk(archive, SMALL);
    assertThat(walked.names()).containsExactly("core.0", "core.1");
    assertThat(walked.bytes()).isEqualTo((1 << 20) + 3000);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(
          tar(
              header("core.1", "00400000000\0"),
              zeros,
              header("core.2", "00000005670\0"),
              core(3000)));
    }
    Walked tarred = walk(packed.toByteArray(), SMALL);
    assertThat(tarred.bytes()).isLessThanOrEqualTo(16 << 20);
    assertThat(tarred.shortfall().orElseThrow()).contains("16777216 bytes only");
  }

  @Test
  void membersOfAZipThatShareTheirBytesAreNotReadTwice() throws IOException {
    byte[] archive = zip(core(4000), core(4000));
    int first = indexOf(archive, "PK\1\2", 0);
    int second = indexOf(archive, "PK\1\2", first + 4);
    ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN).putInt(second + 42, 0);
    Walked walked = walk(archive, SMALL);
    assertThat(walked.bytes()).isEqualTo(4000);
    assertThat(walked.shortfall().orElseThrow()).contains("overlap");
  }

  private static int indexOf(byte[] bytes, String text, int from) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text, from);
  }

  @Test
  void whateverIsDamagedTheWalkEnds() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(core(9000));
    }
    String crash =
        "ProblemType: Crash\nSignal: 11\nCoreDump: base64\n "
            + Base64.getEncoder().encodeToString(packed.toByteArray())
            + "\nTags: x\n";
    String fields =
        "__CURSOR=1\nCOREDUMP_PID=1\nMESSAGE_ID=" + JournalFields.MESSAGE + "\nCOREDUMP\n";
    ByteArrayOutputStream export = new ByteArrayOutputStream();
    for (int i = 0; i < 3; i++) {
      export.writeBytes(fields.getBytes(StandardCharsets.UTF_8));
      export.writeBytes(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(2000).array());
      export.writeBytes(core(2000));
      export.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    }
    String json =
        "{\"__CURSOR\":\"1\",\"COREDUMP_PID\":\"1\",\"COREDUMP\":"
            + Arrays.toString(new int[3000])
            + "}\n";
    List<byte[]> whole =
        List.of(
            tar(
                header("core.1", "00000011610\0"),
                core(5000),
                header("core.2", "00000005670\0"),
                core(3000)),
            zip(core(5000), core(3000), new byte[50_000]),
            crash.getBytes(StandardCharsets.UTF_8),
            export.toByteArray(),
            json.repeat(3).getBytes(StandardCharsets.UTF_8));
    Random random = new Random(11);
    for (byte[] good : whole) {
      assertThat(walk(good, SMALL).names()).isNotEmpty();
      for (int round = 0; round < 400; round++) {
        byte[] bad =
            Arrays.copyOf(good, round % 3 == 0 ? random.nextInt(good.length) : good.length);
        for (int hit = 0; hit < 1 + round % 8 && bad.length > 0; hit++) {
          int at = random.nextInt(round % 2 == 0 ? Math.min(600, bad.length) : bad.length);
          bad[at] = (byte) random.nextInt();
        }
        Walked walked = walk(bad, SMALL);
        assertThat(walked.names()).hasSizeLessThanOrEqualTo(100).doesNotHaveDuplicates();
        assertThat(walked.bytes()).isLessThan(64 << 20);
      }
    }
  }
}
