package dev.pumphandle.app.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Objects with one field per column. Addresses are hex strings, because JSON's numbers lose bits
/// beyond 53; what is missing is `null`, and a reader should expect that of any field.
public final class JsonRenderer implements Renderer {
  private static final JsonFactory FACTORY = new JsonFactory();

  /// How the objects are put together.
  enum Shape {
    /// One array, an object per line.
    ARRAY,
    /// One object per line, nothing around them.
    LINES
  }

  private final Shape shape;

  JsonRenderer(Shape shape) {
    this.shape = shape;
  }

  @Override
  public void render(Grid grid, Appendable out) throws IOException {
    boolean array = shape == Shape.ARRAY;
    if (array) {
      out.append('[');
    }
    String before = array ? "\n" : "";
    List<String> names = distinct(grid.headings());
    while (grid.rows().hasNext()) {
      out.append(before).append(line(names, grid.rows().next()));
      before = array ? ",\n" : "\n";
    }
    if (array) {
      out.append("\n]\n");
    } else if (!before.isEmpty()) {
      out.append('\n');
    }
  }

  /// One value, indented over several lines, for a reader who asked for a single thing.
  public static void renderOne(Value value, Appendable out) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
      json.setPrettyPrinter(printer);
      write(value, json);
    }
    out.append(text.toString()).append('\n');
  }

  // An object that has a name twice loses a value at most readers: the second gets a number, as
  // DuckDB numbers the columns of a join.
  private static List<String> distinct(List<Heading> headings) {
    List<String> names = new ArrayList<>();
    for (Heading heading : headings) {
      String name = heading.name();
      for (int again = 1; names.contains(name); again++) {
        name = heading.name() + "_" + again;
      }
      names.add(name);
    }
    return names;
  }

  private static String line(List<String> names, List<Value> row) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      for (int at = 0; at < names.size(); at++) {
        json.writeFieldName(names.get(at));
        write(row.get(at), json);
      }
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void write(Value value, JsonGenerator json) throws IOException {
    switch (value) {
      case Value.Missing _ -> json.writeNull();
      case Value.Text(String text) -> json.writeString(text);
      case Value.Whole(var number) -> json.writeNumber(number.toPlainString());
      case Value.Decimal(double number) -> {
        if (Double.isFinite(number)) {
          json.writeNumber(number);
        } else {
          json.writeNull();
        }
      }
      case Value.Truth(boolean truth) -> json.writeBoolean(truth);
      case Value.Address address -> json.writeString(Words.of(address));
      case Value.Moment moment -> json.writeString(Words.of(moment));
      case Value.Several(var values) -> {
        json.writeStartArray();
        for (Value each : values) {
          write(each, json);
        }
        json.writeEndArray();
      }
      case Value.Named(var values) -> {
        json.writeStartObject();
        for (Map.Entry<String, Value> each : values.entrySet()) {
          json.writeFieldName(each.getKey());
          write(each.getValue(), json);
        }
        json.writeEndObject();
      }
    }
  }
}
