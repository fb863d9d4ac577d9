package dev.pumphandle.app.logs;

import dev.pumphandle.app.Session;
import dev.pumphandle.app.Version;
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
import dev.pumphandle.stores.PlainStream;
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
  /// @param names files, directories of files, or `-` for standard input
  public LogSummary run(List<String> names) throws IOException {
    SeenObjects seen;
    try (LineList list = LineList.open(workspace)) {
      seen = list.seen();
    }
    List<String> files = files(names);
    AtomicInteger left = new AtomicInteger(files.size());
    try (CaseWriter writer = CaseWriter.open(workspace);
        ExecutorService workers = Executors.newFixedThreadPool(jobs)) {
      try {
        for (String name : files) {
          workers.execute(() -> one(name, left));
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

  private List<String> files(List<String> names) throws IOException {
    List<String> files = new ArrayList<>();
    for (String name : names) {
      Path path = name.equals(STANDARD_INPUT) ? Path.of("") : session.path(name);
      if (!name.equals(STANDARD_INPUT) && Files.isDirectory(path)) {
        try (Stream<Path> below = Files.walk(path)) {
          below.filter(Files::isRegularFile).sorted().map(Path::toString).forEach(files::add);
        }
      } else {
        files.add(name);
      }
    }
    return files;
  }

  private void one(String name, AtomicInteger left) {
    try (InputStream in = open(name)) {
      LogScan.Read done = scan.read(source(name), in, this::found);
      read.increment();
      bytes.add(done.bytes());
      lines.add(done.lines());
      cut.add(done.cut());
      done.failures().forEach(each -> session.say("pumphandle: " + name + ": " + each));
    } catch (InterruptedIOException _) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      unreadable.increment();
      session.say("pumphandle: " + name + ": " + e.getMessage());
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

  private InputStream open(String name) throws IOException {
    if (name.equals(STANDARD_INPUT)) {
      return PlainStream.of(session.surroundings().in());
    }
    Path file = session.path(name);
    if (!Files.exists(file)) {
      throw new IOException("expected a file, found none");
    }
    return PlainStream.open(file);
  }

  private LogSource source(String name) throws IOException {
    if (name.equals(STANDARD_INPUT)) {
      return new LogSource("stdin:", Instant.now(), zone, places);
    }
    Path file = session.path(name);
    Instant modified = Files.getLastModifiedTime(file).toInstant();
    return new LogSource(file.toUri().toString(), modified, zone, places);
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
