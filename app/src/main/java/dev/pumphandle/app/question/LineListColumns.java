package dev.pumphandle.app.question;

import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.ColumnType;
import dev.pumphandle.linelist.LineListSchema;
import java.util.LinkedHashMap;
import java.util.Map;

/// The columns of the line list as questions may name them.
public final class LineListColumns {
  private LineListColumns() {}

  /// All of them, facts first.
  public static ColumnKinds kinds() {
    Map<String, ColumnKind> kinds = new LinkedHashMap<>();
    for (Column<?> column : LineListSchema.columns()) {
      kinds.put(column.name(), kind(column.type()));
    }
    return new ColumnKinds(kinds);
  }

  private static ColumnKind kind(ColumnType type) {
    return switch (type) {
      case TEXT -> ColumnKind.TEXT;
      case BOOLEAN -> ColumnKind.TRUTH;
      case INTEGER, BIGINT, DOUBLE -> ColumnKind.NUMBER;
      case UBIGINT -> ColumnKind.ADDRESS;
      case TIMESTAMP -> ColumnKind.MOMENT;
      case LIST_TEXT -> ColumnKind.LIST_OF_TEXT;
      case MAP_TEXT_UBIGINT, MAP_TEXT_TEXT, LIST_UBIGINT, LIST_FRAMES, LIST_MODULES ->
          ColumnKind.NESTED;
    };
  }
}
