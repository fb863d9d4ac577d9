package dev.pumphandle.corefile.stack;

import dev.pumphandle.corefile.ByteView;
import java.util.Map;

/// How to find the caller's frame from one instruction: DWARF's row of rules.
///
/// Source: DWARF 5 §6.4.1.
///
/// @param cfa where the canonical frame address is
/// @param registers the rules of registers that were saved, by DWARF number
/// @param returnColumn the DWARF number that stands for the return address
/// @param signalFrame whether the frame is a signal handler's trampoline: its caller was
/// interrupted,
///   not calling
record UnwindRow(Cfa cfa, Map<Integer, Rule> registers, int returnColumn, boolean signalFrame) {

  /// Where the canonical frame address is.
  sealed interface Cfa {
    /// At a register and an offset.
    record AtRegister(int register, long offset) implements Cfa {}

    /// Computed by an expression.
    record Computed(ByteView expression) implements Cfa {}
  }

  /// Where a register was saved.
  sealed interface Rule {
    /// In memory, at an offset from the canonical frame address.
    record Saved(long offset) implements Rule {}

    /// It is the canonical frame address and an offset.
    record IsCfa(long offset) implements Rule {}

    /// In another register.
    record InRegister(int register) implements Rule {}

    /// In memory, where an expression says.
    record SavedAt(ByteView expression) implements Rule {}

    /// It is what an expression says.
    record Is(ByteView expression) implements Rule {}

    /// Nowhere: it cannot be recovered. For the return address: there is no caller.
    record Lost() implements Rule {}
  }
}
