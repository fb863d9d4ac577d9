package dev.pumphandle.corefile;

import dev.pumphandle.corefile.note.Note;
import dev.pumphandle.corefile.note.PrPsInfo;
import dev.pumphandle.corefile.note.PrStatus;
import dev.pumphandle.corefile.note.SigInfo;
import java.util.List;

/// By which signs the writer of a core is known.
final class OriginSigns {

  private OriginSigns() {}

  /// Folklore: *who wrote it.* The kernel writes the first thread's status, then PRPSINFO, SIGINFO,
  /// AUXV, FILE (the last two since v3.7). gdb writes PRPSINFO before any status. qemu's user-mode
  /// emulator (seen with 7.2) writes PRSTATUS, PRPSINFO, AUXV, then the other threads' PRSTATUS: no
  /// SIGINFO, no FILE, no floating-point notes, `pr_state` and `pr_sname` left zero, and
  /// `pr_cursig` 0 in all threads but the first. Test: `theWriterIsKnownByTheOrderOfItsNotes`.
  static Origin judge(List<Note> notes) {
    int status = indexOf(PrStatus.class, notes);
    int process = indexOf(PrPsInfo.class, notes);
    if (status < 0) {
      return new Origin(Origin.Writer.UNKNOWN, "no PRSTATUS note");
    }
    if (process >= 0 && process < status) {
      return new Origin(Origin.Writer.GCORE, "PRPSINFO stands before the first PRSTATUS");
    }
    if (process > status
        && notes.get(process) instanceof PrPsInfo info
        && info.state() == 0
        && indexOf(SigInfo.class, notes) < 0) {
      return new Origin(Origin.Writer.QEMU_USER, "PRPSINFO states no process state, no SIGINFO");
    }
    if (status == 0 && process == 1) {
      return new Origin(Origin.Writer.KERNEL, "PRSTATUS first, PRPSINFO second");
    }
    return new Origin(Origin.Writer.UNKNOWN, "the notes are in no known writer's order");
  }

  private static int indexOf(Class<? extends Note> type, List<Note> notes) {
    for (int i = 0; i < notes.size(); i++) {
      if (type.isInstance(notes.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
