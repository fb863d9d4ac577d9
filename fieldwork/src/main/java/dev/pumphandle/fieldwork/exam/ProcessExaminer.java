package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.loaded.LoadedFile;
import dev.pumphandle.corefile.memory.Span;
import dev.pumphandle.corefile.note.AuxVector;
import dev.pumphandle.corefile.note.PrPsInfo;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.ProcessColumns;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Who died.
final class ProcessExaminer implements Examiner {

  private static final int LONGEST_PATH = 512;

  @Override
  public String name() {
    return "process";
  }

  @Override
  public List<Span> wants(CoreFile core) {
    OptionalLong path = startedAs(core);
    return path.isPresent() ? List.of(new Span(path.getAsLong(), LONGEST_PATH)) : List.of();
  }

  @Override
  public void examine(Evidence evidence, CaseRow.Builder row, MissingFacts missing)
      throws IOException {
    CoreFile core = evidence.core();
    row.put(ProcessColumns.MACHINE, core.machine().label());
    row.put(ProcessColumns.CORE_ORIGIN, origin(core));
    row.put(ProcessColumns.THREAD_COUNT, core.threads().size());
    row.put(ProcessColumns.CRASH_TID, (long) evidence.fault().thread().tid());
    core.processInfo().ifPresent(info -> of(info, row));
    Optional<LoadedFile> main = evidence.files().main();
    Optional<String> path = main.flatMap(LoadedFile::path);
    if (path.isEmpty()) {
      path = startPath(evidence);
    }
    row.put(ProcessColumns.PROCESS_EXECUTABLE_PATH, path);
    row.put(ProcessColumns.PROCESS_EXECUTABLE_NAME, path.map(ProcessExaminer::fileName));
    main.flatMap(LoadedFile::buildId)
        .ifPresentOrElse(
            id -> row.put(ProcessColumns.PROCESS_EXECUTABLE_BUILD_ID_GNU, id.hex()),
            () ->
                missing.add(
                    ProcessColumns.PROCESS_EXECUTABLE_BUILD_ID_GNU,
                    main.isPresent()
                        ? "the executable's first page is not in the core, or holds none"
                        : "the executable was not found among the mappings"));
  }

  private static void of(PrPsInfo info, CaseRow.Builder row) {
    row.put(ProcessColumns.PROCESS_PID, (long) info.pid());
    row.put(ProcessColumns.PROCESS_UID, (int) info.uid());
    if (!info.name().isEmpty()) {
      row.put(ProcessColumns.PROCESS_EXECUTABLE_NAME, info.name());
    }
  }

  private static String origin(CoreFile core) {
    return switch (core.origin().writer()) {
      case KERNEL -> "kernel";
      case GCORE -> "gcore";
      case QEMU_USER -> "qemu-user";
      case UNKNOWN -> "unknown";
    };
  }

  private static OptionalLong startedAs(CoreFile core) {
    return core.auxVector().map(aux -> aux.value(AuxVector.AT_EXECFN)).orElse(OptionalLong.empty());
  }

  private static Optional<String> startPath(Evidence evidence) throws IOException {
    OptionalLong at = startedAs(evidence.core());
    if (at.isEmpty()) {
      return Optional.empty();
    }
    String path =
        evidence.memory().readUpTo(at.getAsLong(), LONGEST_PATH).bytes().cString(0, LONGEST_PATH);
    return path.isEmpty() ? Optional.empty() : Optional.of(path);
  }

  private static String fileName(String path) {
    String plain = path.endsWith(" (deleted)") ? path.substring(0, path.length() - 10) : path;
    return plain.substring(plain.lastIndexOf('/') + 1);
  }
}
