package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every command that shows numbers out of the line list shows the questions behind them, and
/// `pumphandle sql -` answers these.
class SqlOptionTest {

  @TempDir static Path here;

  @BeforeAll
  static void aFleet() {
    Ran ran = Ran.in(here, "simulate", "fleet", "--nodes", "150", "--days", "90", "--seed", "3");
    assertThat(ran.code()).as(ran.err()).isZero();
  }

  private static Ran asked(List<String> words) {
    List<String> all = new ArrayList<>(List.of("--workspace", "fleet"));
    all.addAll(words);
    return Ran.in(here, all.toArray(String[]::new));
  }

  private static String answered(String sql) {
    Ran ran = Ran.withInput(here, sql, "--workspace", "fleet", "sql", "-");
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran.out();
  }

  static Stream<List<String>> commands() {
    return Stream.of(
        List.of("curve"),
        List.of("curve", "label:return-to-null", "--by", "day"),
        List.of("compare", "label:return-to-null"),
        List.of("hosts"),
        List.of("evaluate", "--since", "30d"),
        List.of("label"),
        List.of("list", "--limit", "3"),
        List.of("denylist", "suggest"),
        List.of("investigate"),
        List.of("race", "--load"),
        List.of("ascertainment"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void whatACommandAsksCanBeAskedAgain(List<String> words) {
    List<String> withSql = new ArrayList<>(words);
    withSql.add("--sql");
    Ran sql = asked(withSql);
    assertThat(sql.code()).as(sql.err()).isZero();
    assertThat(sql.out().toLowerCase(java.util.Locale.ROOT).strip())
        .contains("select")
        .endsWith(";");
    assertThat(answered(sql.out())).isNotEmpty();
  }

  @Test
  void theCurveOfTheAnswersIsTheCurveThatIsDrawn() {
    long drawn =
        asked(List.of("curve"))
            .out()
            .lines()
            .skip(1)
            .mapToLong(line -> Long.parseLong(line.split("\t", -1)[1]))
            .sum();
    String all = answered(asked(List.of("curve", "--sql")).out());
    String last = all.substring(all.lastIndexOf("\nCAST") + 1);
    long told =
        Arrays.stream(last.split("\n", -1))
            .filter(line -> line.matches("\\d{4}-\\d{2}-\\d{2}\t.*"))
            .mapToLong(line -> Long.parseLong(line.split("\t", -1)[1]))
            .sum();
    assertThat(drawn).isPositive().isEqualTo(told);
  }

  @Test
  void severalAnswersAreNoOneDocument() {
    for (String format : List.of("json", "csv")) {
      Ran several = asked(List.of("sql", "select 1; select 2", "-o", format));
      assertThat(several.code()).isEqualTo(ExitCode.USAGE.number());
      assertThat(several.out()).isEmpty();
      assertThat(several.err())
          .contains("sql: -o " + format + ": expected one statement that answers, found 2");
    }
    assertThat(
            asked(List.of("sql", "create temp table t as select 2 as n; from t", "-o", "json"))
                .out())
        .isEqualTo("[\n{\"n\":2}\n]\n");
    assertThat(asked(List.of("sql", "select 1 as n; select 2 as n", "-o", "ndjson")).out())
        .isEqualTo("{\"n\":1}\n{\"n\":2}\n");
  }

  @Test
  void onlyStatementsThatReadOrAreGoneAfterwardsAreRun() {
    assertThat(answered("create temp table t as select 3 as n; select n + 1 as more from t;"))
        .isEqualTo("more\n4\n");
    for (String refused :
        List.of(
            "create table t as select 1",
            "select 1; copy (select 1) to 'fleet/data/x.csv'",
            "create temp table t as select 1; drop view cases",
            "attach 'x.db'",
            "select ';' ; delete from facts")) {
      Ran ran = Ran.in(here, "--workspace", "fleet", "sql", refused);
      assertThat(ran.code()).as(refused).isNotZero();
      assertThat(ran.err()).contains("expected a statement that reads");
    }
  }
}
