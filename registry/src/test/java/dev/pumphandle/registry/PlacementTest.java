package dev.pumphandle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;

final class PlacementTest {

  // Seven names in three clusters, one of them unknown, so that many a stretch shares its name;
  // boot ids of one stretch and of several; host ids of several nodes. `host_type` is the stretch.
  private static final String INVENTORY =
      """
      SELECT 'n' || i %% 7 AS k8s_node_name,
        CASE i %% 3 WHEN 0 THEN NULL ELSE 'c' || i %% 3 END AS k8s_cluster_name,
        CASE WHEN i %% 2 = 0 THEN 'B-' || i // 4 WHEN i %% 5 = 0 THEN 'X-' || i END AS host_boot_id,
        CASE WHEN i %% 4 = 1 THEN 'H' || i %% 9 END AS host_id, 's' || i AS host_type,
        start + to_days((i // 21 * 40)::INTEGER) AS interval_from,
        start + to_days((i // 21 * 40 + 5 + hash(i) %% 36)::INTEGER) AS interval_to,
        start AS node_started_at, %s
      FROM range(210) r(i), (SELECT '2026-01-01 00:00:00Z'::TIMESTAMPTZ AS start)
      """;

  private static final String ROWS =
      """
      SELECT i AS case_id,
        CASE WHEN i %% 50 > 0 THEN '2026-01-01 00:00:00Z'::TIMESTAMPTZ
          + to_hours((random() * 24 * 420)::INTEGER) END AS observed_at,
        NULL::BIGINT AS node_age_s, NULL::VARCHAR AS host_type,
        CASE WHEN random() < 0.2 THEN 'b' || (random() * 60)::INTEGER
          WHEN random() < 0.1 THEN 'x' || (random() * 200)::INTEGER END AS host_boot_id,
        CASE WHEN random() < 0.6 THEN 'n' || (random() * 8)::INTEGER END AS k8s_node_name,
        CASE WHEN random() < 0.3 THEN 'n' || (random() * 8)::INTEGER END AS host_name,
        CASE WHEN random() < 0.3 THEN 'h' || (random() * 9)::INTEGER END AS host_id,
        CASE WHEN random() < 0.7 THEN 'c' || (1 + random())::INTEGER END AS k8s_cluster_name, %s
      FROM range(5000) r(i)
      """;

  // What placing means, asked of every stretch for every row.
  private static final String EVERY_STRETCH =
      """
      WITH fits AS (
        SELECT r.case_id, d.door, list(s.host_type) AS stretches
        FROM deaths r CROSS JOIN (VALUES ('boot'), ('node'), ('host')) d(door)
        JOIN host_intervals s ON CASE d.door
            WHEN 'boot' THEN lower(replace(s.host_boot_id, '-', '')) = r.host_boot_id
            WHEN 'node' THEN s.k8s_node_name = coalesce(r.k8s_node_name, r.host_name)
            ELSE lower(s.host_id) = r.host_id END
          AND r.observed_at >= s.interval_from AND r.observed_at < s.interval_to
          AND (r.k8s_cluster_name = s.k8s_cluster_name) IS NOT FALSE
        GROUP BY ALL
      ), told AS (
        SELECT r.*, (SELECT stretches FROM fits f WHERE f.case_id = r.case_id AND door = 'boot') AS b,
          (SELECT stretches FROM fits f WHERE f.case_id = r.case_id AND door = 'node') AS n,
          (SELECT stretches FROM fits f WHERE f.case_id = r.case_id AND door = 'host') AS h
        FROM deaths r
      )
      SELECT case_id, CASE WHEN len(b) = 1 THEN b[1] WHEN len(n) = 1 THEN n[1] WHEN len(h) = 1 THEN h[1] END,
        CASE WHEN len(b) = 1 THEN 'boot id' WHEN len(n) = 1 AND k8s_node_name IS NOT NULL THEN 'node name'
          WHEN len(n) = 1 THEN 'host name' WHEN len(h) = 1 THEN 'host id' END,
        CASE WHEN len(b) = 1 OR len(n) = 1 OR len(h) = 1 THEN NULL
          WHEN len(b) > 1 OR len(n) > 1 OR len(h) > 1 THEN 'several nodes fit'
          WHEN coalesce(host_boot_id, k8s_node_name, host_name, host_id) IS NULL THEN 'no node is known'
          WHEN observed_at IS NULL THEN 'no time is known'
          WHEN EXISTS (FROM host_intervals s WHERE lower(replace(s.host_boot_id, '-', '')) = told.host_boot_id
            OR s.k8s_node_name = coalesce(told.k8s_node_name, told.host_name)
            OR lower(s.host_id) = told.host_id) THEN 'the inventory has a gap there'
          ELSE 'the node is not in the inventory' END
      FROM told ORDER BY case_id
      """;

  @Test
  void theDoorsLeadToWhatLookingAtEveryStretchFinds() throws Exception {
    try (DuckDBConnection engine = Engine.open("256MB", 2);
        Statement statement = engine.createStatement()) {
      statement.execute("SELECT setseed(0.42)");
      statement.execute("CREATE TABLE host_intervals AS " + INVENTORY.formatted(others(INVENTORY)));
      statement.execute("CREATE TABLE deaths AS " + ROWS.formatted(others(ROWS)));
      List<String> found =
          answer(
              statement,
              "SELECT case_id, host_type, fleet_joined_by, fleet_not_joined FROM ("
                  + Placement.of("deaths", true)
                  + ") ORDER BY case_id");
      assertThat(found).isEqualTo(answer(statement, EVERY_STRETCH)).hasSize(5000);
      for (String way : List.of("boot id", "node name", "host name", "host id"))
        assertThat(found).filteredOn(row -> row.contains(way)).hasSizeGreaterThan(20);
      for (String reason : Placement.REASONS)
        if (!reason.equals(Placement.NO_INVENTORY))
          assertThat(found).filteredOn(row -> row.contains(reason)).hasSizeGreaterThan(10);
    }
  }

  private static String others(String than) {
    return Placement.filled()
        .filter(column -> !than.contains("AS " + column))
        .map(column -> "NULL::VARCHAR AS " + column)
        .collect(Collectors.joining(", "));
  }

  private static List<String> answer(Statement statement, String sql) throws Exception {
    List<String> answer = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        answer.add(
            rows.getString(1)
                + ": "
                + rows.getString(2)
                + ", "
                + rows.getString(3)
                + ", "
                + rows.getString(4));
      }
    }
    return answer;
  }
}
