package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The sentinel's lines as a user meets them: a directory of logs in, labelled rows out.
class SentinelLogTest {

  private static final Path LOGS =
      Path.of("..", "fieldwork", "src", "test", "resources", "sentinel").toAbsolutePath();

  @TempDir Path here;

  private Ran run(String... words) {
    Ran ran = Ran.in(here, words);
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran;
  }

  @Test
  void eachLineIsACaseOfTheDiseaseThatItsCoreWouldShowAndNoSurerThanALog() {
    run("init", ".");
    run("collect-logs", LOGS.toString());

    assertThat(
            run(
                    "sql",
                    "SELECT label, label_tier, evidence, fault_registers_from FROM cases ORDER BY 1")
                .out()
                .lines()
                .skip(1))
        .containsExactly(
            "call-through-null\tprobable\tsentinel\tlog",
            "call-through-null\tprobable\tsentinel\tlog",
            "heap-corruption-abort\tprobable\tsentinel\tlog",
            "misaligned-stack\tprobable\tsentinel\tlog",
            "null-dereference\tprobable\tsentinel\tlog",
            "return-to-null\tprobable\tsentinel\tlog",
            "stack-overflow\tprobable\tsentinel\tlog",
            "unwinder-race\tprobable\tsentinel\tlog");
  }

  @Test
  void theExplanationIsNoSurerThanTheLabel() {
    run("init", ".");
    run("collect-logs", LOGS.resolve("return-null.log").toString());
    String id = run("sql", "SELECT case_id FROM cases").out().lines().toList().getLast();

    assertThat(run("label", "--explain", id).out())
        .contains("return-to-null")
        .contains("probable")
        .doesNotContain("confirmed");
  }
}
