/// Patients that really crash on this machine, each with the truth about its death.
///
/// The programs and their observer are C++ and C (`lab/src/main/native`, in the jar under
/// `native/`); this package builds them, chooses who falls ill of what (`Rounds`), plays out where
/// and when (`Scenario`), and runs them (`CrashLab`). Nothing here reads a core: the truth is
/// written by the observer while the patient still lives.
@NullMarked
package dev.pumphandle.lab.crash;

import org.jspecify.annotations.NullMarked;
