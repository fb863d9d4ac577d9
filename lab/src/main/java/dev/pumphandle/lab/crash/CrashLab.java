package dev.pumphandle.lab.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Makes programs crash for real and collects their cores, each with the truth about its death.
///
/// Every patient runs under the observer: in a scratch directory, without our environment, with a
/// small stack and a time limit, and dies with its observer, which dies with us. So no run leaves
/// a process behind, whatever happens to it.
public final class CrashLab {

  private static final Duration PATIENT_LIMIT = Duration.ofSeconds(20);
  private static final Duration OBSERVER_LIMIT = PATIENT_LIMIT.plusSeconds(20);
  // A race is over in milliseconds, or its victim runs in circles.
  private static final Duration RACE_LIMIT = Duration.ofSeconds(5);
  private static final int HUNG = 4;
  private static final int LIVED = 5;
  private static final int GAPS = 64;

  // Odd, so that every depth is tried once; and five deadly depths in a row are found in 13 tries.
  private static final int NEXT_GAP = 5;

  private final Workshop workshop;
  private final String racingProgram;
  private final Optional<Path> preloaded;

  private CrashLab(Workshop workshop, String racingProgram, Optional<Path> preloaded) {
    this.workshop = workshop;
    this.racingProgram = racingProgram;
    this.preloaded = preloaded;
  }

  /// The same lab, where every patient runs with this object preloaded. What the object appends to
  /// the file that `PUMPHANDLE_SENTINEL_FILE` names stands beside the core afterwards, as `.log`.
  ///
  /// @param object a shared object for the dynamic linker
  public CrashLab preloading(Path object) {
    return new CrashLab(workshop, racingProgram, Optional.of(object.toAbsolutePath()));
  }

  /// Looks whether this machine lets programs crash and leave cores, builds what the round needs,
  /// and tries with one patient.
  ///
  /// @param cache where executables are kept from one time to the next; made when absent
  /// @param round the patients that will be asked for; others can be run too when their program
  ///     is among these patients'
  /// @throws IOException when the cache cannot be written
  public static Readiness open(Path cache, List<Patient> round)
      throws IOException, InterruptedException {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (!system.equals("Linux amd64"))
      return new Readiness.NotReady(
          "the crash lab's programs are for x86-64 Linux, and this is " + system);
    Optional<String> obstacle = CorePolicy.ofThisMachine().obstacle();
    if (obstacle.isPresent()) return new Readiness.NotReady(obstacle.get());
    Optional<String> compiler = compilerVersion();
    if (compiler.isEmpty())
      return new Readiness.NotReady("no C++ compiler found (g++; Debian: apt-get install g++)");

    Workshop workshop = Workshop.open(cache, compiler.get());
    Set<String> needed = new TreeSet<>(List.of("observer", "patient-O2"));
    round.stream()
        .map(Patient::program)
        .filter(p -> !p.equals(Patient.ANY_RACE))
        .forEach(needed::add);
    boolean racing = round.stream().anyMatch(p -> p.program().equals(Patient.ANY_RACE));
    if (racing) needed.addAll(List.of("race-libunwind", "race-replica"));
    Map<String, String> complaints = workshop.build(needed);
    for (String program : List.of("observer", "patient-O2")) {
      Optional<String> complaint = Optional.ofNullable(complaints.get(program));
      if (complaint.isPresent())
        return new Readiness.NotReady("cannot build the lab's " + program + ": " + complaint.get());
    }

    String race = complaints.containsKey("race-libunwind") ? "race-replica" : "race-libunwind";
    CrashLab lab = new CrashLab(workshop, race, Optional.empty());
    return lab.trial() instanceof Outcome.Failed failed
        ? new Readiness.NotReady("a trial crash left no core: " + failed.why())
        : new Readiness.Ready(lab);
  }

  private static Optional<String> compilerVersion() throws InterruptedException {
    try {
      Command asked =
          Command.run(Path.of("/"), Duration.ofSeconds(20), List.of("g++", "--version"));
      return asked.status() == 0 ? asked.output().lines().findFirst() : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // not there, or not to be run: both mean that there is none
    }
  }

  private Outcome trial() throws IOException, InterruptedException {
    Path place = Files.createTempDirectory(workshop.directory(), "trial");
    try {
      return observe(Admission.unstaged(Patient.of("patient-O2", "return-null")), place);
    } finally {
      try (var all = Files.walk(place)) {
        for (Path p : all.sorted(java.util.Comparator.reverseOrder()).toList()) Files.delete(p);
      }
    }
  }

  /// Where the executables are: their paths stand in the cores.
  public Path executables() {
    return workshop.directory();
  }

  /// Lets every patient of a round die, as many at a time as there are processors.
  ///
  /// @param into where the cores go, with the truth in `truth/` and sidecars beside the cores;
  ///     made when absent
  /// @param progress told of each outcome, one at a time, in the round's order
  /// @return the outcomes in the round's order
  public List<Outcome> run(List<Admission> round, Path into, Consumer<Outcome> progress)
      throws IOException, InterruptedException {
    Files.createDirectories(into);
    ExecutorService wards =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try {
      List<Future<Outcome>> running = new ArrayList<>();
      for (Admission admission : round) {
        Callable<Outcome> death = () -> observe(admission, into);
        running.add(wards.submit(death));
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (Future<Outcome> one : running) {
        Outcome outcome = one.get();
        progress.accept(outcome);
        outcomes.add(outcome);
      }
      return List.copyOf(outcomes);
    } catch (ExecutionException e) {
      throw new IOException(into + ": " + e.getCause(), e.getCause());
    } finally {
      wards.shutdownNow(); // interrupts whoever still waits, which kills its observer and patient
      wards.close();
    }
  }

  private Outcome observe(Admission admission, Path into) throws IOException, InterruptedException {
    Patient wanted = admission.patient();
    String program = wanted.program().equals(Patient.ANY_RACE) ? racingProgram : wanted.program();
    if (!Files.isExecutable(workshop.executable(program)))
      return new Outcome.Failed(admission, program + ": could not be built here");
    Patient patient = wanted.as(program, wanted.illness());
    Command last = Command.run(into, OBSERVER_LIMIT, command(admission, patient, into));
    for (int i = 1; patient.races() && survived(last) && i < GAPS; i++) {
      patient = patient.as(program, elsewhere(patient.illness()));
      last = Command.run(into, OBSERVER_LIMIT, command(admission, patient, into));
    }
    if (last.status() != 0 || last.output().isEmpty())
      return new Outcome.Failed(
          admission, last.status() < 0 ? "the observer took too long" : last.complaint());
    String name = last.output();
    Path core = into.resolve(name);
    Optional<Path> sidecar = Optional.empty();
    if (admission.staging().isPresent()) {
      sidecar = Optional.of(into.resolve(name + ".json"));
      Files.writeString(sidecar.get(), admission.staging().get().sidecar());
    }
    return new Outcome.Died(
        admission, core, into.resolve("truth").resolve(name + ".json"), sidecar);
  }

  /// Whether the patient did not die of its race.
  ///
  /// Folklore: what the race destroys depends on the size of this CPU's signal frame, so at some
  /// depths nothing is lost, and at others control returns to where it came from and goes round for
  /// ever (seen with AVX-512 at a depth of 14 frames, never with AVX2 alone). Neither leaves a
  /// core: another depth is tried. Where a frame takes 3,376 bytes (AT_MINSIGSTKSZ), the replica
  /// lives at all depths from 7 to 20; where it takes 1,776, libunwind's race is deadly at 0 to 5
  /// only. Test: everyPatientOfTheFullRoundDiesAsItWasBuilt.
  private static boolean survived(Command observer) {
    return observer.status() == LIVED || observer.status() == HUNG;
  }

  private static String elsewhere(String race) {
    int gap = Integer.parseInt(race.substring(race.indexOf('-') + 1));
    return "race-" + (gap + NEXT_GAP) % GAPS;
  }

  private List<String> command(Admission admission, Patient patient, Path into) {
    List<String> words = new ArrayList<>();
    words.add(workshop.executable("observer").toString());
    words.addAll(List.of("--into", into.toAbsolutePath().toString()));
    Duration limit = patient.races() ? RACE_LIMIT : PATIENT_LIMIT;
    words.addAll(List.of("--timeout", Long.toString(limit.toSeconds())));
    words.addAll(List.of("--filter", Integer.toHexString(patient.coredumpFilter())));
    words.addAll(List.of("--case", admission.patient().caseName()));
    if (patient.races()) words.add("--race");
    preloaded.ifPresent(object -> words.addAll(List.of("--preload", object.toString())));
    if (patient.healthy()) words.addAll(List.of("--gcore", "gdb"));
    admission
        .staging()
        .ifPresent(
            s -> {
              words.addAll(List.of("--host", s.host()));
              words.addAll(List.of("--at", Long.toString(s.at().getEpochSecond())));
            });
    words.add("--");
    words.add(workshop.executable(patient.program()).toString());
    words.addAll(
        List.of(patient.illness(), patient.handler(), Integer.toString(patient.threads())));
    words.add(patient.place().name().toLowerCase(Locale.ROOT));
    return List.copyOf(words);
  }
}
