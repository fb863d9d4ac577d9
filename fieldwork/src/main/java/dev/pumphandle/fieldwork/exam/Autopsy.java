package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.ProcessColumns;
import java.io.IOException;
import java.util.List;

/// Runs every examiner over one core.
public final class Autopsy {

  private final Executables executables;
  private final boolean retainWords;

  /// An autopsy with these means.
  public Autopsy(Executables executables, boolean retainWords) {
    this.executables = executables;
    this.retainWords = retainWords;
  }

  /// Fills a row with what can be learned of a core.
  ///
  /// An examiner that fails leaves its columns absent and an anomaly; the others go on.
  ///
  /// @throws IOException where the store cannot deliver
  public void of(CoreFile core, CaseRow.Builder row, List<String> anomalies) throws IOException {
    MissingFacts missing = new MissingFacts();
    if (core.threads().isEmpty()) {
      row.put(ProcessColumns.MACHINE, core.machine().label());
      row.put(ProcessColumns.THREAD_COUNT, 0);
      missing.add(ProcessColumns.CRASH_TID, "the core has no NT_PRSTATUS, so no registers");
    } else {
      List<Examiner> examiners = StandardExaminers.all();
      Evidence evidence = Evidence.of(core, executables, retainWords, examiners);
      for (Examiner examiner : examiners) {
        try {
          examiner.examine(evidence, row, missing);
        } catch (RuntimeException e) {
          anomalies.add("examiner '" + examiner.name() + "' failed: " + e + "; a bug of ours");
        }
      }
    }
    if (!missing.all().isEmpty()) {
      row.put(IdentityColumns.MISSING_FACTS, missing.all());
    }
  }
}
