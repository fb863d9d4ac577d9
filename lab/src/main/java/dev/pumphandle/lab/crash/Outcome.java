package dev.pumphandle.lab.crash;

import java.nio.file.Path;
import java.util.Optional;

/// What became of one patient.
public sealed interface Outcome {

  Admission admission();

  /// It died as planned.
  ///
  /// @param core the core file
  /// @param truth JSON written by the observer at the first fatal signal, before any handler ran
  /// @param sidecar JSON with what is play-acted, when something is
  record Died(Admission admission, Path core, Path truth, Optional<Path> sidecar)
      implements Outcome {}

  /// It did not die, or left no core.
  ///
  /// @param why one line
  record Failed(Admission admission, String why) implements Outcome {}
}
