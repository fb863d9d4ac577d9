package dev.pumphandle.app.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pumphandle.app.CommandException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  private static final Instant NOW = Instant.parse("2025-06-10T12:00:00Z");

  private static Instant time(String text) {
    return TimeBound.parse("--since", text, NOW);
  }

  @Test
  void aDateAMomentOrAnAgeIsATime() {
    assertThat(time("2025-06-03")).isEqualTo("2025-06-03T00:00:00Z");
    assertThat(time("2025-06-03T10:00:00Z")).isEqualTo("2025-06-03T10:00:00Z");
    assertThat(time("2025-06-03T10:00")).isEqualTo("2025-06-03T10:00:00Z");
    assertThat(time("30d")).isEqualTo("2025-05-11T12:00:00Z");
    assertThat(time("90m")).isEqualTo("2025-06-10T10:30:00Z");
  }

  @Test
  void anythingElseIsNot() {
    for (String wrong : new String[] {"", "yesterday", "2025-13-01", "30", "30y", "-3d"}) {
      assertThatThrownBy(() -> time(wrong))
          .isInstanceOf(CommandException.class)
          .hasMessageContaining("expected 2025-06-03");
    }
  }

  @Test
  void sizesCountInUnitsOf1024() {
    assertThat(ByteSize.parse("--scan-limit", "4096")).isEqualTo(4096);
    assertThat(ByteSize.parse("--scan-limit", "256M")).isEqualTo(256L << 20);
    assertThat(ByteSize.parse("--scan-limit", "1GiB")).isEqualTo(1L << 30);
    assertThat(ByteSize.parse("--scan-limit", "2 tb")).isEqualTo(2L << 40);
    for (String wrong : new String[] {"", "x", "-1", "1.5G", "999999999999T"}) {
      assertThatThrownBy(() -> ByteSize.parse("--scan-limit", wrong))
          .isInstanceOf(CommandException.class);
    }
  }
}
