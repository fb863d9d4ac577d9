package dev.pumphandle.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The small real cores in the repository, and what stands beside them.
class KeptCoresTest {

  private static final Path CORES = Path.of("src", "main", "resources", "cores");
  private static final long MOST_BYTES = 100_000;

  private static List<Path> cores() throws IOException {
    try (Stream<Path> files = Files.list(CORES)) {
      return files.filter(p -> p.toString().endsWith(".core.zst")).sorted().toList();
    }
  }

  private static JsonNode truthOf(Path core) throws IOException {
    String name = core.getFileName().toString().replace(".core.zst", ".truth.json");
    return new ObjectMapper().readTree(core.resolveSibling(name).toFile());
  }

  @Test
  void everyKeptCoreIsSmallAndHasItsTruth() throws IOException {
    assertThat(cores()).hasSizeGreaterThanOrEqualTo(40);
    for (Path core : cores()) {
      assertThat(Files.size(core)).as(core.toString()).isLessThanOrEqualTo(MOST_BYTES);
      assertThat(truthOf(core).get("case").asText() + ".core.zst")
          .isEqualTo(core.getFileName().toString());
    }
  }

  @Test
  void everyLabelHasAKeptCore() throws IOException {
    Set<String> labels = new TreeSet<>();
    for (Path core : cores()) labels.add(truthOf(core).get("label").asText());
    assertThat(labels)
        .contains(
            "unwinder-race",
            "misaligned-stack",
            "return-to-null",
            "return-to-garbage",
            "call-through-null",
            "jump-to-null",
            "call-to-garbage",
            "stack-overflow",
            "null-dereference",
            "non-canonical-access",
            "wild-pointer",
            "heap-corruption-abort",
            "deliberate-abort",
            "bus-error",
            "illegal-instruction",
            "arithmetic",
            "trap",
            "sent-by-user",
            "other",
            "not-a-crash");
  }

  @Test
  void everyKeptCoreDiedAsItWasBuilt() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path core : cores()) {
      JsonNode truth = truthOf(core);
      if (truth.get("machine").asText().equals("x86-64")) wrong.addAll(Construction.faults(truth));
    }
    assertThat(wrong).isEmpty();
  }
}
