package dev.pumphandle.corefile.code;

import dev.pumphandle.corefile.Registers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Where an instruction takes a value from, or puts one.
public sealed interface Operand {

  /// A register.
  ///
  /// @param register its name
  record InRegister(String register) implements Operand {}

  /// Memory at segment + base + index × scale + displacement.
  ///
  /// @param segment the register that holds the base of the segment, `fs_base` or `gs_base`
  /// @param base the base register
  /// @param index the index register
  /// @param scale what the index is multiplied by: 1, 2, 4 or 8
  /// @param displacement the constant (bytes); an address relative to the instruction pointer is
  ///   worked out by the decoder and stands here whole
  record InMemory(
      Optional<String> segment,
      Optional<String> base,
      Optional<String> index,
      int scale,
      long displacement)
      implements Operand {

    /// Memory at a register and a constant.
    static InMemory at(String base, long displacement) {
      return new InMemory(Optional.empty(), Optional.of(base), Optional.empty(), 1, displacement);
    }

    /// The address, from the registers as they stood before the instruction; empty where one of
    /// them
    /// is unknown.
    public OptionalLong address(Registers registers) {
      long sum = displacement;
      for (Optional<String> part : List.of(segment, base)) {
        if (part.isPresent()) {
          OptionalLong value = registers.value(part.get());
          if (value.isEmpty()) {
            return value;
          }
          sum += value.getAsLong();
        }
      }
      if (index.isPresent()) {
        OptionalLong value = registers.value(index.get());
        if (value.isEmpty()) {
          return value;
        }
        sum += value.getAsLong() * scale;
      }
      return OptionalLong.of(sum);
    }
  }
}
