package dev.pumphandle.registry;

import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.ColumnType;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.ModuleFact;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/// Hands a value to DuckDB's appender, in the columns that [StagedColumns] lays out for it.
final class StagedValue {

  /// What a text takes in a list beside its bytes (bytes): DuckDB's `string_t`.
  private static final int TEXT_BYTES = 16;

  private StagedValue() {}

  static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  /// Appends one value.
  ///
  /// @param value what the column holds; null where it holds nothing
  /// @return how much memory its lists take, at a guess; 0 for a plain value (bytes)
  static long append(DuckDBAppender appender, Column<?> column, @Nullable Object value)
      throws SQLException {
    ColumnType type = column.type();
    if (value == null) {
      for (int i = StagedColumns.count(type); i > 0; i--) {
        appender.appendNull();
      }
      return 0;
    }
    switch (type) {
      case TEXT -> appender.append((String) value);
      case BOOLEAN -> appender.append((boolean) (Boolean) value);
      case INTEGER -> appender.append((int) (Integer) value);
      case BIGINT, UBIGINT -> appender.append((long) (Long) value);
      case DOUBLE -> appender.append((double) (Double) value);
      case TIMESTAMP -> appender.append(micros((Instant) value));
      case MAP_TEXT_UBIGINT, MAP_TEXT_TEXT, LIST_TEXT, LIST_UBIGINT, LIST_FRAMES, LIST_MODULES -> {
        return several(appender, type, value);
      }
    }
    return 0;
  }

  private static long several(DuckDBAppender appender, ColumnType type, Object value)
      throws SQLException {
    if (value instanceof Map<?, ?> map) {
      return texts(appender, map.keySet(), Object::toString)
          + (type == ColumnType.MAP_TEXT_UBIGINT
              ? words(appender, map.values(), word -> word)
              : texts(appender, map.values(), Object::toString));
    }
    List<?> list = (List<?>) value;
    return switch (type) {
      case LIST_UBIGINT -> words(appender, list, word -> known((OptionalLong) word));
      case LIST_FRAMES ->
          words(appender, list, each -> frame(each).pc())
              + texts(appender, list, each -> frame(each).function().orElse(null))
              + texts(appender, list, each -> frame(each).file().orElse(null))
              + words(appender, list, each -> known(frame(each).offset()))
              + texts(appender, list, each -> frame(each).trust());
      case LIST_MODULES ->
          texts(appender, list, each -> module(each).path())
              + texts(appender, list, each -> module(each).buildId().orElse(null))
              + words(appender, list, each -> module(each).base());
      case LIST_TEXT,
          TEXT,
          BOOLEAN,
          INTEGER,
          BIGINT,
          UBIGINT,
          DOUBLE,
          TIMESTAMP,
          MAP_TEXT_UBIGINT,
          MAP_TEXT_TEXT ->
          texts(appender, list, Object::toString);
    };
  }

  private static FrameFact frame(Object value) {
    return (FrameFact) value;
  }

  private static ModuleFact module(Object value) {
    return (ModuleFact) value;
  }

  private static @Nullable Object known(OptionalLong word) {
    return word.isPresent() ? (Object) word.getAsLong() : null;
  }

  private static long texts(
      DuckDBAppender appender, Collection<?> values, Function<Object, @Nullable String> text)
      throws SQLException {
    List<@Nullable String> texts = new ArrayList<>(values.size());
    long bytes = 0;
    for (Object value : values) {
      String one = text.apply(value);
      texts.add(one);
      bytes += TEXT_BYTES + (one == null ? 0 : one.length());
    }
    appender.append(texts);
    return bytes;
  }

  private static long words(
      DuckDBAppender appender, Collection<?> values, Function<Object, @Nullable Object> word)
      throws SQLException {
    long[] words = new long[values.size()];
    boolean[] absent = new boolean[words.length];
    int at = 0;
    for (Object value : values) {
      Object one = word.apply(value);
      absent[at] = one == null;
      words[at++] = one == null ? 0 : (Long) one;
    }
    appender.append(words, absent);
    return (long) Long.BYTES * words.length;
  }
}
