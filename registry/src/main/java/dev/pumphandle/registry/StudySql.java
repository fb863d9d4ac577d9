package dev.pumphandle.registry;

import dev.pumphandle.epi.investigation.Exposure;
import dev.pumphandle.linelist.HostColumns;
import java.util.ArrayList;
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

  /// The names of nodes that several clusters use.
  static final String SHARED_NAMES =
      """
      CREATE OR REPLACE TEMP TABLE study_shared_names AS
      SELECT k8s_node_name FROM host_intervals GROUP BY 1 HAVING count(DISTINCT k8s_cluster_name) > 1
      """;

  /// A node is known by its name; by cluster and name where two clusters use the name.
  private static String node(String alias) {
    return """
        CASE WHEN %1$s.k8s_cluster_name IS NOT NULL
            AND %1$s.k8s_node_name IN (SELECT k8s_node_name FROM study_shared_names)
          THEN %1$s.k8s_cluster_name || '/' || %1$s.k8s_node_name ELSE %1$s.k8s_node_name END"""
        .formatted(alias);
  }

  /// The number that a case_id writes in hex; of an id that is none, a number made of it.
  private static final String KEY =
      "coalesce(try_cast('0x' || e.case_id AS UBIGINT), hash(e.case_id))";

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

  /// The load that a stretch of the inventory may tell.
  static final String LOAD = HostColumns.EXCEPTIONS.name();

  private StudySql() {}

  /// The inventory, numbered.
  static String stays() {
    return """
        CREATE OR REPLACE TEMP TABLE study_stays AS SELECT *, hash(node) AS node_hash FROM (
        SELECT (row_number() OVER (ORDER BY k8s_node_name, k8s_cluster_name, interval_from) - 1)::INTEGER AS stay,
          %s AS node,
          epoch(interval_from)::BIGINT AS from_s, epoch(interval_to)::BIGINT AS to_s,
          epoch(node_started_at)::BIGINT AS born_s,
          %s,
          %s
        FROM host_intervals h WHERE epoch(interval_from)::BIGINT < epoch(interval_to)::BIGINT)
        """
        .formatted(
            node("h"),
            LOAD,
            EXPOSURES.stream()
                .map(Column::name)
                .filter(name -> !name.equals("node"))
                .collect(Collectors.joining(", ")));
  }

  /// Every row, as narrow as can be: ten million of them are kept in memory. Texts are numbers or
  /// one of a known few.
  ///
  /// `key` is the number that case_id writes in hex; `place` stands for the label on the host, as
  /// an episode has one of each, and is null for a row that is an episode of its own.
  ///
  /// @param relation `labelled`, or `cases` where the condition speaks of episodes
  /// @param labels the labels there are
  /// @param exclusions the reasons of exclusion there are
  static String rows(
      String caseCondition, String relation, List<String> labels, List<String> exclusions) {
    return """
        CREATE OR REPLACE TEMP TABLE study_rows AS
        SELECT %1$s AS key, label::%2$s AS label, read_state::%3$s AS read_state,
          excluded_reason::%4$s AS excluded_reason, epoch_us(observed_at) AS at_us, node_age_s,
          fleet_not_joined::%5$s AS fleet_not_joined,
          hash(coalesce(%6$s, e.host_name, e.host_id)) AS node_hash,
          ((%7$s) IS TRUE) AS is_case,
          CASE WHEN label IS NOT NULL AND observed_at IS NOT NULL
              AND read_state IN ('complete', 'truncated')
              AND coalesce(k8s_node_name, host_id, host_name, host_physical_id) IS NOT NULL
            THEN hash(label, coalesce(k8s_node_name, host_id, host_name, host_physical_id))
          END AS place
        FROM %8$s e
        """
        .formatted(
            KEY,
            oneOf(labels),
            oneOf(List.of("complete", "truncated", "refused", "unreadable")),
            oneOf(exclusions),
            oneOf(Placement.REASONS),
            node("e"),
            caseCondition,
            relation);
  }

  private static String oneOf(List<String> values) {
    return values.isEmpty()
        ? "VARCHAR"
        : values.stream().map(Engine::literal).collect(Collectors.joining(", ", "ENUM (", ")"));
  }

  /// The first row of each episode, as [LabelSql#withEpisodes] has them, where a place has several
  /// rows.
  static final String OPENERS =
      """
      CREATE OR REPLACE TEMP TABLE study_openers AS
      WITH moments AS (
        SELECT place, list({'at_us': at_us, 'key': key} ORDER BY at_us, key) AS moments
        FROM study_rows WHERE place IS NOT NULL GROUP BY place
      ), opened AS (
        SELECT unnest(list_reduce(list_transform(moments, lambda m: [m]),
          lambda opened, later: CASE WHEN later[1].at_us > opened[-1].at_us + %d
            THEN list_concat(opened, later) ELSE opened END)) AS opener
        FROM moments
      )
      SELECT opener.key AS key FROM opened
      """
          .formatted(LabelSql.EPISODE_US);

  /// The episodes: by their first rows, if readable, dated and not excluded; each with the stretch
  /// of the inventory it began in.
  static final String EPISODES =
      """
      CREATE OR REPLACE TEMP TABLE study_episodes AS
      WITH episodes AS (
        SELECT key, label, is_case, at_us // 1000000 AS at_s, node_age_s, node_hash, fleet_not_joined
        FROM study_rows
        WHERE read_state IN ('complete', 'truncated') AND excluded_reason IS NULL
          AND at_us IS NOT NULL AND (place IS NULL OR key IN (SELECT key FROM study_openers))
      )
      SELECT e.key, e.label, e.is_case, e.at_s, e.fleet_not_joined,
        CASE WHEN s.to_s > e.at_s THEN s.stay END AS stay,
        CASE WHEN s.to_s > e.at_s AND s.born_s IS NOT NULL THEN e.at_s - s.born_s
          ELSE e.node_age_s END AS age_s
      FROM episodes e ASOF LEFT JOIN study_stays s
        ON e.node_hash = s.node_hash AND e.at_s >= s.from_s
      """;

  /// What cores and logs tell of the episodes that are looked at one by one: of all cases, and of a
  /// sample of the other crashes, even by their keys.
  ///
  /// @param every one of so many other crashes
  static String deaths(long every) {
    List<String> columns = new ArrayList<>(Placement.COLUMNS);
    columns.add("process_executable_name");
    columns.addAll(SIGNS);
    EXPOSURES.stream().map(Column::name).filter(c -> !c.equals("node")).forEach(columns::add);
    return """
        CREATE OR REPLACE TEMP TABLE study_deaths AS
        SELECT %1$s AS key, e.case_id, %2$s AS top_function,
          %3$s
        FROM deaths e
        WHERE %1$s IN (SELECT key FROM study_episodes WHERE is_case OR hash(key) %% %4$d = 0)
        """
        .formatted(
            KEY,
            TOP_FUNCTION,
            columns.stream().distinct().map(c -> "e." + c).collect(Collectors.joining(", ")),
            every);
  }

  /// The same with all that is known of their place: what the inventory knows fills in what the
  /// crash itself does not.
  ///
  /// @param placed the query that places `study_deaths`
  static String crashes(String placed) {
    String filled =
        EXPOSURES.stream()
            .filter(c -> !c.name().equals("node"))
            .map(c -> "coalesce(e." + c.name() + ", i." + c.name() + ") AS " + c.name())
            .collect(Collectors.joining(",\n  "));
    return """
        CREATE OR REPLACE TEMP TABLE study_crashes AS
        SELECT e.case_id, j.is_case, j.at_s, j.label, j.stay, j.age_s,
          coalesce(%1$s, e.host_name, e.host_id) AS node,
          %2$s,
          e.top_function,
          e.process_executable_name,
          %3$s
        FROM (%4$s) e JOIN study_episodes j ON e.key = j.key
        LEFT JOIN study_stays i ON i.stay = j.stay
        """
        .formatted(
            node("e"),
            filled,
            SIGNS.stream().map(s -> "e." + s).collect(Collectors.joining(", ")),
            placed);
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
      SELECT stay, min(at_s), count(*) FROM study_episodes
      WHERE NOT is_case AND stay IS NOT NULL
      GROUP BY stay, at_s // 86400, (age_s >= 86400), (age_s >= 604800), (age_s >= 2592000)
      ORDER BY 1, 2
      """;
}
