package dev.pumphandle.linelist;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// One row of the line list: what was learned of one object. Immutable. A column without a value is
/// null in SQL: not known.
public final class CaseRow {

  /// Never changed: a hash map and not an unmodifiable one, as a row is asked for each of its two
  /// hundred columns when it is written, and an unmodifiable map compares the names of those that
  /// it lacks.
  private final Map<Column<?>, Object> values;

  private CaseRow(Map<Column<?>, Object> values) {
    this.values = new HashMap<>(values);
  }

  /// The value of a column, when there is one.
  public <T> Optional<T> get(Column<T> column) {
    @SuppressWarnings("unchecked") // put() lets only a T in under a Column<T>
    T value = (T) values.get(column);
    return Optional.ofNullable(value);
  }

  /// The value of a column whose Java type is not known to the caller.
  public Optional<Object> value(Column<?> column) {
    return Optional.ofNullable(values.get(column));
  }

  /// A builder that begins with this row's values.
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.values.putAll(values);
    return builder;
  }

  /// A builder without values.
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CaseRow row && row.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("CaseRow");
    for (Column<?> column : LineListSchema.columns()) {
      Object value = values.get(column);
      if (value != null) {
        text.append(' ').append(column.name()).append('=').append(value);
      }
    }
    return text.toString();
  }

  /// Gathers the values of one row. Not safe for several threads.
  public static final class Builder {

    /// An ordinary core fills some ninety columns.
    private final Map<Column<?>, Object> values = HashMap.newHashMap(96);

    private Builder() {}

    /// Sets a column; the last value put stands.
    ///
    /// @throws IllegalArgumentException if the column is derived, or the value is of another type
    ///   than the column's: a bug of the caller, not of the input
    public <T> Builder put(Column<T> column, T value) {
      return putChecked(column, value);
    }

    /// Sets a column when there is a value.
    public <T> Builder put(Column<T> column, Optional<? extends T> value) {
      value.ifPresent(present -> putChecked(column, present));
      return this;
    }

    /// Sets a column when there is a value.
    public Builder put(Column<Long> column, OptionalLong value) {
      return value.isPresent() ? putChecked(column, value.getAsLong()) : this;
    }

    /// Sets a column when there is a value.
    public Builder put(Column<Integer> column, OptionalInt value) {
      return value.isPresent() ? putChecked(column, value.getAsInt()) : this;
    }

    /// Sets a column whose Java type is not known to the caller, such as one that a sidecar names.
    public Builder putChecked(Column<?> column, Object value) {
      if (column.standing() == Standing.DERIVED) {
        throw new IllegalArgumentException(column.name() + " is derived, not stored");
      }
      if (!fits(column.type(), value)) {
        throw new IllegalArgumentException(
            column.name()
                + ": expected "
                + column.type()
                + ", found "
                + value.getClass().getName());
      }
      values.put(column, value);
      return this;
    }

    /// Takes a column's value away again.
    public Builder remove(Column<?> column) {
      values.remove(column);
      return this;
    }

    /// Whether a column has a value by now.
    public boolean has(Column<?> column) {
      return values.containsKey(column);
    }

    /// The value a column has by now.
    public <T> Optional<T> get(Column<T> column) {
      @SuppressWarnings("unchecked") // put() lets only a T in under a Column<T>
      T value = (T) values.get(column);
      return Optional.ofNullable(value);
    }

    /// The row.
    public CaseRow build() {
      return new CaseRow(values);
    }

    private static boolean fits(ColumnType type, Object value) {
      return switch (type) {
        case TEXT -> value instanceof String;
        case BOOLEAN -> value instanceof Boolean;
        case INTEGER -> value instanceof Integer;
        case BIGINT, UBIGINT -> value instanceof Long;
        case DOUBLE -> value instanceof Double;
        case TIMESTAMP -> value instanceof Instant;
        case MAP_TEXT_UBIGINT, MAP_TEXT_TEXT -> value instanceof Map<?, ?>;
        case LIST_TEXT, LIST_UBIGINT, LIST_FRAMES, LIST_MODULES -> value instanceof List<?>;
      };
    }
  }
}
