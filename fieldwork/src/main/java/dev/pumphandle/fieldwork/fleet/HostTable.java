package dev.pumphandle.fieldwork.fleet;

import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.ColumnType;
import dev.pumphandle.linelist.HostColumns;
import dev.pumphandle.linelist.HostReport;
import dev.pumphandle.linelist.HostReport.Basis;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Rows with named columns, from whatever table, as reports about nodes.
///
/// Four columns do: node, from, to and one exposure. Names are those of `host_intervals`, in SQL's
/// spelling or OpenTelemetry's, or short words that people use ([#shortWords]). Rows with `from`
/// and `to`
/// assert a stretch; rows with `at` are sightings.
public final class HostTable {

  private static final String AT = "seen_at";
  private static final String FROM = HostColumns.FROM.name();
  private static final String TO = HostColumns.TO.name();

  private static final Map<String, String> SHORT =
      Map.ofEntries(
          Map.entry("node", HostColumns.NODE.name()),
          Map.entry("node_name", HostColumns.NODE.name()),
          Map.entry("from", FROM),
          Map.entry("valid_from", FROM),
          Map.entry("to", TO),
          Map.entry("valid_to", TO),
          Map.entry("at", AT),
          Map.entry("region", "cloud_region"),
          Map.entry("zone", "cloud_availability_zone"),
          Map.entry("cluster", HostColumns.CLUSTER.name()),
          Map.entry("provider", "cloud_provider"),
          Map.entry("sku", "host_type"),
          Map.entry("instance_type", "host_type"),
          Map.entry("arch", "host_arch"),
          Map.entry("kernel", "os_version"),
          Map.entry("microcode", "host_cpu_microcode"),
          Map.entry("cpu", "host_cpu_model_name"),
          Map.entry("image", "host_image_version"),
          Map.entry("release", "service_version"),
          Map.entry("physical_host", HostColumns.PHYSICAL.name()),
          Map.entry("boot_id", HostColumns.BOOT_ID.name()),
          Map.entry("started", HostColumns.STARTED_AT.name()));

  /// Columns that only our own files of reports have.
  private static final Set<String> OWN = Set.of("basis", "stream", "seen_from");

  private final Given given;
  private final Map<String, Optional<String>> known = new HashMap<>();

  private Optional<Instant> dated = Optional.empty();

  /// Rows of one file.
  public HostTable(Given given) {
    this.given = given;
  }

  /// Short words for columns, with the columns.
  public static Map<String, String> shortWords() {
    return SHORT;
  }

  /// The moment of the file, where rows depend on it.
  public Optional<Instant> dated() {
    return dated;
  }

  /// One row.
  ///
  /// @param row texts by column; an empty text is a missing value
  /// @param line where it stands, from 1
  /// @throws FleetFormatException if it is no report
  public HostReport report(Map<String, String> row, long line) throws FleetFormatException {
    if (row.keySet().containsAll(OWN)) {
      throw new FleetFormatException(
          given.source()
              + ": expected an inventory, found reports that were collected from one"
              + " (data/host_reports of a workspace): give the files that they came from");
    }
    Map<String, String> values = new TreeMap<>();
    TreeSet<String> present = new TreeSet<>();
    for (Map.Entry<String, String> cell : row.entrySet()) {
      Optional<String> column = column(cell.getKey(), line);
      if (column.isEmpty()) {
        continue;
      }
      String name = column.get();
      if (!present.add(name)) {
        throw FleetFormatException.at(
            given.source(), line, "expected each column once, found " + name + " twice");
      }
      String text = cell.getValue().strip();
      if (!text.isEmpty()) {
        values.put(name, value(name, text, line));
      }
    }
    String node = values.remove(HostColumns.NODE.name());
    if (node == null) {
      throw FleetFormatException.at(
          given.source(), line, "expected a node in column node, found none in " + row.keySet());
    }
    given.cluster().ifPresent(name -> values.putIfAbsent(HostColumns.CLUSTER.name(), name));
    String stream = "table " + String.join(" ", present);
    return ends(node, stream, values, line);
  }

  private HostReport ends(String node, String stream, Map<String, String> values, long line)
      throws FleetFormatException {
    String at = values.remove(AT);
    String from = values.remove(FROM);
    String to = values.remove(TO);
    if (from == null && to == null) {
      Optional<Instant> seen = at == null ? given.said() : Optional.of(Instant.parse(at));
      if (at == null) {
        dated = seen;
      }
      if (seen.isEmpty()) {
        throw FleetFormatException.at(
            given.source(),
            line,
            "expected the columns from and to, or at (or --at, or a moment in the file's name),"
                + " found none of them");
      }
      return new HostReport(
          Basis.SEEN, stream, node, values, seen.get(), seen.get(), 0, given.source(), line);
    }
    if (from == null) {
      throw FleetFormatException.at(
          given.source(), line, "expected a begin in column from, found none");
    }
    Instant begin = Instant.parse(from);
    Instant end = to == null ? exported(line) : Instant.parse(to);
    if (!begin.isBefore(end)) {
      throw FleetFormatException.at(
          given.source(), line, "expected an end after " + begin + ", found " + end);
    }
    return new HostReport(
        Basis.ASSERTED, stream, node, values, begin, end, 0, given.source(), line);
  }

  // A node without an end was alive when the table was made; of later nobody knows.
  private Instant exported(long line) throws FleetFormatException {
    dated = given.said();
    return dated.orElseThrow(
        () ->
            FleetFormatException.at(
                given.source(),
                line,
                "expected an end in column to, found none: for nodes that still live say when"
                    + " the table was made, with --at or in the file's name"));
  }

  private String value(String name, String text, long line) throws FleetFormatException {
    if (name.equals(AT) || type(name) == ColumnType.TIMESTAMP) {
      return Moments.parse(text)
          .map(Instant::toString)
          .orElseThrow(
              () ->
                  FleetFormatException.at(
                      given.source(),
                      line,
                      name
                          + ": expected a moment such as 2026-06-03T10:00:00Z or seconds since 1970,"
                          + " found '"
                          + text
                          + "'"));
    }
    if (type(name) == ColumnType.DOUBLE) {
      try {
        double number = Double.parseDouble(text);
        if (Double.isFinite(number) && number >= 0) {
          return Double.toString(number);
        }
      } catch (NumberFormatException _) {
        // said below
      }
      throw FleetFormatException.at(
          given.source(), line, name + ": expected a number of 0 or more, found '" + text + "'");
    }
    return text;
  }

  private static ColumnType type(String name) {
    return HostColumns.column(name).<ColumnType>map(Column::type).orElse(ColumnType.TEXT);
  }

  private Optional<String> column(String written, long line) throws FleetFormatException {
    Optional<String> found = known.get(written);
    if (found == null) {
      found = resolved(written.strip().toLowerCase(Locale.ROOT), line);
      known.put(written, found);
    }
    return found;
  }

  private Optional<String> resolved(String word, long line) throws FleetFormatException {
    String name = SHORT.getOrDefault(word, word);
    if (name.equals(AT)) {
      return Optional.of(AT);
    }
    Optional<String> column = HostColumns.column(name).map(Column::name);
    if (column.isEmpty() && !given.unknownColumns()) {
      throw FleetFormatException.at(
          given.source(),
          line,
          "unknown column '" + word + "' (--skip-unknown passes over it): expected " + names());
    }
    return column;
  }

  private static String names() {
    List<String> names = HostColumns.all().stream().<String>map(Column::name).toList();
    return names.stream().collect(Collectors.joining(", ")) + ", seen_at";
  }
}
