package dev.pumphandle.registry;

import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.ColumnType;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How values wait in memory for their file: plain values and lists as they are, maps and lists of
/// structs as one list for each of their fields, and the SQL that puts those together when the file
/// is written.
///
/// Folklore: DuckDB's appender refuses a `List<Long>` for a `UBIGINT[]` and a `Long` for a struct's
/// `UBIGINT` field ("unsupported composite column"), but takes a `long[]` with its bits as they are
/// (duckdb_jdbc 2.0.0.1). JSON text that is cast in bulk goes in as well, and costs more
/// than writing the file. Test: CaseWriterTest, everyTypeComesBackAsItWentIn.
final class StagedColumns {

  private record Field(String name, String type) {}

  /// Asked for each column of each row.
  private static final Map<ColumnType, List<Field>> FIELDS =
      Arrays.stream(ColumnType.values())
          .collect(
              Collectors.toMap(
                  Function.identity(),
                  StagedColumns::laidOut,
                  (a, _) -> a,
                  () -> new EnumMap<>(ColumnType.class)));

  private StagedColumns() {}

  /// How many columns wait for one of this type.
  static int count(ColumnType type) {
    return fields(type).size();
  }

  /// The table in which values of these columns wait.
  static String table(String name, List<Column<?>> columns) {
    return columns.stream()
        .flatMap(column -> fields(column.type()).stream().map(f -> part(column, f) + " " + f.type))
        .collect(Collectors.joining(", ", "CREATE TABLE " + name + " (", ")"));
  }

  /// The query that makes the columns' own values of those that wait.
  static String finished(String table, List<Column<?>> columns) {
    return columns.stream()
        .map(StagedColumns::finished)
        .collect(Collectors.joining(", ", "SELECT ", " FROM " + table));
  }

  private static String finished(Column<?> column) {
    String name = Engine.identifier(column.name());
    return switch (column.type()) {
      case TEXT, BOOLEAN, INTEGER, BIGINT, UBIGINT, DOUBLE, LIST_TEXT, LIST_UBIGINT -> name;
      case TIMESTAMP -> "make_timestamptz(" + name + ") AS " + name;
      case MAP_TEXT_UBIGINT, MAP_TEXT_TEXT -> together(column, "map") + " AS " + name;
      case LIST_FRAMES, LIST_MODULES ->
          together(column, "list_zip") + "::" + column.type().sql() + " AS " + name;
    };
  }

  /// Without a value all fields are null; the functions would make an empty value of them.
  private static String together(Column<?> column, String function) {
    List<String> parts = fields(column.type()).stream().map(f -> part(column, f)).toList();
    return "(CASE WHEN "
        + parts.getFirst()
        + " IS NULL THEN NULL ELSE "
        + function
        + "("
        + String.join(", ", parts)
        + ") END)";
  }

  private static String part(Column<?> column, Field field) {
    return Engine.identifier(
        field.name.isEmpty() ? column.name() : column.name() + "." + field.name);
  }

  private static List<Field> fields(ColumnType type) {
    return Objects.requireNonNull(FIELDS.get(type));
  }

  private static List<Field> laidOut(ColumnType type) {
    return switch (type) {
      case TEXT, BOOLEAN, INTEGER, BIGINT, UBIGINT, DOUBLE, LIST_TEXT, LIST_UBIGINT ->
          List.of(new Field("", type.sql()));
      case TIMESTAMP -> List.of(new Field("", "BIGINT"));
      case MAP_TEXT_UBIGINT -> List.of(texts("key"), words("value"));
      case MAP_TEXT_TEXT -> List.of(texts("key"), texts("value"));
      case LIST_FRAMES ->
          List.of(words("pc"), texts("function"), texts("file"), words("offset"), texts("trust"));
      case LIST_MODULES -> List.of(texts("path"), texts("build_id"), words("base"));
    };
  }

  private static Field texts(String name) {
    return new Field(name, "VARCHAR[]");
  }

  private static Field words(String name) {
    return new Field(name, "UBIGINT[]");
  }
}
