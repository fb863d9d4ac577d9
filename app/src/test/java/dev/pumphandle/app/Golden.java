package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Output that was looked at once and must stay so: `UPDATE_GOLDEN=1` writes it anew, and the
/// difference is reviewed.
final class Golden {
  private static final Path DIRECTORY = Path.of("src/test/resources/golden");

  private Golden() {}

  static void check(String name, String actual) throws IOException {
    Path file = DIRECTORY.resolve(name + ".txt");
    if (System.getenv().containsKey("UPDATE_GOLDEN")) {
      Files.writeString(file, actual);
    }
    assertThat(actual).isEqualTo(Files.readString(file));
  }
}
