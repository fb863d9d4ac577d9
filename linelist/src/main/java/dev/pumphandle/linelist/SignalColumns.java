package dev.pumphandle.linelist;

import static dev.pumphandle.linelist.Column.bigint;
import static dev.pumphandle.linelist.Column.integer;
import static dev.pumphandle.linelist.Column.text;
import static dev.pumphandle.linelist.Column.word;

import java.util.List;

/// How it was killed; the original values where a signal frame gives them.
public final class SignalColumns {

  /// The fatal signal.
  public static final Column<Integer> SIGNAL_NUMBER =
      integer(
          "signal_number",
          "number",
          "The fatal signal.",
          "signal frame; NT_SIGINFO; NT_PRSTATUS pr_cursig");

  /// The fatal signal, by name.
  public static final Column<String> SIGNAL_NAME =
      text("signal_name", "The fatal signal, by name.", "signal(7)");

  /// si_code: why the signal was sent. 1 and 2 are page faults, 128 is the kernel (a general
  /// protection fault), 0 is kill(), -6 is tkill() or raise().
  public static final Column<Integer> SIGNAL_CODE =
      integer(
          "signal_code",
          "number",
          "si_code: why the signal was sent. 1 and 2 are page faults, 128 is the kernel "
              + "(a general protection fault), 0 is kill(), -6 is tkill() or raise().",
          "signal frame; NT_SIGINFO");

  /// si_addr: the address that could not be used. A general protection fault has none and says 0.
  public static final Column<Long> FAULT_ADDRESS =
      word(
          "fault_address",
          "si_addr: the address that could not be used. A general protection fault has "
              + "none and says 0.",
          "signal frame; NT_SIGINFO");

  /// Processor trap: 14 page fault, 13 general protection, 6 invalid opcode, 3 breakpoint, 0
  /// divide.
  public static final Column<Integer> TRAP_NUMBER =
      integer(
          "trap_number",
          "number",
          "Processor trap: 14 page fault, 13 general protection, 6 invalid opcode, 3 "
              + "breakpoint, 0 divide.",
          "signal frame (x86-64 gregs REG_TRAPNO)");

  /// Page-fault error bits: 1 protection, 2 write, 4 user, 16 instruction fetch.
  public static final Column<Integer> PAGE_FAULT_ERROR =
      integer(
          "page_fault_error",
          "bits",
          "Page-fault error bits: 1 protection, 2 write, 4 user, 16 instruction fetch.",
          "signal frame (x86-64 gregs REG_ERR)");

  /// Who sent the signal, when somebody did.
  public static final Column<Long> SENDER_PID =
      bigint("sender_pid", "id", "Who sent the signal, when somebody did.", "siginfo si_pid");

  /// User id of the sender.
  public static final Column<Long> SENDER_UID =
      bigint("sender_uid", "id", "User id of the sender.", "siginfo si_uid");

  /// The signal the kernel killed with, when a handler raised another one than struck.
  public static final Column<Integer> KILLING_SIGNAL_NUMBER =
      integer(
          "killing_signal_number",
          "number",
          "The signal the kernel killed with, when a handler raised another one than " + "struck.",
          "NT_SIGINFO; NT_PRSTATUS pr_cursig");

  /// si_code of the signal the kernel killed with.
  public static final Column<Integer> KILLING_SIGNAL_CODE =
      integer(
          "killing_signal_code",
          "number",
          "si_code of the signal the kernel killed with.",
          "NT_SIGINFO");

  /// Signal frames of fatal signals whose handlers were still running at death.
  public static final Column<Integer> HANDLER_FRAMES =
      integer(
          "handler_frames",
          "count",
          "Signal frames of fatal signals whose handlers were still running at death.",
          "signal frames");

  private SignalColumns() {}

  static List<Column<?>> all() {
    return List.of(
        SIGNAL_NUMBER,
        SIGNAL_NAME,
        SIGNAL_CODE,
        FAULT_ADDRESS,
        TRAP_NUMBER,
        PAGE_FAULT_ERROR,
        SENDER_PID,
        SENDER_UID,
        KILLING_SIGNAL_NUMBER,
        KILLING_SIGNAL_CODE,
        HANDLER_FRAMES);
  }
}
