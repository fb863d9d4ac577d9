package dev.pumphandle.fieldwork.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.fieldwork.log.dialect.StandardDialects;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.FaultColumns;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A piece of a log, and what is read out of it.
final class Excerpt {

  static final Instant WRITTEN = Instant.parse("2026-11-26T00:00:00Z");

  private Excerpt() {}

  static List<CaseRow> rows(String text) {
    return rows(text.getBytes(StandardCharsets.UTF_8));
  }

  static List<CaseRow> rows(byte[] bytes) {
    List<CaseRow> rows = new ArrayList<>();
    assertThat(read(bytes, rows).failures()).isEmpty();
    return rows;
  }

  static LogScan.Read read(byte[] bytes, List<CaseRow> rows) {
    LogSource source = new LogSource("file:///var/log/x.log", WRITTEN, ZoneOffset.UTC, Map.of());
    try {
      return new LogScan(StandardDialects.all(), "test")
          .read(source, new ByteArrayInputStream(bytes), rows::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The one row that an excerpt gives.
  static CaseRow row(String text) {
    List<CaseRow> rows = rows(text);
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  static Map<String, Long> registers(CaseRow row) {
    return row.get(FaultColumns.REGISTERS).orElse(Map.of());
  }
}
