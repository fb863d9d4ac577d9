package dev.pumphandle.linelist;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The columns of the line list, in order.
///
/// The Parquet schema, the reference page of columns and the help of the SQL command are generated
/// from here.
public final class LineListSchema {

  /// The version that is written into every file. It grows when a reader of the old version could
  /// misunderstand a file; a column that is merely added does not change it.
  public static final int VERSION = 1;

  private static final List<Column<?>> COLUMNS =
      Stream.of(
              IdentityColumns.all(),
              ProcessColumns.all(),
              SignalColumns.all(),
              FaultColumns.all(),
              ControlColumns.all(),
              EvidenceColumns.all(),
              LogColumns.all(),
              StackColumns.all(),
              PlaceColumns.all(),
              PlacementColumns.all(),
              DeathColumns.all(),
              LabelColumns.all())
          .<Column<?>>flatMap(List::stream)
          .toList();

  private static final Map<String, Column<?>> BY_NAME = byName();

  private LineListSchema() {}

  private static Map<String, Column<?>> byName() {
    Map<String, Column<?>> byName = new LinkedHashMap<>();
    for (Column<?> column : COLUMNS) {
      if (byName.put(column.name(), column) != null) {
        throw new IllegalStateException("two columns are called " + column.name());
      }
    }
    return Map.copyOf(byName);
  }

  /// All columns, facts first, judgements last.
  public static List<Column<?>> columns() {
    return COLUMNS;
  }

  /// The columns that are stored in files, in order.
  public static List<Column<?>> stored() {
    return COLUMNS.stream().filter(column -> column.standing() == Standing.STORED).toList();
  }

  /// The column of this name: SQL's (`k8s_node_name`) or OpenTelemetry's (`k8s.node.name`).
  public static Optional<Column<?>> column(String name) {
    return Optional.<Column<?>>ofNullable(BY_NAME.get(name))
        .or(() -> OpenTelemetryNames.column(name).map(BY_NAME::get));
  }
}
