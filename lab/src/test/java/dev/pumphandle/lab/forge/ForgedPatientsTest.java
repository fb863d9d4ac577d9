package dev.pumphandle.lab.forge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ForgedPatientsTest {

  private static final List<ForgedPatient> ALL = ForgedPatients.all();

  @Test
  void everyLabelHasAPatient() {
    assertThat(ALL)
        .extracting(ForgedPatient::label)
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
  void namesAreUniqueAndCoresAreSmall() {
    Set<String> names = new HashSet<>(ForgedPatients.names());
    assertThat(names).hasSameSizeAs(ALL);
    assertThat(ALL).allMatch(p -> p.core().length() < 256 << 10);
  }

  @Test
  void theSamePatientHasTheSameBytesEachTime() {
    assertThat(ForgedPatients.all().get(3).bytes()).isEqualTo(ALL.get(3).bytes());
  }

  @Test
  void aReturnLeavesThePoppedWordBelowTheStackPointer() {
    for (ForgedPatient p : ALL) {
      if (!p.truth().control().equals("returned") || p.name().startsWith("arm")) continue;
      if (p.name().contains("noncanonical")) continue;
      long sp = p.truth().registers().getOrDefault("rsp", 0L);
      assertThat(CoreMemory.word(p.core(), sp - 8))
          .as(p.name())
          .isEqualTo(p.truth().registers().get("rip"));
      assertThat(sp % 16).as(p.name()).isEqualTo(p.truth().alignment().equals("aligned") ? 0 : 8);
    }
  }
}
