package dev.pumphandle.lab.fleet;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// Chooses some of a simulated fleet's crashes.
final class Choice {

  private Choice() {}

  /// Half of them of planted causes, where there are so many, the others evenly from the rest.
  ///
  /// @param among who may be chosen
  /// @return the chosen ones' `uri`
  static Set<String> of(FleetYear year, int count, Predicate<SimulatedCrash> among) {
    List<String> planted = new ArrayList<>();
    List<String> others = new ArrayList<>();
    Set<String> causes = new HashSet<>();
    year.truth().forEach(t -> causes.add(t.cause()));
    year.crashes(
        c -> {
          if (among.test(c)) (causes.contains(c.cause()) ? planted : others).add(c.uri());
        });
    Set<String> chosen = new LinkedHashSet<>(evenly(planted, count / 2));
    chosen.addAll(evenly(others, count - chosen.size()));
    planted.removeAll(chosen);
    chosen.addAll(evenly(planted, count - chosen.size()));
    return chosen;
  }

  private static List<String> evenly(List<String> from, int count) {
    int take = Math.min(count, from.size());
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < take; i++) taken.add(from.get((int) ((long) i * from.size() / take)));
    return taken;
  }
}
