package dev.pumphandle.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a person may run is decided by the statements that DuckDB sees, not by those that a
/// careless reader of quotes sees.
final class ReadOnlySqlTest {

  private static List<String> statements(String sql) throws RegistryException {
    return ReadOnlySql.checked(sql).stream().map(ReadOnlySql.Checked::sql).toList();
  }

  @Test
  void aSemicolonWithinQuotesOrCommentsIsNoEnd() throws RegistryException {
    assertThat(
            statements(
                "select ';', \";\", $$;$$, $t$ $$ ; $t$, E'\\';', 'it''s;' -- ;\n/* ; */ ;"
                    + " from x; ;"))
        .hasSize(2)
        .last()
        .isEqualTo(" from x");
    assertThat(statements("select date'2020-01-01\\' as d; select 2")).hasSize(2);
    assertThat(statements("select 1 -- the end")).hasSize(1);
  }

  @Test
  void temporaryTablesAreToldFromWhatReads() throws RegistryException {
    assertThat(ReadOnlySql.checked("create or replace temporary view v as select 1; from v"))
        .extracting(ReadOnlySql.Checked::reads)
        .containsExactly(false, true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select E'\\''; copy (select 1 as x) to 'OUT' -- '",
        "select 1 as a$$ ; copy (select 1 as x) to 'OUT' ; select 2 as b$$",
        "select 1 /* /* */ ' */ ; copy (select 1 as x) to 'OUT' -- '",
        "select $1$ ; copy (select 1 as x) to 'OUT' ; select $1$",
        "select 'open; copy (select 1 as x) to 'OUT'",
        "explain analyze copy (select 1 as x) to 'OUT'",
        "create table t as select 1",
        "create temp macro f() as 1",
        "attach 'OUT'",
        "; /* nothing */ ;",
      })
  void nothingIsWrittenHoweverItIsHidden(String hidden, @TempDir Path home) throws Exception {
    Workspace workspace = Workspace.init(home);
    Path out = workspace.casesDirectory().resolve("x.csv");
    try (LineList list = LineList.open(workspace)) {
      assertThatThrownBy(() -> list.askUntrusted(hidden.replace("OUT", out.toString()), _ -> {}))
          .isInstanceOf(RegistryException.BadQuery.class);
    }
    assertThat(Files.exists(out)).isFalse();
  }

  @Test
  void aConditionIsOneConditionAndNoMore(@TempDir Path home) throws Exception {
    Workspace workspace = Workspace.init(home);
    Path out = workspace.casesDirectory().resolve("x.csv");
    String more = "true); copy (select 1 as x) to '" + out + "'; select (true";
    try (LineList list = LineList.open(workspace)) {
      assertThatThrownBy(() -> list.ask("select * from cases where (" + more + ")"))
          .hasMessageContaining("found several");
      assertThatThrownBy(() -> StudyReader.read(list, more)).hasMessageContaining("found several");
    }
    assertThat(Files.exists(out)).isFalse();
  }
}
