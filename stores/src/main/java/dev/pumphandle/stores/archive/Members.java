package dev.pumphandle.stores.archive;

import java.io.IOException;
import java.util.Optional;

/// The cores in an archive, one after the other. For one thread.
public interface Members {

  /// What kind of archive it is, as a noun: `tar archive`.
  String kind();

  /// The next core, or what should have been one; empty at the end. The bytes of the one before
  /// can still be read, but may cost more.
  ///
  /// @throws IOException where the store cannot deliver
  Optional<Member> next() throws IOException;

  /// Why there may be more members than were handed out: an archive that is cut, broken, or larger
  /// than it is followed. Empty where there are none.
  Optional<String> shortfall();
}
