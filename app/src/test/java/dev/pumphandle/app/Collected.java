package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.lab.forge.ForgedPatient;
import dev.pumphandle.lab.forge.ForgedPatients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A workspace and a directory of cores in it, for tests of how cores lie.
abstract class Collected {
  static final List<ForgedPatient> PATIENTS = ForgedPatients.all().subList(0, 3);
  static final byte[] CORE = PATIENTS.getFirst().bytes();
  static final String BOOT = "0123456789abcdef0123456789abcdef";
  static final String POD = "11111111-2222-3333-4444-555555555555";
  static final String CONTAINER = "c0ffee".repeat(10) + "abcd";

  @TempDir Path home;
  Path cores;

  @BeforeEach
  void aWorkspaceAndADirectory() throws IOException {
    assertThat(Ran.in(home, "init").code()).isZero();
    cores = Files.createDirectory(home.resolve("cores"));
  }

  String ask(String sql) {
    Ran ran = Ran.in(home, "sql", sql);
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran.out().lines().skip(1).collect(Collectors.joining("\n"));
  }

  Ran collect(int code) {
    Ran ran = Ran.in(home, "collect", "cores", "-o", "tsv");
    assertThat(ran.code()).as(ran.err()).isEqualTo(code);
    return ran;
  }

  void nothingIsReadTwice() {
    Ran again = Ran.in(home, "collect", "cores", "-o", "tsv");
    assertThat(again.out()).as(again.err()).contains("begun\t0").contains("bytes_read\t0");
  }

  /// Facts of rows that are not in `plain/`, less those of rows that are.
  String differing() {
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

  Path plain(Path directory) throws IOException {
    Path plain = Files.createDirectories(directory.resolve("plain"));
    for (ForgedPatient patient : PATIENTS) {
      patient.write(plain.resolve("core." + patient.truth().pid()));
    }
    Files.writeString(plain.resolve("README"), "What these are.\n".repeat(40));
    return plain;
  }

  static String json(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(e -> "\"" + e.getKey() + "\":\"" + e.getValue() + "\"")
        .collect(Collectors.joining(",", "{", "}"));
  }
}
