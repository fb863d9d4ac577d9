package dev.pumphandle.lab.crash;

import java.util.Optional;

/// A patient, and where and when it is said to have died.
///
/// @param staging empty: here and now
public record Admission(Patient patient, Optional<Staging> staging) {

  /// A patient that dies here and now.
  public static Admission unstaged(Patient patient) {
    return new Admission(patient, Optional.empty());
  }
}
