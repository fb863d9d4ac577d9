package dev.pumphandle.registry;

import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.HostColumns;
import dev.pumphandle.linelist.LineListSchema;
import dev.pumphandle.linelist.Standing;
import java.util.List;
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

  /// The query that places the rows of a relation.
  ///
  /// @param relation with all of [#COLUMNS]
  /// @param inventory whether there is anything to place them in
  static String of(String relation, boolean inventory) {
    if (!inventory) {
      return "SELECT *, NULL::VARCHAR AS fleet_joined_by, '"
          + NO_INVENTORY
          + "' AS fleet_not_joined FROM "
          + relation;
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

  /// The stretches behind a door that fit a row.
  private static String fitting(String door) {
    return """
        list_transform(list_filter(%s.stays, lambda s: f.observed_at >= s.since AND f.observed_at < s.until
          AND (f.k8s_cluster_name IS NULL OR s.cluster IS NULL OR s.cluster = f.k8s_cluster_name)),
          lambda s: s.stay_number)"""
        .formatted(door);
  }

  /// The stretches behind every word that leads to them, by month.
  ///
  /// @param stays the stretches, each with a `stay_number`
  static String doors(String stays) {
    return """
        SELECT door, word, month,
          list({'cluster': k8s_cluster_name, 'since': interval_from, 'until': interval_to,
            'stay_number': stay_number} ORDER BY stay_number) AS stays
        FROM (
          SELECT *, unnest(range(%2$s, %3$s + 1)) AS month FROM (
            SELECT 'boot' AS door, replace(lower(host_boot_id), '-', '') AS word, *
            FROM %1$s WHERE host_boot_id IS NOT NULL
            UNION ALL
            SELECT 'node', k8s_node_name, * FROM %1$s
            UNION ALL
            SELECT 'host', lower(host_id), * FROM %1$s WHERE host_id IS NOT NULL))
        GROUP BY door, word, month"""
        .formatted(stays, MONTH.formatted("interval_from"), MONTH.formatted("interval_to"));
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
          %2$s AS boot_fits,
          %3$s AS node_fits,
          %4$s AS host_fits
        FROM knocking f
        LEFT JOIN %8$s b ON b.door = 'boot' AND b.word = f.boot_word AND b.month = f.month
        LEFT JOIN %8$s n ON n.door = 'node' AND n.word = f.node_word AND n.month = f.month
        LEFT JOIN %8$s h ON h.door = 'host' AND h.word = f.host_word AND h.month = f.month
      ), chosen AS (
        SELECT *,
          CASE WHEN len(boot_fits) = 1 THEN boot_fits[1] WHEN len(node_fits) = 1 THEN node_fits[1]
            WHEN len(host_fits) = 1 THEN host_fits[1] END AS stay_number,
          CASE WHEN len(boot_fits) = 1 THEN 'boot id'
            WHEN len(node_fits) = 1 AND k8s_node_name IS NOT NULL THEN 'node name'
            WHEN len(node_fits) = 1 THEN 'host name'
            WHEN len(host_fits) = 1 THEN 'host id' END AS fleet_joined_by,
          greatest(len(boot_fits), len(node_fits), len(host_fits)) > 1 AS several
        FROM opened
      )
      SELECT f.* EXCLUDE (boot_word, node_word, host_word, month, boot_fits, node_fits, host_fits,
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
          WHEN f.boot_word IN (SELECT word FROM %8$s WHERE door = 'boot')
            OR f.node_word IN (SELECT word FROM %8$s WHERE door = 'node')
            OR f.host_word IN (SELECT word FROM %8$s WHERE door = 'host')
            THEN 'the inventory has a gap there'
          ELSE 'the node is not in the inventory'
        END AS fleet_not_joined%9$s
      FROM chosen f LEFT JOIN %7$s i ON i.stay_number = f.stay_number
      """
        .formatted(
            MONTH.formatted("observed_at"),
            fitting("b"),
            fitting("n"),
            fitting("h"),
            FILLED,
            relation,
            stays,
            doors,
            known);
  }

  private Placement() {}

  private static boolean inLineList(String name) {
    return LineListSchema.column(name).filter(c -> c.standing() == Standing.STORED).isPresent();
  }
}
