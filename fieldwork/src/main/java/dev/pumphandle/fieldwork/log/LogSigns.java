package dev.pumphandle.fieldwork.log;

import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.Machine;
import dev.pumphandle.corefile.code.Decoder;
import dev.pumphandle.corefile.code.Instruction;
import dev.pumphandle.corefile.code.InstructionKind;
import dev.pumphandle.fieldwork.exam.WordKind;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.Column;
import dev.pumphandle.linelist.ControlColumns;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.linelist.SignalColumns;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// What follows from the little that a log tells of the fault, in the columns that a core fills.
///
/// A log has no red zone and no map of memory, so much stays unknown that a core would tell: who
/// sent control to a bad address, above all. What a dialect has put is never replaced.
final class LogSigns {

  /// Bit 4 of a page fault's error: the processor was fetching an instruction.
  /// Source: Linux v6.12 arch/x86/include/asm/trap_pf.h, X86_PF_INSTR
  private static final int FETCHING = 16;

  private static final int PAGE_FAULT = 14;
  private static final int GENERAL_PROTECTION = 13;
  private static final int STACK_FAULT = 12;
  private static final int SIGSEGV = 11;
  private static final long PAGE = 4096;
  private static final long LEAST_MAPPED = 65536;

  private final CaseRow.Builder row;
  private final Map<String, Long> registers;

  private LogSigns(CaseRow.Builder row, Map<String, Long> registers) {
    this.row = row;
    this.registers = registers;
  }

  /// Fills in what follows.
  static void fill(CaseRow.Builder row, Map<String, Long> registers) {
    new LogSigns(row, registers).fill();
  }

  private void fill() {
    boolean arm = registers.containsKey("x29") || registers.containsKey("x0");
    register(FaultColumns.FAULT_PC, "rip", "pc");
    register(FaultColumns.FAULT_SP, "rsp", "sp");
    register(FaultColumns.FAULT_FP, "rbp", "x29");
    if (arm || registers.containsKey("rax") || registers.containsKey("rbp")) {
      put(ProcessColumns.MACHINE, arm ? "aarch64" : "x86_64");
    }
    if (row.has(FaultColumns.FAULT_PC) && row.has(FaultColumns.FAULT_SP)) {
      put(FaultColumns.FAULT_REGISTERS_FROM, "log");
    }
    place(FaultColumns.FAULT_PC, FaultColumns.PC_IN, arm);
    place(FaultColumns.FAULT_SP, FaultColumns.SP_IN, arm);
    place(FaultColumns.FAULT_FP, FaultColumns.FP_IN, arm);
    place(SignalColumns.FAULT_ADDRESS, FaultColumns.FAULT_ADDRESS_IN, arm);
    Optional<Instruction> instruction = arm ? Optional.empty() : instruction();
    instruction.ifPresent(found -> put(FaultColumns.INSTRUCTION_KIND, found.kind().word()));
    if (!row.has(ControlColumns.CONTROL_ARRIVED)) {
      control(instruction, arm);
    }
  }

  private void control(Optional<Instruction> instruction, boolean arm) {
    int signal = row.get(SignalColumns.SIGNAL_NUMBER).orElse(0);
    Optional<Long> pc = row.get(FaultColumns.FAULT_PC);
    if (pc.isEmpty() || signal == 0) {
      return;
    }
    if (isBadFetch(signal, pc.get(), arm)) {
      badFetch(pc.get(), arm);
    } else if (isGeneralProtection()) {
      refused(instruction);
    } else if (signal == 4 || signal == 5 || signal == 8 || isDataFault(pc.get())) {
      arrived("ran", "the fault is not the instruction pointer's own");
    }
  }

  private boolean isBadFetch(int signal, long pc, boolean arm) {
    Optional<Integer> error = row.get(SignalColumns.PAGE_FAULT_ERROR);
    boolean pageFault =
        row.get(SignalColumns.TRAP_NUMBER).map(trap -> trap == PAGE_FAULT).orElse(!arm);
    if (error.isPresent() && pageFault && (error.get() & FETCHING) != 0) {
      return true;
    }
    if (signal != SIGSEGV) {
      return false;
    }
    boolean nowhere = kind(pc, arm).isPresent();
    boolean itself = row.get(SignalColumns.FAULT_ADDRESS).map(at -> at == pc).orElse(false);
    return nowhere || (itself && error.isEmpty());
  }

  private boolean isGeneralProtection() {
    Optional<Integer> trap = row.get(SignalColumns.TRAP_NUMBER);
    return trap.isPresent()
        ? trap.get() == GENERAL_PROTECTION || trap.get() == STACK_FAULT
        : row.get(SignalColumns.SIGNAL_CODE).orElse(0) == 128;
  }

  private boolean isDataFault(long pc) {
    int code = row.get(SignalColumns.SIGNAL_CODE).orElse(0);
    boolean pageFault =
        row.get(SignalColumns.TRAP_NUMBER).orElse(0) == PAGE_FAULT
            || row.has(SignalColumns.PAGE_FAULT_ERROR)
            || code == 1
            || code == 2;
    return pageFault && row.get(SignalColumns.FAULT_ADDRESS).map(at -> at != pc).orElse(false);
  }

  private void badFetch(long pc, boolean arm) {
    put(ControlColumns.TARGET, pc);
    if (arm) {
      boolean returned = Optional.of(pc).equals(Optional.ofNullable(registers.get("x30")));
      arrived(
          returned ? "returned" : "unknown",
          returned
              ? "the link register is the instruction pointer: after a call it would not be"
              : "the link register is not the instruction pointer: a call or a jump");
      return;
    }
    Optional<Long> sp = row.get(FaultColumns.FAULT_SP);
    if (sp.isEmpty()) {
      arrived("unknown", "the log has no stack pointer");
    } else if (sp.get() % 16 == 0) {
      arrived("unknown", "16 divides rsp: a return or a jump; the log has no word below rsp");
    } else {
      arrived(
          "unknown", "rsp is 8 off: a call, or a return on a shifted stack; the log has no words");
    }
  }

  /// Folklore: a return to an address that is not canonical leaves rip on the `ret`, and the kernel
  /// logs it as a general protection fault like any other. Seen in `traps:` lines; the bytes of the
  /// instruction tell, where they are logged. Test: KernelDialectTest.
  private void refused(Optional<Instruction> instruction) {
    if (instruction.isEmpty()) {
      arrived("unknown", "a general protection fault, and the log has not the instruction");
      return;
    }
    InstructionKind kind = instruction.get().kind();
    switch (kind) {
      case RET -> {
        row.get(ControlColumns.TOP_WORD).ifPresent(word -> put(ControlColumns.TARGET, word));
        arrived("returned", "a `ret` was refused: the address is not canonical");
      }
      case CALL_INDIRECT -> arrived("called", "an indirect call was refused");
      case JUMP_INDIRECT -> arrived("jumped", "an indirect jump was refused");
      case CALL_DIRECT,
          JUMP_DIRECT,
          SSE_ALIGNED,
          UNDEFINED,
          BREAKPOINT,
          DIVIDE,
          PRIVILEGED,
          LOAD,
          STORE,
          OTHER ->
          arrived("ran", "a general protection fault of an instruction that stays where it is");
    }
  }

  private Optional<Instruction> instruction() {
    Optional<String> bytes = row.get(FaultColumns.INSTRUCTION_BYTES);
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    return Decoder.decode(
        Machine.X86_64,
        ByteView.of(HexFormat.of().parseHex(bytes.get())),
        row.get(FaultColumns.FAULT_PC).orElse(0L));
  }

  private void arrived(String how, String why) {
    put(ControlColumns.CONTROL_ARRIVED, how);
    put(ControlColumns.CONTROL_EVIDENCE, why);
  }

  private void register(Column<Long> column, String... names) {
    for (String name : names) {
      if (registers.containsKey(name)) {
        put(column, registers.getOrDefault(name, 0L));
        return;
      }
    }
  }

  private void place(Column<Long> word, Column<String> in, boolean arm) {
    row.get(word).flatMap(value -> kind(value, arm)).ifPresent(kind -> put(in, kind.word()));
  }

  /// What a word is that cannot be an address of anything; empty for one that may be.
  private static Optional<WordKind> kind(long word, boolean arm) {
    if (word >= 0 && word < PAGE) {
      return Optional.of(WordKind.NULL_PAGE);
    }
    if (word >= 0 && word < LEAST_MAPPED) {
      return Optional.of(WordKind.SMALL);
    }
    long top = arm ? (word << 8) >> 56 : word >> 47;
    return top == 0 || top == -1 ? Optional.empty() : Optional.of(WordKind.NON_CANONICAL);
  }

  private <T> void put(Column<T> column, T value) {
    if (!row.has(column)) {
      row.put(column, value);
    }
  }
}
