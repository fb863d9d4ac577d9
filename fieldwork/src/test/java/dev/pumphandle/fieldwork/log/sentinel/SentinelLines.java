package dev.pumphandle.fieldwork.log.sentinel;

import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.fieldwork.log.LogScan;
import dev.pumphandle.fieldwork.log.LogSource;
import dev.pumphandle.linelist.CaseRow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Real lines of patients that died of known causes, and what becomes of lines.
final class SentinelLines {

  static final List<String> ALL =
      List.of(
          "return-null",
          "call-null",
          "shift-low-small",
          "overflow-recursion",
          "heap-double-free",
          "race",
          "aarch64-null-load",
          "aarch64-call-null");

  private SentinelLines() {}

  /// The line that a patient left, without its line break.
  static String of(String illness) {
    try (InputStream in =
        Objects.requireNonNull(
            SentinelLines.class.getResourceAsStream("/sentinel/" + illness + ".log"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The rows that a log becomes, where nobody can give the executables.
  static List<CaseRow> rows(String log) {
    List<CaseRow> rows = new ArrayList<>();
    LogScan scan = new LogScan(List.of(new SentinelDialect(Executables.NONE, false)), "test");
    LogSource source = new LogSource("file:///var/log/x", Instant.now(), ZoneOffset.UTC, Map.of());
    try {
      LogScan.Read read =
          scan.read(
              source, new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)), rows::add);
      if (!read.failures().isEmpty()) {
        throw new AssertionError(read.failures().toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }
}
