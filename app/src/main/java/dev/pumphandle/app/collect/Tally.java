package dev.pumphandle.app.collect;

import java.time.Duration;
import java.util.OptionalLong;

/// How far a round is.
///
/// @param begun objects that had to be read, so far
/// @param passed objects that need not be read: their version is in the line list
/// @param done objects read and stored
/// @param all objects that have to be read, once they have been counted
/// @param bytesRead bytes fetched (bytes)
/// @param bytesStored what the objects begun measure as stored (bytes)
/// @param elapsed time since the round began
public record Tally(
    long begun,
    long passed,
    long done,
    OptionalLong all,
    long bytesRead,
    long bytesStored,
    Duration elapsed) {

  /// Objects read in a second.
  double rate() {
    double seconds = elapsed.toMillis() / 1000.0;
    return seconds <= 0 ? 0 : done / seconds;
  }
}
