package dev.pumphandle.lab.forge;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A process of paper at the moment of its death, and what each witness writes down of it: the core
/// that the kernel dumps, the sentinel's line, the page of glog's handler, the kernel's own lines.
///
/// All tell of the same registers and the same memory. On x86-64 only.
public final class ForgedDeath {

  private final Body body;
  private final Fault fault;
  private final LiveMemory memory;
  private final ForgedPatient patient;

  ForgedDeath(Body body, Fault fault, ForgedPatient patient) {
    this.body = body;
    this.fault = fault;
    this.memory = new LiveMemory(body.regions());
    this.patient = patient;
  }

  /// The core, and the truth.
  public ForgedPatient patient() {
    return patient;
  }

  /// The program's line of last words where the C library had any: it goes to standard error before
  /// the process aborts.
  public Optional<String> lastWords() {
    return body.lastWords();
  }

  /// The sentinel's line.
  ///
  /// @param at the moment
  /// @param identity fields that say where and who, by name: `version`, `node`, `hostname`, …
  public String sentinel(Instant at, Map<String, String> identity) {
    return new SentinelLine(body, fault, memory).write(at, identity);
  }

  /// The page of glog's failure signal handler.
  public List<String> glog(Instant at) {
    return new GlogPage(body, fault, memory).lines(at);
  }

  /// The kernel's lines about a fault that no handler takes; none for a signal that was sent.
  public List<String> kernel() {
    return new KernelLines(body.process(), fault, memory).lines();
  }
}
