package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.registry.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `race --load`: do cases follow the load that the inventory counts?
class RaceLoadTest {

  @TempDir Path here;

  private Ran simulated(String scenario) {
    Ran ran =
        Ran.in(
            here,
            "simulate",
            "fleet",
            "--scenario",
            scenario,
            "--nodes",
            "200",
            "--days",
            "200",
            "--cases",
            "3000",
            "--seed",
            "5");
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran;
  }

  @Test
  void aSimulatedRaceFollowsItsLoad() {
    simulated("race");
    Ran ran =
        Ran.in(here, "race", "--load", "label:unwinder-race", "--workspace", "fleet", "-o", "json");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("\"load\" : \"exceptions_per_second\"")
        .contains("\"reading\" : \"proportional\"")
        .contains("\"regions\" : [ {");
    Ran read = Ran.in(here, "race", "--load", "--workspace", "fleet", "-o", "table");
    assertThat(read.out()).containsPattern("\\(p (= 0\\.\\d*[1-9]|= 1|below 0\\.001)");
  }

  @Test
  void withoutAnInventoryItSaysSoAndWhy() throws IOException {
    Workspace.init(here.resolve("empty"));
    Ran ran = Ran.in(here, "race", "--load", "--workspace", "empty");
    assertThat(ran.code()).isZero();
    assertThat(ran.err()).contains("cannot be told");
  }

  @Test
  void figuresGivenByHandAndThoseOfTheLineListAreNotMixed() {
    assertThat(Ran.in(here, "race", "--load", "--period", "10ms").code()).isEqualTo(2);
    assertThat(Ran.in(here, "race", "--load", "--hosts", "5").code()).isEqualTo(2);
    assertThat(Ran.in(here, "race", "label:x", "--window", "1ns").code()).isEqualTo(2);
    Ran bare = Ran.in(here, "race");
    assertThat(bare.code()).isEqualTo(2);
    assertThat(bare.err()).contains("--load");
  }
}
