package dev.pumphandle.linelist;

import static dev.pumphandle.linelist.Column.bigint;
import static dev.pumphandle.linelist.Column.text;
import static dev.pumphandle.linelist.Column.texts;

import java.util.List;

/// What several rows say of one death together: worked out by a view, never stored.
public final class DeathColumns {

  /// What the death is known from: `core` and the dialects of logs, the richest first; null where
  /// nothing but this row tells of it.
  public static final Column<List<String>> EVIDENCE_KINDS =
      texts(
              "evidence_kinds",
              "What the death is known from: `core` and the dialects of logs, the richest first; "
                  + "null where nothing but this row tells of it.",
              "registry")
          .derived();

  /// case_id of the other rows that tell of the same death; they stay in `facts`.
  public static final Column<List<String>> ALSO_TOLD_BY =
      texts(
              "also_told_by",
              "case_id of the other rows that tell of the same death; they stay in `facts`.",
              "registry")
          .derived();

  /// How sure it is that they do: `sure` when process or thread, place and time agree; `likely`
  /// when only place, time, name and signal do.
  public static final Column<String> MATCH_CERTAINTY =
      text(
              "match_certainty",
              "How sure it is that they do: `sure` when process or thread, place and time agree; "
                  + "`likely` when only place, time, name and signal do.",
              "registry")
          .derived();

  /// Seconds from the nearest kill by the OOM killer in the same pod, or on the same node where no
  /// pod is known; null where there was none within a minute.
  public static final Column<Long> OOM_KILL_S =
      bigint(
              "oom_kill_s",
              "seconds",
              "Seconds from the nearest kill by the OOM killer in the same pod, or on the same "
                  + "node where no pod is known; null where there was none within a minute.",
              "registry")
          .derived();

  /// case_id of the first of several deaths of the same container that follow each other within ten
  /// minutes, on all but the first: a restart loop.
  public static final Column<String> INDEX_CASE_ID =
      text(
              "index_case_id",
              "case_id of the first of several deaths of the same container that follow each other "
                  + "within ten minutes, on all but the first: a restart loop.",
              "registry")
          .derived();

  private DeathColumns() {}

  /// All of them.
  public static List<Column<?>> all() {
    return List.of(EVIDENCE_KINDS, ALSO_TOLD_BY, MATCH_CERTAINTY, OOM_KILL_S, INDEX_CASE_ID);
  }
}
