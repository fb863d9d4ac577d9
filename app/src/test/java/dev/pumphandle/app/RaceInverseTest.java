package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From crashes seen back to the window: doubt in what was put in must come out again.
class RaceInverseTest {

  @TempDir Path here;

  private String asked(String observed, String operations) {
    Ran ran =
        Ran.in(
            here,
            "race",
            "--observed",
            observed,
            "--period",
            "10ms",
            "--operations",
            operations,
            "--hosts",
            "10000");
    assertThat(ran.code()).as(ran.err()).isZero();
    return ran.oneLine();
  }

  @Test
  void doubtInTheInputsIsAddedToThatOfTheCount() {
    assertThat(asked("390", "0.5/s")).contains("No input was said to be uncertain");
    // ln 5 against the count's ln 1.09: to the percent, all the doubt is in the rate.
    assertThat(asked("390", "0.5/s~5"))
        .contains("within a factor of 5.0 (90 %)")
        .contains("count 0 % operations 100 %")
        .contains("Measure the operations first.");
  }

  @Test
  void fewCrashesAreADoubtOfTheirOwn() {
    assertThat(asked("2", "0.5/s~1.5"))
        .contains("Shares of the doubt: count")
        .contains("Watch for longer first.");
  }

  @Test
  void nothingSeenStillTellsTheDoubtOfItsLimit() {
    assertThat(asked("0", "0.5/s~3"))
        .contains("Nothing seen rules out windows wider than")
        .contains("within a factor of 3.0 (90 %)");
  }
}
