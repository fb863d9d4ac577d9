package dev.pumphandle.trials;

import dev.pumphandle.trials.Station.Trouble;

/// What a proxy does to one request.
sealed interface Fault {

  /// Nothing.
  record None() implements Fault {}

  /// Answers in the store's stead.
  ///
  /// @param trouble what it says
  /// @param retryAfter how long it asks us to wait (seconds); negative for no word of it
  record Says(Trouble trouble, int retryAfter) implements Fault {}

  /// Resets the connection before any answer.
  record Reset() implements Fault {}

  /// Resets the connection in the middle of the body.
  record ResetInBody() implements Fault {}

  /// Ends the body before its promised length.
  record CutShort() implements Fault {}

  /// Promises and sends half of what was asked for.
  record WrongLength() implements Fault {}

  /// Lets the body drip for some time before the rest of it.
  ///
  /// @param millis how long (milliseconds)
  record Slow(int millis) implements Fault {}

  /// Never answers.
  record Hang() implements Fault {}
}
