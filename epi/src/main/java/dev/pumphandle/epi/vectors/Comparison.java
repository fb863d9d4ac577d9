package dev.pumphandle.epi.vectors;

import dev.pumphandle.epi.measure.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Collects, for one group, how expected and computed values compare.
final class Comparison {

  private final String group;
  private final List<String> failures = new ArrayList<>();
  private final List<String> notCompared = new ArrayList<>();
  private int compared;
  private double worst;
  private String worstAt = "";

  Comparison(String group) {
    this.group = group;
  }

  /// One vector of the group: a named set of expected values.
  ///
  /// @param inputs names that are inputs or remarks, not expected values
  Vector vector(Node node, int index, String... inputs) {
    String id = node.text("id").isEmpty() ? "[" + index + "]" : node.text("id");
    return new Vector(node, id, Set.of(inputs));
  }

  void value(String path, double expected, double actual, Tolerance tolerance) {
    compared++;
    double share = tolerance.share(expected, actual);
    if (share > worst || worstAt.isEmpty()) {
      worst = share;
      worstAt = path;
    }
    if (share > 1)
      failures.add(
          String.format(Locale.ROOT, "%s: expected %.17g, found %.17g", path, expected, actual));
  }

  void failed(String path, String what) {
    failures.add(path + ": " + what);
  }

  GroupResult result() {
    return new GroupResult(group, compared, worst, worstAt, failures, notCompared);
  }

  /// Compares the values of one vector by name, and knows which were left over.
  final class Vector {
    private final Node node;
    private final String id;
    private final Set<String> left = new TreeSet<>();

    private Vector(Node node, String id, Set<String> inputs) {
      this.node = node;
      this.id = id;
      if (node instanceof Node.Fields(Map<String, Node> named)) left.addAll(named.keySet());
      left.removeAll(inputs);
      left.remove("id");
      left.remove("note");
    }

    Vector closed(String name, double actual) {
      return value(name, actual, Tolerance.CLOSED);
    }

    Vector root(String name, double actual) {
      return value(name, actual, Tolerance.ROOT);
    }

    Vector value(String name, double actual, Tolerance tolerance) {
      if (take(name)) Comparison.this.value(path(name), node.number(name), actual, tolerance);
      return this;
    }

    /// Two limits; null in the file stands for an interval that is not defined.
    Vector interval(String name, Interval actual, Tolerance tolerance) {
      if (!take(name)) return this;
      if (node.at(name) instanceof Node.Absent) {
        Comparison.this.value(path(name), Double.NaN, actual.lower(), tolerance);
        return this;
      }
      double[] expected = node.numbers(name);
      Comparison.this.value(path(name) + "[0]", expected[0], actual.lower(), tolerance);
      Comparison.this.value(path(name) + "[1]", expected[1], actual.upper(), tolerance);
      return this;
    }

    /// A row of values.
    Vector row(String name, double[] actual, Tolerance tolerance) {
      if (take(name)) compare(path(name), node.numbers(name), actual, tolerance);
      return this;
    }

    /// Rows of values.
    Vector rows(String name, double[][] actual, Tolerance tolerance) {
      if (!take(name)) return this;
      double[][] expected = node.rows(name);
      for (int i = 0; i < expected.length; i++)
        compare(path(name) + "[" + i + "]", expected[i], actual[i], tolerance);
      return this;
    }

    private void compare(String at, double[] expected, double[] actual, Tolerance tolerance) {
      if (expected.length != actual.length) {
        failed(at, "expected " + expected.length + " values, found " + actual.length);
        return;
      }
      for (int i = 0; i < expected.length; i++)
        Comparison.this.value(at + "[" + i + "]", expected[i], actual[i], tolerance);
    }

    Vector same(String name, Object actual) {
      if (!take(name)) return this;
      Object expected =
          switch (node.at(name)) {
            case Node.Text(String text) -> text;
            case Node.Flag(boolean flag) -> flag;
            case Node.Items(List<Node> items) -> items.toString();
            case Node other -> other;
          };
      compared++;
      if (!expected.equals(actual))
        failed(path(name), "expected " + expected + ", found " + actual);
      return this;
    }

    /// Values that are not compared, for the stated reason.
    Vector without(String reason, String... names) {
      for (String name : names) if (take(name)) notCompared.add(path(name) + ": " + reason);
      return this;
    }

    boolean take(String name) {
      left.remove(name);
      return node.has(name);
    }

    String path(String name) {
      return id + "." + name;
    }

    Node node() {
      return node;
    }

    /// Reports what no method answered.
    void done() {
      for (String name : left) notCompared.add(path(name) + ": no method answers this name");
    }
  }
}
