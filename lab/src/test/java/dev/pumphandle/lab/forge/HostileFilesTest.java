package dev.pumphandle.lab.forge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HostileFilesTest {

  @Test
  void thereAreThousandsOfThemAndEachHasItsOwnName() {
    Set<String> names = new HashSet<>();
    HostileFiles.all().forEach(f -> assertThat(names.add(f.name())).as(f.name()).isTrue());
    assertThat(names).hasSizeGreaterThan(2_000);
    assertThat(names).allMatch(n -> n.matches("[A-Za-z0-9._-]{1,120}"));
  }

  @Test
  void allButTheBombsAreSmall() {
    AtomicLong bytes = new AtomicLong();
    HostileFiles.otherKinds().forEach(f -> bytes.addAndGet(f.core().length()));
    assertThat(bytes.get()).isLessThan(32 << 20);
  }

  @Test
  void aDamagedCoreIsTheSameEachTime() {
    HostileFiles.fuzzedCores()
        .limit(50)
        .forEach(f -> assertThat(f.core().bytes()).as(f.name()).isEqualTo(f.core().bytes()));
  }
}
