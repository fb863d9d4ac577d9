package dev.pumphandle.fieldwork;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// One object that may be a core: what the store says of it, and how to get at its bytes.
///
/// @param uri its address, different for different objects
/// @param name its name below the place that was collected, with `/` between parts: what a key
///   pattern is matched against
/// @param bytes its size as stored (bytes)
/// @param version changes whenever the content may have; opaque
/// @param modifiedAt when it was last written, by the store's clock
/// @param metadata what the store itself knows beside the bytes
/// @param access how its bytes are reached
public record Specimen(
    String uri,
    String name,
    long bytes,
    String version,
    Instant modifiedAt,
    Map<String, String> metadata,
    Access access) {

  /// Copies the map.
  public Specimen {
    metadata = Map.copyOf(metadata);
  }

  /// How an object's bytes are reached.
  public interface Access {

    /// The bytes, decompressed where they are compressed. The caller closes.
    ///
    /// @throws IOException where they cannot be had
    ByteSource open() throws IOException;

    /// The JSON file beside the object, where there is one.
    ///
    /// @throws IOException where it is there and cannot be read
    Optional<ByteView> sidecar() throws IOException;

    /// What a crash handler left beside the object, under `handler/field`.
    ///
    /// @throws IOException where it is there and cannot be read
    default Map<String, String> said() throws IOException {
      return Map.of();
    }

    /// The cores in the object, where it is an archive. The caller closes. Asked before [#open],
    /// which then goes on with what was fetched to tell.
    ///
    /// @throws IOException where the object cannot be had
    default Optional<Wrapped> wrapped() throws IOException {
      return Optional.empty();
    }

    /// The object as it is now; empty where it has gone. For one that was written anew since it was
    /// listed.
    ///
    /// @throws IOException where the store cannot say
    default Optional<Specimen> renewed() throws IOException {
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
}
