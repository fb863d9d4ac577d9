package dev.pumphandle.corefile;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The registers of one machine: in order, by name, by DWARF number.
///
/// @param all in the order of the machine's `elf_gregset_t`
/// @param byName by [Register#label]
/// @param byDwarf by [Register#dwarf], those that have a number
record RegisterTable(
    List<Register> all, Map<String, Register> byName, Map<Integer, Register> byDwarf) {

  private static final RegisterTable X86_64 = of(List.of(X86Register.values()));
  private static final RegisterTable AARCH64 = of(List.of(Aarch64Register.values()));

  static RegisterTable of(Machine machine) {
    return switch (machine) {
      case X86_64 -> X86_64;
      case AARCH64 -> AARCH64;
    };
  }

  Register require(String name) {
    Register register = byName.get(name);
    if (register == null) {
      throw new IllegalArgumentException("no register is called " + name);
    }
    return register;
  }

  Optional<Register> ofDwarf(int number) {
    return Optional.ofNullable(byDwarf.get(number));
  }

  private static RegisterTable of(List<Register> all) {
    Map<String, Register> byName = new LinkedHashMap<>();
    Map<Integer, Register> byDwarf = new HashMap<>();
    for (Register register : all) {
      byName.put(register.label(), register);
      if (register.dwarf() >= 0) {
        byDwarf.put(register.dwarf(), register);
      }
    }
    return new RegisterTable(all, Map.copyOf(byName), Map.copyOf(byDwarf));
  }
}
