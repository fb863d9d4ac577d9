package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.scan.Family;
import dev.pumphandle.epi.scan.ScanSet;
import java.util.List;
import java.util.stream.Collectors;

/// Spells sets.
final class SetWords {

  private final List<Exposure> attributes;
  private final int[] values;

  SetWords(List<Exposure> attributes, int[] values) {
    this.attributes = attributes;
    this.values = values;
  }

  List<Finding.Condition> conditions(ScanSet set) {
    if (set.family() instanceof Family.Everybody) return List.of();
    Finding.Condition first = condition(attribute(set.family()), set.firstValue(values));
    return set.family() instanceof Family.Pair(int _, int b)
        ? List.of(first, condition(b, set.secondValue(values)))
        : List.of(first);
  }

  private Finding.Condition condition(int attribute, int value) {
    Exposure exposure = attributes.get(attribute);
    return new Finding.Condition(exposure, exposure.values().get(value));
  }

  // The first attribute; −1 where there is none.
  static int attribute(Family family) {
    return switch (family) {
      case Family.Single(int a) -> a;
      case Family.Pair(int a, int _) -> a;
      case Family.Onset(int a) -> a;
      case Family.Window(int a, int _) -> a;
      case Family.Everybody everybody -> -1;
    };
  }

  String words(ScanSet set) {
    return conditions(set).stream()
        .map(c -> c.exposure().words() + " = " + c.value())
        .collect(Collectors.joining(" and "));
  }

  // The same group without its time.
  static ScanSet always(ScanSet set, int days) {
    Family family =
        switch (set.family()) {
          case Family.Single single -> single;
          case Family.Pair pair -> pair;
          case Family.Onset(int a) -> new Family.Single(a);
          case Family.Window(int a, int _) -> new Family.Single(a);
          case Family.Everybody everybody -> everybody;
        };
    return new ScanSet(family, set.group(), 0, days);
  }
}
