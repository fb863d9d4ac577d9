package dev.pumphandle.app.investigate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.lab.fleet.FleetPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The founding story, from simulated records on disk to findings, over many fleets.
@Tag("slow")
class TwoDiseasesTest {

  private static final int FLEETS = 20;

  @TempDir Path directory;

  @Test
  void bothDiseasesTheHostAndItsDayAreFoundAndNoInnocentIsBlamed() throws IOException {
    List<TwoDiseases> runs = new ArrayList<>();
    for (int seed = 1; seed <= FLEETS; seed++)
      runs.add(
          TwoDiseases.run(
              directory.resolve("fleet-" + seed),
              FleetPlan.twoDiseases(600, 365, LocalDate.of(2025, 12, 31)),
              seed));
    Files.write(Path.of("target/two-diseases.md"), runs.stream().map(TwoDiseases::row).toList());
    assertThat(runs.stream().filter(TwoDiseases::host)).hasSizeGreaterThanOrEqualTo(19);
    assertThat(runs.stream().filter(TwoDiseases::race)).hasSizeGreaterThanOrEqualTo(18);
    assertThat(runs.stream().filter(TwoDiseases::covered)).hasSizeGreaterThanOrEqualTo(18);
    assertThat(runs.stream().filter(r -> !r.blamed().isEmpty())).hasSizeLessThanOrEqualTo(1);
  }
}
