package dev.pumphandle.app.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.stores.bucket.Traffic;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CostTest {

  private static Traffic.Snapshot asked(Set<String> clouds, Map<String, Long> classes) {
    return new Traffic.Snapshot(21, 812, 3, 0, 4 << 20, classes, clouds, Map.of());
  }

  @Test
  void eachCloudsBillHasItsOwnHeads() {
    assertThat(Cost.sentence(asked(Set.of("gs"), Map.of())))
        .isEqualTo("On the bill: 21 class A · 815 class B.");
    assertThat(Cost.sentence(asked(Set.of("s3"), Map.of())))
        .isEqualTo("On the bill: 815 GET, SELECT and all other · 21 PUT, COPY, POST, LIST.");
    assertThat(Cost.sentence(asked(Set.of("az"), Map.of())))
        .isEqualTo(
            "On the bill: 3 all other operations · 21 list operations · 812 read operations.");
  }

  @Test
  void severalCloudsShareThePlainWords() {
    assertThat(Cost.sentence(asked(Set.of("gs", "s3"), Map.of())))
        .isEqualTo("On the bill: 812 GET · 3 HEAD · 21 LIST.");
  }

  @Test
  void bytesFallUnderTheClassTheyAreStoredIn() {
    assertThat(
            Cost.sentence(asked(Set.of("gs"), Map.of("COLDLINE", 3L << 20, "STANDARD", 1L << 20))))
        .endsWith("; 3.0 MiB from COLDLINE, 1.0 MiB from STANDARD.");
  }
}
