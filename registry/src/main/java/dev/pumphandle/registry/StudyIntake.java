package dev.pumphandle.registry;

import java.util.List;

/// What went into a study and what could not, in counts.
///
/// @param listed objects in the line list
/// @param readable of them, cores that could be read
/// @param excluded readable rows that are no case, by reason
/// @param unread rows that could not be read, by read_state
/// @param undated readable rows without a time
/// @param crashes readable, dated crashes that are not excluded
/// @param matching of them, those that meet the question
/// @param episodes what is left of all crashes when repeats within 24 hours count once
/// @param caseEpisodes what is left of the matching ones
/// @param outside episodes outside the time for which there is an inventory
/// @param unplaced episodes that lie in no stretch of the inventory, by reason
/// @param overlapping stretches of the inventory that overlapped and were cut
/// @param empty stretches without length, left out
/// @param sampled how many other episodes were compared with, where there were too many to use all;
/// all
///     otherwise
/// @param labels the labels of the case episodes
public record StudyIntake(
    long listed,
    long readable,
    List<Reason> excluded,
    List<Reason> unread,
    long undated,
    long crashes,
    long matching,
    long episodes,
    long caseEpisodes,
    long outside,
    List<Reason> unplaced,
    long overlapping,
    long empty,
    long sampled,
    List<Reason> labels) {

  /// A reason with how often it applies.
  public record Reason(String reason, long count) {}

  /// Copies the lists.
  public StudyIntake {
    excluded = List.copyOf(excluded);
    unread = List.copyOf(unread);
    unplaced = List.copyOf(unplaced);
    labels = List.copyOf(labels);
  }
}
