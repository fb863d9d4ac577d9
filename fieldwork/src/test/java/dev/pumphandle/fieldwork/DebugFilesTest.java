package dev.pumphandle.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.elf.BuildId;
import dev.pumphandle.corefile.loaded.LoadedFile;
import dev.pumphandle.lab.forge.Code;
import dev.pumphandle.lab.forge.ForgedElf;
import dev.pumphandle.lab.forge.ForgedMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Executables by build-id, and by the paths that cores name.
class DebugFilesTest {

  private static final byte[] ID = {1, 2, 3, 4};

  @TempDir Path here;

  private Path server = Path.of("");

  @BeforeEach
  void putsTheServerThere() throws IOException {
    server = here.resolve("server");
    Code code = new Code(ForgedMachine.X86_64, ForgedElf.TEXT).function("main").hex("c3");
    new ForgedElf(ForgedMachine.X86_64, server.toString(), code)
        .program()
        .buildId(ID)
        .onDisk()
        .write(server);
  }

  private static LoadedFile named(String path) {
    return new LoadedFile(
        LoadedFile.Kind.MAIN,
        Optional.of(path),
        Optional.of(new BuildId(HexFormat.of().formatHex(ID))),
        0x40_0000,
        0x40_4000,
        0x40_0000);
  }

  @Test
  void aBuildThatWasSoughtInVainAtOnePathIsFoundAtAnother() throws IOException {
    try (DebugFiles files = new DebugFiles(List.of())) {
      assertThat(files.find(named("/old/server"))).isEmpty();
      assertThat(files.find(named(server.toString()))).isPresent();
      assertThat(files.find(named("/old/server"))).isPresent();
    }
  }

  @Test
  void aFileThatWasDeletedUnderItsProcessIsKnownAgainWhereTheSameBuildIsBack() throws IOException {
    try (DebugFiles files = new DebugFiles(List.of())) {
      assertThat(files.find(named(server + " (deleted)"))).isPresent();
    }
  }
}
