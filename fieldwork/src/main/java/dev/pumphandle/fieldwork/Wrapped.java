package dev.pumphandle.fieldwork;

import java.io.IOException;
import java.util.Optional;

/// The cores in one archive, one after the other. For one thread.
public interface Wrapped extends AutoCloseable {

  /// What kind of archive it is, as a noun.
  String kind();

  /// The next core; empty at the end. The one before can still be examined, but may cost more.
  ///
  /// @throws IOException where the store cannot deliver
  Optional<Specimen> next() throws IOException;

  /// Why there may be more than were handed out; empty where there are none.
  Optional<String> shortfall();

  @Override
  void close() throws IOException;
}
