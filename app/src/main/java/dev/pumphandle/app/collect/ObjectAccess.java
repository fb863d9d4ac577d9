package dev.pumphandle.app.collect;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.fieldwork.NoCoreException;
import dev.pumphandle.fieldwork.Specimen;
import dev.pumphandle.fieldwork.Wrapped;
import dev.pumphandle.stores.Contents;
import dev.pumphandle.stores.StoredObject;
import dev.pumphandle.stores.archive.Limits;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How fieldwork reaches the bytes of one listed object. For one thread.
final class ObjectAccess implements Specimen.Access {
  private final StoredObject object;
  private final String name;
  private final long scanLimit;
  private @Nullable ByteSource opened;

  /// @param name the object's name below the place that was collected
  ObjectAccess(StoredObject object, String name, long scanLimit) {
    this.object = object;
    this.name = name;
    this.scanLimit = scanLimit;
  }

  /// The object as a specimen.
  static Specimen specimen(StoredObject object, String name, long scanLimit) {
    return new Specimen(
        object.uri(),
        name,
        object.bytes(),
        object.version(),
        object.modifiedAt(),
        object.metadata(),
        new ObjectAccess(object, name, scanLimit));
  }

  @Override
  public Optional<Wrapped> wrapped() throws IOException {
    return switch (object.contents(Limits.of(scanLimit))) {
      case Contents.Several(var archive) ->
          Optional.of(new WrappedSpecimens(object, name, archive, scanLimit));
      case Contents.One(var bytes) -> {
        opened = bytes;
        yield Optional.empty();
      }
    };
  }

  @Override
  public ByteSource open() throws IOException {
    ByteSource known = opened;
    opened = null;
    if (known != null) {
      return known;
    }
    return switch (object.contents(Limits.of(scanLimit))) {
      case Contents.One(var bytes) -> bytes;
      case Contents.Several(var archive) -> {
        archive.close();
        throw NoCoreException.refused("expected a core, found a " + archive.kind());
      }
    };
  }

  @Override
  public Optional<ByteView> sidecar() throws IOException {
    return object.sidecar();
  }

  @Override
  public Map<String, String> said() throws IOException {
    return object.access().said();
  }

  @Override
  public Optional<Specimen> renewed() throws IOException {
    return object.access().renewed().map(now -> specimen(now, name, scanLimit));
  }

  @Override
  public Specimen.Told told() {
    StoredObject.Told told = object.access().told();
    return new Specimen.Told(told.requests(), told.bytes(), told.metadata());
  }
}
