package dev.pumphandle.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.corefile.SourceChangedException;
import dev.pumphandle.corefile.StoreUnusableException;
import dev.pumphandle.stores.Listed;
import dev.pumphandle.stores.Store;
import dev.pumphandle.stores.StoredObject;
import dev.pumphandle.stores.bucket.BucketStore;
import dev.pumphandle.stores.bucket.Cloud;
import dev.pumphandle.stores.bucket.Pace;
import dev.pumphandle.stores.bucket.Patience;
import dev.pumphandle.stores.bucket.Requests;
import dev.pumphandle.trials.FaultProxy.Request;
import dev.pumphandle.trials.Station.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What every object store must do besides, on good days and bad ones.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BucketContract extends StoreContract {

  static final Patience QUICK =
      new Patience(
          6, 3, Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(2), 1 << 20, 8);

  private Station station;
  private FaultProxy proxy;
  private Requests requests;
  private Cloud cloud;
  private BucketStore store;

  abstract Station start() throws Exception;

  @BeforeAll
  void open() throws Exception {
    station = start();
    proxy = new FaultProxy(station);
    requests = new Requests(QUICK, 64, 64 << 20, Pace.FREE);
    cloud = station.cloud(proxy.port());
    store = new BucketStore(cloud, requests, Optional.empty());
  }

  @AfterAll
  void close() throws Exception {
    if (station != null) {
      requests.close();
      cloud.close();
      proxy.close();
      station.close();
    }
  }

  @AfterEach
  void fairWeather() {
    if (proxy != null) {
      proxy.does(_ -> new Fault.None());
    }
  }

  @Override
  Store store() {
    return store;
  }

  @Override
  String place(String prefix) {
    return station.place(prefix);
  }

  @Override
  void put(String key, byte[] bytes) throws Exception {
    station.put(key, bytes, PLAIN);
  }

  @Test
  void aPlaceIsAPrefixToTheLetter() throws Exception {
    put("prefix/core.1", bytes(10, 1));
    put("prefix/core.2", bytes(10, 2));
    put("prefixed/core.3", bytes(10, 3));
    assertThat(names("prefix"))
        .containsExactly("prefix/core.1", "prefix/core.2", "prefixed/core.3");
    assertThat(names("prefix/core.2")).containsExactly("core.2");
    assertThat(names("nothing-begins-so")).isEmpty();
  }

  @Test
  void metadataIsKept() throws Exception {
    station.put("meta/core.1", bytes(10, 1), Map.of("node", "aks-7"));
    StoredObject object = objects("meta/").getFirst();
    try (ByteSource source = object.access().raw()) {
      source.read(0, 10);
    }
    Map<String, String> all = new HashMap<>(object.metadata());
    all.putAll(object.access().told().metadata());
    assertThat(all).containsEntry("node", "aks-7");
  }

  @Test
  void whatChangesUnderUsIsNeverMixed() throws Exception {
    put("changes/core.1", bytes(900_000, 1));
    StoredObject object = objects("changes/").getFirst();
    try (ByteSource source = object.access().raw()) {
      source.read(0, 1000);
      put("changes/core.1", bytes(900_000, 2));
      assertThatThrownBy(() -> source.read(800_000, 1000))
          .isInstanceOf(SourceChangedException.class);
      assertThatThrownBy(() -> source.read(0, 10)).isInstanceOf(SourceChangedException.class);
      assertThatThrownBy(source::close).isInstanceOf(SourceChangedException.class);
    } catch (SourceChangedException _) {
      // Said once more by the closing that this block does itself.
    }
    StoredObject now = object.access().renewed().orElseThrow();
    try (ByteSource source = now.access().raw()) {
      assertThat(source.read(0, 900_000).toArray()).isEqualTo(bytes(900_000, 2));
    }
  }

  @Test
  void whatHasGoneIsThisObjectsTrouble() throws Exception {
    put("goes/core.1", bytes(900, 1));
    StoredObject object = objects("goes/").getFirst();
    station.delete("goes/core.1");
    assertThatThrownBy(() -> object.access().raw().read(0, 10))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(StoreUnusableException.class)
        .hasMessageContaining("has gone since it was listed");
    assertThat(object.access().renewed()).isEmpty();
  }

  @Test
  void aBucketThatIsNotThereStopsTheRun() {
    String nowhere = station.place("").replace("/cores", "/no-such-cores");
    assertThatThrownBy(() -> store.list(nowhere))
        .isInstanceOf(StoreUnusableException.class)
        .hasMessageContaining("no such");
  }

  @Test
  void directoriesOfOtherDaysAreNotLookedInto() throws Exception {
    put("dated/dt=2020-01-01/core.1", bytes(10, 1));
    put("dated/dt=2090-01-01/core.2", bytes(10, 2));
    put("dated/2020/01/31/core.3", bytes(10, 3));
    put("dated/2090/01/31/core.4", bytes(10, 4));
    put("dated/undated/core.5", bytes(10, 5));
    put("dated/core.6", bytes(10, 6));
    int before = proxy.requests().size();
    List<String> found = new ArrayList<>();
    try (Stream<Listed> listing =
        store.list(place("dated/"), Optional.of(Instant.parse("2026-11-01T00:00:00Z")))) {
      listing.forEach(each -> found.add(each.uri().substring(each.uri().indexOf("dated/") + 6)));
    }
    assertThat(found)
        .containsExactlyInAnyOrder(
            "dt=2090-01-01/core.2", "2090/01/31/core.4", "undated/core.5", "core.6");
    assertThat(proxy.requests().subList(before, proxy.requests().size()))
        .extracting(Request::target)
        .noneMatch(target -> target.contains("2020-01-01"))
        .noneMatch(target -> target.contains("2020%2F01"));
  }

  @Test
  void everyPassingFaultIsLivedThrough() throws Exception {
    List<Fault> faults =
        List.of(
            new Fault.Says(Trouble.THROTTLED, 0),
            new Fault.Says(Trouble.BUSY, 0),
            new Fault.Says(Trouble.BROKEN, -1),
            new Fault.Says(Trouble.EXPIRED, -1),
            new Fault.Says(Trouble.FORBIDDEN, -1),
            new Fault.Says(Trouble.GONE, -1),
            new Fault.Says(Trouble.CHANGED, -1),
            new Fault.Reset(),
            new Fault.ResetInBody(),
            new Fault.CutShort(),
            new Fault.WrongLength(),
            new Fault.Slow(200),
            new Fault.Hang());
    byte[] content = bytes(300_000, 3);
    put("faults/core.1", content);
    StoredObject object = objects("faults/").getFirst();
    for (Fault fault : faults) {
      once(fault, Request::reads);
      try (ByteSource source = object.access().raw()) {
        assertThat(source.read(0, content.length).toArray())
            .as(fault.toString())
            .isEqualTo(content);
      }
      if (!(fault instanceof Fault.Says(Trouble said, int _))
          || (said != Trouble.GONE && said != Trouble.CHANGED)) {
        once(fault, request -> !request.reads());
        assertThat(names("faults/")).as(fault.toString()).containsExactly("core.1");
      }
    }
  }

  @Test
  void aFaultThatStaysIsThisObjectsTroubleAndSaysWhich() throws Exception {
    put("stays/core.1", bytes(300_000, 3));
    StoredObject object = objects("stays/").getFirst();
    for (Fault fault :
        List.of(
            new Fault.Says(Trouble.BROKEN, -1),
            new Fault.Says(Trouble.FORBIDDEN, -1),
            new Fault.CutShort(),
            new Fault.Reset())) {
      proxy.does(request -> request.reads() ? fault : new Fault.None());
      ByteSource source = object.access().raw();
      assertThatThrownBy(() -> source.read(0, 10))
          .as(fault.toString())
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(StoreUnusableException.class)
          .hasMessageStartingWith(object.uri());
      proxy.does(_ -> new Fault.None());
      assertThat(names("stays/")).hasSize(1);
    }
  }

  @Test
  void aSourceThatFailedFailsAgainWhenItIsClosed() throws Exception {
    put("fails/core.1", bytes(300_000, 3));
    StoredObject object = objects("fails/").getFirst();
    ByteSource source = object.access().raw();
    source.read(0, 10);
    proxy.does(_ -> new Fault.Reset());
    assertThatThrownBy(() -> source.read(200_000, 10)).isInstanceOf(IOException.class);
    proxy.does(_ -> new Fault.None());
    assertThatThrownBy(source::close).isInstanceOf(IOException.class);
  }

  @Test
  void aRefusedCredentialEndsTheRun() throws Exception {
    put("refused/core.1", bytes(300, 3));
    StoredObject object = objects("refused/").getFirst();
    proxy.does(_ -> new Fault.Says(Trouble.EXPIRED, -1));
    assertThatThrownBy(() -> object.access().raw().read(0, 10))
        .isInstanceOf(StoreUnusableException.class)
        .hasMessageContaining("credential");
  }

  @Test
  void aStoreThatGivesNothingAnyMoreIsLost() throws Exception {
    put("lost/core.1", bytes(300, 3));
    StoredObject object = objects("lost/").getFirst();
    proxy.does(_ -> new Fault.Says(Trouble.FORBIDDEN, -1));
    List<Class<?>> ends = new ArrayList<>();
    for (int i = 0; i < QUICK.lossesInARow(); i++) {
      try {
        object.access().raw().read(0, 10);
      } catch (IOException e) {
        ends.add(e.getClass());
      }
    }
    assertThat(ends.subList(0, ends.size() - 1)).doesNotContain(StoreUnusableException.class);
    assertThat(ends.getLast()).isEqualTo(StoreUnusableException.class);
    proxy.does(_ -> new Fault.None());
    assertThat(names("lost/")).hasSize(1); // and found again
  }

  @Test
  void whoIsAskedToWaitWaits() throws Exception {
    put("waits/core.1", bytes(300, 3));
    StoredObject object = objects("waits/").getFirst();
    once(new Fault.Says(Trouble.BUSY, 1), Request::reads);
    long began = System.nanoTime();
    object.access().raw().read(0, 10);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(990));
  }

  private void once(Fault fault, Function<Request, Boolean> which) {
    AtomicInteger left = new AtomicInteger(1);
    proxy.does(
        request -> which.apply(request) && left.getAndDecrement() > 0 ? fault : new Fault.None());
  }
}
