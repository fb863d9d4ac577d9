package dev.pumphandle.fieldwork.name;

import dev.pumphandle.fieldwork.Specimen;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.LineListSchema;
import dev.pumphandle.linelist.PlaceColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fills columns from an object's name. What the core itself has told already stands; a name that
/// says otherwise is an anomaly.
public final class ObjectName {

  /// The names that are understood without being told: the usual templates.
  private static final List<KeyPattern> USUAL =
      List.of(
          KeyPattern.parse("core.%e.%p.%t.%h"),
          KeyPattern.parse("core.%e.%p.%t"),
          KeyPattern.parse("core.%e.%p.%h.%t"),
          KeyPattern.parse("core-%e-%s-%u-%g-%p-%t"),
          KeyPattern.parse("core-%e.%p.%t"),
          KeyPattern.parse("core-%e-%p-%t"),
          KeyPattern.parse("core.%e.%p"),
          KeyPattern.parse("core.%p"));

  private final Optional<KeyPattern> pattern;

  private ObjectName(Optional<KeyPattern> pattern) {
    this.pattern = pattern;
  }

  /// Reads names by a pattern of the user's.
  public static ObjectName by(KeyPattern pattern) {
    return new ObjectName(Optional.of(pattern));
  }

  /// Reads the usual names: systemd-coredump's, and common core_pattern templates.
  public static ObjectName usual() {
    return new ObjectName(Optional.empty());
  }

  /// Fills columns, and the time of death: from the name, else from the object's own time.
  public void fill(Specimen specimen, CaseRow.Builder row, List<String> anomalies) {
    Optional<Map<String, String>> fields = fields(specimen.name());
    if (fields.isEmpty() && pattern.isPresent()) {
      anomalies.add("the name does not fit the key pattern '" + pattern.get() + "'");
    }
    Map<String, String> extra = new HashMap<>(specimen.metadata());
    extra.putAll(specimen.access().told().metadata());
    extra.putAll(row.get(IdentityColumns.EXTRA).orElse(Map.of()));
    fields.ifPresent(
        found -> found.forEach((key, value) -> put(key, value, row, extra, anomalies)));
    if (!extra.isEmpty()) {
      row.put(IdentityColumns.EXTRA, Map.copyOf(extra));
    }
    if (!row.has(IdentityColumns.OBSERVED_AT)) {
      row.put(IdentityColumns.OBSERVED_AT, specimen.modifiedAt());
      row.put(IdentityColumns.OBSERVED_AT_FROM, "object");
    }
  }

  private Optional<Map<String, String>> fields(String name) {
    if (pattern.isPresent()) {
      return pattern.get().match(name);
    }
    Optional<Map<String, String>> systemd = SystemdName.match(name);
    for (KeyPattern each : USUAL) {
      systemd = systemd.or(() -> each.match(name));
    }
    return systemd;
  }

  private static void put(
      String key,
      String value,
      CaseRow.Builder row,
      Map<String, String> extra,
      List<String> anomalies) {
    switch (key) {
      case "%e" -> absent(ProcessColumns.PROCESS_EXECUTABLE_NAME, value, row);
      case "%E" -> absent(ProcessColumns.PROCESS_EXECUTABLE_PATH, value.replace('!', '/'), row);
      case "%p" -> number(ProcessColumns.PROCESS_PID, value, row, anomalies, false);
      case "%P" -> number(ProcessColumns.PROCESS_PID, value, row, anomalies, true);
      case "%i", "%I" -> number(ProcessColumns.CRASH_TID, value, row, anomalies, true);
      case "%u" -> small(ProcessColumns.PROCESS_UID, value, row);
      case "%s" -> small(SignalColumns.KILLING_SIGNAL_NUMBER, value, row);
      case "%C" -> small(ProcessColumns.CPU_NUMBER, value, row);
      case "%h" -> absent(PlaceColumns.HOST_NAME, value, row);
      case "%t" -> observed(value, 1_000_000, row);
      case "microseconds" -> observed(value, 1, row);
      case "%g", "%d", "%c", "%F" -> {
        // Nothing that a question was ever asked about.
      }
      default -> named(key, value, row, extra, anomalies);
    }
  }

  private static void named(
      String key,
      String value,
      CaseRow.Builder row,
      Map<String, String> extra,
      List<String> anomalies) {
    Optional<Column<?>> column = LineListSchema.column(key);
    if (column.isEmpty()) {
      extra.put(key, value);
      return;
    }
    Optional<Object> converted = ColumnValue.of(column.get(), value);
    if (converted.isEmpty()) {
      anomalies.add(
          "name: " + key + ": expected " + column.get().type() + ", found '" + value + "'");
    } else if (!row.has(column.get())) {
      row.putChecked(column.get(), converted.get());
      if (column.get().equals(IdentityColumns.OBSERVED_AT)) {
        row.put(IdentityColumns.OBSERVED_AT_FROM, "name");
      }
    }
  }

  private static void absent(Column<String> column, String value, CaseRow.Builder row) {
    if (!row.has(column)) {
      row.put(column, value);
    }
  }

  private static void small(Column<Integer> column, String value, CaseRow.Builder row) {
    if (!row.has(column) && value.length() < 10) {
      row.put(column, Integer.parseInt(value));
    }
  }

  /// @param quiet whether the name counts in another pid namespace, so that it may well differ
  private static void number(
      Column<Long> column,
      String value,
      CaseRow.Builder row,
      List<String> anomalies,
      boolean quiet) {
    if (value.length() > 10) {
      return;
    }
    long number = Long.parseLong(value);
    Optional<Long> told = row.get(column);
    if (told.isEmpty()) {
      row.put(column, number);
    } else if (told.get() != number && !quiet) {
      anomalies.add(
          "name: " + column.name() + " is " + number + ", but the core says " + told.get());
    }
  }

  /// A crash handler's own word, which stands already, is nearer to the death than a name.
  private static void observed(String value, long micros, CaseRow.Builder row) {
    if (row.has(IdentityColumns.OBSERVED_AT)) {
      return;
    }
    long all = Long.parseLong(value) * micros;
    row.put(IdentityColumns.OBSERVED_AT, Instant.EPOCH.plus(all, ChronoUnit.MICROS));
    row.put(IdentityColumns.OBSERVED_AT_FROM, "name");
  }
}
