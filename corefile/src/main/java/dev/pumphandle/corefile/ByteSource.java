package dev.pumphandle.corefile;

import java.io.IOException;
import java.util.OptionalLong;

/// A thing that holds the bytes of one file and hands out ranges of them: four verbs, everything
/// clever is a decorator.
///
/// Implementations are safe for use by many threads at once and keep no cursor. A source does not
/// change while it is open; a store that notices a change throws.
public interface ByteSource extends AutoCloseable {

  /// The user's own name for this source (a path, a URI); every error message begins with it.
  String name();

  /// The number of bytes in the source (bytes).
  ///
  /// @throws IOException where the store cannot say
  long length() throws IOException;

  /// The number of bytes in the source, where it is known by now or costs no more than a look;
  /// empty where it takes reading on to tell, as in a compressed stream. A source whose length is
  /// unknown answers a read past its end as any other does, and may know its length from then on.
  ///
  /// @throws IOException where the store cannot say
  default OptionalLong knownLength() throws IOException {
    return OptionalLong.of(length());
  }

  /// The bytes from `offset` (bytes from the start of the source), as many as asked for; fewer only
  /// where the source ends.
  ///
  /// A range that begins at or past the end answers with an empty view.
  ///
  /// @param offset where to begin (bytes, not negative)
  /// @param length how many (bytes, not negative)
  /// @throws IOException where the store cannot deliver
  /// @throws IllegalArgumentException where `offset` or `length` is negative, which is a bug of the
  ///     caller
  ByteView read(long offset, int length) throws IOException;

  /// Lets go of what is held open. Closing twice does nothing.
  ///
  /// @throws IOException where the store fails to
  @Override
  void close() throws IOException;

  /// A source over bytes already in memory.
  ///
  /// @param name what error messages call it
  /// @param bytes the whole content; copied
  static ByteSource of(String name, byte[] bytes) {
    return new HeapSource(name, ByteView.of(bytes));
  }

  /// A source over a view already in memory.
  ///
  /// @param name what error messages call it
  /// @param bytes the whole content; shared, as views are immutable
  static ByteSource of(String name, ByteView bytes) {
    return new HeapSource(name, bytes);
  }
}
