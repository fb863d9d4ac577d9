package dev.pumphandle.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProgramsTest {

  @Test
  void librariesFollowTheSourcesOnTheCommandLine() {
    Programs programs =
        Programs.parse("# note\nsources g c++ a.cpp b.cpp\nprogram p g -O1 -lunwind\n");
    assertThat(programs.find("p").orElseThrow().command("g++", "out"))
        .containsExactly(
            "g++", "-std=gnu++17", "-w", "a.cpp", "b.cpp", "-o", "out", "-O1", "-lunwind");
  }

  @Test
  void aProgramOfAnUnknownGroupIsRefusedWithItsLine() {
    assertThatThrownBy(() -> Programs.parse("program p nowhere -O1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("program p nowhere -O1");
  }

  @Test
  void everyProgramsNameFitsTheKernelsComm() throws Exception {
    assertThat(NativeSources.read().programs().programs().keySet())
        .allMatch(name -> name.length() <= 15)
        .contains("observer", "patient-O2", "race-replica", "race-libunwind");
  }
}
