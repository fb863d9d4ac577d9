package dev.pumphandle.corefile.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.ByteView;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What instructions do to the stack pointer. The bytes are those that the GNU assembler makes.
class StackEffectTest {

  private static StackEffect of(String hex) {
    byte[] code = HexFormat.of().parseHex(hex);
    return StackEffect.of(ByteView.of(code), code.length);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "57, -8, push %rdi",
    "4157, -8, push %r15",
    "6a00, -8, push $0",
    "6878563412, -8, push $0x12345678",
    "ff30, -8, push (%rax)",
    "41ff7708, -8, push 8(%r15)",
    "58, 8, pop %rax",
    "415c, 8, pop %r12",
    "8f00, 8, pop (%rax)",
    "4883ec18, -24, 'sub $24,%rsp'",
    "4881ec00010000, -256, 'sub $256,%rsp'",
    "4883c418, 24, 'add $24,%rsp'",
    "4883ec80, 128, 'sub $-128,%rsp'",
    "488d6424f8, -8, 'lea -8(%rsp),%rsp'",
    "4883fc10, 0, 'cmp $16,%rsp'",
    "4889c3, 0, 'mov %rax,%rbx'",
    "4989e4, 0, 'mov %rsp,%r12'",
    "4c89642408, 0, 'mov %r12,8(%rsp)'",
    "488b0424, 0, 'mov (%rsp),%rax'",
    "ffd0, 0, call *%rax",
    "90, 0, nop"
  })
  void aConstantMovesTheStackPointer(String code, int bytes, String assembler) {
    assertThat(of(code)).as(assembler).isEqualTo(new StackEffect.Moves(bytes));
  }

  @Test
  void theFramePointerIsFollowed() {
    assertThat(of("4889e5")).isEqualTo(new StackEffect.SetsFrame());
    assertThat(of("488bec")).isEqualTo(new StackEffect.SetsFrame());
    assertThat(of("4889ec")).isEqualTo(new StackEffect.FromFrame(0, false));
    assertThat(of("488d65d8")).isEqualTo(new StackEffect.FromFrame(-40, false));
    assertThat(of("c9")).isEqualTo(new StackEffect.FromFrame(8, true));
    assertThat(of("5d")).isEqualTo(new StackEffect.LosesFrame(8));
    assertThat(of("4889fd")).isEqualTo(new StackEffect.LosesFrame(0));
    assertThat(of("31ed")).isEqualTo(new StackEffect.LosesFrame(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4889fc", "488b2424", "4883e4f0", "5c", "4829c4", "488da42c00010000"})
  void whatTheBytesDoNotTellIsUnknown(String code) {
    assertThat(of(code)).isEqualTo(new StackEffect.Unknown());
  }
}
