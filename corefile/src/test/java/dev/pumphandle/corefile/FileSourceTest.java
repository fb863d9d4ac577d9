package dev.pumphandle.corefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest extends ByteSourceContract {

  @TempDir Path directory;

  @Override
  ByteSource open() throws IOException {
    return FileSource.open(Files.write(directory.resolve("a.core"), CONTENT));
  }

  @Test
  void itsNameIsThePathAsGivenOrWhatTheCallerSays() throws IOException {
    Path path = Files.write(directory.resolve("b.core"), CONTENT);
    try (ByteSource byPath = FileSource.open(path);
        ByteSource byName = FileSource.open(path, "cores/b")) {
      assertThat(byPath.name()).isEqualTo(path.toString());
      assertThat(byName.name()).isEqualTo("cores/b");
    }
  }

  @Test
  void aMissingFileIsAnErrorOfTheStore() {
    assertThatThrownBy(() -> FileSource.open(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aFileThatHasBecomeShorterAnswersWithWhatIsLeft() throws IOException {
    Path path = Files.write(directory.resolve("c.core"), CONTENT);
    try (ByteSource source = FileSource.open(path)) {
      try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(10);
      }
      assertThat(source.read(0, 100).length()).isEqualTo(10);
      assertThat(source.read(50, 100).length()).isZero();
    }
  }
}
