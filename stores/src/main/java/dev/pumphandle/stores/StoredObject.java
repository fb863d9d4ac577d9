package dev.pumphandle.stores;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.corefile.LayeredSource;
import dev.pumphandle.stores.archive.Limits;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One object of a store, most likely a core.
///
/// @param uri its address: well-formed, and different for different objects
/// @param bytes its size as stored (bytes)
/// @param version changes whenever the content may have changed; opaque
/// @param modifiedAt when it was last written, by the store's clock
/// @param metadata what the store itself knows beside the bytes: extended attributes, tags
/// @param access how its bytes are reached
public record StoredObject(
    String uri,
    long bytes,
    String version,
    Instant modifiedAt,
    Map<String, String> metadata,
    Access access)
    implements Listed {

  public StoredObject {
    metadata = Map.copyOf(metadata);
  }

  /// How a store reaches the bytes of one object.
  public interface Access {
    /// The bytes as stored, still compressed where they are.
    ///
    /// @throws IOException where the object has gone or may not be read
    ByteSource raw() throws IOException;

    /// The JSON file beside the object (`<name>.json`), where there is one.
    ///
    /// @throws IOException where it is there and cannot be read
    Optional<ByteView> sidecar() throws IOException;

    /// Another object of the same directory; empty where there is none, or the store does not look.
    ///
    /// @param name the last part of its name
    /// @throws IOException where the store cannot say
    default Optional<StoredObject> beside(String name) throws IOException {
      return Optional.empty();
    }

    /// What a crash handler left beside the object, in files of its own: their contents by
    /// handler and name.
    ///
    /// @throws IOException where it is there and cannot be read
    default Map<String, String> said() throws IOException {
      return Map.of();
    }

    /// The object as it is now; empty where it has gone. For an object that was written anew since
    /// it was listed.
    ///
    /// @throws IOException where the store cannot say
    default Optional<StoredObject> renewed() throws IOException {
      return Optional.empty();
    }

    /// What the store has told so far while the object was read.
    default Told told() {
      return Told.NOTHING;
    }
  }

  /// What becomes known of an object only while it is read.
  ///
  /// @param requests how many requests were made for it; 0 where the store does not count
  /// @param bytes how many bytes they brought (bytes)
  /// @param metadata what was written beside it and the listing did not show
  public record Told(long requests, long bytes, Map<String, String> metadata) {
    /// Nothing.
    public static final Told NOTHING = new Told(0, 0, Map.of());

    /// Copies the map.
    public Told {
      metadata = Map.copyOf(metadata);
    }
  }

  /// The object's bytes, unpacked where they are packed, and whatever they are. The first 64 KiB
  /// are fetched to tell, and not fetched again.
  ///
  /// @param scanLimit how far to look into a packed object (bytes, unpacked)
  /// @throws IOException where the object has gone or may not be read
  public LayeredSource open(long scanLimit) throws IOException {
    return Contents.bytes(access.raw(), scanLimit);
  }

  /// Looks at the object and opens it as what it is: one core, unpacked where it is packed, or an
  /// archive. The first 64 KiB are fetched to tell, and not fetched again.
  ///
  /// @param limits how far to look into what is packed
  /// @throws IOException where the object has gone or may not be read
  public Contents contents(Limits limits) throws IOException {
    return Contents.open(access.raw(), limits);
  }

  /// The JSON beside the object, where there is one.
  ///
  /// @throws IOException where it is there and cannot be read
  public Optional<ByteView> sidecar() throws IOException {
    return access.sidecar();
  }
}
