package dev.pumphandle.app.logs;

import dev.pumphandle.app.Session;
import dev.pumphandle.app.Version;
import dev.pumphandle.app.collect.Bounds;
import dev.pumphandle.app.collect.Places;
import dev.pumphandle.fieldwork.log.LogScan;
import dev.pumphandle.fieldwork.log.LogSource;
import dev.pumphandle.fieldwork.log.dialect.StandardDialects;
import dev.pumphandle.linelist.CaseRow;
import dev.pumphandle.linelist.IdentityColumns;
import dev.pumphandle.linelist.LogColumns;
import dev.pumphandle.registry.CaseWriter;
import dev.pumphandle.registry.LineList;
import dev.pumphandle.registry.SeenObjects;
import dev.pumphandle.registry.Workspace;
import dev.pumphandle.stores.Listed;
import dev.pumphandle.stores.PlainStream;
import dev.pumphandle.stores.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/// One run over some logs into one workspace. A log that cannot be read is told and counted; the
/// others go on.
public final class LogCollecting {

  private static final String STANDARD_INPUT = "-";

  /// One log: what the user calls it, how it is opened, and what its place tells of it.
  private record Log(String name, Opening<InputStream> bytes, Opening<LogSource> source) {}

  private interface Opening<T> {
    T get() throws IOException;
  }

  private final Session session;
  private final Workspace workspace;
  private final ZoneId zone;
  private final Map<String, String> places;
  private final int jobs;
  private final LogScan scan = new LogScan(StandardDialects.all(), Version.current());
  private final BlockingQueue<CaseRow> found = new ArrayBlockingQueue<>(256);
  private final Map<String, Long> byDialect = new TreeMap<>();
  private final LongAdder read = new LongAdder();
  private final LongAdder unreadable = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder lines = new LongAdder();
  private final LongAdder cut = new LongAdder();
  private long added;
  private long known;

  /// A run.
  ///
  /// @param zone the clock of lines that name no offset
  /// @param places what the user knows of where the logs were written, by the names of columns
  /// @param jobs how many logs at a time
  public LogCollecting(
      Session session, Workspace workspace, ZoneId zone, Map<String, String> places, int jobs) {
    this.session = session;
    this.workspace = workspace;
    this.zone = zone;
    this.places = Map.copyOf(places);
    this.jobs = jobs;
  }

  /// Reads the logs.
  ///
  /// @param names files, directories of files, addresses in object stores, or `-` for standard
  ///   input
  public LogSummary run(List<String> names) throws IOException {
    SeenObjects seen;
    try (LineList list = LineList.open(workspace)) {
      seen = list.seen();
    }
    try (Places store = store();
        CaseWriter writer = CaseWriter.open(workspace);
        ExecutorService workers = Executors.newFixedThreadPool(jobs)) {
      List<Log> logs = logs(names, store);
      AtomicInteger left = new AtomicInteger(logs.size());
      try {
        for (Log log : logs) {
          workers.execute(() -> one(log, left));
        }
        take(left, seen, writer);
      } finally {
        workers.shutdownNow();
      }
    }
    return new LogSummary(
        read.sum(), unreadable.sum(), bytes.sum(), lines.sum(), cut.sum(), added, known, byDialect);
  }

  /// One thread writes: the writer is made for one.
  private void take(AtomicInteger left, SeenObjects seen, CaseWriter writer) throws IOException {
    try {
      while (left.get() > 0 || !found.isEmpty()) {
        CaseRow row = found.poll(50, TimeUnit.MILLISECONDS);
        if (row != null) {
          keep(row, seen, writer);
        }
      }
      writer.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Places store() throws IOException {
    return new Places(
        session.surroundings().directory(),
        session.surroundings().environment(),
        workspace.settings().stores(),
        jobs,
        Bounds.NONE);
  }

  private List<Log> logs(List<String> names, Places store) throws IOException {
    List<Log> logs = new ArrayList<>();
    for (String name : names) {
      if (name.equals(STANDARD_INPUT)) {
        logs.add(
            new Log(
                name,
                () -> PlainStream.of(session.surroundings().in()),
                () -> new LogSource("stdin:", Instant.now(), zone, places)));
      } else if (Places.isRemote(name)) {
        remote(name, store, logs);
      } else if (Files.isDirectory(session.path(name))) {
        try (Stream<Path> below = Files.walk(session.path(name))) {
          below.filter(Files::isRegularFile).sorted().forEach(file -> logs.add(log(file, name)));
        }
      } else {
        logs.add(log(session.path(name), name));
      }
    }
    return logs;
  }

  private Log log(Path file, String name) {
    return new Log(
        Files.isDirectory(session.path(name)) ? file.toString() : name,
        () -> open(file),
        () ->
            new LogSource(
                file.toUri().toString(),
                Files.getLastModifiedTime(file).toInstant(),
                zone,
                places));
  }

  private void remote(String place, Places store, List<Log> logs) throws IOException {
    try (Stream<Listed> listed = store.list(place)) {
      listed.forEach(
          each -> {
            switch (each) {
              case StoredObject object ->
                  logs.add(
                      new Log(
                          object.uri(),
                          () -> PlainStream.of(object.access().raw()),
                          () -> new LogSource(object.uri(), object.modifiedAt(), zone, places)));
              case Listed.Unlisted(String uri, String reason) -> {
                unreadable.increment();
                session.say("pumphandle: " + uri + ": " + reason);
              }
            }
          });
    }
  }

  private static InputStream open(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException("expected a file, found none");
    }
    return PlainStream.open(file);
  }

  private void one(Log log, AtomicInteger left) {
    try (InputStream in = log.bytes().get()) {
      LogScan.Read done = scan.read(log.source().get(), in, this::found);
      read.increment();
      bytes.add(done.bytes());
      lines.add(done.lines());
      cut.add(done.cut());
      done.failures().forEach(each -> session.say("pumphandle: " + log.name() + ": " + each));
    } catch (InterruptedIOException _) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      unreadable.increment();
      session.say("pumphandle: " + log.name() + ": " + e.getMessage());
    } catch (RuntimeException e) {
      unreadable.increment();
      session.say("pumphandle: " + log.name() + ": " + e + "; a bug of ours");
    } finally {
      left.decrementAndGet();
    }
  }

  private void found(CaseRow row) throws InterruptedIOException {
    try {
      found.put(row);
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  private void keep(CaseRow row, SeenObjects seen, CaseWriter writer) throws IOException {
    byDialect.merge(row.get(LogColumns.EVIDENCE).orElse(""), 1L, Long::sum);
    String uri = row.get(IdentityColumns.OBJECT_URI).orElseThrow();
    if (seen.contains(uri, row.get(IdentityColumns.OBJECT_VERSION).orElse(""))) {
      known++;
    } else {
      writer.append(row);
      added++;
    }
  }
}
