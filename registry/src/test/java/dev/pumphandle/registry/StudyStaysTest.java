package dev.pumphandle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.HostColumns;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;

/// An investigation cuts the stretches of the inventory by itself, to sort them once only; they are
/// those of the view that people are shown.
final class StudyStaysTest {

  // Forty nodes, some of them of several clusters or of none, with stretches that overlap, repeat
  // and have no length, in no order.
  private static final String REPORTED =
      """
      SELECT CASE WHEN i % 97 > 0 THEN 'n' || (random() * 40)::INTEGER END AS k8s_node_name,
        CASE (random() * 3)::INTEGER WHEN 0 THEN NULL WHEN 1 THEN 'c1' ELSE 'c2' END
          AS k8s_cluster_name,
        start + to_days((hash(i) % 300)::INTEGER) AS interval_from,
        start + to_days((hash(i) % 300 + hash(i + 1) % 9)::INTEGER) AS interval_to,
        start AS node_started_at, %s
      FROM range(6000) r(i), (SELECT '2026-01-01 00:00:00Z'::TIMESTAMPTZ AS start)
      """;

  private static final String SHOWN =
      "SELECT k8s_node_name, k8s_cluster_name, interval_from, interval_to FROM host_intervals"
          + " ORDER BY ALL";

  private static final String STUDIED =
      "SELECT k8s_node_name, k8s_cluster_name, interval_from, interval_to FROM study_stays"
          + " ORDER BY stay_number";

  @Test
  void theStretchesOfAnInvestigationAreThoseOfTheViewNumberedInTheirOrder() throws Exception {
    try (DuckDBConnection engine = Engine.open("256MB", 2);
        Statement statement = engine.createStatement()) {
      String others =
          HostColumns.all().stream()
              .filter(column -> !REPORTED.contains("AS " + column.name()))
              .map(Column::name)
              .map(name -> "NULL AS " + name)
              .collect(Collectors.joining(", "));
      statement.execute("SELECT setseed(0.42)");
      statement.execute(
          "CREATE TABLE host_intervals_reported AS " + REPORTED.replace("%s", others));
      statement.execute(FleetViews.HOST_INTERVALS);
      statement.execute(StudySql.SHARED_NAMES);
      statement.execute(StudySql.stays());

      List<String> shown = answer(statement, SHOWN);
      assertThat(answer(statement, STUDIED)).isEqualTo(shown).hasSizeBetween(3000, 5900);
    }
  }

  private static List<String> answer(Statement statement, String sql) throws Exception {
    List<String> answer = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        answer.add(
            String.join(
                " ", rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
      }
    }
    return answer;
  }
}
