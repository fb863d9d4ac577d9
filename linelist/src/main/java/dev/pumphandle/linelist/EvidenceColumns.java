package dev.pumphandle.linelist;

import static dev.pumphandle.linelist.Column.flag;
import static dev.pumphandle.linelist.Column.integer;
import static dev.pumphandle.linelist.Column.text;
import static dev.pumphandle.linelist.Column.word;

import java.util.List;

/// Signs of particular diseases.
public final class EvidenceColumns {

  /// File that supplies the exception unwinder.
  public static final Column<String> UNWINDER =
      text(
              "unwinder",
              "File that supplies the exception unwinder.",
              "loaded files and their symbols")
          .with(Sensitivity.FLEET);

  /// Whether an unwinder stood on the stack or in the red zone when the fault happened.
  public static final Column<Boolean> UNWINDER_AT_WORK =
      flag(
          "unwinder_at_work",
          "Whether an unwinder stood on the stack or in the red zone when the fault " + "happened.",
          "return addresses");

  /// Whether rax points to a C++ exception object (its class begins with GNUCC++).
  public static final Column<Boolean> EXCEPTION_OBJECT =
      flag(
          "exception_object",
          "Whether rax points to a C++ exception object (its class begins with GNUCC++).",
          "memory at rax");

  /// private_2 of the exception object, when it is a code address.
  public static final Column<Long> EXCEPTION_LANDING_PAD =
      word(
          "exception_landing_pad",
          "private_2 of the exception object, when it is a code address.",
          "memory at rax");

  /// Whether the function that owns the stack pointer has a landing pad that fits.
  public static final Column<Boolean> LANDING_PAD_AGREES =
      flag(
          "landing_pad_agrees",
          "Whether the function that owns the stack pointer has a landing pad that fits.",
          ".eh_frame, LSDA");

  /// A signal that is not fatal and whose frame lies below fault_sp: it struck just before.
  public static final Column<Integer> RESIDUAL_SIGNAL =
      integer(
          "residual_signal",
          "number",
          "A signal that is not fatal and whose frame lies below fault_sp: it struck just"
              + " before.",
          "signal frames");

  /// Where that signal struck.
  public static final Column<Long> RESIDUAL_SIGNAL_PC =
      word("residual_signal_pc", "Where that signal struck.", "signal frames");

  /// Stack pointer where that signal struck.
  public static final Column<Long> RESIDUAL_SIGNAL_SP =
      word("residual_signal_sp", "Stack pointer where that signal struck.", "signal frames");

  /// Whether it struck right after a `mov …,%rsp` that moved the stack pointer off a context
  /// still being read.
  public static final Column<Boolean> RESIDUAL_IN_SETCONTEXT =
      flag(
          "residual_in_setcontext",
          "Whether it struck right after a `mov …,%rsp` that moved the stack pointer off "
              + "a context still being read.",
          "text before residual_signal_pc");

  /// What glibc said before it aborted.
  public static final Column<String> ABORT_MESSAGE =
      text("abort_message", "What glibc said before it aborted.", "__abort_msg in memory")
          .with(Sensitivity.MEMORY);

  private EvidenceColumns() {}

  static List<Column<?>> all() {
    return List.of(
        UNWINDER,
        UNWINDER_AT_WORK,
        EXCEPTION_OBJECT,
        EXCEPTION_LANDING_PAD,
        LANDING_PAD_AGREES,
        RESIDUAL_SIGNAL,
        RESIDUAL_SIGNAL_PC,
        RESIDUAL_SIGNAL_SP,
        RESIDUAL_IN_SETCONTEXT,
        ABORT_MESSAGE);
  }
}
