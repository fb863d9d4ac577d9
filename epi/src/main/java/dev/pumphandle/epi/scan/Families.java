package dev.pumphandle.epi.scan;

import java.util.ArrayList;
import java.util.List;

/// Which families to search, and which pairs are left out because they would say nothing new.
///
/// @param families the families, single attributes first so that on ties the simpler set wins
/// @param dependent pairs in which one attribute decides the other (a host lies in one cluster)
/// @param tooMany pairs with more combinations than are looked at
public record Families(
    List<Family> families, List<Family.Pair> dependent, List<Family.Pair> tooMany) {

  private static final long MOST_COMBINATIONS = 4_000_000;

  /// Copies the lists.
  public Families {
    families = List.copyOf(families);
    dependent = List.copyOf(dependent);
    tooMany = List.copyOf(tooMany);
  }

  /// Every attribute, every pair without functional dependency, and onsets.
  ///
  /// @param rows the records that carry the denominator
  /// @param alone attributes that are never paired, such as the VM
  /// @param withOnset attributes that are also searched together with a first day
  public static Families usual(
      List<Attribute> attributes, Population rows, List<Integer> alone, List<Integer> withOnset) {
    List<Family> families = new ArrayList<>();
    List<Family.Pair> dependent = new ArrayList<>();
    List<Family.Pair> tooMany = new ArrayList<>();
    for (int a = 0; a < attributes.size(); a++) families.add(new Family.Single(a));
    for (int a = 0; a < attributes.size(); a++) {
      if (alone.contains(a)) continue;
      for (int b = a + 1; b < attributes.size(); b++) {
        if (alone.contains(b)) continue;
        Family.Pair pair = new Family.Pair(a, b);
        long combinations = (long) attributes.get(a).values() * attributes.get(b).values();
        if (combinations > MOST_COMBINATIONS) tooMany.add(pair);
        else if (decided(rows, a, b, attributes.get(b).values(), (int) combinations))
          dependent.add(pair);
        else families.add(pair);
      }
    }
    for (int a : withOnset) families.add(new Family.Onset(a));
    return new Families(families, dependent, tooMany);
  }

  /// The levels of a tree (region, cluster, SKU, host, VM), each as cuts for all time and as cuts
  /// within windows of days: the tree-time scan.
  ///
  /// A level's values must be unique over the tree: SKU 2 of cluster 7 is another value than SKU 2
  /// of
  /// cluster 8.
  ///
  /// @param levels the attributes, from the root's children down
  /// @param days how long the study is; windows are at most half of it, and at most 28 days
  public static Families tree(List<Integer> levels, int days) {
    List<Family> families = new ArrayList<>();
    for (int level : levels) families.add(new Family.Single(level));
    int longest = Math.max(1, Math.min(28, days / 2));
    for (int level : levels) families.add(new Family.Window(level, longest));
    return new Families(families, List.of(), List.of());
  }

  // One attribute decides the other when there are no more pairs than values of one of them.
  private static boolean decided(Population rows, int a, int b, int valuesOfB, int combinations) {
    boolean[] seen = new boolean[combinations];
    boolean[] first = new boolean[combinations / valuesOfB];
    boolean[] second = new boolean[valuesOfB];
    int[] codesOfA = rows.runCodes()[a];
    int[] codesOfB = rows.runCodes()[b];
    int pairs = 0;
    int firsts = 0;
    int seconds = 0;
    for (int run = 0; run < codesOfA.length; run++) {
      int x = codesOfA[run];
      int y = codesOfB[run];
      if (x < 0 || y < 0 || seen[x * valuesOfB + y]) continue;
      seen[x * valuesOfB + y] = true;
      pairs++;
      if (!first[x]) firsts++;
      first[x] = true;
      if (!second[y]) seconds++;
      second[y] = true;
    }
    return pairs == firsts || pairs == seconds;
  }
}
