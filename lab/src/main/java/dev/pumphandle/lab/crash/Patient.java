package dev.pumphandle.lab.crash;

import java.util.ArrayList;
import java.util.List;

/// One program that will fall ill.
///
/// @param program name of the executable in `programs.txt`: how it is built
/// @param illness what it dies of, as in the executable's `--list`
/// @param handler its fatal-signal handler, as in `handlers.cpp`: `none`, `return`, `raise`, …,
/// with
///     `-alt` for an alternate stack
/// @param threads how many threads it has when it dies
/// @param place which thread falls ill
/// @param coredumpFilter `/proc/<pid>/coredump_filter`, see core(5)
public record Patient(
    String program, String illness, String handler, int threads, Place place, int coredumpFilter) {

  /// Which thread falls ill.
  public enum Place {
    MAIN,
    /// A thread that is not the first.
    THREAD
  }

  /// The kernel's own choice of what a core holds: anonymous memory, ELF headers, private huge
  /// pages.
  public static final int DEFAULT_FILTER = 0x33;

  /// The stand-in for whichever racing program this machine can build: `race-libunwind` where
  /// libunwind is installed, else `race-replica`.
  public static final String ANY_RACE = "race";

  public Patient {
    if (threads < (place == Place.MAIN ? 1 : 2))
      throw new IllegalArgumentException(illness + ": too few threads: " + threads);
  }

  /// A patient with one thread, no handler and the kernel's own core filter.
  public static Patient of(String program, String illness) {
    return new Patient(program, illness, "none", 1, Place.MAIN, DEFAULT_FILTER);
  }

  /// The same with another handler.
  public Patient with(String anotherHandler) {
    return new Patient(program, illness, anotherHandler, threads, place, coredumpFilter);
  }

  /// The same among so many threads.
  public Patient among(int count, Place where) {
    return new Patient(program, illness, handler, count, where, coredumpFilter);
  }

  /// The same with another core filter.
  public Patient filtered(int filter) {
    return new Patient(program, illness, handler, threads, place, filter);
  }

  /// The same program by its real name, and ill at another depth of the stack.
  Patient as(String realProgram, String anotherIllness) {
    return new Patient(realProgram, anotherIllness, handler, threads, place, coredumpFilter);
  }

  /// Whether this one dies of a race that the observer must win.
  public boolean races() {
    return program.startsWith(ANY_RACE);
  }

  /// Whether nothing is wrong with it: its core is written by the debugger.
  public boolean healthy() {
    return illness.equals("healthy");
  }

  /// A name that tells it from every other patient of a round.
  public String caseName() {
    List<String> words = new ArrayList<>(List.of(illness, program));
    if (!handler.equals("none")) words.add(handler);
    if (threads > 1) words.add(threads + (place == Place.THREAD ? "t" : "m"));
    if (coredumpFilter != DEFAULT_FILTER) words.add("filter" + Integer.toHexString(coredumpFilter));
    return String.join("+", words);
  }
}
