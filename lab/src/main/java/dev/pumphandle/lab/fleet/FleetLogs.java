package dev.pumphandle.lab.fleet;

import dev.pumphandle.lab.forge.ForgedDeath;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// Logs in which some of a simulated fleet's crashes are told, each as its node's syslog would have
/// it: by the sentinel, by glog's handler, or by the kernel where no handler takes the signal.
///
/// Half of these deaths are told by nothing else, as where cores get lost; of the others a row or a
/// core tells too. Between them stand lines that tell of no death. What a log says of registers and
/// memory is what the core of the same crash has.
public final class FleetLogs {

  /// More files than this help nobody (count): then a region's nodes share one, as a collector of
  /// logs keeps them.
  private static final int MOST_FILES = 1_000;

  private static final double SENTINEL = 0.5;
  private static final double GLOG = 0.75;

  private final FleetYear year;
  private final Instant start;
  private final Map<String, Tenancy> first = new HashMap<>();
  private final Set<String> alone;
  private final Set<String> besides;
  private final List<SimulatedCrash> heard = new ArrayList<>();

  private record Line(Instant at, String text) {}

  /// Logs of one fleet.
  ///
  /// @param start when its first day begins
  /// @param count how many crashes they tell of: half of them of planted causes, where there are so
  ///     many
  public FleetLogs(FleetYear year, Instant start, int count) {
    this.year = year;
    this.start = start;
    for (Tenancy t : year.tenancies()) first.putIfAbsent(year.names().node(t.vm()), t);
    this.alone = choose(count / 2, _ -> true);
    this.besides = choose(count - alone.size(), crash -> !alone.contains(crash.uri()));
  }

  private Set<String> choose(int count, Predicate<SimulatedCrash> among) {
    return count == 0
        ? Set.of()
        : Choice.of(year, count, crash -> !crash.repeats() && among.test(crash));
  }

  /// Whether nothing but a log tells of a crash.
  public boolean isTheOnlyWitness(SimulatedCrash crash) {
    return alone.contains(crash.death());
  }

  /// Takes a crash, which may be one that a log tells of.
  public void hear(SimulatedCrash crash) {
    if (alone.contains(crash.uri()) || besides.contains(crash.uri())) heard.add(crash);
  }

  /// Writes the logs of the crashes that were taken.
  ///
  /// @return the truth, by file and time
  public List<LoggedDeath> write(Path into) throws IOException {
    Files.createDirectories(into);
    Set<String> nodes = new HashSet<>();
    heard.forEach(crash -> nodes.add(node(crash)));
    Map<String, List<SimulatedCrash>> files = new TreeMap<>();
    for (SimulatedCrash crash : heard) {
      String name = nodes.size() > MOST_FILES ? region(crash) : node(crash);
      files.computeIfAbsent(name, _ -> new ArrayList<>()).add(crash);
    }
    List<LoggedDeath> told = new ArrayList<>();
    for (Map.Entry<String, List<SimulatedCrash>> file : files.entrySet())
      told.addAll(write(into.resolve(file.getKey() + ".log"), file.getValue()));
    return List.copyOf(told);
  }

  private List<LoggedDeath> write(Path log, List<SimulatedCrash> crashes) throws IOException {
    List<LoggedDeath> told = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (SimulatedCrash crash : crashes) told.add(tell(log, crash, lines));
    lines.sort(Comparator.comparing(Line::at));
    told.sort(Comparator.comparing(LoggedDeath::at).thenComparingLong(LoggedDeath::pid));
    try (BufferedWriter writer = Files.newBufferedWriter(log, StandardCharsets.UTF_8)) {
      for (Line line : lines) writer.append(line.text()).append('\n');
    }
    return told;
  }

  private LoggedDeath tell(Path log, SimulatedCrash crash, List<Line> lines) {
    RandomGenerator random = new SplittableRandom(crash.uri().hashCode());
    ForgedDeath death = FleetPatients.death(crash);
    Instant at = start.plusSeconds(crash.at()).plusNanos(1_000L * random.nextInt(900_000));
    String speaker = speaker(crash, random.nextDouble());
    String program = FleetPatients.SERVICE + "[" + crash.pid() + "]";
    Chatter chatter = new Chatter(random);
    List<Chatter.Said> said = new ArrayList<>(chatter.before(at, crash.pid()));
    List<String> page =
        switch (speaker) {
          case "sentinel" -> List.of(death.sentinel(at, identity(crash)));
          case "glog" -> death.glog(at);
          default -> death.kernel();
        };
    death.lastWords().ifPresent(words -> said.add(new Chatter.Said(at, program, words)));
    String by = speaker.equals("kernel") ? "kernel" : program;
    for (int i = 0; i < page.size(); i++)
      said.add(new Chatter.Said(at.plusNanos(1_134_000L + 21_000L * i), by, page.get(i)));
    said.addAll(chatter.after(at, crash.pid()));
    for (Chatter.Said each : said) lines.add(new Line(each.at(), line(crash, each)));
    return new LoggedDeath(
        log,
        node(crash),
        crash.pid(),
        at,
        speaker,
        death.patient().label(),
        crash.cause(),
        isTheOnlyWitness(crash));
  }

  // The kernel has nothing to say of an abort.
  private static String speaker(SimulatedCrash crash, double u) {
    if (u < SENTINEL) return "sentinel";
    return u < GLOG || crash.has("signal_number", 6) ? "glog" : "kernel";
  }

  private String line(SimulatedCrash crash, Chatter.Said said) {
    String text =
        said.program().equals("kernel") ? uptime(crash, said.at()) + said.text() : said.text();
    return LogText.syslog(said.at()) + " " + node(crash) + " " + said.program() + ": " + text;
  }

  // Source: Linux kernel/printk/printk.c, print_time(): seconds since boot. A machine boots when it
  // is born; a wrong clock does not make that negative.
  private String uptime(SimulatedCrash crash, Instant at) {
    long born = tenancy(crash).bornAt();
    long micros = Math.max(0, start.plusSeconds(born).until(at, ChronoUnit.MICROS));
    return "[%5d.%06d] ".formatted(micros / 1_000_000, micros % 1_000_000);
  }

  private Map<String, String> identity(SimulatedCrash crash) {
    Map<String, String> identity = new LinkedHashMap<>();
    String version = crash.text("service_version");
    if (!version.isEmpty()) identity.put("version", version);
    identity.put("node", node(crash));
    identity.put("hostname", node(crash));
    byte[] name = node(crash).getBytes(StandardCharsets.UTF_8);
    identity.put("boot", UUID.nameUUIDFromBytes(name).toString());
    return identity;
  }

  private static String node(SimulatedCrash crash) {
    return crash.text("k8s_node_name");
  }

  private String region(SimulatedCrash crash) {
    return year.names().region(tenancy(crash).host());
  }

  private Tenancy tenancy(SimulatedCrash crash) {
    return Objects.requireNonNull(first.get(node(crash)), "every crash has a tenancy");
  }
}
