package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.CoreThread;
import dev.pumphandle.corefile.Mapping;
import dev.pumphandle.corefile.Registers;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.SignalColumns;
import java.util.Optional;

/// The registers of the fault, and what the important ones point to.
final class RegistersExaminer implements Examiner {

  /// A stack pointer that ran out of its stack is this near to it (bytes): the largest frame that
  /// is
  /// taken in one step.
  private static final long NEAR = 64L << 20;

  @Override
  public String name() {
    return "registers";
  }

  @Override
  public void examine(Evidence evidence, CaseRow.Builder row, MissingFacts missing) {
    CoreFile core = evidence.core();
    CoreThread first = core.dyingThread().orElse(core.threads().getFirst());
    row.put(FaultColumns.PRSTATUS_PC, first.registers().pc());
    row.put(FaultColumns.PRSTATUS_SP, first.registers().sp());
    Registers registers = evidence.registers();
    row.put(
        FaultColumns.FAULT_REGISTERS_FROM,
        switch (evidence.fault().from()) {
          case PRSTATUS -> "prstatus";
          case SIGFRAME -> "sigframe";
          case LOG -> "log";
        });
    row.put(FaultColumns.FAULT_PC, registers.pc());
    row.put(FaultColumns.FAULT_SP, registers.sp());
    row.put(FaultColumns.FAULT_FP, registers.fp());
    row.put(FaultColumns.REGISTERS, registers.all());
    row.put(FaultColumns.PC_IN, evidence.kind(registers.pc()).word());
    row.put(FaultColumns.SP_IN, evidence.kind(registers.sp()).word());
    row.put(FaultColumns.FP_IN, evidence.kind(registers.fp()).word());
    if (evidence.fault().address().isPresent()) {
      row.put(
          FaultColumns.FAULT_ADDRESS_IN,
          evidence.kind(evidence.fault().address().getAsLong()).word());
    }
    stackLow(evidence, registers.sp())
        .ifPresentOrElse(
            low -> row.put(FaultColumns.STACK_ROOM, registers.sp() - low),
            () -> missing.add(FaultColumns.STACK_ROOM, "no stack mapping holds or follows sp"));
    if (evidence.fault().code().isEmpty()) {
      missing.add(SignalColumns.FAULT_ADDRESS, "no siginfo in the core");
    }
  }

  /// The low end of the stack that the stack pointer is in, or has run out of: then the nearest
  /// writable mapping above it.
  private static Optional<Long> stackLow(Evidence evidence, long sp) {
    Optional<Mapping> mapping = evidence.memory().mappingAt(sp);
    if (mapping.isPresent() && mapping.get().permissions().writable()) {
      return Optional.of(mapping.get().from());
    }
    // A guard page is mapped without permissions; below it, or below the main stack, nothing is.
    return evidence.core().mappings().stream()
        .filter(m -> m.permissions().writable())
        .map(Mapping::from)
        .filter(from -> Long.compareUnsigned(from, sp) > 0 && from - sp < NEAR && from - sp > 0)
        .findFirst();
  }
}
