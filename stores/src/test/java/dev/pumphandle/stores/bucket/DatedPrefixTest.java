package dev.pumphandle.stores.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.stores.bucket.DatedPrefix.Meaning;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Directories named after days, and what may be passed over unlisted.
class DatedPrefixTest {

  private static Meaning meaning(String prefix) {
    return DatedPrefix.of(prefix, Instant.parse("2026-11-10T00:00:00Z"));
  }

  @Test
  void aDayIsOverTwoDaysAfterItsEnd() {
    assertThat(meaning("cores/dt=2026-11-06/")).isEqualTo(Meaning.OVER);
    assertThat(meaning("cores/dt=2026-11-07/")).isEqualTo(Meaning.OVER);
    assertThat(meaning("cores/dt=2026-11-08/")).isEqualTo(Meaning.WANTED);
    assertThat(meaning("2026-11-07/")).isEqualTo(Meaning.OVER);
    assertThat(meaning("20261107/")).isEqualTo(Meaning.OVER);
    assertThat(meaning("a/2026/11/07/")).isEqualTo(Meaning.OVER);
    assertThat(meaning("a/year=2026/month=11/day=09/")).isEqualTo(Meaning.WANTED);
  }

  @Test
  void monthsAndYearsAreLookedIntoUnlessTheyAreOver() {
    assertThat(meaning("a/2026/10/")).isEqualTo(Meaning.OVER);
    assertThat(meaning("a/2026-11/")).isEqualTo(Meaning.COARSE);
    assertThat(meaning("year=2025/")).isEqualTo(Meaning.OVER);
    assertThat(meaning("year=2026/")).isEqualTo(Meaning.COARSE);
  }

  @Test
  void aBareNumberMayBeAnythingAndIsLookedInto() {
    assertThat(meaning("build/2024/")).isEqualTo(Meaning.COARSE);
    assertThat(meaning("build/20241399/")).isEqualTo(Meaning.UNDATED);
    assertThat(meaning("build/1.2/")).isEqualTo(Meaning.UNDATED);
    assertThat(meaning("node-2024-05-01-a/")).isEqualTo(Meaning.UNDATED);
  }
}
