package dev.pumphandle.corefile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The general-purpose registers of one thread at one moment. Immutable; nothing is decoded until
/// asked for.
///
/// A register may be unknown: a signal frame does not save them all, and an unwound frame knows
/// few.
public final class Registers {

  private final Machine machine;
  private final ByteView words;

  /// Bit n stands for the register with ordinal n: set where its value is known. Both machines have
  /// fewer than 64.
  private final long known;

  private Registers(Machine machine, ByteView words, long known) {
    this.machine = machine;
    this.words = words;
    this.known = known;
  }

  /// The registers of an `elf_gregset_t`, all known.
  ///
  /// @param words the structure's bytes, at least [Machine#registersBytes]
  public static Registers of(Machine machine, ByteView words) {
    int count = machine.registersBytes() / 8;
    return new Registers(machine, words.slice(0, machine.registersBytes()), (1L << count) - 1);
  }

  /// Registers of which only those in `values` are known.
  ///
  /// @param values name to value (unsigned)
  /// @throws IllegalArgumentException where the machine has no register of such a name
  public static Registers of(Machine machine, Map<String, Long> values) {
    byte[] bytes = new byte[machine.registersBytes()];
    long known = 0;
    for (Map.Entry<String, Long> entry : values.entrySet()) {
      Register register = RegisterTable.of(machine).require(entry.getKey());
      put(bytes, register.offset(), entry.getValue());
      known |= 1L << register.ordinal();
    }
    return new Registers(machine, ByteView.ofOwned(bytes, bytes.length), known);
  }

  /// The machine they belong to.
  public Machine machine() {
    return machine;
  }

  /// The program counter (`rip`, `pc`; unsigned); 0 where unknown.
  public long pc() {
    return word(
        switch (machine) {
          case X86_64 -> X86Register.RIP;
          case AARCH64 -> Aarch64Register.PC;
        });
  }

  /// The stack pointer (`rsp`, `sp`; unsigned); 0 where unknown.
  public long sp() {
    return word(
        switch (machine) {
          case X86_64 -> X86Register.RSP;
          case AARCH64 -> Aarch64Register.SP;
        });
  }

  /// The frame pointer (`rbp`, `x29`; unsigned), if the code keeps one; 0 where unknown.
  public long fp() {
    return word(
        switch (machine) {
          case X86_64 -> X86Register.RBP;
          case AARCH64 -> Aarch64Register.X29;
        });
  }

  /// The value of the register called `name` (unsigned); empty where it is unknown or the machine
  /// has none such.
  public OptionalLong value(String name) {
    Register register = RegisterTable.of(machine).byName().get(name);
    return register == null ? OptionalLong.empty() : value(register);
  }

  /// The value of `register` (unsigned); empty where it is unknown or another machine's.
  public OptionalLong value(Register register) {
    boolean mine =
        switch (register) {
          case X86Register _ -> machine == Machine.X86_64;
          case Aarch64Register _ -> machine == Machine.AARCH64;
        };
    return mine && (known & 1L << register.ordinal()) != 0
        ? OptionalLong.of(word(register))
        : OptionalLong.empty();
  }

  /// The value of the register with this DWARF number (unsigned); empty where it is unknown or
  /// there is none such.
  public OptionalLong dwarf(int number) {
    return RegisterTable.of(machine).ofDwarf(number).map(this::value).orElse(OptionalLong.empty());
  }

  /// Every known register, by name, in the machine's own order. Unmodifiable.
  public Map<String, Long> all() {
    Map<String, Long> values = LinkedHashMap.newLinkedHashMap(34);
    for (Register register : RegisterTable.of(machine).all()) {
      if ((known & 1L << register.ordinal()) != 0) {
        values.put(register.label(), word(register));
      }
    }
    return Collections.unmodifiableMap(values);
  }

  /// These registers with one value replaced.
  ///
  /// @throws IllegalArgumentException where the machine has no register called `name`
  public Registers with(String name, long value) {
    return with(RegisterTable.of(machine).require(name), value);
  }

  private Registers with(Register register, long value) {
    byte[] bytes = words.toArray();
    put(bytes, register.offset(), value);
    return new Registers(
        machine, ByteView.ofOwned(bytes, bytes.length), known | 1L << register.ordinal());
  }

  /// These registers with another value, or none, for the one with this DWARF number; the same
  /// where there is none such.
  public Registers withDwarf(int number, OptionalLong value) {
    Optional<Register> found = RegisterTable.of(machine).ofDwarf(number);
    if (found.isEmpty()) {
      return this;
    }
    // A register that is not known reads as 0.
    Registers changed = with(found.get(), value.orElse(0));
    return value.isPresent()
        ? changed
        : new Registers(machine, changed.words, known & ~(1L << found.get().ordinal()));
  }

  private long word(Register register) {
    return words.u64(register.offset());
  }

  private static void put(byte[] bytes, int at, long value) {
    for (int i = 0; i < 8; i++) {
      bytes[at + i] = (byte) (value >>> (8 * i));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Registers registers
        && machine == registers.machine
        && all().equals(registers.all());
  }

  @Override
  public int hashCode() {
    return Long.hashCode(pc()) * 31 + Long.hashCode(sp());
  }

  @Override
  public String toString() {
    return machine.label() + " pc 0x" + Long.toHexString(pc()) + " sp 0x" + Long.toHexString(sp());
  }
}
