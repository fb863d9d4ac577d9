package dev.pumphandle.linelist;

import static dev.pumphandle.linelist.Column.integer;
import static dev.pumphandle.linelist.Column.text;
import static dev.pumphandle.linelist.Column.texts;

import java.util.List;

/// What it is: computed from facts by case definitions, never stored.
public final class LabelColumns {

  /// The first case definition, in order of precedence, that the row meets; `other` when none.
  public static final Column<String> LABEL =
      text(
              "label",
              "The first case definition, in order of precedence, that the row meets; `other`"
                  + " when none.",
              "cases/*.sql")
          .derived();

  /// `confirmed`, `probable` or `suspect`.
  public static final Column<String> LABEL_TIER =
      text("label_tier", "`confirmed`, `probable` or `suspect`.", "cases/*.sql").derived();

  /// Version of that case definition.
  public static final Column<Integer> LABEL_VERSION =
      integer("label_version", "number", "Version of that case definition.", "cases/*.sql")
          .derived();

  /// All case definitions that the row meets, in order of precedence.
  public static final Column<List<String>> LABELS_MET =
      texts(
              "labels_met",
              "All case definitions that the row meets, in order of precedence.",
              "cases/*.sql")
          .derived();

  /// Why the row is no case; null when it is one.
  public static final Column<String> EXCLUDED_REASON =
      text("excluded_reason", "Why the row is no case; null when it is one.", "exclusions/*.sql")
          .derived();

  /// case_id of the first row of the same label on the same host within 24 hours: repeats of one
  /// illness share it.
  public static final Column<String> EPISODE_ID =
      text(
              "episode_id",
              "case_id of the first row of the same label on the same host within 24 hours: "
                  + "repeats of one illness share it.",
              "registry")
          .derived();

  private LabelColumns() {}

  static List<Column<?>> all() {
    return List.of(LABEL, LABEL_TIER, LABEL_VERSION, LABELS_MET, EXCLUDED_REASON, EPISODE_ID);
  }
}
