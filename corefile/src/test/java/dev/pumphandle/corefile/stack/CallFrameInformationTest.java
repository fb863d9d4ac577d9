package dev.pumphandle.corefile.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.ForgedSource;
import dev.pumphandle.corefile.elf.ElfImage;
import dev.pumphandle.lab.forge.Code;
import dev.pumphandle.lab.forge.ForgedCore;
import dev.pumphandle.lab.forge.ForgedElf;
import dev.pumphandle.lab.forge.ForgedMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Which function an address lies in, and how its caller is found.
class CallFrameInformationTest {

  private static final byte[] INDEX_HEADER = {0x50, (byte) 0xe5, 0x74, 0x64};
  private static final byte[] INDEX_NAME = ".eh_frame_hdr".getBytes(StandardCharsets.US_ASCII);

  private final ForgedElf program =
      new ForgedElf(
          ForgedMachine.X86_64,
          "/opt/patient",
          new Code(ForgedMachine.X86_64, ForgedElf.TEXT)
              .function("first")
              .hex("55 48 89 e5 5d c3")
              .function("second")
              .hex("31 c0 c3"));

  private static Optional<CallFrameInformation.Description> at(ForgedCore file, long vaddr)
      throws IOException {
    return CallFrameInformation.of(ElfImage.open(new ForgedSource("patient", file))).at(vaddr);
  }

  /// As `gcc -static` links it: the tables are there, their index is not.
  private ForgedCore withoutAnIndex() {
    byte[] bytes = program.onDisk().bytes();
    Arrays.fill(bytes, find(bytes, INDEX_HEADER), find(bytes, INDEX_HEADER) + 4, (byte) 0);
    bytes[find(bytes, INDEX_NAME) + 1] = 'x';
    return ForgedCore.of(bytes);
  }

  private static int find(byte[] bytes, byte[] what) {
    int at = 0;
    while (!Arrays.equals(bytes, at, at + what.length, what, 0, what.length)) {
      at++;
    }
    return at;
  }

  @Test
  void withoutAnIndexTheTablesTellTheSame() throws IOException {
    ForgedCore bare = withoutAnIndex();
    assertThat(ElfImage.open(new ForgedSource("patient", bare)).ehFrameHeader()).isEmpty();

    for (String function : new String[] {"first", "second"}) {
      long inside = program.at(function) + 1;
      CallFrameInformation.Description told = at(bare, inside).orElseThrow();
      assertThat(told.begin()).isEqualTo(program.at(function));
      assertThat(told).isEqualTo(at(program.onDisk(), inside).orElseThrow());
    }
    assertThat(at(bare, 0)).isEmpty();
    assertThat(at(bare, program.at("second") + 0x100)).isEmpty();
  }

  @Test
  void whatIsNoTableTellsNothing() throws IOException {
    byte[] bytes = withoutAnIndex().bytes();
    int frames = find(bytes, new byte[] {'z', 'R', 0}) - 9;
    Arrays.fill(bytes, frames + 4, frames + 12, (byte) 0x7f);

    assertThat(at(ForgedCore.of(bytes), program.at("second"))).isEmpty();
  }
}
