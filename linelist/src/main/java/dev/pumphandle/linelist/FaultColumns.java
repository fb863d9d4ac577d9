package dev.pumphandle.linelist;

import static dev.pumphandle.linelist.Column.bigint;
import static dev.pumphandle.linelist.Column.flag;
import static dev.pumphandle.linelist.Column.integer;
import static dev.pumphandle.linelist.Column.text;
import static dev.pumphandle.linelist.Column.word;
import static dev.pumphandle.linelist.Column.words;

import java.util.List;
import java.util.Map;

/// Where it died: the registers of the fault and what they point to.
public final class FaultColumns {

  /// Instruction pointer in the core’s first NT_PRSTATUS; often inside a handler’s raise().
  public static final Column<Long> PRSTATUS_PC =
      word(
          "prstatus_pc",
          "Instruction pointer in the core’s first NT_PRSTATUS; often inside a handler’s "
              + "raise().",
          "NT_PRSTATUS pr_reg");

  /// Stack pointer in the core’s first NT_PRSTATUS.
  public static final Column<Long> PRSTATUS_SP =
      word("prstatus_sp", "Stack pointer in the core’s first NT_PRSTATUS.", "NT_PRSTATUS pr_reg");

  /// Where the fault registers were found: `prstatus`, `sigframe` or `log`.
  public static final Column<String> FAULT_REGISTERS_FROM =
      text(
          "fault_registers_from",
          "Where the fault registers were found: `prstatus`, `sigframe` or `log`.",
          "fieldwork");

  /// Instruction pointer when the fault happened.
  public static final Column<Long> FAULT_PC =
      word("fault_pc", "Instruction pointer when the fault happened.", "fault registers");

  /// Stack pointer when the fault happened.
  public static final Column<Long> FAULT_SP =
      word("fault_sp", "Stack pointer when the fault happened.", "fault registers");

  /// Frame pointer when the fault happened (rbp, x29).
  public static final Column<Long> FAULT_FP =
      word("fault_fp", "Frame pointer when the fault happened (rbp, x29).", "fault registers");

  /// All registers of the fault, by name.
  public static final Column<Map<String, Long>> REGISTERS =
      words("registers", "All registers of the fault, by name.", "fault registers");

  /// What fault_pc points to: `code`, `stack`, `heap`, `file`, `null-page`, `small`, `non-
  /// canonical`, `unmapped`.
  public static final Column<String> PC_IN =
      text(
          "pc_in",
          "What fault_pc points to: `code`, `stack`, `heap`, `file`, `null-page`, "
              + "`small`, `non-canonical`, `unmapped`.",
          "mappings of the core");

  /// What fault_sp points to, as pc_in.
  public static final Column<String> SP_IN =
      text("sp_in", "What fault_sp points to, as pc_in.", "mappings of the core");

  /// What fault_fp points to, as pc_in.
  public static final Column<String> FP_IN =
      text("fp_in", "What fault_fp points to, as pc_in.", "mappings of the core");

  /// What fault_address points to, as pc_in.
  public static final Column<String> FAULT_ADDRESS_IN =
      text("fault_address_in", "What fault_address points to, as pc_in.", "mappings of the core");

  /// The faulting instruction: `ret`, `call-indirect`, `jump-indirect`, `call-direct`, `jump-
  /// direct`, `sse-aligned`, `ud2`, `int3`, `divide`, `privileged`, `load`, `store`, `other`;
  /// null when its bytes could not be had.
  public static final Column<String> INSTRUCTION_KIND =
      text(
          "instruction_kind",
          "The faulting instruction: `ret`, `call-indirect`, `jump-indirect`, `call-"
              + "direct`, `jump-direct`, `sse-aligned`, `ud2`, `int3`, `divide`, `privileged`, "
              + "`load`, `store`, `other`; null when its bytes could not be had.",
          "text in the core or in the executable");

  /// Bytes at fault_pc, in hex.
  public static final Column<String> INSTRUCTION_BYTES =
      text(
          "instruction_bytes",
          "Bytes at fault_pc, in hex.",
          "text in the core or in the executable");

  /// The faulting instruction, disassembled, where a disassembler was at hand.
  public static final Column<String> INSTRUCTION_TEXT =
      text(
          "instruction_text",
          "The faulting instruction, disassembled, where a disassembler was at hand.",
          "Capstone");

  /// Address of the faulting instruction's memory operand, computed from the registers.
  public static final Column<Long> OPERAND_ADDRESS =
      word(
          "operand_address",
          "Address of the faulting instruction's memory operand, computed from the registers.",
          "instruction and registers");

  /// Whether the faulting instruction’s memory operand is the address it faulted on. False means
  /// that the processor did something other than the instruction says.
  public static final Column<Boolean> OPERAND_AGREES =
      flag(
          "operand_agrees",
          "Whether the faulting instruction’s memory operand is the address it faulted "
              + "on. False means that the processor did something other than the instruction "
              + "says.",
          "instruction and registers against fault_address");

  /// The one bit that, flipped in the faulting address, makes it point to mapped memory of the
  /// right kind; null when none or many do.
  public static final Column<Integer> ONE_BIT_FLIP =
      integer(
          "one_bit_flip",
          "bit",
          "The one bit that, flipped in the faulting address, makes it point to mapped "
              + "memory of the right kind; null when none or many do.",
          "mappings of the core");

  /// Bytes between fault_sp and the low end of its stack mapping; negative below it.
  public static final Column<Long> STACK_ROOM =
      bigint(
          "stack_room",
          "bytes",
          "Bytes between fault_sp and the low end of its stack mapping; negative below " + "it.",
          "mappings of the core");

  private FaultColumns() {}

  static List<Column<?>> all() {
    return List.of(
        PRSTATUS_PC,
        PRSTATUS_SP,
        FAULT_REGISTERS_FROM,
        FAULT_PC,
        FAULT_SP,
        FAULT_FP,
        REGISTERS,
        PC_IN,
        SP_IN,
        FP_IN,
        FAULT_ADDRESS_IN,
        INSTRUCTION_KIND,
        INSTRUCTION_BYTES,
        INSTRUCTION_TEXT,
        OPERAND_ADDRESS,
        OPERAND_AGREES,
        ONE_BIT_FLIP,
        STACK_ROOM);
  }
}
