package dev.pumphandle.linelist;

import static dev.pumphandle.linelist.Column.bigint;
import static dev.pumphandle.linelist.Column.integer;
import static dev.pumphandle.linelist.Column.text;

import java.util.List;

/// What a row rests on, and what a log said.
public final class LogColumns {

  /// The dialect of the log that the row rests on: `folly`, `kernel`, `hs-err` and others; null
  /// where it rests on a core.
  public static final Column<String> EVIDENCE =
      text(
          "evidence",
          "The dialect of the log that the row rests on: `folly`, `kernel`, `hs-err` and others; "
              + "null where it rests on a core.",
          "collect-logs");

  /// Line of the log where the report of the death begins, counted from 1; in JSON documents the
  /// record.
  public static final Column<Long> LOG_LINE =
      bigint(
          "log_line",
          "number",
          "Line of the log where the report of the death begins, counted from 1; in JSON documents "
              + "the record.",
          "the log");

  /// The beginning of what the log said of the death.
  public static final Column<String> LOG_TEXT =
      text("log_text", "The beginning of what the log said of the death.", "the log")
          .with(Sensitivity.MEMORY);

  /// Exit code, where a supervisor told it: 128 and the signal when a shell or a container died of
  /// one.
  public static final Column<Integer> EXIT_CODE =
      integer(
          "exit_code",
          "number",
          "Exit code, where a supervisor told it: 128 and the signal when a shell or a container "
              + "died of one.",
          "Kubernetes, containerd, Docker, systemd");

  /// A supervisor's word for why the process ended, such as `OOMKilled`, `Error` or `core-dump`.
  public static final Column<String> TERMINATION_REASON =
      text(
          "termination_reason",
          "A supervisor's word for why the process ended, such as `OOMKilled`, `Error` or "
              + "`core-dump`.",
          "Kubernetes, systemd, the kernel’s OOM killer");

  private LogColumns() {}

  static List<Column<?>> all() {
    return List.of(EVIDENCE, LOG_LINE, LOG_TEXT, EXIT_CODE, TERMINATION_REASON);
  }
}
