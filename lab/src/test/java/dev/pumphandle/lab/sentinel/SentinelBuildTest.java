package dev.pumphandle.lab.sentinel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The sentinel's own tests, which are C and shell: programs die under it, and what they leave is
/// looked at.
class SentinelBuildTest {

  private static final Path SENTINEL = Path.of("..", "sentinel").toAbsolutePath().normalize();

  @Test
  void everyDeathLeavesItsLineAndEndsAsWithoutTheSentinel() throws Exception {
    needs("make", "make", "--version");
    needs("a C compiler", "cc", "--version");

    assertThat(make("test")).contains("the handler calls nothing but the kernel");
  }

  @Test
  @Tag("slow")
  void theSameHoldsOnTheOtherProcessor() throws Exception {
    needs("a cross compiler (gcc-aarch64-linux-gnu)", "aarch64-linux-gnu-gcc", "--version");
    needs("qemu-user", "qemu-aarch64", "--version");
    assumeTrue(
        Files.exists(Path.of("/usr/aarch64-linux-gnu/include/signal.h")),
        "no C library for the cross compiler here (libc6-dev-arm64-cross)");

    assertThat(make("test-aarch64")).contains("the handler calls nothing but the kernel");
  }

  private static void needs(String what, String... command) throws InterruptedException {
    try {
      Process asked =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      assumeTrue(asked.waitFor() == 0, "no " + what + " here");
    } catch (IOException e) {
      assumeTrue(false, "no " + what + " here");
    }
  }

  private static String make(String target) throws IOException, InterruptedException {
    Process making =
        new ProcessBuilder(List.of("make", "-C", SENTINEL.toString(), target))
            .redirectErrorStream(true)
            .start();
    String said = new String(making.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(making.waitFor()).as(said).isZero();
    return said;
  }
}
