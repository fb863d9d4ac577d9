package dev.pumphandle.app.output;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// One value on its way to a reader.
public sealed interface Value {

  /// What is not known. Written as nothing in columns, as `null` in JSON.
  Value MISSING = new Missing();

  /// The absence of a value.
  record Missing() implements Value {}

  /// Words.
  record Text(String text) implements Value {}

  /// A count, a size, a code.
  record Whole(BigDecimal number) implements Value {}

  /// A measured number.
  record Decimal(double number) implements Value {}

  /// Yes or no.
  record Truth(boolean truth) implements Value {}

  /// A place in the dead process, or a register's content (64 bits, unsigned): hex wherever it is
  /// written.
  record Address(long bits) implements Value {}

  /// A moment (UTC).
  record Moment(Instant at) implements Value {}

  /// Several values in order.
  record Several(List<Value> values) implements Value {
    public Several {
      values = List.copyOf(values);
    }
  }

  /// Values by name, in order.
  record Named(Map<String, Value> values) implements Value {
    public Named {
      values = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(values));
    }
  }

  /// Words, as a value.
  static Value text(String text) {
    return new Text(text);
  }

  /// A whole number, as a value.
  static Value whole(long number) {
    return new Whole(BigDecimal.valueOf(number));
  }
}
