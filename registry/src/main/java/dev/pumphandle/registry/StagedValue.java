package dev.pumphandle.registry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.FrameFact;
import dev.pumphandle.linelist.ModuleFact;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// How a value waits in memory for its file: plain values as they are, nested ones as JSON text,
/// and
/// the SQL that turns that into the column's own type when the file is written.
///
/// Folklore: DuckDB's appender puts a `List<Long>` into a `UBIGINT[]` or a struct's `UBIGINT` field
/// only to fail at the flush (duckdb_jdbc 2.0.0.1). JSON text, cast once in bulk by the COPY, has
/// no
/// such trouble, and 64-bit unsigned numbers survive it. Test: CaseWriterTest,
/// everyTypeComesBackAsItWentIn.
final class StagedValue {

  private static final JsonFactory JSON = new JsonFactory();

  private StagedValue() {}

  /// The type of the column in memory.
  static String stagedType(Column<?> column) {
    return switch (column.type()) {
      case TEXT, BOOLEAN, INTEGER, BIGINT, UBIGINT, DOUBLE -> column.type().sql();
      case TIMESTAMP -> "BIGINT";
      case MAP_TEXT_UBIGINT, MAP_TEXT_TEXT, LIST_TEXT, LIST_UBIGINT, LIST_FRAMES, LIST_MODULES ->
          "VARCHAR";
    };
  }

  /// The expression that makes the column's own type of the staged value.
  static String finished(Column<?> column) {
    String name = Engine.identifier(column.name());
    return switch (column.type()) {
      case TEXT, BOOLEAN, INTEGER, BIGINT, UBIGINT, DOUBLE -> name;
      case TIMESTAMP -> "make_timestamptz(" + name + ") AS " + name;
      case MAP_TEXT_UBIGINT, MAP_TEXT_TEXT, LIST_TEXT, LIST_UBIGINT, LIST_FRAMES, LIST_MODULES ->
          name + "::JSON::" + column.type().sql() + " AS " + name;
    };
  }

  static long micros(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  static String json(Object value) throws IOException {
    StringWriter text = new StringWriter(512);
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(json, value);
    }
    return text.toString();
  }

  /// A field without a value is written as null: the cast to a struct wants every key.
  private static void write(JsonGenerator json, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> each : map.entrySet()) {
          json.writeFieldName(each.getKey().toString());
          write(json, each.getValue());
        }
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        for (Object each : list) {
          write(json, each);
        }
        json.writeEndArray();
      }
      case FrameFact frame -> {
        json.writeStartObject();
        unsigned(json, "pc", frame.pc());
        json.writeStringField("function", frame.function().orElse(null));
        json.writeStringField("file", frame.file().orElse(null));
        json.writeFieldName("offset");
        write(json, frame.offset());
        json.writeStringField("trust", frame.trust());
        json.writeEndObject();
      }
      case ModuleFact module -> {
        json.writeStartObject();
        json.writeStringField("path", module.path());
        json.writeStringField("build_id", module.buildId().orElse(null));
        unsigned(json, "base", module.base());
        json.writeEndObject();
      }
      case OptionalLong word when word.isEmpty() -> json.writeNull();
      case OptionalLong word -> unsigned(json, word.getAsLong());
      case Long word -> unsigned(json, word);
      default -> json.writeString(value.toString());
    }
  }

  private static void unsigned(JsonGenerator json, String name, long value) throws IOException {
    json.writeFieldName(name);
    unsigned(json, value);
  }

  private static void unsigned(JsonGenerator json, long value) throws IOException {
    if (value >= 0) {
      json.writeNumber(value);
    } else {
      json.writeNumber(new BigInteger(Long.toUnsignedString(value)));
    }
  }
}
