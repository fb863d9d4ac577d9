package dev.pumphandle.stores.archive;

import java.io.IOException;
import java.util.Optional;

/// The files in an archive, one after the other, whatever they are. For one thread.
interface Entries {

  /// The next file; empty at the end.
  Optional<Entry> next() throws IOException;

  /// Why there may be more.
  Optional<String> shortfall();
}
