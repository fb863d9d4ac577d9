package dev.pumphandle.corefile.stack;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.Registers;
import dev.pumphandle.corefile.memory.MemoryImage;
import dev.pumphandle.corefile.memory.MemoryRead;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/// Brings back the caller's registers by one row of rules.
final class FrameRestore {

  /// Bits of an AArch64 return address that may hold its signature.
  private static final long SIGNATURE = 0xFFFF_0000_0000_0000L;

  private final Machine machine;
  private final MemoryImage memory;
  private final UnwindRow row;
  private final Registers callee;
  private final long cfa;

  FrameRestore(Machine machine, MemoryImage memory, UnwindRow row, Registers callee, long cfa) {
    this.machine = machine;
    this.memory = memory;
    this.row = row;
    this.callee = callee;
    this.cfa = cfa;
  }

  /// The caller's registers; empty where there is no caller, or its return address is not there.
  Optional<Registers> caller() throws IOException {
    OptionalLong returnAddress = value(row.returnColumn());
    if (returnAddress.isEmpty()) {
      return Optional.empty();
    }
    Registers caller = callee;
    for (int register : row.registers().keySet()) {
      caller = caller.withDwarf(register, value(register));
    }
    int stackPointer = machine == Machine.X86_64 ? 7 : 31;
    if (!row.registers().containsKey(stackPointer)) {
      caller = caller.with(machine == Machine.X86_64 ? "rsp" : "sp", cfa);
    }
    return Optional.of(
        caller.with(machine == Machine.X86_64 ? "rip" : "pc", plain(returnAddress.getAsLong())));
  }

  private long plain(long address) {
    return machine == Machine.AARCH64 ? address & ~SIGNATURE : address;
  }

  private OptionalLong value(int register) throws IOException {
    UnwindRow.Rule rule = row.registers().get(register);
    if (rule == null) {
      return callee.dwarf(register);
    }
    return switch (rule) {
      case UnwindRow.Rule.Saved(long offset) -> word(cfa + offset);
      case UnwindRow.Rule.IsCfa(long offset) -> OptionalLong.of(cfa + offset);
      case UnwindRow.Rule.InRegister(int other) -> callee.dwarf(other);
      case UnwindRow.Rule.SavedAt(ByteView expression) -> {
        OptionalLong at = evaluate(expression);
        yield at.isPresent() ? word(at.getAsLong()) : at;
      }
      case UnwindRow.Rule.Is(ByteView expression) -> evaluate(expression);
      case UnwindRow.Rule.Lost _ -> OptionalLong.empty();
    };
  }

  private OptionalLong evaluate(ByteView expression) throws IOException {
    return new DwarfExpression(memory, callee).evaluate(expression, OptionalLong.of(cfa));
  }

  private OptionalLong word(long at) throws IOException {
    return memory.read(at, 8) instanceof MemoryRead.Present(ByteView word)
        ? OptionalLong.of(word.u64(0))
        : OptionalLong.empty();
  }
}
