package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.code.Instruction;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.ControlColumns;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// How control reached the place of death, and how the stack stood: [ControlSigns] decides, this
/// writes it down.
final class ControlExaminer implements Examiner {

  @Override
  public String name() {
    return "control";
  }

  @Override
  public void examine(Evidence evidence, CaseRow.Builder row, MissingFacts missing)
      throws IOException {
    Control control = evidence.control();
    row.put(ControlColumns.CONTROL_ARRIVED, control.arrived().word());
    row.put(ControlColumns.CONTROL_EVIDENCE, control.evidence());
    row.put(ControlColumns.TARGET, control.target());
    row.put(ControlColumns.STACK_ALIGNMENT, control.alignment().word());
    row.put(ControlColumns.STACK_ALIGNMENT_EVIDENCE, control.alignmentEvidence());
    row.put(ControlColumns.INTENDED_PC, control.intended());
    switch (control.alignment()) {
      case ALIGNED -> row.put(ControlColumns.STACK_SHIFT, 0);
      case SHIFTED_LOW -> row.put(ControlColumns.STACK_SHIFT, -8);
      case SHIFTED_HIGH -> row.put(ControlColumns.STACK_SHIFT, 8);
      case UNKNOWN -> missing.add(ControlColumns.STACK_SHIFT, "nothing tells how the stack stood");
    }
    if (control.arrived() == Control.Arrived.UNKNOWN) {
      missing.add(ControlColumns.CONTROL_ARRIVED, control.evidence());
    }
    words(evidence, row, missing);
  }

  private static void words(Evidence evidence, CaseRow.Builder row, MissingFacts missing)
      throws IOException {
    long sp = evidence.registers().sp();
    OptionalLong top = evidence.word(sp);
    row.put(ControlColumns.TOP_WORD, kept(evidence, top));
    row.put(ControlColumns.POPPED_WORD, kept(evidence, evidence.word(sp - 8)));
    if (top.isEmpty()) {
      missing.add(ControlColumns.TOP_WORD, "the stack at sp is not in the core");
      return;
    }
    row.put(ControlColumns.TOP_WORD_IN, evidence.kind(top.getAsLong()).word());
    if (evidence.code().isCode(top.getAsLong())) {
      Optional<List<Instruction>> calls = evidence.code().callsBefore(top.getAsLong());
      calls.ifPresent(list -> row.put(ControlColumns.TOP_WORD_IS_RETURN_ADDRESS, !list.isEmpty()));
    } else {
      row.put(ControlColumns.TOP_WORD_IS_RETURN_ADDRESS, false);
    }
  }

  /// A word of the stack as it may be stored. The one that control was sent to always is: the
  /// processor took it for an address, as it does with a register.
  private static OptionalLong kept(Evidence evidence, OptionalLong word) {
    boolean stays =
        word.isPresent()
            && (evidence.retainWords()
                || !evidence.isData(word.getAsLong())
                || word.equals(evidence.control().target()));
    return stays ? word : OptionalLong.empty();
  }
}
