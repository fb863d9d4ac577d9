package dev.pumphandle.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandardDefinitionsTest {

  @TempDir Path scratch;

  @Test
  void theLabelsStandInTheirOrderOfPrecedence() throws IOException {
    Workspace workspace = Workspace.init(scratch);
    assertThat(workspace.caseDefinitions())
        .extracting(CaseDefinition::name)
        .containsExactly(
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
            "not-a-crash");
  }

  @Test
  void everyDefinitionHasProseAndWorkedCasesBothWays() throws IOException {
    for (CaseDefinition each : all()) {
      assertThat(each.prose()).as(each.name()).hasSizeGreaterThan(40);
      assertThat(each.examples())
          .as(each.name())
          .anySatisfy(example -> assertThat(example.expected()).isPresent())
          .anySatisfy(example -> assertThat(example.expected()).isEmpty());
      assertThat(each.predicates().keySet())
          .as("each tier of " + each.name() + " has a worked case")
          .allSatisfy(
              tier ->
                  assertThat(each.examples())
                      .anySatisfy(example -> assertThat(example.expected()).contains(tier)));
    }
  }

  @Test
  void everyWorkedCaseComesOutAsItSays() throws IOException {
    for (CaseDefinition each : all()) {
      for (DefinitionTest.Outcome outcome : DefinitionTest.run(each)) {
        assertThat(outcome.problem()).as(each.file() + ":" + outcome.example().line()).isEmpty();
        assertThat(outcome.found())
            .as(each.file() + ":" + outcome.example().line() + ": " + outcome.example().json())
            .isEqualTo(outcome.example().expected());
      }
    }
  }

  private List<CaseDefinition> all() throws IOException {
    Workspace workspace = Workspace.init(scratch);
    List<CaseDefinition> all = new ArrayList<>(workspace.caseDefinitions());
    all.addAll(workspace.exclusions());
    return all;
  }
}
