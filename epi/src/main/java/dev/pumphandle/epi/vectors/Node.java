package dev.pumphandle.epi.vectors;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A parsed vector file as plain values, whatever parsed it.
public sealed interface Node {

  /// Named values, in the order of the file.
  record Fields(Map<String, Node> named) implements Node {
    /// Keeps the order of the names.
    public Fields {
      named = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(named));
    }
  }

  /// Values in a row.
  record Items(List<Node> values) implements Node {
    /// Copies the values.
    public Items {
      values = List.copyOf(values);
    }
  }

  /// A number; infinity may be written as the text "Inf".
  record Figure(double value) implements Node {}

  /// A text.
  record Text(String value) implements Node {}

  /// True or false.
  record Flag(boolean value) implements Node {}

  /// Not defined for these inputs.
  record Absent() implements Node {}

  /// The node of what a JSON reader gives: maps, lists, numbers, strings, booleans, null.
  ///
  /// @throws IllegalArgumentException for anything else
  static Node of(@Nullable Object value) {
    return switch (value) {
      case null -> new Absent();
      case Map<?, ?> map -> {
        Map<String, Node> fields = new LinkedHashMap<>();
        for (Map.Entry<?, ?> e : map.entrySet())
          fields.put(String.valueOf(e.getKey()), of(e.getValue()));
        yield new Fields(fields);
      }
      case List<?> list -> {
        List<Node> items = new ArrayList<>();
        for (Object o : list) items.add(of(o));
        yield new Items(items);
      }
      case Number n -> new Figure(n.doubleValue());
      case Boolean b -> new Flag(b);
      case String s -> new Text(s);
      default -> throw new IllegalArgumentException("no vector holds a " + value.getClass());
    };
  }

  /// The named value, [Absent] when there is none.
  default Node at(String name) {
    return this instanceof Fields(Map<String, Node> named)
        ? named.getOrDefault(name, new Absent())
        : new Absent();
  }

  /// Whether the name is there, if only as null.
  default boolean has(String name) {
    return this instanceof Fields(Map<String, Node> named) && named.containsKey(name);
  }

  /// The values in a row; a single one for anything that is not a row.
  default List<Node> items() {
    return this instanceof Items(List<Node> values) ? values : List.of(this);
  }

  /// The number; NaN when absent.
  ///
  /// @throws IllegalArgumentException when it is something else
  default double number() {
    return switch (this) {
      case Figure(double value) -> value;
      case Absent absent -> Double.NaN;
      case Text(String value) ->
          switch (value) {
            case "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            case "NaN", "NA" -> Double.NaN;
            default -> throw new IllegalArgumentException("not a number: " + value);
          };
      case Flag flag -> throw new IllegalArgumentException("not a number: " + flag);
      case Fields fields -> throw new IllegalArgumentException("not a number but named values");
      case Items items -> throw new IllegalArgumentException("not a number but a row");
    };
  }

  /// The named number.
  default double number(String name) {
    return at(name).number();
  }

  /// The named whole number.
  default int whole(String name) {
    return (int) Math.round(number(name));
  }

  /// The named row of numbers.
  default double[] numbers(String name) {
    return at(name).items().stream().mapToDouble(Node::number).toArray();
  }

  /// The named row of whole numbers.
  default int[] wholes(String name) {
    return at(name).items().stream().mapToInt(n -> (int) Math.round(n.number())).toArray();
  }

  /// The named rows of numbers.
  default double[][] rows(String name) {
    return at(name).items().stream()
        .map(row -> row.items().stream().mapToDouble(Node::number).toArray())
        .toArray(double[][]::new);
  }

  /// The named flag; false when absent.
  default boolean flag(String name) {
    return at(name) instanceof Flag(boolean value) && value;
  }

  /// The named text, empty when absent.
  default String text(String name) {
    return at(name) instanceof Text(String value) ? value : "";
  }
}
