package dev.pumphandle.fieldwork.exam;

import java.util.List;

/// All examiners, in the order in which they run. Each stands on its own: none reads what another
/// has put into the row.
public final class StandardExaminers {

  private static final List<Examiner> ALL =
      List.of(
          new ProcessExaminer(),
          new SignalExaminer(),
          new RegistersExaminer(),
          new InstructionExaminer(),
          new ControlExaminer(),
          new BitFlipExaminer(),
          new UnwinderExaminer(),
          new AbortMessageExaminer(),
          new StackExaminer(),
          new StackWordsExaminer(),
          new ModulesExaminer());

  private StandardExaminers() {}

  /// The list.
  public static List<Examiner> all() {
    return ALL;
  }
}
