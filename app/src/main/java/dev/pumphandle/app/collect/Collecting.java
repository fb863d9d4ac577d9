package dev.pumphandle.app.collect;

import dev.pumphandle.app.CommandException;
import dev.pumphandle.app.Session;
import dev.pumphandle.app.Version;
import dev.pumphandle.app.output.Words;
import dev.pumphandle.corefile.StoreUnusableException;
import dev.pumphandle.fieldwork.DebugFiles;
import dev.pumphandle.fieldwork.Examination;
import dev.pumphandle.fieldwork.Progress;
import dev.pumphandle.fieldwork.Round;
import dev.pumphandle.fieldwork.Specimen;
import dev.pumphandle.fieldwork.name.KeyPattern;
import dev.pumphandle.fieldwork.name.ObjectName;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.FaultColumns;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.registry.CaseWriter;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.SeenObjects;
import dev.pumphandle.registry.Workspace;
import dev.pumphandle.stores.Listed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// One round over some places into one workspace: list, examine, store, and tell how far it is.
public final class Collecting {
  /// What all examinations of files together may hold in memory (bytes).
  private static final long BYTES_IN_FLIGHT = 64L << 20;

  /// An examination of an object in a store mostly waits: this is what it holds while it does
  /// (bytes).
  private static final long BYTES_PER_REMOTE_JOB = 2L << 20;

  private final Session session;
  private final Workspace workspace;
  private final Wishes wishes;
  private final Interruption interruption;
  private final Places store;
  private final Map<String, Long> states = new TreeMap<>();
  private final Map<String, Long> registersFrom = new TreeMap<>();

  /// A round to be run once.
  ///
  /// @throws IOException where the cache's directory cannot be used
  public Collecting(Session session, Workspace workspace, Wishes wishes, Interruption interruption)
      throws IOException {
    this.session = session;
    this.workspace = workspace;
    this.wishes = wishes;
    this.interruption = interruption;
    this.store =
        new Places(
            session.surroundings().directory(),
            session.surroundings().environment(),
            workspace.settings().stores(),
            Math.max(wishes.remoteJobs(), wishes.jobs()),
            wishes.bounds());
  }

  /// Runs it.
  ///
  /// @param places paths and URIs
  /// @throws StoreUnusableException where a store was lost on the way; what was finished is stored
  /// @throws IOException where a place cannot be listed at all, or a row cannot be stored
  public Summary run(List<String> places) throws IOException {
    try (store) {
      return collected(places);
    }
  }

  private Summary collected(List<String> places) throws IOException {
    interruption.onInterrupt(store::close); // a store that does not answer must not hold us
    for (String place : places) {
      store
          .list(place, wishes.since())
          .close(); // one that is not there stops us before anything is read
    }
    SeenObjects seen;
    try (LineList list = LineList.open(workspace)) {
      seen = list.seen();
    }
    if (wishes.dryRun()) {
      return dryRun(places, seen);
    }
    try (DebugFiles executables = new DebugFiles(directories());
        Listing listing = new Listing(store, places, wishes);
        CaseWriter writer = CaseWriter.open(workspace)) {
      Examination examination =
          new Examination(
              executables, names(), workspace.settings().retainWords(), Version.current());
      boolean remote = places.stream().anyMatch(Places::isRemote);
      int jobs = remote ? wishes.remoteJobs() : wishes.jobs();
      long memory = remote ? jobs * BYTES_PER_REMOTE_JOB : BYTES_IN_FLIGHT;
      Round round = new Round(examination, jobs, memory);
      interruption.onInterrupt(round::stop);
      return run(round, listing, seen, writer, places);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Summary run(
      Round round, Listing listing, SeenObjects seen, CaseWriter writer, List<String> places)
      throws IOException {
    boolean watched = session.surroundings().errIsTerminal();
    long before = writer.written();
    Allowance allowed =
        new Allowance(listing, wishes.bounds(), round.progress()::now, store::traffic);
    try (Headcount headcount = new Headcount(store, places, wishes, seen);
        ProgressLine line =
            new ProgressLine(session.surroundings().err(), watched, session.columns())) {
      if (watched) {
        headcount.begin();
      }
      round.run(
          allowed,
          specimen -> seen.contains(specimen.uri(), specimen.version()),
          row -> {
            writer.append(row);
            count(row);
            line.draw(tally(round.progress().now(), headcount.all()));
          });
    } catch (StoreUnusableException e) {
      writer.flush();
      throw CommandException.failure(
          e.getMessage()
              + "; stopped, "
              + Words.count(writer.written() - before, "core")
              + " stored until then: run it again to go on");
    }
    for (Listed.Unlisted unlisted : listing.unlisted()) {
      writer.append(row(unlisted));
    }
    writer.flush();
    Progress.Snapshot end = round.progress().now();
    end.listingProblem().ifPresent(why -> session.say("pumphandle: listing broke off: " + why));
    return new Summary(
        tally(end, OptionalLong.empty()),
        states,
        registersFrom,
        listing.unlisted().size() + (end.listingProblem().isPresent() ? 1 : 0),
        store.traffic(),
        allowed.spent(),
        interruption.came());
  }

  /// What would be read.
  private Summary dryRun(List<String> places, SeenObjects seen) {
    long passed = 0;
    long wanted = 0;
    long bytes = 0;
    long began = System.nanoTime();
    try (Listing listing = new Listing(store, places, wishes)) {
      while (listing.hasNext()) {
        Specimen specimen = listing.next();
        if (seen.contains(specimen.uri(), specimen.version())) {
          passed++;
        } else {
          wanted++;
          bytes += specimen.bytes();
        }
      }
      Duration time = Duration.ofNanos(System.nanoTime() - began);
      Tally tally = new Tally(wanted, passed, 0, OptionalLong.of(wanted), 0, bytes, time);
      return new Summary(
          tally, states, registersFrom, listing.unlisted().size(), store.traffic(), false, false);
    }
  }

  private List<Path> directories() {
    List<Path> all = new ArrayList<>(wishes.debugDirectories());
    all.addAll(workspace.settings().debugDirectories());
    return all;
  }

  private ObjectName names() {
    Optional<String> pattern = wishes.keyPattern().or(workspace.settings()::keyPattern);
    if (pattern.isEmpty()) {
      return ObjectName.usual();
    }
    try {
      return ObjectName.by(KeyPattern.parse(pattern.get()));
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("collect: " + e.getMessage());
    }
  }

  private void count(CaseRow row) {
    states.merge(row.get(IdentityColumns.READ_STATE).orElse("unreadable"), 1L, Long::sum);
    row.get(FaultColumns.FAULT_REGISTERS_FROM)
        .ifPresent(from -> registersFrom.merge(from, 1L, Long::sum));
  }

  /// What could not be listed is a row too: nothing is lost in silence. It has no version, so that
  /// the next round looks again.
  private static CaseRow row(Listed.Unlisted unlisted) {
    return CaseRow.builder()
        .put(IdentityColumns.CASE_ID, Examination.caseId(unlisted.uri()))
        .put(IdentityColumns.OBJECT_URI, unlisted.uri())
        .put(IdentityColumns.READ_STATE, "unreadable")
        .put(IdentityColumns.READ_PROBLEM, unlisted.uri() + ": " + unlisted.reason())
        .put(IdentityColumns.COLLECTED_AT, Instant.now())
        .put(IdentityColumns.PUMPHANDLE_VERSION, Version.current())
        .build();
  }

  private static Tally tally(Progress.Snapshot now, OptionalLong all) {
    return new Tally(
        now.listed(),
        now.passedOver(),
        now.done(),
        all,
        now.bytesRead(),
        now.bytesStored(),
        Duration.ofMillis(Math.round(now.seconds() * 1000)));
  }
}
