package dev.pumphandle.stores.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pumphandle.stores.bucket.BucketFailure.Kind;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What failures mean, and what of them may be said aloud.
class BucketFailureTest {

  @Test
  void noSignatureComesIntoAMessage() {
    String said =
        BucketFailure.said(
            new IOException(
                "GET https://a.blob.core.windows.net/c/b?sv=2024&sig=abc%2Fdef failed; AccountKey=Zm9v;x\nmore"));
    assertThat(said).isEqualTo("GET https://a.blob.core.windows.net/c/b?… failed; AccountKey=…;x");
  }

  @Test
  void whatBrokeOnTheWayIsToldApart() {
    assertThat(kind(new IOException("x", new SocketTimeoutException()))).isEqualTo(Kind.TIMEOUT);
    assertThat(kind(new IOException("fixed content-length: 9, bytes received: 3")))
        .isEqualTo(Kind.LENGTH);
    assertThat(kind(new RuntimeException(new IOException("Connection reset"))))
        .isEqualTo(Kind.CONNECTION);
    assertThat(kind(new IllegalStateException("what?"))).isEqualTo(Kind.REFUSED);
  }

  private static Kind kind(Exception problem) {
    return BucketFailure.onTheWay(problem).kind();
  }

  @Test
  void aWaitIsReadInSecondsAndAsADateAndBounded() {
    assertThat(BucketFailure.retryAfter(Optional.of("7"))).contains(Duration.ofSeconds(7));
    assertThat(BucketFailure.retryAfter(Optional.of("86400"))).contains(Duration.ofMinutes(2));
    String date =
        ZonedDateTime.now(ZoneOffset.UTC)
            .plusSeconds(60)
            .format(DateTimeFormatter.RFC_1123_DATE_TIME);
    assertThat(BucketFailure.retryAfter(Optional.of(date)).orElseThrow())
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
    assertThat(BucketFailure.retryAfter(Optional.of("soon"))).isEmpty();
    assertThat(BucketFailure.retryAfter(Optional.empty())).isEmpty();
  }
}
