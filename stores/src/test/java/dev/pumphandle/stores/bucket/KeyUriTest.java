package dev.pumphandle.stores.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Names of objects, in URIs and back.
class KeyUriTest {

  @Test
  void anyKeyComesBackFromAWellFormedUri() {
    for (String key :
        List.of("a/b", "a b", "100%", "%41", "x+y", "q?a=1#f", "ünïcode-猫-😀", "a\\b", "[v]", "")) {
      String uri = "s3://bucket/" + KeyUri.encoded(key);
      assertThat(URI.create(uri).getRawPath()).as(key).isNotNull();
      assertThat(KeyUri.decoded(KeyUri.encoded(key))).isEqualTo(key);
    }
  }

  @Test
  void whatIsNoEncodingStaysAsItWasTyped() {
    assertThat(KeyUri.decoded("my cores/100%/x%zz%4")).isEqualTo("my cores/100%/x%zz%4");
  }
}
