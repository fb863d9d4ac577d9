package dev.pumphandle.fieldwork.log.dialect;

import dev.pumphandle.fieldwork.log.LogLine;
import dev.pumphandle.fieldwork.log.Report;
import dev.pumphandle.fieldwork.log.Sighting;
import java.util.Optional;

/// A report whose opening line told of a death: what follows can only add to it.
abstract class Told implements Report {

  private final Sighting sighting;

  Told(Sighting sighting) {
    this.sighting = sighting;
  }

  final Sighting sighting() {
    return sighting;
  }

  /// Keeps a line as part of the report.
  final Take mine(LogLine line) {
    sighting.text(line);
    return Take.MINE;
  }

  @Override
  public Optional<Sighting> end() {
    return Optional.of(sighting);
  }
}
