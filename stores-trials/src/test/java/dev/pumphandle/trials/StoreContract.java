package dev.pumphandle.trials;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.corefile.ByteSource;
import dev.pumphandle.stores.Listed;
import dev.pumphandle.stores.Store;
import dev.pumphandle.stores.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every store must do, whatever lies behind it.
abstract class StoreContract {

  abstract Store store() throws Exception;

  /// Where objects of that prefix lie; a prefix ends with `/`.
  abstract String place(String prefix);

  abstract void put(String key, byte[] bytes) throws Exception;

  @Test
  void everyObjectIsListedOnceWithItsSize() throws Exception {
    put("listed/core.1", bytes(10, 1));
    put("listed/deep/er/core.2", bytes(2000, 2));
    put("listed/empty", new byte[0]);
    List<StoredObject> found = objects("listed/");
    assertThat(found).extracting(StoredObject::bytes).containsExactlyInAnyOrder(10L, 2000L, 0L);
    assertThat(found).extracting(StoredObject::uri).doesNotHaveDuplicates();
    assertThat(names("listed/")).containsExactlyInAnyOrder("core.1", "deep/er/core.2", "empty");
  }

  @Test
  void namesMayHoldAnything() throws Exception {
    List<String> names =
        List.of("a b", "100%", "x+y", "q?a=1#f", "ünïcode-猫", "%41", "semi;colon&");
    for (String name : names) {
      put("odd/" + name, bytes(100, name.hashCode()));
    }
    assertThat(names("odd/")).containsExactlyInAnyOrderElementsOf(names);
    for (StoredObject object : objects("odd/")) {
      String name = store().nameBelow(place("odd/"), object.uri());
      try (ByteSource source = object.access().raw()) {
        assertThat(source.read(0, 1000).toArray()).isEqualTo(bytes(100, name.hashCode()));
      }
    }
  }

  @Test
  void anyRangeHoldsTheBytesThatAreThere() throws Exception {
    byte[] content = bytes(3_000_000, 7);
    put("ranges/core.1", content);
    Random random = new Random(20261126);
    try (ByteSource source = objects("ranges/").getFirst().access().raw()) {
      assertThat(source.length()).isEqualTo(content.length);
      for (int i = 0; i < 60; i++) {
        int from = random.nextInt(content.length);
        int length = random.nextInt(i % 3 == 0 ? 1_500_000 : 10_000);
        byte[] expected =
            java.util.Arrays.copyOfRange(content, from, Math.min(content.length, from + length));
        assertThat(source.read(from, length).toArray()).isEqualTo(expected);
      }
      assertThat(source.read(content.length, 10).length()).isZero();
    }
  }

  @Test
  void aSidecarIsNoCoreAndIsFoundBesideItsCore() throws Exception {
    put("beside/core.1", bytes(50, 1));
    put("beside/core.1.json", "{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    put("beside/core.2.zst", bytes(50, 2));
    put("beside/core.2.json", "{\"b\":2}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    put("beside/core.3", bytes(50, 3));
    List<String> sidecars = new ArrayList<>();
    for (StoredObject object : objects("beside/")) {
      String name = store().nameBelow(place("beside/"), object.uri());
      String beside =
          object
              .sidecar()
              .map(b -> new String(b.toArray(), java.nio.charset.StandardCharsets.UTF_8))
              .orElse("none");
      sidecars.add(name + " " + beside);
    }
    assertThat(sidecars)
        .containsExactlyInAnyOrder("core.1 {\"a\":1}", "core.2.zst {\"b\":2}", "core.3 none");
  }

  @Test
  void anObjectWrittenAnewHasAnotherVersion() throws Exception {
    put("versions/core.1", bytes(50, 1));
    String before = objects("versions/").getFirst().version();
    assertThat(objects("versions/").getFirst().version()).isEqualTo(before);
    put("versions/core.1", bytes(50, 2));
    assertThat(objects("versions/").getFirst().version()).isNotEqualTo(before);
  }

  @Test
  void aListingGoesOnOverItsPages() throws Exception {
    for (int i = 0; i < 1100; i++) {
      put("pages/core." + i, new byte[] {1});
    }
    assertThat(names("pages/")).hasSize(1100).doesNotHaveDuplicates();
  }

  List<StoredObject> objects(String prefix) throws Exception {
    List<StoredObject> found = new ArrayList<>();
    try (Stream<Listed> listing = store().list(place(prefix))) {
      listing.forEach(each -> found.add((StoredObject) each));
    }
    return found;
  }

  List<String> names(String prefix) throws Exception {
    List<String> names = new ArrayList<>();
    for (StoredObject object : objects(prefix)) {
      names.add(nameBelow(prefix, object));
    }
    return names;
  }

  private String nameBelow(String prefix, StoredObject object) throws Exception {
    try {
      return store().nameBelow(place(prefix), object.uri());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] bytes(int count, int seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static final Map<String, String> PLAIN = Map.of();
}
