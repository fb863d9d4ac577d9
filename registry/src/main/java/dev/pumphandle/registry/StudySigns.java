package dev.pumphandle.registry;

import java.util.List;

/// Which clinical signs may be used to divide the cases of a question.
final class StudySigns {

  private StudySigns() {}

  /// All signs but those that the question asks for, by itself or through the definition of a label
  /// it
  /// names: divided by what put them together, cases would say what was put in.
  static List<String> usable(LineList list, String condition) {
    StringBuilder asked = new StringBuilder(condition);
    for (CaseDefinition definition : list.caseDefinitions()) {
      if (condition.contains("'" + definition.name() + "'")) {
        definition.predicates().values().forEach(p -> asked.append('\n').append(p));
      }
    }
    String text = asked.toString();
    return StudySql.SIGNS.stream().filter(sign -> !text.contains(sign)).toList();
  }
}
