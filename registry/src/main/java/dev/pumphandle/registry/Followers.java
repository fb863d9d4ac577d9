package dev.pumphandle.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/// Finds the rows that belong to an episode which another row opened: on one host, with one label,
/// within 24 hours of the opener.
///
/// Whether a row opens an episode depends on which row opened the last one, so a walk along each
/// place's moments is needed. In SQL that is a list for each place, copied at each step; here the
/// engine sorts, which it does best, and one pass does the rest.
final class Followers {

  private Followers() {}

  /// Fills the table `study_followers`, as [StudySql#FOLLOWERS] would.
  static void find(DuckDBConnection engine) throws SQLException {
    try (Statement statement = engine.createStatement()) {
      statement.execute("CREATE OR REPLACE TEMP TABLE study_followers (key UBIGINT)");
    }
    try (Statement statement = engine.createStatement();
        ResultSet rows = statement.executeQuery(StudySql.MOMENTS);
        DuckDBAppender followers = engine.createAppender("temp", "main", "study_followers")) {
      boolean first = true;
      long place = 0;
      long opened = 0;
      while (rows.next()) {
        long here = rows.getLong(1);
        long at = rows.getLong(2);
        if (first || here != place || at > opened + LabelSql.EPISODE_US) {
          first = false;
          place = here;
          opened = at;
        } else {
          followers.beginRow();
          followers.append(rows.getLong(3));
          followers.endRow();
        }
      }
    }
  }
}
