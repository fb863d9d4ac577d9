package dev.pumphandle.lab.forge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The notes as gdb's `gcore` writes them for a healthy process: no fatal signal anywhere.
///
/// Source: gdb 13 gdb/linux-tdep.c, linux_make_corefile_notes(): PRPSINFO first; for each thread
/// PRSTATUS with cursig 0, FPREGSET and a SIGINFO that says
/// why the thread was stopped (SIGSTOP or SIGTRAP by the debugger); AUXV and FILE last.
public final class GcoreNotes {

  private static final int SIGSTOP = 19;

  private GcoreNotes() {}

  /// The notes for these threads and mappings.
  public static List<ForgedNote> of(
      ForgedProcess process,
      List<ForgedThread> threads,
      Map<Integer, Long> auxv,
      List<Region> regions) {
    List<ForgedNote> all = new ArrayList<>();
    all.add(Notes.prPsInfo(process));
    for (ForgedThread thread : threads) {
      all.add(Notes.prStatus(thread, process));
      all.add(Notes.fpRegSet(thread.machine()));
      all.add(Notes.sigInfo(SignalInfo.sent(SIGSTOP, 0, 0, 0)));
    }
    all.add(Notes.auxv(auxv));
    all.add(Notes.file(regions));
    return List.copyOf(all);
  }
}
