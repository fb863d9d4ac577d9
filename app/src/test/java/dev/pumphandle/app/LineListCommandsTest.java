package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.app.output.Width;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineListCommandsTest {
  @TempDir Path directory;

  @BeforeEach
  void fill() throws IOException {
    SampleRows.workspace(directory);
  }

  private Ran at80(String... arguments) {
    Ran ran = Ran.onTerminal(directory, 80, arguments);
    assertThat(ran.out().lines().mapToInt(Width::of).max().orElse(0)).isLessThanOrEqualTo(80);
    return ran;
  }

  @Test
  void aScreenOf80ColumnsShowsTheLineList() throws IOException {
    Golden.check("list-80", at80("list").out());
    Golden.check("list-200", Ran.onTerminal(directory, 200, "list").out());
  }

  @Test
  void aPatientBeginsWithTheDecidingLine() throws IOException {
    Golden.check("show-80", at80("show", "7f9b2c1e00000001").out());
    Golden.check("show-200", Ran.onTerminal(directory, 200, "show", "7f9b2c1e00000001").out());
    Golden.check("show-refused-80", at80("show", "dead").out());
  }

  @Test
  void labelsAreCountedWithTheirCurve() throws IOException {
    Golden.check("label-80", at80("label").out());
    assertThat(Ran.in(directory, "label").out())
        .startsWith("label\tversion\tcases\tconfirmed\tprobable\tsuspect\tfirst\tlast\n")
        .contains("return-to-null\t2\t2\t2\t0\t0\t2025-06-03T09:12:44Z\t2025-06-05T01:00:00Z\n");
  }

  @Test
  void explainSaysWhatEachDefinitionSaysAndWhatIsMissing() throws IOException {
    Golden.check("explain-80", at80("label", "--explain", "c0ffee").out());
  }

  @Test
  void programsGetTabsAndWholeNames() {
    Ran ran = Ran.in(directory, "list", "label:return-to-null", "--columns", "case_id,fault_pc");
    assertThat(ran.out())
        .isEqualTo("case_id\tfault_pc\n7f9b2c1e00000002\t0x0\n7f9b2c1e00000001\t0x0\n");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
  }

  @Test
  void filtersMayBeginWithAMinusAndStandBesideEachOther() {
    assertThat(
            Ran.in(
                    directory,
                    "list",
                    "signal:SIGSEGV",
                    "-label:return-to-null",
                    "--columns",
                    "case_id")
                .out())
        .isEqualTo("case_id\n1234567800000003\n");
    assertThat(
            Ran.in(
                    directory,
                    "list",
                    "-observed_at:",
                    "--until",
                    "2025-06-04",
                    "--columns",
                    "case_id")
                .out())
        .isEqualTo("case_id\n7f9b2c1e00000001\n");
    assertThat(
            Ran.in(directory, "list", "--where", "fault_pc > 0 -- mine", "--columns", "case_id")
                .out())
        .isEqualTo("case_id\n1234567800000003\n");
  }

  @Test
  void everyFormatIsWhole() {
    assertThat(Ran.in(directory, "list", "-o", "json").out())
        .startsWith("[\n{\"case_id\"")
        .endsWith("}\n]\n");
    assertThat(Ran.in(directory, "-o", "ndjson", "list").out()).hasLineCount(5);
    assertThat(Ran.in(directory, "list", "--columns", "all", "-o", "csv").out()).hasLineCount(6);
    assertThat(Ran.in(directory, "show", "7f9b2c1e00000001", "-o", "json").out())
        .startsWith("{\n")
        .contains("\"fault_sp\" : \"0x7ffc12345670\"", "\"trust\" : \"scan\"", "\"episode_id\"");
  }

  @Test
  void anIdThatIsNotOneIsSaid() {
    Ran none = Ran.in(directory, "show", "ffff");
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).hasLineCount(1).contains("'ffff'");
    Ran several = Ran.in(directory, "show", "7f9b");
    assertThat(several.code()).isEqualTo(1);
    assertThat(several.err()).hasLineCount(1).contains("found several");
    assertThat(Ran.in(directory, "show").code()).isEqualTo(2);
  }

  @Test
  void sqlAsksAndCannotChange() throws IOException {
    assertThat(Ran.in(directory, "sql", "select count(*) as n from cases").out())
        .isEqualTo("n\n5\n");
    assertThat(Ran.withInput(directory, "select 1 as one", "sql", "-").out()).isEqualTo("one\n1\n");
    assertThat(Ran.withInput(directory, "select 1 as one", "sql").out()).isEqualTo("one\n1\n");
    Files.writeString(directory.resolve("queries/mine.sql"), "select 7 as seven");
    assertThat(Ran.in(directory, "sql", "--saved", "mine").out()).isEqualTo("seven\n7\n");
    assertThat(Ran.in(directory, "sql", "select 1 as one; select 2 as two;").out())
        .isEqualTo("one\n1\ntwo\n2\n");
    for (String wrong :
        new String[] {
          "drop view cases",
          "copy (select 1) to 'x.csv'",
          "select * from read_text('/etc/passwd')",
          "select nonsense from cases",
          "select 1; drop view cases",
          "",
        }) {
      Ran ran = Ran.in(directory, "sql", wrong);
      assertThat(ran.code()).as(wrong).isEqualTo(1);
      assertThat(ran.err()).as(wrong).hasLineCount(1);
      assertThat(ran.out()).isEmpty();
    }
  }

  @Test
  void aDamagedFileIsNamedAndTheRestIsShown() throws IOException {
    Files.writeString(directory.resolve("data/cases/cases-broken.parquet"), "not parquet at all");
    Ran ran = Ran.in(directory, "list", "--columns", "case_id");
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.out()).hasLineCount(6);
    assertThat(ran.err()).hasLineCount(1).contains("cases-broken.parquet");
  }

  @Test
  void wrongWordsAreUsageErrors() {
    for (String[] wrong :
        new String[][] {
          {"list", "nonsense"},
          {"list", "nonsense:x"},
          {"list", "--columns", "nonsense"},
          {"list", "--since", "yesterday"},
          {"label", "--explain", "7f9b", "--test", "x"},
          {"sql", "select 1", "--saved", "x"},
        }) {
      Ran ran = Ran.in(directory, wrong);
      assertThat(ran.code()).as(String.join(" ", wrong)).isEqualTo(2);
      assertThat(ran.err()).hasLineCount(1);
    }
  }

  @Test
  void worksFromBelowTheWorkspaceByOptionAndByEnvironment(@TempDir Path elsewhere)
      throws IOException {
    Path below = Files.createDirectories(directory.resolve("data/cases"));
    assertThat(Ran.in(below, "sql", "select 1 as a").code()).isZero();
    Ran lost = Ran.in(elsewhere, "list");
    assertThat(lost.code()).isEqualTo(1);
    assertThat(lost.err()).hasLineCount(1).contains("pumphandle init");
    assertThat(Ran.in(elsewhere, "list", "--workspace", directory.toString()).code()).isZero();
    Surroundings.Screen screen = new Surroundings.Screen(false, 80, false);
    assertThat(
            Ran.run(
                    elsewhere,
                    "",
                    screen,
                    Map.of("PUMPHANDLE_WORKSPACE", directory.toString()),
                    "list")
                .code())
        .isZero();
  }

  @Test
  void aWorkspaceIsNotMadeTwice() {
    Ran again = Ran.in(directory, "init");
    assertThat(again.code()).isEqualTo(5);
    assertThat(again.err()).hasLineCount(1).contains("is a workspace already");
    assertThat(Ran.in(directory, "init", "below").code()).isZero();
  }

  @Test
  void theWorkedCasesOfADefinitionRun() throws IOException {
    Ran good = Ran.in(directory, "label", "--test", "cases/return-to-null.sql");
    assertThat(good.code()).as(good.err() + good.out()).isZero();
    Path wrong = directory.resolve("wrong.sql");
    Files.writeString(
        wrong,
        Files.readString(directory.resolve("cases/return-to-null.sql"))
            .replaceFirst("-- example confirmed", "-- example suspect"));
    Ran bad = Ran.in(directory, "label", "--test", "wrong.sql");
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.out()).contains("FAILED");
  }

  @Test
  void anEmptyLineListIsNoError(@TempDir Path empty) {
    Ran.in(empty, "init");
    assertThat(Ran.onTerminal(empty, 80, "list").code()).isZero();
    assertThat(Ran.onTerminal(empty, 80, "label").err()).contains("empty");
    assertThat(Ran.in(empty, "label").code()).isZero();
    assertThat(Ran.in(empty, "list", "-o", "json").out()).isEqualTo("[\n]\n");
  }
}
