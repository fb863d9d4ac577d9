package dev.pumphandle.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NotWrittenTest {

  @TempDir Path home;

  @Test
  void theReasonIsTheSystemsWhoeverMetIt() {
    assertThat(
            Stream.of(
                new SQLException(
                    "IO Error: Async write failed for range [offset=0, size=694]:"
                        + " {\"exception_type\":\"IO\",\"exception_message\":\"Could not write file"
                        + " \\\"/w/.x.tmp\\\": No space left on device\",\"errno\":\"28\"}"),
                new SQLException(
                    "IO Error: Cannot open file \"/w/.x.tmp\": Read-only file system\n\nmore"),
                new FileSystemException("/w", null, "Read-only file system"),
                new IOException("No space left on device"),
                new NoSuchFileException("/w/.x.tmp")))
        .extracting(why -> RegistryException.NotWritten.because(Path.of("w"), why).getMessage())
        .containsExactly(
            "w: cannot be written: No space left on device",
            "w: cannot be written: Read-only file system",
            "w: cannot be written: Read-only file system",
            "w: cannot be written: No space left on device",
            "w: cannot be written: its directory is not there");
  }

  @Test
  void whatCannotBeReplacedStaysAsItWas() throws IOException {
    Path file = home.resolve("state.json");
    WholeFile.write(file, "former".getBytes(StandardCharsets.UTF_8));
    Files.createDirectory(home.resolve(".state.json.tmp"));
    assertThatThrownBy(() -> WholeFile.write(file, "new".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(RegistryException.NotWritten.class)
        .hasMessageStartingWith(file + ": cannot be written: ");
    assertThat(file).hasContent("former");
  }

  @Test
  void ofAWorkspaceThatCouldNotBeMadeNoDefinitionIsLeftHalfWritten() throws IOException {
    Path definition = home.resolve("cases/return-to-null.sql");
    Path inTheWay = definition.resolveSibling(".return-to-null.sql.tmp");
    Files.createDirectories(inTheWay);
    assertThatThrownBy(() -> Workspace.init(home))
        .isInstanceOf(RegistryException.NotWritten.class)
        .hasMessageStartingWith(definition + ": cannot be written: ");
    assertThat(definition).doesNotExist();

    // The obstacle is a directory, which goes with the temporary file.
    assertThat(inTheWay).doesNotExist();
    Workspace.init(home);
    assertThat(definition).isNotEmptyFile();
  }
}
