package dev.pumphandle.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.pumphandle.corefile.elf.BuildId;
import dev.pumphandle.corefile.loaded.LinkMap;
import dev.pumphandle.corefile.loaded.LoadedFile;
import dev.pumphandle.corefile.loaded.LoadedFiles;
import dev.pumphandle.corefile.memory.MemoryRead;
import dev.pumphandle.corefile.note.FileMap;
import dev.pumphandle.corefile.note.PrStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cores of real crashes against what eu-readelf said of them; both are made by
/// `resources/cores/make.sh`, with the versions in `made-with.txt`.
class RealCoresTest {

  private static final Pattern REGISTER =
      Pattern.compile("([a-z_0-9.]+): +(-?(?:0x[0-9a-f]+|[0-9]+))");
  private static final Pattern FILE =
      Pattern.compile(" +([0-9a-f]+)-([0-9a-f]+) ([0-9a-f]+) [0-9]+ +(\\S.*)");

  /// What eu-readelf calls otherwise than we.
  private static final Map<String, String> NAMES =
      Map.of("rflags", "eflags", "fs.base", "fs_base", "gs.base", "gs_base");

  private static InputStream resource(String name) {
    return Objects.requireNonNull(RealCoresTest.class.getResourceAsStream("/cores/" + name), name);
  }

  private static CoreFile open(String name) throws IOException {
    try (InputStream in = new ZstdInputStream(resource(name + ".core.zst"))) {
      return CoreFile.open(ByteSource.of(name, in.readAllBytes()));
    }
  }

  private static List<String> oracle(String name) throws IOException {
    try (InputStream in = resource(name + ".readelf")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static String buildId(String program) throws IOException {
    try (InputStream in = resource("made-with.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("build-id " + program + " "))
          .map(line -> line.substring(line.lastIndexOf(' ') + 1))
          .findFirst()
          .orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dynamic",
        "threads",
        "fixed",
        "static",
        "static-pie",
        "prelinked",
        "no-elf-headers",
        "qemu-user",
        "gcore-living",
        "gcore-dying"
      })
  void everyThreadRegisterAndMappingAgreesWithEuReadelf(String name) throws IOException {
    CoreFile core = open(name);
    List<String> oracle = oracle(name);

    assertThat(core.anomalies()).isEmpty();
    List<Map<String, Long>> threads = statuses(oracle);
    assertThat(core.threads()).hasSameSizeAs(threads).isNotEmpty();
    for (int i = 0; i < threads.size(); i++) {
      PrStatus status = core.threads().get(i).status();
      Map<String, Long> expected = threads.get(i);
      assertThat((long) status.tid()).isEqualTo(expected.remove("pid"));
      assertThat((long) status.parentPid()).isEqualTo(expected.remove("ppid"));
      assertThat((long) status.cursig()).isEqualTo(expected.remove("cursig"));
      assertThat(status.registers().all()).containsAllEntriesOf(expected);
      assertThat(expected).hasSize(core.machine() == Machine.X86_64 ? 27 : 34);
    }
    assertThat(core.fileMap().map(FileMap::entries).orElse(List.of())).isEqualTo(files(oracle));
    oracle.stream()
        .filter(line -> line.contains("fname: "))
        .forEach(
            line ->
                assertThat(line)
                    .contains("fname: " + core.processInfo().orElseThrow().name() + ","));
    OptionalLong entry = core.auxVector().orElseThrow().value(9);
    assertThat(oracle).contains("    ENTRY: 0x" + Long.toHexString(entry.orElseThrow()));
  }

  @Test
  void theKernelsCoresNameTheFault() throws IOException {
    for (String name : List.of("dynamic", "threads", "fixed", "static", "static-pie")) {
      CoreFile core = open(name);
      assertThat(core.origin().writer()).isEqualTo(Origin.Writer.KERNEL);
      assertThat(core.sigInfo().orElseThrow().signo()).isEqualTo(11);
      assertThat(core.sigInfo().orElseThrow().address()).hasValue(8);
      assertThat(core.dyingThread()).contains(core.threads().getFirst());
      assertThat(core.truncated()).isFalse();
      long sp = core.threads().getFirst().registers().sp();
      assertThat(core.memory().read(sp - 128, 256)).isInstanceOf(MemoryRead.Present.class);
      long pc = core.threads().getFirst().registers().pc();
      assertThat(core.memory().read(pc, 1)).isEqualTo(new MemoryRead.NotDumped(pc));
      assertThat(core.memory().mappingAt(pc).orElseThrow().permissions().executable()).isTrue();
    }
  }

  @Test
  void gdbsCoresAreKnownForWhatTheyAre() throws IOException {
    CoreFile living = open("gcore-living");
    assertThat(living.origin().writer()).isEqualTo(Origin.Writer.GCORE);
    assertThat(living.dyingThread()).isEmpty();
    assertThat(living.sigInfo()).isEmpty();

    CoreFile dying = open("gcore-dying");
    assertThat(dying.origin().writer()).isEqualTo(Origin.Writer.GCORE);
    assertThat(dying.sigInfo().orElseThrow().signo()).isEqualTo(11);
    assertThat(dying.sigInfo().orElseThrow().address()).hasValue(8);
    assertThat(dying.threads()).allMatch(thread -> thread.sigInfo().isPresent());
  }

  @Test
  void qemusCoreIsKnownForWhatItIs() throws IOException {
    CoreFile core = open("qemu-user");
    assertThat(core.origin().writer()).isEqualTo(Origin.Writer.QEMU_USER);
    assertThat(core.machine()).isEqualTo(Machine.AARCH64);
    assertThat(core.dyingThread()).contains(core.threads().getFirst());
    assertThat(core.sigInfo()).isEmpty();
    assertThat(LoadedFiles.of(core).main().orElseThrow().path()).contains("/opt/patient/arm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dynamic", "fixed", "static", "static-pie", "prelinked"})
  void theMainExecutableIsFoundWithItsBuildId(String name) throws IOException {
    LoadedFile main = LoadedFiles.of(open(name)).main().orElseThrow();
    assertThat(main.path()).contains("/opt/patient/" + name);
    assertThat(main.buildId()).contains(new BuildId(buildId(name)));
    boolean moved = !name.equals("fixed") && !name.equals("static");
    assertThat(main.bias()).isEqualTo(moved ? main.base() : 0);
  }

  @Test
  void aLibraryWithAnAddressOfItsOwnHasItsOwnBias() throws IOException {
    CoreFile core = open("prelinked");
    LoadedFile library =
        LoadedFiles.of(core).list().stream()
            .filter(file -> file.name().endsWith("/libpatient.so"))
            .findFirst()
            .orElseThrow();
    assertThat(library.buildId()).contains(new BuildId(buildId("libpatient.so")));
    assertThat(library.bias()).isEqualTo(library.base() - 0x30_0000_0000L);
    assertThat(LoadedFiles.linkMapOf(core).entries())
        .extracting(LinkMap.Entry::bias)
        .contains(library.bias());
  }

  @Test
  void theLinkMapNamesWhatTheFileMapNames() throws IOException {
    LinkMap links = LoadedFiles.linkMapOf(open("dynamic"));
    assertThat(links.anomalies()).isEmpty();
    assertThat(links.entries())
        .extracting(LinkMap.Entry::path)
        .containsExactly(
            "",
            "linux-vdso.so.1",
            "/lib/x86_64-linux-gnu/libc.so.6",
            "/lib64/ld-linux-x86-64.so.2");
  }

  @Test
  void withoutElfHeadersThereAreFilesButNoBuildIds() throws IOException {
    LoadedFiles files = LoadedFiles.of(open("no-elf-headers"));
    assertThat(files.main().orElseThrow().buildId()).isEmpty();
    assertThat(files.main().orElseThrow().path()).contains("/opt/patient/dynamic");
    assertThat(files.vdso().orElseThrow().buildId()).isPresent();
    assertThat(files.vdsoImage().orElseThrow().symbol("__vdso_time")).isPresent();
  }

  @Test
  void realCoresMayLieToo() throws IOException {
    Random random = new Random(1854);
    for (String name : List.of("dynamic", "gcore-living", "qemu-user")) {
      byte[] bytes;
      try (InputStream in = new ZstdInputStream(resource(name + ".core.zst"))) {
        bytes = in.readAllBytes();
      }
      for (int round = 0; round < 100; round++) {
        byte[] changed = bytes.clone();
        for (int i = 0; i < 16; i++) {
          changed[random.nextInt(random.nextBoolean() ? 8192 : changed.length)] =
              (byte) random.nextInt();
        }
        Probing.probe(ByteSource.of(name + " " + round, ByteView.ofOwned(changed, changed.length)));
      }
    }
  }

  /// The registers and numbers of each PRSTATUS in eu-readelf's text.
  private static List<Map<String, Long>> statuses(List<String> oracle) {
    List<Map<String, Long>> statuses = new ArrayList<>();
    Optional<Map<String, Long>> current = Optional.empty();
    for (String line : oracle) {
      if (line.matches("  [A-Z]+ +[0-9]+ +.*")) {
        current =
            line.endsWith(" PRSTATUS") ? Optional.of(new LinkedHashMap<>()) : Optional.empty();
        current.ifPresent(statuses::add);
      }
      Matcher pairs = REGISTER.matcher(line);
      while (current.isPresent() && pairs.find()) {
        String name = NAMES.getOrDefault(pairs.group(1), pairs.group(1));
        boolean wanted =
            RegisterTable.of(Machine.X86_64).byName().containsKey(name)
                || RegisterTable.of(Machine.AARCH64).byName().containsKey(name)
                || List.of("pid", "ppid", "cursig").contains(name);
        if (wanted) {
          current.get().put(name, number(pairs.group(2)));
        }
      }
    }
    return statuses;
  }

  private static List<FileMap.Entry> files(List<String> oracle) {
    List<FileMap.Entry> files = new ArrayList<>();
    for (String line : oracle) {
      Matcher file = FILE.matcher(line);
      if (file.matches()) {
        files.add(
            new FileMap.Entry(
                Long.parseUnsignedLong(file.group(1), 16),
                Long.parseUnsignedLong(file.group(2), 16),
                Long.parseUnsignedLong(file.group(3), 16),
                file.group(4)));
      }
    }
    return files;
  }

  private static long number(String text) {
    return text.startsWith("0x")
        ? Long.parseUnsignedLong(text.substring(2), 16)
        : text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
  }
}
