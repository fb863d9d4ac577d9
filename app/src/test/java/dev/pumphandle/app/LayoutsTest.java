package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import dev.pumphandle.lab.forge.ForgedPatient;
import dev.pumphandle.lab.forge.ForgedPatients;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cores as crash handlers and people leave them: in archives, reports, exports and directories.
class LayoutsTest {
  private static final List<ForgedPatient> PATIENTS = ForgedPatients.all().subList(0, 3);
  private static final byte[] CORE = PATIENTS.getFirst().bytes();
  private static final String BOOT = "0123456789abcdef0123456789abcdef";
  private static final String POD = "11111111-2222-3333-4444-555555555555";
  private static final String CONTAINER = "c0ffee".repeat(10) + "abcd";

  @TempDir Path home;
  private Path cores;

  @BeforeEach
  void aWorkspaceAndADirectory() throws IOException {
    assertThat(Ran.in(home, "init").code()).isZero();
    cores = Files.createDirectory(home.resolve("cores"));
  }

  private String ask(String sql) {
    Ran ran = Ran.in(home, "sql", sql);
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran.out().lines().skip(1).collect(Collectors.joining("\n"));
  }

  private Ran collect(int code) {
    Ran ran = Ran.in(home, "collect", "cores", "-o", "tsv");
    assertThat(ran.code()).as(ran.err()).isEqualTo(code);
    return ran;
  }

  private void nothingIsReadTwice() {
    Ran again = Ran.in(home, "collect", "cores", "-o", "tsv");
    assertThat(again.out()).as(again.err()).contains("begun\t0").contains("bytes_read\t0");
  }

  /// Facts of rows that are not in `plain/`, less those of rows that are.
  private String differing() {
    String facts =
        "select * exclude (case_id, object_uri, object_bytes, object_version, bytes_read, requests,"
            + " collected_at, archive_uri, archive_version, archive_members, episode_id,"
            + " observed_at, observed_at_from, crash_handler, extra) from cases where ";
    return ask(
        "select count(*) from ("
            + facts
            + "object_uri not like '%/plain/%' except "
            + facts
            + "object_uri like '%/plain/%')");
  }

  private Path plain(Path directory) throws IOException {
    Path plain = Files.createDirectories(directory.resolve("plain"));
    for (ForgedPatient patient : PATIENTS) {
      patient.write(plain.resolve("core." + patient.truth().pid()));
    }
    Files.writeString(plain.resolve("README"), "What these are.\n".repeat(40));
    return plain;
  }

  private void run(Path in, String... command) throws IOException, InterruptedException {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(each -> Files.isExecutable(Path.of(each, command[0]))),
        command[0] + " is not installed");
    Process process =
        new ProcessBuilder(command)
            .directory(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("tool.log").toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(home.resolve("tool.log"))).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tar -cf x.tar plain",
        "tar -cf x.tar --format=posix plain",
        "tar -cSf x.tar plain",
        "tar -cSf x.tar --format=posix plain",
        "tar -czf x.tgz plain",
        "tar --zstd -cf x.tar.zst plain",
        "tar -cJf x plain",
        "tar -cjSf x.tar.bz2 plain",
        "zip -qr x.zip plain",
        "zip -qr0 x.zip plain"
      })
  void theCoresInAnArchiveGiveTheRowsOfThePlainCores(String command) throws Exception {
    Path source = Files.createDirectory(home.resolve("source"));
    plain(source);
    run(source, command.split(" "));
    Path archive;
    try (var files = Files.list(source)) {
      archive = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    Files.move(archive, cores.resolve(archive.getFileName()));
    collect(0);
    assertThat(ask("select count(*), count(distinct object_uri), max(archive_members) from cases"))
        .isEqualTo("3\t3\t3");
    assertThat(ask("select object_uri from cases order by 1 limit 1"))
        .startsWith(cores.toUri().toString())
        .contains("!/plain/core.");
    nothingIsReadTwice();
    Files.createDirectories(cores.resolve("plain"));
    plain(cores);
    Files.delete(cores.resolve("plain/README"));
    collect(0);
    assertThat(ask("select count(*) from cases")).isEqualTo("6");
    assertThat(differing()).isEqualTo("0");
  }

  @Test
  void anArchiveThatIsCutGivesTheCoresThatAreThereAndSaysSo() throws Exception {
    Path source = Files.createDirectory(home.resolve("source"));
    plain(source);
    run(source, "tar", "-cf", "x.tar", "plain");
    byte[] whole = Files.readAllBytes(source.resolve("x.tar"));
    Files.write(cores.resolve("x.tar"), Arrays.copyOf(whole, whole.length / 2));
    collect(0);
    assertThat(ask("select count(*) from cases where read_state = 'complete'")).isEqualTo("1");
    assertThat(ask("select read_problem from cases where object_uri like '%x.tar'"))
        .contains("cut at byte");
    nothingIsReadTwice();
  }

  @Test
  void anArchiveInAnArchiveIsRefusedByName() throws Exception {
    Path source = Files.createDirectory(home.resolve("source"));
    plain(source);
    run(source, "tar", "-cf", "core.tar.1", "plain");
    run(source, "tar", "-cf", "x.tar", "core.tar.1");
    Files.move(source.resolve("x.tar"), cores.resolve("x.tar"));
    collect(3);
    assertThat(ask("select read_state, read_problem from cases"))
        .startsWith("refused")
        .contains("an archive within an archive");
  }

  @Test
  void anArchiveWithoutACoreIsARowThatSaysSo() throws Exception {
    Path source = Files.createDirectory(home.resolve("source"));
    Files.writeString(source.resolve("notes.txt"), "nothing here\n".repeat(100));
    run(source, "zip", "-q", "x.zip", "notes.txt");
    Files.move(source.resolve("x.zip"), cores.resolve("x.zip"));
    collect(3);
    assertThat(ask("select read_state, read_problem from cases"))
        .startsWith("refused")
        .contains("zip archive without a core in it");
    nothingIsReadTwice();
  }

  private static String json(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(e -> "\"" + e.getKey() + "\":\"" + e.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static Map<String, String> entry() {
    return Map.ofEntries(
        Map.entry("__CURSOR", "s=1;i=2"),
        Map.entry("__REALTIME_TIMESTAMP", "1780000000123456"),
        Map.entry("MESSAGE_ID", "fc2e22bc6ee647b6b90729ab34a250b1"),
        Map.entry("_HOSTNAME", "node-7"),
        Map.entry("_BOOT_ID", BOOT),
        Map.entry("COREDUMP_PID", "4242"),
        Map.entry("COREDUMP_UID", "1000"),
        Map.entry("COREDUMP_SIGNAL", "11"),
        Map.entry("COREDUMP_TIMESTAMP", "1780000000000000"),
        Map.entry("COREDUMP_COMM", "courier"),
        Map.entry("COREDUMP_EXE", "/usr/bin/courier"),
        Map.entry("COREDUMP_CMDLINE", "courier --fast"),
        Map.entry("COREDUMP_UNIT", "courier.service"),
        Map.entry("COREDUMP_ENVIRON", "SECRET=1"),
        Map.entry(
            "COREDUMP_CGROUP",
            "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod"
                + POD.replace('-', '_')
                + ".slice/cri-containerd-"
                + CONTAINER
                + ".scope"),
        Map.entry("COREDUMP_PACKAGE_NAME", "courier"),
        Map.entry("COREDUMP_PACKAGE_VERSION", "1.0-3"));
  }

  private static final String JOURNAL_FACTS =
      "select crash_handler, host_name, host_boot_id, process_command_line, systemd_unit,"
          + " k8s_pod_uid, container_id, package_name, package_version, epoch_us(observed_at),"
          + " observed_at_from from cases";

  private static final String WHAT_THE_JOURNAL_KNOWS =
      String.join(
          "\t",
          "systemd-coredump",
          "node-7",
          BOOT,
          "courier --fast",
          "courier.service",
          POD,
          CONTAINER,
          "courier",
          "1.0-3",
          "1780000000000000",
          "report");

  private static String numbers() {
    StringBuilder text = new StringBuilder("[");
    for (byte each : CORE) {
      text.append(text.length() > 1 ? "," : "").append(each & 0xff);
    }
    return text.append("]").toString();
  }

  @Test
  void aJournalInJsonWithTheCoreInIt() throws IOException {
    String entry = json(entry());
    String inline = entry.substring(0, entry.length() - 1) + ",\"COREDUMP\":" + numbers() + "}\n";
    Files.writeString(
        cores.resolve("journal.json"),
        "{\"__REALTIME_TIMESTAMP\":\"1\",\"MESSAGE\":\"something else\"}\n" + inline);
    collect(0);
    assertThat(ask(JOURNAL_FACTS)).isEqualTo(WHAT_THE_JOURNAL_KNOWS);
    assertThat(ask("select read_state, object_uri from cases"))
        .startsWith("complete")
        .contains("journal.json!/core.courier.1000." + BOOT + ".4242.1780000000000000");
    nothingIsReadTwice();
    plain(cores);
    Files.delete(cores.resolve("plain/README"));
    collect(0);
    assertThat(
            ask(
                "select count(distinct signature) from cases where read_state = 'complete'"
                    + " and (archive_uri is not null or object_uri like '%core."
                    + PATIENTS.getFirst().truth().pid()
                    + "')"))
        .isEqualTo("1");
  }

  @Test
  void aJournalExportWithTheCoreInItThatIsCut() throws IOException {
    ByteArrayOutputStream export = new ByteArrayOutputStream();
    export.writeBytes("__CURSOR=s=1\n".getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, String> each : entry().entrySet()) {
      if (!each.getKey().equals("__CURSOR")) {
        export.writeBytes(
            (each.getKey() + "=" + each.getValue() + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] fields = export.toByteArray();
    export.writeBytes("COREDUMP\n".getBytes(StandardCharsets.UTF_8));
    export.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(CORE.length).array());
    export.writeBytes(CORE);
    export.writeBytes("\n\n".getBytes(StandardCharsets.UTF_8));
    byte[] first = export.toByteArray();
    export.writeBytes(Arrays.copyOf(first, fields.length + 17 + CORE.length * 3 / 4));
    Files.write(cores.resolve("two.export"), export.toByteArray());
    collect(0);
    assertThat(ask("select read_state from cases order by 1"))
        .isEqualTo("complete\ntruncated\ntruncated");
    assertThat(ask(JOURNAL_FACTS + " where read_state = 'complete'"))
        .isEqualTo(WHAT_THE_JOURNAL_KNOWS);
    nothingIsReadTwice();
  }

  @Test
  void aJournalAndTheFileThatItNamesAreOneRowInEitherOrder() throws IOException {
    String name = "core.courier.1000." + BOOT + ".4242.1780000000000000.zst";
    Files.write(cores.resolve(name), Zstd.compress(CORE));
    collect(0);
    assertThat(ask("select count(*), max(process_command_line) from cases")).isEqualTo("1\t");
    Files.writeString(
        cores.resolve("journal.json"),
        json(entry())
                .replace(
                    "\"COREDUMP_PID\"",
                    "\"COREDUMP_FILENAME\":\"/var/lib/systemd/coredump/"
                        + name
                        + "\",\"COREDUMP_PID\"")
            + "\n");
    collect(0);
    assertThat(ask(JOURNAL_FACTS)).isEqualTo(WHAT_THE_JOURNAL_KNOWS);
    assertThat(ask("select read_state, object_uri from cases"))
        .isEqualTo("complete\t" + cores.resolve(name).toUri());
    nothingIsReadTwice();
    Path other = Files.createDirectory(home.resolve("other"));
    Ran.in(other, "init");
    assertThat(Ran.in(other, "collect", cores.toString()).code()).isZero();
    Ran facts = Ran.in(other, "sql", JOURNAL_FACTS);
    assertThat(facts.out().lines().skip(1)).containsExactly(WHAT_THE_JOURNAL_KNOWS);
  }

  @Test
  void aJournalThatNamesAFileWhichIsNotThereIsStillADeath() throws IOException {
    Files.writeString(
        cores.resolve("journal.json"),
        json(entry())
            .replace(
                "\"COREDUMP_PID\"", "\"COREDUMP_FILENAME\":\"/x/core.gone\",\"COREDUMP_PID\""));
    collect(3);
    assertThat(ask(JOURNAL_FACTS)).isEqualTo(WHAT_THE_JOURNAL_KNOWS);
    assertThat(ask("select read_state, killing_signal_number, read_problem from cases"))
        .startsWith("unreadable\t11")
        .contains("core.gone");
    nothingIsReadTwice();
  }

  /// As apport writes it: gzip in blocks, each block a line of base64 for itself.
  private static String crash() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(CORE);
    }
    StringBuilder text =
        new StringBuilder(
            """
            ProblemType: Crash
            Architecture: amd64
            Date: Thu Nov 26 04:00:00 2026
            DistroRelease: Ubuntu 24.04
            ExecutablePath: /usr/bin/courier
            Package: courier 1.0-3ubuntu1
            ProcCmdline: courier --slow
            ProcStatus:
             Name:\tcourier
             Pid:\t77
            Signal: 11
            Uname: Linux 6.8.0-31-generic x86_64
            CoreDump: base64
            """);
    byte[] all = packed.toByteArray();
    for (int from = 0; from < all.length; from += 1001) {
      text.append(' ')
          .append(
              Base64.getEncoder()
                  .encodeToString(Arrays.copyOfRange(all, from, Math.min(all.length, from + 1001))))
          .append('\n');
    }
    return text.append("Tags: noble\n").toString();
  }

  @Test
  void aReportOfApport() throws IOException {
    Files.writeString(cores.resolve("_usr_bin_courier.1000.crash"), crash());
    collect(0);
    assertThat(
            ask(
                "select crash_handler, read_state, process_command_line, package_name,"
                    + " package_version, os_version, extra['apport_distribution'] from cases"))
        .isEqualTo(
            "apport\tcomplete\tcourier --slow\tcourier\t1.0-3ubuntu1\t6.8.0-31-generic\tUbuntu 24.04");
    assertThat(ask("select object_uri from cases")).endsWith(".crash!/CoreDump");
    nothingIsReadTwice();
  }

  @Test
  void aReportOfApportThatIsCutOrHasNoCore() throws IOException {
    String whole = crash();
    Files.writeString(cores.resolve("cut.crash"), whole.substring(0, whole.length() * 2 / 3));
    Files.writeString(cores.resolve("none.crash"), whole.substring(0, whole.indexOf("CoreDump")));
    collect(3);
    assertThat(ask("select read_state, killing_signal_number from cases order by 1"))
        .isEqualTo("truncated\t11\nunreadable\t11");
  }

  @Test
  void aProblemDirectoryOfAbrtIsOneRow() throws IOException {
    Path problem = Files.createDirectory(cores.resolve("ccpp-2026-11-26-04:00:00.1-77"));
    Map<String, String> fields =
        Map.ofEntries(
            Map.entry("executable", "/usr/bin/courier"),
            Map.entry("cmdline", "courier --abrt"),
            Map.entry("time", "1780000000\n"),
            Map.entry("hostname", "node-9"),
            Map.entry("kernel", "6.9.1-200.fc40.x86_64"),
            Map.entry("pkg_name", "courier"),
            Map.entry("pkg_version", "1.0"),
            Map.entry("pkg_release", "3.fc40"),
            Map.entry("uid", "1000"),
            Map.entry("cgroup", "0::/system.slice/courier.service\n"),
            Map.entry("count", "3"),
            Map.entry("maps", "5500-5600 r-xp\n"));
    for (Map.Entry<String, String> each : fields.entrySet()) {
      Files.writeString(problem.resolve(each.getKey()), each.getValue());
    }
    Files.write(problem.resolve("coredump"), CORE);
    collect(0);
    assertThat(
            ask(
                "select crash_handler, host_name, os_version, package_name, package_version,"
                    + " systemd_unit, extra['abrt_count'], epoch(observed_at)::bigint from cases"))
        .isEqualTo(
            "abrt\tnode-9\t6.9.1-200.fc40.x86_64\tcourier\t1.0-3.fc40\tcourier.service\t3\t1780000000");
    nothingIsReadTwice();
  }

  @Test
  void filesThatAreOnlyCalledLikeFieldsOfAbrtAreNotLost() throws IOException {
    Files.write(cores.resolve("time"), CORE);
    Files.write(cores.resolve("coredump"), CORE);
    collect(0);
    assertThat(ask("select count(*) from cases")).isEqualTo("2");
  }

  private static byte[] composed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(
          zip,
          "dump-info.json",
          json(
              Map.of(
                  "uuid",
                  "u-1",
                  "dump_file",
                  "x.core",
                  "timestamp",
                  "1780000000",
                  "hostname",
                  "courier-5d4f-x",
                  "exe",
                  "courier",
                  "real_pid",
                  "7",
                  "signal",
                  "11",
                  "node_hostname",
                  "node-3",
                  "path",
                  "!usr!bin!courier")));
      zip.putNextEntry(new ZipEntry("u-1-dump-1780000000-h-courier-7-11.core"));
      zip.write(CORE);
      zip.closeEntry();
      put(
          zip,
          "pod-info.json",
          "{\"id\":\"p\",\"metadata\":{\"name\":\"courier-5d4f-x\",\"namespace\":\"mail\",\"uid\":\""
              + POD
              + "\"}}");
      put(
          zip,
          "ps-info.json",
          "{\"containers\":[{\"id\":\""
              + CONTAINER
              + "\",\"metadata\":{\"name\":\"main\"},"
              + "\"image\":{\"image\":\"registry/courier:1.0\"}}]}");
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry("u-1-dump-1780000000-h-courier-7-11-" + name));
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  @Test
  void aZipOfCoreDumpHandler() throws IOException {
    Files.write(cores.resolve("u-1-dump-1780000000-h-courier-7-11.zip"), composed());
    collect(0);
    assertThat(
            ask(
                "select crash_handler, read_state, k8s_node_name, k8s_pod_name, k8s_namespace_name,"
                    + " k8s_pod_uid, k8s_container_name, container_id, container_image_name,"
                    + " epoch(observed_at)::bigint from cases"))
        .isEqualTo(
            "core-dump-handler\tcomplete\tnode-3\tcourier-5d4f-x\tmail\t"
                + POD
                + "\tmain\t"
                + CONTAINER
                + "\tregistry/courier:1.0\t1780000000");
    nothingIsReadTwice();
  }

  @Test
  void aZipThatWasCutWhileWritten() throws IOException {
    byte[] whole = composed();
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    int pod = text.indexOf("-pod-info.json");
    Files.write(cores.resolve("cut.zip"), Arrays.copyOf(whole, pod - 200));
    collect(0);
    assertThat(
            ask(
                "select crash_handler, read_state, k8s_node_name, signal_name is not null"
                    + " from cases where object_uri like '%.core'"))
        .isEqualTo("core-dump-handler\ttruncated\tnode-3\tyes");
    assertThat(ask("select read_problem from cases where object_uri like '%cut.zip'"))
        .contains("without its directory");
    nothingIsReadTwice();
  }
}
