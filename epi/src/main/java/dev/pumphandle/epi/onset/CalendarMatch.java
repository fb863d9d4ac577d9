package dev.pumphandle.epi.onset;

import java.util.Arrays;

/// Which events of the calendar lie in the interval of a start, and the chance that an interval of
/// this
/// width holds at least one by chance. Without that chance the match says nothing.
///
/// @param inside the indices of the events inside the interval
/// @param chance P(an interval of this width, thrown anywhere into the study, holds an event)
public record CalendarMatch(java.util.List<Integer> inside, double chance) {

  /// Copies the indices.
  public CalendarMatch {
    inside = java.util.List.copyOf(inside);
  }

  /// The match of the interval `[from, to]` in a study of `[0, length]`, all in one unit of time.
  public static CalendarMatch of(double[] events, double from, double to, double length) {
    java.util.List<Integer> inside = new java.util.ArrayList<>();
    for (int i = 0; i < events.length; i++) if (from <= events[i] && events[i] <= to) inside.add(i);
    double width = to - from;
    double room = length - width;
    if (room <= 0) return new CalendarMatch(inside, events.length == 0 ? 0 : 1);
    double[] sorted = events.clone();
    Arrays.sort(sorted);
    double covered = 0;
    double reached = 0;
    for (double event : sorted) {
      double first = Math.max(reached, Math.max(0, event - width));
      double last = Math.min(room, event);
      if (last > first) {
        covered += last - first;
        reached = last;
      }
    }
    return new CalendarMatch(inside, Math.min(1, covered / room));
  }
}
