package dev.pumphandle.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.lab.forge.HostileFile;
import dev.pumphandle.lab.forge.HostileFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Every file that the lab's forger knows to make in bad faith ends as a core or as a named
// refusal.
class HostileFilesTest {

  @Test
  void aLyingNumberEndsAsACoreOrARefusal() {
    assertThat(failures(HostileFiles.lyingNumbers())).isEmpty();
  }

  @Test
  void aCutCoreEndsAsACoreOrARefusal() {
    assertThat(failures(HostileFiles.cutCores())).isEmpty();
  }

  @Test
  void aDamagedCoreEndsAsACoreOrARefusal() {
    assertThat(failures(HostileFiles.fuzzedCores())).isEmpty();
  }

  @Test
  void aBombEndsAsACoreOrARefusal() {
    assertThat(failures(HostileFiles.bombs())).isEmpty();
  }

  @Test
  void aFileOfAnotherKindIsRefusedByName() {
    List<String> failures = new ArrayList<>();
    List<String> opened = new ArrayList<>();
    HostileFiles.otherKinds().forEach(f -> failures.addAll(failures(f, opened)));
    assertThat(failures).isEmpty();
    // these have a true header of a core: what it promises is read as far as it can be
    assertThat(opened)
        .allMatch(
            n -> n.matches("core-not-compressed.*|elf-osabi-255|elf-version-2|noise-.*-true-.*"));
  }

  private static List<String> failures(Stream<HostileFile> files) {
    return files.flatMap(f -> failures(f, new ArrayList<>()).stream()).toList();
  }

  private static List<String> failures(HostileFile file, List<String> opened) {
    byte[] bytes = file.core().bytes();
    try (ByteSource source = ByteSource.of(file.name(), ByteView.ofOwned(bytes, bytes.length))) {
      if (Probing.probe(source).core().isPresent()) opened.add(file.name());
      return List.of();
    } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
      return List.of(file.name() + ": " + e);
    }
  }
}
