package dev.pumphandle.app.patient;

import dev.pumphandle.app.output.Value;
import dev.pumphandle.app.output.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// One row of the line list, asked by column name. A column that is absent or unknown answers with
/// nothing.
public final class PatientRow {
  private final Map<String, Value> columns;

  /// The row with these values.
  public PatientRow(Map<String, Value> columns) {
    this.columns = new LinkedHashMap<>(columns);
  }

  /// All values by column, in the row's order.
  public Map<String, Value> columns() {
    return new LinkedHashMap<>(columns);
  }

  /// The value of a column in words, safe to print; empty when unknown or blank.
  Optional<String> words(String column) {
    String text = Words.printable(Words.of(value(column)));
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }

  /// The value of a column in words, or `otherwise`.
  String words(String column, String otherwise) {
    return words(column).orElse(otherwise);
  }

  /// The lines of a column of text, each safe to print; none when unknown.
  List<String> lines(String column) {
    return Words.of(value(column)).lines().map(Words::printable).toList();
  }

  /// The 64 bits of an address column.
  OptionalLong address(String column) {
    return bits(value(column));
  }

  /// The registers by name, in the row's order.
  Map<String, Long> registers() {
    Map<String, Long> registers = new LinkedHashMap<>();
    if (value("registers") instanceof Value.Named(var values)) {
      values.forEach((name, value) -> bits(value).ifPresent(bits -> registers.put(name, bits)));
    }
    return registers;
  }

  /// The values of a list column; none when unknown.
  List<Value> several(String column) {
    return value(column) instanceof Value.Several(var values) ? values : List.of();
  }

  /// Whether the core came from an AArch64 machine; everything else is written as x86-64.
  boolean aarch64() {
    return words("machine")
        .filter(name -> name.toLowerCase(java.util.Locale.ROOT).contains("aarch64"))
        .isPresent();
  }

  private Value value(String column) {
    return columns.getOrDefault(column, Value.MISSING);
  }

  /// The 64 bits of a value that is an address or a whole number.
  static OptionalLong bits(Value value) {
    return switch (value) {
      case Value.Address(long bits) -> OptionalLong.of(bits);
      case Value.Whole(var number) -> OptionalLong.of(number.longValue());
      case Value.Missing _,
          Value.Text _,
          Value.Decimal _,
          Value.Truth _,
          Value.Moment _,
          Value.Several _,
          Value.Named _ ->
          OptionalLong.empty();
    };
  }
}
