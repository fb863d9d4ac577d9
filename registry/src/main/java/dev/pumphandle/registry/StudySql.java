package dev.pumphandle.registry;

import dev.pumphandle.epi.investigation.Exposure;
import dev.pumphandle.linelist.HostColumns;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /// The names of nodes that several clusters use. Of the stretches as they were reported: where
  /// they overlap, the last of a node is never cut away, and not to cut them takes a third of the
  /// time.
  static final String SHARED_NAMES =
      """
      CREATE OR REPLACE TEMP TABLE study_shared_names AS
      SELECT k8s_node_name FROM host_intervals_reported
      WHERE k8s_node_name IS NOT NULL AND interval_from < interval_to
      GROUP BY 1 HAVING count(DISTINCT k8s_cluster_name) > 1
      """;

  /// A node is known by its name; by cluster and name where two clusters use the name.
  private static String node(String alias) {
    return """
        CASE WHEN %1$s.k8s_cluster_name IS NOT NULL
            AND %1$s.k8s_node_name IN (SELECT k8s_node_name FROM study_shared_names)
          THEN %1$s.k8s_cluster_name || '/' || %1$s.k8s_node_name ELSE %1$s.k8s_node_name END"""
        .formatted(alias);
  }

  /// The number that a case_id writes in hex; of an id that is none, a number made of it. To cast
  /// `'0x' || case_id` takes twice as long.
  private static final String KEY =
      "coalesce(TRY(unhex(e.case_id)::BIT::UBIGINT), hash(e.case_id))";

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

  /// The inventory, numbered node by node; a stretch ends where the node's next one begins, as in
  /// `host_intervals`, whose window would sort all of it once more. Windows without an order go
  /// along the rows as they were sorted.
  static String stays() {
    return """
        CREATE OR REPLACE TEMP TABLE study_stays AS
        SELECT *, stay_number - 1 AS stay, %1$s AS node, epoch(interval_from)::BIGINT AS from_s,
          epoch(interval_to)::BIGINT AS to_s, epoch(node_started_at)::BIGINT AS born_s
        FROM (
          SELECT * EXCLUDE (next_name, next_cluster, next_from),
            (row_number() OVER ())::INTEGER AS stay_number
          FROM (
            SELECT * REPLACE (CASE WHEN next_name = k8s_node_name
                AND next_cluster IS NOT DISTINCT FROM k8s_cluster_name
              THEN least(interval_to, next_from) ELSE interval_to END AS interval_to)
            FROM (
              SELECT *, lead(k8s_node_name) OVER () AS next_name,
                lead(k8s_cluster_name) OVER () AS next_cluster,
                lead(interval_from) OVER () AS next_from
              FROM (
                SELECT interval_from, interval_to, %2$s FROM host_intervals_reported
                WHERE k8s_node_name IS NOT NULL AND interval_from < interval_to
                ORDER BY k8s_node_name, k8s_cluster_name, interval_from, interval_to)))
          WHERE epoch(interval_from)::BIGINT < epoch(interval_to)::BIGINT) h
        """
        .formatted(
            node("h"),
            Stream.concat(
                    Stream.concat(Placement.filled(), Stream.of("node_started_at", LOAD)),
                    EXPOSURES.stream().map(Column::name).filter(name -> !name.equals("node")))
                .distinct()
                .collect(Collectors.joining(", ")));
  }

  /// The stretches behind every word that leads to them.
  static String doors() {
    return "CREATE OR REPLACE TEMP TABLE study_doors AS\n" + Placement.doors("study_stays");
  }

  /// Every death with its label and its stretch of the inventory.
  ///
  /// @param inventory whether there is one
  /// @param labels the labels there are
  /// @param reasons the reasons of exclusion there are
  static String labelled(
      boolean inventory,
      List<CaseDefinition> cases,
      List<CaseDefinition> exclusions,
      List<String> labels,
      List<String> reasons) {
    String numbers =
        "(%s)::USMALLINT AS label_number,\n(%s)::USMALLINT AS reason_number"
            .formatted(
                LabelSql.firstMet(
                    cases, labels, Integer.toString(labels.indexOf(LabelSql.UNLABELLED) + 1)),
                LabelSql.firstMet(exclusions, reasons, "NULL"));
    // What asks nothing of the place is known before the row is placed, and its signs, forty
    // columns, need not be carried along.
    boolean early = Stream.concat(cases.stream(), exclusions.stream()).noneMatch(Placement::asked);
    String deaths = early ? "(SELECT *, " + numbers + " FROM deaths)" : "deaths";
    String placed =
        inventory
            ? Placement.among(deaths, "study_stays", "study_doors")
            : Placement.nowhere(deaths);
    String labelled = LabelSql.labelled("(" + placed + ")", cases, exclusions);
    return """
        CREATE OR REPLACE TEMP VIEW study_labelled AS
        SELECT * REPLACE (%s AS label, %s AS excluded_reason) FROM (
        %s)
        """
        .formatted(
            word(labels, "label_number"),
            word(reasons, "reason_number"),
            early ? labelled : "SELECT *, " + numbers + " FROM (" + labelled + ")");
  }

  /// The word that a number stands for.
  static String word(List<String> words, String number) {
    return words.stream()
            .map(Engine::literal)
            .collect(Collectors.joining(", ", "([", "]::VARCHAR[])"))
        + "["
        + number
        + "]";
  }

  /// Every row, as narrow as can be: ten million of them are kept in memory. Texts are numbers or
  /// one of a known few.
  ///
  /// `key` is the number that case_id writes in hex; `place` stands for the label on the host, as
  /// an episode has one of each, and is null for a row that is an episode of its own.
  ///
  /// @param caseCondition may speak of `episode_id`, which is expensive to know
  static String rows(String caseCondition) {
    String relation =
        caseCondition.contains("episode_id")
            ? "(" + LabelSql.withEpisodes("study_labelled") + ")"
            : "study_labelled";
    return """
        CREATE OR REPLACE TEMP TABLE study_rows AS
        SELECT %1$s AS key, label_number, label_number IS NOT NULL AS readable, reason_number,
          epoch_us(observed_at) AS at_us,
          coalesce(epoch(observed_at)::BIGINT - stay_born_s, node_age_s) AS age_s,
          fleet_not_joined::%2$s AS fleet_not_joined,
          stay_number - 1 AS stay,
          ((%3$s) IS TRUE) AS is_case,
          CASE WHEN label_number IS NOT NULL AND observed_at IS NOT NULL
              AND coalesce(k8s_node_name, host_id, host_name, host_physical_id) IS NOT NULL
            THEN hash(label_number, coalesce(k8s_node_name, host_id, host_name, host_physical_id))
          END AS place
        FROM %4$s e
        """
        .formatted(KEY, oneOf(Placement.REASONS), caseCondition, relation);
  }

  private static String oneOf(List<String> values) {
    return values.stream().map(Engine::literal).collect(Collectors.joining(", ", "ENUM (", ")"));
  }

  /// What [Followers] walks along: the rows that may belong to an episode of another row.
  static final String MOMENTS =
      "SELECT place, at_us, key FROM study_rows WHERE place IS NOT NULL ORDER BY place, at_us, key";

  /// The rows that belong to an episode which another row opened, as [LabelSql#withEpisodes] has
  /// them.
  ///
  /// This says it in SQL for those who want to check; [Followers] fills the same table in a third
  /// of the time.
  static final String FOLLOWERS =
      """
      CREATE OR REPLACE TEMP TABLE study_followers AS
      WITH moments AS (
        SELECT place, list({'at_us': at_us, 'key': key} ORDER BY at_us, key) AS moments
        FROM study_rows WHERE place IS NOT NULL GROUP BY place
      ), opened AS (
        SELECT unnest(list_reduce(list_transform(moments, lambda m: [m]),
          lambda opened, later: CASE WHEN later[1].at_us > opened[-1].at_us + %d
            THEN list_concat(opened, later) ELSE opened END)) AS opener
        FROM moments
      )
      SELECT key FROM study_rows
      WHERE place IS NOT NULL AND key NOT IN (SELECT opener.key FROM opened)
      """
          .formatted(LabelSql.EPISODE_US);

  /// The episodes: by their first rows, if readable, dated and not excluded; each with the stretch
  /// of the inventory it began in.
  static final String EPISODES =
      """
      CREATE OR REPLACE TEMP TABLE study_episodes AS
      SELECT key, label_number, is_case, at_us // 1000000 AS at_s, fleet_not_joined, stay, age_s
      FROM study_rows e ANTI JOIN study_followers f ON e.key = f.key
      WHERE readable AND reason_number IS NULL AND at_us IS NOT NULL
      """;

  /// What cores and logs tell of the episodes that are looked at one by one, all cases and a sample
  /// of the other crashes, even by their keys; with all that is known of their place: what the
  /// inventory knows fills in what the crash itself does not.
  ///
  /// @param every one of so many other crashes
  /// @param labels the labels there are
  static String crashes(long every, List<String> labels) {
    String filled =
        EXPOSURES.stream()
            .map(Column::name)
            .filter(name -> !name.equals("node"))
            .map(name -> "coalesce(e." + name + ", i." + name + ") AS " + name)
            .collect(Collectors.joining(",\n  "));
    return """
        CREATE OR REPLACE TEMP TABLE study_crashes AS
        SELECT e.case_id, j.is_case, j.at_s, %7$s AS label, j.stay, j.age_s,
          coalesce(i.node, %1$s, e.host_name, e.host_id) AS node,
          %2$s,
          %3$s AS top_function,
          e.process_executable_name,
          %4$s
        FROM deaths e
        JOIN (SELECT * FROM study_episodes WHERE is_case OR hash(key) %% %5$d = 0) j
          ON %6$s = j.key
        LEFT JOIN study_stays i ON i.stay = j.stay
        """
        .formatted(
            node("e"),
            filled,
            TOP_FUNCTION,
            SIGNS.stream().map(s -> "e." + s).collect(Collectors.joining(", ")),
            every,
            KEY,
            word(labels, "j.label_number"));
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
