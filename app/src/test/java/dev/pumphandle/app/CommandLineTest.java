package dev.pumphandle.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @TempDir Path directory;

  @Test
  void withoutWordsThereIsHelpAndExitCodeTwo() {
    Ran ran = Ran.in(directory);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("Usage: pumphandle", "pumphandle demo");
  }

  @Test
  void helpNamesEveryCommandWithExamplesAndGoesToStandardOutput() {
    Ran ran = Ran.in(directory, "--help");
    assertThat(ran.code()).isZero();
    assertThat(ran.err()).isEmpty();
    for (String command : CommandTree.names()) {
      assertThat(ran.out()).contains("  " + command + " ");
      Ran help = Ran.in(directory, command, "--help");
      assertThat(help.code()).as(command).isZero();
      assertThat(help.out()).as(command).contains("Usage: pumphandle " + command);
      assertThat(help.out()).as(command).contains("Example");
      assertThat(help.out().lines().mapToInt(String::length).max().orElse(0)).isLessThan(111);
      assertThat(Ran.in(directory, "help", command).out()).isEqualTo(help.out());
    }
  }

  @Test
  void everyTopicHasAPageAndAnUnknownOneIsAnError() {
    for (String topic :
        new String[] {"exit-codes", "environment", "formatting", "filters", "sql"}) {
      Ran ran = Ran.in(directory, "help", topic);
      assertThat(ran.code()).isZero();
      assertThat(ran.out()).matches(page -> page.lines().count() > 5);
    }
    Ran ran = Ran.in(directory, "help", "nonsense");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).hasLineCount(1).contains("found 'nonsense'");
  }

  @Test
  void aWrongCommandLineIsOneLineAndExitCodeTwo() {
    for (String[] wrong :
        new String[][] {
          {"nonsense"},
          {"help", "--nonsense"},
          {"help", "-o", "xml"},
          {"help", "a", "b"},
          {"--workspace"},
        }) {
      Ran ran = Ran.in(directory, wrong);
      assertThat(ran.code()).as(String.join(" ", wrong)).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).hasLineCount(1).contains("--help");
    }
  }

  @Test
  void versionIsOneLine() {
    assertThat(Ran.in(directory, "--version").out()).matches("pumphandle \\S+\\n");
  }

  @Test
  void bashCanParseTheCompletionScript() throws Exception {
    Path script =
        Files.writeString(directory.resolve("complete"), Ran.in(directory, "completion").out());
    Process bash =
        new ProcessBuilder("bash", "-n", script.toString()).redirectErrorStream(true).start();
    String complaint =
        new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(complaint).isZero();
    assertThat(Files.readString(script)).contains("complete -F", "pumphandle");
  }

  @Test
  void aReaderThatHasGoneAwayIsNoFailure() {
    OutputStream gone =
        new OutputStream() {
          @Override
          public void write(int each) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Ran ran = Ran.writingTo(gone, directory, "help", "sql");
    assertThat(ran.code()).isZero();
    assertThat(ran.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"help sql", "help", "--help", "collect --help", "--version", "columns"})
  void aFullDiskIsAFailure(String page) {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int each) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    Ran ran = Ran.writingTo(full, directory, page.split(" ", -1));
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).isEqualTo("pumphandle: No space left on device\n");
  }
}
