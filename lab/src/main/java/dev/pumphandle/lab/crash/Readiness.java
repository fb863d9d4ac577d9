package dev.pumphandle.lab.crash;

/// Whether programs can be made to crash here, and their cores be had.
public sealed interface Readiness {

  /// They can.
  ///
  /// @param lab where
  record Ready(CrashLab lab) implements Readiness {}

  /// They cannot.
  ///
  /// @param why one sentence for the user, without a full stop
  record NotReady(String why) implements Readiness {}
}
