package dev.pumphandle.lab.forge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The forger's cores, read by tools that know nothing of us.
///
/// What `eu-readelf -n` (elfutils 0.188) said is recorded beside this test, so that the comparison
/// runs everywhere; where the tools are installed they are asked again. `UPDATE_GOLDEN=1` records
/// anew.
class OutsideOracleTest {

  private static final Path RECORDED = Path.of("src/test/resources/forge");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"return-to-null-kill", "arm-null-field"})
  void euReadelfOnceReadWhatWasForged(String name) throws Exception {
    ForgedPatient patient = patient(name);
    Path recorded = RECORDED.resolve(name + ".eu-readelf-n.txt");
    if (System.getenv("UPDATE_GOLDEN") != null) {
      Files.createDirectories(RECORDED);
      Files.writeString(
          recorded, fingerprint(patient) + new Tool("eu-readelf").run("-n", written(patient)));
    }
    assertThat(Files.readString(recorded))
        .as("the reading is of other bytes: record it anew with UPDATE_GOLDEN=1")
        .startsWith(fingerprint(patient));
    agree(NoteReading.of(Files.readString(recorded)), patient);
  }

  @Test
  @Tag("slow")
  void euReadelfReadsEveryPatientAsForged() throws Exception {
    Tool readelf = new Tool("eu-readelf");
    assumeTrue(readelf.installed(), "eu-readelf (elfutils) is not installed");
    for (ForgedPatient patient : ForgedPatients.all()) {
      if (patient.name().equals("gcore")) continue;
      agree(NoteReading.of(readelf.run("-n", written(patient))), patient);
    }
  }

  @Test
  @Tag("slow")
  void euStackWalksOurCallFramesAndReadsOurSymbols() throws Exception {
    Tool stack = new Tool("eu-stack");
    assumeTrue(stack.installed(), "eu-stack (elfutils) is not installed");
    assertThat(functions(stack.run("--core", written(patient("double-free")))))
        .startsWith(
            "__pthread_kill_implementation",
            "raise",
            "abort",
            "__libc_message",
            "malloc_printerr",
            "_int_free",
            "free",
            "free_twice",
            "dispatch",
            "serve",
            "main",
            "__libc_start_main");
  }

  @Test
  @Tag("slow")
  void euUnstripFindsOurBuildIdsInMemory() throws Exception {
    Tool unstrip = new Tool("eu-unstrip");
    assumeTrue(unstrip.installed(), "eu-unstrip (elfutils) is not installed");
    String list = unstrip.run("-n", "--core", written(patient("double-free")));
    assertThat(list.lines().toList()).hasSize(5).allMatch(l -> l.matches("0x.*[0-9a-f]{40}@0x.*"));
    assertThat(list).contains("/opt/courier/bin/courier", "libunwind.so.8", "linux-vdso.so.1");
  }

  @Test
  @Tag("slow")
  void gdbSeesTheSameThreadsRegistersSignalAndMemory() throws Exception {
    Tool gdb = new Tool("gdb");
    assumeTrue(gdb.installed(), "gdb is not installed");
    for (String name : List.of("return-to-null", "null-field", "wild-store-kill")) {
      ForgedPatient patient = patient(name);
      ForgedCore core = patient.core();
      String said =
          gdb.run(
              "-nx",
              "-batch",
              "-core",
              written(patient),
              "-ex",
              "info threads",
              "-ex",
              "printf \"pc %lx sp %lx\\n\", $rip, $rsp",
              "-ex",
              "printf \"signal %d code %d\\n\", $_siginfo.si_signo, $_siginfo.si_code",
              "-ex",
              "printf \"word %lx\\n\", *(long*)($rsp+8)");
      long sp = core.value("note[0].pr_reg.rsp");
      assertThat(said)
          .contains("pc %x sp %x".formatted(core.value("note[0].pr_reg.rip"), sp))
          .contains(
              "signal %d code %d"
                  .formatted(core.value("note[2].si_signo"), (int) core.value("note[2].si_code")))
          .contains("word %x".formatted(CoreMemory.word(core, sp + 8)));
      assertThat(said.lines().filter(l -> l.contains("LWP") && l.contains("0x")))
          .hasSizeGreaterThanOrEqualTo(patient.truth().threads());
    }
  }

  @Test
  @Tag("slow")
  void gdbUnwindsThroughOurSignalFrameToTheFault() throws Exception {
    Tool gdb = new Tool("gdb");
    assumeTrue(gdb.installed(), "gdb is not installed");
    Body b = Body.x86("courier", "1.0", 4711, 1).linked();
    ForgedCore core = WholeCores.x86(b).forge();
    core.write(directory.resolve("core"));
    for (String file : List.of("exe", "libc")) b.file(file).onDisk().write(directory.resolve(file));
    String said =
        gdb.run(
            "-nx",
            "-batch",
            "-core",
            directory.resolve("core").toString(),
            "-ex",
            "add-symbol-file %s -o 0x%x".formatted(directory.resolve("exe"), b.base("exe")),
            "-ex",
            "add-symbol-file %s -o 0x%x".formatted(directory.resolve("libc"), b.base("libc")),
            "-ex",
            "bt",
            "-ex",
            "frame 5",
            "-ex",
            "info registers");
    assertThat(said).contains("on_fatal_abort ()", "<signal handler called>");
    for (String register : List.of("rip", "rsp", "rbp", "rbx", "r12"))
      assertThat(said)
          .containsPattern(
              "(?m)^%s +0x%x ".formatted(register, core.value("sigframe.gregs." + register)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x86", "arm"})
  @Tag("slow")
  void readelfFindsNoFaultWithOurExecutables(String machine) throws Exception {
    Tool readelf = new Tool("readelf");
    assumeTrue(readelf.installed(), "readelf (binutils) is not installed");
    Path file = directory.resolve("program");
    boolean x86 = machine.equals("x86");
    new ForgedElf(
            x86 ? ForgedMachine.X86_64 : ForgedMachine.AARCH64,
            "/opt/courier/bin/courier",
            x86 ? Software.service() : Software.armService())
        .program()
        .buildId(new byte[20])
        .onDisk()
        .write(file);
    String said = readelf.run("-aW", file.toString());
    assertThat(said).contains("FUNC    GLOBAL DEFAULT", " main", "NT_GNU_BUILD_ID");
    assertThat(said.toLowerCase(Locale.ROOT)).doesNotContain("warning", "error", "corrupt");
    assertThat(readelf.run("--debug-dump=frames-interp", file.toString()))
        .contains("CIE \"zR\"")
        .doesNotContain("arning");
  }

  /// Everything that both the forger and the tool have a word for.
  private static void agree(NoteReading said, ForgedPatient patient) {
    ForgedCore core = patient.core();
    String name = patient.name();
    int thread = 0;
    for (Field f : core.fields()) {
      if (f.name().endsWith(".pr_pid")) {
        String note = f.name().substring(0, f.name().indexOf('.') + 1);
        if (!hasField(core, note + "pr_cursig")) continue;
        var registers = said.threads().get(thread++);
        assertThat(registers).as(name).containsEntry("pid", core.value(f.name()));
        for (Field r : core.fields())
          if (r.name().startsWith(note + "pr_reg."))
            assertThat(registers)
                .as(name)
                .containsEntry(r.name().substring(note.length() + 7), core.value(r.name()));
      }
    }
    assertThat(said.threads()).as(name).hasSize(patient.truth().threads()).hasSize(thread);
    assertThat(said.process())
        .as(name)
        .containsEntry("fname", patient.truth().program())
        .containsEntry("pid", String.valueOf(patient.truth().pid()));
    assertThat(said.signal())
        .as(name)
        .containsEntry("si_signo", core.value("note[2].si_signo"))
        .containsEntry("si_code", (long) (int) core.value("note[2].si_code"));
    if ((int) core.value("note[2].si_code") > 0 && said.signal().containsKey("fault address"))
      assertThat(said.signal()).containsEntry("fault address", core.value("note[2].si_addr"));
    assertThat(said.auxv())
        .as(name)
        .containsEntry("SYSINFO_EHDR", core.value("note[3].at[33].value"))
        .containsEntry("ENTRY", core.value("note[3].at[9].value"))
        .containsEntry("PAGESZ", 4096L);
    assertThat(said.files()).as(name).hasSize((int) core.value("note[4].count"));
    for (int i = 0; i < said.files().size(); i++) {
      String range =
          "%x-%x "
              .formatted(
                  core.value("note[4].file[" + i + "].start"),
                  core.value("note[4].file[" + i + "].end"));
      assertThat(said.files().get(i)).as(name).startsWith(range);
    }
  }

  /// The first line of a recording: which bytes the tool was shown.
  private static String fingerprint(ForgedPatient patient) throws NoSuchAlgorithmException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(patient.bytes());
    return "sha-256 of the core: " + HexFormat.of().formatHex(digest) + "\n";
  }

  private static boolean hasField(ForgedCore core, String name) {
    return core.fields().stream().anyMatch(f -> f.name().equals(name));
  }

  private static List<String> functions(String stack) {
    return stack
        .lines()
        .filter(l -> l.startsWith("#"))
        .map(l -> Arrays.asList(l.split(" ")).getLast())
        .toList();
  }

  private static ForgedPatient patient(String name) {
    return ForgedPatients.all().stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no patient " + name));
  }

  private String written(ForgedPatient patient) throws IOException {
    Path file = directory.resolve("core");
    patient.write(file);
    assertThat(new String(patient.core().read(1, 3), StandardCharsets.US_ASCII)).isEqualTo("ELF");
    return file.toString();
  }
}
