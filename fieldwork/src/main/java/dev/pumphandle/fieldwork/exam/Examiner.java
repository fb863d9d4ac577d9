package dev.pumphandle.fieldwork.exam;

import dev.pumphandle.corefile.CoreFile;
import dev.pumphandle.corefile.memory.Span;
import dev.pumphandle.linelist.CaseRow;
import java.io.IOException;
import java.util.List;

/// One question that is put to a core, and its answer as columns.
///
/// An examiner fills what it can know and leaves the rest absent, saying why through
/// [MissingFacts]. It never throws for what a core holds; should one do so all the same, its
/// columns
/// stay absent and an anomaly names it.
public interface Examiner {

  /// What it looks at, in a word or two, for anomalies.
  String name();

  /// The ranges of memory that it wants fetched beforehand, as far as headers and notes tell.
  default List<Span> wants(CoreFile core) {
    return List.of();
  }

  /// Examines.
  ///
  /// @param evidence the core
  /// @param row where the answers go
  /// @param missing where it says what could not be known
  /// @throws IOException where the store cannot deliver
  void examine(Evidence evidence, CaseRow.Builder row, MissingFacts missing) throws IOException;
}
