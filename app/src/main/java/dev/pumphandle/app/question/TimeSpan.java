package dev.pumphandle.app.question;

import java.time.Instant;
import java.util.Optional;

/// From when (included) until when (excluded); an end that was not given is open.
///
/// @param from the start
/// @param to the end
public record TimeSpan(Optional<Instant> from, Optional<Instant> to) {
  /// Whether nothing can lie in it.
  public boolean isEmpty() {
    return from.isPresent() && to.isPresent() && !from.get().isBefore(to.get());
  }
}
