package dev.pumphandle.fieldwork;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Objects in memory, as a store would list them.
final class Specimens {

  static final Instant WRITTEN = Instant.parse("2026-06-01T12:00:00Z");

  interface Opening {
    ByteSource open() throws IOException;
  }

  private Specimens() {}

  static Specimen of(String name, byte[] bytes) {
    return of(name, bytes.length, () -> ByteSource.of(name, bytes), Optional.empty());
  }

  static Specimen withSidecar(String name, byte[] bytes, String json) {
    return of(name, bytes.length, () -> ByteSource.of(name, bytes), Optional.of(json));
  }

  static Specimen of(String name, long length, Opening opening, Optional<String> sidecar) {
    return new Specimen(
        "test:" + name,
        name,
        length,
        "1",
        WRITTEN,
        Map.of(),
        new Specimen.Access() {
          @Override
          public ByteSource open() throws IOException {
            return opening.open();
          }

          @Override
          public Optional<ByteView> sidecar() {
            return sidecar.map(json -> ByteView.of(json.getBytes(StandardCharsets.UTF_8)));
          }
        });
  }
}
