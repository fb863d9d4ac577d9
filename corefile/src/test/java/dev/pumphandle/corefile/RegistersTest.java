package dev.pumphandle.corefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class RegistersTest {

  private final Registers some =
      Registers.of(Machine.X86_64, Map.of("rip", 0x1234L, "rsp", -8L, "rbp", 5L));

  @Test
  void registersThatAreNotKnownAreEmptyRatherThanZero() {
    assertThat(some.value("rip")).hasValue(0x1234);
    assertThat(some.value("rax")).isEmpty();
    assertThat(some.dwarf(0)).isEmpty();
    assertThat(some.dwarf(7)).hasValue(-8);
    assertThat(some.dwarf(16)).hasValue(0x1234);
    assertThat(some.dwarf(999)).isEmpty();
    assertThat(some.all()).containsOnlyKeys("rip", "rsp", "rbp");
  }

  @Test
  void oneValueIsReplacedAndTheOriginalStays() {
    Registers other = some.with("rip", -1).with("rax", 0);
    assertThat(other.pc()).isEqualTo(-1);
    assertThat(other.value("rax")).hasValue(0);
    assertThat(some.pc()).isEqualTo(0x1234);
    assertThat(other).isNotEqualTo(some);
    assertThat(other.with("rip", 0x1234)).isNotEqualTo(some);
  }

  @Test
  void aValueIsForgottenAndReadsAsNoneAndAsZero() {
    Registers other = some.withDwarf(6, OptionalLong.empty()).withDwarf(7, OptionalLong.of(16));
    assertThat(other.dwarf(6)).isEmpty();
    assertThat(other.fp()).isZero();
    assertThat(other.sp()).isEqualTo(16);
    assertThat(other.all()).containsOnlyKeys("rip", "rsp");
    assertThat(other.withDwarf(999, OptionalLong.of(1))).isEqualTo(other);
    assertThat(some.fp()).isEqualTo(5);
  }

  @Test
  void aNameOfAnotherMachineIsRefusedWhereItMatters() {
    assertThat(some.value("x30")).isEmpty();
    assertThatThrownBy(() -> some.with("x30", 1)).isInstanceOf(IllegalArgumentException.class);
  }
}
