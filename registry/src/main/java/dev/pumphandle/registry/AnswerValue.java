package dev.pumphandle.registry;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/// Turns what the driver hands out into plain Java values.
final class AnswerValue {

  private AnswerValue() {}

  static Optional<Object> of(@Nullable Object value) throws SQLException {
    return value == null ? Optional.empty() : Optional.of(plain(value));
  }

  private static Object plain(Object value) throws SQLException {
    return switch (value) {
      case String text -> text;
      case Boolean flag -> flag;
      case Byte number -> (long) number;
      case Short number -> (long) number;
      case Integer number -> (long) number;
      case Long number -> number;
      case BigInteger number -> number;
      case BigDecimal number -> number;
      case Float number -> (double) number;
      case Double number -> number;
      case OffsetDateTime moment -> moment.toInstant();
      case Timestamp moment -> moment.toLocalDateTime().toInstant(ZoneOffset.UTC);
      case LocalDateTime moment -> moment.toInstant(ZoneOffset.UTC);
      case Instant moment -> moment;
      case LocalDate day -> day;
      case Date day -> day.toLocalDate();
      case DuckDBStruct struct -> map(struct.getMap());
      case Struct struct -> list(struct.getAttributes());
      case Blob blob -> "\\x" + HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
      case Array array -> list((Object[]) array.getArray());
      case Map<?, ?> map -> map(map);
      case List<?> list -> list(list.toArray());
      default -> value.toString();
    };
  }

  private static List<Object> list(@Nullable Object[] elements) throws SQLException {
    List<Object> list = new ArrayList<>();
    for (Object element : elements) {
      list.add(element == null ? Optional.empty() : plain(element));
    }
    return list;
  }

  private static Map<String, Object> map(Map<?, ?> entries) throws SQLException {
    Map<String, Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> each : entries.entrySet()) {
      Object value = each.getValue();
      if (value != null) {
        map.put(String.valueOf(each.getKey()), plain(value));
      }
    }
    return map;
  }
}
