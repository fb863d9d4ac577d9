package dev.pumphandle.lab.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CorePolicyTest {

  private static String obstacle(String pattern, String limit) {
    return new CorePolicy(pattern, limit).obstacle().orElse("none");
  }

  @Test
  void aPlainNameLeavesTheCoreWhereThePatientDies() {
    assertThat(obstacle("core", "unlimited")).isEqualTo("none");
    assertThat(obstacle("core.%e.%p", "1000000")).isEqualTo("none");
  }

  @Test
  void aPipeOrAnotherDirectoryIsNamedInTheReason() {
    assertThat(obstacle("|/usr/share/apport/apport %p", "unlimited"))
        .contains("go to a program", "|/usr/share/apport/apport %p");
    assertThat(obstacle("/var/crash/core.%p", "unlimited"))
        .contains("go elsewhere", "/var/crash/core.%p");
    assertThat(obstacle("@/run/core.socket", "unlimited")).contains("no core files");
    assertThat(obstacle("", "unlimited")).contains("no core files");
  }

  @Test
  void aHardLimitOfZeroForbidsCores() {
    assertThat(obstacle("core", "0")).contains("RLIMIT_CORE");
  }
}
