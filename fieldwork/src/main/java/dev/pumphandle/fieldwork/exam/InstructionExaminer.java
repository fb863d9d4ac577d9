package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.code.Disassembler;
import dev.pumphandle.corefile.code.Instruction;
import dev.pumphandle.corefile.code.InstructionKind;
import dev.pumphandle.corefile.code.Operand;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.FaultColumns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The faulting instruction, and whether it can have done what the processor says it did.
///
/// A processor that computes wrongly shows as a fault at an address that is not the instruction's
/// operand. Source: Hochschild et al., "Cores that don't count", HotOS 2021.
final class InstructionExaminer implements Examiner {

  /// A fault may be reported at any byte of what an instruction touches (bytes): a vector, or two
  /// pages that it straddles.
  private static final long REACH = 64;

  private static final int SHOWN = 16;

  @Override
  public String name() {
    return "instruction";
  }

  @Override
  public void examine(Evidence evidence, CaseRow.Builder row, MissingFacts missing)
      throws IOException {
    long pc = evidence.registers().pc();
    if (!evidence.code().isCode(pc)) {
      missing.add(FaultColumns.INSTRUCTION_KIND, "the instruction pointer is not in code");
      return;
    }
    Optional<Instruction> decoded = evidence.instruction();
    ByteView bytes = evidence.code().upTo(pc, SHOWN);
    if (bytes.length() > 0) {
      row.put(FaultColumns.INSTRUCTION_BYTES, HexFormat.of().formatHex(bytes.toArray()));
      row.put(
          FaultColumns.INSTRUCTION_TEXT,
          Disassembler.ofThisMachine().text(evidence.core().machine(), bytes, pc));
    }
    if (decoded.isEmpty()) {
      missing.add(
          FaultColumns.INSTRUCTION_KIND,
          bytes.length() == 0 ? evidence.textMissing(pc) : "the bytes are no known instruction");
      return;
    }
    Instruction instruction = decoded.get();
    row.put(FaultColumns.INSTRUCTION_KIND, instruction.kind().word());
    OptionalLong fault = evidence.fault().address();
    boolean pageFault =
        evidence.fault().code().orElse(0) == 1 || evidence.fault().code().orElse(0) == 2;
    boolean dataFault =
        evidence.fault().signo() == 11 && pageFault && fault.isPresent() && fault.getAsLong() != pc;
    List<Long> addresses = addresses(evidence, instruction, dataFault);
    telling(evidence, addresses, fault, dataFault)
        .ifPresent(address -> row.put(FaultColumns.OPERAND_ADDRESS, address));
    if (dataFault && !addresses.isEmpty()) {
      row.put(FaultColumns.OPERAND_AGREES, nearest(addresses, fault.getAsLong()).isPresent());
    }
  }

  /// What the instruction touches. A call through a pointer also pushes its return address, which
  /// fails where the stack has run out, whatever its operand.
  private static List<Long> addresses(
      Evidence evidence, Instruction instruction, boolean dataFault) {
    List<Long> addresses = new ArrayList<>();
    for (Operand operand : instruction.operands()) {
      if (operand instanceof Operand.InMemory memory) {
        OptionalLong address = memory.address(evidence.registers());
        if (address.isPresent()) {
          addresses.add(address.getAsLong());
        }
      }
    }
    if (dataFault && instruction.kind() == InstructionKind.CALL_INDIRECT && evidence.isX86()) {
      addresses.add(evidence.registers().sp() - 8);
    }
    return addresses;
  }

  /// Of several operands the one that the fault is about: the one at its address; without an
  /// address
  /// the one that is not canonical.
  private static Optional<Long> telling(
      Evidence evidence, List<Long> addresses, OptionalLong fault, boolean dataFault) {
    Optional<Long> found =
        dataFault
            ? nearest(addresses, fault.orElse(0))
            : addresses.stream().filter(address -> !evidence.isCanonical(address)).findFirst();
    return found.or(() -> addresses.stream().findFirst());
  }

  private static Optional<Long> nearest(List<Long> addresses, long fault) {
    return addresses.stream()
        .filter(address -> Long.compareUnsigned(fault - address, REACH) < 0)
        .findFirst();
  }
}
