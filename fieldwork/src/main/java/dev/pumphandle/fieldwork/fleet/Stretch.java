package dev.pumphandle.fieldwork.fleet;

import dev.pumphandle.linelist.HostReport;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// A stretch of time of one node with what it lived with; half open.
///
/// @param from the begin
/// @param to the end, which is no longer in it
/// @param values what it lived with, by column
/// @param place the file and line that it comes from; of several, the earliest
public record Stretch(Instant from, Instant to, Map<String, String> values, String place) {

  /// Copies the values.
  public Stretch {
    values = Map.copyOf(values);
  }

  static Stretch of(HostReport report) {
    return new Stretch(report.from(), report.to(), report.values(), report.place());
  }

  /// Whether `later` goes on where this one ends, with the same values.
  boolean goesOnIn(Stretch later) {
    return !to.isBefore(later.from) && values.equals(later.values);
  }

  Stretch until(Instant end) {
    return new Stretch(from, end.isAfter(to) ? end : to, values, place);
  }

  /// What two sightings both say: of what lies between them no more is known.
  static Map<String, String> agreed(Map<String, String> one, Map<String, String> other) {
    Map<String, String> agreed = new TreeMap<>(one);
    agreed.entrySet().removeIf(each -> !each.getValue().equals(other.get(each.getKey())));
    return agreed;
  }
}
