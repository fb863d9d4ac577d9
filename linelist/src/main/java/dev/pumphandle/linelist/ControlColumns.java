package dev.pumphandle.linelist;

import static dev.pumphandle.linelist.Column.flag;
import static dev.pumphandle.linelist.Column.integer;
import static dev.pumphandle.linelist.Column.text;
import static dev.pumphandle.linelist.Column.word;

import java.util.List;

/// How control reached the place of death.
public final class ControlColumns {

  /// How control got to fault_pc: `returned`, `called`, `jumped`, `ran` (fault_pc is code and was
  /// reached in the ordinary way) or `unknown`.
  public static final Column<String> CONTROL_ARRIVED =
      text(
          "control_arrived",
          "How control got to fault_pc: `returned`, `called`, `jumped`, `ran` (fault_pc "
              + "is code and was reached in the ordinary way) or `unknown`.",
          "words around fault_sp; call instruction before the return address; faulting "
              + "instruction");

  /// The rule that decided control_arrived, in words.
  public static final Column<String> CONTROL_EVIDENCE =
      text("control_evidence", "The rule that decided control_arrived, in words.", "fieldwork");

  /// Where control was sent: the bad address itself, also when the processor stayed on the `ret`
  /// or `call` because the address was not canonical.
  public static final Column<Long> TARGET =
      word(
          "target",
          "Where control was sent: the bad address itself, also when the processor stayed"
              + " on the `ret` or `call` because the address was not canonical.",
          "fault_pc; word at fault_sp; operand");

  /// `aligned`, `shifted-8`, `shifted+8` or `unknown`.
  public static final Column<String> STACK_ALIGNMENT =
      text(
          "stack_alignment",
          "`aligned`, `shifted-8`, `shifted+8` or `unknown`.",
          "fault_sp against the calling convention and the frame chain");

  /// The evidence for stack_alignment: `abi`, `frame-chain`, `aligned-instruction`, or
  /// `parity` when only that it is 8 off.
  public static final Column<String> STACK_ALIGNMENT_EVIDENCE =
      text(
          "stack_alignment_evidence",
          "The evidence for stack_alignment: `abi`, `frame-chain`, `aligned-instruction`, or "
              + "`parity` when only that it is 8 off.",
          "fieldwork");

  /// -8, 0 or 8: how far fault_sp stands from where the calling convention says it must; null
  /// when unknown or when only the parity is known.
  public static final Column<Integer> STACK_SHIFT =
      integer(
          "stack_shift",
          "bytes",
          "-8, 0 or 8: how far fault_sp stands from where the calling convention says it "
              + "must; null when unknown or when only the parity is known.",
          "stack_alignment");

  /// Word just below fault_sp: after a return, the address returned to.
  public static final Column<Long> POPPED_WORD =
      word(
          "popped_word",
          "Word just below fault_sp: after a return, the address returned to.",
          "memory at fault_sp-8");

  /// Word at fault_sp: after a call, the return address.
  public static final Column<Long> TOP_WORD =
      word("top_word", "Word at fault_sp: after a call, the return address.", "memory at fault_sp");

  /// What top_word points to, as pc_in.
  public static final Column<String> TOP_WORD_IN =
      text("top_word_in", "What top_word points to, as pc_in.", "mappings of the core");

  /// Whether top_word follows a call instruction.
  public static final Column<Boolean> TOP_WORD_IS_RETURN_ADDRESS =
      flag(
          "top_word_is_return_address",
          "Whether top_word follows a call instruction.",
          "text before top_word");

  /// Where control should have gone, when that can be told.
  public static final Column<Long> INTENDED_PC =
      word(
          "intended_pc",
          "Where control should have gone, when that can be told.",
          "call target, landing pad");

  private ControlColumns() {}

  static List<Column<?>> all() {
    return List.of(
        CONTROL_ARRIVED,
        CONTROL_EVIDENCE,
        TARGET,
        STACK_ALIGNMENT,
        STACK_ALIGNMENT_EVIDENCE,
        STACK_SHIFT,
        POPPED_WORD,
        TOP_WORD,
        TOP_WORD_IN,
        TOP_WORD_IS_RETURN_ADDRESS,
        INTENDED_PC);
  }
}
