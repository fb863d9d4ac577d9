package dev.pumphandle.app.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.luben.zstd.ZstdInputStream;
import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.fieldwork.DebugFiles;
import dev.pumphandle.lab.crash.CrashLab;
import dev.pumphandle.lab.crash.Readiness;
import dev.pumphandle.lab.crash.Rounds;
import dev.pumphandle.lab.crash.Scenario;
import dev.pumphandle.lab.forge.ForgedPatient;
import dev.pumphandle.lab.forge.ForgedPatients;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Labels, registers and arrivals of crashes whose truth is known: forged ones, kept real ones, and
/// some hundreds made on the spot.
class ScoreboardTest {

  @TempDir Path here;

  @Test
  void everyForgedPatientIsLabelledAsItWasForged() throws Exception {
    List<Known> cores = new ArrayList<>();
    for (ForgedPatient patient : ForgedPatients.all()) {
      Path core = here.resolve("core." + patient.name());
      patient.write(core);
      cores.add(Known.of(core, patient.truth().json(patient.name())));
    }

    Scoreboard board = Scoreboard.of(cores, Executables.NONE, here.resolve("workspace"));

    assertThat(board.cores()).isGreaterThan(50);
    neverWrong(board);
    assertThat(board.unsure()).isEmpty();
  }

  @Test
  void keptRealCoresAreLabelledAsTheObserverSawThem() throws Exception {
    Scoreboard board =
        Scoreboard.of(kept(), new DebugFiles(List.of(executables())), here.resolve("workspace"));

    assertThat(board.cores()).isGreaterThan(50);
    neverWrong(board);
    assertThat(board.unsure())
        .as(
            "two are short of text and siginfo, which the emulator does not write, one of its stack")
        .extracting(found -> found.substring(0, found.indexOf(' ')))
        .containsExactlyInAnyOrder(
            "aarch64-call-through-null", "aarch64-wild-load", "return-to-null-no-headers");
  }

  @Test
  void withoutExecutablesTheAnswerIsUnknownRatherThanWrong() throws Exception {
    neverWrong(Scoreboard.of(kept(), Executables.NONE, here.resolve("workspace")));
  }

  /// Folklore: a race may end in a sigreturn from what is no signal frame, which loads a 32-bit
  /// code
  /// segment; the kernel then writes a core that calls itself 64-bit i386, and no core of ours is
  /// that. Seen with GNU libunwind at one depth of the stack of 24. It is refused by name.
  @Test
  @Tag("slow")
  void ninetyNineOfAHundredFreshCrashesAreLabelledRight() throws Exception {
    Readiness readiness = CrashLab.open(Path.of("target", "crash-lab"), Rounds.full());
    if (!(readiness instanceof Readiness.Ready(CrashLab lab))) {
      assumeTrue(false, "no crash lab here: " + readiness);
      return;
    }
    Path cores = here.resolve("cores");
    lab.run(Scenario.none().stage(Rounds.full()), cores, _ -> {});

    List<Known> known = Known.in(cores);
    Scoreboard board =
        Scoreboard.of(known, new DebugFiles(List.of(lab.executables())), here.resolve("workspace"));

    assertThat(board.cores()).isGreaterThan(250);
    // No two rounds of a thousand crashes are alike: threads and signals race.
    int few = board.cores() / 100;
    assertThat(board.mislabelled().size() + board.unsure().size())
        .as("mislabelled " + board.mislabelled() + ", unsure " + board.unsure())
        .isLessThanOrEqualTo(few);
    assertThat(board.elsewhere()).as("other fault registers").hasSizeLessThanOrEqualTo(few);
    assertThat(board.misled()).as("another way of arrival").hasSizeLessThanOrEqualTo(few);
    assertThat(board.shifted()).as("another alignment").hasSizeLessThanOrEqualTo(few);
  }

  private static void neverWrong(Scoreboard board) {
    assertThat(board.mislabelled()).as("mislabelled").isEmpty();
    assertThat(board.elsewhere()).as("other fault registers").isEmpty();
    assertThat(board.misled()).as("another way of arrival").isEmpty();
    assertThat(board.shifted()).as("another alignment").isEmpty();
  }

  private List<Known> kept() throws Exception {
    List<Known> known = new ArrayList<>();
    try (Stream<Path> files = Files.list(resources())) {
      for (Path packed : files.filter(f -> f.toString().endsWith(".core.zst")).sorted().toList()) {
        String name = packed.getFileName().toString().replace(".core.zst", "");
        known.add(
            Known.of(
                unpack(packed, here.resolve("core." + name)),
                packed.resolveSibling(name + ".truth.json")));
      }
    }
    return known;
  }

  private Path executables() throws Exception {
    Path directory = Files.createDirectories(here.resolve("executables"));
    try (Stream<Path> files = Files.list(resources().resolve("executables"))) {
      for (Path packed : files.toList()) {
        String name = packed.getFileName().toString().replace(".zst", "");
        unpack(packed, directory.resolve(name));
      }
    }
    return directory;
  }

  private static Path unpack(Path packed, Path to) throws IOException {
    try (InputStream in = new ZstdInputStream(Files.newInputStream(packed))) {
      Files.copy(in, to);
    }
    return to;
  }

  /// The kept cores as the build laid them out: beside the lab's classes, or in its jar.
  private Path resources() throws Exception {
    URI place = Objects.requireNonNull(CrashLab.class.getResource("/cores")).toURI();
    if (!place.getScheme().equals("jar")) {
      return Path.of(place);
    }
    Path copy = here.resolve("kept");
    if (!Files.exists(copy)) {
      try (var jar = FileSystems.newFileSystem(place, Map.of());
          Stream<Path> all = Files.walk(jar.getPath("/cores"))) {
        for (Path one : all.toList()) {
          Path to = copy.resolve(jar.getPath("/cores").relativize(one).toString());
          if (Files.isDirectory(one)) {
            Files.createDirectories(to);
          } else {
            Files.copy(one, to);
          }
        }
      }
    }
    return copy;
  }
}
