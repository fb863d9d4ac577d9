package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.elf.BuildId;
import dev.pumphandle.corefile.loaded.LoadedFile;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.ModuleFact;
import dev.pumphandle.linelist.StackColumns;
import java.util.List;

/// Which files were loaded, and which builds of them.
final class ModulesExaminer implements Examiner {

  /// More files than any program loads (count).
  private static final int MOST = 4096;

  @Override
  public String name() {
    return "modules";
  }

  @Override
  public void examine(Evidence evidence, CaseRow.Builder row, MissingFacts missing) {
    List<ModuleFact> modules =
        evidence.files().list().stream().limit(MOST).map(ModulesExaminer::fact).toList();
    row.put(StackColumns.MODULES, modules);
    if (modules.isEmpty()) {
      missing.add(StackColumns.MODULES, "the core names no files and holds no ELF header");
    }
  }

  private static ModuleFact fact(LoadedFile file) {
    return new ModuleFact(file.name(), file.buildId().map(BuildId::hex), file.base());
  }
}
