package dev.pumphandle.registry;

import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.HostColumns;
import dev.pumphandle.linelist.LineListSchema;
import dev.pumphandle.linelist.Standing;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The SQL that joins each row of the line list to the stretch of the inventory that it happened
/// in.
///
/// The stretch is found by boot id, else by node name, else by host name, else by host id, always
/// at the time of death; where both sides name a cluster it must be the same. What the row itself
/// knows is never replaced: the core was nearer. A row that fits no stretch, or several, is left as
/// it is and says why.
final class Placement {

  static final String NO_INVENTORY = "no inventory";

  /// Why a row may not be joined.
  static final List<String> REASONS =
      List.of(
          NO_INVENTORY,
          "several nodes fit",
          "no node is known",
          "no time is known",
          "the inventory has a gap there",
          "the node is not in the inventory");

  /// The columns that a stretch fills in.
  static Stream<String> filled() {
    return Stream.concat(Stream.of(HostColumns.NODE), HostColumns.exposures().stream())
        .<String>map(Column::name)
        .filter(Placement::inLineList);
  }

  private static final String FILLED =
      filled()
          .map(name -> "coalesce(f." + name + ", i." + name + ") AS " + name)
          .collect(Collectors.joining(",\n  "));

  /// The columns of a row that a placing reads or fills in.
  static final List<String> COLUMNS =
      Stream.concat(
              Stream.of("observed_at", "node_age_s", "host_boot_id", "host_name", "host_id"),
              filled())
          .distinct()
          .toList();

  private static final String NOWHERE =
      "NULL::VARCHAR AS fleet_joined_by, '" + NO_INVENTORY + "' AS fleet_not_joined";

  /// Whether a definition may ask about anything that placing a row fills in or tells.
  static boolean asked(CaseDefinition definition) {
    return definition.predicates().values().stream()
        .map(sql -> sql.toLowerCase(Locale.ROOT))
        .anyMatch(
            sql ->
                Stream.concat(filled(), Stream.of("node_age_s", "fleet_", "columns"))
                    .anyMatch(sql::contains));
  }

  /// The query that places the rows of a relation.
  ///
  /// @param relation with all of [#COLUMNS]
  /// @param inventory whether there is anything to place them in
  static String of(String relation, boolean inventory) {
    if (!inventory) {
      return "SELECT *, " + NOWHERE + " FROM " + relation;
    }
    return """
        WITH stays AS MATERIALIZED (
          SELECT *, row_number() OVER () AS stay_number FROM host_intervals
        ), doors AS MATERIALIZED (
          %s
        ),
        %s
        """
        .formatted(doors("stays"), walk(relation, "stays", "doors", ""));
  }

  /// Stretches are found by month: a door has one entry for each of its word's months.
  private static final String MONTH = "least(greatest(epoch(%s) // 2592000, 0), 1700)::INTEGER";

  /// Whether a row and a stretch may be of one cluster.
  private static String sameCluster(String stretch) {
    return "(f.k8s_cluster_name IS NULL OR %1$s.cluster IS NULL OR %1$s.cluster = f.k8s_cluster_name)"
        .formatted(stretch);
  }

  /// The stretches of a crowd that fit a row.
  private static String fitting(String door) {
    return """
        list_filter(%s.crowd, lambda s: f.observed_at >= s.since AND f.observed_at < s.until
            AND %s)"""
        .formatted(door, sameCluster("s"));
  }

  /// The stretch behind a door that fits a row, where just one does.
  private static String only(String door) {
    return """
        CASE WHEN %1$s.crowd IS NULL THEN CASE WHEN %2$s THEN %1$s.stay_number END
            WHEN len(%3$s) = 1 THEN %3$s[1].stay_number END"""
        .formatted(door, sameCluster(door), fitting(door));
  }

  private static String several(String door) {
    return "CASE WHEN %1$s.crowd IS NULL THEN false ELSE len(%2$s) > 1 END"
        .formatted(door, fitting(door));
  }

  /// The entry of a door that a row's word and time lead to: one at most.
  private static String entering(String doors, String door, String kind) {
    return """
        LEFT JOIN %1$s %2$s ON %2$s.door = '%3$s' AND %2$s.word = f.%3$s_word AND %2$s.month = f.month
            AND f.observed_at >= %2$s.since AND f.observed_at < %2$s.until"""
        .formatted(doors, door, kind);
  }

  /// Whether a row that fits no stretch has a word that leads to some at another time. Asked of the
  /// others it would cost as much as finding their stretch.
  private static String elsewhere(String doors, String kind) {
    return "CASE WHEN f.stay_number IS NULL THEN f.%2$s_word END IN (SELECT word FROM %1$s WHERE door = '%2$s')"
        .formatted(doors, kind);
  }

  /// The stretches behind every word that leads to them, by month.
  ///
  /// A word that leads to one node has an entry for each stretch, and at most one of them is of a
  /// given time, because stretches of a node do not overlap. Where it leads to several nodes, the
  /// entry holds the whole `crowd`, to be looked through.
  ///
  /// @param stays the stretches, each with a `stay_number`
  static String doors(String stays) {
    return """
        WITH known AS (
          SELECT k8s_node_name AS node, k8s_cluster_name AS cluster, interval_from AS since,
            interval_to AS until, stay_number, replace(lower(host_boot_id), '-', '') AS boot,
            lower(host_id) AS host
          FROM %1$s
        ), words AS (
          SELECT 'boot' AS door, boot AS word, node, cluster, since, until, stay_number
          FROM known WHERE boot IS NOT NULL
          UNION ALL
          SELECT 'node', node, node, cluster, since, until, stay_number FROM known
          UNION ALL
          SELECT 'host', host, node, cluster, since, until, stay_number
          FROM known WHERE host IS NOT NULL
        ), crowded AS (
          SELECT door, word FROM words GROUP BY door, word
          HAVING min(node) <> max(node) OR min(cluster) <> max(cluster)
            OR count(cluster) NOT IN (0, count(*))
        ), entries AS (
          SELECT door, word, unnest(range(%2$s, %3$s + 1)) AS month, since, until, cluster, stay_number
          FROM words
        )
        SELECT *, NULL AS crowd FROM entries ANTI JOIN crowded USING (door, word)
        UNION ALL BY NAME
        SELECT door, word, month, min(since) AS since, max(until) AS until,
          list({'cluster': cluster, 'since': since, 'until': until, 'stay_number': stay_number}
            ORDER BY stay_number) AS crowd
        FROM entries SEMI JOIN crowded USING (door, word)
        GROUP BY door, word, month"""
        .formatted(stays, MONTH.formatted("since"), MONTH.formatted("until"));
  }

  /// The query that places rows in stretches that are tables already; it also tells `stay_number`
  /// and when the stretch's node started (`stay_born_s`).
  ///
  /// @param relation with all of [#COLUMNS]
  /// @param stays the stretches, each with a `stay_number`
  /// @param doors [#doors] of them
  static String among(String relation, String stays, String doors) {
    String known = ", f.stay_number, epoch(i.node_started_at)::BIGINT AS stay_born_s";
    return "WITH " + walk(relation, stays, doors, known);
  }

  /// The same where there is no inventory.
  static String nowhere(String relation) {
    return "SELECT *, "
        + NOWHERE
        + ", NULL::INTEGER AS stay_number, NULL::BIGINT AS stay_born_s FROM "
        + relation;
  }

  /// From a row's words to its stretch.
  ///
  /// Each row looks up its own words in tables as small as the inventory and is passed on: nothing
  /// as long as the line list is sorted, grouped or kept, so that ten million rows take no more
  /// memory than ten.
  ///
  /// @param known what is told of the stretch besides
  private static String walk(String relation, String stays, String doors, String known) {
    return """
      knocking AS (
        SELECT f.*, replace(lower(host_boot_id), '-', '') AS boot_word,
          coalesce(k8s_node_name, host_name) AS node_word, lower(host_id) AS host_word,
          %1$s AS month
        FROM %6$s f
      ), opened AS (
        SELECT f.*,
          %2$s AS boot_stay,
          %3$s AS node_stay,
          %4$s AS host_stay,
          %9$s AS several
        FROM knocking f
        %10$s
        %11$s
        %12$s
      ), chosen AS (
        SELECT *,
          coalesce(boot_stay, node_stay, host_stay) AS stay_number,
          CASE WHEN boot_stay IS NOT NULL THEN 'boot id'
            WHEN node_stay IS NOT NULL AND k8s_node_name IS NOT NULL THEN 'node name'
            WHEN node_stay IS NOT NULL THEN 'host name'
            WHEN host_stay IS NOT NULL THEN 'host id' END AS fleet_joined_by
        FROM opened
      )
      SELECT f.* EXCLUDE (boot_word, node_word, host_word, month, boot_stay, node_stay, host_stay,
          stay_number, several, fleet_joined_by)
        REPLACE (
        %5$s,
        coalesce(f.node_age_s, CASE WHEN f.observed_at >= i.node_started_at
          THEN (epoch(f.observed_at) - epoch(i.node_started_at))::BIGINT END) AS node_age_s),
        f.fleet_joined_by,
        CASE
          WHEN f.stay_number IS NOT NULL THEN NULL
          WHEN f.several THEN 'several nodes fit'
          WHEN coalesce(f.boot_word, f.node_word, f.host_word) IS NULL THEN 'no node is known'
          WHEN f.observed_at IS NULL THEN 'no time is known'
          WHEN %13$s
            OR %14$s
            OR %15$s
            THEN 'the inventory has a gap there'
          ELSE 'the node is not in the inventory'
        END AS fleet_not_joined%8$s
      FROM chosen f LEFT JOIN %7$s i ON i.stay_number = f.stay_number
      """
        .formatted(
            MONTH.formatted("observed_at"),
            only("b"),
            only("n"),
            only("h"),
            FILLED,
            relation,
            stays,
            known,
            Stream.of("b", "n", "h").map(Placement::several).collect(Collectors.joining(" OR ")),
            entering(doors, "b", "boot"),
            entering(doors, "n", "node"),
            entering(doors, "h", "host"),
            elsewhere(doors, "boot"),
            elsewhere(doors, "node"),
            elsewhere(doors, "host"));
  }

  private Placement() {}

  private static boolean inLineList(String name) {
    return LineListSchema.column(name).filter(c -> c.standing() == Standing.STORED).isPresent();
  }
}
