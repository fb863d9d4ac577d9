package dev.pumphandle.lab.crash;

import java.util.List;

/// A play: spreads patients over fictional hosts and days.
@FunctionalInterface
public interface Scenario {

  /// Gives each patient its place and time. The same patients always get the same ones.
  List<Admission> stage(List<Patient> patients);

  /// No play: everybody dies here and now.
  static Scenario none() {
    return patients -> patients.stream().map(Admission::unstaged).toList();
  }
}
