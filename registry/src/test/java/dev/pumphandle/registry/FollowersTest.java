package dev.pumphandle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;

/// The walk that finds repeats within a day says what its SQL says, which is what people are shown.
final class FollowersTest {

  private static List<String> followers(DuckDBConnection engine) throws Exception {
    List<String> keys = new ArrayList<>();
    try (Statement statement = engine.createStatement();
        ResultSet rows = statement.executeQuery("SELECT key FROM study_followers ORDER BY key")) {
      while (rows.next()) {
        keys.add(rows.getString(1));
      }
    }
    return keys;
  }

  private static void rows(DuckDBConnection engine, String of) throws Exception {
    try (Statement statement = engine.createStatement()) {
      statement.execute(
          "CREATE OR REPLACE TEMP TABLE study_rows AS"
              + " SELECT place::UBIGINT AS place, at_us::BIGINT AS at_us, key::UBIGINT AS key FROM "
              + of);
    }
  }

  @Test
  void theWalkAndTheSqlFindTheSameRows() throws Exception {
    try (DuckDBConnection engine = Engine.open("256MB", 2);
        Statement statement = engine.createStatement()) {
      statement.execute("SELECT setseed(0.42)");
      // Forty places, some of them null, a year of moments, many of them within a day of another
      // and some at the very same microsecond; places beyond the range of a signed number.
      rows(
          engine,
          "(SELECT CASE WHEN i % 41 = 0 THEN NULL ELSE 18446744073709551615 - i % 41 END AS place,"
              + " (random() * 3000)::BIGINT * 10000000000 AS at_us, hash(i) AS key"
              + " FROM range(20000) r(i))");
      Followers.find(engine);
      List<String> walked = followers(engine);
      statement.execute(StudySql.FOLLOWERS);
      assertThat(walked).hasSizeGreaterThan(5_000).hasSizeLessThan(20_000);
      assertThat(followers(engine)).isEqualTo(walked);
    }
  }

  @Test
  void anEpisodeLastsADayFromItsOpenerNotFromTheLastRepeat() throws Exception {
    try (DuckDBConnection engine = Engine.open("256MB", 1)) {
      long day = LabelSql.EPISODE_US;
      rows(
          engine,
          "(VALUES (7, 0, 1), (7, %d, 2), (7, %d, 3), (7, %d, 4), (8, 5, 5), (NULL, 6, 6), (NULL, 6, 7))"
                  .formatted(day, day + 1, 2 * day)
              + " v(place, at_us, key)");
      Followers.find(engine);
      assertThat(followers(engine)).containsExactly("2", "4");
    }
  }

  @Test
  void nothingFollowsNothing() throws Exception {
    try (DuckDBConnection engine = Engine.open("256MB", 1)) {
      rows(engine, "(SELECT 1 AS place, 2 AS at_us, 3 AS key WHERE false)");
      Followers.find(engine);
      assertThat(followers(engine)).isEmpty();
    }
  }
}
