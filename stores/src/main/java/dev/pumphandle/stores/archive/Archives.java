package dev.pumphandle.stores.archive;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Tells archives from their first bytes, and opens them.
public final class Archives {

  private static final int MOST_HANDLER_FILES = 32;

  private Archives() {}

  /// The members of what a source holds; empty where it is no archive.
  ///
  /// @param source unpacked where it was packed; stays the caller's to close
  /// @param limits how far to follow it
  /// @throws IOException where the store cannot deliver
  public static Optional<Members> of(ByteSource source, Limits limits) throws IOException {
    ByteView head = source.read(0, 64 << 10);
    if (TarEntries.begins(head)) {
      return Optional.of(
          new CoreMembers("tar archive", new TarEntries(source), limits, new HandlerFiles()));
    }
    if (ZipEntries.begins(head)) {
      return Optional.of(zip(source, limits));
    }
    if (ApportReport.begins(head)) {
      return Optional.of(new ApportReport(source, limits));
    }
    if (JournalJson.begins(head)) {
      return Optional.of(new JournalJson(source, limits));
    }
    return JournalExport.begins(head) ? Optional.of(new JournalExport(source)) : Optional.empty();
  }

  /// A zip's small files may stand behind its core: where there is a directory, they are looked at
  /// first.
  private static Members zip(ByteSource source, Limits limits) throws IOException {
    HandlerFiles beside = new HandlerFiles();
    Optional<List<ZipHeader>> directory = ZipDirectory.read(source);
    List<ZipHeader> handlers =
        directory.orElse(List.of()).stream()
            .filter(each -> HandlerFiles.isOne(each.name()))
            .limit(MOST_HANDLER_FILES)
            .toList();
    Entries first = ZipEntries.of(source, limits.scanLimit(), Optional.of(handlers));
    for (Optional<Entry> each = first.next(); each.isPresent(); each = first.next()) {
      if (each.get().content() instanceof Entry.Content.Legible(ByteSource content, var _)) {
        beside.take(each.get().name(), content);
      }
    }
    return new CoreMembers(
        "zip archive", ZipEntries.of(source, limits.scanLimit(), directory), limits, beside);
  }

  /// Whether an archive begins so.
  static boolean isArchive(ByteView head) {
    return TarEntries.begins(head) || ZipEntries.begins(head);
  }
}
