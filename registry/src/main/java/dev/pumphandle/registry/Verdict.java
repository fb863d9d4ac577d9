package dev.pumphandle.registry;

import java.util.List;
import java.util.Optional;

/// What one definition says of one row.
///
/// @param definition the definition
/// @param met the surest tier that the row meets
/// @param unknown whether, where none is met, some tier could not be decided
/// @param nulls the columns that stood in the way: null in this row, and named by a predicate that
///   could not be decided
public record Verdict(
    CaseDefinition definition, Optional<Tier> met, boolean unknown, List<String> nulls) {

  /// Copies the list.
  public Verdict {
    nulls = List.copyOf(nulls);
  }
}
