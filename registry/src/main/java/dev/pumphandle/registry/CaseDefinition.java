package dev.pumphandle.registry;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A case definition or an exclusion: who counts, written down before counting.
///
/// @param kind what meeting it means
/// @param name the label, or the reason of exclusion
/// @param version grows with every change of meaning; stored with nothing, shown with every label
/// @param precedence of several definitions that a row meets, the one with the lowest number labels
///   it
/// @param prose what it means and why the predicate says so
/// @param predicates the SQL predicate over the line list's columns, by tier
/// @param examples rows that must and must not meet it
/// @param file where it was read from, for messages
public record CaseDefinition(
    DefinitionKind kind,
    String name,
    int version,
    int precedence,
    String prose,
    Map<Tier, String> predicates,
    List<Example> examples,
    String file) {

  /// Copies the collections.
  public CaseDefinition {
    predicates = Map.copyOf(new EnumMap<>(predicates));
    examples = List.copyOf(examples);
  }

  /// A worked case: columns and values, and what the definition must say of them.
  ///
  /// @param expected the tier it must meet; empty when it must meet none
  /// @param json the columns and their values, as a JSON object; other columns are null
  /// @param line where it stands in the file
  public record Example(Optional<Tier> expected, String json, int line) {}
}
