package dev.pumphandle.corefile.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Instructions in words, where Capstone is installed.
class DisassemblerTest {

  private static final Disassembler HERE = Disassembler.ofThisMachine();

  @BeforeEach
  void capstoneIsInstalled() {
    assumeTrue(!HERE.equals(Disassembler.NONE), "no libcapstone here");
  }

  private static ByteView bytes(String hex) {
    return ByteView.of(HexFormat.of().parseHex(hex));
  }

  @Test
  void instructionsOfBothMachinesAreWritten() {
    assertThat(HERE.text(Machine.X86_64, bytes("0f294424509090"), 0x1000))
        .contains("movaps xmmword ptr [rsp + 0x50], xmm0");
    assertThat(HERE.text(Machine.X86_64, bytes("e8fb0f0000"), 0x1000)).contains("call 0x2000");
    assertThat(HERE.text(Machine.AARCH64, bytes("c0035fd6"), 0x1000)).contains("ret");
  }

  @Test
  void whatIsNoInstructionHasNoText() {
    assertThat(HERE.text(Machine.X86_64, bytes("06"), 0)).isEmpty();
    assertThat(HERE.text(Machine.X86_64, bytes("0f29"), 0)).isEmpty();
    assertThat(HERE.text(Machine.X86_64, ByteView.EMPTY, 0)).isEmpty();
  }

  @Test
  void manyMayAskAtOnce() {
    assertThat(
            IntStream.range(0, 2000)
                .parallel()
                .mapToObj(i -> HERE.text(Machine.X86_64, bytes("c3"), i).orElse(""))
                .distinct())
        .containsExactly("ret");
  }
}
