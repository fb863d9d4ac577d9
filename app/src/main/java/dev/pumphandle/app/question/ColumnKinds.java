package dev.pumphandle.app.question;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The columns that a question may name, and how their values compare.
public final class ColumnKinds {
  private final Map<String, ColumnKind> kinds;

  /// These columns, in the order in which they are listed.
  public ColumnKinds(Map<String, ColumnKind> kinds) {
    this.kinds = new LinkedHashMap<>(kinds);
  }

  /// How the column of this name compares; empty when there is none.
  public Optional<ColumnKind> of(String column) {
    return Optional.ofNullable(kinds.get(column));
  }

  /// The column whose name is nearest to a misspelt one.
  public Optional<String> nearest(String misspelt) {
    return kinds.keySet().stream()
        .filter(
            name ->
                distance(name, misspelt) <= 2 + misspelt.length() / 5 || name.contains(misspelt))
        .min(Comparator.comparingInt(name -> distance(name, misspelt)));
  }

  /// How many letters must change. Source: Levenshtein 1966, by the two-row recurrence.
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int at = 0; at <= b.length(); at++) {
      before[at] = at;
    }
    for (int row = 1; row <= a.length(); row++) {
      int[] now = new int[b.length() + 1];
      now[0] = row;
      for (int at = 1; at <= b.length(); at++) {
        int change = before[at - 1] + (a.charAt(row - 1) == b.charAt(at - 1) ? 0 : 1);
        now[at] = Math.min(change, 1 + Math.min(before[at], now[at - 1]));
      }
      before = now;
    }
    return before[b.length()];
  }
}
