package dev.pumphandle.app.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.ByteView;
import dev.pumphandle.fieldwork.Progress;
import dev.pumphandle.fieldwork.Specimen;
import dev.pumphandle.stores.bucket.Pace;
import dev.pumphandle.stores.bucket.Traffic;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AllowanceTest {

  private static final Specimen CORE =
      new Specimen(
          "file:///core",
          "core",
          1,
          "1",
          Instant.EPOCH,
          Map.of(),
          new Specimen.Access() {
            @Override
            public ByteSource open() throws IOException {
              throw new IOException("not opened here");
            }

            @Override
            public Optional<ByteView> sidecar() {
              return Optional.empty();
            }
          });

  private long begun;

  /// How many of a thousand objects are begun when each costs so much and all are done at once.
  private long begun(Bounds bounds, long bytesEach, long requestsEach) {
    begun = 0;
    Allowance allowance =
        new Allowance(
            Collections.nCopies(1000, CORE).iterator(),
            bounds,
            () ->
                new Progress.Snapshot(
                    begun, 0, begun, begun * bytesEach, begun, 0, Map.of(), 1, Optional.empty()),
            () ->
                new Traffic.Snapshot(
                    0,
                    begun * requestsEach,
                    0,
                    0,
                    begun * bytesEach,
                    Map.of(),
                    Set.of("s3"),
                    Map.of()));
    while (allowance.hasNext()) {
      allowance.next();
      begun++;
    }
    assertThat(allowance.spent()).isEqualTo(begun < 1000);
    return begun;
  }

  private static Bounds bounds(OptionalLong bytes, OptionalLong requests) {
    return new Bounds(bytes, requests, Pace.FREE, Optional.empty(), 0);
  }

  @Test
  void withoutABoundAllAreBegun() {
    assertThat(begun(Bounds.NONE, 1 << 20, 3)).isEqualTo(1000);
  }

  @Test
  void bytesAreNotExceededByObjectsThatCostAlike() {
    assertThat(begun(bounds(OptionalLong.of(10 << 20), OptionalLong.empty()), 1 << 20, 3))
        .isEqualTo(10);
  }

  @Test
  void requestsAreNotExceededEither() {
    assertThat(begun(bounds(OptionalLong.empty(), OptionalLong.of(300)), 1000, 3)).isEqualTo(100);
  }

  @Test
  void whatIsUnderWayIsReckonedIn() {
    begun = 0;
    Allowance allowance =
        new Allowance(
            Collections.nCopies(1000, CORE).iterator(),
            bounds(OptionalLong.of(64 << 20), OptionalLong.empty()),
            () -> new Progress.Snapshot(begun, 0, 0, 0, begun, 0, Map.of(), 1, Optional.empty()),
            () -> new Traffic.Snapshot(0, 0, 0, 0, 0, Map.of(), Set.of(), Map.of()));
    while (allowance.hasNext()) {
      allowance.next();
      begun++;
    }
    assertThat(begun).as("none is done yet").isEqualTo(256);
  }
}
