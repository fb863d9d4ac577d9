package dev.pumphandle.fieldwork.name;

import dev.pumphandle.linelist.Column;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Reads a text as a value of a column.
final class ColumnValue {

  private ColumnValue() {}

  /// The value; empty when the text is none of the column's type. Lists, maps and structures are
  /// not
  /// read from texts.
  static Optional<Object> of(Column<?> column, String text) {
    try {
      return switch (column.type()) {
        case TEXT -> Optional.of(text);
        case BOOLEAN ->
            text.equals("true") || text.equals("false")
                ? Optional.of(Boolean.valueOf(text))
                : Optional.empty();
        case INTEGER -> Optional.of(Integer.valueOf(text));
        case BIGINT -> Optional.of(Long.valueOf(text));
        case UBIGINT ->
            Optional.of(
                text.startsWith("0x")
                    ? Long.parseUnsignedLong(text.substring(2), 16)
                    : Long.parseUnsignedLong(text));
        case DOUBLE -> Optional.of(Double.valueOf(text));
        case TIMESTAMP -> moment(text);
        case MAP_TEXT_UBIGINT, MAP_TEXT_TEXT, LIST_TEXT, LIST_UBIGINT, LIST_FRAMES, LIST_MODULES ->
            Optional.empty();
      };
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// ISO 8601 with an offset or `Z`, a day, or seconds since the epoch.
  private static Optional<Object> moment(String text) {
    try {
      if (text.matches("\\d{9,11}")) {
        return Optional.of(Instant.ofEpochSecond(Long.parseLong(text)));
      }
      return text.matches("\\d{4}-\\d{2}-\\d{2}")
          ? Optional.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC))
          : Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
