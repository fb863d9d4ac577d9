package dev.pumphandle.linelist;

import static dev.pumphandle.linelist.Column.bigint;
import static dev.pumphandle.linelist.Column.moment;
import static dev.pumphandle.linelist.Column.text;
import static dev.pumphandle.linelist.Column.texts;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Which object the row is of, how well it could be read, and what reading it cost.
public final class IdentityColumns {

  /// Names the row for ever; `show` takes any unique beginning of it.
  public static final Column<String> CASE_ID =
      text(
          "case_id",
          "Names the row for ever; `show` takes any unique beginning of it.",
          "first 16 hex digits of SHA-256 of object_uri");

  /// Where the object lies.
  public static final Column<String> OBJECT_URI =
      text("object_uri", "Where the object lies.", "the store").with(Sensitivity.FLEET);

  /// Size of the object as stored.
  public static final Column<Long> OBJECT_BYTES =
      bigint("object_bytes", "bytes", "Size of the object as stored.", "the store");

  /// Which version of the object was read; an object that changed is read anew.
  public static final Column<String> OBJECT_VERSION =
      text(
          "object_version",
          "Which version of the object was read; an object that changed is read anew.",
          "ETag; for files: size, time of change and inode");

  /// Bytes fetched from the store for this row.
  public static final Column<Long> BYTES_READ =
      bigint("bytes_read", "bytes", "Bytes fetched from the store for this row.", "the reader");

  /// Ranged reads made for this row.
  public static final Column<Long> REQUESTS =
      bigint("requests", "count", "Ranged reads made for this row.", "the reader");

  /// `complete`; `truncated` (a core cut short, read as far as it goes); `refused` (a kind of
  /// file that is not read here, named in read_problem); `unreadable` (not to be made sense of,
  /// or not to be had).
  public static final Column<String> READ_STATE =
      text(
          "read_state",
          "`complete`; `truncated` (a core cut short, read as far as it goes); `refused` "
              + "(a kind of file that is not read here, named in read_problem); `unreadable` "
              + "(not to be made sense of, or not to be had).",
          "the reader");

  /// What was wrong and where, for any read_state but `complete`.
  public static final Column<String> READ_PROBLEM =
      text(
          "read_problem",
          "What was wrong and where, for any read_state but `complete`.",
          "the reader");

  /// What was odd but did not stop the reading, each with its place.
  public static final Column<List<String>> ANOMALIES =
      texts(
          "anomalies",
          "What was odd but did not stop the reading, each with its place.",
          "the reader");

  /// Which facts could not be had and why, as `fact: reason`. Read it before believing a null.
  public static final Column<List<String>> MISSING_FACTS =
      texts(
          "missing_facts",
          "Which facts could not be had and why, as `fact: reason`. Read it before "
              + "believing a null.",
          "the examiners");

  /// Time of death, as well as it is known.
  public static final Column<Instant> OBSERVED_AT =
      moment("observed_at", "Time of death, as well as it is known.", "see observed_at_from");

  /// Where observed_at came from: `log`, `sidecar`, `name`, `metadata` or `object` (its time of
  /// change).
  public static final Column<String> OBSERVED_AT_FROM =
      text(
          "observed_at_from",
          "Where observed_at came from: `log`, `sidecar`, `name`, `metadata` or `object` "
              + "(its time of change).",
          "fieldwork");

  /// When this row was made.
  public static final Column<Instant> COLLECTED_AT =
      moment("collected_at", "When this row was made.", "clock of the collector");

  /// Which Pumphandle made this row.
  public static final Column<String> PUMPHANDLE_VERSION =
      text("pumphandle_version", "Which Pumphandle made this row.", "the build");

  /// Names and values from object names and sidecars that are no columns of their own.
  public static final Column<Map<String, String>> EXTRA =
      Column.<Map<String, String>>plain(
              "extra",
              ColumnType.MAP_TEXT_TEXT,
              "",
              "Names and values from object names and sidecars that are no columns of their "
                  + "own.",
              "key pattern, sidecar")
          .with(Sensitivity.FLEET);

  /// Who kept the core and wrote of it: `systemd-coredump`, `apport`, `abrt`,
  /// `core-dump-handler`.
  public static final Column<String> CRASH_HANDLER =
      text(
          "crash_handler",
          "Who kept the core and wrote of it: `systemd-coredump`, `apport`, `abrt`, "
              + "`core-dump-handler`.",
          "what lies beside the core");

  /// The archive, report or journal export that the core was found in or told of by.
  public static final Column<String> ARCHIVE_URI =
      text(
              "archive_uri",
              "The archive, report or journal export that the core was found in or told of by.",
              "the store")
          .with(Sensitivity.FLEET);

  /// Which version of the archive it was.
  public static final Column<String> ARCHIVE_VERSION =
      text("archive_version", "Which version of the archive it was.", "as object_version");

  /// How many cores the archive holds, on the row of the last of them: by this a later run knows
  /// that none is missing.
  public static final Column<Long> ARCHIVE_MEMBERS =
      bigint(
          "archive_members",
          "count",
          "How many cores the archive holds, on the row of the last of them: by this a later run "
              + "knows that none is missing.",
          "the archive");

  private IdentityColumns() {}

  static List<Column<?>> all() {
    return List.of(
        CASE_ID,
        OBJECT_URI,
        OBJECT_BYTES,
        OBJECT_VERSION,
        BYTES_READ,
        REQUESTS,
        READ_STATE,
        READ_PROBLEM,
        ANOMALIES,
        MISSING_FACTS,
        OBSERVED_AT,
        OBSERVED_AT_FROM,
        COLLECTED_AT,
        PUMPHANDLE_VERSION,
        EXTRA,
        CRASH_HANDLER,
        ARCHIVE_URI,
        ARCHIVE_VERSION,
        ARCHIVE_MEMBERS);
  }
}
