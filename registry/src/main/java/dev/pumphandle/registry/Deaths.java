package dev.pumphandle.registry;

import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.DeathColumns;
import dev.pumphandle.linelist.LineListSchema;
import java.util.Set;
import java.util.stream.Collectors;

/// The SQL that puts rows together which tell of the same death: a core and a log, or several logs.
///
/// Nothing is rewritten: the rows stay in `facts` as they are, and the view chooses the richest of
/// them (the core, else the log with most registers) to stand for the death and fills in from the
/// others what it does not know. What tells of the fault itself (registers, how control got there,
/// words of the stack) is never mixed.
///
/// Two rows match for sure when process or thread are the same, something says the same of their
/// place, nothing contradicts, the signals can belong together, and they lie within ten seconds of
/// each other: within ten minutes where a core has no better time than its file's. They match
/// likely when no process is known of one, or the one is numbered inside its container and the
/// other outside: then place, name and signal must agree within five seconds, and each must be the
/// nearest of its kind to the other.
final class Deaths {

  private static final String NULLS =
      DeathColumns.all().stream()
          .map(column -> "NULL::" + column.type().sql() + " AS " + column.name())
          .collect(Collectors.joining(", "));

  /// The view where no log was collected.
  static final String WITHOUT_LOGS = "SELECT *, " + NULLS + " FROM facts";

  /// Facts that come from the richest row only: those of another would be of another moment, or, as
  /// the number of a sender beside that of a process, of another namespace.
  private static final Set<String> WHOLE =
      Set.of(
          "case_id",
          "object_uri",
          "object_bytes",
          "object_version",
          "bytes_read",
          "requests",
          "read_state",
          "read_problem",
          "anomalies",
          "missing_facts",
          "collected_at",
          "pumphandle_version",
          "extra",
          "core_origin",
          "thread_count",
          "handler_frames",
          "prstatus_pc",
          "prstatus_sp",
          "fault_registers_from",
          "fault_pc",
          "fault_sp",
          "fault_fp",
          "registers",
          "pc_in",
          "sp_in",
          "fp_in",
          "instruction_kind",
          "instruction_bytes",
          "instruction_text",
          "operand_address",
          "operand_agrees",
          "one_bit_flip",
          "stack_room",
          "control_arrived",
          "control_evidence",
          "target",
          "stack_alignment",
          "stack_alignment_evidence",
          "stack_shift",
          "popped_word",
          "top_word",
          "top_word_in",
          "top_word_is_return_address",
          "intended_pc",
          "sender_pid",
          "sender_uid",
          "unwinder_at_work",
          "exception_object",
          "exception_landing_pad",
          "landing_pad_agrees",
          "residual_signal",
          "residual_signal_pc",
          "residual_signal_sp",
          "residual_in_setcontext",
          "evidence",
          "log_line",
          "log_text",
          "stack_words_from",
          "stack_words",
          "stack_word_kinds");

  private static final String MERGED =
      LineListSchema.stored().stream().map(Deaths::merged).collect(Collectors.joining(",\n    "));

  private static final String STORED =
      LineListSchema.stored().stream()
          .map(column -> Engine.identifier(column.name()))
          .collect(Collectors.joining(", "));

  /// The view.
  static final String SQL =
      """
      WITH RECURSIVE told AS (
        SELECT case_id, coalesce(evidence, 'core') AS evidence, epoch(observed_at) AS moment_s,
          (epoch(observed_at) / 600)::BIGINT AS bucket,
          CASE WHEN observed_at_from = 'object' THEN 600 ELSE 10 END AS tolerance,
          process_pid AS pid, crash_tid AS tid, signal_number AS signal,
          killing_signal_number AS killing,
          lower(left(coalesce(process_executable_name,
            regexp_extract(process_executable_path, '[^/]+$')), 15)) AS exe,
          replace(lower(host_boot_id), '-', '') AS boot, k8s_node_name AS node,
          coalesce(k8s_node_name, host_name) AS host, k8s_pod_uid AS pod,
          k8s_pod_name || '/' || coalesce(k8s_namespace_name, '') AS pod_name,
          left(container_id, 12) AS container
        FROM facts
        WHERE observed_at IS NOT NULL AND read_state IN ('complete', 'truncated')
      ), near AS (
        SELECT DISTINCT unnest([bucket - 1, bucket, bucket + 1]) AS bucket
        FROM told WHERE evidence <> 'core'
      ), known AS MATERIALIZED (
        SELECT * FROM told WHERE bucket IN (SELECT bucket FROM near)
      ), keyed AS MATERIALIZED (
        SELECT case_id, evidence, bucket, unnest(list_distinct(list_filter([
          'pid ' || pid, 'pid ' || tid, 'boot ' || boot, 'host ' || host, 'pod ' || pod,
          'name ' || pod_name, 'container ' || container], lambda k: k IS NOT NULL))) AS key
        FROM known
      ), pairs AS MATERIALIZED (
        SELECT DISTINCT l.case_id AS a, k.case_id AS b
        FROM (
          SELECT case_id, key, unnest([bucket - 1, bucket, bucket + 1]) AS bucket
          FROM keyed WHERE evidence <> 'core') l
        JOIN keyed k ON l.key = k.key AND l.bucket = k.bucket
        WHERE l.case_id <> k.case_id
      ), compared AS MATERIALIZED (
        SELECT a, b, x.evidence AS kind_a, y.evidence AS kind_b, abs(x.moment_s - y.moment_s) AS apart,
          greatest(x.tolerance, y.tolerance) AS tolerance,
          coalesce(x.pid = y.pid, false) OR coalesce(x.tid = y.tid, false)
            OR coalesce(x.pid = y.tid, false) OR coalesce(x.tid = y.pid, false) AS same_process,
          coalesce(least(x.pid, y.pid, x.tid, y.tid), 0) AS least_id,
          x.pid IS NOT DISTINCT FROM y.pid AND x.tid IS NOT DISTINCT FROM y.tid
            AND x.container IS NOT DISTINCT FROM y.container AS same_ids,
          x.pid IS NOT NULL AND y.pid IS NOT NULL AS both_ids,
          coalesce(x.boot = y.boot, false) OR coalesce(x.host = y.host, false)
            OR coalesce(x.pod = y.pod, false) OR coalesce(x.pod_name = y.pod_name, false)
            OR coalesce(x.container = y.container, false) AS same_place,
          coalesce(x.boot <> y.boot, false) OR coalesce(x.node <> y.node, false)
            OR coalesce(x.pod <> y.pod, false) OR coalesce(x.pod_name <> y.pod_name, false)
            OR coalesce(x.container <> y.container, false)
            OR (x.pod_name IS NULL AND y.pod_name IS NULL AND coalesce(x.host <> y.host, false))
            AS other_place,
          x.signal IS NULL OR y.signal IS NULL OR x.signal = y.signal
            OR coalesce(x.signal = y.killing, false) OR coalesce(y.signal = x.killing, false)
            OR (x.signal = 6 AND x.evidence IN ('systemd-unit', 'systemd-coredump', 'container', 'shell', 'audit'))
            OR (y.signal = 6 AND y.evidence IN ('systemd-unit', 'systemd-coredump', 'container', 'shell', 'audit'))
            AS signals_agree,
          coalesce(x.pod = y.pod, false) OR coalesce(x.pod_name = y.pod_name, false)
            OR coalesce(x.container = y.container, false) AS same_home,
          coalesce(x.exe = y.exe, false) AS same_name,
          x.exe IS NULL OR y.exe IS NULL OR starts_with(x.exe, y.exe) OR starts_with(y.exe, x.exe)
            AS names_agree
        FROM pairs JOIN known x ON x.case_id = a JOIN known y ON y.case_id = b
      ), sure AS MATERIALIZED (
        SELECT a, b, kind_a, kind_b FROM compared
        WHERE NOT other_place AND signals_agree AND apart <= tolerance
          AND CASE WHEN kind_a = kind_b
            THEN same_ids AND apart <= 1
            ELSE same_process AND (same_place OR (same_name AND least_id >= 300)) END
      ), likely AS MATERIALIZED (
        SELECT a, b FROM compared c
        WHERE NOT other_place AND signals_agree AND same_place AND names_agree
          AND kind_a <> kind_b AND NOT same_process AND (same_name OR same_home OR NOT both_ids)
          AND apart <= CASE WHEN tolerance > 10 THEN 60 ELSE 5 END
          AND NOT EXISTS (
            FROM sure s WHERE (s.a = c.a AND s.kind_b = c.kind_b) OR (s.b = c.a AND s.kind_a = c.kind_b)
              OR (s.a = c.b AND s.kind_b = c.kind_a) OR (s.b = c.b AND s.kind_a = c.kind_a))
        QUALIFY row_number() OVER (PARTITION BY a, kind_b ORDER BY apart, b) = 1
          AND row_number() OVER (PARTITION BY b, kind_a ORDER BY apart, a) = 1
      ), links AS MATERIALIZED (
        SELECT a, b, true AS is_sure FROM sure UNION ALL SELECT b, a, true FROM sure
        UNION ALL SELECT a, b, false FROM likely UNION ALL SELECT b, a, false FROM likely
      ), reached AS (
        SELECT DISTINCT a AS member, a AS other FROM links
        UNION
        SELECT r.member, l.b FROM reached r JOIN links l ON l.a = r.other
      ), groups AS MATERIALIZED (
        SELECT r.member, min(r.other) AS death,
          CASE WHEN bool_and(l.is_sure) THEN 'sure' ELSE 'likely' END AS certainty
        FROM reached r JOIN links l ON l.a = r.other GROUP BY r.member
      ), ranked AS MATERIALIZED (
        SELECT f.*, g.death, g.certainty, row_number() OVER (
          PARTITION BY g.death ORDER BY f.evidence IS NOT NULL, f.fault_registers_from IS NULL,
            -coalesce(len(map_keys(f.registers)), 0), f.signal_number IS NULL,
            -coalesce(len(f.frames), 0), f.observed_at, f.case_id) AS turn,
          row_number() OVER (PARTITION BY g.death, f.evidence ORDER BY f.case_id) = 1 AS first_of_kind
        FROM facts f JOIN groups g ON f.case_id = g.member
      ), merged AS MATERIALIZED (
        SELECT
          %1$s,
          list(coalesce(evidence, 'core') ORDER BY turn)
            FILTER (WHERE first_of_kind) AS evidence_kinds,
          list(case_id ORDER BY turn) FILTER (WHERE turn > 1) AS also_told_by,
          min(certainty) AS match_certainty
        FROM ranked GROUP BY death
      ), deaths_told AS (
        SELECT %2$s, NULL::VARCHAR[] AS evidence_kinds, NULL::VARCHAR[] AS also_told_by,
          NULL::VARCHAR AS match_certainty
        FROM facts WHERE case_id NOT IN (SELECT member FROM groups)
        UNION ALL BY NAME
        SELECT * FROM merged
      ), homes AS MATERIALIZED (
        SELECT case_id, epoch(observed_at) AS moment_s, evidence, termination_reason,
          coalesce(k8s_pod_uid, k8s_pod_name || '/' || coalesce(k8s_namespace_name, ''), container_id,
            service_name || ' on ' || host_name) AS home,
          k8s_container_name AS room,
          coalesce(k8s_node_name, host_name) AS host
        FROM deaths_told
        WHERE observed_at IS NOT NULL AND read_state IN ('complete', 'truncated')
          AND termination_reason IS DISTINCT FROM 'hardware report'
      ), kills AS MATERIALIZED (
        SELECT moment_s, home, host FROM homes WHERE evidence = 'oom-killer' OR termination_reason = 'OOMKilled'
      ), starved AS MATERIALIZED (
        SELECT h.case_id, min(abs(h.moment_s - k.moment_s))::BIGINT AS oom_kill_s
        FROM homes h JOIN kills k ON abs(h.moment_s - k.moment_s) <= 60
          AND (h.home = k.home OR ((h.home IS NULL OR k.home IS NULL) AND h.host = k.host))
        GROUP BY h.case_id
      ), spaced AS (
        SELECT case_id, home, room, moment_s,
          coalesce(moment_s - lag(moment_s) OVER (PARTITION BY home, room ORDER BY moment_s, case_id), 1e9) > 600 AS begins
        FROM homes WHERE home IS NOT NULL
      ), looped AS (
        SELECT case_id, home, room, moment_s,
          count(*) FILTER (WHERE begins) OVER (PARTITION BY home, room ORDER BY moment_s, case_id) AS loop
        FROM spaced
      ), repeated AS MATERIALIZED (
        SELECT case_id, first(case_id) OVER (PARTITION BY home, room, loop ORDER BY moment_s, case_id)
          AS index_case_id
        FROM looped
      )
      SELECT d.*, s.oom_kill_s, nullif(r.index_case_id, d.case_id) AS index_case_id
      FROM deaths_told d LEFT JOIN starved s USING (case_id) LEFT JOIN repeated r USING (case_id)
      """
          .formatted(MERGED, STORED);

  private Deaths() {}

  private static String merged(Column<?> column) {
    String name = Engine.identifier(column.name());
    return switch (column.name()) {
      case "observed_at", "observed_at_from" ->
          "coalesce(first("
              + name
              + " ORDER BY turn) FILTER (WHERE observed_at_from <> 'object'), first("
              + name
              + " ORDER BY turn)) AS "
              + name;
      default ->
          WHOLE.contains(column.name())
              ? "first(" + name + " ORDER BY turn) AS " + name
              : "first("
                  + name
                  + " ORDER BY turn) FILTER (WHERE "
                  + name
                  + " IS NOT NULL) AS "
                  + name;
    };
  }
}
