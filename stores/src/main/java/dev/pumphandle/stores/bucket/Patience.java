package dev.pumphandle.stores.bucket;

import java.time.Duration;

/// How patient to be with a store.
///
/// @param attempts how often one request is made before its object is given up
/// @param doubts how often a refusal (credentials, permission) is questioned before it is believed
/// @param firstPause the longest pause before the second attempt; doubles from attempt to attempt
/// @param longestPause where it stops doubling
/// @param deadline how long one request may take, beside what its bytes take
/// @param bytesPerSecond the slowest that a body may come (bytes per second)
/// @param lossesInARow how many objects given up, with none had in between, mean that the store
///   itself is lost
public record Patience(
    int attempts,
    int doubts,
    Duration firstPause,
    Duration longestPause,
    Duration deadline,
    long bytesPerSecond,
    int lossesInARow) {

  /// What serves a cloud: a request is given up after some two minutes of trouble.
  public static final Patience USUAL =
      new Patience(
          9,
          3,
          Duration.ofMillis(250),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          64 << 10,
          32);

  /// How long one request may take.
  ///
  /// @param bytes what it is to bring
  Duration deadline(long bytes) {
    return deadline.plusSeconds(bytes / bytesPerSecond);
  }

  /// The longest pause before an attempt; the pause itself is drawn from zero up to it.
  ///
  /// Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015: full jitter
  /// makes the fewest requests of all schemes compared.
  ///
  /// @param failures how many attempts have failed, at least one
  Duration pauseAfter(int failures) {
    Duration pause = firstPause.multipliedBy(1L << Math.min(20, failures - 1));
    return pause.compareTo(longestPause) > 0 ? longestPause : pause;
  }
}
