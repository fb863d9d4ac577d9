package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.registry.Workspace;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `simulate | investigate`, as processes and by hand; and hosts that no inventory names.
class SimulatedPipeTest {

  @TempDir Path home;

  private ProcessBuilder java(String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + home,
                "-Dpumphandle.stdin.pipe=true",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.pumphandle.app.Main"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().remove("PUMPHANDLE_WORKSPACE");
    return builder;
  }

  @Test
  void whatIsSimulatedGoesThroughAPipeToBeInvestigated() throws Exception {
    List<Process> both =
        ProcessBuilder.startPipeline(
            List.of(
                java("simulate", "--scenario", "two-diseases", "--nodes", "120", "--days", "60"),
                java("investigate", "--replicates", "99")));
    String page =
        new String(both.getLast().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    for (Process each : both) {
      assertThat(each.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(each.exitValue()).isZero();
    }
    assertThat(page).contains("1  What went in").contains("6  Verdict");
  }

  @Test
  void aPathFromAPipeIsReadOnlyWhereNothingElseNamesAWorkspace() throws IOException {
    Path piped = home.resolve("piped");
    Path standing = home.resolve("standing");
    Workspace.init(piped);
    Workspace.init(standing);
    Path nowhere = Files.createDirectories(home.resolve("nowhere"));
    assertThat(Ran.withInput(nowhere, piped + "\n", "list").err())
        .contains("In the workspace " + piped);
    assertThat(Ran.withInput(standing, piped + "\n", "list").err()).doesNotContain("piped");
    assertThat(Ran.withInput(nowhere, piped + "\n", "list", "--workspace", "x").code()).isNotZero();
    Ran empty = Ran.withInput(nowhere, "\n", "list");
    assertThat(empty.code()).isNotZero();
    assertThat(empty.err()).contains("expected a workspace here or above");
    Ran wrong = Ran.withInput(nowhere, "elsewhere\n", "list");
    assertThat(wrong.code()).isNotZero();
    assertThat(wrong.err()).contains(nowhere.resolve("elsewhere") + ": expected a workspace");
  }

  @Test
  void aHostThatNobodyNamesIsAHypothesisAndNotDenied() throws IOException {
    Path fleet = home.resolve("fleet");
    Ran made =
        Ran.in(
            home,
            "simulate",
            fleet.toString(),
            "--hidden-hosts",
            "--scenario",
            "two-diseases",
            "--seed",
            "2");
    assertThat(made.code()).as(made.err()).isZero();
    assertThat(made.out()).isEqualTo(fleet + "\n");
    Ran page = Ran.in(fleet, "investigate", "--replicates", "199");
    String truth = Files.readString(fleet.resolve("truth/planted.json"));
    assertThat(truth).contains("ph-we-");
    assertThat(page.oneLine())
        .contains("Physical hosts are unknown")
        .contains("A hypothesis: one host in westeurope-")
        .contains("a denylist takes no hypothesis");
    assertThat(Ran.in(fleet, "investigate", "--replicates", "199", "-o", "json").out())
        .contains("\"latent_hosts\"")
        .contains("\"handovers_by_chance\"");
    Ran suggested = Ran.in(fleet, "denylist", "suggest");
    assertThat(suggested.out()).isEmpty();
    assertThat(suggested.err()).contains("nothing to suggest");
    Ran denied =
        Ran.in(
            fleet, "denylist", "add", "node-004848", "--review-by", "2999-01-01", "--reason", "x");
    assertThat(denied.code()).isEqualTo(5);
    assertThat(denied.err()).contains("found an inventory that names none");
    assertThat(Ran.in(fleet, "denylist", "list", "-o", "json").out()).doesNotContain("node-004848");
  }
}
