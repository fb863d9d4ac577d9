package dev.pumphandle.app.investigate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pumphandle.fieldwork.Examination;
import dev.pumphandle.lab.fleet.Change;
import dev.pumphandle.lab.fleet.FleetCores;
import dev.pumphandle.lab.fleet.FleetLogs;
import dev.pumphandle.lab.fleet.FleetYear;
import dev.pumphandle.lab.fleet.LoggedDeath;
import dev.pumphandle.lab.fleet.Names;
import dev.pumphandle.lab.fleet.Planted;
import dev.pumphandle.lab.fleet.SimulatedCrash;
import dev.pumphandle.lab.fleet.Tenancy;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.FleetChange;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.LineListSchema;
import dev.pumphandle.linelist.ProcessColumns;
import dev.pumphandle.registry.CaseWriter;
import dev.pumphandle.registry.FleetWriter;
import dev.pumphandle.registry.HostInterval;
import dev.pumphandle.registry.Workspace;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// Writes a simulated fleet into a workspace, in the files that real collection writes, and the
/// truth beside it, where no analysis looks.
public final class SimulatedWorkspace {

  /// Where core files are written, under the workspace's root.
  public static final String CORES = "cores";

  /// Where logs are written, under the workspace's root.
  public static final String LOGS = "logs";

  // Where the programs of those cores lie.
  private static final String SYMBOLS = "symbols";

  private static final String TRUTH = "truth";
  private static final long DAY = 86_400;

  private final Workspace workspace;
  private final FleetYear year;
  private final Instant start;
  private final Set<String> left = new HashSet<>();
  private boolean hiddenHosts;

  /// The simulated fleet in a workspace.
  public SimulatedWorkspace(Workspace workspace, FleetYear year) {
    this.workspace = workspace;
    this.year = year;
    this.start = year.plan().firstDay().atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /// Writes everything.
  ///
  /// @return how many records of crashes
  public long write() throws IOException {
    return write(0, 0);
  }

  /// Writes everything; of some crashes a core file instead of the row, in the directory `cores`,
  /// and of some lines in a log, in the directory `logs`, where collection finds them. Of half of
  /// those in logs nothing else is written.
  ///
  /// @param cores how many have a core
  /// @param logs how many are told by a log
  /// @return how many records of crashes, without those core files and logs
  public long write(int cores, int logs) throws IOException {
    fleet();
    Files.createDirectories(workspace.root().resolve(TRUTH));
    truth();
    FleetLogs told = new FleetLogs(year, start, logs);
    long records = crashes(cores, told);
    if (logs > 0) {
      logged(told.write(workspace.root().resolve(LOGS)));
    }
    return records;
  }

  private Instant at(long seconds) {
    return start.plusSeconds(seconds);
  }

  private void fleet() throws IOException {
    Names names = year.names();
    try (FleetWriter writer = FleetWriter.open(workspace)) {
      for (Tenancy t : year.tenancies()) {
        writer.add(
            new HostInterval(
                names.node(t.vm()),
                hiddenHosts ? Optional.empty() : Optional.of(names.host(t.host())),
                Optional.of(names.cluster(t.host())),
                Optional.of(names.region(t.host())),
                Optional.of(names.sku(t.host())),
                Optional.of(names.kernel(t.kernel())),
                Optional.of(names.cpu(t.host())),
                Optional.of(names.release(t.release())),
                Optional.of(at(t.bornAt())),
                at(t.from()),
                at(t.to()),
                OptionalDouble.of(year.exceptionsPerSecond(t.host(), (t.from() + t.to()) / 2))));
      }
      for (Change change : year.changes()) {
        writer.add(
            new FleetChange(
                at(change.at()),
                change.kind(),
                change.what(),
                Optional.of(change.where()).filter(where -> !where.isEmpty())));
      }
    }
  }

  private void truth() throws IOException {
    List<Map<String, Object>> planted = year.truth().stream().map(this::described).toList();
    Files.write(
        workspace.root().resolve(TRUTH).resolve("planted.json"),
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(planted));
  }

  private Map<String, Object> described(Planted planted) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("cause", planted.cause());
    described.put("attribute", planted.attribute());
    described.put("value", planted.value());
    described.put("from", at(planted.fromDay() * DAY).toString());
    described.put("shape", planted.shape());
    described.put("cases", planted.cases());
    return described;
  }

  /// Leaves out some crashes, which others have taken the place of.
  ///
  /// @param uris by their `uri`
  public SimulatedWorkspace without(Set<String> uris) {
    left.addAll(uris);
    return this;
  }

  /// Leaves the physical hosts out of the inventory, as where nobody but the cloud's owner knows
  /// them.
  public SimulatedWorkspace withHiddenHosts() {
    hiddenHosts = true;
    return this;
  }

  private long crashes(int cores, FleetLogs logs) throws IOException {
    FleetCores forge = new FleetCores(year, start);
    Set<String> forged =
        cores == 0 ? Set.of() : forge.choose(cores, crash -> !logs.isTheOnlyWitness(crash));
    Path into = workspace.root().resolve(CORES);
    if (cores > 0) {
      Files.createDirectories(into);
      Files.writeString(
          workspace.root().resolve("pumphandle.toml"),
          "\ndebug_dirs = [\"" + SYMBOLS + "\"]\n",
          StandardOpenOption.APPEND);
    }
    Path causes = workspace.root().resolve(TRUTH).resolve("causes.tsv");
    try (CaseWriter writer = CaseWriter.bulk(workspace);
        BufferedWriter told = Files.newBufferedWriter(causes)) {
      told.write("case_id\tcause\n");
      year.crashes(
          crash -> {
            if (left.contains(crash.uri())) {
              return;
            }
            logs.hear(crash);
            if (logs.isTheOnlyWitness(crash)) {
              return;
            }
            try {
              if (forged.contains(crash.uri())) {
                Path core = forge.write(into, workspace.root().resolve(SYMBOLS), crash);
                told.write(Examination.caseId(core.toUri().toString()));
              } else {
                CaseRow row = row(crash);
                writer.append(row);
                told.write(row.get(IdentityColumns.CASE_ID).orElseThrow());
              }
              told.write('\t');
              told.write(crash.cause());
              told.write('\n');
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      writer.flush();
      return writer.written();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  // A log's rows have no name before they are collected: node, process and time find them.
  private void logged(List<LoggedDeath> deaths) throws IOException {
    Path file = workspace.root().resolve(TRUTH).resolve("logs.tsv");
    try (BufferedWriter told = Files.newBufferedWriter(file)) {
      told.write("node\tpid\tobserved_at\ttold_by\talso_a_record\tlabel\tcause\tlog\n");
      for (LoggedDeath death : deaths) {
        told.write(
            String.join(
                "\t",
                death.node(),
                Long.toString(death.pid()),
                death.at().toString(),
                death.speaker(),
                death.alone() ? "no" : "yes",
                death.label(),
                death.cause(),
                death.log().getFileName().toString()));
        told.write('\n');
      }
    }
  }

  private CaseRow row(SimulatedCrash crash) {
    CaseRow.Builder row =
        CaseRow.builder()
            .put(IdentityColumns.CASE_ID, Examination.caseId(crash.uri()))
            .put(IdentityColumns.OBJECT_URI, crash.uri())
            .put(IdentityColumns.OBJECT_VERSION, "simulated")
            .put(IdentityColumns.READ_STATE, "complete")
            .put(IdentityColumns.OBSERVED_AT, at(crash.at()))
            .put(IdentityColumns.OBSERVED_AT_FROM, "sidecar")
            .put(IdentityColumns.COLLECTED_AT, at(year.plan().days() * DAY))
            .put(ProcessColumns.MACHINE, "x86-64")
            .put(ProcessColumns.CORE_ORIGIN, "kernel")
            .put(ProcessColumns.PROCESS_PID, crash.pid())
            .put(ProcessColumns.PROCESS_EXECUTABLE_NAME, "courier");
    crash
        .facts()
        .forEach((name, value) -> row.putChecked(LineListSchema.column(name).orElseThrow(), value));
    return row.build();
  }
}
