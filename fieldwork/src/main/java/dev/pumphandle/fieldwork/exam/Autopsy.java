package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.loaded.Executables;
import dev.pumphandle.corefile.loaded.LoadedFiles;
import dev.pumphandle.corefile.signal.FaultRegisters;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.ProcessColumns;
import java.io.IOException;
import java.util.List;

/// Runs every examiner over one core, or over what a record holds of one.
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
      examine(examiners, evidence, row, missing, anomalies);
    }
    put(missing, row);
  }

  /// The same where somebody has written down the fault as it struck, and which files were loaded:
  /// nothing is searched for.
  ///
  /// @param core what there is of memory, with one thread
  /// @throws IOException where the store cannot deliver
  public void ofTold(
      CoreFile core,
      LoadedFiles files,
      FaultRegisters fault,
      CaseRow.Builder row,
      List<String> anomalies)
      throws IOException {
    MissingFacts missing = new MissingFacts();
    Evidence evidence = Evidence.told(core, files, fault, executables, retainWords);
    examine(StandardExaminers.all(), evidence, row, missing, anomalies);
    put(missing, row);
  }

  private static void examine(
      List<Examiner> examiners,
      Evidence evidence,
      CaseRow.Builder row,
      MissingFacts missing,
      List<String> anomalies)
      throws IOException {
    for (Examiner examiner : examiners) {
      try {
        examiner.examine(evidence, row, missing);
      } catch (RuntimeException e) {
        anomalies.add("examiner '" + examiner.name() + "' failed: " + e + "; a bug of ours");
      }
    }
  }

  private static void put(MissingFacts missing, CaseRow.Builder row) {
    if (!missing.all().isEmpty()) {
      row.put(IdentityColumns.MISSING_FACTS, missing.all());
    }
  }
}
