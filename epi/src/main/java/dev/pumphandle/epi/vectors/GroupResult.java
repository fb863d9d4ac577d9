package dev.pumphandle.epi.vectors;

import java.util.List;

/// What became of one group of vectors.
///
/// @param group its name in the file
/// @param compared how many values were compared
/// @param worst the worst deviation as a share of what is allowed; above 1 fails
/// @param worstAt where the worst one is
/// @param failures each value that is off, and anything that could not be evaluated
/// @param notCompared values in the file that no method here answers, with the reason
public record GroupResult(
    String group,
    int compared,
    double worst,
    String worstAt,
    List<String> failures,
    List<String> notCompared) {

  /// Copies the lists.
  public GroupResult {
    failures = List.copyOf(failures);
    notCompared = List.copyOf(notCompared);
  }

  /// Whether every value compared agrees and there was at least one.
  public boolean passed() {
    return failures.isEmpty() && compared > 0;
  }
}
