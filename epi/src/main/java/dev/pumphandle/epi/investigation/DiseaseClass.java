package dev.pumphandle.epi.investigation;

import dev.pumphandle.epi.measure.Interval;
import dev.pumphandle.epi.onset.CalendarMatch;
import dev.pumphandle.epi.onset.Onset;
import java.util.List;
import java.util.Optional;

/// A population of cases, found without looking at labels.
///
/// @param kind unrelated, of one place, or told by its signs
/// @param place the finding that anchors it, where it is of one place
/// @param size how many cases (expected number, from the posterior)
/// @param members the cases that belong to it most likely, by index of crash
/// @param dated the cases that signs and place alone would put here: by them it is dated, so that
///     no case is evidence for a date because of its date
/// @param signs what tells it apart from other crashes, strongest first
/// @param labels the labels of its members with their counts, most first
/// @param youngShare the share of its members on nodes younger than 7 days; NaN where unknown
/// @param regions in how many regions its members are
/// @param onset when it began
/// @param ended whether its rate has gone down again at the end
/// @param calendar the events inside the onset's interval, with the chance of that
public record DiseaseClass(
    Kind kind,
    Optional<Finding> place,
    double size,
    List<Integer> members,
    List<Integer> dated,
    List<TellingSign> signs,
    List<LabelCount> labels,
    double youngShare,
    int regions,
    Onset onset,
    boolean ended,
    Optional<CalendarMatch> calendar) {

  /// What a population is.
  public enum Kind {
    /// Cases like other crashes: no disease of their own, or too few to tell.
    UNRELATED,
    /// Cases of one place.
    PLACE,
    /// Cases anywhere, told by their signs.
    DIFFUSE
  }

  /// A sign that is seen more often than among other crashes.
  ///
  /// @param sign its name and value, such as `exception_object = true`
  /// @param share how often among the members (share of those known)
  /// @param interval its interval
  /// @param shareOfOthers how often among other crashes
  public record TellingSign(String sign, double share, Interval interval, double shareOfOthers) {}

  /// How many members have a label.
  public record LabelCount(String label, int count) {}

  /// Copies the lists.
  public DiseaseClass {
    members = List.copyOf(members);
    dated = List.copyOf(dated);
    signs = List.copyOf(signs);
    labels = List.copyOf(labels);
  }
}
