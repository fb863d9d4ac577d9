package dev.pumphandle.fieldwork;

import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Sees to it that of two rows of one core the one stands that knows more: a core whose file lies
/// beside the journal that tells of it is met twice in a round, in either order. For one thread.
final class Admission {
  private final Set<String> told = new HashSet<>();

  /// The row as it is to be handed on; nothing where one that knows more was handed on before.
  Optional<CaseRow> of(CaseRow row) {
    String uri = row.get(IdentityColumns.OBJECT_URI).orElse("");
    Optional<String> archive = row.get(IdentityColumns.ARCHIVE_URI);
    if (archive.isPresent() && !uri.startsWith(archive.get() + "!/")) {
      told.add(uri);
      // The newest row of an object is the one that counts.
      return Optional.of(row.toBuilder().put(IdentityColumns.COLLECTED_AT, Instant.now()).build());
    }
    return told.contains(uri) ? Optional.empty() : Optional.of(row);
  }
}
