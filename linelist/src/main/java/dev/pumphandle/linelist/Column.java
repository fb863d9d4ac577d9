package dev.pumphandle.linelist;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// One column of the line list, as data.
///
/// @param <T> the Java type of a value: what [CaseRow.Builder#put] takes
/// @param name the name in SQL: lower case with underscores; OpenTelemetry's where it has one, with
///   dots turned to underscores. A public contract
/// @param type the type in SQL
/// @param unit the unit of a number; empty where there is none
/// @param meaning one or two sentences for the person who queries it
/// @param source where the value is found
/// @param sensitivity who may see it
/// @param standing a stored fact or a derived judgement
public record Column<T>(
    String name,
    ColumnType type,
    String unit,
    String meaning,
    String source,
    Sensitivity sensitivity,
    Standing standing) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  /// Checks the name.
  public Column {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a column name: " + name);
    }
  }

  static Column<String> text(String name, String meaning, String source) {
    return plain(name, ColumnType.TEXT, "", meaning, source);
  }

  static Column<Boolean> flag(String name, String meaning, String source) {
    return plain(name, ColumnType.BOOLEAN, "", meaning, source);
  }

  static Column<Integer> integer(String name, String unit, String meaning, String source) {
    return plain(name, ColumnType.INTEGER, unit, meaning, source);
  }

  static Column<Long> bigint(String name, String unit, String meaning, String source) {
    return plain(name, ColumnType.BIGINT, unit, meaning, source);
  }

  static Column<Long> word(String name, String meaning, String source) {
    return Column.<Long>plain(name, ColumnType.UBIGINT, "address", meaning, source)
        .with(Sensitivity.MEMORY);
  }

  static Column<Instant> moment(String name, String meaning, String source) {
    return plain(name, ColumnType.TIMESTAMP, "UTC", meaning, source);
  }

  static Column<List<String>> texts(String name, String meaning, String source) {
    return plain(name, ColumnType.LIST_TEXT, "", meaning, source);
  }

  static Column<Map<String, Long>> words(String name, String meaning, String source) {
    return Column.<Map<String, Long>>plain(name, ColumnType.MAP_TEXT_UBIGINT, "", meaning, source)
        .with(Sensitivity.MEMORY);
  }

  static <T> Column<T> plain(
      String name, ColumnType type, String unit, String meaning, String source) {
    return new Column<>(name, type, unit, meaning, source, Sensitivity.PUBLIC, Standing.STORED);
  }

  Column<T> with(Sensitivity other) {
    return new Column<>(name, type, unit, meaning, source, other, standing);
  }

  Column<T> derived() {
    return new Column<>(name, type, unit, meaning, source, sensitivity, Standing.DERIVED);
  }

  /// Columns are the same when their names are: there is one of each name.
  @Override
  public boolean equals(Object other) {
    return other instanceof Column<?> column && column.name.equals(name);
  }

  /// The name's, which a string remembers: rows look columns up by the hundred.
  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /// The name in OpenTelemetry's and JSON's spelling, with dots, where the column has one; else the
  /// column's own name.
  ///
  /// Source: OpenTelemetry semantic conventions, resource and process attributes.
  public String dotted() {
    return OpenTelemetryNames.dotted(name);
  }
}
