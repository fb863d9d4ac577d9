package dev.pumphandle.app.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.fieldwork.DebugFiles;
import dev.pumphandle.lab.crash.CrashLab;
import dev.pumphandle.lab.crash.Readiness;
import dev.pumphandle.lab.crash.Rounds;
import dev.pumphandle.lab.crash.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Control that was sent to where no code is, by programs that really did so: with and without
/// their text.
@Tag("slow")
class TransfersTest {

  @TempDir Path here;

  @Test
  void howControlGotThereIsUnknownRatherThanWrongWithTheTextAndWithout() throws Exception {
    Readiness readiness = CrashLab.open(Path.of("target", "crash-lab"), Rounds.transfers());
    if (!(readiness instanceof Readiness.Ready(CrashLab lab))) {
      assumeTrue(false, "no crash lab here: " + readiness);
      return;
    }
    Path cores = here.resolve("cores");
    lab.run(Scenario.none().stage(Rounds.transfers()), cores, _ -> {});
    List<Known> known = Known.in(cores);

    Scoreboard told =
        Scoreboard.of(known, new DebugFiles(List.of(lab.executables())), here.resolve("told"));
    neverWrong(told, "jump-heap+patient-retp");
    assertThat(told.unsure())
        .as("a pointer that was forgotten, and a zero that two functions may have popped")
        .allMatch(
            found -> found.contains("-pushed-forgotten+") || found.startsWith("jump-null-popped+"));

    neverWrong(
        Scoreboard.of(known, Executables.NONE, here.resolve("untold")),
        "jump-null-popped",
        "jump-unmapped-popped",
        "return-null-releasing");
  }

  /// @param lost whose beginnings leave nothing to tell it by, as the page on fault registers says
  private static void neverWrong(Scoreboard board, String... lost) {
    for (List<String> wrong : List.of(board.mislabelled(), board.misled(), board.shifted())) {
      assertThat(wrong).allMatch(found -> Stream.of(lost).anyMatch(found::startsWith));
    }
  }
}
