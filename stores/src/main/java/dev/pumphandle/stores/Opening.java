package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import java.io.IOException;
import java.util.Optional;

/// The ways to unpack one kind of packed object.
interface Opening {

  /// The way from the front, which there always is. Reads nothing.
  Unpacking front(ByteSource packed);

  /// The way by an index, in kinds and objects that have one.
  ///
  /// @throws IOException where the store cannot deliver
  Optional<Unpacking> byIndex(ByteSource packed) throws IOException;
}
