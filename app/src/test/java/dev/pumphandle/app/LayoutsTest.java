package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cores as crash handlers and people leave them: in archives, reports, exports and directories.
class LayoutsTest extends Collected {
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
}
