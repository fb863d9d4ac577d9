package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.LayeredSource;
import dev.pumphandle.corefile.MeteredSource;
import dev.pumphandle.stores.archive.Archives;
import dev.pumphandle.stores.archive.Limits;
import dev.pumphandle.stores.archive.Members;
import java.io.IOException;
import java.util.Optional;

/// What an object turned out to hold once its first bytes were looked at.
public sealed interface Contents {

  /// One core, or something that is none.
  ///
  /// @param bytes the caller's to close
  record One(LayeredSource bytes) implements Contents {}

  /// An archive.
  ///
  /// @param archive the caller's to close
  record Several(OpenedArchive archive) implements Contents {}

  /// Looks at the first 64 KiB of an object, which are not fetched again, and opens it as what it
  /// is.
  ///
  /// @param stored closed with the result, or when this fails
  /// @throws IOException where the store cannot deliver
  static Contents open(ByteSource stored, Limits limits) throws IOException {
    MeteredSource raw = new MeteredSource(stored);
    try {
      HeadedSource headed = HeadedSource.of(raw);
      ByteSource content = StreamedSource.unpacked(headed, limits.scanLimit());
      Optional<Members> members = Archives.of(content, limits);
      if (members.isEmpty()) {
        return new One(new OpenedObject(raw, content, 0, 0));
      }
      if (content instanceof HeadedSource) { // not packed
        return new Several(new OpenedArchive(raw, content, members.get()));
      }
      // A whole archive may be followed further than one core.
      ByteSource longer = StreamedSource.unpacked(headed, limits.archive());
      Members again = Archives.of(longer, limits).orElse(members.get());
      return new Several(new OpenedArchive(raw, longer, again));
    } catch (IOException | RuntimeException e) {
      stored.close();
      throw e;
    }
  }

  /// The bytes of an object, whatever they are, unpacked where they are packed.
  ///
  /// @param stored closed with the result, or when this fails
  /// @param scanLimit how far to follow a stream (bytes, unpacked)
  /// @throws IOException where the store cannot deliver
  static LayeredSource bytes(ByteSource stored, long scanLimit) throws IOException {
    MeteredSource raw = new MeteredSource(stored);
    try {
      return new OpenedObject(raw, StreamedSource.unpacked(HeadedSource.of(raw), scanLimit), 0, 0);
    } catch (IOException | RuntimeException e) {
      stored.close();
      throw e;
    }
  }
}
