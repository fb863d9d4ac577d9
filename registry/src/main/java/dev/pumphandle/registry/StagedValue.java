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
    return switch (type) {
      case TEXT -> {
        appender.append((String) value);
        yield 0;
      }
      case BOOLEAN -> {
        appender.append((boolean) (Boolean) value);
        yield 0;
      }
      case INTEGER -> {
        appender.append((int) (Integer) value);
        yield 0;
      }
      case BIGINT, UBIGINT -> {
        appender.append((long) (Long) value);
        yield 0;
      }
      case DOUBLE -> {
        appender.append((double) (Double) value);
        yield 0;
      }
      case TIMESTAMP -> {
        appender.append(micros((Instant) value));
        yield 0;
      }
      case MAP_TEXT_UBIGINT ->
          texts(appender, ((Map<?, ?>) value).keySet(), Object::toString)
              + words(appender, ((Map<?, ?>) value).values(), word -> word);
      case MAP_TEXT_TEXT ->
          texts(appender, ((Map<?, ?>) value).keySet(), Object::toString)
              + texts(appender, ((Map<?, ?>) value).values(), Object::toString);
      case LIST_TEXT -> texts(appender, (List<?>) value, Object::toString);
      case LIST_UBIGINT -> words(appender, (List<?>) value, word -> known((OptionalLong) word));
      case LIST_FRAMES -> frames(appender, (List<?>) value);
      case LIST_MODULES -> modules(appender, (List<?>) value);
    };
  }

  private static long frames(DuckDBAppender appender, List<?> frames) throws SQLException {
    return words(appender, frames, each -> frame(each).pc())
        + texts(appender, frames, each -> frame(each).function().orElse(null))
        + texts(appender, frames, each -> frame(each).file().orElse(null))
        + words(appender, frames, each -> known(frame(each).offset()))
        + texts(appender, frames, each -> frame(each).trust());
  }

  private static long modules(DuckDBAppender appender, List<?> modules) throws SQLException {
    return texts(appender, modules, each -> module(each).path())
        + texts(appender, modules, each -> module(each).buildId().orElse(null))
        + words(appender, modules, each -> module(each).base());
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
