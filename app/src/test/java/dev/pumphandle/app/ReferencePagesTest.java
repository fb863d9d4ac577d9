package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages of docs/reference say what the code says. `UPDATE_GOLDEN=1` writes them anew.
class ReferencePagesTest {

  private static final Path REFERENCE = Path.of("..", "docs", "reference");

  @TempDir Path here;

  @Test
  void thePageOfColumnsIsTheSchema() throws IOException {
    check("columns.md", ReferencePages.columns());
  }

  @Test
  void thePageOfTheFleetIsItsColumns() throws IOException {
    check("fleet-columns.md", ReferencePages.fleet());
  }

  @Test
  void thePageOfCaseDefinitionsIsWhatInitWrites() throws IOException {
    check("case-definitions.md", ReferencePages.definitions(here.resolve("workspace")));
  }

  @Test
  void thePageOfCommandsIsTheirHelp() throws IOException {
    check("commands.md", ReferencePages.commands(here));
  }

  private static void check(String name, String page) throws IOException {
    Path file = REFERENCE.resolve(name);
    if (System.getenv().containsKey("UPDATE_GOLDEN")) {
      Files.createDirectories(REFERENCE);
      Files.writeString(file, page);
    }
    assertThat(Files.readString(file)).as("docs/reference/" + name).isEqualTo(page);
  }
}
