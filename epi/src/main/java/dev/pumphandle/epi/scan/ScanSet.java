package dev.pumphandle.epi.scan;

import java.util.function.IntConsumer;

/// One subset: a group of a family, within days `[from, to)`.
///
/// @param family the family it belongs to
/// @param group its value or combination, see [Family#group]
/// @param fromDay the first day
/// @param toDay the day after the last
public record ScanSet(Family family, int group, int fromDay, int toDay) {

  /// Whether a record belongs to a set.
  public enum Member {
    INSIDE,
    OUTSIDE,
    /// An attribute that decides it is missing.
    UNKNOWN
  }

  /// Whether a record belongs to this set.
  ///
  /// @param values the number of values of each attribute
  public Member member(Population population, int record, int[] values) {
    int g = family.group(population.codes(), population.base(record), values);
    if (g < 0) return Member.UNKNOWN;
    return g == group && within(population.day(record)) ? Member.INSIDE : Member.OUTSIDE;
  }

  /// Whether a day lies within the days of this set.
  boolean within(int day) {
    return fromDay <= day && day < toDay;
  }

  /// Hands every record of this set to `each`, in order.
  ///
  /// @param values the number of values of each attribute
  public void forEachInside(Population population, int[] values, IntConsumer each) {
    int[] runs = population.runs();
    int[] groups = family.groups(population, values);
    for (int run = 0; run < groups.length; run++) {
      if (groups[run] != group) continue;
      for (int r = runs[run]; r < runs[run + 1]; r++) if (within(population.day(r))) each.accept(r);
    }
  }

  /// [#member] of all records at once, for those who ask of millions: 1 inside, 0 outside, −1
  /// unknown.
  ///
  /// @param values the number of values of each attribute
  public byte[] members(Population population, int[] values) {
    byte[] members = new byte[population.size()];
    int[] runs = population.runs();
    int[] groups = family.groups(population, values);
    for (int run = 0; run < groups.length; run++) {
      int g = groups[run];
      if (g >= 0 && g != group) continue;
      if (g < 0) java.util.Arrays.fill(members, runs[run], runs[run + 1], (byte) -1);
      else
        for (int r = runs[run]; r < runs[run + 1]; r++)
          if (within(population.day(r))) members[r] = 1;
    }
    return members;
  }

  /// The value of the first attribute of the family; 0 where it has none.
  public int firstValue(int[] values) {
    return switch (family) {
      case Family.Pair(int _, int b) -> group / values[b];
      case Family.Single single -> group;
      case Family.Onset onset -> group;
      case Family.Window window -> group;
      case Family.Everybody everybody -> group;
    };
  }

  /// The value of the second attribute of a pair, −1 for the other families.
  public int secondValue(int[] values) {
    return switch (family) {
      case Family.Pair(int _, int b) -> group % values[b];
      case Family.Single single -> -1;
      case Family.Onset onset -> -1;
      case Family.Window window -> -1;
      case Family.Everybody everybody -> -1;
    };
  }
}
