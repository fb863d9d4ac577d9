package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.linelist.Column;
import java.util.ArrayList;
import java.util.List;

/// What could not be known of one core, and why.
public final class MissingFacts {

  private final List<String> facts = new ArrayList<>();

  /// Says why a column has no value.
  public void add(Column<?> column, String reason) {
    facts.add(column.name() + ": " + reason);
  }

  /// All of them, as `column: reason`.
  public List<String> all() {
    return List.copyOf(facts);
  }
}
