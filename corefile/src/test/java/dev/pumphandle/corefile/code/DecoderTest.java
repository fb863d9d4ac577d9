package dev.pumphandle.corefile.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read off instructions of x86-64: the calls before a return address, and where
/// conditional jumps go.
class DecoderTest {

  private static final long AFTER = 0x40_1000;

  private static ByteView bytes(String hex) {
    return ByteView.of(HexFormat.of().parseHex(hex));
  }

  private static List<Operand> called(String before) {
    return Decoder.callsBefore(Machine.X86_64, bytes(before), AFTER).stream()
        .flatMap(call -> call.operands().stream())
        .toList();
  }

  @Test
  void aPrefixBelongsToTheCallThatFollowsIt() {
    assertThat(called("9090909041ffd7")).containsExactly(new Operand.InRegister("r15"));
    assertThat(called("90909090909041ff5010")).containsExactly(Operand.InMemory.at("r8", 0x10));
  }

  @Test
  void aCallWithoutAPrefixIsReadAsItStands() {
    assertThat(called("9090909090ffd7")).containsExactly(new Operand.InRegister("rdi"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"740e", "0f840a000000", "e30e"})
  void aConditionalJumpTellsWhereItMayGo(String code) {
    Instruction jump = Decoder.decode(Machine.X86_64, bytes(code), AFTER).orElseThrow();

    assertThat(jump.target()).hasValue(AFTER + 16);
    assertThat(jump.kind()).isEqualTo(InstructionKind.OTHER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3e", "2e", "66", "67", "f3", "64", "41", "48", "3e41", "663e49"})
  void whatIsDecodedAsACallIsFoundBeforeAReturnAddress(String prefixes) {
    int calls = 0;
    for (int op = 0; op < 256; op++) {
      for (int modRm = 0; modRm < 256; modRm++) {
        String code = prefixes + "%02x%02x".formatted(op, modRm) + "0000000000";
        Optional<Instruction> decoded = Decoder.decode(Machine.X86_64, bytes(code), AFTER);
        if (decoded.isEmpty() || !Decoder.isCall(decoded.get().kind())) {
          continue;
        }
        calls++;
        String whole = code.substring(0, 2 * decoded.get().length());
        assertThat(Decoder.callsBefore(Machine.X86_64, bytes(whole), AFTER))
            .as(whole)
            .anyMatch(call -> call.length() == decoded.get().length());
      }
    }
    assertThat(calls).isGreaterThan(60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c4e078ffd0", "62f07c08ffd0"})
  void aVectorPrefixMakesNoCall(String code) {
    assertThat(Decoder.decode(Machine.X86_64, bytes(code), AFTER)).isEmpty();
  }

  private static Instruction decoded(String code) {
    return Decoder.decode(Machine.X86_64, bytes(code), AFTER).orElseThrow();
  }

  /// bt, bts; vpgatherdd, vpscatterdd; fxsave, xsave, xsavec, fnsave; tileloadd; short
  /// displacements of EVEX that count elements: vmovss, a broadcast vaddps.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "480fa310",
        "480fab10",
        "c4e26d900488",
        "62f27d49a00488",
        "0fae03",
        "0fae23",
        "480fc723",
        "dd33",
        "c4e27b4b0408",
        "62e17e0810487f",
        "62f1745858507f"
      })
  void whatMayTouchMemoryFarFromItsOperandNamesNone(String code) {
    assertThat(decoded(code).length()).isEqualTo(code.length() / 2);
    assertThat(decoded(code).kind()).isIn(InstructionKind.LOAD, InstructionKind.STORE);
    assertThat(decoded(code).operands()).isEmpty();
  }

  @Test
  void aShortDisplacementOfAWholeVectorCountsVectors() {
    assertThat(decoded("62f17c48284002").operands())
        .containsExactly(Operand.InMemory.at("rax", 2 * 64));
  }

  @Test
  void aPopToMemoryTouchesBothPlaces() {
    assertThat(decoded("8f02").operands())
        .containsExactly(Operand.InMemory.at("rdx", 0), Operand.InMemory.at("rsp", 0));
  }
}
