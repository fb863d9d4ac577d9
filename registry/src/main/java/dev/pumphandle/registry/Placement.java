package dev.pumphandle.registry;

import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.HostColumns;
import dev.pumphandle.linelist.LineListSchema;
import dev.pumphandle.linelist.Standing;
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

  private static final String FILLED =
      Stream.concat(Stream.of(HostColumns.NODE), HostColumns.exposures().stream())
          .<String>map(Column::name)
          .filter(Placement::inLineList)
          .map(name -> "coalesce(f." + name + ", i." + name + ") AS " + name)
          .collect(Collectors.joining(",\n  "));

  /// The view where there is nothing to join to.
  static final String WITHOUT_INVENTORY =
      "SELECT *, NULL::VARCHAR AS fleet_joined_by, '"
          + NO_INVENTORY
          + "' AS fleet_not_joined FROM deaths";

  /// The view.
  static final String SQL =
      """
      WITH stays AS MATERIALIZED (
        SELECT *, row_number() OVER () AS stay_number FROM host_intervals
      ), doors AS MATERIALIZED (
        SELECT 'boot' AS door, replace(lower(host_boot_id), '-', '') AS word, k8s_cluster_name,
          interval_from, interval_to, stay_number FROM stays WHERE host_boot_id IS NOT NULL
        UNION ALL
        SELECT 'node', k8s_node_name, k8s_cluster_name,
          interval_from, interval_to, stay_number FROM stays
        UNION ALL
        SELECT 'host', lower(host_id), k8s_cluster_name,
          interval_from, interval_to, stay_number FROM stays WHERE host_id IS NOT NULL
      ), knocks AS MATERIALIZED (
        SELECT case_id, 1 AS turn, 'boot id' AS way, 'boot' AS door,
          replace(lower(host_boot_id), '-', '') AS word, k8s_cluster_name, observed_at
        FROM deaths WHERE host_boot_id IS NOT NULL
        UNION ALL
        SELECT case_id, 2, 'node name', 'node', k8s_node_name, k8s_cluster_name, observed_at
        FROM deaths WHERE k8s_node_name IS NOT NULL
        UNION ALL
        SELECT case_id, 3, 'host name', 'node', host_name, k8s_cluster_name, observed_at
        FROM deaths WHERE host_name IS NOT NULL AND k8s_node_name IS NULL
        UNION ALL
        SELECT case_id, 4, 'host id', 'host', lower(host_id), k8s_cluster_name, observed_at
        FROM deaths WHERE host_id IS NOT NULL
      ), opened AS (
        SELECT k.case_id, k.turn, k.way, count(*) AS stays_fit, min(d.stay_number) AS stay_number
        FROM knocks k JOIN doors d ON k.door = d.door AND k.word = d.word
          AND k.observed_at >= d.interval_from AND k.observed_at < d.interval_to
          AND (k.k8s_cluster_name IS NULL OR d.k8s_cluster_name IS NULL
            OR k.k8s_cluster_name = d.k8s_cluster_name)
        GROUP BY k.case_id, k.turn, k.way
      ), chosen AS (
        SELECT case_id, bool_or(stays_fit = 1) AS one_fits,
          min_by(stay_number, turn) FILTER (WHERE stays_fit = 1) AS stay_number,
          min_by(way, turn) FILTER (WHERE stays_fit = 1) AS way
        FROM opened GROUP BY case_id
      ), named AS (
        SELECT k.case_id, bool_or(d.word IS NOT NULL) AS known
        FROM knocks k LEFT JOIN (SELECT DISTINCT door, word FROM doors) d
          ON k.door = d.door AND k.word = d.word
        GROUP BY k.case_id
      )
      SELECT f.* REPLACE (
        %s,
        coalesce(f.node_age_s, CASE WHEN f.observed_at >= i.node_started_at
          THEN (epoch(f.observed_at) - epoch(i.node_started_at))::BIGINT END) AS node_age_s),
        c.way AS fleet_joined_by,
        CASE
          WHEN c.one_fits THEN NULL
          WHEN c.case_id IS NOT NULL THEN 'several nodes fit'
          WHEN n.case_id IS NULL THEN 'no node is known'
          WHEN f.observed_at IS NULL THEN 'no time is known'
          WHEN n.known THEN 'the inventory has a gap there'
          ELSE 'the node is not in the inventory'
        END AS fleet_not_joined
      FROM deaths f LEFT JOIN chosen c USING (case_id) LEFT JOIN named n USING (case_id)
      LEFT JOIN stays i ON i.stay_number = c.stay_number
      """
          .formatted(FILLED);

  private Placement() {}

  private static boolean inLineList(String name) {
    return LineListSchema.column(name).filter(c -> c.standing() == Standing.STORED).isPresent();
  }
}
