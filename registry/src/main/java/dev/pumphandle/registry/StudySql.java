package dev.pumphandle.registry;

import dev.pumphandle.epi.investigation.Exposure;
import java.util.List;
import java.util.stream.Collectors;

/// The SQL behind a study: episodes joined to the stretch of the inventory they happened in.
final class StudySql {

  /// An exposure and what it is to the investigation.
  record Column(String name, String words, Exposure.Role role) {}

  static final List<Column> EXPOSURES =
      List.of(
          new Column("cloud_region", "region", Exposure.Role.REGION),
          new Column("cloud_availability_zone", "zone", Exposure.Role.MACHINE),
          new Column("k8s_cluster_name", "cluster", Exposure.Role.CLUSTER),
          new Column("host_type", "SKU", Exposure.Role.SKU),
          new Column("os_version", "kernel", Exposure.Role.KERNEL),
          new Column("service_version", "release", Exposure.Role.RELEASE),
          new Column("host_cpu_microcode", "microcode", Exposure.Role.MACHINE),
          new Column("host_cpu_model_name", "processor", Exposure.Role.MACHINE),
          new Column("host_image_version", "image", Exposure.Role.MACHINE),
          new Column("host_physical_id", "physical host", Exposure.Role.HOST),
          new Column("node", "node", Exposure.Role.NODE));

  static final List<Column> TRAITS =
      List.of(
          new Column("top_function", "function on top", Exposure.Role.TRAIT),
          new Column("process_executable_name", "executable", Exposure.Role.TRAIT));

  /// Clinical signs: facts of the core that say neither where it was nor, by themselves, what it
  /// is.
  static final List<String> SIGNS =
      List.of(
          "stack_alignment",
          "exception_object",
          "unwinder_at_work",
          "operand_agrees",
          "top_word_in",
          "residual_in_setcontext",
          "sp_in",
          "fp_in",
          "machine");

  /// A node is known by its name; by cluster and name where two clusters use the name.
  private static final String NODE =
      """
      CASE WHEN k8s_cluster_name IS NOT NULL AND k8s_node_name IN (
          SELECT k8s_node_name FROM host_intervals GROUP BY 1
          HAVING count(DISTINCT k8s_cluster_name) > 1)
        THEN k8s_cluster_name || '/' || k8s_node_name ELSE k8s_node_name END""";

  /// The innermost function that is not the C library's: every abort ends in the same one of those.
  /// Where no symbol was at hand, the innermost file and offset of the signature; never where
  /// control was sent, which is part of the complaint.
  private static final String TOP_FUNCTION =
      """
      coalesce(
        list_extract(list_filter(e.frames, lambda f: f.function IS NOT NULL
          AND NOT regexp_matches(coalesce(f.file, ''), '%1$s')), 1).function,
        list_extract(list_filter(string_split(e.signature, ' | '),
          lambda p: NOT starts_with(p, '(') AND NOT regexp_matches(p, '%1$s')), 1))"""
          .formatted("(^|/)(libc|libpthread|ld-linux[^/]*|ld)[.-][^/]*");

  private StudySql() {}

  /// The inventory, numbered.
  static String stays() {
    return """
        CREATE OR REPLACE TEMP TABLE study_stays AS
        SELECT (row_number() OVER (ORDER BY k8s_node_name, k8s_cluster_name, interval_from) - 1)::INTEGER AS stay,
          %s AS node,
          epoch(interval_from)::BIGINT AS from_s, epoch(interval_to)::BIGINT AS to_s,
          epoch(node_started_at)::BIGINT AS born_s,
          %s
        FROM host_intervals WHERE epoch(interval_from)::BIGINT < epoch(interval_to)::BIGINT
        """
        .formatted(
            NODE,
            EXPOSURES.stream()
                .map(Column::name)
                .filter(name -> !name.equals("node"))
                .collect(Collectors.joining(", ")));
  }

  /// Every row with what a study needs of it: the views below are expensive, and everything else is
  /// asked of this table.
  static String rows(String caseCondition) {
    String exposures =
        EXPOSURES.stream()
            .map(Column::name)
            .filter(name -> !name.equals("node"))
            .collect(Collectors.joining(", "));
    return """
        CREATE OR REPLACE TEMP TABLE study_rows AS
        SELECT case_id, episode_id, label, read_state, excluded_reason, observed_at, node_age_s,
          fleet_not_joined, coalesce(%s, host_name, host_id) AS node, ((%s) IS TRUE) AS is_case,
          %s,
          %s AS top_function, process_executable_name,
          %s
        FROM cases e
        """
        .formatted(NODE, caseCondition, exposures, TOP_FUNCTION, String.join(", ", SIGNS));
  }

  /// The crashes: readable, dated, not excluded, first of their episode; each with the stretch of
  /// the inventory it happened in, and with what that knows where the crash itself does not.
  static String crashes() {
    String filled =
        EXPOSURES.stream()
            .filter(c -> !c.name().equals("node"))
            .map(c -> "coalesce(e." + c.name() + ", i." + c.name() + ") AS " + c.name())
            .collect(Collectors.joining(",\n  "));
    String signs = SIGNS.stream().map(s -> "e." + s).collect(Collectors.joining(", "));
    return """
        CREATE OR REPLACE TEMP TABLE study_crashes AS
        WITH episodes AS (
          SELECT *, epoch(observed_at)::BIGINT AS at_s
          FROM study_rows
          WHERE read_state IN ('complete', 'truncated') AND excluded_reason IS NULL
            AND observed_at IS NOT NULL AND case_id = episode_id
        ), joined AS (
          SELECT e.case_id, s.stay, s.to_s
          FROM episodes e ASOF JOIN study_stays s ON e.node = s.node AND e.at_s >= s.from_s
        )
        SELECT e.case_id, e.is_case, e.at_s, e.label, e.node, e.fleet_not_joined,
          CASE WHEN j.to_s > e.at_s THEN j.stay END AS stay,
          CASE WHEN j.to_s > e.at_s AND i.born_s IS NOT NULL THEN e.at_s - i.born_s
            ELSE e.node_age_s END AS age_s,
          %s,
          e.top_function,
          e.process_executable_name,
          %s
        FROM episodes e LEFT JOIN joined j USING (case_id)
        LEFT JOIN study_stays i ON i.stay = j.stay AND j.to_s > e.at_s
        """
        .formatted(filled, signs);
  }

  /// A dictionary: the values of a column, numbered from 0 in their order.
  static String dictionary(String column, boolean inInventory) {
    return "CREATE OR REPLACE TEMP TABLE dictionary_"
        + column
        + " AS SELECT v, (row_number() OVER (ORDER BY v) - 1)::INTEGER AS code FROM ("
        + (inInventory
            ? "SELECT DISTINCT " + column + "::VARCHAR AS v FROM study_stays UNION "
            : "")
        + "SELECT DISTINCT "
        + column
        + "::VARCHAR AS v FROM study_crashes) WHERE v IS NOT NULL";
  }

  /// A table with the columns replaced by their codes, −1 where missing.
  static String coded(String table, String plain, List<String> columns, String where) {
    StringBuilder sql = new StringBuilder("SELECT " + plain);
    for (String column : columns) {
      sql.append(", coalesce(d_").append(column).append(".code, -1)");
    }
    sql.append(" FROM ").append(table).append(" t");
    for (String column : columns) {
      sql.append(" LEFT JOIN dictionary_").append(column).append(" d_").append(column);
      sql.append(" ON d_").append(column).append(".v = t.").append(column).append("::VARCHAR");
    }
    return sql.append(where).toString();
  }

  /// Other crashes by stretch, day and class of uptime, counted.
  static final String OTHERS =
      """
      SELECT stay, min(at_s), count(*) FROM study_crashes
      WHERE NOT is_case AND stay IS NOT NULL
      GROUP BY stay, at_s // 86400, (age_s >= 86400), (age_s >= 604800), (age_s >= 2592000)
      ORDER BY 1, 2
      """;
}
