package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/// Cores in the reports of those who caught them: apport, ABRT, core-dump-handler.
class ReportLayoutsTest extends Collected {
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
        .isEqualTo("core-dump-handler\ttruncated\tnode-3\ttrue");
    assertThat(ask("select read_problem from cases where object_uri like '%cut.zip'"))
        .contains("without its directory");
    nothingIsReadTwice();
  }
}
