package dev.pumphandle.fieldwork.fleet;

import java.time.Instant;

/// What is told by which moment, not written in its content, a file was dated.
interface DatedBy {
  /// That moment.
  void by(Instant at);
}
